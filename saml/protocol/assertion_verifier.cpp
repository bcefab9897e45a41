#include "saml/protocol/assertion_verifier.h"

#include "saml/aws/endpoints.h"
#include "saml/protocol/assertion_reader.h"
#include "saml/protocol/assertion_rules.h"
#include "saml/protocol/decrypted_assertion.h"
#include "saml/protocol/parsed_response.h"
#include "saml/protocol/rules.h"
#include "saml/protocol/signature_proof.h"
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

// A success that carries exactly one assertion, in the clear or encrypted.
Result<Element> onlyAssertion(const ResponseParts& parts) {
    GW_CHECK(checkStatus(parts.status));
    if (parts.assertions.empty()) return fail(VerifyError::NoAssertion);
    if (parts.assertions.size() > 1)
        return fail(Error(VerifyError::SeveralAssertions).with("seen", std::to_string(parts.assertions.size())));
    return parts.assertions[0];
}

Error cannotBeRead(const ResponseHead& head) {
    Error error = Error(VerifyError::EncryptedAssertion).with("place", "/Response/EncryptedAssertion");
    return head.issuer ? std::move(error).with("seen", quoted(*head.issuer)) : error;
}

// About an element that was read again from octets of its own: the path that it has in the response. Its line there is not
// that of the response, which is looked up by the path.
Error asReceived(Error cause) {
    Error error(cause.code(), cause.detail());
    for (const Fact& fact : cause.facts()) {
        if (fact.name == "line") continue;
        const bool placed = fact.name != "place" || fact.value.starts_with("/Response");
        error.with(fact.name, placed ? fact.value : "/Response" + fact.value);
    }
    return error;
}

VerifierSettings withDefaults(VerifierSettings settings) {
    if (!settings.acceptsAcs)
        settings.acceptsAcs = [matcher = aws::AcsMatcher()](std::string_view url) { return matcher.matches(url); };
    if (settings.audiences.empty()) settings.audiences = aws::allAudiences();
    return settings;
}

} // namespace

AssertionVerifier::AssertionVerifier(VerifierSettings settings) : settings_(withDefaults(std::move(settings))) {}

UtcTime UnreadableAssertion::exchangeDeadline() const {
    return issueInstant + exchangeWindow;
}

bool SkippedRules::add(std::string_view name) {
    bool* member = name == "time"          ? &time
                   : name == "audience"    ? &audience
                   : name == "recipient"   ? &recipient
                   : name == "destination" ? &destination
                   : name == "issuer"      ? &issuer
                                           : nullptr;
    if (member != nullptr) *member = true;
    return member != nullptr;
}

// One examination. Its steps fail with the error that ends it.
class AssertionVerifier::Examiner {
public:
    Examiner(const VerifierSettings& settings, const CapturedResponse& captured, const TrustedProvider& provider, UtcTime now,
             ReplayCache* replay)
        : settings_(settings), captured_(captured), provider_(provider), now_(now), replay_(replay) {}

    Examination run() {
        Examination examination;
        if (const Status checked = check(); !checked) findings_.add(checked.error());
        examination.signedPart = signedPart_;
        examination.rejection = findings_.rejection();
        examination.findings = std::move(findings_).take(parsed_ ? parsed_->parts_.response : Element());
        if (!examination.rejection) examination.accepted = accepted(examination.findings);
        const auto fatal = std::count_if(examination.findings.begin(), examination.findings.end(),
                                         [](const Finding& one) { return one.severity == Severity::Fatal; });
        if (examination.rejection && fatal == 1 && examination.rejection->code().is(VerifyError::EncryptedAssertion))
            examination.unreadable = UnreadableAssertion{quoted(head_.issuer.value_or("")), head_.issueInstant, head_.isSigned};
        return examination;
    }

private:
    Status check() {
        GW_TRY(parsed_, ParsedResponse::parse(captured_));
        GW_TRY(const Element unverified, onlyAssertion(parsed_->parts_));
        GW_CHECK(proveParts(unverified));
        GW_CHECK(readContent());
        outcome_ = applyRules({settings_, provider_, captured_.requestId, head_, content_, now_}, findings_);
        if (captured_.base64.size() > stsLimit)
            findings_.note(rules::overStsLimit,
                           {{"seen", std::to_string(captured_.base64.size())}, {"expected", std::to_string(stsLimit)}});
        if (const auto& recipient = outcome_.confirmation.recipient;
            recipient && !captured_.acs.empty() && captured_.acs != *recipient)
            findings_.note(rules::recipientDiffersFromAcs, {{"seen", quoted(*recipient)}, {"expected", quoted(captured_.acs)}},
                           "/Response/Assertion/Subject/SubjectConfirmation/SubjectConfirmationData");
        return findings_.rejection() ? Status() : remember();
    }

    Status readContent() {
        const auto parts = locateAssertion(assertion_);
        if (!parts) return fail(asReceived(parts.error()));
        auto content = readAssertion(*parts, findings_);
        if (!content) return fail(asReceived(std::move(content).error()));
        content_ = std::move(*content);
        return {};
    }

    // INVARIANT: afterwards `assertion_` belongs to a document that was parsed from verified octets, or decrypted from them,
    // and `head_` was read from such where the Response is signed.
    Status proveParts(Element unverified) {
        if (unverified.is(ns::assertion, "EncryptedAssertion")) return proveEncrypted(unverified);
        GW_TRY(const AssertionParts outline, locateAssertion(unverified));
        if (!parsed_->parts_.signature && !outline.signature) return fail(VerifyError::NotSigned);
        GW_TRY(auto responseProfile, readProfile(parsed_->parts_.signature, settings_.policy));
        GW_TRY(auto assertionProfile, readProfile(outline.signature, settings_.policy));
        // Every signature that is there must hold: one that does not is a sign of tampering, whatever the other says.
        GW_TRY(Element carried, proveResponse(std::move(responseProfile)));
        GW_CHECK(proveAssertion(parsed_->document_, std::move(assertionProfile)));
        if (!assertionProof_) assertion_ = carried;
        noteSignatures();
        return {};
    }

    Status proveEncrypted(Element unverified) {
        GW_TRY(auto responseProfile, readProfile(parsed_->parts_.signature, settings_.policy));
        const bool isSigned = responseProfile.has_value();
        GW_TRY(Element carried, proveResponse(std::move(responseProfile)));
        if (settings_.decryptionKeys.empty()) {
            if (isSigned) noteSignatures();
            applyHeadRules({settings_, provider_, captured_.requestId, head_, content_, now_}, findings_);
            return fail(cannotBeRead(head_));
        }
        const bool legacyAllowed = provider_.legacyEncryption || settings_.policy == AlgorithmPolicy::Lenient;
        GW_TRY(DecryptedAssertion decrypted,
               decryptAssertion(isSigned ? carried : unverified, settings_.decryptionKeys, legacyAllowed));
        decrypted_ = std::move(decrypted.document);
        if (Status proved = proveDecrypted(decrypted.assertion, isSigned); !proved) {
            // Whoever can make ciphertexts without a signature learns nothing from the answers about plaintexts.
            if (!isSigned && !decrypted.legacyMethod.empty()) return fail(VerifyError::DecryptionFailed);
            return proved;
        }
        constexpr std::string_view place = "/Response/EncryptedAssertion";
        findings_.note(rules::decrypted, std::move(decrypted.facts), place);
        if (!decrypted.legacyMethod.empty()) findings_.note(rules::legacyEncryption, {{"seen", decrypted.legacyMethod}}, place);
        noteSignatures();
        return {};
    }

    // That it is encrypted does not say who made it: anybody can encrypt (CVE-2026-2092).
    Status proveDecrypted(Element assertion, bool isCovered) {
        const auto outline = locateLoneAssertion(assertion);
        if (!outline) return fail(asReceived(outline.error()));
        if (!outline->signature && !isCovered)
            return fail(
                Error(VerifyError::NotSigned).with("where", "EncryptedAssertion").with("place", "/Response/EncryptedAssertion"));
        GW_TRY(auto profile, readProfile(outline->signature, settings_.policy));
        GW_CHECK(proveAssertion(decrypted_, std::move(profile)));
        if (!assertionProof_) assertion_ = assertion;
        return {};
    }

    // The assertion as the verified Response carries it; empty where the Response is not signed.
    Result<Element> proveResponse(std::optional<SignatureProfile> profile) {
        head_ = headOf(parsed_->parts_);
        if (!profile) return Element();
        if (provider_.signingKeys.empty()) return fail(VerifyError::NoTrustedKey);
        GW_TRY(responseProof_, prove(parsed_->document_, std::move(*profile), provider_, settings_.policy));
        GW_TRY(responseDocument_, reread(*responseProof_));
        GW_TRY(const ResponseParts parts, locateResponse(responseDocument_.root()));
        head_ = headOf(parts);
        head_.isSigned = true;
        signedPart_ = SignedPart::Response;
        return onlyAssertion(parts);
    }

    Status proveAssertion(const xml::Document& document, std::optional<SignatureProfile> profile) {
        if (!profile) return {};
        if (provider_.signingKeys.empty()) return fail(VerifyError::NoTrustedKey);
        GW_TRY(assertionProof_, prove(document, std::move(*profile), provider_, settings_.policy));
        GW_TRY(assertionDocument_, reread(*assertionProof_));
        assertion_ = assertionDocument_.root();
        signedPart_ = responseProof_ ? SignedPart::Both : SignedPart::Assertion;
        return {};
    }

    void noteSignatures() {
        if (responseProof_)
            noteSignature(*responseProof_, now_, findings_);
        else
            findings_.note(rules::responseUnsigned, {}, "/Response");
        if (assertionProof_) noteSignature(*assertionProof_, now_, findings_);
        const Proof& innermost = assertionProof_ ? *assertionProof_ : *responseProof_;
        signature_ = {*signedPart_, innermost.profile.method, innermost.key.fingerprint(), innermost.profile.usesSha1()};
    }

    Status remember() {
        // Where times are skipped the limit may be over already, and a second one is a second one all the same.
        const UtcTime limit = std::max(outcome_.notOnOrAfter, now_);
        if (replay_ == nullptr || replay_->insert(content_.issuer, content_.id, limit + settings_.skew, now_)) return {};
        return fail(Error(VerifyError::Replayed).with("seen", quoted(content_.id)).with("place", "/Response/Assertion"));
    }

    VerifiedAssertion accepted(const std::vector<Finding>& findings) {
        VerifiedAssertion verified;
        verified.id_ = std::move(content_.id);
        verified.issuer_ = std::move(content_.issuer);
        verified.recipient_ = outcome_.confirmation.recipient.value_or("");
        verified.nameId_ = std::move(content_.nameId);
        for (auto& restriction : content_.audienceRestrictions)
            for (auto& audience : restriction) verified.audiences_.push_back(std::move(audience));
        verified.issueInstant_ = content_.issueInstant;
        verified.notOnOrAfter_ = outcome_.notOnOrAfter;
        verified.sessionNotOnOrAfter_ = content_.sessionNotOnOrAfter;
        verified.authnInstant_ = content_.authnInstant;
        verified.attributes_ = std::move(content_.attributes);
        verified.signature_ = signature_;
        for (const Finding& finding : findings) {
            const std::string id(finding.rule->id);
            auto& warnings = verified.warnings_;
            if (finding.severity != Severity::Info && std::find(warnings.begin(), warnings.end(), id) == warnings.end())
                warnings.push_back(id);
        }
        return verified;
    }

    const VerifierSettings& settings_;
    const CapturedResponse& captured_;
    const TrustedProvider& provider_;
    UtcTime now_;
    ReplayCache* replay_;

    FindingList findings_;
    std::optional<ParsedResponse> parsed_;
    xml::Document responseDocument_, assertionDocument_, decrypted_;
    std::optional<Proof> responseProof_, assertionProof_;
    Element assertion_;
    ResponseHead head_;
    AssertionContent content_;
    RuleOutcome outcome_;
    SignatureFacts signature_;
    std::optional<SignedPart> signedPart_;
};

Examination AssertionVerifier::examine(const CapturedResponse& captured, const TrustedProvider& provider, UtcTime now,
                                       ReplayCache* replay) const {
    return Examiner(settings_, captured, provider, now, replay).run();
}

Result<VerifiedAssertion> AssertionVerifier::verify(const CapturedResponse& captured, const TrustedProvider& provider,
                                                    UtcTime now, ReplayCache* replay) const {
    Examination examination = examine(captured, provider, now, replay);
    if (examination.rejection) return fail(std::move(*examination.rejection));
    return std::move(*examination.accepted);
}

} // namespace gw::saml
