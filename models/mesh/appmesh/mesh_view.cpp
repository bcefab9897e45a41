#include "models/mesh/appmesh/mesh_view.h"

#include "saml/base/ascii_classes.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace gw::mesh::appmesh {
namespace {

bool sameMesh(const Object& a, const Object& b) {
    return a.mesh == b.mesh && a.account == b.account && a.region == b.region;
}

template <class Part>
const Part* named(const std::vector<const Part*>& list, std::string_view name) {
    const auto found = std::lower_bound(list.begin(), list.end(), name, [](const Part* each, std::string_view wanted) { return each->object->name < wanted; });
    return found != list.end() && (*found)->object->name == name ? *found : nullptr;
}

std::size_t pathLength(const Match& match) {
    if (match.path) return 1'000 + match.path->size();
    if (match.pathRegex) return 500 + match.pathRegex->size();
    return match.prefix ? match.prefix->size() : 0;
}

void inOrder(std::vector<const Route*>& routes) {
    std::stable_sort(routes.begin(), routes.end(), [](const Route* a, const Route* b) {
        const auto key = [](const Route* each) { return std::tuple(each->priority.value_or(1'001), -static_cast<std::int64_t>(pathLength(each->match))); };
        return std::tuple_cat(key(a), std::tie(a->object->name)) < std::tuple_cat(key(b), std::tie(b->object->name));
    });
}

std::uint32_t digest(std::string_view text) {
    std::uint32_t hash = 2'166'136'261U; // FNV-1a: to tell names apart, not to keep secrets
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619U;
    return hash;
}

} // namespace

MeshView::MeshView(const Parts& parts, const Object& any) : name_(any.mesh) {
    folder_ = fileName(any.account) + "/" + fileName(any.region) + "/" + fileName(any.mesh) + "/";
    for (const MeshPart& each : parts.meshes())
        if (sameMesh(*each.object, any)) mesh_ = &each;
    const auto take = [&](const auto& from, auto& into) {
        for (const auto& each : from)
            if (sameMesh(*each.object, any)) into.push_back(&each);
        std::sort(into.begin(), into.end(), [](const auto* a, const auto* b) { return std::tie(a->object->name, a->object->kind) < std::tie(b->object->name, b->object->kind); });
    };
    take(parts.workloads(), workloads_);
    take(parts.services(), services_);
    take(parts.routers(), routers_);
    take(parts.routes(), routes_);
}

std::vector<MeshView> MeshView::all(const Parts& parts, const Model& model) {
    std::vector<MeshView> views;
    const Object* last = nullptr;
    // The model is sorted by mesh.
    for (const Object& each : model.objects) {
        if (last == nullptr || !sameMesh(*last, each)) views.emplace_back(parts, each);
        last = &each;
    }
    return views;
}

const Workload* MeshView::node(std::string_view name) const {
    for (auto found = std::lower_bound(workloads_.begin(), workloads_.end(), name, [](const Workload* each, std::string_view wanted) { return each->object->name < wanted; });
         found != workloads_.end() && (*found)->object->name == name; ++found)
        if (!(*found)->isGateway()) return *found;
    return nullptr;
}

const VirtualRouter* MeshView::router(std::string_view name) const {
    return named(routers_, name);
}

const VirtualService* MeshView::service(std::string_view name) const {
    return named(services_, name);
}

std::vector<const Route*> MeshView::routesOf(std::string_view router) const {
    std::vector<const Route*> found;
    for (const Route* each : routes_)
        if (each->object->kind == Kind::Route && each->object->parent == router && !each->field.empty()) found.push_back(each);
    inOrder(found);
    return found;
}

std::vector<const Route*> MeshView::routesOfGateway(std::string_view gateway) const {
    std::vector<const Route*> found;
    for (const Route* each : routes_)
        if (each->object->kind == Kind::GatewayRoute && each->object->parent == gateway && !each->field.empty()) found.push_back(each);
    inOrder(found);
    return found;
}

Destination MeshView::destinationOf(const WeightedTarget& target) const {
    const Workload* found = node(target.node);
    if (found == nullptr) return {};
    const Listener* listener = target.port ? found->listenerAt(*target.port) : found->listeners.empty() ? nullptr : &found->listeners.front();
    return {found, listener, &target};
}

std::vector<Destination> MeshView::destinationsOf(const VirtualService& service) const {
    std::vector<Destination> found;
    if (const Workload* provider = service.node.empty() ? nullptr : node(service.node))
        for (const Listener& each : provider->listeners) found.push_back({provider, &each, nullptr});
    if (service.router.empty()) return found;
    for (const Route* route : routesOf(service.router))
        for (const WeightedTarget& each : route->targets)
            if (const Destination one = destinationOf(each); one.listener != nullptr) found.push_back(one);
    return found;
}

std::vector<const PortMapping*> MeshView::portsOf(const VirtualService& service) const {
    std::vector<const PortMapping*> ports;
    const auto add = [&](const PortMapping& mapping) {
        const bool known = std::any_of(ports.begin(), ports.end(), [&](const PortMapping* each) { return each->port == mapping.port; });
        if (mapping.port > 0 && !known) ports.push_back(&mapping);
    };
    if (const VirtualRouter* found = router(service.router))
        for (const PortMapping& each : found->listeners) add(each);
    // A router without listeners is called on the ports of its nodes.
    if (ports.empty())
        for (const Destination& each : destinationsOf(service)) add(each.listener->mapping);
    return ports;
}

std::vector<Caller> MeshView::callersOf(std::string_view service) const {
    std::vector<Caller> callers;
    for (const Workload* each : workloads_) {
        std::set<std::string_view> once;
        for (const Backend& backend : each->backends)
            if (backend.service == service && once.insert(backend.service).second) callers.push_back({each, &backend, nullptr});
        if (!each->isGateway()) continue;
        for (const Route* route : routesOfGateway(each->object->name))
            if (route->target.service == service) {
                callers.push_back({each, nullptr, route});
                break;
            }
    }
    return callers;
}

const ClientTls* clientTlsOf(const Workload& caller, const Backend* backend) {
    if (backend != nullptr && backend->tls) return &*backend->tls;
    return caller.defaults ? &*caller.defaults : nullptr;
}

std::string identityOf(const ClientTls* tls) {
    if (tls == nullptr || !tls->certificate || tls->certificate->kind != Credential::Kind::Sds) return {};
    return tls->certificate->secret.starts_with("spiffe://") ? tls->certificate->secret : std::string();
}

bool asksForCertificate(const Listener& listener) {
    return listener.tls && listener.tls->mode == TlsMode::Strict && listener.tls->validation;
}

Admission admission(const ClientTls* caller, const Listener& listener) {
    if (!asksForCertificate(listener)) return Admission::Open;
    if (caller == nullptr || !caller->certificate || caller->certificate->kind == Credential::Kind::None) return Admission::Refused;
    const auto& names = listener.tls->validation->names;
    if (listener.tls->validation->trust.kind == Credential::Kind::None) return Admission::Unknown;
    if (!names) return Admission::Trusted;
    const std::string identity = identityOf(caller);
    if (identity.empty()) return Admission::Unknown;
    return std::find(names->begin(), names->end(), identity) != names->end() ? Admission::Named : Admission::Refused;
}

std::string plainName(std::string_view name, std::size_t most) {
    std::string made;
    for (const char c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || isDigit(c);
        if (plain || (!made.empty() && made.back() != '-')) made += plain ? c : '-';
    }
    while (!made.empty() && made.back() == '-') made.pop_back();
    if (made == name && made.size() <= most && made.size() >= 3) return made;
    static constexpr char digits[] = "0123456789abcdef";
    std::string end;
    for (std::uint32_t hash = digest(name), i = 0; i < 8; ++i, hash >>= 4U) end += digits[hash & 15U];
    made = made.substr(0, most - end.size() - 1);
    while (!made.empty() && made.back() == '-') made.pop_back();
    // A label of DNS may not begin with a digit everywhere.
    return (made.empty() ? std::string("x") : made) + "-" + end;
}

std::string fieldOf(std::string_view base, std::string_view member) {
    return std::string(base) + "." + std::string(member);
}

std::string sanField(const Validation& validation, std::size_t index) {
    return validation.field + ".subjectAlternativeNames.match.exact[" + std::to_string(index) + "]";
}

std::string jsonText(const Json& value) {
    return value.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string regexQuoted(std::string_view text) {
    std::string made;
    for (const char c : text) {
        if (std::string_view(R"(\.+*?()|[]{}^$)").find(c) != std::string_view::npos) made += '\\';
        made += c;
    }
    return made;
}

bool isUnconditional(const Route& route) {
    const Match& match = route.match;
    return route.protocol != Protocol::Tcp && match.headers.empty() && match.query.empty() && !match.method && !match.scheme && !match.path && !match.pathRegex &&
           !match.grpcService && !match.grpcMethod && !match.port && match.prefix.value_or("/") == "/";
}

std::string retryOn(const Route& route, Ledger& ledger) {
    static const std::map<std::string, std::string, std::less<>> words = {{"server-error", "5xx"},
                                                                          {"gateway-error", "gateway-error"},
                                                                          {"client-error", "retriable-4xx"},
                                                                          {"stream-error", "refused-stream"},
                                                                          {"connection-error", "connect-failure"},
                                                                          {"cancelled", "cancelled"},
                                                                          {"deadline-exceeded", "deadline-exceeded"},
                                                                          {"internal", "internal"},
                                                                          {"resource-exhausted", "resource-exhausted"},
                                                                          {"unavailable", "unavailable"}};
    std::string on;
    const auto take = [&](const std::vector<std::string>& events, std::string_view list) {
        for (std::size_t i = 0; i < events.size(); ++i) {
            const std::string field = fieldOf(route.retry->field, list) + "[" + std::to_string(i) + "]";
            const auto found = words.find(events[i]);
            const bool again = found != words.end() && ("," + on + ",").find("," + found->second + ",") != std::string::npos;
            if (found != words.end() && !again) {
                on += (on.empty() ? "" : ",") + found->second;
                ledger.carried(*route.object, field);
            } else {
                ledger.lost(*route.object, field, again ? "It is named twice" : "No reason to repeat is known by that name", again ? "Nothing" : "Choose one of Envoy's retry_on");
            }
        }
    };
    take(route.retry->http, "httpRetryEvents");
    take(route.retry->tcp, "tcpRetryEvents");
    take(route.retry->grpc, "grpcRetryEvents");
    return on;
}

void carryDuration(const Object& object, const std::optional<Duration>& duration, Ledger& ledger) {
    if (duration) ledger.carried(object, duration->field, {"unit", "value"});
}

void carryOutlier(const Object& object, const OutlierDetection& outlier, Ledger& ledger) {
    ledger.carried(object, outlier.field, {"maxServerErrors", "maxEjectionPercent"});
    carryDuration(object, outlier.interval, ledger);
    carryDuration(object, outlier.baseEjection, ledger);
}

void carryMode(const Object& object, const ListenerTls& tls, Ledger& ledger) {
    if (tls.modeTold)
        ledger.carried(object, tls.field + ".mode");
    else
        ledger.needed(object, tls.field + ".mode", "It is no mode of App Mesh's, and is taken for STRICT", "Look which mode was meant");
}

void carryName(const Object& object, const Discovery& dns, Ledger& ledger) {
    ledger.carried(object, dns.field + ".hostname");
    if (dns.responseType == "ENDPOINTS")
        ledger.carried(object, dns.field + ".responseType");
    else
        ledger.lost(object, dns.field + ".responseType", "The name is taken for a load balancer's, as it is without it", "Nothing");
}

void carryEgress(const MeshView& mesh, Ledger& ledger) {
    if (mesh.mesh() == nullptr) return;
    if (mesh.allowAll())
        ledger.carried(*mesh.mesh()->object, "spec.egressFilter.type");
    else
        ledger.lost(*mesh.mesh()->object, "spec.egressFilter", "Egress is limited to the mesh, as it is without it", "Nothing");
}

void carryNames(const Object& object, Ledger& ledger, bool own) {
    const auto carry = [&](std::string_view key, const std::string& value) {
        if (object.body.string(key) == value) ledger.carried(object, key);
    };
    carry("meshName", object.mesh);
    if (own) carry(namesOf(object.kind).nameKey, object.name);
    if (object.kind == Kind::Route) carry("virtualRouterName", object.parent);
    if (object.kind == Kind::GatewayRoute) carry("virtualGatewayName", object.parent);
}

} // namespace gw::mesh::appmesh
