#include "saml/protocol/assertion_rules.h"

#include <algorithm>
#include <chrono>

namespace gw::saml {
namespace {

constexpr std::string_view entityFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";

std::string joined(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) out += (out.empty() ? "" : " ") + quoted(text);
    return out;
}

Status checkIssuer(const RuleInput& input) {
    const auto wrong = [&](std::string_view where, const std::string& seen, const std::string& expected) {
        return fail(Error(VerifyError::WrongIssuer)
                        .with("where", std::string(where))
                        .with("seen", quoted(seen))
                        .with("expected", expected));
    };
    const AssertionContent& content = input.content;
    // SAML Core 2.2.5 and Profiles 4.1.4.2: the format is absent or that of an entity.
    if (!content.issuerFormat.empty() && content.issuerFormat != entityFormat)
        return wrong("Assertion/Issuer/@Format", content.issuerFormat, std::string(entityFormat));
    const std::string& entityId = input.provider.entityId;
    if (content.issuer.empty() || (!entityId.empty() && content.issuer != entityId))
        return wrong("Assertion/Issuer", content.issuer, entityId);
    if (!input.head.issuer) return {};
    if (const std::string format = input.head.issuerFormat.value_or(""); !format.empty() && format != entityFormat)
        return wrong("Response/Issuer/@Format", format, std::string(entityFormat));
    if (*input.head.issuer != content.issuer) return wrong("Response/Issuer", *input.head.issuer, content.issuer);
    return {};
}

Status checkDestination(const RuleInput& input) {
    const auto& destination = input.head.destination;
    if (!destination || input.settings.acceptsAcs(*destination)) return {};
    return fail(Error(VerifyError::WrongDestination).with("where", "Response/@Destination").with("seen", quoted(*destination)));
}

// Every restriction must name us; a restriction names us when one of its audiences does (SAML Core 2.5.1.4).
Status checkAudience(const RuleInput& input) {
    const auto& ours = input.settings.audiences;
    const auto isOurs = [&](const std::string& audience) { return std::find(ours.begin(), ours.end(), audience) != ours.end(); };
    for (const auto& restriction : input.content.audienceRestrictions)
        if (std::none_of(restriction.begin(), restriction.end(), isOurs))
            return fail(Error(VerifyError::WrongAudience).with("seen", joined(restriction)).with("expected", joined(ours)));
    if (input.content.audienceRestrictions.empty())
        return fail(Error(VerifyError::WrongAudience).with("seen", "").with("expected", joined(ours)));
    return {};
}

class TimeRules {
public:
    TimeRules(UtcTime now, std::chrono::seconds skew) : now_(now), skew_(skew) {}

    // Not before `limit`, inclusive.
    [[nodiscard]] Status begun(std::string_view where, std::optional<UtcTime> limit) const {
        if (!limit || *limit <= now_ + skew_) return {};
        return fail(describe(Error(VerifyError::NotYetValid), where, *limit, *limit - now_));
    }
    // Before `limit`, exclusive (SAML Core 2.5.1.2).
    [[nodiscard]] Status notOver(std::string_view where, std::optional<UtcTime> limit, VerifyError code) const {
        if (!limit || now_ - skew_ < *limit) return {};
        return fail(describe(Error(code), where, *limit, now_ - *limit));
    }

private:
    [[nodiscard]] Error describe(Error error, std::string_view where, UtcTime limit, UtcTime::Duration by) const {
        return std::move(error)
            .with("where", std::string(where))
            .with("instant", limit.toRfc3339())
            .with("now", now_.toRfc3339())
            .with("skew_seconds", std::to_string(skew_.count()))
            .with("offset", std::to_string(std::chrono::duration_cast<std::chrono::seconds>(by).count()));
    }

    UtcTime now_;
    std::chrono::seconds skew_;
};

Status checkRecipient(const RuleInput& input, const Confirmation& confirmation) {
    if (confirmation.recipient && input.settings.acceptsAcs(*confirmation.recipient)) return {};
    return fail(Error(VerifyError::WrongRecipient)
                    .with("where", "SubjectConfirmationData/@Recipient")
                    .with("seen", quoted(confirmation.recipient.value_or(""))));
}

Status checkAnswers(const RuleInput& input, std::string_view where, const std::optional<std::string>& inResponseTo) {
    if (!input.requestId || inResponseTo == input.requestId) return {};
    return fail(Error(VerifyError::WrongInResponseTo)
                    .with("where", std::string(where))
                    .with("seen", quoted(inResponseTo.value_or("")))
                    .with("expected", *input.requestId));
}

Status checkConfirmation(const RuleInput& input, const TimeRules& times, const Confirmation& confirmation) {
    GW_CHECK(checkRecipient(input, confirmation));
    GW_CHECK(checkAnswers(input, "Response/@InResponseTo", input.head.inResponseTo));
    GW_CHECK(checkAnswers(input, "SubjectConfirmationData/@InResponseTo", confirmation.inResponseTo));
    if (!confirmation.notOnOrAfter)
        return fail(Error(VerifyError::MissingTime).with("where", "SubjectConfirmationData/@NotOnOrAfter"));
    GW_CHECK(times.begun("SubjectConfirmationData/@NotBefore", confirmation.notBefore));
    return times.notOver("SubjectConfirmationData/@NotOnOrAfter", confirmation.notOnOrAfter, VerifyError::Expired);
}

// The first bearer confirmation that holds, or the complaint about the first one.
Result<Confirmation> chooseConfirmation(const RuleInput& input, const TimeRules& times) {
    const auto& all = input.content.bearer;
    if (all.empty())
        return fail(Error(VerifyError::NoSubjectConfirmation)
                        .with("where", input.content.hasSubject ? "SubjectConfirmation" : "Subject"));
    std::optional<Error> complaint;
    for (const Confirmation& confirmation : all) {
        Status verdict = checkConfirmation(input, times, confirmation);
        if (verdict) return confirmation;
        if (!complaint) complaint = std::move(verdict).error();
    }
    return fail(std::move(*complaint));
}

std::vector<std::string> warningsOf(const RuleInput& input) {
    std::vector<std::string> warnings;
    if (input.content.bearer.size() > 1) warnings.emplace_back("several-subject-confirmations");
    const bool answers = input.head.inResponseTo || std::any_of(input.content.bearer.begin(), input.content.bearer.end(),
                                                                [](const Confirmation& c) { return c.inResponseTo.has_value(); });
    // Some providers set it on responses that nobody asked for, so it only deserves a word.
    if (!input.requestId && answers) warnings.emplace_back("unexpected-in-response-to");
    return warnings;
}

} // namespace

Result<RuleOutcome> applyRules(const RuleInput& input) {
    const TimeRules times(input.now, input.settings.skew);
    const AssertionContent& content = input.content;
    GW_CHECK(checkIssuer(input));
    GW_CHECK(checkDestination(input));
    GW_CHECK(checkAudience(input));
    RuleOutcome outcome;
    GW_TRY(outcome.confirmation, chooseConfirmation(input, times));
    GW_CHECK(times.begun("Response/@IssueInstant", input.head.issueInstant));
    GW_CHECK(times.begun("Assertion/@IssueInstant", content.issueInstant));
    GW_CHECK(times.begun("Conditions/@NotBefore", content.notBefore));
    GW_CHECK(times.notOver("Conditions/@NotOnOrAfter", content.notOnOrAfter, VerifyError::Expired));
    GW_CHECK(times.notOver("AuthnStatement/@SessionNotOnOrAfter", content.sessionNotOnOrAfter, VerifyError::SessionOver));
    const UtcTime confirmationLimit = *outcome.confirmation.notOnOrAfter;
    outcome.notOnOrAfter = content.notOnOrAfter ? std::min(*content.notOnOrAfter, confirmationLimit) : confirmationLimit;
    outcome.warnings = warningsOf(input);
    return outcome;
}

} // namespace gw::saml
