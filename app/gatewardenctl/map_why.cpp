#include "app/gatewardenctl/estate_input.h"
#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/joined.h"
#include "app/gatewardenctl/map_commands.h"
#include "app/gatewardenctl/map_input.h"
#include "app/gatewardenctl/map_words.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/printable.h"
#include "app/gatewardenctl/saml_trust.h"
#include "models/mesh/why/denial.h"
#include "models/mesh/why/why.h"
#include "saml/base/json_writer.h"

namespace gw::ctl {
namespace {

using mesh::LayerSays;
using mesh::MapEdit;
using mesh::WhyLayer;
using mesh::WhyVoice;
using policy::Decision;

constexpr std::size_t maxPasted = std::size_t{1} << 20U;

// What a pasted denial tells besides its question.
struct Said {
    std::vector<std::string> named;
    std::string policy;
};

std::string_view words(WhyLayer layer) {
    switch (layer) {
    case WhyLayer::Assignment:
        return "groups of the provider";
    case WhyLayer::Trust:
        return "trust policy";
    case WhyLayer::Identity:
        return "permission policies";
    case WhyLayer::Boundary:
        return "permissions boundary";
    case WhyLayer::Scp:
        return "service control policies";
    case WhyLayer::Rcp:
        return "resource control policies";
    case WhyLayer::Session:
        return "session policy";
    case WhyLayer::Endpoint:
        return "VPC endpoint policy";
    case WhyLayer::Resource:
        return "resource policy";
    case WhyLayer::Network:
        return "service network policy";
    case WhyLayer::RouteAuthorization:
        return "route authorization";
    case WhyLayer::Envoy:
        return "Envoy RBAC";
    case WhyLayer::Istio:
        break;
    }
    return "Istio policies";
}

std::string_view words(const LayerSays& says) {
    switch (says.voice) {
    case WhyVoice::Silent:
        return says.stops ? "STOPS IT: does not allow" : "says nothing";
    case WhyVoice::Allows:
        return says.stops ? "STOPS IT: allows, which is not enough" : "allows";
    case WhyVoice::Denies:
        return "STOPS IT: denies";
    case WhyVoice::Depends:
        break;
    }
    return "depends";
}

std::string_view words(Decision decision) {
    switch (decision) {
    case Decision::Allowed:
        return "allowed";
    case Decision::Depends:
        return "depends";
    case Decision::ImplicitlyDenied:
    case Decision::ExplicitlyDenied:
        break;
    }
    return "denied";
}

std::string words(const MapEdit& edit) {
    const std::string in = " in " + edit.edge.value();
    switch (edit.kind) {
    case MapEdit::Kind::AddWho:
    case MapEdit::Kind::AddMay:
    case MapEdit::Kind::AddPath:
    case MapEdit::Kind::AddOn:
        return "add \"" + edit.value + "\" to " + edit.key + in;
    case MapEdit::Kind::Renew:
        return "give " + edit.edge.value() + " another end: it has expired";
    case MapEdit::Kind::Accept:
        return "accept \"" + edit.value + "\"" + in;
    case MapEdit::Kind::NarrowDenial:
        return "take \"" + edit.value + "\" out of " + edit.key + in + ", which denies it";
    case MapEdit::Kind::RemoveDenial:
        return "remove " + edit.edge.value() + ", which denies it";
    case MapEdit::Kind::NewEdge:
        break;
    }
    return "add an edge:\n" + edit.value;
}

std::vector<std::string> strings(const std::vector<mesh::EdgeId>& edges) {
    return edgeNames(edges);
}

void write(JsonWriter& json, std::string_view name, std::optional<Decision> decision) {
    if (decision)
        json.member(name, policy::decisionName(*decision));
    else
        json.key(name).null();
}

void write(JsonWriter& json, const mesh::WayStep& step) {
    json.beginObject().member("kind", mesh::nodeKindName(step.kind)).member("id", step.id).member("name", step.name).endObject();
}

void write(JsonWriter& json, const mesh::Hop& hop) {
    json.beginObject().member("principal", hop.principal).member("action", hop.action).member("resource", hop.resource);
    write(json, "decision", hop.decision);
    write(json, "today", hop.today);
    json.member("depends_on", hop.dependsOn).key("layers").beginArray();
    for (const LayerSays& says : hop.layers) {
        json.beginObject().member("layer", mesh::whyLayerName(says.layer)).member("from", says.compiled ? "map" : "estate");
        json.member("voice", mesh::whyVoiceName(says.voice))
            .key("stops")
            .boolean(says.stops)
            .member("edges", strings(says.edges));
        json.memberOrNull("document", says.document)
            .memberOrNull("statement", says.statement)
            .member("cannot_hold", says.lost)
            .endObject();
    }
    json.endArray().endObject();
}

std::string whyJson(const mesh::Why& why, const Said& said, const estate::Estate* estate) {
    JsonWriter json;
    json.beginObject().key("who");
    write(json, why.who);
    json.member("may", why.may).key("on");
    write(json, why.on);
    json.memberOrNull("path", why.path);
    write(json, "decision", why.decision);
    write(json, "today", why.today);
    json.member("lets", strings(why.lets))
        .member("stops", strings(why.stops))
        .member("named", said.named)
        .key("ways")
        .beginArray();
    for (const mesh::Way& way : why.ways) {
        json.beginObject().key("steps").beginArray();
        for (const mesh::WayStep& step : way.steps) write(json, step);
        json.endArray().key("admitted").boolean(way.admitted);
        write(json, "decision", way.decision);
        write(json, "today", way.today);
        json.key("hops").beginArray();
        for (const mesh::Hop& hop : way.hops) write(json, hop);
        json.endArray().endObject();
    }
    json.endArray().key("fixes").beginArray();
    for (const mesh::MapFix& fix : why.fixes) {
        json.beginObject().key("edits").beginArray();
        for (const MapEdit& edit : fix.edits)
            json.beginObject()
                .member("kind", mesh::mapEditName(edit.kind))
                .member("edge", edit.edge.value())
                .memberOrNull("key", edit.key)
                .memberOrNull("value", edit.value)
                .endObject();
        json.endArray();
        write(json, "result", fix.result);
        json.endObject();
    }
    json.endArray().key("around").beginArray();
    for (const mesh::MapEscalation& each : why.around) writeEscalation(json, each);
    json.endArray().key("unknown").beginArray();
    if (estate != nullptr)
        for (const estate::Gap& gap : why.unknown)
            json.beginObject()
                .member("what", estate::missingName(gap.what))
                .member("object", gap.object)
                .member("layer", policy::layerName(gap.layer))
                .endObject();
    json.endArray().endObject().endLine();
    return std::move(json.text());
}

std::string stepsText(const mesh::Way& way) {
    std::string text;
    for (const mesh::WayStep& step : way.steps)
        text += (text.empty() ? "" : " > ") + printable(step.name) + " (" + std::string(mesh::nodeKindName(step.kind)) + ")";
    return text;
}

std::string hopText(const mesh::Hop& hop) {
    std::string text =
        "  " + printable(hop.principal) + "\n    " + printable(hop.action + " on " + hop.resource) + ": " + std::string(words(hop.decision));
    if (!hop.dependsOn.empty()) text += " on " + joined(hop.dependsOn, ", ");
    if (hop.edgeless) text += ": no edge lets it";
    if (hop.today) text += " (today: " + std::string(words(*hop.today)) + ")";
    text += "\n";
    std::vector<std::vector<std::string>> rows;
    for (const LayerSays& says : hop.layers) {
        std::string by = joined(strings(says.edges), " ");
        if (by.empty()) by = says.statement;
        std::string where = says.document.empty() ? "" : (says.compiled ? "map: " : "estate: ") + says.document;
        if (!says.lost.empty()) where += (where.empty() ? "" : "; ") + std::string("cannot hold ") + joined(says.lost, ", ");
        rows.push_back({"     ", std::string(words(says.layer)), std::string(words(says)), by, where});
    }
    return rows.empty() ? text : text + columns(rows);
}

std::string whyText(const mesh::Why& why, const Said& said, const estate::Estate* estate) {
    std::string text;
    const std::string question = printable(why.who.name + ", " + why.may + (why.path.empty() ? "" : " " + why.path) + " on " + why.on.name);
    const bool estateLets = why.today == Decision::Allowed;
    switch (why.decision) {
    case Decision::Allowed:
        text = "The map lets it: ";
        break;
    case Decision::Depends:
        text = estateLets ? "The estate lets it, by the map it depends: " : "It depends: ";
        break;
    case Decision::ImplicitlyDenied:
    case Decision::ExplicitlyDenied:
        text = estateLets ? "The estate lets it, the map does not: " : "The map does not let it: ";
        break;
    }
    text += question + ".\n";
    if (!said.named.empty()) text += "The denial names " + joined(said.named, ", ") + ".\n";
    if (said.policy == "none") text += "The proxy found no policy that allows it.\n";
    if (!why.stops.empty()) text += "Denied by " + joined(strings(why.stops), ", ") + ".\n";
    const bool denied = why.decision == Decision::ImplicitlyDenied || why.decision == Decision::ExplicitlyDenied;
    if (!why.lets.empty() && !denied) text += "By " + joined(strings(why.lets), ", ") + ".\n";
    if (why.ways.empty()) text += "Nothing leads there: the map gives them no role, and no edge is about this.\n";
    for (std::size_t i = 0; i < why.ways.size(); ++i) {
        const mesh::Way& way = why.ways[i];
        if (i == 1) text += "\nOther ways:\n";
        text += (i == 0 ? "\n" : "  ") + stepsText(way) + ": " + std::string(words(way.decision));
        if (way.today) text += " (today: " + std::string(words(*way.today)) + ")";
        if (!way.admitted) text += ", not given the role";
        text += "\n";
        if (i == 0)
            for (const mesh::Hop& hop : way.hops) text += hopText(hop);
    }
    if (!why.around.empty()) text += "\nAnd yet the estate's policies lead there:\n";
    for (const mesh::MapEscalation& each : why.around)
        text += "- " + each.from + " can act as " + (each.to.empty() ? "an administrator" : each.to) + " by " + each.way + (each.through.empty() ? "" : ", through " + each.through) + "\n";
    if (!why.fixes.empty()) text += "\nWhat would let it, each tried:\n";
    for (const mesh::MapFix& fix : why.fixes) {
        std::vector<std::string> steps;
        for (const MapEdit& edit : fix.edits) steps.push_back(words(edit));
        text += "- " + joined(steps, "; and ");
        if (!text.ends_with('\n')) text += "\n";
        if (fix.result == Decision::Depends) text += "  (it then depends on conditions)\n";
    }
    if (denied && why.fixes.empty() && !why.ways.empty()) text += "\nNo single edit of the map would let it.\n";
    if (estate != nullptr && !why.unknown.empty())
        text += "\nThe estate does not tell all of it: " + std::to_string(why.unknown.size()) +
                " policies or objects are not there.\n";
    return text;
}

int wrong(std::string_view sentence) {
    complain("gatewardenctl: " + std::string(sentence) + "; see gatewardenctl map why --help");
    return usage;
}

bool addContext(const Invocation& invocation, policy::Context& context) {
    for (const std::string& each : invocation.values("--with")) {
        const std::size_t equals = each.find('=');
        if (equals == 0 || equals == std::string::npos) return false;
        context.set(each.substr(0, equals), each.substr(equals + 1));
    }
    return true;
}

} // namespace

int runMapWhy(const Invocation& invocation) {
    const bool pasted = invocation.has("--denial");
    if (pasted && invocation.value("--denial") == "-" && invocation.arguments.front() == "-")
        return wrong("only one of map and denial can be standard input");
    const auto now = timeFromOptions(invocation);
    const auto input = readMapInput(invocation);
    if (!now || input == nullptr || !tellProblems(*input)) return usage;
    mesh::WhyQuestion question;
    Said said;
    if (pasted) {
        std::string text;
        if (!readOrComplain(std::string(invocation.value("--denial")), maxPasted, text)) return usage;
        auto denial = mesh::readPastedDenial(text, input->reading.map, input->estate.get());
        // What it does not say, the options may.
        const bool told = invocation.has("--who") && invocation.has("--may") && invocation.has("--on");
        if (!denial && !(told && denial.error().code().is(mesh::WhyError::NamesNothing))) return refuse(denial.error());
        if (denial) {
            question = std::move(denial->question);
            said = {edgeNames(denial->named), denial->policy};
        }
    }
    for (const auto& [option, into] :
         {std::pair{"--who", &question.who}, {"--may", &question.may}, {"--on", &question.on}, {"--path", &question.path}})
        if (invocation.has(option)) *into = invocation.value(option);
    if (!addContext(invocation, question.context)) return wrong("--with is KEY=VALUE");
    for (const auto& [option, value] : {std::pair{"--who", &question.who}, {"--may", &question.may}, {"--on", &question.on}})
        if (value->empty())
            return wrong(pasted ? "the denial does not tell all: give " + std::string(option)
                                : std::string(option) + " is missing: who may what on what");
    const auto why = mesh::why(input->text, input->estate.get(), *now, question);
    if (!why) return refuse(why.error());
    if (!print(invocation.json() ? whyJson(*why, said, input->estate.get())
                                 : printable(whyText(*why, said, input->estate.get()), "\n")))
        return usage;
    return why->decision == Decision::Allowed ? done : no;
}

} // namespace gw::ctl
