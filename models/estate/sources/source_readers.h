// Readers of everything that is no dump of one of AWS's calls. Each says whether a file was of its kind; what is wrong inside
// goes to the problems of the estate, and what is right there is read all the same.
#pragma once

#include "models/estate/readers/reading.h"
#include "models/estate/sources/datum.h"
#include "models/estate/sources/directory.h"
#include "models/estate/sources/template_values.h"
#include "models/estate/sources/usage_collector.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace gw::estate {

// A provider's metadata that waits until all providers are known.
struct PendingMetadata {
    std::string entityId, xml, path;
};

// Pages of a list, of which all tell how long it is.
struct PendingPages {
    std::uint64_t read = 0, expected = 0;
    std::optional<Error> problem; // to be told where they are not all there
};

// Of Entra: who has which role of an application, and which role of AWS that is.
struct PendingAppRole {
    std::string role, provider; // ARNs
};
struct PendingAppAssignment {
    std::string role, principal, name; // ids; what the principal is called
    bool group = false;
    Source source;
};

// A template, or an object of Kubernetes, that waits until all accounts are known; what its path tells of them.
struct PendingTemplate {
    Datum root;
    std::shared_ptr<SourceFile> file;
    std::string account, region;
};
// What a state of Terraform declares.
struct PendingState {
    std::shared_ptr<EstateParts> parts;
    TemplatePlace place;
};

// What has to wait for the other files.
struct PendingSources {
    std::vector<PendingMetadata> metadata;
    UsageCollector usage;
    DirectoryCollector directory;
    std::map<std::string, PendingPages> scim;
    std::map<std::string, PendingAppRole> appRoles;
    std::vector<PendingAppAssignment> appAssignments;
    std::vector<PendingTemplate> templates;
    std::vector<PendingState> states;
    std::vector<Resource> sidecars;
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

// People, groups and who gets which role.
[[nodiscard]] bool readTableFile(const RawFile& raw, Reading& into);
[[nodiscard]] bool readLdif(const RawFile& raw, Reading& into);
[[nodiscard]] bool readScim(const DumpFile& file, const Node& root, Reading& into);
[[nodiscard]] bool readAppRoles(const DumpFile& file, const Node& root, Reading& into);
void finishDirectory(Reading& reading);

// Templates of CloudFormation, objects of Kubernetes, states and plans of Terraform. Beside dumps of the live estate they
// are an estate of their own.
[[nodiscard]] bool readYamlFile(const RawFile& raw, Reading& into);
[[nodiscard]] bool readDeclaredJson(const DumpFile& file, const Node& root, Reading& into);
void finishDeclared(Reading& reading);

// What Envoy was told. Of what AWS's own calls tell, nothing is taken from there.
[[nodiscard]] bool readEnvoy(const DumpFile& file, const Node& root, Reading& into);
void finishEnvoy(Reading& reading);

// What is in them is read as files of their own; archives in them are not.
[[nodiscard]] bool readGzip(const RawFile& raw, Reading& into);
[[nodiscard]] bool readArchive(const RawFile& raw, Reading& into);

// A file of another form than JSON that nobody knows.
[[nodiscard]] bool readUnknown(const RawFile& raw, Reading& into);

} // namespace gw::estate
