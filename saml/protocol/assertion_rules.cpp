#include "saml/protocol/assertion_rules.h"

#include "saml/protocol/rules.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace gw::saml {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view entityFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";
constexpr UtcTime::Duration ordinaryLifetime = 1h;

constexpr std::string_view responsePlace = "/Response";
constexpr std::string_view assertionPlace = "/Response/Assertion";
constexpr std::string_view conditionsPlace = "/Response/Assertion/Conditions";
constexpr std::string_view restrictionPlace = "/Response/Assertion/Conditions/AudienceRestriction";
constexpr std::string_view subjectPlace = "/Response/Assertion/Subject";
constexpr std::string_view confirmationPlace = "/Response/Assertion/Subject/SubjectConfirmation";
constexpr std::string_view dataPlace = "/Response/Assertion/Subject/SubjectConfirmation/SubjectConfirmationData";
constexpr std::string_view authnPlace = "/Response/Assertion/AuthnStatement";

std::string joined(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) {
        if (out.size() > 1000) return out + " …";
        out += (out.empty() ? "" : " ") + quoted(text);
    }
    return out;
}

std::string secondsText(UtcTime::Duration by) {
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(by).count());
}

// A rule that was broken, and whether it may be skipped.
struct Complaint {
    Error error;
    std::string_view place;
    bool skipped;
};

class Rules {
public:
    Rules(const RuleInput& input, FindingList& findings) : input_(input), findings_(findings) {}

    RuleOutcome apply();
    void applyToHead();

private:
    using Complaints = std::vector<Complaint>;

    [[nodiscard]] const SkippedRules& skip() const { return input_.settings.skip; }
    void tell(const Complaints& complaints);

    void wrongIssuer(std::string_view place, std::string_view where, const std::string& seen, const std::string& expected);
    void checkFormat(std::string_view place, std::string_view where, const std::string& format);
    void checkIssuer();
    void checkDestination();
    void checkConditions();
    void checkAudience();
    void checkAnswer(Complaints& all, std::string_view place, std::string_view where,
                     const std::optional<std::string>& seen) const;
    void checkBegun(Complaints& all, std::string_view place, std::string_view where, std::optional<UtcTime> limit) const;
    void checkNotOver(Complaints& all, std::string_view place, std::string_view where, std::optional<UtcTime> limit,
                      VerifyError code) const;
    [[nodiscard]] Error timeError(VerifyError code, std::string_view where, UtcTime limit, UtcTime::Duration by) const;
    [[nodiscard]] Complaints complaintsAbout(const Confirmation& confirmation) const;
    [[nodiscard]] Confirmation chooseConfirmation();
    void checkTimes();
    void noteOddities();
    [[nodiscard]] UtcTime limitOf(const Confirmation& confirmation) const;

    const RuleInput& input_;
    FindingList& findings_;
};

void Rules::tell(const Complaints& complaints) {
    for (const Complaint& one : complaints)
        findings_.add(one.error, one.skipped ? Severity::Warning : Severity::Fatal, one.place);
}

void Rules::wrongIssuer(std::string_view place, std::string_view where, const std::string& seen, const std::string& expected) {
    Error error = Error(VerifyError::WrongIssuer)
                      .with("where", std::string(where))
                      .with("seen", quoted(seen))
                      .with("expected", quoted(expected));
    tell({{std::move(error), place, skip().issuer}});
}

// SAML Core 2.2.5 and Profiles 4.1.4.2: the format is absent or that of an entity.
void Rules::checkFormat(std::string_view place, std::string_view where, const std::string& format) {
    if (!format.empty() && format != entityFormat) wrongIssuer(place, where, format, std::string(entityFormat));
}

void Rules::checkIssuer() {
    constexpr std::string_view inAssertion = "/Response/Assertion/Issuer";
    constexpr std::string_view inResponse = "/Response/Issuer";
    const AssertionContent& content = input_.content;
    checkFormat(inAssertion, "Assertion/Issuer/@Format", content.issuerFormat);
    const std::string& entityId = input_.provider.entityId;
    if (content.issuer.empty() || (!entityId.empty() && content.issuer != entityId))
        wrongIssuer(inAssertion, "Assertion/Issuer", content.issuer, entityId);
    if (!input_.head.issuer) return;
    checkFormat(inResponse, "Response/Issuer/@Format", input_.head.issuerFormat.value_or(""));
    if (*input_.head.issuer != content.issuer) wrongIssuer(inResponse, "Response/Issuer", *input_.head.issuer, content.issuer);
}

void Rules::checkDestination() {
    const auto& destination = input_.head.destination;
    if (!destination) {
        // Bindings 3.5.5.2 asks for it in a message that is signed.
        if (input_.head.isSigned) findings_.note(rules::noDestination, {}, responsePlace);
    } else if (!input_.settings.acceptsAcs(*destination)) {
        Error error =
            Error(VerifyError::WrongDestination).with("where", "Response/@Destination").with("seen", quoted(*destination));
        tell({{std::move(error), responsePlace, skip().destination}});
    }
}

void Rules::checkConditions() {
    // SAML Core 2.5.1: with a condition that is not understood the validity cannot be told.
    for (const std::string& name : input_.content.unknownConditions)
        tell({{Error(VerifyError::UnknownCondition).with("where", "Conditions").with("seen", name), conditionsPlace, false}});
    if (input_.content.authnStatements == 0)
        tell({{Error(VerifyError::NoAuthnStatement).with("where", "Assertion"), assertionPlace, false}});
}

// Every restriction must name us; a restriction names us when one of its audiences does (SAML Core 2.5.1.4).
void Rules::checkAudience() {
    const auto& ours = input_.settings.audiences;
    const auto complain = [&](const std::string& seen, std::string_view place) {
        Error error = Error(VerifyError::WrongAudience).with("seen", seen).with("expected", joined(ours));
        tell({{std::move(error), place, skip().audience}});
    };
    const auto isOurs = [&](const std::string& audience) { return std::find(ours.begin(), ours.end(), audience) != ours.end(); };
    for (const auto& restriction : input_.content.audienceRestrictions)
        if (std::none_of(restriction.begin(), restriction.end(), isOurs)) complain(joined(restriction), restrictionPlace);
    if (input_.content.audienceRestrictions.empty()) complain("", conditionsPlace);
}

Error Rules::timeError(VerifyError code, std::string_view where, UtcTime limit, UtcTime::Duration by) const {
    return Error(code)
        .with("where", std::string(where))
        .with("instant", limit.toRfc3339())
        .with("now", input_.now.toRfc3339())
        .with("skew_seconds", std::to_string(input_.settings.skew.count()))
        .with("offset", secondsText(by));
}

// Not before `limit`, inclusive.
void Rules::checkBegun(Complaints& all, std::string_view place, std::string_view where, std::optional<UtcTime> limit) const {
    if (limit && *limit > input_.now + input_.settings.skew)
        all.push_back({timeError(VerifyError::NotYetValid, where, *limit, *limit - input_.now), place, skip().time});
}

// Before `limit`, exclusive (SAML Core 2.5.1.2).
void Rules::checkNotOver(Complaints& all, std::string_view place, std::string_view where, std::optional<UtcTime> limit,
                         VerifyError code) const {
    if (limit && input_.now - input_.settings.skew >= *limit)
        all.push_back({timeError(code, where, *limit, input_.now - *limit), place, skip().time});
}

void Rules::checkAnswer(Complaints& all, std::string_view place, std::string_view where,
                        const std::optional<std::string>& seen) const {
    if (!input_.requestId || seen == input_.requestId) return;
    all.push_back({Error(VerifyError::WrongInResponseTo)
                       .with("where", std::string(where))
                       .with("seen", quoted(seen.value_or("")))
                       .with("expected", *input_.requestId),
                   place, false});
}

Rules::Complaints Rules::complaintsAbout(const Confirmation& confirmation) const {
    Complaints all;
    if (!confirmation.recipient || !input_.settings.acceptsAcs(*confirmation.recipient))
        all.push_back({Error(VerifyError::WrongRecipient)
                           .with("where", "SubjectConfirmationData/@Recipient")
                           .with("seen", quoted(confirmation.recipient.value_or(""))),
                       dataPlace, skip().recipient});
    checkAnswer(all, dataPlace, "SubjectConfirmationData/@InResponseTo", confirmation.inResponseTo);
    if (!confirmation.notOnOrAfter)
        all.push_back(
            {Error(VerifyError::MissingTime).with("where", "SubjectConfirmationData/@NotOnOrAfter"), dataPlace, skip().time});
    checkBegun(all, dataPlace, "SubjectConfirmationData/@NotBefore", confirmation.notBefore);
    checkNotOver(all, dataPlace, "SubjectConfirmationData/@NotOnOrAfter", confirmation.notOnOrAfter, VerifyError::Expired);
    return all;
}

// The first bearer confirmation that holds, or the complaints about the first one.
Confirmation Rules::chooseConfirmation() {
    const auto& all = input_.content.bearer;
    if (all.empty()) {
        const bool subject = input_.content.hasSubject;
        tell({{Error(VerifyError::NoSubjectConfirmation).with("where", subject ? "SubjectConfirmation" : "Subject"),
               subject ? subjectPlace : assertionPlace, false}});
        return {};
    }
    for (const Confirmation& one : all) {
        const Complaints complaints = complaintsAbout(one);
        if (std::any_of(complaints.begin(), complaints.end(), [](const Complaint& c) { return !c.skipped; })) continue;
        tell(complaints);
        return one;
    }
    tell(complaintsAbout(all.front()));
    return all.front();
}

void Rules::checkTimes() {
    const AssertionContent& content = input_.content;
    Complaints all;
    checkBegun(all, responsePlace, "Response/@IssueInstant", input_.head.issueInstant);
    checkBegun(all, assertionPlace, "Assertion/@IssueInstant", content.issueInstant);
    checkBegun(all, conditionsPlace, "Conditions/@NotBefore", content.notBefore);
    checkNotOver(all, conditionsPlace, "Conditions/@NotOnOrAfter", content.notOnOrAfter, VerifyError::Expired);
    checkNotOver(all, authnPlace, "AuthnStatement/@SessionNotOnOrAfter", content.sessionNotOnOrAfter, VerifyError::SessionOver);
    tell(all);
}

void Rules::noteOddities() {
    const AssertionContent& content = input_.content;
    if (content.bearer.size() > 1)
        findings_.note(rules::severalSubjectConfirmations, {{"seen", std::to_string(content.bearer.size())}, {"expected", "1"}},
                       confirmationPlace);
    // Some providers set it on responses that nobody asked for, so it only deserves a word.
    const auto answers = [&](const std::optional<std::string>& seen, std::string_view place) {
        if (!input_.requestId && seen) findings_.note(rules::unexpectedInResponseTo, {{"seen", quoted(*seen)}}, place);
    };
    answers(input_.head.inResponseTo, responsePlace);
    for (const Confirmation& one : content.bearer) answers(one.inResponseTo, dataPlace);
    if (content.oneTimeUse) findings_.note(rules::oneTimeUse, {}, "/Response/Assertion/Conditions/OneTimeUse");
    if (content.notOnOrAfter) {
        const auto lifetime = *content.notOnOrAfter - content.notBefore.value_or(content.issueInstant);
        if (lifetime > ordinaryLifetime)
            findings_.note(rules::longLifetime, {{"seen", secondsText(lifetime)}, {"expected", secondsText(ordinaryLifetime)}},
                           conditionsPlace);
    }
    const auto age = input_.now - content.issueInstant;
    if (age >= exchangeWindow)
        findings_.note(rules::exchangeWindowOver,
                       {{"instant", content.issueInstant.toRfc3339()},
                        {"now", input_.now.toRfc3339()},
                        {"offset", secondsText(age - exchangeWindow)}},
                       assertionPlace);
}

UtcTime Rules::limitOf(const Confirmation& confirmation) const {
    std::optional<UtcTime> limit = confirmation.notOnOrAfter;
    if (input_.content.notOnOrAfter)
        limit = limit ? std::min(*limit, *input_.content.notOnOrAfter) : *input_.content.notOnOrAfter;
    return limit.value_or(input_.content.issueInstant + exchangeWindow);
}

RuleOutcome Rules::apply() {
    checkIssuer();
    checkDestination();
    checkConditions();
    checkAudience();
    RuleOutcome outcome;
    outcome.confirmation = chooseConfirmation();
    Complaints answer;
    checkAnswer(answer, responsePlace, "Response/@InResponseTo", input_.head.inResponseTo);
    tell(answer);
    checkTimes();
    noteOddities();
    outcome.notOnOrAfter = limitOf(outcome.confirmation);
    return outcome;
}

void Rules::applyToHead() {
    constexpr std::string_view place = "/Response/Issuer";
    const ResponseHead& head = input_.head;
    const std::string& entityId = input_.provider.entityId;
    if (head.issuer && !entityId.empty() && *head.issuer != entityId)
        wrongIssuer(place, "Response/Issuer", *head.issuer, entityId);
    checkFormat(place, "Response/Issuer/@Format", head.issuerFormat.value_or(""));
    checkDestination();
    Complaints all;
    checkAnswer(all, responsePlace, "Response/@InResponseTo", head.inResponseTo);
    checkBegun(all, responsePlace, "Response/@IssueInstant", head.issueInstant);
    tell(all);
}

} // namespace

void applyHeadRules(const RuleInput& input, FindingList& findings) {
    Rules(input, findings).applyToHead();
}

RuleOutcome applyRules(const RuleInput& input, FindingList& findings) {
    return Rules(input, findings).apply();
}

} // namespace gw::saml
