// CapturedResponse → ParsedResponse → VerifiedAssertion. The order of the checks is the order of the errors below; each
// stops at once. Thread safe apart from the ReplayCache, which the caller owns: run it on a worker.
#pragma once

#include "saml/base/result.h"
#include "saml/dsig/certificate.h"
#include "saml/protocol/captured_response.h"
#include "saml/protocol/replay_cache.h"
#include "saml/protocol/verified_assertion.h"

#include <chrono>
#include <functional>
#include <string>
#include <vector>

namespace gw::saml {

// Facts, where they apply: "seen", "trusted", "expected", "instant", "now", "skew_seconds", "offset", "line", "where".
#define GW_VERIFY_ERRORS(X) \
    X(TooLarge, "too_large") \
    X(NotBase64, "not_base64") \
    X(NotXml, "not_xml") \
    X(NotUtf8, "not_utf8") \
    X(HasDoctype, "has_doctype") \
    X(TooDeep, "too_deep") \
    X(ForbiddenNode, "forbidden_node") \
    X(DuplicateId, "duplicate_id") \
    X(NotAResponse, "not_a_response") \
    X(BadStructure, "bad_structure") \
    X(StatusNotSuccess, "status_not_success") \
    X(NoAssertion, "no_assertion") \
    X(SeveralAssertions, "several_assertions") \
    X(EncryptedAssertion, "encrypted_assertion") \
    X(NotSigned, "not_signed") \
    X(BadSignatureStructure, "bad_signature_structure") \
    X(AlgorithmNotAllowed, "algorithm_not_allowed") \
    X(NoTrustedKey, "no_trusted_key") \
    X(UnknownKey, "unknown_key") \
    X(SignatureInvalid, "signature_invalid") \
    X(WrongIssuer, "wrong_issuer") \
    X(WrongDestination, "wrong_destination") \
    X(WrongAudience, "wrong_audience") \
    X(NoSubjectConfirmation, "no_subject_confirmation") \
    X(WrongRecipient, "wrong_recipient") \
    X(WrongInResponseTo, "wrong_in_response_to") \
    X(MissingTime, "missing_time") \
    X(NotYetValid, "not_yet_valid") \
    X(Expired, "expired") \
    X(SessionOver, "session_over") \
    X(Replayed, "replayed") \
    X(Internal, "internal")
GW_ERROR_ENUM(VerifyError, "verify", GW_VERIFY_ERRORS);

// Strict refuses what Default only warns of (SHA-1, RSA below 2048 bits).
enum class AlgorithmPolicy { Strict, Default };

// Whom to believe. Comes from the configured provider only, never from the response.
struct TrustedProvider {
    std::string entityId;                     // exact match with Issuer; empty means: any issuer signed by a trusted key
    std::vector<Certificate> signingKeys;     // several while keys roll over
};

struct VerifierSettings {
    AlgorithmPolicy policy = AlgorithmPolicy::Default;
    std::chrono::seconds skew{180};
    // Destination and Recipient must be accepted by this; by default AWS's endpoints of every partition.
    std::function<bool(std::string_view)> acceptsAcs;
    // At least one Audience must be among these; by default AWS's of every partition.
    std::vector<std::string> audiences;
};

class AssertionVerifier {
public:
    explicit AssertionVerifier(VerifierSettings settings = {});

    // `replay` may be null: then no memory is kept.
    [[nodiscard]] Result<VerifiedAssertion> verify(const CapturedResponse& captured, const TrustedProvider& provider, UtcTime now,
                                                   ReplayCache* replay) const;

private:
    VerifierSettings settings_;
};

} // namespace gw::saml
