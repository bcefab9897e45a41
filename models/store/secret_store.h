// Where credentials wait for the next start: the system's keychain, or memory where there is none. Never a plain file.
#pragma once

#include "saml/base/result.h"
#include "saml/base/secret.h"

#include <QFuture>

#include <optional>
#include <string>

namespace gw::store {

// Fact: "reason" (the keychain's own words).
#define GW_SECRET_STORE_ERRORS(X) \
    X(NoBackend, "no_backend") \
    X(Locked, "locked") \
    X(DeniedByPerson, "denied_by_person") \
    X(Failed, "failed")
GW_ERROR_ENUM(SecretStoreError, "secret_store", GW_SECRET_STORE_ERRORS);

class SecretStore {
public:
    virtual ~SecretStore() = default;
    [[nodiscard]] virtual QFuture<Status> write(std::string key, Secret value) = 0;
    // Nothing where no such key is stored. A locked keyring may also answer nothing: absence proves nothing.
    [[nodiscard]] virtual QFuture<Result<std::optional<Secret>>> read(std::string key) = 0;
    [[nodiscard]] virtual QFuture<Status> remove(std::string key) = 0;
    // False where everything is gone when the program ends.
    [[nodiscard]] virtual bool outlivesProcess() const = 0;
};

} // namespace gw::store
