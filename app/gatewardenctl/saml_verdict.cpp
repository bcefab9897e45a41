#include "app/gatewardenctl/saml_verdict.h"

#include "saml/aws/claims.h"
#include "saml/inspect/inspect_rules.h"
#include "ui/errors/finding_texts.h"

#include <algorithm>

namespace gw::ctl {
namespace {

void writeAws(JsonWriter& json, const aws::Claims& claims) {
    json.key("aws").beginObject().key("roles").beginArray();
    for (const aws::RolePair& pair : claims.roles)
        json.beginObject().member("role", pair.role.value()).member("provider", pair.provider.value()).endObject();
    json.endArray().memberOrNull("session_name", claims.roleSessionName);
    if (claims.sessionDuration)
        json.key("session_duration").number(claims.sessionDuration->count());
    else
        json.key("session_duration").null();
    json.memberOrNull("source_identity", claims.sourceIdentity).key("tags").beginObject();
    for (const auto& [name, value] : claims.principalTags) json.member(name, value);
    json.endObject().member("transitive_tags", claims.transitiveTagKeys).endObject();
}

void writeClaims(JsonWriter& json, const saml::VerifiedAssertion& assertion) {
    json.member("issuer", assertion.issuer())
        .member("assertion_id", assertion.id())
        .member("name_id", assertion.nameId().value)
        .member("name_id_format", assertion.nameId().format)
        .member("audiences", assertion.audiences())
        .member("recipient", assertion.recipient())
        .member("not_on_or_after", std::optional(assertion.notOnOrAfter()))
        .member("session_not_on_or_after", assertion.sessionNotOnOrAfter())
        .member("authn_instant", assertion.authnInstant());
    json.key("attributes").beginArray();
    for (const saml::Attribute& attribute : assertion.attributes())
        json.beginObject().member("name", attribute.name).member("values", attribute.values).endObject();
    json.endArray();
    writeAws(json, aws::readClaims(assertion));
}

} // namespace

Verdict verdictOf(saml::Examination examination) {
    Verdict out{std::move(examination.accepted), std::move(examination.findings), examination.signedPart};
    if (out.accepted) {
        auto claims = inspect::claimFindings(aws::readClaims(*out.accepted));
        out.findings.insert(out.findings.end(), std::make_move_iterator(claims.begin()), std::make_move_iterator(claims.end()));
        std::stable_sort(out.findings.begin(), out.findings.end(),
                         [](const saml::Finding& a, const saml::Finding& b) { return a.severity > b.severity; });
    }
    return out;
}

Verdict refusal(const saml::Rule& rule, std::vector<Fact> facts) {
    Verdict out;
    saml::Finding& finding = out.findings.emplace_back();
    finding.rule = &rule;
    finding.severity = saml::Severity::Fatal;
    finding.facts = std::move(facts);
    return out;
}

std::string_view severityName(saml::Severity severity) {
    switch (severity) {
    case saml::Severity::Fatal:
        return "fatal";
    case saml::Severity::Error:
        return "error";
    case saml::Severity::Warning:
        return "warning";
    case saml::Severity::Info:
        break;
    }
    return "info";
}

std::string_view signedName(std::optional<saml::SignedPart> part) {
    if (!part) return "none";
    return *part == saml::SignedPart::Response ? "response" : *part == saml::SignedPart::Assertion ? "assertion" : "both";
}

void writeFindings(JsonWriter& json, const std::vector<saml::Finding>& findings) {
    json.key("findings").beginArray();
    for (const saml::Finding& one : findings)
        json.beginObject()
            .member("id", one.rule->id)
            .member("severity", severityName(one.severity))
            .member("clause", one.rule->clause)
            .member("message", ui::findingMessage(one).toStdString())
            .member("where", one.where)
            .endObject();
    json.endArray();
}

void writeVerdict(JsonWriter& json, std::string_view id, const Verdict& verdict) {
    const bool rejected = !verdict.accepted;
    json.beginObject().key("id").raw(id).member("verdict", rejected ? "rejected" : "accepted");
    json.memberOrNull("reason", rejected && !verdict.findings.empty() ? verdict.findings.front().rule->id : std::string_view());
    writeFindings(json, verdict.findings);
    json.member("signed", signedName(verdict.signedPart));
    if (verdict.accepted) writeClaims(json, *verdict.accepted);
    json.endObject();
}

} // namespace gw::ctl
