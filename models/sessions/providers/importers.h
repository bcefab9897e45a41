// What other tools already know: providers, roles, accounts and regions from saml2aws, Leapp and ~/.aws/config. Files
// are only read. What was found is offered for choice; nothing becomes a provider by itself.
#pragma once

#include "models/sessions/providers/provider.h"
#include "saml/base/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::sessions {

// Facts: "path", "line", "reason". Encrypted: Leapp ties its file to the machine, so it is opened by Leapp only.
#define GW_IMPORT_ERRORS(X) \
    X(NotFound, "not_found") \
    X(NotReadable, "not_readable") \
    X(Malformed, "malformed") \
    X(Encrypted, "encrypted")
GW_ERROR_ENUM(ImportError, "import", GW_IMPORT_ERRORS);

enum class ImportSource { Saml2Aws, Leapp, AwsConfig };

struct FoundRole {
    aws::RoleArn role;
    std::optional<aws::SamlProviderArn> provider;
    std::string profile;        // the profile of ~/.aws/config, or the session's name
    aws::Region region;
    int line = 0;               // 0 where the file has no lines of its own (JSON)
    bool chained = false;       // assumed from another profile, not by SAML
};

enum class MissingPart { LoginUrl, Metadata };

struct ImportCandidate {
    ImportSource source = ImportSource::AwsConfig;
    std::filesystem::path path;
    int line = 0;
    // As far as it is known; the id is a suggestion made from the name. `certificatesPem` is always empty.
    Provider provider;
    std::vector<FoundRole> roles;
    std::vector<MissingPart> missing;
};

using ImportCandidates = std::vector<ImportCandidate>;

[[nodiscard]] Result<ImportCandidates> importSaml2Aws(const std::filesystem::path& path);
[[nodiscard]] Result<ImportCandidates> importLeapp(const std::filesystem::path& path);
// One candidate per sign-in tool that the profiles name; profiles without a role are passed over.
[[nodiscard]] Result<ImportCandidates> importAwsConfig(const std::filesystem::path& path);

struct ImportFindings {
    ImportCandidates candidates;
    std::vector<Error> problems;    // NotFound is none
};

// The usual places below `home`, and AWS_CONFIG_FILE and SAML2AWS_CONFIGFILE where they are set.
[[nodiscard]] ImportFindings importAll(const std::filesystem::path& home);

} // namespace gw::sessions
