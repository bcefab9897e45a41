// What OpenSSL keeps for a thread: its errors and its random numbers.
#pragma once

#include <openssl/crypto.h>

namespace gw::saml::openssl {

// Lets it go at the end of a piece of work on a pool's thread. Left to the end of the thread it may come too late: a pool
// does not wait until its threads are gone, so the process may end between.
struct ThreadScope {
    ThreadScope() = default;
    ~ThreadScope() { OPENSSL_thread_stop(); }
    ThreadScope(const ThreadScope&) = delete;
    ThreadScope& operator=(const ThreadScope&) = delete;
};

} // namespace gw::saml::openssl
