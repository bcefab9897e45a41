#include "app/practice/issued_credentials.h"

#include "app/practice/random_text.h"

#include <algorithm>
#include <utility>

namespace gw::practice {

const IssuedCredentials& CredentialRegister::issue(CallerIdentity identity, UtcTime expiration) {
    if (byKeyId_.size() >= capacity)
        byKeyId_.erase(std::ranges::min_element(byKeyId_, {}, [](const auto& entry) { return entry.second.expiration; }));
    std::string keyId = "ASIA" + randomBase32(random_, 16);
    IssuedCredentials made{keyId, Secret(randomBase64(random_, 30)), Secret("IQoJb3JpZ2lu" + randomBase64(random_, 300)),
                           expiration, std::move(identity)};
    return byKeyId_.insert_or_assign(std::move(keyId), std::move(made)).first->second;
}

const IssuedCredentials* CredentialRegister::find(std::string_view accessKeyId) const {
    const auto found = byKeyId_.find(accessKeyId);
    return found == byKeyId_.end() ? nullptr : &found->second;
}

} // namespace gw::practice
