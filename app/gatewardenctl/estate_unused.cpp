#include "app/gatewardenctl/catalogue_file.h"
#include "app/gatewardenctl/estate_input.h"
#include "app/gatewardenctl/joined.h"
#include "saml/base/json_writer.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/reach_commands.h"
#include "app/gatewardenctl/saml_trust.h"
#include "models/estate/unused/report.h"
#include "saml/base/json.h"

namespace gw::ctl {
namespace {

using estate::UnusedReport;
using estate::UnusedRole;

void evidence(JsonWriter& json, const std::vector<estate::Evidence>& all) {
    json.key("evidence").beginArray();
    for (const estate::Evidence& each : all)
        json.beginObject()
            .member("source", estate::evidenceSourceName(each.source))
            .member("from", each.from)
            .member("until", each.until)
            .endObject();
    json.endArray();
}

void proposal(JsonWriter& json, const estate::Tightening& tightening) {
    json.beginObject().key("policies").beginArray();
    for (const estate::TighterPolicy& each : tightening.policies) {
        json.beginObject().member("policy", each.document->id()).member("removed", each.removed).key("document");
        if (each.text.empty())
            json.null();
        else
            json.raw(parseJson(each.text)->dump());
        writeWhere(json, each.document->source);
        json.endObject();
    }
    json.endArray().count("uses_tried", tightening.usesTried).key("covers_use").boolean(tightening.coversUse);
    json.key("nothing_new").boolean(tightening.givesNothingNew).key("exhaustive").boolean(tightening.exhaustive).endObject();
}

std::string unusedJson(const UnusedReport& report) {
    JsonWriter json;
    for (const UnusedRole& each : report.roles) {
        json.beginObject().member("role", each.role->arn).member("last_used", each.activity.last);
        json.key("stale").boolean(each.isStale).member("unused_since", each.activity.unusedSince());
        evidence(json, each.activity.evidence);
        json.member("unused_services", each.use.unusedServices).member("used_actions", each.use.usedActions).key("proposal");
        if (each.tightening)
            proposal(json, *each.tightening);
        else
            json.null();
        writeWhere(json, each.role->source);
        json.endObject().endLine();
    }
    json.beginObject()
        .key("summary")
        .beginObject()
        .count("roles", report.looked)
        .count("unused", report.roles.size())
        .count("without_evidence", report.untold.size());
    json.endObject().endObject().endLine();
    return std::move(json.text());
}

std::string unusedText(const UnusedReport& report) {
    std::string text;
    for (const UnusedRole& each : report.roles) {
        std::vector<std::string> sources;
        for (const estate::Evidence& one : each.activity.evidence) {
            std::string source(estate::evidenceSourceName(one.source));
            if (one.from && one.until) source += " from " + one.from->toRfc3339() + " to " + one.until->toRfc3339();
            sources.push_back(std::move(source));
        }
        text += columns({{each.role->arn}});
        const auto since = each.activity.unusedSince();
        if (each.isStale && since) text += "  not used since " + since->toRfc3339() + "\n";
        if (!each.use.unusedServices.empty()) text += columns({{"  services not used: " + joined(each.use.unusedServices)}});
        text += "  evidence: " + joined(sources) + "\n";
        if (!each.tightening) continue;
        for (const estate::TighterPolicy& one : each.tightening->policies) {
            text += columns({{"  in place of " + one.document->id() + (one.text.empty() ? ": nothing" : ":")}});
            if (!one.text.empty()) text += one.text + "\n";
        }
        text += "  tried: " + std::to_string(each.tightening->usesTried) +
                " uses are allowed as before, and nothing new is allowed" +
                (each.tightening->exhaustive ? ".\n" : ", as far as examples tell.\n");
    }
    return text + (text.empty() ? "" : "\n") + std::to_string(report.roles.size()) + " of " + std::to_string(report.looked) +
           " roles have something that nobody uses; of " + std::to_string(report.untold.size()) + " nothing tells.\n";
}

} // namespace

int runEstateUnused(const Invocation& invocation) {
    const auto now = timeFromOptions(invocation);
    if (!now) return usage;
    const CatalogueFile file = loadCatalogue(invocation);
    if (file.refused) return usage;
    const EstateInput input = readEstate(invocation.arguments);
    if (input.estate == nullptr) return usage;
    const std::string_view only = invocation.value("--role");
    if (!only.empty() && input.estate->role(only) == nullptr) {
        complain("gatewardenctl: the estate has no role " + std::string(only));
        return usage;
    }
    estate::UnusedLimits limits;
    limits.only = only;
    const UnusedReport report = estate::unusedIn(*input.estate, {false, *now, file.catalogue.get()}, limits);
    if (!print(invocation.json() ? unusedJson(report) : unusedText(report))) return usage;
    if (input.faulty) return usage;
    return report.roles.empty() ? done : no;
}

} // namespace gw::ctl
