#include "saml/inspect/aws_forecast.h"

#include "saml/aws/endpoints.h"
#include "saml/base/json.h"

#include <algorithm>

namespace gw::inspect {
namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;

constexpr std::string_view success = "urn:oasis:names:tc:SAML:2.0:status:Success";
constexpr UtcTime::Duration exchangeWindow = 5min;
constexpr std::size_t sizeLimit = 100'000;

AwsAnswer refused(int status, std::string_view code, std::string message, Confidence confidence = Confidence::Likely) {
    return {false, status, code, std::move(message), confidence};
}

AwsAnswer badToken(std::string message, Confidence confidence = Confidence::Likely) {
    return refused(400, "InvalidIdentityToken", std::move(message), confidence);
}

AwsAnswer expired(std::string message) {
    return refused(400, "ExpiredTokenException", std::move(message), Confidence::Certain);
}

bool has(const aws::Claims& claims, aws::ClaimError code) {
    return std::any_of(claims.problems.begin(), claims.problems.end(), [code](const Error& one) { return one.code().is(code); });
}

// In the order in which STS is seen to look.
AwsAnswer overall(const StatedClaims& stated, const ForecastInput& input) {
    if (input.base64Size > sizeLimit)
        return refused(400, "ValidationError",
                       "1 validation error detected: Value at 'sAMLAssertion' failed to satisfy constraint: Member must have length "
                       "less than or equal to 100000",
                       Confidence::Certain);
    if (!input.readable || stated.response == noNode) return badToken("Invalid base64 SAMLResponse");
    if (!stated.status.empty() && stated.status != success)
        return refused(403, "IDPRejectedClaim", "The identity provider reported that authentication failed");
    if (stated.assertion == noNode && !stated.encryptedAssertions.empty() && !stated.decrypted) return {true, 200, {}, {}, Confidence::Likely};
    if (stated.assertions.size() + stated.encryptedAssertions.size() != 1) return badToken("invalid SAML response");
    if (!input.signedWell || input.keyKnown == false)
        return badToken("Response signature invalid", input.keyKnown ? Confidence::Certain : Confidence::Likely);
    if (input.providerIssuer && stated.issuer != *input.providerIssuer) return badToken("Issuer not present in specified provider");
    const auto audiences = aws::allAudiences();
    const auto isOurs = [&](const std::string& one) {
        return std::find(audiences.begin(), audiences.end(), one) != audiences.end();
    };
    if (std::none_of(stated.audiences.begin(), stated.audiences.end(), isOurs))
        return badToken("Response does not contain the required audience");
    if (!aws::AcsMatcher().matches(stated.recipient)) return badToken("invalid SAML response");
    const auto over = [&](std::optional<UtcTime> limit) { return limit && *limit <= input.now; };
    if (over(stated.notOnOrAfter) || over(stated.confirmationNotOnOrAfter)) return expired("Response has expired");
    if (stated.issueInstant && input.now - *stated.issueInstant >= exchangeWindow)
        return expired("Token must be redeemed within 5 minutes of issuance");
    if (stated.notBefore && *stated.notBefore > input.now) return expired("Response is not yet valid");
    if (over(stated.sessionNotOnOrAfter)) return expired("Response has expired");
    if (!stated.hasSubject || stated.nameId.empty())
        return refused(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML");
    const aws::Claims& claims = stated.aws;
    if (has(claims, aws::ClaimError::NoSessionName)) return badToken("RoleSessionName is required in AuthnResponse", Confidence::Certain);
    if (has(claims, aws::ClaimError::BadSessionName))
        return badToken("RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}", Confidence::Certain);
    if (has(claims, aws::ClaimError::BadSourceIdentity))
        return badToken("Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\"", Confidence::Certain);
    if (has(claims, aws::ClaimError::BadTag) || has(claims, aws::ClaimError::TooManyTags))
        return badToken("The session tags in AuthnResponse are invalid");
    if (has(claims, aws::ClaimError::NoRoleAttribute) || has(claims, aws::ClaimError::WrongCaseRoleAttribute) ||
        has(claims, aws::ClaimError::NoUsableRole))
        return badToken("Your request included an invalid SAML response");
    return {true, 200, {}, {}, Confidence::Likely};
}

AwsAnswer answerFor(const aws::RolePair& pair, const StatedClaims& stated, const AwsAnswer& overallAnswer, const ForecastInput& input) {
    if (!overallAnswer.accepted) return overallAnswer;
    if (pair.role.account() != pair.provider.account())
        return refused(400, "ValidationError", "Principal exists outside the account of the Role being assumed.", Confidence::Certain);
    if (const auto partition = aws::AcsMatcher::partitionOf(stated.recipient); partition && *partition != pair.role.partition())
        return badToken("Specified provider doesn't exist");
    if (pair.role.name().starts_with("AWSReservedSSO_"))
        return refused(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML", Confidence::Certain);
    if (input.requestedDuration && input.roleMaximum && *input.requestedDuration > *input.roleMaximum)
        return refused(400, "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
                       Confidence::Certain);
    return overallAnswer;
}

AwsAnswer malformed(const aws::MalformedRolePair& value) {
    if (value.error.code().is(aws::ClaimError::AccountsDiffer))
        return refused(400, "ValidationError", "Principal exists outside the account of the Role being assumed.", Confidence::Certain);
    return refused(400, "ValidationError", "Request ARN is invalid");
}

SessionLength sessionOf(const StatedClaims& stated, const ForecastInput& input) {
    SessionLength out;
    out.parts.push_back({input.requestedDuration ? SessionLimit::Requested : SessionLimit::Default, input.requestedDuration.value_or(3600s)});
    if (input.roleMaximum) out.parts.push_back({SessionLimit::RoleMaximum, *input.roleMaximum});
    if (stated.aws.sessionDuration) {
        out.parts.push_back({SessionLimit::SessionDuration, *stated.aws.sessionDuration});
        out.console = *stated.aws.sessionDuration;
    }
    if (stated.sessionNotOnOrAfter)
        out.parts.push_back(
            {SessionLimit::ProviderSession, std::max(0s, std::chrono::floor<seconds>(*stated.sessionNotOnOrAfter - input.now))});
    const auto least = std::min_element(out.parts.begin(), out.parts.end(),
                                        [](const auto& a, const auto& b) { return a.seconds < b.seconds; });
    out.length = least->seconds;
    out.decidedBy = least->limit;
    if (out.console && input.roleMaximum) out.console = std::min(*out.console, *input.roleMaximum);
    return out;
}

TrustNeeds trustOf(const StatedClaims& stated) {
    TrustNeeds out;
    out.actions.emplace_back("sts:AssumeRoleWithSAML");
    if (!stated.aws.principalTags.empty()) out.actions.emplace_back("sts:TagSession");
    if (!stated.aws.sourceIdentity.empty()) out.actions.emplace_back("sts:SetSourceIdentity");
    for (const auto& [key, value] : stated.aws.principalTags) out.tagKeys.push_back(key);
    out.audience = stated.recipient;
    Json statement;
    statement["Effect"] = "Allow";
    if (!stated.aws.roles.empty()) statement["Principal"]["Federated"] = stated.aws.roles.front().provider.value();
    statement["Action"] = out.actions;
    statement["Condition"]["StringEquals"]["SAML:aud"] = out.audience;
    out.statement = statement.dump(2, ' ', false, Json::error_handler_t::replace);
    return out;
}

} // namespace

AwsForecast forecastAws(const StatedClaims& stated, const ForecastInput& input) {
    AwsForecast out;
    out.size = input.base64Size;
    out.sizeLimit = sizeLimit;
    out.overall = overall(stated, input);
    for (const aws::RolePair& pair : stated.aws.roles)
        out.roles.push_back({pair.role.value() + "," + pair.provider.value(), pair, answerFor(pair, stated, out.overall, input)});
    for (const aws::MalformedRolePair& value : stated.aws.malformed) out.roles.push_back({value.value, std::nullopt, malformed(value)});
    out.session = sessionOf(stated, input);
    out.trust = trustOf(stated);
    return out;
}

} // namespace gw::inspect
