#include "models/sessions/providers/importers.h"

#include "models/sessions/providers/ini_text.h"
#include "models/sessions/providers/templates.h"
#include "models/sessions/providers/url_check.h"
#include "models/store/files.h"
#include "saml/aws/endpoints.h"
#include "saml/base/ascii.h"
#include "saml/base/json_fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

namespace gw::sessions {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t maxFile = std::size_t{4} << 20;
constexpr std::string_view defaultAudience = "urn:amazon:webservices";

Result<std::string> readInput(const fs::path& path) {
    auto text = store::readFile(path, maxFile);
    if (text) return text;
    const bool absent = text.error().code().is(store::FileError::NotFound);
    const std::string reason(text.error().fact("reason"));
    return fail(Error(absent ? ImportError::NotFound : ImportError::NotReadable, reason)
                    .with("path", path.string())
                    .with("reason", reason)
                    .because(std::move(text).error()));
}

Error malformed(const fs::path& path, int line, std::string reason) {
    return Error(ImportError::Malformed, reason).with("path", path.string()).with("line", std::to_string(line)).with("reason", std::move(reason));
}

// saml2aws's names of providers, and what it appends to a bare host to reach the sign-in.
struct Saml2AwsKind {
    std::string_view name, kind, suffix;
    bool audienceFollows;
};
constexpr std::array saml2AwsKinds{
    Saml2AwsKind{"adfs", "adfs", "/adfs/ls/IdpInitiatedSignOn.aspx?loginToRp=", true},
    Saml2AwsKind{"adfs2", "adfs", "/adfs/ls/IdpInitiatedSignOn.aspx?loginToRp=", true},
    Saml2AwsKind{"ping", "ping", "/idp/startSSO.ping?PartnerSpId=", true},
    Saml2AwsKind{"pingntlm", "ping", "/idp/startSSO.ping?PartnerSpId=", true},
    Saml2AwsKind{"pingone", "ping", "", false},
    Saml2AwsKind{"shibboleth", "shibboleth", "/idp/profile/SAML2/Unsolicited/SSO?providerId=", true},
    Saml2AwsKind{"shibbolethecp", "shibboleth", "", false},
    Saml2AwsKind{"keycloak", "keycloak", "", false},
    Saml2AwsKind{"okta", "okta", "", false},
    Saml2AwsKind{"googleapps", "google", "", false},
    Saml2AwsKind{"onelogin", "onelogin", "", false},
    Saml2AwsKind{"jumpcloud", "jumpcloud", "", false},
    Saml2AwsKind{"azuread", "entra", "", false},
    Saml2AwsKind{"auth0", "auth0", "", false},
};

std::string saml2AwsLoginUrl(const IniSection& account, const Saml2AwsKind* kind) {
    std::string url = account["url"];
    while (url.ends_with('/')) url.pop_back();
    if (kind == nullptr) return url;
    const std::string application = account["app_id"];
    if (kind->kind == "entra" && !application.empty()) return "https://launcher.myapps.microsoft.com/api/signin/" + application;
    if (kind->kind == "onelogin" && !application.empty() && !account["subdomain"].empty())
        return "https://" + account["subdomain"] + ".onelogin.com/trust/saml2/launch/" + application;
    const auto scheme = url.find("://");
    const bool bareHost = scheme != std::string::npos && url.find('/', scheme + 3) == std::string::npos;
    if (!bareHost || kind->suffix.empty()) return url;
    const std::string audience = account["aws_urn"];
    return url + std::string(kind->suffix) + (kind->audienceFollows ? (audience.empty() ? std::string(defaultAudience) : audience) : "");
}

void noteMissing(ImportCandidate& candidate) {
    if (!checkUrl(candidate.provider.loginUrl)) {
        candidate.provider.loginUrl.clear();
        candidate.missing.push_back(MissingPart::LoginUrl);
    }
    if (candidate.provider.metadataUrl.empty()) candidate.missing.push_back(MissingPart::Metadata);
}

// Kind, mode and name from what is known so far.
void complete(Provider& provider, const std::string& name, std::string_view kind, const ImportCandidates& others) {
    std::vector<Provider> existing;
    for (const ImportCandidate& other : others) existing.push_back(other.provider);
    provider.name = name;
    provider.kind = kind;
    provider.mode = providerTemplate(kind).mode;
    provider.id = makeProviderId(name, existing);
}

void setDuration(Provider& provider, std::string_view seconds) {
    int value = 0;
    const auto [end, problem] = std::from_chars(seconds.data(), seconds.data() + seconds.size(), value);
    if (problem == std::errc() && end == seconds.data() + seconds.size() && value >= 900 && value <= 43200) provider.duration = std::chrono::seconds(value);
}

void setRegion(Provider& provider, const std::string& region) {
    if (aws::isRegionName(region) && std::ranges::find(provider.regions, aws::Region(region)) == provider.regions.end())
        provider.regions.emplace_back(region);
}

std::optional<FoundRole> foundRole(std::string_view arn, const std::string& profile, const std::string& region, int line) {
    const auto role = aws::RoleArn::parse(arn);
    if (!role) return std::nullopt;
    FoundRole found{*role, std::nullopt, profile, {}, line, false};
    if (aws::isRegionName(region)) found.region = aws::Region(region);
    return found;
}

// Leapp's classes store their members with an underscore, its older versions without.
const Json* member(const Json& object, const std::string& name) {
    for (const std::string& key : {"_" + name, name})
        if (const auto found = object.find(key); found != object.end()) return &*found;
    return nullptr;
}

// The word behind `option`, or in `option=word`.
std::string optionOf(std::string_view command, std::string_view option) {
    for (auto at = command.find(option); at != std::string_view::npos; at = command.find(option, at + 1)) {
        std::string_view rest = command.substr(at + option.size());
        if (rest.empty() || (rest.front() != '=' && rest.front() != ' ')) continue;
        rest.remove_prefix(std::min(rest.find_first_not_of(" =\"'"), rest.size()));
        return std::string(rest.substr(0, rest.find_first_of(" \"'")));
    }
    return {};
}

std::string profileName(std::string name) {
    constexpr std::string_view prefix = "profile";
    if (name.starts_with(prefix) && name.size() > prefix.size() && (name[prefix.size()] == ' ' || name[prefix.size()] == '\t')) {
        name.erase(0, name.find_first_not_of(" \t", prefix.size()));
        if (name.size() >= 2 && name.front() == name.back() && (name.front() == '"' || name.front() == '\'')) name = name.substr(1, name.size() - 2);
    }
    return name;
}

// What a profile of ~/.aws/config says about where its credentials come from.
struct ProfileSource {
    std::string tool;       // "saml2aws", "Microsoft Entra ID", …; the candidate's name
    std::string kind;
    std::string roleArn;
    std::string loginUrl;
};

std::optional<ProfileSource> sourceOf(const IniSection& profile) {
    const std::string process = profile["credential_process"];
    if (!profile["azure_tenant_id"].empty()) {
        ProfileSource source{"Microsoft Entra ID", "entra", profile["azure_default_role_arn"], {}};
        const std::string application = profile["azure_app_id_uri"];
        // A URI that is no GUID cannot be launched by it.
        if (application.size() == 36 && application.find(':') == std::string::npos)
            source.loginUrl = "https://launcher.myapps.microsoft.com/api/signin/" + application + "?tenantId=" + profile["azure_tenant_id"];
        return source;
    }
    if (!profile["okta_org_name"].empty() || process.find("okta-aws-cli") != std::string::npos || process.find("gimme-aws-creds") != std::string::npos)
        return ProfileSource{"Okta", "okta", optionOf(process, "--aws-iam-role"), {}};
    if (!profile["adfs_config.ssl_verification"].empty() || !profile["adfs_config.adfs_host"].empty()) {
        const std::string host = profile["adfs_config.adfs_host"];
        return ProfileSource{"AD FS", "adfs", profile["adfs_config.role_arn"],
                             host.empty() ? "" : "https://" + host + "/adfs/ls/IdpInitiatedSignOn.aspx?loginToRp=" + std::string(defaultAudience)};
    }
    if (!profile["google_config.google_idp_id"].empty())
        return ProfileSource{"Google Workspace", "google", profile["google_config.role_arn"],
                             "https://accounts.google.com/o/saml2/initsso?idpid=" + profile["google_config.google_idp_id"] +
                                 "&spid=" + profile["google_config.google_sp_id"] + "&forceauthn=false"};
    if (process.find("saml2aws") != std::string::npos) return ProfileSource{"saml2aws", "generic", optionOf(process, "--role"), {}};
    if (!profile["saml.role_arn"].empty()) return ProfileSource{"saml", "generic", profile["saml.role_arn"], {}};
    if (!profile["role_arn"].empty()) return ProfileSource{"aws", "generic", {}, {}};
    return std::nullopt;
}

} // namespace

Result<ImportCandidates> importSaml2Aws(const fs::path& path) {
    GW_TRY(const std::string content, readInput(path));
    const IniText ini = parseIni(content);
    if (ini.firstBadLine != 0) return fail(malformed(path, ini.firstBadLine, "neither a section nor a setting"));
    ImportCandidates candidates;
    for (const IniSection& account : ini.sections) {
        if (account["url"].empty()) continue;
        ImportCandidate candidate{ImportSource::Saml2Aws, path, account.line, {}, {}, {}};
        const std::string name = foldedAscii(account["provider"]);
        const auto known = std::ranges::find(saml2AwsKinds, name, &Saml2AwsKind::name);
        const Saml2AwsKind* kind = known == saml2AwsKinds.end() ? nullptr : &*known;
        candidate.provider.loginUrl = saml2AwsLoginUrl(account, kind);
        complete(candidate.provider, account.name == "default" || account.name.empty() ? "saml2aws" : account.name,
                 kind != nullptr ? kind->kind : guessKind(candidate.provider.loginUrl), candidates);
        setRegion(candidate.provider, account["region"]);
        setDuration(candidate.provider, account["aws_session_duration"]);
        if (auto role = foundRole(account["role_arn"], account["aws_profile"], account["region"], account.line)) {
            candidate.provider.partition = role->role.partition();
            candidate.roles.push_back(std::move(*role));
        }
        noteMissing(candidate);
        candidates.push_back(std::move(candidate));
    }
    return candidates;
}

Result<ImportCandidates> importLeapp(const fs::path& path) {
    GW_TRY(const std::string content, readInput(path));
    // CryptoJS writes "Salted__" and the cipher text, in base64.
    if (content.starts_with("U2FsdGVkX1")) return fail(Error(ImportError::Encrypted).with("path", path.string()));
    auto parsed = parseJson(content);
    if (!parsed) return fail(malformed(path, 1, "not JSON").because(std::move(parsed).error()));
    const Json* urls = parsed->is_object() ? member(*parsed, "idpUrls") : nullptr;
    const Json* sessions = parsed->is_object() ? member(*parsed, "sessions") : nullptr;
    if (urls == nullptr || !urls->is_array() || sessions == nullptr || !sessions->is_array())
        return fail(malformed(path, 1, "no list of identity providers and sessions"));

    ImportCandidates candidates;
    for (const Json& entry : *urls) {
        if (!entry.is_object()) continue;
        ImportCandidate candidate{ImportSource::Leapp, path, 0, {}, {}, {}};
        candidate.provider.loginUrl = textField(entry, "url");
        const std::string_view kind = guessKind(candidate.provider.loginUrl);
        complete(candidate.provider, std::string(providerTemplate(kind).productName), kind, candidates);
        for (const Json& session : *sessions) {
            if (!session.is_object() || textField(session, "idpUrlId") != textField(entry, "id")) continue;
            auto role =
                foundRole(textField(session, "roleArn"), textField(session, "sessionName"), textField(session, "region"), 0);
            if (!role) continue;
            if (const auto provider = aws::SamlProviderArn::parse(textField(session, "idpArn"))) role->provider = *provider;
            setRegion(candidate.provider, role->region.value());
            candidate.provider.partition = role->role.partition();
            candidate.roles.push_back(std::move(*role));
        }
        noteMissing(candidate);
        candidates.push_back(std::move(candidate));
    }
    return candidates;
}

Result<ImportCandidates> importAwsConfig(const fs::path& path) {
    GW_TRY(const std::string content, readInput(path));
    const IniText ini = parseIni(content);
    if (ini.firstBadLine != 0) return fail(malformed(path, ini.firstBadLine, "neither a section nor a setting"));
    ImportCandidates candidates;
    for (const IniSection& profile : ini.sections) {
        const auto source = sourceOf(profile);
        if (!source) continue;
        const std::string arn = source->roleArn.empty() ? profile["role_arn"] : source->roleArn;
        auto role = foundRole(arn, profileName(profile.name), profile["region"], profile.line);
        if (!role && source->loginUrl.empty()) continue;
        if (role) role->chained = !profile["source_profile"].empty() || !profile["credential_source"].empty();

        auto candidate = std::ranges::find_if(candidates, [&](const ImportCandidate& other) {
            return other.provider.name == source->tool && other.provider.loginUrl == source->loginUrl;
        });
        if (candidate == candidates.end()) {
            ImportCandidate added{ImportSource::AwsConfig, path, profile.line, {}, {}, {}};
            complete(added.provider, source->tool, source->kind, candidates);
            added.provider.loginUrl = source->loginUrl;
            noteMissing(added);
            candidates.push_back(std::move(added));
            candidate = candidates.end() - 1;
        }
        setRegion(candidate->provider, profile["region"]);
        if (!role) continue;
        candidate->provider.partition = role->role.partition();
        candidate->roles.push_back(std::move(*role));
    }
    return candidates;
}

ImportFindings importAll(const fs::path& home) {
    const auto place = [&](const char* variable, const fs::path& usual) {
        const char* value = std::getenv(variable);
        if (value == nullptr || *value == '\0') return home / usual;
        const std::string_view given(value);
        return given.starts_with("~/") ? home / fs::path(given.substr(2)) : fs::path(given);
    };
    ImportFindings findings;
    const auto take = [&](Result<ImportCandidates> result) {
        if (result)
            std::ranges::move(*result, std::back_inserter(findings.candidates));
        else if (!result.error().code().is(ImportError::NotFound))
            findings.problems.push_back(std::move(result).error());
    };
    take(importSaml2Aws(place("SAML2AWS_CONFIGFILE", ".saml2aws")));
    take(importLeapp(home / ".Leapp" / "Leapp-lock.json"));
    take(importAwsConfig(place("AWS_CONFIG_FILE", ".aws/config")));
    return findings;
}

} // namespace gw::sessions
