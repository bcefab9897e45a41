// Files in an archive, each read as if it lay in a folder. Nothing is written anywhere, so that paths in it are names only.
#include "models/estate/sources/file_form.h"
#include "models/estate/sources/source_readers.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <memory>

namespace gw::estate {
namespace {

constexpr std::size_t mostRatio = 200;
constexpr std::size_t mostEntries = 100'000;
constexpr std::size_t mostBytes = std::size_t{4} << 30U;

// Its name under the archive, without steps upwards or a root of its own.
std::string plainPath(std::string_view path) {
    std::string plain;
    while (!path.empty()) {
        const std::string_view step = path.substr(0, path.find_first_of("/\\"));
        path.remove_prefix(std::min(step.size() + 1, path.size()));
        if (step.empty() || step == "." || step == "..") continue;
        plain += '/';
        plain += step;
    }
    return plain;
}

} // namespace

bool readArchive(const RawFile& raw, Reading& into) {
    if (formOf(raw.file->path, raw.text) != FileForm::Archive) return false;
    raw.file->call = "archive";
    const auto tell = [&](EstateError code, const std::string& path) {
        into.parts.problems.push_back(Error(code).with("file", raw.file->path + path));
    };
    const std::unique_ptr<archive, int (*)(archive*)> reader(archive_read_new(), archive_read_free);
    archive_read_support_format_zip(reader.get());
    archive_read_support_format_tar(reader.get());
    archive_read_support_filter_gzip(reader.get());
    archive_read_support_filter_zstd(reader.get());
    archive_read_support_filter_xz(reader.get());
    archive_read_support_filter_bzip2(reader.get());
    if (archive_read_open_memory(reader.get(), raw.text.data(), raw.text.size()) != ARCHIVE_OK) {
        tell(EstateError::Malformed, {});
        return true;
    }
    const std::size_t most = std::min(mostBytes, std::max<std::size_t>(raw.text.size() * mostRatio, std::size_t{1} << 20U));
    std::size_t entries = 0, total = 0;
    archive_entry* entry = nullptr;
    int result = ARCHIVE_OK;
    while ((result = archive_read_next_header(reader.get(), &entry)) == ARCHIVE_OK || result == ARCHIVE_WARN) {
        if (++entries > mostEntries) {
            tell(EstateError::TooMany, {});
            return true;
        }
        const char* written = archive_entry_pathname_utf8(entry);
        if (written == nullptr) written = archive_entry_pathname(entry);
        const std::string path = plainPath(written == nullptr ? "" : written);
        // Links lead nowhere here.
        if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr || path.empty()) continue;
        std::string text;
        char piece[1U << 16U];
        la_ssize_t got = 0;
        if (!into.goesOn()) return true;
        while ((got = archive_read_data(reader.get(), piece, sizeof piece)) > 0) {
            total += static_cast<std::size_t>(got);
            if (total > most) {
                tell(EstateError::TooLarge, path);
                return true;
            }
            text.append(piece, static_cast<std::size_t>(got));
            if (text.size() % (std::size_t{1} << 22U) < sizeof piece && !into.goesOn()) return true;
        }
        if (got < 0) {
            tell(archive_entry_is_encrypted(entry) != 0 ? EstateError::Unreadable : EstateError::Malformed, path);
            continue;
        }
        if (!isReadInFolders(path)) continue;
        const FileForm form = formOf(path, text);
        if (form == FileForm::Archive) {
            tell(EstateError::NotRecognised, path);
            continue;
        }
        std::optional<UtcTime> modified = raw.file->modified;
        if (archive_entry_mtime_is_set(entry) != 0) modified = UtcTime::fromUnixSeconds(std::max<std::int64_t>(archive_entry_mtime(entry), 0));
        into.addFile(raw.file->path + path, std::move(text), modified);
    }
    if (result != ARCHIVE_EOF) tell(EstateError::Malformed, {});
    return true;
}

} // namespace gw::estate
