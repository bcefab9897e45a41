#include "models/mesh/why/names.h"

#include "models/estate/api_kinds.h"
#include "models/mesh/map/node_reader.h"
#include "models/mesh/map/reader.h"
#include "models/policy/arn_pattern.h"
#include "models/policy/principal.h"
#include "saml/base/ascii.h"

#include <algorithm>

namespace gw::mesh {
namespace {

// Behind the last slash or colon.
std::string_view lastPart(std::string_view text) {
    return text.substr(text.find_last_of("/:") + 1);
}

// Of a role's session the role, as the estate or the map spells it; of anything else itself.
std::string roleBehind(const Map& map, const estate::Estate* estate, const std::string& text) {
    const auto principal = policy::Principal::parse(text);
    if (!principal ||
        (principal->kind() != policy::PrincipalKind::RoleSession && principal->kind() != policy::PrincipalKind::Role))
        return text;
    if (estate != nullptr)
        if (const auto* role = estate->role(principal->account(), principal->name())) return role->arn;
    for (const Node& node : map.nodes()) {
        const auto* role = node.as<Role>();
        const auto* workload = node.as<Workload>();
        const std::string& arn = role != nullptr ? role->arn : workload != nullptr ? workload->role : std::string();
        const auto named = policy::Principal::parse(arn);
        if (named && named->account() == principal->account() && named->name() == principal->name()) return arn;
    }
    return principal->principalArn();
}

bool isCalled(const Node& node, std::string_view text) {
    if (foldedAscii(nameOf(node)) == foldedAscii(text)) return true;
    if (const auto* workload = node.as<Workload>())
        return workload->role == text || workload->spiffe == text || workload->serviceAccount == text ||
               std::find(workload->names.begin(), workload->names.end(), text) != workload->names.end();
    if (const auto* role = node.as<Role>()) return role->arn == text;
    if (const auto* service = node.as<MeshService>()) return service->lattice == text || service->virtualNode == text;
    if (const auto* function = node.as<Function>()) return function->arn == text;
    if (const auto* task = node.as<Task>()) return task->arn == text;
    if (const auto* route = node.as<Route>()) return route->api == text;
    if (const auto* arn = node.as<ArnNode>()) return arn->pattern == text;
    return false;
}

Error unknown(WhyError code, const Map& map, std::string_view text) {
    Error error(code);
    error.with("seen", std::string(text.substr(0, 200)));
    std::vector<std::string> names;
    for (const Node& node : map.nodes()) {
        names.push_back(node.id.value());
        if (std::string name = nameOf(node); name != names.back()) names.push_back(std::move(name));
    }
    const std::vector<std::string_view> views(names.begin(), names.end());
    if (const std::string_view near = nearest(text, views); !near.empty()) error.with("near", std::string(near));
    return error;
}

// What the map has under another word; nothing where it has none, or an error where it has several.
Result<std::string> inMap(const Map& map, std::string_view text, bool who) {
    const auto fits = [&](NodeKind kind) {
        const bool self = kind == NodeKind::Role || kind == NodeKind::Workload || kind == NodeKind::Service ||
                          kind == NodeKind::Account || kind == NodeKind::Anyone;
        if (who) return self || kind == NodeKind::Group || kind == NodeKind::Claim || kind == NodeKind::Person;
        return kind == NodeKind::Role || kind == NodeKind::Route || kind == NodeKind::MeshService || kind == NodeKind::Function ||
               kind == NodeKind::Task || kind == NodeKind::Arn;
    };
    std::vector<const Node*> found;
    std::optional<Node> word;
    if (auto body = nodeInPlace(text)) word = Node{NodeId(std::string(text)), std::move(*body), false, {}, {}};
    for (const Node& node : map.nodes()) {
        if (!fits(node.kind())) continue;
        const bool same = word ? sameThing(node, *word) : isCalled(node, text);
        // One that the map writes as a section tells more than one that it names in place.
        if (same && (found.empty() || node.written || !found.front()->written)) {
            if (!found.empty() && sameThing(*found.front(), node)) {
                if (node.written && !found.front()->written) found.front() = &node;
            } else {
                found.push_back(&node);
            }
        }
    }
    if (found.size() > 1 && !word) {
        std::string names;
        for (const Node* node : found) names += (names.empty() ? "" : ", ") + node->id.value();
        return fail(Error(WhyError::Several).with("seen", std::string(text)).with("expected", names));
    }
    return found.empty() ? std::string() : found.front()->id.value();
}

Result<std::string> one(const std::vector<std::string>& found, std::string_view text) {
    if (found.size() == 1) return found.front();
    std::string names;
    for (std::size_t i = 0; i < found.size() && i < 5; ++i) names += (names.empty() ? "" : ", ") + found[i];
    return fail(Error(WhyError::Several).with("seen", std::string(text)).with("expected", names));
}

Result<std::string> noSet(const Map& map, std::string_view id) {
    const Node* node = map.node(NodeId(std::string(id)));
    if (node == nullptr || node->kind() != NodeKind::Set) return std::string(id);
    std::vector<std::string> members;
    for (const Node* member : map.members(node->id)) members.push_back(member->id.value());
    return one(members, id);
}

} // namespace

std::string nameOf(const Node& node) {
    if (const auto* group = node.as<Group>()) return group->name;
    if (const auto* person = node.as<Person>()) return person->name;
    if (const auto* role = node.as<Role>()) return std::string(lastPart(role->arn));
    if (const auto* function = node.as<Function>()) return std::string(lastPart(function->arn));
    if (const auto* service = node.as<ServicePrincipal>()) return service->name;
    if (const auto* account = node.as<AccountPrincipal>()) return account->id;
    if (const auto* task = node.as<Task>()) {
        const std::size_t slash = task->arn.find('/');
        const std::string_view name =
            slash == std::string::npos ? std::string_view(task->arn) : std::string_view(task->arn).substr(slash + 1);
        return std::string(name.substr(0, name.find(':')));
    }
    if (const auto* arn = node.as<ArnNode>()) return arn->pattern;
    if (const auto* claim = node.as<Claim>(); claim != nullptr && !claim->values.empty())
        return claim->key + " = " + claim->values.front();
    if (const auto* route = node.as<Route>(); route != nullptr && !node.written)
        return route->api + (route->paths.empty() ? "" : " " + route->paths.front().text());
    return node.id.value();
}

bool sameThing(const Node& a, const Node& b) {
    if (a.id == b.id) return true;
    if (a.kind() != b.kind()) {
        // A role of IAM is the same whoever runs with it.
        const auto arnOf = [](const Node& node) {
            if (const auto* role = node.as<Role>()) return role->arn;
            if (const auto* workload = node.as<Workload>()) return workload->role;
            if (const auto* function = node.as<Function>()) return function->arn;
            if (const auto* task = node.as<Task>()) return task->arn;
            if (const auto* service = node.as<MeshService>()) return service->lattice;
            if (const auto* arn = node.as<ArnNode>()) return arn->pattern;
            return std::string();
        };
        const std::string arn = arnOf(a);
        return !arn.empty() && arn == arnOf(b);
    }
    if (const auto* group = a.as<Group>()) return group->name == b.as<Group>()->name;
    if (const auto* person = a.as<Person>()) return person->name == b.as<Person>()->name;
    if (const auto* role = a.as<Role>()) return role->arn == b.as<Role>()->arn;
    if (const auto* service = a.as<ServicePrincipal>()) return service->name == b.as<ServicePrincipal>()->name;
    if (const auto* account = a.as<AccountPrincipal>()) return account->id == b.as<AccountPrincipal>()->id;
    if (a.as<Anyone>() != nullptr) return true;
    if (const auto* route = a.as<Route>())
        return route->api == b.as<Route>()->api && route->stage == b.as<Route>()->stage && route->paths == b.as<Route>()->paths;
    if (const auto* function = a.as<Function>())
        return function->arn == b.as<Function>()->arn && function->url == b.as<Function>()->url;
    if (const auto* task = a.as<Task>()) return task->arn == b.as<Task>()->arn;
    if (const auto* arn = a.as<ArnNode>()) return arn->pattern == b.as<ArnNode>()->pattern;
    return false;
}

Result<std::string> whoCalled(const Map& map, const estate::Estate* estate, std::string_view text) {
    if (map.node(NodeId(std::string(text))) != nullptr) return noSet(map, text);
    const std::string meant = roleBehind(map, estate, std::string(text));
    GW_TRY(const std::string known, inMap(map, meant, true));
    if (!known.empty()) return known;
    if (auto body = nodeInPlace(meant)) {
        const bool role = std::holds_alternative<Role>(*body);
        // An ARN of a role is a role, also where nothing else tells.
        return role && meant.starts_with("arn:") ? "role:" + meant : meant;
    }
    if (estate == nullptr) return fail(unknown(WhyError::UnknownWho, map, text));
    std::vector<std::string> found;
    const std::string folded = foldedAscii(text);
    for (const estate::DirectoryGroup& group : estate->directoryGroups())
        if (foldedAscii(group.name) == folded || group.id == text) found.push_back("group:" + group.name);
    for (const estate::Assignment& assignment : estate->assignments()) {
        std::string word = "group:" + assignment.group;
        if (!assignment.group.empty() && foldedAscii(assignment.group) == folded &&
            std::find(found.begin(), found.end(), word) == found.end() && found.empty())
            found.push_back(std::move(word));
    }
    for (const estate::Person& person : estate->people())
        if (foldedAscii(person.userName) == folded) found.push_back("person:" + person.userName);
    for (const estate::Role& role : estate->roles())
        if (foldedAscii(role.name) == folded) found.push_back("role:" + role.arn);
    if (found.empty()) return fail(unknown(WhyError::UnknownWho, map, text));
    return one(found, text);
}

Result<std::string> thingCalled(const Map& map, const estate::Estate* estate, std::string_view text) {
    if (map.node(NodeId(std::string(text))) != nullptr) return noSet(map, text);
    GW_TRY(const std::string known, inMap(map, text, false));
    if (!known.empty()) return known;
    if (nodeInPlace(text)) return std::string(text);
    if (estate == nullptr) return fail(unknown(WhyError::UnknownThing, map, text));
    std::vector<std::string> found;
    for (const estate::Resource& resource : estate->resources()) {
        if (resource.name != text && resource.id != text) continue;
        using Kind = estate::ResourceKind;
        if (estate::isApi(resource.kind)) {
            std::string stage;
            for (const estate::Resource& each : estate->resources())
                if (each.kind == Kind::Stage && each.parent == resource.id && stage.empty()) stage = each.name;
            found.push_back("route:" + resource.id + "/" + (stage.empty() ? "*" : stage));
        } else if (!resource.arn.empty() && nodeInPlace(resource.arn)) {
            found.push_back(resource.arn);
        }
    }
    for (const estate::Role& role : estate->roles())
        if (role.name == text) found.push_back("role:" + role.arn);
    if (found.empty()) return fail(unknown(WhyError::UnknownThing, map, text));
    return one(found, text);
}

} // namespace gw::mesh
