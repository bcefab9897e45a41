#include "app/gatewardenctl/estate_commands.h"
#include "app/gatewardenctl/estate_input.h"
#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/live_import.h"
#include "app/gatewardenctl/output.h"
#include "models/estate/saved_estate.h"

namespace gw::ctl {

int runEstateImport(const Invocation& invocation) {
    if (invocation.has("--show-policy")) return showReadPolicy();
    const std::string path(invocation.value("--output"));
    if (path.empty()) {
        complain("gatewardenctl: -o names the file to write; see gatewardenctl estate import --help");
        return usage;
    }
    if (invocation.arguments.empty() && !invocation.has("--live")) {
        complain("gatewardenctl: there is nothing to import: name files or folders, or --live; see gatewardenctl estate import --help");
        return usage;
    }
    std::vector<std::string> sources = invocation.arguments;
    bool gaps = false;
    if (invocation.has("--live")) {
        auto live = readLive(invocation);
        if (!live) return usage;
        gaps = live->gaps;
        sources.insert(sources.end(), live->files.begin(), live->files.end());
    }
    const EstateInput input = readEstate(sources);
    if (input.estate == nullptr) return usage;
    const auto& estate = input.estate;
    const std::string text = estate::saveEstate(*estate);
    if (path == "-") {
        if (!print(text)) return usage;
    } else if (!replaceFile(path, text)) {
        complain("gatewardenctl: " + path + " cannot be written");
        return usage;
    }
    complain("gatewardenctl: " + path + ": " + std::to_string(estate->accounts().size()) + " accounts, " +
             std::to_string(estate->roles().size()) + " roles, " + std::to_string(estate->resources().size()) + " resources");
    if (input.faulty) return usage;
    return gaps ? no : done;
}

} // namespace gw::ctl
