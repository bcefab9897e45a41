#include "saml/aws/claims.h"

#include "saml/base/ascii_classes.h"
#include "saml/base/blanks.h"

#include <algorithm>
#include <charconv>

namespace gw::aws {
namespace {

constexpr std::string_view roleName = "https://aws.amazon.com/SAML/Attributes/Role";
constexpr std::size_t maxTags = 50;
constexpr std::size_t maxTagKey = 128;
constexpr std::size_t maxTagValue = 256;
constexpr int leastSession = 900;
constexpr int mostSession = 43'200;

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
    const auto fold = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return fold(x) == fold(y); });
}

std::string shown(std::string_view text) {
    std::string out(text.substr(0, 120));
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c < 0x20 || c >= 0x7F; }, '?');
    return out;
}

Error problem(ClaimError code, std::string_view seen) {
    return Error(code).with("seen", shown(seen));
}

// STS: [\w+=,.@-]{2,64}, ASCII only.
bool isSessionName(std::string_view text) {
    return text.size() >= 2 && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
               return isAlphanumeric(c) ||
                      std::string_view("_+=,.@-").find(c) != std::string_view::npos;
           });
}

// All values of one attribute, over every Attribute element of that name.
std::vector<std::string_view> valuesOf(const std::vector<saml::Attribute>& attributes, std::string_view name) {
    std::vector<std::string_view> values;
    for (const saml::Attribute& attribute : attributes)
        if (attribute.name == name) values.insert(values.end(), attribute.values.begin(), attribute.values.end());
    return values;
}

std::string attributeName(std::string_view suffix) {
    return std::string(attributePrefix) + std::string(suffix);
}

void readRoles(const std::vector<saml::Attribute>& attributes, Claims& claims) {
    bool present = false;
    bool wrongCase = false;
    for (const saml::Attribute& attribute : attributes) {
        present = present || attribute.name == roleName;
        wrongCase = wrongCase || (attribute.name != roleName && equalsIgnoringCase(attribute.name, roleName));
    }
    for (const std::string_view value : valuesOf(attributes, roleName)) {
        // Providers send one empty value for a person without roles.
        if (trimmed(value).empty()) continue;
        auto pair = parseRolePair(value);
        if (!pair)
            claims.malformed.push_back({std::string(value), std::move(pair).error()});
        else if (std::find(claims.roles.begin(), claims.roles.end(), *pair) == claims.roles.end())
            claims.roles.push_back(std::move(*pair));
    }
    if (!claims.roles.empty()) return;
    if (wrongCase)
        claims.problems.emplace_back(ClaimError::WrongCaseRoleAttribute);
    else
        claims.problems.emplace_back(present ? ClaimError::NoUsableRole : ClaimError::NoRoleAttribute);
}

void readSessionName(const std::vector<saml::Attribute>& attributes, Claims& claims) {
    const auto values = valuesOf(attributes, attributeName("RoleSessionName"));
    if (values.empty()) {
        claims.problems.emplace_back(ClaimError::NoSessionName);
        return;
    }
    if (values.size() != 1 || !isSessionName(values[0]))
        claims.problems.push_back(problem(ClaimError::BadSessionName, values[0]));
    claims.roleSessionName = values[0];
}

void readSessionDuration(const std::vector<saml::Attribute>& attributes, Claims& claims) {
    const auto values = valuesOf(attributes, attributeName("SessionDuration"));
    if (values.empty()) return;
    const std::string_view text = trimmed(values[0]);
    int seconds = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (values.size() != 1 || failure != std::errc() || end != text.data() + text.size() || seconds < leastSession ||
        seconds > mostSession)
        claims.problems.push_back(problem(ClaimError::BadSessionDuration, text));
    else
        claims.sessionDuration = std::chrono::seconds(seconds);
}

void readSourceIdentity(const std::vector<saml::Attribute>& attributes, Claims& claims) {
    const auto values = valuesOf(attributes, attributeName("SourceIdentity"));
    if (values.empty()) return;
    const bool reserved = values[0].size() >= 4 && equalsIgnoringCase(values[0].substr(0, 4), "aws:");
    if (values.size() != 1 || !isSessionName(values[0]) || reserved)
        claims.problems.push_back(problem(ClaimError::BadSourceIdentity, values[0]));
    claims.sourceIdentity = values[0];
}

std::size_t codePoints(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

void readTags(const std::vector<saml::Attribute>& attributes, Claims& claims) {
    const std::string prefix = attributeName("PrincipalTag:");
    for (const saml::Attribute& attribute : attributes) {
        if (!attribute.name.starts_with(prefix)) continue;
        const std::string key = attribute.name.substr(prefix.size());
        const bool usable = !key.empty() && codePoints(key) <= maxTagKey && attribute.values.size() == 1 &&
                            codePoints(attribute.values[0]) <= maxTagValue && !claims.principalTags.contains(key);
        if (usable)
            claims.principalTags.emplace(key, attribute.values[0]);
        else
            claims.problems.push_back(problem(ClaimError::BadTag, key));
    }
    if (claims.principalTags.size() > maxTags)
        claims.problems.push_back(problem(ClaimError::TooManyTags, std::to_string(claims.principalTags.size())));
    for (const std::string_view key : valuesOf(attributes, attributeName("TransitiveTagKeys"))) {
        if (!claims.principalTags.contains(std::string(key))) claims.problems.push_back(problem(ClaimError::BadTag, key));
        claims.transitiveTagKeys.emplace_back(key);
    }
}

} // namespace

Result<RolePair> parseRolePair(std::string_view value) {
    const std::size_t comma = value.find(',');
    // AWS takes exactly one comma, although a role's name may hold one.
    if (comma == std::string_view::npos || value.find(',', comma + 1) != std::string_view::npos)
        return fail(problem(ClaimError::NotAPair, value));
    const std::string_view first = trimmed(value.substr(0, comma));
    const std::string_view second = trimmed(value.substr(comma + 1));
    const bool roleFirst = first.find(":role/") != std::string_view::npos;
    auto role = RoleArn::parse(roleFirst ? first : second);
    auto provider = SamlProviderArn::parse(roleFirst ? second : first);
    if (!role) return fail(Error(ClaimError::NotAPair).with("seen", shown(value)).because(std::move(role).error()));
    if (!provider) return fail(Error(ClaimError::NotAPair).with("seen", shown(value)).because(std::move(provider).error()));
    if (role->account() != provider->account() || role->partition() != provider->partition())
        return fail(problem(ClaimError::AccountsDiffer, value));
    return RolePair{std::move(*role), std::move(*provider)};
}

Claims readClaims(const std::vector<saml::Attribute>& attributes) {
    Claims claims;
    readRoles(attributes, claims);
    readSessionName(attributes, claims);
    readSessionDuration(attributes, claims);
    readSourceIdentity(attributes, claims);
    readTags(attributes, claims);
    return claims;
}

Claims readClaims(const saml::VerifiedAssertion& assertion) {
    return readClaims(assertion.attributes());
}

} // namespace gw::aws
