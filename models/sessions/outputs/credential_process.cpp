#include "models/sessions/outputs/outputs.h"

#include "saml/base/json_quote.h"

namespace gw::sessions {
namespace {

void appendMember(std::string& json, std::string_view name, std::string_view value) {
    json += ",\"";
    json += name;
    json += "\":";
    appendJsonQuoted(json, value);
}

// Read by Python's shlex (AWS CLI, boto3) and by `sh -c` (the SDKs for Go, JavaScript, Java and others). They differ in
// double quotes, where sh expands; so those are for blanks alone, which Windows' own splitter understands too.
std::string shellWord(std::string_view text) {
    static constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@%+=:,./-";
    if (!text.empty() && text.find_first_not_of(plain) == std::string_view::npos) return std::string(text);
    static constexpr std::string_view special = "\"\\$`!";
    if (text.find_first_of(special) == std::string_view::npos) return '"' + std::string(text) + '"';
    std::string word = "'";
    for (const char c : text) {
        if (c == '\'')
            word += "'\\''";
        else
            word += c;
    }
    word += '\'';
    return word;
}

} // namespace

Secret credentialProcessJson(const Session& session, const cloud::Credentials& credentials) {
    std::string json;
    // Six for each byte is the most that escaping makes of it; a buffer that grows would leave copies behind.
    json.reserve(6 * (credentials.accessKeyId.size() + credentials.secretAccessKey.size() + credentials.sessionToken.size()) + 512);
    // botocore compares Version with the number 1.
    json += "{\"Version\":1";
    appendMember(json, "AccessKeyId", credentials.accessKeyId);
    appendMember(json, "SecretAccessKey", credentials.secretAccessKey.reveal());
    appendMember(json, "SessionToken", credentials.sessionToken.reveal());
    // Without it an SDK would keep the credentials for ever.
    appendMember(json, "Expiration", credentials.expiration.toRfc3339());
    if (!session.pair.role.account().value().empty()) appendMember(json, "AccountId", session.pair.role.account().value());
    json += "}\n";
    return Secret(std::move(json));
}

std::string credentialProcessLine(const std::filesystem::path& helper, const ProfileName& profile, bool practice) {
    std::string line = shellWord(helper.string()) + " --profile " + shellWord(profile.value());
    if (practice) line += " --practice";
    return line;
}

} // namespace gw::sessions
