#include "models/sessions/providers/provider.h"

#include "saml/aws/endpoints.h"

#include <algorithm>
#include <array>
#include <utility>

namespace gw::sessions {
namespace {

constexpr std::array<std::pair<Environment, std::string_view>, 5> environmentNames{{{Environment::None, ""},
                                                                                    {Environment::Prod, "prod"},
                                                                                    {Environment::Stage, "stage"},
                                                                                    {Environment::Dev, "dev"},
                                                                                    {Environment::Shared, "shared"}}};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// "*" stands for any run of characters. Linear in practice, quadratic at worst: only the last "*" is ever retried.
bool matches(std::string_view pattern, std::string_view text) {
    std::size_t p = 0, t = 0, retryText = 0;
    std::size_t star = std::string_view::npos;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            retryText = t;
        } else if (p < pattern.size() && lower(pattern[p]) == lower(text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++retryText;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

} // namespace

std::string_view environmentName(Environment environment) {
    for (const auto& [value, name] : environmentNames)
        if (value == environment) return name;
    return "";
}

std::optional<Environment> parseEnvironment(std::string_view name) {
    for (const auto& [value, known] : environmentNames)
        if (known == name) return value;
    return std::nullopt;
}

aws::Region Provider::defaultRegion() const {
    return regions.empty() ? aws::defaultRegion(partition) : regions.front();
}

Environment Provider::environmentOf(const aws::RoleArn& role) const {
    const std::string alias = accountAlias(role.account());
    for (const EnvironmentRule& rule : environments)
        for (const std::string_view subject : {std::string_view(role.account().value()), std::string_view(alias), std::string_view(role.name())})
            if (!subject.empty() && matches(rule.pattern, subject)) return rule.environment;
    return Environment::None;
}

std::string Provider::accountAlias(const aws::AccountId& account) const {
    const auto found = accountAliases.find(account);
    return found == accountAliases.end() ? std::string() : found->second;
}

std::string Provider::roleLabel(const aws::RoleArn& role) const {
    const auto found = roleAliases.find(role.value());
    return found == roleAliases.end() ? role.name() : found->second;
}

} // namespace gw::sessions
