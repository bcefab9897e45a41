#include "app/gatewardenctl/estate_commands.h"
#include "app/gatewardenctl/estate_input.h"
#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/output.h"
#include "models/estate/saved_estate.h"

namespace gw::ctl {

int runEstateImport(const Invocation& invocation) {
    const std::string path(invocation.value("--output"));
    if (path.empty()) {
        complain("gatewardenctl: -o names the file to write; see gatewardenctl estate import --help");
        return usage;
    }
    const EstateInput input = readEstate(invocation.arguments);
    if (input.estate == nullptr) return usage;
    const auto& estate = input.estate;
    const std::string text = estate::saveEstate(*estate);
    if (!replaceFile(path, text)) {
        complain("gatewardenctl: " + path + " cannot be written");
        return usage;
    }
    complain("gatewardenctl: " + path + ": " + std::to_string(estate->accounts().size()) + " accounts, " +
             std::to_string(estate->roles().size()) + " roles, " + std::to_string(estate->resources().size()) + " resources");
    return input.faulty ? usage : done;
}

} // namespace gw::ctl
