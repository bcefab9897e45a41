#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/map_commands.h"
#include "app/gatewardenctl/map_input.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/picture_door.h"
#include "app/gatewardenctl/saml_trust.h"
#include "models/mesh/escalation/escalations.h"
#include "models/mesh/picture/drawing.h"
#include "saml/base/ascii.h"

#include <QLibrary>
#include <QString>

#include <filesystem>
#include <optional>

namespace gw::ctl {
namespace {

namespace fs = std::filesystem;

enum class Form { Svg, Png, Pdf };

std::optional<Form> formOf(std::string_view path) {
    const std::string folded = foldedAscii(path);
    if (path == "-" || folded.ends_with(".svg")) return Form::Svg;
    if (folded.ends_with(".png")) return Form::Png;
    if (folded.ends_with(".pdf")) return Form::Pdf;
    return std::nullopt;
}

const PictureDoor* loadDoor() {
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed).parent_path();
    for (const fs::path& each : {program / "gatewarden-picture.so", program / "../lib/gatewarden/gatewarden-picture.so",
                                 program / "../" GW_LIBDIR "/gatewarden/gatewarden-picture.so"}) {
        if (!fs::exists(each, failed)) continue;
        const auto open =
            reinterpret_cast<PictureDoorFunction>(QLibrary::resolve(QString::fromStdString(each.string()), pictureDoorName));
        if (open != nullptr) return open();
    }
    complain("gatewardenctl: gatewarden-picture.so is not beside the program; SVG needs none: -o FILE.svg");
    return nullptr;
}

} // namespace

int runMapPicture(const Invocation& invocation) {
    const std::string path(invocation.value("--output"));
    const auto form = formOf(path);
    if (!form) {
        complain("gatewardenctl: -o names a file that ends in .svg, .png or .pdf; see gatewardenctl map picture --help");
        return usage;
    }
    const auto now = timeFromOptions(invocation);
    const auto input = readMapInput(invocation);
    // What is wrong with a map does not keep it from being drawn.
    if (!now || input == nullptr) return usage;
    const bool clean = tellProblems(*input);
    const mesh::Compilation compilation = mesh::compile(input->intent, input->targets);
    std::vector<mesh::MapEscalation> escalations;
    if (input->estate != nullptr) escalations = mesh::escalationsOf(input->reading.map, input->intent, *input->estate, *now);
    mesh::Drawing drawing =
        mesh::drawingOf(input->reading.map, input->intent, compilation, input->estate.get(), escalations, *now);
    mesh::layOut(drawing);
    std::string out = mesh::svgOf(drawing, {fs::path(input->path).filename().string(), invocation.has("--dark")});
    if (*form != Form::Svg) {
        const PictureDoor* door = loadDoor();
        if (door == nullptr) return usage;
        std::string problem;
        out = door->draw(out, *form == Form::Png ? PictureForm::Png : PictureForm::Pdf, problem);
        if (out.empty()) {
            complain("gatewardenctl: " + problem + ".");
            return usage;
        }
    }
    if (path == "-" || path.empty()) return print(out) ? done : usage;
    if (!replaceFile(path, out)) {
        complain("gatewardenctl: " + path + " cannot be written.");
        return usage;
    }
    return clean ? done : no;
}

} // namespace gw::ctl
