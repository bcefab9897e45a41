// The last good copy of a provider's metadata on disk, with what a server wants to hear when asked for a newer one.
// Blocks on the disk.
#pragma once

#include "saml/base/result.h"
#include "saml/base/utc_time.h"

#include <filesystem>
#include <optional>
#include <string>

namespace gw::sessions {

struct CachedMetadata {
    std::string url;
    UtcTime readAt;             // when a server last said that this is current
    std::string etag;
    std::string lastModified;
    std::string xml;
};

class MetadataCache {
public:
    explicit MetadataCache(std::filesystem::path folder);
    // Nothing where there is none, or none that can be read.
    [[nodiscard]] std::optional<CachedMetadata> find(const std::string& url) const;
    [[nodiscard]] Status keep(const CachedMetadata& entry) const;

private:
    [[nodiscard]] std::filesystem::path fileOf(const std::string& url) const;
    std::filesystem::path folder_;
};

} // namespace gw::sessions
