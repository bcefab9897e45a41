#include "saml/protocol/assertion_verifier.h"

#include "saml/aws/endpoints.h"
#include "saml/dsig/xmlsec_verifier.h"
#include "saml/protocol/assertion_reader.h"
#include "saml/protocol/assertion_rules.h"
#include "saml/protocol/parsed_response.h"
#include "saml/xml/namespaces.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace gw::saml {
namespace {

using xml::Element;
namespace ns = xml::ns;

// IAM and STS take this many characters of base64.
constexpr std::size_t stsLimit = 100'000;

// A signature that holds: the octets it covers and the key it holds under.
struct Proof {
    Secret octets;
    Certificate key;
    SignatureProfile profile;
};

Error withFactsOf(Error error, const Error& cause) {
    for (const Fact& fact : cause.facts()) error = std::move(error).with(fact.name, quoted(fact.value));
    return error;
}

VerifyError codeOf(const Error& error) {
    switch (error.code().as<SignatureError>().value_or(SignatureError::Internal)) {
    case SignatureError::BadStructure:
        return VerifyError::BadSignatureStructure;
    case SignatureError::AlgorithmNotAllowed:
        return VerifyError::AlgorithmNotAllowed;
    case SignatureError::Invalid:
        return VerifyError::SignatureInvalid;
    case SignatureError::Internal:
        break;
    }
    return VerifyError::Internal;
}

Error translated(Error cause) {
    Error error = withFactsOf(Error(codeOf(cause)), cause);
    return std::move(error).because(std::move(cause));
}

std::string describe(const Certificate& certificate) {
    return certificate.fingerprint() + " " + quoted(certificate.subject());
}

// Why no trusted key fits: the response names a key that is not trusted, or it was changed.
Error noKeyFits(const SignatureProfile& profile, const std::vector<Certificate>& trusted) {
    std::string list;
    for (const Certificate& certificate : trusted) list += (list.empty() ? "" : "\n") + describe(certificate);
    const auto embedded = profile.embeddedCertificate ? Certificate::fromDer(*profile.embeddedCertificate)
                                                      : Result<Certificate>(fail(CertificateError::Malformed));
    Error error(VerifyError::SignatureInvalid);
    if (embedded) {
        const bool known = std::any_of(trusted.begin(), trusted.end(),
                                       [&](const Certificate& one) { return one.publicKeyDer() == embedded->publicKeyDer(); });
        if (!known) error = Error(VerifyError::UnknownKey);
        error = std::move(error).with("seen", describe(*embedded));
    }
    return std::move(error).with("trusted", list).with("where", std::string(profile.parent.name()));
}

Status checkKeyStrength(const Certificate& key, AlgorithmPolicy policy) {
    const int least = policy == AlgorithmPolicy::Strict ? soundRsaBits : leastRsaBits;
    if (!key.isRsa() || key.keyBits() >= least) return {};
    return fail(Error(VerifyError::AlgorithmNotAllowed)
                    .with("where", "key")
                    .with("seen", key.keyDescription())
                    .with("expected", std::to_string(least)));
}

Result<Proof> prove(const xml::Document& document, SignatureProfile profile, const TrustedProvider& provider,
                    AlgorithmPolicy policy) {
    const XmlsecVerifier verifier;
    for (const Certificate& key : provider.signingKeys) {
        auto octets = verifier.verify(document, profile, key, policy);
        if (octets) {
            GW_CHECK(checkKeyStrength(key, policy));
            return Proof{std::move(*octets), key, std::move(profile)};
        }
        if (!octets.error().code().is(SignatureError::Invalid)) return fail(translated(std::move(octets).error()));
    }
    return fail(noKeyFits(profile, provider.signingKeys));
}

Result<std::optional<SignatureProfile>> readProfile(Element signature, AlgorithmPolicy policy) {
    if (!signature) return std::optional<SignatureProfile>();
    auto profile = readSignatureProfile(signature);
    if (!profile) return fail(translated(std::move(profile).error()));
    if (auto allowed = checkAlgorithms(*profile, policy); !allowed) return fail(translated(std::move(allowed).error()));
    return std::optional<SignatureProfile>(std::move(*profile));
}

// The verified octets as a document of their own, which must be the element that was signed.
Result<xml::Document> reread(const Proof& proof) {
    auto document = xml::Document::parse(proof.octets.reveal(), xml::ReadRules::response());
    if (!document)
        return fail(
            Error(VerifyError::SignatureInvalid, "the signed octets are not a document").because(std::move(document).error()));
    const Element root = document->root();
    const Element signedElement = proof.profile.parent;
    if (!root.is(signedElement.namespaceUri(), signedElement.name()) || root.attribute("ID") != signedElement.attribute("ID"))
        return fail(Error(VerifyError::SignatureInvalid, "the signed octets are another element")
                        .with("where", std::string(signedElement.name())));
    return document;
}

ResponseHead headOf(const ResponseParts& parts) {
    ResponseHead head;
    if (parts.issuer) {
        head.issuer = parts.issuer.text();
        head.issuerFormat = parts.issuer.attribute("Format");
    }
    head.destination = parts.response.attribute("Destination");
    head.inResponseTo = parts.response.attribute("InResponseTo");
    // The structure gate has parsed it already.
    head.issueInstant = UtcTime::parse(parts.response.attribute("IssueInstant").value_or("")).value_or(UtcTime());
    return head;
}

// A success that carries exactly one assertion in the clear.
Result<Element> onlyAssertion(const ResponseParts& parts) {
    GW_CHECK(checkStatus(parts.status));
    if (parts.assertions.empty()) return fail(VerifyError::NoAssertion);
    if (parts.assertions.size() > 1)
        return fail(Error(VerifyError::SeveralAssertions).with("seen", std::to_string(parts.assertions.size())));
    const Element assertion = parts.assertions[0];
    if (assertion.is(ns::assertion, "EncryptedAssertion")) {
        Error error(VerifyError::EncryptedAssertion);
        if (parts.issuer) error = std::move(error).with("seen", quoted(parts.issuer.text().value_or("")));
        return fail(std::move(error));
    }
    return assertion;
}

std::vector<std::string> signatureWarnings(const Proof& proof, UtcTime now) {
    std::vector<std::string> warnings;
    if (proof.profile.usesSha1()) warnings.emplace_back("weak-digest");
    if (proof.key.isRsa() && proof.key.keyBits() < soundRsaBits) warnings.emplace_back("weak-key");
    if (proof.key.hasSmallExponent()) warnings.emplace_back("small-exponent");
    if (proof.profile.usesInclusiveC14n()) warnings.emplace_back("inclusive-c14n");
    if (now >= proof.key.notAfter()) warnings.emplace_back("certificate-expired");
    if (now < proof.key.notBefore()) warnings.emplace_back("certificate-not-yet-valid");
    return warnings;
}

void addOnce(std::vector<std::string>& all, std::vector<std::string> more) {
    for (std::string& rule : more)
        if (std::find(all.begin(), all.end(), rule) == all.end()) all.push_back(std::move(rule));
}

VerifierSettings withDefaults(VerifierSettings settings) {
    if (!settings.acceptsAcs)
        settings.acceptsAcs = [matcher = aws::AcsMatcher()](std::string_view url) { return matcher.matches(url); };
    if (settings.audiences.empty()) settings.audiences = aws::allAudiences();
    return settings;
}

} // namespace

AssertionVerifier::AssertionVerifier(VerifierSettings settings) : settings_(withDefaults(std::move(settings))) {}

Result<VerifiedAssertion> AssertionVerifier::verify(const CapturedResponse& captured, const TrustedProvider& provider,
                                                    UtcTime now, ReplayCache* replay) const {
    GW_TRY(const ParsedResponse parsed, ParsedResponse::parse(captured));
    GW_TRY(const Element unverified, onlyAssertion(parsed.parts_));
    GW_TRY(const AssertionParts outline, locateAssertion(unverified));
    if (!parsed.parts_.signature && !outline.signature) return fail(VerifyError::NotSigned);
    GW_TRY(auto responseProfile, readProfile(parsed.parts_.signature, settings_.policy));
    GW_TRY(auto assertionProfile, readProfile(outline.signature, settings_.policy));
    if (provider.signingKeys.empty()) return fail(VerifyError::NoTrustedKey);

    // Every signature that is there must hold: one that does not is a sign of tampering, whatever the other says.
    std::optional<Proof> responseProof, assertionProof;
    if (responseProfile) {
        GW_TRY(responseProof, prove(parsed.document_, std::move(*responseProfile), provider, settings_.policy));
    }
    if (assertionProfile) {
        GW_TRY(assertionProof, prove(parsed.document_, std::move(*assertionProfile), provider, settings_.policy));
    }

    // INVARIANT: from here on the assertion is read from verified octets only, and so is the Response where it is signed.
    xml::Document responseDocument, assertionDocument;
    ResponseHead head = headOf(parsed.parts_);
    Element assertion;
    if (responseProof) {
        GW_TRY(responseDocument, reread(*responseProof));
        GW_TRY(const ResponseParts parts, locateResponse(responseDocument.root()));
        GW_TRY(assertion, onlyAssertion(parts));
        head = headOf(parts);
    }
    if (assertionProof) {
        GW_TRY(assertionDocument, reread(*assertionProof));
        assertion = assertionDocument.root();
    }
    GW_TRY(const AssertionParts parts, locateAssertion(assertion));
    GW_TRY(AssertionContent content, readAssertion(parts));
    GW_TRY(RuleOutcome outcome, applyRules({settings_, provider, captured.requestId, head, content, now}));

    if (replay != nullptr && !replay->insert(content.issuer, content.id, outcome.notOnOrAfter + settings_.skew, now))
        return fail(Error(VerifyError::Replayed).with("seen", quoted(content.id)));

    VerifiedAssertion verified;
    verified.id_ = std::move(content.id);
    verified.issuer_ = std::move(content.issuer);
    verified.recipient_ = outcome.confirmation.recipient.value_or("");
    verified.nameId_ = std::move(content.nameId);
    for (auto& restriction : content.audienceRestrictions)
        for (auto& audience : restriction) verified.audiences_.push_back(std::move(audience));
    verified.issueInstant_ = content.issueInstant;
    verified.notOnOrAfter_ = outcome.notOnOrAfter;
    verified.sessionNotOnOrAfter_ = content.sessionNotOnOrAfter;
    verified.authnInstant_ = content.authnInstant;
    verified.attributes_ = std::move(content.attributes);

    const Proof& innermost = assertionProof ? *assertionProof : *responseProof;
    verified.signature_ = {responseProof && assertionProof ? SignedPart::Both
                           : responseProof                 ? SignedPart::Response
                                                           : SignedPart::Assertion,
                           innermost.profile.method, innermost.key.fingerprint(), innermost.profile.usesSha1()};
    if (responseProof) addOnce(verified.warnings_, signatureWarnings(*responseProof, now));
    if (assertionProof) addOnce(verified.warnings_, signatureWarnings(*assertionProof, now));
    addOnce(verified.warnings_, std::move(content.warnings));
    addOnce(verified.warnings_, std::move(outcome.warnings));
    if (captured.base64.size() > stsLimit) verified.warnings_.emplace_back("over-sts-limit");
    if (!captured.acs.empty() && captured.acs != verified.recipient_)
        verified.warnings_.emplace_back("recipient-differs-from-acs");
    return verified;
}

} // namespace gw::saml
