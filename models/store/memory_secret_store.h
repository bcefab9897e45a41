// Keeps secrets for as long as the program runs. For machines without a keychain, and for the practice environment.
#pragma once

#include "models/store/secret_store.h"

#include <map>

namespace gw::store {

class MemorySecretStore final : public SecretStore {
public:
    [[nodiscard]] QFuture<Status> write(std::string key, Secret value) override;
    [[nodiscard]] QFuture<Result<std::optional<Secret>>> read(std::string key) override;
    [[nodiscard]] QFuture<Status> remove(std::string key) override;
    [[nodiscard]] bool outlivesProcess() const override { return false; }

private:
    std::map<std::string, Secret> secrets_;
};

} // namespace gw::store
