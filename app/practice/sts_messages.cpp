#include "app/practice/sts_messages.h"

#include "app/practice/session_policy.h"
#include "saml/base/markup.h"


#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

namespace gw::practice {

namespace {

// Limits: STS service model 2011-06-15.
constexpr std::size_t minArn = 20;
constexpr std::size_t maxArn = 2048;
constexpr std::size_t minAssertion = 4;
constexpr std::size_t maxAssertion = 100'000;
constexpr std::size_t maxPolicy = 2048;
constexpr int minDuration = 900;
constexpr int maxDuration = 43'200;
constexpr std::size_t maxPolicyArns = 10;

// Collects what is wrong, in AWS's words: all of it in one answer.
class Constraints {
public:
    void add(std::string value, std::string_view member, std::string_view constraint) {
        problems_.push_back((value.empty() ? "Value" : "Value " + value) + " at '" + std::string(member) +
                            "' failed to satisfy constraint: " + std::string(constraint));
    }
    [[nodiscard]] std::optional<AwsError> error() const {
        if (problems_.empty()) return std::nullopt;
        std::string text = std::to_string(problems_.size()) +
                           (problems_.size() == 1 ? " validation error" : " validation errors") + " detected: ";
        for (std::size_t i = 0; i < problems_.size(); ++i) text += (i == 0 ? "" : "; ") + problems_[i];
        return AwsError{400, "ValidationError", std::move(text), false};
    }

private:
    std::vector<std::string> problems_;
};

std::string inQuotes(std::string_view value) {
    return "'" + std::string(value) + "'";
}

// arnType of the service model; the pattern's text is part of AWS's answer.
constexpr std::string_view arnPattern = R"([\u0009\u000A\u000D\u0020-\u007E\u0085\u00A0-\uD7FF\uE000-\uFFFD\u10000-\u10FFFF]+)";

void checkArnPattern(Constraints& constraints, const std::optional<std::string>& value, std::string_view member) {
    const auto isControl = [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
    };
    if (value && (value->empty() || std::ranges::any_of(*value, isControl)))
        constraints.add(inQuotes(*value), member, "Member must satisfy regular expression pattern: " + std::string(arnPattern));
}

void checkLength(Constraints& constraints, const std::optional<std::string>& value, std::string_view member, std::size_t least,
                 std::size_t most, bool sensitive) {
    if (!value) {
        constraints.add("null", member, "Member must not be null");
        return;
    }
    const std::string shown = sensitive ? std::string() : inQuotes(*value);
    if (value->size() < least)
        constraints.add(shown, member, "Member must have length greater than or equal to " + std::to_string(least));
    if (value->size() > most)
        constraints.add(shown, member, "Member must have length less than or equal to " + std::to_string(most));
}

// Nothing where the text is no integer.
std::optional<long> integer(std::string_view text) {
    long value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

void checkDuration(Constraints& constraints, long seconds) {
    const std::string shown = inQuotes(std::to_string(seconds));
    if (seconds < minDuration)
        constraints.add(shown, "durationSeconds",
                        "Member must have value greater than or equal to " + std::to_string(minDuration));
    if (seconds > maxDuration)
        constraints.add(shown, "durationSeconds", "Member must have value less than or equal to " + std::to_string(maxDuration));
}

std::vector<std::string> policyArns(const FormFields& form) {
    std::vector<std::string> out;
    for (const auto& [name, value] : form) {
        if (name.starts_with("PolicyArns.member.") && name.ends_with(".arn")) out.push_back(value);
    }
    return out;
}

HttpResponse xml(int status, std::string body, const std::string& requestId) {
    return {status, {{"x-amzn-RequestId", requestId}, {"Content-Type", "text/xml"}}, std::move(body), {}};
}

std::string element(std::string_view name, std::string_view content) {
    return '<' + std::string(name) + '>' + std::string(content) + "</" + std::string(name) + '>';
}

std::string text(std::string_view name, std::string_view value) {
    return element(name, escapedMarkup(value));
}

// A message may quote what a client sent, and XML cannot hold all of that.
std::string printable(std::string_view value) {
    std::string out(value);
    std::ranges::replace_if(
        out, [](char c) { return (c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7f; }, '?');
    return out;
}

std::string document(const std::string& action, const std::string& result, const std::string& requestId) {
    return '<' + action + R"(Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">)" + element(action + "Result", result) +
           element("ResponseMetadata", text("RequestId", requestId)) + "</" + action + "Response>\n";
}

} // namespace

tl::expected<AssumeRoleParameters, AwsError> readAssumeRoleParameters(const FormFields& form) {
    const auto roleArn = formValue(form, "RoleArn");
    const auto principalArn = formValue(form, "PrincipalArn");
    const auto assertion = formValue(form, "SAMLAssertion");
    const auto durationText = formValue(form, "DurationSeconds");
    const auto policy = formValue(form, "Policy");
    const std::vector<std::string> arns = policyArns(form);

    AssumeRoleParameters out;
    Constraints constraints;
    if (durationText) {
        const auto seconds = integer(*durationText);
        if (!seconds) return tl::unexpected(AwsError{400, "MalformedInput", "DurationSeconds is not an integer", false});
        checkDuration(constraints, *seconds);
        out.duration = std::chrono::seconds(*seconds);
    }
    checkArnPattern(constraints, roleArn, "roleArn");
    checkLength(constraints, roleArn, "roleArn", minArn, maxArn, false);
    checkArnPattern(constraints, principalArn, "principalArn");
    checkLength(constraints, principalArn, "principalArn", minArn, maxArn, false);
    checkLength(constraints, assertion, "sAMLAssertion", minAssertion, maxAssertion, true);
    if (policy) checkLength(constraints, policy, "policy", 1, maxPolicy, true);
    for (const std::string& arn : arns) checkLength(constraints, arn, "policyArns.member.arn", minArn, maxArn, false);
    if (auto error = constraints.error()) return tl::unexpected(std::move(*error));
    if (arns.size() > maxPolicyArns)
        return tl::unexpected(AwsError{400, "ValidationError",
                                       "The number of policy ARNs exceeds the limit of " + std::to_string(maxPolicyArns) + '.',
                                       false});
    if (policy) {
        if (auto error = checkSessionPolicy(*policy)) return tl::unexpected(std::move(*error));
        out.policyCharacters += policy->size();
    }
    for (const std::string& arn : arns) out.policyCharacters += arn.size();
    out.roleArn = *roleArn;
    out.principalArn = *principalArn;
    out.assertion = *assertion;
    return out;
}

HttpResponse assumeRoleResponse(const AssumeRoleAnswer& answer, const std::string& requestId) {
    const IssuedCredentials& made = answer.credentials;
    std::string result =
        text("Issuer", answer.issuer) +
        element("AssumedRoleUser", text("Arn", made.identity.arn) + text("AssumedRoleId", made.identity.userId)) +
        element("Credentials", text("AccessKeyId", made.accessKeyId) + text("SecretAccessKey", made.secretAccessKey.reveal()) +
                                   text("SessionToken", made.sessionToken.reveal()) +
                                   text("Expiration", made.expiration.toRfc3339())) +
        text("Audience", answer.audience) + text("SubjectType", answer.subjectType);
    if (answer.packedPolicySize) result += text("PackedPolicySize", std::to_string(*answer.packedPolicySize));
    result += text("NameQualifier", answer.nameQualifier);
    if (!answer.sourceIdentity.empty()) result += text("SourceIdentity", answer.sourceIdentity);
    result += text("Subject", answer.subject);
    return xml(200, document("AssumeRoleWithSAML", result, requestId), requestId);
}

HttpResponse callerIdentityResponse(const CallerIdentity& identity, const std::string& requestId) {
    const std::string result = text("Arn", identity.arn) + text("UserId", identity.userId) + text("Account", identity.account);
    return xml(200, document("GetCallerIdentity", result, requestId), requestId);
}

HttpResponse errorResponse(const AwsError& error, const std::string& requestId) {
    const std::string body = R"(<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">)" +
                             element("Error", text("Type", error.receiver ? "Receiver" : "Sender") + text("Code", error.code) +
                                                  text("Message", printable(error.message))) +
                             text("RequestId", requestId) + "</ErrorResponse>\n";
    return xml(error.status, body, requestId);
}

} // namespace gw::practice
