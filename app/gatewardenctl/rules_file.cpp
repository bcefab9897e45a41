#include "app/gatewardenctl/rules_file.h"

#include "app/gatewardenctl/estate_input.h"
#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/output.h"

namespace gw::ctl {
namespace {

constexpr std::size_t mostRules = std::size_t{1} << 20U;

} // namespace

bool readRules(const Invocation& invocation, estate::review::Settings& into) {
    if (!invocation.has("--rules")) return true;
    const std::string path(invocation.value("--rules"));
    std::string text;
    if (!readOrComplain(path, mostRules, text)) return false;
    auto parsed = estate::review::Settings::parse(text);
    if (!parsed) {
        (void)refuse(Error(parsed.error()).with("file", path));
        return false;
    }
    into = std::move(*parsed);
    return true;
}

void tellUnmatched(const Invocation& invocation, const std::vector<const estate::review::AcceptedFinding*>& unmatched) {
    for (const estate::review::AcceptedFinding* each : unmatched) {
        std::string what = each->rule;
        for (const std::string* part : {&each->change, &each->principal, &each->action, &each->resource})
            if (!part->empty()) what += " " + *part;
        if (!each->object.empty()) what += " of " + each->object;
        if (!each->file.empty()) what += " in " + each->file;
        complain("gatewardenctl: " + std::string(invocation.value("--rules")) + " accepts " + what + ", and nothing like it was found");
    }
}

} // namespace gw::ctl
