#include "saml/inspect/inspection.h"

#include "saml/base/base64.h"
#include "saml/inspect/votes.h"
#include "saml/xml/namespaces.h"

#include <algorithm>
#include <array>

namespace gw::inspect {
namespace {

using saml::Finding;
using saml::Rule;
using saml::Severity;

constexpr std::size_t nearLimit = 90'000;
constexpr std::size_t stsLimit = 100'000;

std::string bounded(std::string_view text) {
    std::string out(text.substr(0, 200));
    std::replace_if(
        out.begin(), out.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; }, ' ');
    return out;
}

class Inspector {
public:
    Inspector(Inspection& out, const InspectOptions& options) : out_(out), options_(options) {}

    void run() {
        const std::string base64 = encodeBase64(out_.message.xml.reveal());
        out_.trustConfigured = options_.trust.has_value() && !options_.trust->signingKeys.empty();
        out_.tree = SourceTree::read(std::string(out_.message.xml.reveal()));
        out_.stated = readStated(out_.tree);
        KeyRing ring;
        if (options_.trust) ring.trusted = options_.trust->signingKeys;
        ring.remembered = options_.remembered;
        out_.signatures = reportSignatures(out_.tree, ring);
        castVotes(out_.tree, out_.signatures);
        out_.coverage = mapCoverage(out_.tree, out_.signatures, out_.stated);
        out_.attacks = recogniseAttacks(out_.tree, out_.signatures, out_.stated, out_.trustConfigured);
        out_.keys = examineKeys(out_.signatures, ring, options_.now);
        out_.clocks = examineClocks(out_.stated,
                                    {options_.now, out_.message.captured, out_.message.providerDate, options_.awsDate, options_.awsSeenAt});
        out_.provider = providerOf(out_.stated.issuer.empty() ? out_.stated.responseIssuer : out_.stated.issuer);
        examine(base64);
        adoptDecrypted();
        out_.shadow = readCarelessly(out_.tree, usableAssertion());
        forecast();
        collect();
    }

private:
    // The verifier's word. Where nobody said whom to believe, the certificate in the response stands in, and what comes out
    // is never called verified.
    void examine(const std::string& base64) {
        saml::TrustedProvider provider;
        if (options_.trust) provider = *options_.trust;
        if (!out_.trustConfigured)
            for (const SignatureReport& signature : out_.signatures)
                for (const saml::Certificate& one : signature.embedded)
                    if (provider.signingKeys.size() < 4) provider.signingKeys.push_back(one);
        saml::CapturedResponse captured;
        captured.base64 = Secret(base64);
        captured.acs = out_.message.url;
        captured.capturedAt = options_.now;
        captured.source = saml::CaptureSource::Pasted;
        captured.requestId = options_.requestId;
        if (!isAcs(captured.acs)) captured.acs.clear();
        saml::Examination examination = saml::AssertionVerifier(options_.settings).examine(captured, provider, options_.now, nullptr);
        out_.findings = std::move(examination.findings);
        out_.signedPart = examination.signedPart;
        if (out_.trustConfigured && examination.accepted) {
            out_.verdict = Verdict::Accepted;
            out_.accepted = std::move(examination.accepted);
        } else if (examination.accepted) {
            out_.verdict = Verdict::Consistent;
        }
    }

    // The tree shows the ciphertext; what it says is known from the verifier alone.
    void adoptDecrypted() {
        StatedClaims& stated = out_.stated;
        if (!out_.accepted || stated.assertion != noNode || stated.encryptedAssertions.empty()) return;
        const saml::VerifiedAssertion& assertion = *out_.accepted;
        stated.decrypted = true;
        stated.assertionId = assertion.id();
        stated.issuer = assertion.issuer();
        stated.nameId = assertion.nameId().value;
        stated.nameIdFormat = assertion.nameId().format;
        stated.recipient = assertion.recipient();
        stated.audiences = assertion.audiences();
        stated.issueInstant = assertion.issueInstant();
        stated.notOnOrAfter = assertion.notOnOrAfter();
        stated.sessionNotOnOrAfter = assertion.sessionNotOnOrAfter();
        stated.authnInstant = assertion.authnInstant();
        stated.hasSubject = true;
        stated.hasAuthnStatement = assertion.authnInstant().has_value();
        stated.aws = aws::readClaims(assertion);
    }

    static bool isAcs(const std::string& url) { return url.ends_with("/saml") || url.find("/saml/acs/") != std::string::npos; }

    // The assertion whose octets are covered by a signature that holds, where a reader by position would also find it.
    [[nodiscard]] NodeIndex usableAssertion() const {
        if (out_.verdict == Verdict::Rejected && out_.stated.assertions.size() != 1) return noNode;
        const NodeIndex assertion = out_.stated.assertion;
        for (const SignatureReport& signature : out_.signatures)
            if (signature.holdsSomehow() && out_.tree.within(assertion, signature.target())) return assertion;
        return noNode;
    }

    void forecast() {
        ForecastInput input;
        input.now = options_.now;
        input.base64Size = out_.message.base64Size;
        input.readable = std::none_of(out_.findings.begin(), out_.findings.end(), [](const Finding& one) {
            return one.rule->id == "not-base64" || one.rule->id == "not-xml" || one.rule->id == "not-utf8" || one.rule->id == "not-a-response";
        });
        const bool anyHolds = std::any_of(out_.signatures.begin(), out_.signatures.end(), [&](const SignatureReport& one) { return one.holdsSomehow(); });
        // Without a certificate in the response nothing can be said, so the doubt goes in its favour.
        const bool unknowable = !out_.signatures.empty() && std::all_of(out_.signatures.begin(), out_.signatures.end(), [](const SignatureReport& one) {
            return one.keys.empty() && one.digestsHold();
        });
        input.signedWell = anyHolds || unknowable || out_.stated.decrypted;
        if (out_.trustConfigured) {
            input.keyKnown = out_.stated.decrypted || std::any_of(out_.signatures.begin(), out_.signatures.end(), [](const SignatureReport& one) { return one.holdsTrusted(); });
            if (!options_.trust->entityId.empty()) input.providerIssuer = options_.trust->entityId;
        }
        input.requestedDuration = options_.requestedDuration;
        input.roleMaximum = options_.roleMaximum;
        out_.aws = forecastAws(out_.stated, input);
    }

    Finding& add(const Rule& rule, NodeIndex at = noNode, std::vector<Fact> facts = {}) {
        Finding& made = added_.emplace_back();
        made.rule = &rule;
        made.severity = rule.severity;
        made.facts = std::move(facts);
        if (at != noNode) {
            made.where = out_.tree.path(at);
            made.line = out_.tree.lineOf(at);
        }
        return made;
    }

    void collect() {
        for (const RecognisedAttack& attack : out_.attacks) {
            std::vector<Fact> facts;
            if (!attack.seen.empty()) facts.push_back({"seen", attack.seen});
            if (attack.evil != noNode) facts.push_back({"evil_line", std::to_string(out_.tree.lineOf(attack.evil))});
            if (attack.original != noNode) facts.push_back({"original_line", std::to_string(out_.tree.lineOf(attack.original))});
            add(ruleOf(attack.attack), attack.node, std::move(facts));
        }
        if (const auto& choice = out_.message.choice)
            add(rules::ambiguousForm, noNode,
                {{"name", choice->field}, {"number", std::to_string(choice->number)}, {"seen", std::to_string(choice->of)}});
        signatureFindings();
        claimNotes();
        keyFindings();
        contentFindings();
        // Rules of the gate come from the verifier; what is recognised here goes behind its word of the same gravity.
        out_.findings.insert(out_.findings.end(), std::make_move_iterator(added_.begin()), std::make_move_iterator(added_.end()));
        std::stable_sort(out_.findings.begin(), out_.findings.end(),
                         [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
        if (decisiveExists()) {
            out_.verdict = Verdict::Rejected;
            out_.accepted.reset();
        }
    }

    [[nodiscard]] bool decisiveExists() const { return out_.decisive() != nullptr; }

    void signatureFindings() {
        for (SignatureReport& signature : out_.signatures) {
            for (const ReferenceReport& reference : signature.references) {
                if (reference.computed.empty() || reference.holds) continue;
                add(rules::digestMismatch, reference.node, {{"seen", reference.computed}, {"expected", reference.stated}});
                if (reference.repair == Repair::None) continue;
                constexpr std::array<std::string_view, 7> names{"", "blank-text", "trimmed", "lines", "carriage-returns", "method", "signature"};
                std::vector<Fact> facts{{"repair", std::string(names[static_cast<std::size_t>(reference.repair)])}};
                if (reference.firstDifference)
                    facts.push_back({"first_line", std::to_string(out_.tree.line(*reference.firstDifference))});
                add(rules::reformatted, reference.node, std::move(facts));
            }
        }
    }

    void claimNotes() {
        bool told = false;
        for (const StatedValue& value : out_.stated.everywhere) {
            const CoverageRun* run = out_.coverage.at(value.range.begin);
            if (told || run == nullptr || run->kind != ByteKind::Posing || out_.coverage.best < Standing::Consistent) continue;
            if (value.name != "NameID" && !value.name.starts_with(aws::attributePrefix)) continue;
            told = true;
            add(rules::unsignedClaim, value.element, {{"seen", bounded(value.value)}, {"name", bounded(value.name)}});
        }
        if (out_.shadow.misled && out_.verdict == Verdict::Rejected && (out_.coverage.best >= Standing::Consistent || out_.shadow.truncated)) {
            std::vector<Fact> facts;
            if (!out_.shadow.nameId.empty()) facts.push_back({"name_id", bounded(out_.shadow.nameId)});
            if (!out_.shadow.roles.empty()) facts.push_back({"seen", bounded(out_.shadow.roles.front())});
            add(rules::carelessReader, out_.shadow.roleElement != noNode ? out_.shadow.roleElement : out_.shadow.nameIdElement, std::move(facts));
        }
    }

    void keyFindings() {
        const auto place = out_.signatures.empty() ? noNode : out_.signatures.front().node;
        if (!out_.trustConfigured && !out_.signatures.empty()) {
            Finding& made = add(rules::trustNotChecked, place);
            if (out_.keys.signedBy) made.facts.push_back({"seen", out_.keys.signedBy->fingerprint()});
        }
        if (out_.keys.signedBy && out_.keys.finding != KeyFinding::Altered && out_.keys.finding != KeyFinding::ContentAltered)
            add(rules::signingKey, place,
                {{"fingerprint", out_.keys.signedBy->fingerprint()},
                 {"seen", out_.keys.signedBy->keyDescription()},
                 {"subject", bounded(out_.keys.signedBy->subject())},
                 {"instant", out_.keys.signedBy->notAfter().toRfc3339()}});
        if (out_.keys.finding == KeyFinding::Rotated || out_.keys.finding == KeyFinding::Remembered) {
            std::vector<Fact> facts{{"seen", out_.keys.signedBy->fingerprint()}, {"subject", bounded(out_.keys.signedBy->subject())}};
            if (out_.keys.counterpart) {
                facts.push_back({"expected", out_.keys.counterpart->fingerprint()});
                facts.push_back({"instant", out_.keys.counterpart->notAfter().toRfc3339()});
            }
            add(rules::keyRotated, place, std::move(facts));
        }
    }

    void contentFindings() {
        for (Finding& one : claimFindings(out_.stated.aws)) {
            if (out_.stated.assertion == noNode) break;
            one.line = out_.tree.lineOf(out_.stated.assertion);
            added_.push_back(std::move(one));
        }
        constexpr std::string_view formats = "urn:oasis:names:tc:SAML:";
        const std::string& format = out_.stated.nameIdFormat;
        static constexpr std::array<std::string_view, 8> known{"persistent", "transient", "emailAddress", "unspecified", "X509SubjectName",
                                                               "WindowsDomainQualifiedName", "kerberos", "entity"};
        const NodeIndex subject = out_.tree.child(out_.stated.assertion, xml::ns::assertion, "Subject");
        if (!format.empty()) {
            const bool taken = format.starts_with(formats) && std::any_of(known.begin(), known.end(), [&](std::string_view one) {
                                   return format.ends_with(one);
                               });
            if (!taken)
                add(rules::nameIdFormatUnknown, subject, {{"seen", bounded(format)}});
            else if (!format.ends_with("persistent"))
                add(rules::nameIdNotPersistent, subject, {{"seen", bounded(format)}});
        }
        if (out_.message.base64Size > nearLimit && out_.message.base64Size <= stsLimit)
            add(rules::nearSizeLimit, noNode, {{"seen", std::to_string(out_.message.base64Size)}, {"expected", std::to_string(stsLimit)}});
        if (out_.stated.assertions.empty() && !out_.stated.encryptedAssertions.empty())
            add(rules::encryptedForAws, out_.stated.encryptedAssertions.front());
        if (!out_.tree.problems().empty()) {
            Finding& made = add(rules::malformedXml);
            made.line = out_.tree.line(out_.tree.problems().front().offset);
        }
        const ClockFinding clock = out_.clocks.finding;
        if (clock == ClockFinding::ProviderAhead || clock == ClockFinding::ProviderBehind || clock == ClockFinding::ThisComputer) {
            const auto by = clock == ClockFinding::ThisComputer ? out_.clocks.aws : out_.clocks.provider;
            add(rules::clockSkew, noNode,
                {{"who", clock == ClockFinding::ThisComputer ? "computer" : "provider"},
                 {"offset", std::to_string(std::abs(by.value_or(std::chrono::seconds(0)).count()))},
                 {"direction", by && by->count() < 0 ? "behind" : "ahead"}});
        }
        if (!out_.message.url.empty() && !out_.stated.destination.empty() && isAcs(out_.message.url) &&
            out_.message.url != out_.stated.destination)
            add(rules::acsMismatch, out_.stated.response, {{"seen", bounded(out_.message.url)}, {"expected", bounded(out_.stated.destination)}});
    }

    Inspection& out_;
    const InspectOptions& options_;
    std::vector<Finding> added_;
};

} // namespace

const Finding* Inspection::decisive() const {
    return !findings.empty() && findings.front().severity == Severity::Fatal ? &findings.front() : nullptr;
}

Inspection inspect(FoundMessage message, const InspectOptions& options) {
    Inspection out;
    out.message = std::move(message);
    Inspector(out, options).run();
    return out;
}

} // namespace gw::inspect
