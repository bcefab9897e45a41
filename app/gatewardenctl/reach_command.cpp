#include "app/gatewardenctl/catalogue_file.h"
#include "app/gatewardenctl/estate_input.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/reach_commands.h"
#include "app/gatewardenctl/reach_output.h"
#include "app/gatewardenctl/saml_trust.h"
#include "models/estate/review/fixes.h"
#include "models/policy/lint/check.h"

#include <algorithm>

namespace gw::ctl {
namespace {

int wrongUsage(std::string_view sentence) {
    complain("gatewardenctl: " + std::string(sentence) + "; see gatewardenctl reach --help");
    return usage;
}

bool isMalformed(const std::vector<estate::Gap>& gaps) {
    return std::any_of(gaps.begin(), gaps.end(), [](const estate::Gap& each) { return each.what == estate::Missing::Malformed; });
}

int exitFor(bool any, bool faulty, const std::vector<estate::Gap>& gaps) {
    if (faulty || isMalformed(gaps)) return usage;
    return any ? done : no;
}

// Nothing, told on standard error, where it is not exactly one.
std::optional<std::string> oneResource(const estate::Reach& reach, std::string_view written) {
    const std::vector<std::string> meant = reach.resourcesCalled(written);
    if (meant.size() == 1) return meant.front();
    if (meant.empty()) {
        wrongUsage("--resource " + std::string(written) + " is no ARN, and the estate has no such route");
        return std::nullopt;
    }
    complain("gatewardenctl: --resource " + std::string(written) + " may be any of these; choose one by its ARN:");
    for (const std::string& each : meant) complain("  " + each);
    return std::nullopt;
}

// The action where the catalogue has no such, which is told on standard error; nothing may come of a slip of the pen unseen.
std::string actionOfNobody(const policy::Catalogue* catalogue, const std::string& action) {
    const std::string folded = foldedAscii(action);
    const std::size_t colon = folded.find(':');
    if (catalogue == nullptr || colon == std::string::npos || folded.substr(0, colon).find_first_of("*?") != std::string::npos)
        return {};
    const std::string name = folded.substr(colon + 1);
    const policy::ServiceInfo* service = catalogue->service(folded.substr(0, colon));
    if (service == nullptr) {
        complain("gatewardenctl: the catalogue has no service " + action.substr(0, colon));
        return action;
    }
    std::vector<std::string> names;
    for (const auto& [known, info] : service->actions) {
        if (known == name || policy::lint::covers(name, known)) return {};
        names.push_back(service->prefix + ":" + info.name);
    }
    const bool wild = name.find_first_of("*?") != std::string::npos;
    const std::string meant = wild ? std::string() : estate::review::nearest(action, names);
    complain("gatewardenctl: the catalogue has no action " + action + (meant.empty() ? "" : "; the nearest is " + meant));
    return action;
}

} // namespace

int runReach(const Invocation& invocation) {
    const std::string action(invocation.value("--action"));
    if (invocation.has("--resource") && action.empty()) return wrongUsage("--resource needs --action");
    if (!invocation.has("--resource") && !invocation.has("--from"))
        return wrongUsage("--action and --resource ask who can; --from asks what somebody can");
    if (!action.empty() && action != "*" && action.find(':') == std::string::npos)
        return wrongUsage("--action is written service:Action");
    std::optional<estate::From> from;
    if (invocation.has("--from")) {
        from = estate::From::parse(invocation.value("--from"));
        if (!from) return wrongUsage("--from is group:NAME, person:USERNAME, role:ARN or user:ARN");
    }
    const auto now = timeFromOptions(invocation);
    if (!now) return usage;
    const CatalogueFile file = loadCatalogue(invocation);
    if (file.refused) return usage;
    const EstateInput input = readEstate(invocation.arguments);
    if (input.estate == nullptr) return usage;

    const std::string noAction = actionOfNobody(file.catalogue.get(), action);
    estate::Reach reach(*input.estate, {false, *now, file.catalogue.get()});
    if (invocation.has("--resource")) {
        const auto resource = oneResource(reach, invocation.value("--resource"));
        if (!resource) return usage;
        const estate::Reach::Who who = reach.whoCan(action, *resource, from);
        if (!print(invocation.json() ? whoJson(who, noAction) : whoText(*input.estate, who))) return usage;
        return exitFor(!who.rows.empty(), input.faulty, who.summary.unknown);
    }
    const estate::Reach::What what = reach.whatCan(*from, action);
    if (!print(invocation.json() ? whatJson(what, noAction) : whatText(*input.estate, what))) return usage;
    return exitFor(!what.rows.empty(), input.faulty, what.summary.unknown);
}

} // namespace gw::ctl
