// The door to the module that draws pictures as PNG and PDF: loaded by the one command that needs Qt's painting, which takes
// longer to load than the others take to answer.
#pragma once

#include <string>
#include <string_view>

namespace gw::ctl {

enum class PictureForm { Png, Pdf };

// What the module exports.
struct PictureDoor {
    // `svg` as the map's picture is written; empty: `problem` says why, one sentence.
    std::string (*draw)(std::string_view svg, PictureForm form, std::string& problem) = nullptr;
};
inline constexpr const char* pictureDoorName = "gatewardenPictureDoor";
using PictureDoorFunction = const PictureDoor* (*)();

} // namespace gw::ctl
