#include "saml/protocol/rules.h"

#include <algorithm>
#include <array>
#include <vector>

namespace gw::saml {
namespace {

constexpr Rule fatal(std::string_view id, std::string_view clause) {
    return {id, Severity::Fatal, clause};
}

// In the order of VerifyError.
constexpr std::array fatalRules{
    fatal("too-large", "IAM quotas: SAML authentication response"),
    fatal("not-base64", "SAML Bindings 3.5.4; RFC 4648 4"),
    fatal("not-xml", "XML 1.0 2.1"),
    fatal("not-utf8", "XML 1.0 4.3.3"),
    fatal("has-doctype", "XML 1.0 2.8; OWASP XXE prevention"),
    fatal("too-deep", "OWASP SAML security: input limits"),
    fatal("forbidden-node", "SAML Core 5.4.3 and 5.4.4; CVE-2017-11427"),
    fatal("duplicate-id", "SAML Core 1.3.4"),
    fatal("not-a-response", "SAML Core 3.3.3"),
    fatal("bad-structure", "SAML Core 2.3.3 and 3.2.2"),
    fatal("status-not-success", "SAML Core 3.2.2.2"),
    fatal("no-assertion", "SAML Profiles 4.1.4.2"),
    fatal("several-assertions", "SAML Profiles 4.1.4.2; CVE-2022-41912"),
    fatal("encrypted-assertion", "SAML Core 2.3.4"),
    fatal("encryption-not-allowed", "XML Encryption 1.1 5; CVE-2026-32600"),
    fatal("decryption-failed", "XML Encryption 1.1 6.1"),
    fatal("not-signed", "SAML Profiles 4.1.3.5"),
    fatal("bad-signature-structure", "SAML Core 5.4"),
    fatal("algorithm-not-allowed", "RFC 9231; SAML Core 5.4.4"),
    fatal("algorithm-of-one-verifier", "RFC 9231 2.3.9"),
    fatal("no-trusted-key", "SAML Profiles 4.1.4.3"),
    fatal("unknown-key", "SAML Profiles 4.1.4.3; SAML Core 5.4.5"),
    fatal("signature-invalid", "XML Signature 3.2"),
    fatal("verifiers-disagree", "XML Signature 3.2"),
    fatal("wrong-issuer", "SAML Profiles 4.1.4.2"),
    fatal("wrong-destination", "SAML Bindings 3.5.5.2"),
    fatal("unknown-condition", "SAML Core 2.5.1"),
    fatal("no-authn-statement", "SAML Profiles 4.1.4.2"),
    fatal("wrong-audience", "SAML Core 2.5.1.4; SAML Profiles 4.1.4.3"),
    fatal("no-subject-confirmation", "SAML Profiles 4.1.4.2"),
    fatal("wrong-recipient", "SAML Profiles 4.1.4.3"),
    fatal("wrong-in-response-to", "SAML Profiles 4.1.4.3"),
    fatal("missing-time", "SAML Profiles 4.1.4.2"),
    fatal("not-yet-valid", "SAML Core 2.5.1.2"),
    fatal("expired", "SAML Core 2.5.1.2 and 2.4.1.2"),
    fatal("session-over", "SAML Core 2.7.2"),
    fatal("replayed", "SAML Profiles 4.1.4.5"),
    fatal("internal", "Gatewarden"),
};
static_assert(fatalRules.size() == VerifyErrorDomain.codes.size());
static_assert(fatalRules[static_cast<std::size_t>(VerifyError::NotSigned)].id == "not-signed");
static_assert(fatalRules[static_cast<std::size_t>(VerifyError::Internal)].id == "internal");

constexpr std::array otherRules{
    &rules::weakDigest,
    &rules::weakKey,
    &rules::smallExponent,
    &rules::certificateExpired,
    &rules::certificateNotYetValid,
    &rules::inclusiveC14n,
    &rules::signatureMisplaced,
    &rules::otherCertificate,
    &rules::responseUnsigned,
    &rules::decrypted,
    &rules::legacyEncryption,
    &rules::encryptedAttribute,
    &rules::complexAttributeValue,
    &rules::noNameId,
    &rules::severalSubjectConfirmations,
    &rules::unexpectedInResponseTo,
    &rules::noDestination,
    &rules::oneTimeUse,
    &rules::longLifetime,
    &rules::overStsLimit,
    &rules::exchangeWindowOver,
    &rules::recipientDiffersFromAcs,
};

} // namespace

const Rule& ruleOf(VerifyError code) {
    return fatalRules[std::min(static_cast<std::size_t>(code), fatalRules.size() - 1)];
}

std::span<const Rule* const> verifierRules() {
    static const std::vector<const Rule*> all = [] {
        std::vector<const Rule*> list;
        for (const Rule& rule : fatalRules) list.push_back(&rule);
        list.insert(list.end(), otherRules.begin(), otherRules.end());
        return list;
    }();
    return all;
}

const Rule* verifierRule(std::string_view id) {
    for (const Rule* rule : verifierRules())
        if (rule->id == id) return rule;
    return nullptr;
}

} // namespace gw::saml
