// What an object is for: production, staging, development, or all of them.
#include "models/estate/environment.h"

#include "saml/base/ascii.h"
#include "saml/base/ascii_classes.h"

#include <algorithm>

namespace gw::estate {
namespace {

constexpr std::string_view tagNames[] = {"env", "environment", "stage"};

bool isWordOctet(char c) {
    return isAlphanumeric(c);
}

} // namespace

std::string_view environmentName(Environment environment) {
    static constexpr std::string_view names[] = {"", "prod", "stage", "dev", "shared"};
    return names[static_cast<std::size_t>(environment)];
}

const EnvironmentWords& EnvironmentWords::usual() {
    static const EnvironmentWords words{{{"prod", Environment::Prod},       {"production", Environment::Prod},
                                         {"prd", Environment::Prod},        {"live", Environment::Prod},
                                         {"stage", Environment::Stage},     {"staging", Environment::Stage},
                                         {"stg", Environment::Stage},       {"preprod", Environment::Stage},
                                         {"uat", Environment::Stage},       {"qa", Environment::Stage},
                                         {"test", Environment::Stage},      {"nonprod", Environment::Dev},
                                         {"dev", Environment::Dev},         {"development", Environment::Dev},
                                         {"sandbox", Environment::Dev},     {"shared", Environment::Shared},
                                         {"common", Environment::Shared}}};
    return words;
}

Environment EnvironmentWords::of(std::string_view text) const {
    std::string before;
    Environment found = Environment::Unknown;
    for (std::size_t at = 0; at < text.size();) {
        if (!isWordOctet(text[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && isWordOctet(text[end])) ++end;
        std::string word = foldedAscii(text.substr(at, end - at));
        at = end;
        // "non-prod" and "pre-prod" are no production.
        if (before == "non" || before == "pre") word = before + word;
        if (const auto known = words.find(word); known != words.end()) found = known->second;
        before = std::move(word);
    }
    return found;
}

Environment environmentOf(const Estate& estate, const Object& object, const Tags& tags, const EnvironmentWords& words) {
    for (const std::string_view name : tagNames)
        for (const auto& [key, value] : tags)
            if (foldedAscii(key) == name)
                if (const Environment told = words.of(value); told != Environment::Unknown) return told;
    if (const Environment named = words.of(object.name); named != Environment::Unknown) return named;
    const Account* account = estate.account(object.account);
    if (account == nullptr || static_cast<const Object*>(account) == &object) return Environment::Unknown;
    return environmentOf(estate, *account, account->tags, words);
}

Environment environmentOf(const Estate& estate, const Object& object, const Tags& tags) {
    return environmentOf(estate, object, tags, EnvironmentWords::usual());
}

} // namespace gw::estate
