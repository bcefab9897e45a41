#include "app/practice/session_policy.h"

#include "models/policy/document.h"

#include <algorithm>

namespace gw::practice {

namespace {

using policy::DocumentError;

std::string_view messageFor(const Error& problem) {
    const std::string_view expected = problem.fact("expected");
    switch (problem.code().as<DocumentError>().value_or(DocumentError::NotAnObject)) {
    case DocumentError::NotForThisKind:
        return "Policy document should not specify a principal.";
    case DocumentError::MissingElement:
        if (expected == "Action") return "Policy statement must contain actions.";
        if (expected == "Resource") return "Policy statement must contain resources.";
        break;
    case DocumentError::BadAction:
        return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
    case DocumentError::BadResource:
        return "The policy contains a resource that is neither in ARN format nor \"*\".";
    case DocumentError::DuplicateSid:
        return "Statement IDs (SID) in a single policy must be unique.";
    default:
        break;
    }
    return "Syntax errors in policy.";
}

// An operator or key that compares with nothing is read as nothing elsewhere; a parameter of STS gets no such leave.
bool hasEmptyCondition(const policy::Document& document) {
    for (const policy::StatementText& statement : document.statements()) {
        const policy::Value condition = statement.value.member("Condition");
        for (policy::Value op = condition.first(); op; op = op.next())
            if (op.size() == 0) return true;
        if (std::ranges::any_of(statement.conditions, [](const auto& each) { return each.values.empty(); })) return true;
    }
    return false;
}

AwsError malformed(std::string_view message) {
    return {400, "MalformedPolicyDocument", std::string(message), false};
}

} // namespace

std::optional<AwsError> checkSessionPolicy(std::string_view text) {
    // Not Document::parse, which also takes the encoded forms that APIs give out; STS takes none of them.
    auto source = policy::SourceTree::parse(std::string(text));
    if (!source) return malformed("Syntax errors in policy.");
    std::vector<Error> problems;
    const auto document = policy::Document::readFaulty(std::move(*source), policy::DocumentKind::Session, problems);
    if (!problems.empty()) return malformed(messageFor(problems.front()));
    if (hasEmptyCondition(document)) return malformed("Syntax errors in policy.");
    return std::nullopt;
}

} // namespace gw::practice
