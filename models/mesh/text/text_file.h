// A file on its way to a folder that the caller chooses.
#pragma once

#include <string>

namespace gw::mesh {

struct TextFile {
    std::string path; // below that folder; no part of it is "..", none begins with "/"
    std::string content;
};

} // namespace gw::mesh
