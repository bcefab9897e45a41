// The place of the agent's socket: a folder that only its owner may write, a lock that says which console owns the place,
// and the listening socket itself, 0600 before anybody can connect.
#pragma once

#include "saml/base/result.h"

#include <memory>
#include <string>

#include <sys/types.h>

namespace gw::sessions {

class SocketPlace {
public:
    // AgentError::AlreadyRunning, AgentError::CannotListen.
    [[nodiscard]] static Result<std::unique_ptr<SocketPlace>> take(const std::string& path);
    // Removes the socket file while the lock is still held.
    ~SocketPlace();
    SocketPlace(const SocketPlace&) = delete;
    SocketPlace& operator=(const SocketPlace&) = delete;

    // Listening and non-blocking. The caller owns it from then on; -1 the second time.
    [[nodiscard]] int releaseListener();

private:
    SocketPlace() = default;
    [[nodiscard]] Status lock();
    [[nodiscard]] Status bind();

    std::string path_;
    int lock_ = -1;
    int listener_ = -1;
    dev_t device_ = 0;
    ino_t inode_ = 0;      // of our socket file; 0 before it is there
};

} // namespace gw::sessions
