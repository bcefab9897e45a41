// Files written so that a reader sees the old or the new content, never half of it, with the mode it should have from
// the first byte. Symbolic links are followed, so a linked file stays a link.
//
// The one exception: a file that is itself a mount point (a single file bound into a container) cannot be replaced by
// rename; it is overwritten in place, after the room for it was reserved.
//
// Writers hold an advisory lock on the folder (flock(2), no lock file is left behind); they wait for at most five
// seconds. Other programs do not know this lock, so replaceFileIfUnchanged compares right before the rename.
// Every function may block on the disk. Thread safe.
#pragma once

#include "saml/base/result.h"
#include "saml/base/secret.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace gw::store {

// Facts: "path", "reason" (the system's words), "mode" (of NotPrivate, octal).
#define GW_FILE_ERRORS(X) \
    X(NotFound, "not_found") \
    X(NotReadable, "not_readable") \
    X(NotPrivate, "not_private") \
    X(TooLarge, "too_large") \
    X(ReadOnly, "read_only") \
    X(DiskFull, "disk_full") \
    X(NotWritable, "not_writable") \
    X(ChangedMeanwhile, "changed_meanwhile") \
    X(Busy, "busy")
GW_ERROR_ENUM(FileError, "file", GW_FILE_ERRORS);

// Regular files only: a pipe or a device is NotReadable.
[[nodiscard]] Result<std::string> readFile(const std::filesystem::path& path, std::size_t maxBytes = std::size_t{16} << 20);

// The same for what nobody else may know: NotPrivate where the file belongs to another user than this one or root, or where
// its group or others have any right to it.
[[nodiscard]] Result<Secret> readPrivateFile(const std::filesystem::path& path, std::size_t maxBytes);

// Temporary file in the resolved target's folder, mode 0600, fsync, rename, fsync of the folder. Missing folders are
// made with mode 0700. The owner of a replaced file is kept where the process may do so.
[[nodiscard]] Status writeFileAtomically(const std::filesystem::path& path, std::string_view content);

// As above, but only if the file still holds `expected`; otherwise ChangedMeanwhile and nothing is touched.
// A file that is not there holds "".
[[nodiscard]] Status replaceFileIfUnchanged(const std::filesystem::path& path, std::string_view expected, std::string_view content);

} // namespace gw::store
