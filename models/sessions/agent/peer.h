// Who is at the other end of a local socket, and which program wanted the credentials.
#pragma once

#include "models/sessions/session.h"

#include <filesystem>
#include <optional>

#include <sys/types.h>

namespace gw::sessions {

struct Peer {
    pid_t pid = 0;
    uid_t uid = 0;
};

// SO_PEERCRED: as the kernel noted it at connect(2), so a client cannot choose it.
[[nodiscard]] std::optional<Peer> peerOf(int socket);

// Only the same user. Not even root: root has no credentials to ask for here.
[[nodiscard]] bool isTrusted(const Peer& peer, uid_t own);

// The program behind a pid, for the list of consumers: informative only, since a program may change its own name. Our own
// helpers, and shells that only run one command line, stand for the program that started them. A few tiny reads of /proc.
[[nodiscard]] Consumer consumerOf(pid_t pid, UtcTime now, const std::filesystem::path& proc = "/proc");

} // namespace gw::sessions
