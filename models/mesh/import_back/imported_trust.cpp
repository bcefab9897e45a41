#include "models/mesh/import_back/imported_trust.h"

#include "models/mesh/map/wildcards.h"
#include "models/mesh/plan/canonical.h"
#include "models/mesh/text/json_texts.h"
#include "models/policy/arn_pattern.h"
#include "saml/aws/arn.h"
#include "saml/aws/endpoints.h"
#include "saml/base/ascii.h"
#include "saml/base/json_fields.h"

#include <algorithm>

namespace gw::mesh {
namespace {

constexpr std::size_t mostStops = 64; // each is compared with every way in

std::string_view runsOn(std::string_view service) {
    if (service == "ecs-tasks.amazonaws.com") return "ecs";
    if (service == "lambda.amazonaws.com") return "lambda";
    return service == "ec2.amazonaws.com" ? "ec2" : "";
}

std::string audienceOf(const std::string& provider) {
    const auto arn = aws::SamlProviderArn::parse(provider);
    return aws::defaultAcs(arn ? arn->partition() : aws::Partition::Aws);
}

bool has(const std::vector<std::string>& list, std::string_view what) {
    return std::find(list.begin(), list.end(), what) != list.end();
}

} // namespace

void TrustImporter::addAssignments(const Artefact& artefact) {
    const auto json = parseJson(artefact.text);
    if (!json || !json->is_object()) return;
    const Json all = json->value("assignments", Json::array());
    for (const Json& each : all) groups_[artefact.object].emplace_back(textField(each, "group"), textField(each, "provider"));
}

void TrustImporter::tell(const Artefact& artefact, const Json& statement, std::string_view what, std::string seen) {
    const bool deny = textField(statement, "Effect") == "Deny";
    unsaid_.push_back({artefact.object, sidIn(statement), std::string(what), std::move(seen), deny});
    if (deny) remember(statement);
}

// What a denial without conditions speaks of, which no edge says.
void TrustImporter::remember(const Json& statement) {
    if (statement.contains("Condition") || statement.contains("NotAction") || statement.contains("NotPrincipal")) return;
    const Json principal = statement.value("Principal", Json());
    std::vector<std::string> who = textsIn(principal);
    if (principal.is_object())
        for (const auto& [type, named] : principal.items())
            for (std::string& each : textsIn(named)) who.push_back(std::move(each));
    for (const std::string& action : textsIn(statement.value("Action", Json())))
        for (const std::string& each : who)
            if (stops_.size() < mostStops) stops_.push_back({each, foldedAscii(action)});
}

bool TrustImporter::isStopped(const Item& item) const {
    return !item.deny && std::any_of(stops_.begin(), stops_.end(), [&](const Stop& stop) {
        return (stop.principal == "*" || stop.principal == item.principal) && wildcardsMatch(stop.action, item.action);
    });
}

void TrustImporter::statement(const Artefact& artefact, const Json& statement, std::vector<Item>& items) {
    for (const char* member : {"NotAction", "NotPrincipal"})
        if (statement.contains(member)) return tell(artefact, statement, foldedAscii(member), compactJson(statement[member]));
    const std::string effect = textField(statement, "Effect");
    Item item;
    item.deny = effect == "Deny";
    item.sid = sidIn(statement);
    if (!item.deny && effect != "Allow") return tell(artefact, statement, "unreadable", effect);
    if (const std::string_view why = unsayable(statement); !why.empty())
        return tell(artefact, statement, why, conditionIn(statement));
    if (const auto edges = edgesOfSid(sidIn(statement)); !edges.empty()) item.edge = edges.front();
    std::vector<std::string> actions;
    for (const std::string& each : textsIn(statement.value("Action", Json()))) {
        const std::string action = foldedAscii(each);
        item.tags = item.tags || action == "sts:tagsession";
        item.sourceIdentity = item.sourceIdentity || action == "sts:setsourceidentity";
        if (action != "sts:tagsession" && action != "sts:setsourceidentity") actions.push_back(action);
    }
    if (actions.size() != 1) return tell(artefact, statement, "action", compactJson(statement.value("Action", Json())));
    const Json principal = statement.value("Principal", Json());
    const Json typed = principal.is_object() ? principal : Json{{"AWS", principal}};
    item.action = actions.front();
    if (std::none_of(typed.begin(), typed.end(), [](const Json& named) { return !textsIn(named).empty(); }))
        return tell(artefact, statement, "unreadable", "Principal");
    for (const auto& [type, named] : typed.items())
        for (std::string who : textsIn(named)) {
            item.principal = who;
            if (type == "Federated") {
                const bool saml = who.find(":saml-provider/") != std::string::npos;
                if (actions.front() != (saml ? "sts:assumerolewithsaml" : "sts:assumerolewithwebidentity"))
                    tell(artefact, statement, "action", actions.front());
                else
                    federated(artefact, statement, who, item, items);
                continue;
            }
            if (const auto arn = policy::ArnParts::split(who); arn && arn->resource == "root") who = arn->account;
            Item one = item;
            one.who = callerWord(who);
            const auto terms = termsOf(testsIn(statement), ConditionPlace::Trust);
            // Nobody in particular has no place in front of a role.
            const bool nobody = one.who.empty() || one.who == "anyone";
            if (nobody || actions.front() != "sts:assumerole" || !terms) {
                tell(artefact, statement, nobody ? "principal" : terms ? "action" : "condition",
                     nobody || !terms ? who : actions.front());
                continue;
            }
            one.terms = *terms;
            const bool plain = one.terms.when.empty() && !one.terms.expires && !one.deny && one.edge.empty();
            if (plain) one.runsOn = runsOn(who);
            items.push_back(std::move(one));
        }
}

void TrustImporter::federated(const Artefact& artefact, const Json& statement, const std::string& provider, Item item,
                              std::vector<Item>& items) {
    const bool saml = provider.find(":saml-provider/") != std::string::npos;
    const std::string host = provider.substr(provider.find('/') + 1), audience = saml ? "saml:aud" : foldedAscii(host) + ":aud";
    Tests tests = testsIn(statement);
    std::vector<std::string> audiences;
    std::erase_if(tests, [&](const PolicyStatement::Test& each) {
        const bool is = audiences.empty() && each.op == "StringEquals" && foldedAscii(each.key) == audience;
        if (is) audiences = each.values;
        return is;
    });
    // Without it the statement lets more in than the map would.
    if (audiences.empty()) return tell(artefact, statement, "audience", provider);
    const auto terms = termsOf(tests, ConditionPlace::Trust);
    if (!terms) return tell(artefact, statement, "condition", conditionIn(statement));
    if (saml && audiences != std::vector<std::string>{audienceOf(provider)}) {
        // Of those that sign in at AWS's own address the map can say it; a denial of these alone would deny less.
        std::string others;
        for (const std::string& each : audiences)
            if (each != audienceOf(provider)) others += (others.empty() ? "" : ", ") + each;
        tell(artefact, statement, "audiences", others);
        if (item.deny || !has(audiences, audienceOf(provider))) return;
    }
    item.terms = *terms;
    item.providers = {nodes_.provider(provider, saml ? std::vector<std::string>() : audiences)};
    auto& when = item.terms.when;
    const auto key =
        std::find_if(when.begin(), when.end(), [](const EdgeCondition& each) { return each.kind == EdgeCondition::Kind::Key; });
    if (key != when.end()) {
        const std::string folded = foldedAscii(key->name);
        const bool person = key->values.size() == 1 && folded == (saml ? "saml:sub" : foldedAscii(host) + ":sub");
        item.who = person ? "person:" + key->values.front() : nodes_.claim(key->name, key->values);
        when.erase(key);
        items.push_back(std::move(item));
        return;
    }
    bool any = false;
    if (const auto found = groups_.find(artefact.object); found != groups_.end())
        for (const auto& [group, by] : found->second) {
            if (group.empty() || (!by.empty() && by != provider)) continue;
            any = true;
            items.push_back(item);
            items.back().who = "group:" + group;
        }
    if (!any) tell(artefact, statement, "groups", provider);
}

void TrustImporter::read(const Artefact& artefact, std::vector<Item>& items) {
    const auto parts = policyParts(artefact.text);
    if (!parts) {
        unsaid_.push_back({artefact.object, {}, "unreadable", {}});
        return;
    }
    std::vector<Item> found;
    stops_.clear();
    for (const Json& each : parts->statements) statement(artefact, each, found);
    std::erase_if(found, [&](const Item& each) {
        const bool stopped = isStopped(each);
        if (stopped) unsaid_.push_back({artefact.object, each.sid, "denied", each.action + " by " + each.principal});
        if (!stopped && !each.runsOn.empty()) nodes_.workload(artefact.object, each.runsOn);
        return stopped || !each.runsOn.empty();
    });
    // The same through several providers is one.
    for (Item& each : found) {
        const auto same = std::find_if(items.begin(), items.end(), [&](const Item& one) {
            return one.edge == each.edge && one.deny == each.deny && one.who == each.who && one.terms.key() == each.terms.key() &&
                   one.tags == each.tags && one.sourceIdentity == each.sourceIdentity;
        });
        if (same == items.end()) {
            items.push_back(std::move(each));
            continue;
        }
        for (std::string& provider : each.providers)
            if (!has(same->providers, provider)) same->providers.push_back(std::move(provider));
        std::sort(same->providers.begin(), same->providers.end());
    }
}

void TrustImporter::into(std::vector<ImportedEdge>& edges, const std::function<EdgeId(const EdgeId&)>& fresh) {
    for (const Artefact* artefact : policies_) {
        std::vector<Item> items;
        read(*artefact, items);
        struct Way {
            const Item* first;
            ImportedEdge edge;
        };
        std::vector<Way> ways;
        for (const Item& item : items) {
            const auto same = std::find_if(ways.begin(), ways.end(), [&](const Way& each) {
                return each.first->edge == item.edge && each.first->deny == item.deny &&
                       each.first->terms.key() == item.terms.key() && each.first->providers == item.providers &&
                       each.first->tags == item.tags && each.first->sourceIdentity == item.sourceIdentity;
            });
            if (same != ways.end()) {
                if (!has(same->edge.who, item.who)) same->edge.who.push_back(item.who);
                same->edge.from.emplace(artefact->object, item.sid);
                continue;
            }
            ImportedEdge edge;
            edge.id = item.edge;
            edge.deny = item.deny;
            edge.who = {item.who};
            edge.from = {{artefact->object, item.sid}};
            const bool bare = item.providers.empty() && !item.tags && !item.sourceIdentity;
            edge.through =
                bare ? "role:" + artefact->object : nodes_.role(artefact->object, item.providers, item.tags, item.sourceIdentity);
            edge.when = item.terms.when;
            edge.expires = item.terms.expires;
            ways.push_back({&item, std::move(edge)});
        }
        // One way in, which says what may be done, too.
        if (ways.size() == 1 && !ways.front().edge.deny && !ways.front().edge.id.empty() && ways.front().edge.when.empty()) {
            ImportedEdge& way = ways.front().edge;
            const auto use = std::find_if(edges.begin(), edges.end(), [&](const ImportedEdge& each) {
                return each.id == way.id && !each.deny && each.through.empty() &&
                       each.who == std::vector<std::string>{"role:" + artefact->object} && each.expires == way.expires;
            });
            if (use != edges.end()) {
                use->who = way.who;
                use->through = way.through;
                use->from.merge(way.from);
                continue;
            }
        }
        for (Way& way : ways) {
            const bool used =
                std::any_of(edges.begin(), edges.end(), [&](const ImportedEdge& each) { return each.id == way.edge.id; });
            way.edge.id = fresh(used ? EdgeId(way.edge.id.value() + "Trust") : way.edge.id);
            edges.push_back(std::move(way.edge));
        }
    }
}

} // namespace gw::mesh
