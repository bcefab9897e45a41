#include "saml/protocol/assertion_verifier.h"

#include "saml/aws/endpoints.h"
#include "saml/protocol/assertion_reader.h"
#include "saml/protocol/assertion_rules.h"
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

VerifierSettings withDefaults(VerifierSettings settings) {
    if (!settings.acceptsAcs)
        settings.acceptsAcs = [matcher = aws::AcsMatcher()](std::string_view url) { return matcher.matches(url); };
    if (settings.audiences.empty()) settings.audiences = aws::allAudiences();
    return settings;
}

} // namespace

AssertionVerifier::AssertionVerifier(VerifierSettings settings) : settings_(withDefaults(std::move(settings))) {}

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
        return examination;
    }

private:
    Status check() {
        GW_TRY(parsed_, ParsedResponse::parse(captured_));
        GW_TRY(const Element unverified, onlyAssertion(parsed_->parts_));
        GW_CHECK(proveParts(unverified));
        GW_TRY(const AssertionParts parts, locateAssertion(assertion_));
        GW_TRY(content_, readAssertion(parts, findings_));
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

    // INVARIANT: afterwards `assertion_` belongs to a document that was parsed from verified octets, and `head_` does where
    // the Response is signed.
    Status proveParts(Element unverified) {
        GW_TRY(const AssertionParts outline, locateAssertion(unverified));
        const Element responseSignature = parsed_->parts_.signature;
        if (!responseSignature && !outline.signature) return fail(VerifyError::NotSigned);
        GW_TRY(auto responseProfile, readProfile(responseSignature, settings_.policy));
        GW_TRY(auto assertionProfile, readProfile(outline.signature, settings_.policy));
        if (provider_.signingKeys.empty()) return fail(VerifyError::NoTrustedKey);

        // Every signature that is there must hold: one that does not is a sign of tampering, whatever the other says.
        std::optional<Proof> responseProof, assertionProof;
        if (responseProfile) {
            GW_TRY(responseProof, prove(parsed_->document_, std::move(*responseProfile), provider_, settings_.policy));
        }
        if (assertionProfile) {
            GW_TRY(assertionProof, prove(parsed_->document_, std::move(*assertionProfile), provider_, settings_.policy));
        }
        head_ = headOf(parsed_->parts_);
        if (responseProof) {
            GW_TRY(responseDocument_, reread(*responseProof));
            GW_TRY(const ResponseParts parts, locateResponse(responseDocument_.root()));
            GW_TRY(assertion_, onlyAssertion(parts));
            head_ = headOf(parts);
            noteSignature(*responseProof, now_, findings_);
        } else {
            findings_.note(rules::responseUnsigned, {}, "/Response");
        }
        if (assertionProof) {
            GW_TRY(assertionDocument_, reread(*assertionProof));
            assertion_ = assertionDocument_.root();
            noteSignature(*assertionProof, now_, findings_);
        }
        head_.isSigned = responseProof.has_value();
        signedPart_ = responseProof && assertionProof ? SignedPart::Both
                      : responseProof                 ? SignedPart::Response
                                                      : SignedPart::Assertion;
        const Proof& innermost = assertionProof ? *assertionProof : *responseProof;
        signature_ = {*signedPart_, innermost.profile.method, innermost.key.fingerprint(), innermost.profile.usesSha1()};
        return {};
    }

    Status remember() {
        if (replay_ == nullptr || replay_->insert(content_.issuer, content_.id, outcome_.notOnOrAfter + settings_.skew, now_))
            return {};
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
    xml::Document responseDocument_, assertionDocument_;
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
