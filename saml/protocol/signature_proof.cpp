#include "saml/protocol/signature_proof.h"

#include "saml/dsig/verifier_pair.h"
#include "saml/protocol/response_structure.h"
#include "saml/protocol/rules.h"
#include "saml/xml/namespaces.h"

#include <algorithm>
#include <utility>

namespace gw::saml {
namespace {

using xml::Element;
namespace ns = xml::ns;

VerifyError codeOf(const Error& error) {
    switch (error.code().as<SignatureError>().value_or(SignatureError::Internal)) {
    case SignatureError::BadStructure:
        return VerifyError::BadSignatureStructure;
    case SignatureError::AlgorithmNotAllowed:
        return VerifyError::AlgorithmNotAllowed;
    case SignatureError::AlgorithmOfOneVerifier:
        return VerifyError::AlgorithmOfOneVerifier;
    case SignatureError::Invalid:
        return VerifyError::SignatureInvalid;
    case SignatureError::VerifiersDisagree:
        return VerifyError::VerifiersDisagree;
    case SignatureError::Internal:
        break;
    }
    return VerifyError::Internal;
}

Error translated(Error cause, Element signature) {
    const VerifyError code = codeOf(cause);
    return errorBecauseOf(code, std::move(cause)).with("place", pathOf(signature));
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
    return std::move(error)
        .with("trusted", list)
        .with("where", std::string(profile.parent.name()))
        .with("place", pathOf(profile.signature));
}

Status checkKeyStrength(const Certificate& key, AlgorithmPolicy policy) {
    const int least = policy == AlgorithmPolicy::Strict ? soundRsaBits : leastRsaBits;
    if (!key.isRsa() || key.keyBits() >= least) return {};
    return fail(Error(VerifyError::AlgorithmNotAllowed)
                    .with("where", "key")
                    .with("seen", key.keyDescription())
                    .with("expected", std::to_string(least)));
}

} // namespace

Result<std::optional<SignatureProfile>> readProfile(Element signature, AlgorithmPolicy policy) {
    if (!signature) return std::optional<SignatureProfile>();
    auto profile = readSignatureProfile(signature);
    if (!profile) return fail(translated(std::move(profile).error(), signature));
    if (auto allowed = checkAlgorithms(*profile, policy); !allowed)
        return fail(translated(std::move(allowed).error(), signature));
    return std::optional<SignatureProfile>(std::move(*profile));
}

Result<Proof> prove(const xml::Document& document, SignatureProfile profile, const TrustedProvider& provider,
                    AlgorithmPolicy policy) {
    auto match = VerifierPair::standard().verifyAny(document, profile, provider.signingKeys, policy);
    if (match) {
        const Certificate& key = provider.signingKeys[match->key];
        GW_CHECK(checkKeyStrength(key, policy));
        return Proof{std::move(match->octets), key, std::move(profile)};
    }
    if (match.error().code().is(SignatureError::Invalid)) return fail(noKeyFits(profile, provider.signingKeys));
    return fail(translated(std::move(match).error(), profile.signature));
}

Result<xml::Document> reread(const Proof& proof) {
    auto document = xml::Document::parse(proof.octets.reveal(), xml::ReadRules::response());
    if (!document) {
        // The canonical form may be longer than what was received: "&gt;" for ">", end tags for empty elements.
        const bool large = document.error().code().is(xml::XmlError::TooLarge);
        return fail(Error(large ? VerifyError::TooLarge : VerifyError::SignatureInvalid, "the signed octets are not a document")
                        .because(std::move(document).error()));
    }
    const Element root = document->root();
    const Element signedElement = proof.profile.parent;
    if (!root.is(signedElement.namespaceUri(), signedElement.name()) || root.attribute("ID") != signedElement.attribute("ID"))
        return fail(Error(VerifyError::SignatureInvalid, "the signed octets are another element")
                        .with("where", std::string(signedElement.name())));
    return document;
}

void noteSignature(const Proof& proof, UtcTime now, FindingList& findings) {
    const Certificate& key = proof.key;
    const std::string place = pathOf(proof.profile.signature);
    if (proof.profile.usesSha1())
        findings.note(rules::weakDigest, {{"where", "SignatureMethod"}, {"seen", proof.profile.method}}, place);
    if (key.isRsa() && key.keyBits() < soundRsaBits)
        findings.note(
            rules::weakKey,
            {{"seen", key.keyDescription()}, {"expected", std::to_string(soundRsaBits)}, {"fingerprint", key.fingerprint()}},
            place);
    if (key.hasSmallExponent()) findings.note(rules::smallExponent, {{"fingerprint", key.fingerprint()}}, place);
    if (proof.profile.usesInclusiveC14n()) findings.note(rules::inclusiveC14n, {}, place);
    const auto certificateFacts = [&](UtcTime limit) {
        return std::vector<Fact>{{"instant", limit.toRfc3339()},
                                 {"now", now.toRfc3339()},
                                 {"fingerprint", key.fingerprint()},
                                 {"subject", quoted(key.subject())}};
    };
    if (now >= key.notAfter()) findings.note(rules::certificateExpired, certificateFacts(key.notAfter()), place);
    if (now < key.notBefore()) findings.note(rules::certificateNotYetValid, certificateFacts(key.notBefore()), place);
    if (!proof.profile.followsIssuer) findings.note(rules::signatureMisplaced, {}, place);
    if (const auto& der = proof.profile.embeddedCertificate; der && *der != key.der())
        if (const auto embedded = Certificate::fromDer(*der)) {
            std::vector<Fact> facts{{"seen", describe(*embedded)}, {"trusted", describe(key)}};
            if (embedded->publicKeyDer() == key.publicKeyDer()) facts.push_back({"key", key.keyDescription()});
            findings.note(rules::otherCertificate, std::move(facts), place);
        }
}

} // namespace gw::saml
