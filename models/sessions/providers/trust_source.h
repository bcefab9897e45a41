// Turns a provider's metadata and certificates into the keys to trust. A URL is read again when it is older than a day;
// the last good copy is kept on disk and used, and said so, where the new one cannot be had or read.
#pragma once

#include "models/cloud/http_client.h"
#include "models/sessions/providers/provider.h"
#include "saml/base/clock.h"
#include "saml/metadata/entity_descriptor.h"
#include "saml/protocol/assertion_verifier.h"

#include <QFuture>

#include <filesystem>
#include <optional>

namespace gw::sessions {

struct Trust {
    saml::TrustedProvider provider;
    std::vector<saml::SingleSignOnService> singleSignOn;
    std::optional<UtcTime> metadataFrom;    // when the copy in use was read
    std::optional<Error> refreshProblem;    // why it is not a fresh one
};

class TrustSource {
public:
    TrustSource(cloud::HttpClient& http, const Clock& clock, std::filesystem::path cacheFolder);
    [[nodiscard]] QFuture<Result<Trust>> load(Provider provider);

private:
    cloud::HttpClient& http_;
    const Clock& clock_;
    std::filesystem::path cacheFolder_;
};

} // namespace gw::sessions
