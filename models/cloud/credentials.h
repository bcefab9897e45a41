// Short-lived AWS credentials. Move-only, since two of the parts are secrets.
#pragma once

#include "saml/base/secret.h"
#include "saml/base/utc_time.h"

#include <string>

namespace gw::cloud {

struct Credentials {
    std::string accessKeyId;
    Secret secretAccessKey;
    Secret sessionToken;
    UtcTime expiration;

    [[nodiscard]] Credentials clone() const {
        return {accessKeyId, secretAccessKey.clone(), sessionToken.clone(), expiration};
    }
};

} // namespace gw::cloud
