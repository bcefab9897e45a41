// What can be wrong with a response, in the order of the checks.
#pragma once

#include "saml/base/result.h"

namespace gw::saml {

// Facts, where they apply: "seen", "trusted", "expected", "instant", "now", "skew_seconds", "offset", "line", "where", and
// "place", the path of element names from the root.
// "seen" of UnknownKey is "FINGERPRINT SUBJECT" of the certificate in the response, "trusted" the same of the configured
// ones, one a line. "offset" of a time is by how many seconds it is missed.
#define GW_VERIFY_ERRORS(X)                                                                                                      \
    X(TooLarge, "too_large")                                                                                                     \
    X(NotBase64, "not_base64")                                                                                                   \
    X(NotXml, "not_xml")                                                                                                         \
    X(NotUtf8, "not_utf8")                                                                                                       \
    X(HasDoctype, "has_doctype")                                                                                                 \
    X(TooDeep, "too_deep")                                                                                                       \
    X(ForbiddenNode, "forbidden_node")                                                                                           \
    X(DuplicateId, "duplicate_id")                                                                                               \
    X(NotAResponse, "not_a_response")                                                                                            \
    X(BadStructure, "bad_structure")                                                                                             \
    X(StatusNotSuccess, "status_not_success")                                                                                    \
    X(NoAssertion, "no_assertion")                                                                                               \
    X(SeveralAssertions, "several_assertions")                                                                                   \
    X(EncryptedAssertion, "encrypted_assertion")                                                                                 \
    X(EncryptionNotAllowed, "encryption_not_allowed")                                                                            \
    X(DecryptionFailed, "decryption_failed")                                                                                     \
    X(NotSigned, "not_signed")                                                                                                   \
    X(BadSignatureStructure, "bad_signature_structure")                                                                          \
    X(AlgorithmNotAllowed, "algorithm_not_allowed")                                                                              \
    X(AlgorithmOfOneVerifier, "algorithm_of_one_verifier")                                                                       \
    X(NoTrustedKey, "no_trusted_key")                                                                                            \
    X(UnknownKey, "unknown_key")                                                                                                 \
    X(SignatureInvalid, "signature_invalid")                                                                                     \
    X(VerifiersDisagree, "verifiers_disagree")                                                                                   \
    X(WrongIssuer, "wrong_issuer")                                                                                               \
    X(WrongDestination, "wrong_destination")                                                                                     \
    X(UnknownCondition, "unknown_condition")                                                                                     \
    X(NoAuthnStatement, "no_authn_statement")                                                                                    \
    X(WrongAudience, "wrong_audience")                                                                                           \
    X(NoSubjectConfirmation, "no_subject_confirmation")                                                                          \
    X(WrongRecipient, "wrong_recipient")                                                                                         \
    X(WrongInResponseTo, "wrong_in_response_to")                                                                                 \
    X(MissingTime, "missing_time")                                                                                               \
    X(NotYetValid, "not_yet_valid")                                                                                              \
    X(Expired, "expired")                                                                                                        \
    X(SessionOver, "session_over")                                                                                               \
    X(Replayed, "replayed")                                                                                                      \
    X(Internal, "internal")
GW_ERROR_ENUM(VerifyError, "verify", GW_VERIFY_ERRORS);

} // namespace gw::saml
