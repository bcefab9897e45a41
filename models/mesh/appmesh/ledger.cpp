#include "models/mesh/appmesh/ledger.h"

#include <array>

namespace gw::mesh::appmesh {
namespace {

using estate::Datum;

struct Topic {
    std::string_view word; // a step of a field's way
    std::string_view happens, action;
};

// What is said where a compiler says nothing. The first that stands in the field counts.
constexpr auto everywhere = std::to_array<Topic>({
    {"metadata", "It is App Mesh's own bookkeeping, and ended with the service", "Nothing; the target keeps its own"},
    {"status", "It is App Mesh's own bookkeeping, and ended with the service", "Nothing; the target keeps its own"},
    {"tags", "Tags are not written to the artefacts", "Give the new resources their tags where cost reports or tag conditions need them"},
});

constexpr auto ofLattice = std::to_array<Topic>({
    {"retryPolicy", "VPC Lattice does not repeat requests", "Let the caller repeat what may be repeated"},
    {"outlierDetection", "VPC Lattice ejects targets by health checks alone", "Check that the target group's health check finds what errors found"},
    {"connectionPool", "VPC Lattice limits no connections", "Limit them in the program, or by how many tasks there are"},
    {"timeout", "VPC Lattice has one idle timeout for a service and none for a request", "Set idleTimeoutSeconds of the service where a minute is not right, and time requests in the caller"},
    {"logging", "Envoy's log ends with Envoy", "Subscribe to the access logs of the service network"},
    {"serviceDiscovery", "Targets are registered in target groups, and nobody looks up the node any more", "Remove the service of Cloud Map or the DNS record once no caller is left"},
    {"egressFilter", "VPC Lattice limits who may call, not what else a task may reach", "Limit egress by security groups"},
    {"validation", "Certificates are checked by VPC Lattice, and callers are known by their role", "Nothing for TLS of VPC Lattice; who may call is in the auth policy"},
    {"tls", "Certificates of the mesh end with its Envoys", "Give the service a certificate of ACM for a custom domain, and the target one where it must serve TLS"},
    {"clientPolicy", "Callers trust the certificate of VPC Lattice", "Nothing, unless the caller pins certificates"},
    {"backendDefaults", "Callers trust the certificate of VPC Lattice", "Nothing, unless the caller pins certificates"},
});

constexpr auto ofServiceConnect = std::to_array<Topic>({
    {"retryPolicy", "Service Connect repeats twice after failed connections, and cannot be told otherwise", "Let the caller repeat what may be repeated"},
    {"outlierDetection", "Service Connect has its own outlier detection, with fixed values", "Nothing, unless the values were chosen with care"},
    {"connectionPool", "Service Connect limits no connections", "Limit them in the program, or by how many tasks there are"},
    {"healthCheck", "Service Connect takes the health of the task", "Write it as healthCheck of the container"},
    {"serviceDiscovery", "Service Connect registers tasks in its namespace by itself", "Remove the service of Cloud Map or the DNS record once no caller is left"},
    {"egressFilter", "Service Connect reaches everything in its namespace", "Limit egress by security groups"},
    {"match", "Service Connect does not route by what is in a request", "Put an Application Load Balancer with rules before it, or route in the program"},
    {"priority", "Service Connect has no routes", "Nothing where there is one route; an Application Load Balancer otherwise"},
    {"timeout", "Service Connect has timeouts of a service, not of a route", "Set timeout of the service where this one counted"},
    {"validation", "Service Connect asks callers for no certificate", "Keep callers apart by security groups, or stay with Envoy or Istio"},
    {"tls", "Service Connect has certificates of AWS Private CA only", "Set services[].tls with the authority's ARN, the key and the role"},
    {"clientPolicy", "Service Connect's agent checks certificates by itself", "Nothing"},
    {"backendDefaults", "Service Connect's agent checks certificates by itself", "Nothing"},
    {"virtualRouterName", "Service Connect has no routers", "Nothing; callers keep the name of the virtual service"},
    {"virtualGatewayName", "Service Connect has no gateway", "Put an Application Load Balancer before the services that are reached from outside"},
    {"gatewayRouteName", "Service Connect has no gateway", "Put an Application Load Balancer before the services that are reached from outside"},
});

constexpr auto ofIstio = std::to_array<Topic>({
    {"healthCheck", "Istio takes the health of the pod", "Write it as readinessProbe of the container"},
    {"logging", "Istio's access log is set for the mesh", "Write a Telemetry resource where the format is needed"},
    {"certificate", "Istio issues certificates by itself", "Trust Istio's root where callers outside the mesh need it"},
    {"trust", "Istio trusts its own root", "Add the old root to Istio's where both meshes run side by side"},
    {"validation", "Istio checks the identity of the service by itself", "Nothing, unless the identity is none of Istio's"},
    {"clientPolicy", "Sidecars of Istio use mutual TLS among each other by themselves", "Nothing"},
    {"backendDefaults", "Sidecars of Istio use mutual TLS among each other by themselves", "Nothing"},
    {"attributes", "Istio does not read Cloud Map, and cannot pick instances by attributes", "Give the pods labels and the DestinationRule a subset"},
    {"timeout", "Istio has no such timeout for a listener", "Set it on the routes that lead there"},
});

constexpr auto ofEnvoy = std::to_array<Topic>({
    {"attributes", "DNS does not tell attributes of Cloud Map's instances apart", "Give those instances a service of their own in Cloud Map"},
});

std::string_view stepFrom(std::string_view& field) {
    const std::size_t dot = field.find('.');
    std::string_view step = field.substr(0, dot);
    field = dot == std::string_view::npos ? std::string_view() : field.substr(dot + 1);
    return step.substr(0, step.find('['));
}

const Topic* topicIn(std::span<const Topic> topics, std::string_view field) {
    // The innermost step says most.
    const Topic* found = nullptr;
    while (!field.empty()) {
        const std::string_view step = stepFrom(field);
        for (const Topic& each : topics)
            if (each.word == step) found = &each;
    }
    return found;
}

std::span<const Topic> topicsOf(Target target) {
    switch (target) {
    case Target::Lattice: return ofLattice;
    case Target::ServiceConnect: return ofServiceConnect;
    case Target::Istio: return ofIstio;
    case Target::Envoy: return ofEnvoy;
    }
    return {};
}

std::string_view nameOf(Target target) {
    static constexpr auto names = std::to_array<std::string_view>({"VPC Lattice", "ECS Service Connect", "Istio", "Envoy"});
    return names[static_cast<std::size_t>(target)];
}

bool hasBelow(const auto& marks, const std::string& field) {
    for (const char next : {'.', '['}) {
        const auto found = marks.lower_bound(field + next);
        if (found == marks.end()) continue;
        const std::string* key = nullptr;
        if constexpr (requires { found->first; })
            key = &found->first;
        else
            key = &*found;
        if (key->starts_with(field + next)) return true;
    }
    return false;
}

} // namespace

void Ledger::carried(const Object& object, std::string_view field) {
    marks_[&object].carried.emplace(field);
}

void Ledger::carried(const Object& object, std::string_view field, std::initializer_list<std::string_view> members) {
    for (const std::string_view each : members) carried(object, std::string(field) + "." + std::string(each));
}

void Ledger::lost(const Object& object, std::string_view field, std::string happens, std::string action) {
    auto& words = marks_[&object].lost[std::string(field)];
    // Several artefacts may say the same of it.
    for (const Words& each : words)
        if (each.happens == happens) return;
    words.push_back({std::move(happens), std::move(action)});
}

void Ledger::needed(const Object& object, std::string_view field, std::string happens, std::string action) {
    marks_[&object].needed.emplace(field);
    lost(object, field, std::move(happens), std::move(action));
}

void Ledger::visit(const Object& object, const Marks& marks, const Datum& value, const std::string& field, bool covered, std::set<std::string, std::less<>>& seen,
                   std::vector<LossRow>& rows) const {
    if (const auto found = marks.lost.find(field); found != marks.lost.end()) {
        for (const Words& each : found->second) rows.push_back({object.label(), field, estate::jsonOf(value), each.happens, each.action});
        seen.insert(field);
        covered = true;
    }
    const bool below = !value.members.empty() && (hasBelow(marks.lost, field) || (!covered && hasBelow(marks.carried, field)));
    const bool flat = value.members.empty() || (value.is(Datum::Kind::Array) && value.members.front().second.members.empty());
    if (!covered && flat && marks.carried.contains(field)) covered = true;
    if (below) {
        std::size_t index = 0;
        for (const auto& [name, each] : value.members)
            visit(object, marks, each, value.is(Datum::Kind::Array) ? field + "[" + std::to_string(index++) + "]" : field.empty() ? name : field + "." + name, covered, seen, rows);
        return;
    }
    if (covered) return;
    if (field.empty() || field == "spec") {
        // One row for each member says more than one for all.
        if (!value.members.empty()) {
            for (const auto& [name, each] : value.members) visit(object, marks, each, field.empty() ? name : field + "." + name, false, seen, rows);
            return;
        }
        if (field.empty()) return;
    }
    const Topic* topic = topicIn(topicsOf(target_), field);
    if (topic == nullptr) topic = topicIn(everywhere, field);
    LossRow row{object.label(), field, estate::jsonOf(value), {}, {}};
    row.happens = topic != nullptr ? std::string(topic->happens) : "It is left out: nothing of " + std::string(nameOf(target_)) + " was made of it";
    row.action = topic != nullptr ? std::string(topic->action) : "Look whether anything relies on it";
    rows.push_back(std::move(row));
}

std::vector<LossRow> Ledger::rows() const {
    std::vector<LossRow> rows;
    static const Marks none;
    for (const Object& each : model_.objects) {
        const auto found = marks_.find(&each);
        const Marks& marks = found == marks_.end() ? none : found->second;
        std::set<std::string, std::less<>> seen;
        visit(each, marks, each.body, {}, false, seen, rows);
        if (!each.tags.empty()) {
            Datum tags;
            tags.kind = Datum::Kind::Object;
            for (const auto& [key, value] : each.tags) tags.members.emplace_back(key, Datum::of(value));
            const Topic* topic = topicIn(everywhere, "tags");
            rows.push_back({each.label(), "tags", estate::jsonOf(tags), std::string(topic->happens), std::string(topic->action)});
        }
        // Of what the source does not have, what the target needs.
        for (const auto& [field, words] : marks.lost)
            if (!seen.contains(field) && marks.needed.contains(field))
                for (const Words& one : words) rows.push_back({each.label(), field, "null", one.happens, one.action});
    }
    return rows;
}

} // namespace gw::mesh::appmesh
