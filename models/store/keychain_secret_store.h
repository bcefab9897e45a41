// The system's keychain by QtKeychain: the Secret Service or KWallet on Linux, Keychain on macOS, the Credential Manager
// on Windows. Asynchronous through the event loop of the thread that calls; one thread only.
#pragma once

#include "models/store/secret_store.h"

namespace gw::store {

class KeychainSecretStore final : public SecretStore {
public:
    // `serviceName` keeps our entries apart from those of other programs.
    explicit KeychainSecretStore(std::string serviceName);

    [[nodiscard]] QFuture<Status> write(std::string key, Secret value) override;
    [[nodiscard]] QFuture<Result<std::optional<Secret>>> read(std::string key) override;
    // Removing what is not there succeeds.
    [[nodiscard]] QFuture<Status> remove(std::string key) override;
    [[nodiscard]] bool outlivesProcess() const override { return true; }

private:
    std::string serviceName_;
};

} // namespace gw::store
