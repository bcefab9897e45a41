#include "models/mesh/observed/observer.h"

#include "models/mesh/envoy/denial.h"
#include "models/mesh/envoy/path.h"
#include "models/mesh/envoy/servers.h"
#include "models/policy/principal.h"
#include "saml/base/ascii.h"

#include <algorithm>
#include <set>

namespace gw::mesh {
namespace {

constexpr std::string_view separator("\x1f", 1);

bool isAllow(const Use& use) {
    return use.effect == Effect::Allow;
}

// Of a node of the map that its proxy's lines call by another name: a host's first part.
std::string hostWord(std::string_view host) {
    return foldedAscii(host.substr(0, host.find_first_of(".:")));
}

bool isAbout(const Use& use, const AccessLine& line) {
    const std::vector<std::string>* methods = nullptr;
    const std::vector<PathPattern>* paths = nullptr;
    if (const auto* api = use.as<ApiAccess>()) {
        if (api->stage != "*" && !line.stage.empty() && api->stage != line.stage) return false;
        methods = &api->methods;
        paths = &api->paths;
    } else if (const auto* lattice = use.as<LatticeAccess>()) {
        if (lattice->connect) return true;
        methods = &lattice->methods;
        paths = &lattice->paths;
    } else if (const auto* mesh = use.as<MeshAccess>()) {
        methods = &mesh->methods;
        paths = &mesh->paths;
    } else {
        return false;
    }
    if (!methods->empty() && !allowsMethod(*methods, line.method)) return false;
    if (line.path.empty() || paths->empty()) return true;
    // API Gateway may have logged the route instead of the path: "/refunds/{id}".
    if (line.path.find('{') != std::string::npos)
        if (const auto pattern = PathPattern::parse(line.path)) return allowsPath(*paths, use.pathsAsGlobs, pattern->example("any"));
    return allowsPath(*paths, use.pathsAsGlobs, envoy::meantPath(line.path));
}

} // namespace

void Uses::add(std::optional<UtcTime> time) {
    ++count;
    if (!time) return;
    if (!first || *time < *first) first = time;
    if (!last || *last < *time) last = time;
}

Observer::Observer(const Map& map, const Intent& intent, const estate::Estate* estate, std::string server)
    : map_(map), estate_(estate), server_(std::move(server)) {
    std::set<std::string> apis, servers;
    for (const Use& use : intent.uses) {
        std::string thing;
        if (const auto* api = use.as<ApiAccess>()) {
            thing = "api " + api->api;
            apis.insert(api->api);
        } else if (const auto* lattice = use.as<LatticeAccess>()) {
            thing = lattice->service;
        } else if (const auto* mesh = use.as<MeshAccess>()) {
            thing = "mesh " + mesh->service.value();
            servers.insert(mesh->service.value());
        }
        if (thing.empty()) continue;
        byThing_[thing].push_back(&use);
        nameOfThing_.emplace(thing, use.on.value());
        if (const auto parsed = policy::Principal::parse(use.caller.principal); parsed && !parsed->name().empty()) {
            principals_.emplace(parsed->account() + "/" + parsed->name(), use.caller.principal);
            if (estate != nullptr)
                if (const auto* role = estate->role(parsed->account(), parsed->name()); role != nullptr && !role->id.empty())
                    principals_.emplace(role->id, use.caller.principal);
        }
    }
    if (apis.size() == 1) onlyApi_ = *apis.begin();
    if (servers.size() == 1) onlyServer_ = *servers.begin();
}

std::string Observer::thingOf(const AccessLine& line) const {
    switch (line.source) {
    case AccessLine::Source::ApiGateway: return "api " + (line.api.empty() ? onlyApi_ : line.api);
    case AccessLine::Source::Lattice: return line.service;
    case AccessLine::Source::Proxy: break;
    }
    if (!server_.empty()) return "mesh " + server_;
    const std::string host = hostWord(line.server);
    for (const auto& [thing, name] : nameOfThing_)
        if (!host.empty() && thing.starts_with("mesh ") && foldedAscii(name) == host) return thing;
    // An edge that the proxy itself names tells what it is about.
    for (const std::string& policy : {line.policy, line.shadowPolicy})
        for (const EdgeId& id : edgesOfPolicyName(policy))
            if (const Edge* edge = map_.edge(id))
                for (const NodeId& on : edge->on)
                    for (const Node* member : map_.members(on))
                        if (const std::string thing = "mesh " + member->id.value(); byThing_.contains(thing)) return thing;
    return onlyServer_.empty() ? std::string() : "mesh " + onlyServer_;
}

std::string Observer::callerOf(const std::string& caller) const {
    if (const auto parsed = policy::Principal::parse(caller); parsed && !parsed->name().empty()) {
        const auto found = principals_.find(parsed->account() + "/" + parsed->name());
        return found != principals_.end() ? found->second : parsed->principalArn();
    }
    // "AROAEXAMPLE:session", "account:AROAEXAMPLE:session"
    std::string_view rest = caller;
    while (!rest.empty()) {
        const std::size_t colon = std::min(rest.find(':'), rest.size());
        if (const auto found = principals_.find(std::string(rest.substr(0, colon))); found != principals_.end()) return found->second;
        rest.remove_prefix(std::min(colon + 1, rest.size()));
    }
    return caller;
}

bool Observer::isBy(const Use& use, const std::string& caller) const {
    if (use.caller.principal == "*") return true;
    if (caller.empty()) return false;
    if (!use.caller.principal.empty() && use.caller.principal == caller) return true;
    if (policy::isAccountId(use.caller.principal)) {
        const auto parsed = policy::Principal::parse(caller);
        return parsed && parsed->account() == use.caller.principal;
    }
    const Workload* workload = use.caller.workload;
    if (workload == nullptr || use.as<MeshAccess>() == nullptr) return false;
    return uriOf(*workload, Target::Envoy) == caller || uriOf(*workload, Target::Istio) == caller ||
           std::find(workload->names.begin(), workload->names.end(), caller) != workload->names.end();
}

void Observer::note(std::map<std::string, ObservedRequest>& into, const AccessLine& line, const std::string& thing, const std::optional<EdgeId>& edge) {
    std::string key;
    for (const std::string* part : {&line.caller, &line.method, &thing, &line.path}) key.append(*part).append(separator);
    auto found = into.find(key);
    if (found == into.end()) {
        if (into.size() >= mostRequests) return;
        const auto name = nameOfThing_.find(thing);
        found = into.emplace(std::move(key), ObservedRequest{line.caller, line.method, name == nameOfThing_.end() ? thing : name->second, line.path, edge, {}}).first;
    }
    found->second.uses.add(line.time);
}

void Observer::add(const AccessLine& line) {
    ++counts_.requests;
    const std::string thing = thingOf(line);
    const auto uses = byThing_.find(thing);
    if (uses == byThing_.end()) {
        ++counts_.elsewhere;
        return;
    }
    const std::string caller = callerOf(line.caller);
    Match match;
    std::vector<EdgeId> used;
    for (const Use* use : uses->second) {
        if (!isBy(*use, caller) || !isAbout(*use, line)) continue;
        const Use*& place = isAllow(*use) ? match.allow : match.deny;
        if (place == nullptr) place = use;
        if (isAllow(*use) && std::find(used.begin(), used.end(), use->edge) == used.end()) used.push_back(use->edge);
    }
    // Whether conditions held only a dry run knows.
    const bool lets = line.shadow ? *line.shadow : match.allow != nullptr && match.deny == nullptr;
    std::vector<EdgeId> named = edgesOfPolicyName(line.shadowPolicy);
    std::erase_if(named, [&](const EdgeId& id) { return map_.edge(id) == nullptr; });
    if (line.denied) {
        if (!lets) return;
        ++counts_.allowing;
        note(allowing_, line, thing, match.allow == nullptr ? std::optional<EdgeId>() : std::optional(match.allow->edge));
        return;
    }
    if (lets) {
        std::vector<EdgeId> allowing = named;
        std::erase_if(allowing, [&](const EdgeId& id) { return map_.edge(id)->effect == Effect::Deny; });
        for (const EdgeId& id : allowing.empty() ? used : allowing) used_[id].add(line.time);
        return;
    }
    ++counts_.breaking;
    std::optional<EdgeId> edge;
    if (!named.empty() && map_.edge(named.front())->effect == Effect::Deny)
        edge = named.front();
    else if (match.deny != nullptr)
        edge = match.deny->edge;
    note(breaking_, line, thing, edge);
}

Observation Observer::result() const {
    Observation result = counts_;
    std::set<EdgeId> watched;
    for (const auto& [thing, uses] : byThing_)
        for (const Use* use : uses)
            if (isAllow(*use)) watched.insert(use->edge);
    for (const Edge& edge : map_.edges()) {
        if (!watched.contains(edge.id)) continue;
        const auto found = used_.find(edge.id);
        result.edges.emplace_back(edge.id, found == used_.end() ? Uses{} : found->second);
    }
    const auto list = [](const std::map<std::string, ObservedRequest>& from) {
        std::vector<ObservedRequest> all;
        for (const auto& [key, request] : from) all.push_back(request);
        std::stable_sort(all.begin(), all.end(), [](const ObservedRequest& a, const ObservedRequest& b) { return a.uses.count > b.uses.count; });
        return all;
    };
    result.wouldBreak = list(breaking_);
    result.wouldAllow = list(allowing_);
    return result;
}

} // namespace gw::mesh
