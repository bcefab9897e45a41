// Files of a cache: a reader sees the old or the new content, as with writeFileAtomically, also where the process is killed. They
// are not flushed one by one: where the machine loses its power, those since the last flush may be empty or cut, which their
// reader must notice. May block on the disk. Thread safe. Errors: FileError (files.h).
#pragma once

#include "saml/base/result.h"

#include <filesystem>
#include <string_view>

namespace gw::store {

[[nodiscard]] Status writeCacheFile(const std::filesystem::path& path, std::string_view content);

// All that was written to the file system of this folder.
[[nodiscard]] Status flushAround(const std::filesystem::path& folder);

} // namespace gw::store
