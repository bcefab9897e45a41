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
// Assignments for the shell, one a line, quoted by its own rules. A value that the shell cannot hold (a control character;
// in cmd also `"`, `%` and `!`) leaves its line out: AWS never sends one.
[[nodiscard]] Secret environment(const Session& session, const cloud::Credentials& credentials, Shell shell);

// "path/gatewarden-credentials --profile NAME", quoted so that Python's shlex and `sh -c` read the same.
[[nodiscard]] std::string credentialProcessLine(const std::filesystem::path& helper, const ProfileName& profile, bool practice);

// A letter or digit, then up to 63 of letters, digits and _.@+:/=-
[[nodiscard]] bool isProfileName(std::string_view text);
// A name that is free in `taken`: from account alias and role, lower case.
[[nodiscard]] ProfileName suggestProfile(const Session& session, const std::vector<ProfileName>& taken);

// Facts: "profile", "line", "file" ("config" or "credentials"), "key", "path", "reason" ("byte_order_mark", "not_utf8",
// "no_section", "duplicate_section", "duplicate_key", "not_an_assignment").
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
    // Goes into "# managed by gatewarden ID" of a new section; one of ours keeps its own, so that a renewed session
    // does not change the file.
    SessionId marker;
};

struct ProfilePreview {
    ProfileName profile;
    std::string before;           // the file as it is
    std::string after;            // as it will be; every byte outside our section is the same
    std::string section;          // our section alone, as it will stand
    std::vector<std::string> warnings; // rule ids, such as "shadowed_by_static_keys"
};

// Computes what addProfile would write. `replaceForeign` allows taking over a section that we did not write: keys that
// would win over credential_process go, all others stay. Both files must be readable to Python's RawConfigParser, which
// the AWS CLI and boto3 use: one bad line makes a whole file unreadable for them.
[[nodiscard]] Result<ProfilePreview> previewProfile(std::string_view config, std::string_view credentials, const ProfileEntry& entry,
                                                    bool replaceForeign = false);
// The config without our section. NotOurs where the section is there and not ours; unchanged where it is not there.
[[nodiscard]] Result<std::string> withoutProfile(std::string_view config, const ProfileName& name);
// The credentials file without the static keys of this profile: they would win over credential_process and never refresh.
[[nodiscard]] Result<std::string> withoutStaticKeys(std::string_view credentials, const ProfileName& name);
// The profiles that both files know, in their order.
[[nodiscard]] Result<std::vector<ProfileName>> profileNames(std::string_view config, std::string_view credentials);

// Where the shared files are: AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE, else ~/.aws.
struct SharedFiles {
    std::filesystem::path config;
    std::filesystem::path credentials;
    [[nodiscard]] static SharedFiles fromEnvironment();
};

[[nodiscard]] Result<ProfilePreview> previewProfile(const SharedFiles& files, const ProfileEntry& entry, bool replaceForeign = false);
// Writes `preview.after` if the file still is `preview.before` (FileError::ChangedMeanwhile otherwise: preview again). One
// dated backup a day is kept beside it, a week of them. ShadowedByStaticKeys while the credentials file holds keys for the
// profile. Waits up to five seconds for another console's lock (FileError::Busy): run these three on a worker.
[[nodiscard]] Status addProfile(const SharedFiles& files, const ProfilePreview& preview);
[[nodiscard]] Status removeProfile(const SharedFiles& files, const ProfileName& name);
[[nodiscard]] Status removeStaticKeys(const SharedFiles& files, const ProfileName& name);

} // namespace gw::sessions
