#include "app/gatewardenctl/catalogue_file.h"

#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/output.h"
#include "ui/errors_text.h"

#include <filesystem>
#include <optional>

namespace gw::ctl {
namespace {

constexpr std::size_t maxCatalogue = std::size_t{64} << 20;

std::string besideProgram() {
    std::error_code failed;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", failed);
    return failed ? std::string() : (program.parent_path() / "../share/gatewarden/catalogue.jsonl").lexically_normal().string();
}

} // namespace

CatalogueFile loadCatalogue(const Invocation& invocation) {
    const bool asked = invocation.has(catalogueOption.name);
    const std::string path = asked ? std::string(invocation.value(catalogueOption.name)) : besideProgram();
    CatalogueFile out;
    std::string text;
    if (readFile(path, maxCatalogue, text) != Reading::Done) {
        complain("gatewardenctl: " + path + " cannot be read" + (asked ? "" : "; what needs the action catalogue is left out"));
        out.refused = asked;
        return out;
    }
    auto read = policy::Catalogue::read(std::move(text));
    if (!read) {
        complain("gatewardenctl: " + path + ": " + ui::explainBriefly(read.error()).toStdString());
        out.refused = true;
        return out;
    }
    out.catalogue = std::move(*read);
    return out;
}

} // namespace gw::ctl
