// The credentials that the practice STS has handed out, in memory only.
#pragma once

#include "saml/base/random.h"
#include "saml/base/secret.h"
#include "saml/base/utc_time.h"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace gw::practice {

struct CallerIdentity {
    std::string account;
    std::string arn;    // "arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION"
    std::string userId; // "AROA…:SESSION"
};

struct IssuedCredentials {
    std::string accessKeyId;
    Secret secretAccessKey;
    Secret sessionToken;
    UtcTime expiration;
    CallerIdentity identity;
};

class CredentialRegister {
public:
    static constexpr std::size_t capacity = 4096;

    explicit CredentialRegister(Random& random) : random_(random) {}

    // Makes and remembers them. The reference holds until the next call. When full, the one that ends first goes.
    [[nodiscard]] const IssuedCredentials& issue(CallerIdentity identity, UtcTime expiration);
    // Null where the key id was never handed out. Expired ones stay known, so that they can be told from unknown ones.
    [[nodiscard]] const IssuedCredentials* find(std::string_view accessKeyId) const;

private:
    Random& random_;
    std::map<std::string, IssuedCredentials, std::less<>> byKeyId_;
};

} // namespace gw::practice
