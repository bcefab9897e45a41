#include "models/cloud/read/answer_journal.h"

#include "models/store/cache_files.h"
#include "models/store/files.h"
#include "saml/base/json.h"
#include "saml/base/json_fields.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace gw::cloud {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t maxJournalBytes = std::size_t{256} << 20U;

std::string lineOf(const std::string& file, const AnswerJournal::Note& note) {
    const Json line = {{"file", file}, {"asked", note.asked}, {"at", note.at.toRfc3339()}, {"bytes", note.bytes}};
    return line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

// Never above its folder, whoever wrote the journal.
bool isBelow(std::string_view file) {
    return !file.empty() && file.front() != '/' && ("/" + std::string(file) + "/").find("/../") == std::string::npos;
}

} // namespace

void AnswerJournal::load() {
    const std::lock_guard hold(mutex_);
    const auto text = store::readFile(path(), maxJournalBytes);
    if (!text) return;
    for (std::string_view rest = *text; !rest.empty();) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const auto line = parseJson(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (!line || !line->is_object()) continue;
        const auto bytes = line->find("bytes");
        const auto at = UtcTime::parse(textField(*line, "at"));
        std::string file = textField(*line, "file");
        if (!at || bytes == line->end() || !bytes->is_number_unsigned() || !isBelow(file)) continue;
        notes_.insert_or_assign(std::move(file), Note{textField(*line, "asked"), *at, bytes->get<std::uint64_t>()});
    }
}

std::optional<AnswerJournal::Note> AnswerJournal::find(const std::string& file) const {
    const std::lock_guard hold(mutex_);
    const auto found = notes_.find(file);
    return found == notes_.end() ? std::nullopt : std::optional(found->second);
}

Status AnswerJournal::add(const std::string& file, Note note, std::string_view answer) {
    note.bytes = answer.size();
    GW_CHECK(store::writeCacheFile(folder_ / file, answer));
    const std::lock_guard hold(mutex_);
    GW_CHECK(append(lineOf(file, note)));
    notes_.insert_or_assign(file, std::move(note));
    return {};
}

// In one piece, so that two reads into one folder do not mix their lines.
Status AnswerJournal::append(const std::string& line) const {
    const auto failed = [&](int error) {
        return fail(Error(store::FileError::NotWritable, std::strerror(error))
                        .with("path", path().string())
                        .with("reason", std::strerror(error)));
    };
    const int fd = ::open(path().c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return failed(errno);
    const ssize_t written = ::write(fd, line.data(), line.size());
    const int error = written < 0 ? errno : ENOSPC;
    ::close(fd);
    if (written != static_cast<ssize_t>(line.size())) return failed(error);
    return {};
}

Status AnswerJournal::keepOnly(const std::set<std::string>& files, const std::vector<std::string>& places) {
    const std::lock_guard hold(mutex_);
    std::string text;
    for (auto each = notes_.begin(); each != notes_.end();) {
        const bool ours =
            std::any_of(places.begin(), places.end(), [&](const std::string& place) { return each->first.starts_with(place); });
        if (ours && !files.contains(each->first)) {
            std::error_code ignored;
            fs::remove(folder_ / each->first, ignored);
            each = notes_.erase(each);
            continue;
        }
        text += lineOf(each->first, each->second);
        ++each;
    }
    return notes_.empty() && text.empty() ? Status() : store::writeCacheFile(path(), text);
}

Status AnswerJournal::flush() const {
    return store::flushAround(folder_);
}

} // namespace gw::cloud
