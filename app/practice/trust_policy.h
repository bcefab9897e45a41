// The trust policy of a practice role. Reads exactly the elements that such a role needs and refuses every document
// that holds anything else, so that no element is ever passed over in silence.
#pragma once

#include "app/practice/practice.h"
#include "saml/base/json.h"

#include <string>
#include <string_view>
#include <vector>

namespace gw::practice {

// Version "2012-10-17"; Statement: a list of { Sid?, Effect "Allow", Principal { Federated }, Action, Condition?
// { StringEquals { SAML:aud } } }. Values are a string or a list of them, without wildcards.
class TrustPolicy {
public:
    // Fact on failure: "where", a JSON pointer.
    [[nodiscard]] static Result<TrustPolicy> parse(const Json& document);

    // `action` is one of the three STS actions of a SAML sign-in; `audience` is the Recipient of the assertion.
    [[nodiscard]] bool allows(std::string_view action, std::string_view federated, std::string_view audience) const;

private:
    struct Statement {
        std::vector<std::string> federated;
        std::vector<std::string> actions;
        std::vector<std::string> audiences; // empty: no condition
    };
    [[nodiscard]] static Result<Statement> parseStatement(const Json& statement, const std::string& where);
    [[nodiscard]] static Result<std::vector<std::string>> parseAudiences(const Json& condition, const std::string& where);

    std::vector<Statement> statements_;
};

} // namespace gw::practice
