#include "models/mesh/plan/permission.h"

#include "models/policy/arn_pattern.h"
#include "saml/base/ascii.h"
#include "saml/base/json_fields.h"

#include <algorithm>
#include <array>
#include <string>

namespace gw::mesh {
namespace {

// A single text, alone or in a list.
std::optional<std::string> single(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_array() && value.size() == 1 && value.front().is_string()) return value.front().get<std::string>();
    return std::nullopt;
}

std::optional<std::string> principalIn(const Json& statement) {
    const auto found = statement.find("Principal");
    if (found == statement.end()) return std::nullopt;
    if (!found->is_object()) return single(*found);
    if (found->size() != 1) return std::nullopt;
    auto principal = single(found->front());
    if (!principal || found->begin().key() == "Federated") return std::nullopt;
    if (const auto arn = policy::ArnParts::split(*principal); arn && arn->service == "iam" && arn->resource == "root")
        return std::string(arn->account);
    return principal;
}

bool addCondition(const Json& conditions, Json& into) {
    struct Word {
        std::string_view key, member;
    };
    static constexpr auto words = std::to_array<Word>({{"aws:sourcearn", "SourceArn"},
                                                       {"aws:sourceaccount", "SourceAccount"},
                                                       {"aws:principalorgid", "PrincipalOrgID"},
                                                       {"lambda:functionurlauthtype", "FunctionUrlAuthType"},
                                                       {"lambda:invokedviafunctionurl", "InvokedViaFunctionUrl"}});
    if (!conditions.is_object()) return false;
    for (const auto& [op, tests] : conditions.items()) {
        if (!tests.is_object()) return false;
        for (const auto& [key, values] : tests.items()) {
            const std::string folded = foldedAscii(key);
            const auto* const word = std::find_if(words.begin(), words.end(), [&](const Word& each) { return each.key == folded; });
            auto value = single(values);
            if (values.is_boolean()) value = values.get<bool>() ? "true" : "false";
            if (word == words.end() || !value || op.starts_with("ForA") || op.find("Not") != std::string::npos) return false;
            if (word->member == "InvokedViaFunctionUrl") {
                if (*value != "true") return false;
                into[std::string(word->member)] = true;
            } else {
                into[std::string(word->member)] = *value;
            }
        }
    }
    return true;
}

} // namespace

std::optional<Json> permissionOf(const Json& statement) {
    if (textField(statement, "Effect") != "Allow") return std::nullopt;
    const auto action = statement.find("Action");
    const auto name = action == statement.end() ? std::nullopt : single(*action);
    const auto principal = principalIn(statement);
    const std::string sid = textField(statement, "Sid");
    if (!name || !principal || sid.empty()) return std::nullopt;
    Json out{{"StatementId", sid}, {"Action", *name}, {"Principal", *principal}};
    if (const auto conditions = statement.find("Condition"); conditions != statement.end() && !addCondition(*conditions, out)) return std::nullopt;
    return out;
}

} // namespace gw::mesh
