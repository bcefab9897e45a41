// A ReplayCache that outlives the program.
#pragma once

#include "app/gatewardenctl/files.h"
#include "saml/protocol/replay_cache.h"

#include <optional>
#include <string>

namespace gw::ctl {

class ReplayFile {
public:
    // False, with a sentence on standard error, where it cannot be used. A file that is not there is an empty cache.
    [[nodiscard]] bool open(const std::string& path, UtcTime now);
    // Null where it was not opened.
    [[nodiscard]] saml::ReplayCache* cache() { return cache_ ? &*cache_ : nullptr; }
    // False, with a sentence, where it cannot be written. True where it was not opened.
    [[nodiscard]] bool save() const;

private:
    std::string path_;
    std::optional<FileLock> lock_;
    std::optional<saml::ReplayCache> cache_;
};

} // namespace gw::ctl
