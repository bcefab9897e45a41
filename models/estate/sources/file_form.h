// What a file is made of, as far as its first octets and its name tell.
#pragma once

#include <string_view>

namespace gw::estate {

enum class FileForm {
    Json,    // an object or a list
    Markup,  // XML or HTML
    Gzip,
    Archive, // zip, tar, or a tar that is compressed as a whole
    Yaml,
    Csv,
    Ldif,
    Encoded, // base64 or a form's body
    Other
};

[[nodiscard]] FileForm formOf(std::string_view path, std::string_view text);

// Whether a file of that name is looked at where a folder is read.
[[nodiscard]] bool isReadInFolders(std::string_view path);

} // namespace gw::estate
