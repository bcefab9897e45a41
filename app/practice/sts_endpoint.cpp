#include "app/practice/sts_endpoint.h"

#include "app/practice/random_text.h"
#include "app/practice/saml_context.h"
#include "app/practice/sigv4.h"
#include "models/policy/evaluator.h"

#include <algorithm>
#include <utility>

namespace gw::practice {

namespace {

constexpr std::chrono::minutes redeemWithin{5};
constexpr std::chrono::seconds defaultDuration{3600};
// AWS packs policies and tags in a format of its own; plain characters against this size stand in for it.
constexpr std::size_t packedCapacity = 4096;

saml::VerifierSettings strictTime() {
    saml::VerifierSettings settings;
    settings.skew = std::chrono::seconds(0);
    return settings;
}

AwsError invalidToken(std::string message) {
    return {400, "InvalidIdentityToken", std::move(message), false};
}

AwsError expiredToken(std::string message) {
    return {400, "ExpiredTokenException", std::move(message), false};
}

AwsError invalid(std::string message) {
    return {400, "ValidationError", std::move(message), false};
}

AwsError notAuthorized() {
    return {403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML", false};
}

AwsError regionDisabled(const std::string& roleArn) {
    const auto role = aws::RoleArn::parse(roleArn);
    const std::string account = role ? role->account().value() : "000000000000";
    return {403, "RegionDisabledException",
            "STS is not activated in this region for account:" + account +
                ". Your account administrator can activate STS in this region using the IAM Console.",
            false};
}

AwsError fromVerifier(const Error& error) {
    using saml::VerifyError;
    switch (error.code().as<VerifyError>().value_or(VerifyError::Internal)) {
    case VerifyError::NotSigned:
    case VerifyError::BadSignatureStructure:
    case VerifyError::AlgorithmNotAllowed:
    case VerifyError::NoTrustedKey:
    case VerifyError::UnknownKey:
    case VerifyError::SignatureInvalid:
        return invalidToken("Response signature invalid");
    case VerifyError::WrongIssuer:
        return invalidToken("Issuer not present in specified provider");
    case VerifyError::WrongAudience:
    case VerifyError::WrongRecipient:
    case VerifyError::WrongDestination:
        return invalidToken("Response does not contain the required audience");
    case VerifyError::Expired:
    case VerifyError::SessionOver:
        return expiredToken("Response has expired");
    case VerifyError::NotYetValid:
        return expiredToken("Response is not yet valid");
    case VerifyError::StatusNotSuccess:
        return {403, "IDPRejectedClaim", "The identity provider reported that authentication failed", false};
    default:
        return invalidToken("Invalid base64 SAMLResponse");
    }
}

std::optional<int> packedSize(const AssumeRoleParameters& parameters, const aws::Claims& claims) {
    std::size_t characters = parameters.policyCharacters;
    for (const auto& [key, value] : claims.principalTags) characters += key.size() + value.size();
    if (characters == 0) return std::nullopt;
    return static_cast<int>((characters * 100 + packedCapacity - 1) / packedCapacity);
}

const Error* problem(const aws::Claims& claims, std::initializer_list<aws::ClaimError> which) {
    const auto found = std::ranges::find_if(claims.problems, [&](const Error& error) {
        return std::ranges::any_of(which, [&](aws::ClaimError code) { return error.code().is(code); });
    });
    return found == claims.problems.end() ? nullptr : &*found;
}

} // namespace

StsEndpoint::StsEndpoint(const Organisation& organisation, saml::TrustedProvider trust, const Behaviour& behaviour,
                         Random& random)
    : organisation_(organisation), trust_(std::move(trust)), behaviour_(behaviour), random_(random), issued_(random),
      verifier_(strictTime()) {}

HttpResponse StsEndpoint::handle(const HttpRequest& request) {
    HttpResponse response = answer(request, randomUuid(random_));
    response.delay = behaviour_.get().stsDelay;
    return response;
}

HttpResponse StsEndpoint::answer(const HttpRequest& request, const std::string& requestId) {
    if (const std::string service = signedService(request); !service.empty() && service != "sts") return read(request, service, requestId);
    if (request.path != "/") return errorResponse({404, "UnknownOperationException", "Not found", false}, requestId);
    if (request.method != "POST") {
        HttpResponse response = errorResponse({405, "MethodNotAllowed", "Only POST is understood here", false}, requestId);
        response.headers.push_back({"Allow", "POST"});
        return response;
    }
    const auto form = parseForm(request.body);
    if (!request.header("content-type").starts_with("application/x-www-form-urlencoded") || !form || !request.query.empty())
        return errorResponse({404, "MalformedQueryString", "The query string contains a syntax error", false}, requestId);
    const std::string action = formValue(*form, "Action").value_or("");
    const std::string version = formValue(*form, "Version").value_or("");
    if (action.empty()) return errorResponse({400, "MissingAction", "Missing Action", false}, requestId);
    if (version != stsVersion || (action != "AssumeRoleWithSAML" && action != "GetCallerIdentity"))
        return errorResponse(
            {400, "InvalidAction",
             "Could not find operation " + action + " for version " + (version.empty() ? "NO_VERSION_SPECIFIED" : version),
             false},
            requestId);
    if (auto wrong = misbehave(*form, requestId)) return std::move(*wrong);
    return action == "AssumeRoleWithSAML" ? assumeRole(*form, requestId) : callerIdentity(request, requestId);
}

std::optional<HttpResponse> StsEndpoint::misbehave(const FormFields& form, const std::string& requestId) const {
    using How = Misbehaviour::Sts;
    const bool assuming = formValue(form, "Action") == "AssumeRoleWithSAML";
    switch (behaviour_.get().sts) {
    case How::Throttled:
        return errorResponse({400, "Throttling", "Rate exceeded", false}, requestId);
    case How::ServerError:
        return errorResponse({500, "InternalFailure",
                              "The request processing has failed because of an unknown error, exception or failure.", true},
                             requestId);
    case How::AccessDenied:
        if (assuming) return errorResponse(notAuthorized(), requestId);
        break;
    case How::RegionDisabled:
        if (assuming) return errorResponse(regionDisabled(formValue(form, "RoleArn").value_or("")), requestId);
        break;
    case How::Garbage:
        return HttpResponse{200, {{"Content-Type", "text/html"}}, "<html><body>A proxy was here.<br></body>", {}};
    case How::Good:
        break;
    }
    return std::nullopt;
}

HttpResponse StsEndpoint::assumeRole(const FormFields& form, const std::string& requestId) {
    const auto refuse = [&](const AwsError& error) { return errorResponse(error, requestId); };
    const auto parameters = readAssumeRoleParameters(form);
    if (!parameters) return refuse(parameters.error());
    const auto parties = readParties(*parameters);
    if (!parties) return refuse(parties.error());
    const auto assertion = verify(*parameters);
    if (!assertion) return refuse(assertion.error());
    const aws::Claims claims = aws::readClaims(*assertion);
    if (const auto error = checkClaims(claims)) return refuse(*error);
    const auto role = authorize(*parties, claims, *assertion);
    if (!role) return refuse(role.error());
    const auto until = expiration(*parameters, **role, claims, *assertion);
    if (!until) return refuse(until.error());
    const auto packed = packedSize(*parameters, claims);
    if (packed.value_or(0) > 100)
        return refuse({400, "PackedPolicyTooLarge",
                       "Serialized token too large for session: " + std::to_string(*packed) + "% of the limit", false});

    const std::string& account = parties->role.account().value();
    const IssuedCredentials& made = issued_.issue(
        {account, "arn:aws:sts::" + account + ":assumed-role/" + parties->role.name() + '/' + claims.roleSessionName,
         (*role)->id + ':' + claims.roleSessionName},
        *until);
    return assumeRoleResponse({made, assertion->issuer(), assertion->nameId().value, subjectType(assertion->nameId().format),
                               assertion->recipient(), nameQualifier(assertion->issuer(), parties->provider),
                               claims.sourceIdentity, packed},
                              requestId);
}

StsEndpoint::Answer<StsEndpoint::Parties> StsEndpoint::readParties(const AssumeRoleParameters& parameters) const {
    auto role = aws::RoleArn::parse(parameters.roleArn);
    if (!role || role->partition() != aws::Partition::Aws) return tl::unexpected(invalid("Request ARN is invalid"));
    auto provider = aws::SamlProviderArn::parse(parameters.principalArn);
    if (!provider || provider->partition() != aws::Partition::Aws) return tl::unexpected(invalid("Principal ARN is invalid"));
    if (role->account() != provider->account())
        return tl::unexpected(invalid("Principal exists outside the account of the Role being assumed."));
    const Account* account = organisation_.account(role->account());
    if (account == nullptr || !account->hasProvider || provider->value() != organisation_.providerArn(role->account()))
        return tl::unexpected(invalidToken("Specified provider doesn't exist"));
    return Parties{std::move(*role), std::move(*provider), account};
}

StsEndpoint::Answer<saml::VerifiedAssertion> StsEndpoint::verify(const AssumeRoleParameters& parameters) const {
    const UtcTime now = behaviour_.now();
    saml::CapturedResponse captured;
    captured.base64 = Secret(std::string_view(parameters.assertion));
    captured.capturedAt = now;
    auto assertion = verifier_.verify(captured, trust_, now, nullptr);
    if (!assertion) return tl::unexpected(fromVerifier(assertion.error()));
    if (now >= assertion->issueInstant() + redeemWithin)
        return tl::unexpected(expiredToken("Token must be redeemed within 5 minutes of issuance"));
    return std::move(*assertion);
}

std::optional<AwsError> StsEndpoint::checkClaims(const aws::Claims& claims) const {
    using aws::ClaimError;
    if (problem(claims, {ClaimError::NoSessionName}) != nullptr)
        return invalidToken("RoleSessionName is required in AuthnResponse");
    if (problem(claims, {ClaimError::BadSessionName}) != nullptr)
        return invalidToken("RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}");
    if (problem(claims, {ClaimError::BadSourceIdentity}) != nullptr)
        return invalidToken("Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\"");
    if (problem(claims, {ClaimError::BadTag, ClaimError::TooManyTags}) != nullptr)
        return invalidToken("The session tags in AuthnResponse are invalid");
    return std::nullopt;
}

StsEndpoint::Answer<const Role*> StsEndpoint::authorize(const Parties& parties, const aws::Claims& claims,
                                                        const saml::VerifiedAssertion& assertion) const {
    const bool offered = std::ranges::any_of(
        claims.roles, [&](const aws::RolePair& pair) { return pair.role == parties.role && pair.provider == parties.provider; });
    const Role* role = organisation_.role(parties.role);
    if (!offered || role == nullptr) return tl::unexpected(notAuthorized());
    const auto caller = policy::Principal::parse(parties.provider.value());
    if (!caller) return tl::unexpected(notAuthorized());
    policy::Request request;
    request.principal = *caller;
    request.action = "sts:AssumeRoleWithSAML";
    request.resource = parties.role.value();
    request.context = samlContext({parties.provider, assertion.issuer(), assertion.nameId(), assertion.recipient(),
                                   assertion.attributes(), claims});
    policy::PolicySet policies;
    policies.resource = role->trust;
    // All that a call can tell is told, so that what is missing is absent. Where the call passes tags or a source identity,
    // the verdict covers those actions, too.
    policy::RequestView view(request, policy::WorldRules{true, behaviour_.now(), nullptr});
    if (policy::decide(view, policies).decision != policy::Decision::Allowed) return tl::unexpected(notAuthorized());
    return role;
}

StsEndpoint::Answer<UtcTime> StsEndpoint::expiration(const AssumeRoleParameters& parameters, const Role& role,
                                                     const aws::Claims& claims, const saml::VerifiedAssertion& assertion) const {
    const std::chrono::seconds asked = parameters.duration.value_or(defaultDuration);
    if (asked > role.maxSession)
        return tl::unexpected(invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role."));
    const UtcTime now = behaviour_.now();
    UtcTime until = now + std::min(asked, claims.sessionDuration.value_or(asked));
    if (assertion.sessionNotOnOrAfter()) until = std::min(until, *assertion.sessionNotOnOrAfter());
    return UtcTime::fromUnixSeconds(until.unixSeconds());
}

StsEndpoint::Answer<const IssuedCredentials*> StsEndpoint::signer(const HttpRequest& request, const SignatureClaim& claim) const {
    const IssuedCredentials* known = issued_.find(claim.accessKeyId);
    if (known == nullptr || !known->sessionToken.equals(request.header("x-amz-security-token")))
        return tl::unexpected(AwsError{403, "InvalidClientTokenId", "The security token included in the request is invalid.", false});
    if (!signatureMatches(request, claim, known->secretAccessKey.reveal())) return tl::unexpected(signatureDoesNotMatch());
    if (behaviour_.now() >= known->expiration)
        return tl::unexpected(AwsError{403, "ExpiredToken", "The security token included in the request is expired", false});
    return known;
}

HttpResponse StsEndpoint::callerIdentity(const HttpRequest& request, const std::string& requestId) const {
    const auto claim = readSignature(request, "sts", behaviour_.now());
    if (!claim) return errorResponse(claim.error(), requestId);
    const auto known = signer(request, *claim);
    return known ? callerIdentityResponse((*known)->identity, requestId) : errorResponse(known.error(), requestId);
}

HttpResponse StsEndpoint::read(const HttpRequest& request, const std::string& service, const std::string& requestId) const {
    const auto claim = readSignature(request, service, behaviour_.now());
    if (!claim) return errorResponse(claim.error(), requestId);
    const auto known = signer(request, *claim);
    if (!known) return errorResponse(known.error(), requestId);
    return read_.answer(request, service, claim->region, (*known)->identity.account);
}

} // namespace gw::practice
