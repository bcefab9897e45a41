#include "models/sessions/signin/session_policy.h"

#include "saml/base/json.h"

namespace gw::sessions {

Result<std::string> compactSessionPolicy(std::string_view json) {
    auto document = parseJson(json);
    if (!document) {
        Error error(SessionPolicyError::NotJson);
        if (const auto offset = document.error().fact("offset"); !offset.empty()) error = std::move(error).with("offset", std::string(offset));
        return fail(std::move(error).because(std::move(document).error()));
    }
    if (!document->is_object()) return fail(SessionPolicyError::NotAPolicy, "no object");
    const auto statement = document->find("Statement");
    if (statement == document->end() || !(statement->is_object() || (statement->is_array() && !statement->empty())))
        return fail(SessionPolicyError::NotAPolicy, "no statement");
    // Blanks count against AWS's limit, and so do letters above U+00FF, which it does not take at all.
    std::string compact = document->dump(-1, ' ', true, Json::error_handler_t::replace);
    if (compact.size() > maxSessionPolicy)
        return fail(Error(SessionPolicyError::TooLong).with("size", std::to_string(compact.size())).with("maximum", std::to_string(maxSessionPolicy)));
    return compact;
}

} // namespace gw::sessions
