// Credentials and profiles in the forms that tools read. Qt-free; every function that returns secrets returns a Secret.
// Contracts: AWS SDKs and Tools Reference Guide, "Process credential provider" and "Shared config and credentials files".
#pragma once

#include "models/cloud/credentials.h"
#include "models/sessions/session.h"
#include "saml/base/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::sessions {

enum class Shell { Bash, Zsh, Fish, PowerShell, Cmd };
[[nodiscard]] std::optional<Shell> parseShell(std::string_view name);

// {"Version":1,"AccessKeyId":…,"SecretAccessKey":…,"SessionToken":…,"Expiration":…,"AccountId":…} and a line feed.
[[nodiscard]] Secret credentialProcessJson(const Session& session, const cloud::Credentials& credentials);
// Assignments for the shell, one a line, quoted by its own rules.
[[nodiscard]] Secret environment(const Session& session, const cloud::Credentials& credentials, Shell shell);

// "path/gatewarden-credentials --profile NAME", quoted as shlex reads it.
[[nodiscard]] std::string credentialProcessLine(const std::filesystem::path& helper, const ProfileName& profile, bool practice);

[[nodiscard]] bool isProfileName(std::string_view text);
// A name that is free in `taken`: from account alias and role, lower case.
[[nodiscard]] ProfileName suggestProfile(const Session& session, const std::vector<ProfileName>& taken);

// Facts: "profile", "line", "file", "key", "path".
#define GW_PROFILE_ERRORS(X) \
    X(NotOurs, "not_ours") \
    X(Unreadable, "unreadable") \
    X(ShadowedByStaticKeys, "shadowed_by_static_keys") \
    X(BadValue, "bad_value")
GW_ERROR_ENUM(ProfileError, "profile", GW_PROFILE_ERRORS);

struct ProfileEntry {
    ProfileName name;
    std::string credentialProcess;
    std::string region;
    std::string endpointUrl;      // only for endpoints of one's own; empty otherwise
    SessionId marker;             // goes into "# managed by gatewarden ID"
};

struct ProfilePreview {
    std::string before;           // the file as it is
    std::string after;            // as it will be; every byte outside our section is the same
    std::string section;          // our section alone, as it will stand
    std::vector<std::string> warnings; // rule ids, such as "shadowed_by_static_keys"
};

// Computes what addProfile would write. `replaceForeign` allows taking over a section that we did not write.
[[nodiscard]] Result<ProfilePreview> previewProfile(std::string_view config, std::string_view credentials, const ProfileEntry& entry,
                                                    bool replaceForeign = false);
[[nodiscard]] Result<std::string> withoutProfile(std::string_view config, const ProfileName& name);

// Where the shared files are: AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE, else ~/.aws.
struct SharedFiles {
    std::filesystem::path config;
    std::filesystem::path credentials;
    [[nodiscard]] static SharedFiles fromEnvironment();
};

[[nodiscard]] Result<ProfilePreview> previewProfile(const SharedFiles& files, const ProfileEntry& entry, bool replaceForeign = false);
// Writes `preview.after` if the file still is `preview.before`. One dated backup a day is kept beside it.
[[nodiscard]] Status addProfile(const SharedFiles& files, const ProfilePreview& preview);

} // namespace gw::sessions
