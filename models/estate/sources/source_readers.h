// Readers of everything that is no dump of one of AWS's calls. Each says whether a file was of its kind; what is wrong inside
// goes to the problems of the estate, and what is right there is read all the same.
#pragma once

#include "models/estate/readers/reading.h"
#include "models/estate/sources/usage_collector.h"

#include <string>
#include <vector>

namespace gw::estate {

// A provider's metadata that waits until all providers are known.
struct PendingMetadata {
    std::string entityId, xml, path;
};

// What has to wait for the other files.
struct PendingSources {
    std::vector<PendingMetadata> metadata;
    UsageCollector usage;
};

[[nodiscard]] PendingSources& pendingIn(Reading& reading);

// Fills "file".
[[nodiscard]] Error problemOf(EstateError code, const RawFile& raw);

// Responses and metadata as browsers, people and tools save them: XML, base64, form body, HTML page, HTTP archive.
[[nodiscard]] bool readSamlMessages(const RawFile& raw, Reading& into);
// Gives metadata to the provider it belongs to, and leaves one of what several responses tell alike.
void finishSamlMessages(Reading& reading);

// Events of CloudTrail: what was used, who signed in, which role took on another.
[[nodiscard]] bool readCloudTrail(const RawFile& raw, Reading& into);
void finishCloudTrail(Reading& reading);

// What is in it is read as a file of its own; an archive in it is not.
[[nodiscard]] bool readGzip(const RawFile& raw, Reading& into);

// A file of another form than JSON that nobody knows.
[[nodiscard]] bool readUnknown(const RawFile& raw, Reading& into);

} // namespace gw::estate
