// Everything to a file descriptor, without a stream's buffer that would keep secrets.
#pragma once

#include <cerrno>
#include <string_view>

#include <unistd.h>

namespace gw {

// False where the other end is gone or the disk is full.
inline bool writeAll(int fd, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = write(fd, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace gw
