#include "app/gatewardenctl/saml_inspect_json.h"

#include "app/gatewardenctl/saml_text.h"
#include "saml/inspect/attacks.h"
#include "ui/errors/finding_texts.h"

namespace gw::ctl {
namespace {

using inspect::Inspection;

void writeExplained(JsonWriter& json, const std::vector<saml::Finding>& findings, inspect::ProviderKind provider) {
    json.key("findings").beginArray();
    for (const saml::Finding& one : findings) {
        const ui::FindingText text = ui::explainFinding(one, provider);
        json.beginObject()
            .member("id", one.rule->id)
            .member("severity", severityName(one.severity))
            .member("clause", one.rule->clause)
            .member("message", ui::findingMessage(one).toStdString())
            .member("where", one.where);
        if (one.line > 0)
            json.key("line").number(one.line);
        else
            json.key("line").null();
        json.memberOrNull("seen", one.fact("seen")).memberOrNull("expected", one.fact("expected")).memberOrNull("fix", text.fix.toStdString()).endObject();
    }
    json.endArray();
}

void writeCertificate(JsonWriter& json, const saml::Certificate& certificate) {
    json.member("fingerprint", certificate.fingerprint())
        .member("subject", certificate.subject())
        .member("key", certificate.keyDescription())
        .member("not_before", std::optional(certificate.notBefore()))
        .member("not_after", std::optional(certificate.notAfter()));
}

void writeBits(JsonWriter& json, std::uint8_t covers) {
    json.key("by").beginArray();
    if ((covers & inspect::byResponse) != 0) json.string("response");
    if ((covers & inspect::byAssertion) != 0) json.string("assertion");
    if ((covers & inspect::byOther) != 0) json.string("other");
    json.endArray();
}

void writeCoverage(JsonWriter& json, const inspect::Coverage& coverage) {
    static constexpr std::string_view kinds[] = {"plain", "claim", "posing", "removed"};
    json.key("coverage").beginObject().count("total", coverage.total).count("covered", coverage.covered).count("verified", coverage.verified);
    json.member("standing", standingName(coverage.best)).key("runs").beginArray();
    for (const inspect::CoverageRun& run : coverage.runs) {
        json.beginObject().count("begin", run.range.begin).count("end", run.range.end);
        writeBits(json, run.covers);
        json.member("standing", standingName(run.standing)).member("kind", kinds[static_cast<std::size_t>(run.kind)]).endObject();
    }
    json.endArray().endObject();
}

void writeStructure(JsonWriter& json, const Inspection& inspection) {
    const inspect::SourceTree& tree = inspection.tree;
    json.key("structure").beginArray();
    std::size_t shown = 0;
    for (inspect::NodeIndex at = 0; at < tree.nodes().size() && shown < 5000; ++at) {
        const inspect::SourceNode& node = tree.node(at);
        if (node.kind != inspect::NodeKind::Element) continue;
        ++shown;
        const inspect::CoverageRun* run = inspection.coverage.at(node.startTag.begin);
        json.beginObject().member("name", tree.text(node.name)).key("depth").number(node.depth).key("line").number(tree.lineOf(at));
        json.count("begin", node.whole.begin).count("end", node.whole.end);
        json.memberOrNull("id", tree.attribute(at, "ID").value_or(""));
        writeBits(json, run == nullptr ? std::uint8_t{0} : run->covers);
        json.member("standing", standingName(run == nullptr ? inspect::Standing::None : run->standing)).endObject();
    }
    json.endArray();
}

void writeSignatures(JsonWriter& json, const Inspection& inspection) {
    json.key("signatures").beginArray();
    for (const inspect::SignatureReport& signature : inspection.signatures) {
        json.beginObject().member("where", inspection.tree.path(signature.node)).key("line").number(inspection.tree.lineOf(signature.node));
        json.member("method", signature.method).member("canonicalization", signature.canonicalization);
        json.key("checked").boolean(signature.checked).key("holds").boolean(signature.holdsSomehow()).key("trusted").boolean(signature.holdsTrusted());
        json.key("references").beginArray();
        for (const inspect::ReferenceReport& reference : signature.references) {
            json.beginObject().member("uri", reference.uri);
            json.memberOrNull("target", reference.target() == inspect::noNode ? "" : inspection.tree.path(reference.target()));
            json.count("targets", reference.targets.size()).member("transforms", reference.transforms).member("digest_method", reference.digestMethod);
            json.member("digest_stated", reference.stated).memberOrNull("digest_computed", reference.computed);
            json.key("holds").boolean(reference.holds).memberOrNull("holds_when_undone", repairName(reference.repair)).endObject();
        }
        json.endArray().key("keys").beginArray();
        for (const inspect::TriedKey& key : signature.keys) {
            json.beginObject().member("origin", originName(key.origin)).key("holds").boolean(key.holds);
            writeCertificate(json, key.certificate);
            json.endObject();
        }
        json.endArray().key("verifiers").beginArray();
        for (const inspect::Vote& vote : signature.votes)
            json.beginObject()
                .member("name", vote.verifier)
                .member("says", voteName(vote.state))
                .memberOrNull("reason", vote.reason ? vote.reason->code().id() : std::string())
                .endObject();
        json.endArray().endObject();
    }
    json.endArray();
}

void writeAttacks(JsonWriter& json, const Inspection& inspection) {
    json.key("attacks").beginArray();
    for (const inspect::RecognisedAttack& attack : inspection.attacks) {
        json.beginObject().member("name", inspect::attackName(attack.attack));
        json.member("where", attack.node == inspect::noNode ? std::string() : inspection.tree.path(attack.node));
        json.memberOrNull("seen", attack.seen).endObject();
    }
    json.endArray().key("careless_reader").beginObject().key("misled").boolean(inspection.shadow.misled);
    json.memberOrNull("name_id", inspection.shadow.nameId).memberOrNull("issuer", inspection.shadow.issuer).member("roles", inspection.shadow.roles);
    json.endObject();
}

void writeSeconds(JsonWriter& json, std::string_view name, std::optional<std::chrono::seconds> value) {
    json.key(name);
    if (value)
        json.number(value->count());
    else
        json.null();
}

void writeKeysAndClock(JsonWriter& json, const Inspection& inspection) {
    json.key("signing_key").beginObject().member("finding", keyFindingName(inspection.keys.finding));
    if (inspection.keys.signedBy) writeCertificate(json, *inspection.keys.signedBy);
    json.memberOrNull("replaces", inspection.keys.counterpart ? inspection.keys.counterpart->fingerprint() : std::string()).endObject();
    json.key("clock").beginObject().member("finding", clockFindingName(inspection.clocks.finding));
    writeSeconds(json, "provider_offset", inspection.clocks.provider);
    writeSeconds(json, "aws_offset", inspection.clocks.aws);
    writeSeconds(json, "age", inspection.clocks.age);
    writeSeconds(json, "left_for_exchange", inspection.clocks.leftForExchange);
    json.endObject();
}

void writeAnswer(JsonWriter& json, const inspect::AwsAnswer& answer) {
    json.member("answer", answer.accepted ? "accepted" : "refused").key("status").number(answer.status);
    json.memberOrNull("code", answer.code).memberOrNull("message", answer.message);
    json.member("confidence", answer.confidence == inspect::Confidence::Certain ? "certain" : "likely");
}

void writeAws(JsonWriter& json, const inspect::AwsForecast& forecast) {
    json.key("aws").beginObject();
    writeAnswer(json, forecast.overall);
    json.key("roles").beginArray();
    for (const inspect::RoleForecast& role : forecast.roles) {
        json.beginObject().member("role", role.pair ? role.pair->role.value() : role.value);
        json.memberOrNull("provider", role.pair ? role.pair->provider.value() : std::string());
        writeAnswer(json, role.answer);
        json.endObject();
    }
    json.endArray().count("size", forecast.size).count("size_limit", forecast.sizeLimit);
    json.key("session").beginObject().key("seconds").number(forecast.session.length.count()).member("decided_by", limitName(forecast.session.decidedBy));
    json.key("compared").beginArray();
    for (const auto& part : forecast.session.parts)
        json.beginObject().member("limit", limitName(part.limit)).key("seconds").number(part.seconds.count()).endObject();
    json.endArray().endObject();
    json.key("trust_policy").beginObject().member("actions", forecast.trust.actions).member("saml_aud", forecast.trust.audience);
    json.member("statement", forecast.trust.statement).endObject().endObject();
}

void writeStated(JsonWriter& json, const inspect::StatedClaims& stated) {
    json.key("stated").beginObject().memberOrNull("issuer", stated.issuer.empty() ? stated.responseIssuer : stated.issuer);
    json.memberOrNull("status", stated.status).memberOrNull("destination", stated.destination).memberOrNull("recipient", stated.recipient);
    json.member("audiences", stated.audiences).memberOrNull("assertion_id", stated.assertionId).memberOrNull("name_id", stated.nameId);
    json.memberOrNull("name_id_format", stated.nameIdFormat).member("issue_instant", stated.issueInstant).member("not_before", stated.notBefore);
    json.member("not_on_or_after", stated.notOnOrAfter).member("session_not_on_or_after", stated.sessionNotOnOrAfter);
    json.key("encrypted").boolean(!stated.encryptedAssertions.empty()).key("attributes").beginArray();
    for (const inspect::StatedAttribute& attribute : stated.attributes) {
        json.beginObject().member("name", attribute.name).key("values").beginArray();
        for (const inspect::StatedValue& value : attribute.values) json.string(value.value);
        json.endArray().endObject();
    }
    json.endArray().endObject();
}

} // namespace

void writeInspection(JsonWriter& json, const Inspection& inspection) {
    json.beginObject().member("kind", "response").member("wrapping", wrappingName(inspection.message.wrapping));
    json.key("deflated").boolean(inspection.message.deflated).count("base64_size", inspection.message.base64Size);
    json.count("xml_size", inspection.tree.text().size()).memberOrNull("url", inspection.message.url);
    json.member("verdict", verdictName(inspection.verdict)).key("trust_checked").boolean(inspection.trustConfigured);
    const saml::Finding* decisive = inspection.decisive();
    json.memberOrNull("reason", decisive == nullptr ? std::string_view() : decisive->rule->id);
    writeExplained(json, inspection.findings, inspection.provider);
    writeAttacks(json, inspection);
    writeStated(json, inspection.stated);
    writeSignatures(json, inspection);
    writeKeysAndClock(json, inspection);
    writeAws(json, inspection.aws);
    writeCoverage(json, inspection.coverage);
    writeStructure(json, inspection);
    json.endObject();
}

void writeMetadata(JsonWriter& json, const inspect::MetadataReport& report) {
    json.beginObject().member("kind", "metadata").count("entity_count", report.entityCount).key("signed").boolean(report.isSigned);
    json.key("entities").beginArray();
    for (const inspect::MetadataEntity& entity : report.entities) {
        json.beginObject().member("entity_id", entity.entityId).key("identity_provider").boolean(entity.identityProvider);
        json.key("service_provider").boolean(entity.serviceProvider).member("valid_until", entity.validUntil);
        json.key("want_authn_requests_signed").boolean(entity.wantAuthnRequestsSigned);
        json.key("want_assertions_signed").boolean(entity.wantAssertionsSigned).member("name_id_formats", entity.nameIdFormats);
        json.key("endpoints").beginArray();
        for (const inspect::MetadataEndpoint& one : entity.endpoints)
            json.beginObject().member("service", one.service).member("binding", one.binding).member("location", one.location).endObject();
        json.endArray().key("keys").beginArray();
        for (const inspect::MetadataKey& key : entity.keys) {
            json.beginObject().memberOrNull("use", key.use).key("line").number(key.line);
            if (key.certificate) writeCertificate(json, *key.certificate);
            json.endObject();
        }
        json.endArray().endObject();
    }
    json.endArray().key("calendar").beginArray();
    for (const inspect::KeyEnd& end : report.calendar) {
        json.beginObject().member("entity_id", end.entityId).memberOrNull("use", end.use).member("fingerprint", end.fingerprint);
        json.member("not_after", std::optional(end.notAfter)).key("only_signing_key").boolean(end.onlySigningKey).endObject();
    }
    json.endArray();
    writeExplained(json, report.findings, report.entities.size() == 1 ? report.entities.front().provider : inspect::ProviderKind::Unknown);
    json.endObject();
}

} // namespace gw::ctl
