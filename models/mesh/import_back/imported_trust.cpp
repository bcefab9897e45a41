#include "models/mesh/import_back/imported_trust.h"

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

void TrustImporter::tell(const Artefact& artefact, const Json& statement, std::string what, std::string seen) {
    unsaid_.push_back({artefact.object, sidIn(statement), std::move(what), std::move(seen)});
}

void TrustImporter::statement(const Artefact& artefact, const Json& statement, std::vector<Item>& items) {
    for (const char* member : {"NotAction", "NotPrincipal"})
        if (statement.contains(member)) return tell(artefact, statement, foldedAscii(member), compactJson(statement[member]));
    Item item;
    item.deny = textField(statement, "Effect") == "Deny";
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
    for (const auto& [type, named] : typed.items())
        for (std::string who : textsIn(named)) {
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
            if (one.who.empty() || actions.front() != "sts:assumerole" || !terms) {
                tell(artefact, statement, one.who.empty() ? "principal" : terms ? "action" : "condition", who);
                continue;
            }
            one.terms = *terms;
            const bool plain = one.terms.when.empty() && !one.terms.expires && !one.deny && one.edge.empty();
            if (const auto where = runsOn(who); !where.empty() && plain)
                nodes_.workload(artefact.object, where);
            else
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
        const bool is = each.op == "StringEquals" && foldedAscii(each.key) == audience;
        if (is) audiences = each.values;
        return is;
    });
    // Without it the statement lets more in than the map would.
    if (audiences.empty() || (saml && audiences != std::vector<std::string>{audienceOf(provider)}))
        return tell(artefact, statement, "audience", provider);
    const auto terms = termsOf(tests, ConditionPlace::Trust);
    if (!terms) return tell(artefact, statement, "condition", textOf(tests));
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
    for (const Json& each : parts->statements) statement(artefact, each, found);
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
                continue;
            }
            ImportedEdge edge;
            edge.id = item.edge;
            edge.deny = item.deny;
            edge.who = {item.who};
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
