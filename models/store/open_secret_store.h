// Finds out whether this machine has a keychain that works, and falls back to memory where it has none.
#pragma once

#include "models/store/secret_store.h"

#include <chrono>
#include <memory>

namespace gw::store {

struct OpenedSecretStore {
    enum class Kind { Keychain, Memory };
    Kind kind = Kind::Memory;
    std::unique_ptr<SecretStore> store;     // never null
    // Why it is memory only: NoBackend, Locked, DeniedByPerson, or Failed where the keychain does not do what it should.
    std::optional<Error> problem;
};

// Writes, reads and removes a probe entry. A keychain that has not answered within `patience` counts as Failed, since it
// may wait for a prompt that nobody sees. Needs an event loop.
[[nodiscard]] QFuture<OpenedSecretStore> openSecretStore(std::string serviceName,
                                                         std::chrono::milliseconds patience = std::chrono::seconds(10));

} // namespace gw::store
