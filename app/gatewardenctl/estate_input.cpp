#include "app/gatewardenctl/estate_input.h"

#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/interruptible.h"
#include "app/gatewardenctl/output.h"
#include "models/estate/estate_reader.h"
#include "ui/errors_text.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace gw::ctl {
namespace {

// "file:line:column: what it is"
void complainOf(const Error& problem) {
    std::string place(problem.fact("file"));
    if (!problem.fact("line").empty())
        place += ":" + std::string(problem.fact("line")) + ":" + std::string(problem.fact("column"));
    const Error& told =
        problem.code().is(estate::EstateError::Malformed) && problem.cause() != nullptr ? *problem.cause() : problem;
    const ui::ErrorText text = ui::explain(told);
    complain("gatewardenctl: " + place + ": " + text.title.toStdString() + ". " + text.why.toStdString());
}

bool isFault(const Error& problem) {
    return problem.code().is(estate::EstateError::Malformed) || problem.code().is(estate::EstateError::Unreadable) ||
           problem.code().is(estate::EstateError::TooLarge) || problem.code().is(estate::EstateError::WrongType) ||
           (problem.code().is(estate::EstateError::NotRecognised) && !problem.fact("expected").empty()); // an unknown version
}

} // namespace

int refuse(const Error& error) {
    const ui::ErrorText text = ui::explain(error);
    std::string line = "gatewardenctl: " + text.title.toStdString() + ". " + text.why.toStdString();
    for (const QString& each : text.whatToDo) line += " " + each.toStdString();
    complain(line);
    return usage;
}

void writeWhere(JsonWriter& json, const estate::Source& source) {
    json.key("where");
    if (source.file == nullptr) {
        json.null();
        return;
    }
    json.beginObject().member("file", source.file->path).member("pointer", source.pointer);
    json.count("line", source.position.line).count("column", source.position.column).endObject();
}

EstateInput readEstate(const std::vector<std::string>& paths) {
    EstateInput input;
    const Interruptible guard;
    const bool terminal = isatty(STDERR_FILENO) == 1;
    estate::EstateReader reader;
    std::size_t shown = 0;
    reader.onProgress([&](std::size_t octets) {
        if (const std::size_t megabytes = octets >> 20U; terminal && megabytes != shown) {
            shown = megabytes;
            std::fprintf(stderr, "\r%zu MB read", megabytes);
        }
        return !guard.flag();
    });
    for (const std::string& each : paths) {
        if (each == "-") {
            std::string text;
            if (!readOrComplain(each, estate::ReadLimits().fileBytes, text)) return input;
            reader.addText("-", std::move(text));
            continue;
        }
        if (const Status added = reader.addPath(each); !added) {
            refuse(added.error());
            return input;
        }
    }
    // Where a live read was refused everything there is nothing to look at, which it says itself.
    const bool nothing = !guard.flag() && !paths.empty() && !reader.recognised();
    if (!guard.flag()) input.estate = reader.finish();
    if (shown > 0) std::fputs("\r\x1B[K", stderr);
    if (guard.flag()) {
        complain("gatewardenctl: broken off; nothing was written");
        input.estate = nullptr;
        return input;
    }
    const auto& problems = input.estate->problems();
    // A folder can hold anything: what repeats itself without end helps nobody.
    constexpr std::size_t mostTold = 200;
    for (std::size_t i = 0; i < std::min(problems.size(), mostTold); ++i) complainOf(problems[i]);
    if (problems.size() > mostTold) complain("gatewardenctl: and " + std::to_string(problems.size() - mostTold) + " more of that kind");
    input.faulty = nothing || std::any_of(problems.begin(), problems.end(), isFault);
    if (nothing) complain("gatewardenctl: nothing here is of a kind that is read; see gatewardenctl estate import --help for what is");
    return input;
}

} // namespace gw::ctl
