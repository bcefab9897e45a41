#include "models/mesh/istio/compile.h"

#include "models/mesh/envoy/path.h"
#include "models/mesh/envoy/servers.h"
#include "models/mesh/text/yaml_text.h"
#include "models/policy/values.h"
#include "saml/base/ascii.h"
#include "saml/base/ascii_classes.h"

#include <algorithm>
#include <set>

namespace gw::mesh {
namespace {

using Kind = EdgeCondition::Kind;

bool isName(std::string_view text) {
    constexpr std::string_view marks = "-_.:/";
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [&](char c) { return isAlphanumeric(c) || marks.find(c) != std::string_view::npos; });
}

// One star, at one end, is all that there is.
bool holdsValue(std::string_view value) {
    if (value.empty() || value.find('?') != std::string_view::npos) return false;
    const std::size_t star = value.find('*');
    if (star == std::string_view::npos) return true;
    return value != "*" && value.find('*', star + 1) == std::string_view::npos && (star == 0 || star + 1 == value.size());
}

bool holdsCondition(const EdgeCondition& condition) {
    return isName(condition.name) && std::all_of(condition.values.begin(), condition.values.end(), holdsValue);
}

std::string appOf(std::string_view object) {
    return std::string(object.substr(object.find('/') + 1));
}
std::string spaceOf(std::string_view object) {
    return std::string(object.substr(0, object.find('/')));
}

// RFC 1123: small letters, digits, "-" and ".".
std::string resourceName(std::string_view text) {
    std::string out;
    for (const char c : foldedAscii(text)) out += isAlphanumeric(c) || c == '-' ? c : '-';
    return out;
}

Json metadataOf(const std::string& object, std::string name) {
    return Json{{"name", std::move(name)}, {"namespace", spaceOf(object)}};
}
Json selectorOf(const std::string& object) {
    return Json{{"matchLabels", Json{{"app", appOf(object)}}}};
}

// Escapes are compared as they stand: in both cases of their digits.
void addPath(const PathPattern& pattern, Json& into) {
    std::string text;
    const bool templated = pattern.form() == PathForm::Template;
    for (const std::optional<std::string>& segment : pattern.segments()) text += "/" + (segment ? *segment : std::string("{*}"));
    if (pattern.open()) text += templated ? "/{**}" : "/*";
    into.push_back(text);
    if (text.find('%') == std::string::npos) return;
    const std::string upper = envoy::withUpperEscapes(text);
    std::string lower = upper;
    for (std::size_t at = lower.find('%'); at != std::string::npos && at + 2 < lower.size(); at = lower.find('%', at + 1))
        for (const std::size_t digit : {at + 1, at + 2}) lower[digit] = foldedAscii(lower.substr(digit, 1)).front();
    for (const std::string& each : {upper, lower})
        if (std::find(into.begin(), into.end(), Json(each)) == into.end()) into.push_back(each);
}

Json operationOf(const MeshAccess& access) {
    Json operation = Json::object();
    if (!access.methods.empty() && std::find(access.methods.begin(), access.methods.end(), "*") == access.methods.end())
        operation["methods"] = access.methods;
    const auto isAll = [](const PathPattern& path) { return path.form() == PathForm::All; };
    if (!access.paths.empty() && std::none_of(access.paths.begin(), access.paths.end(), isAll)) {
        Json paths = Json::array();
        for (const PathPattern& path : access.paths) addPath(path, paths);
        operation["paths"] = std::move(paths);
    }
    if (access.port != 0) operation["ports"] = Json::array({std::to_string(access.port)});
    return operation;
}

Json sourceOf(const ProxyRule& rule) {
    Json source = Json::object();
    Json principals = Json::array();
    const bool anyone = std::any_of(rule.callers.begin(), rule.callers.end(), isAnyone);
    if (anyone && rule.effect == Effect::Allow) principals.push_back("*");
    for (const Caller& caller : rule.callers) {
        if (anyone || caller.workload == nullptr) continue;
        const std::string uri = uriOf(*caller.workload, Target::Istio);
        Json principal = uri.substr(uri.find("//") + 2);
        if (std::find(principals.begin(), principals.end(), principal) == principals.end())
            principals.push_back(std::move(principal));
    }
    if (!principals.empty()) source["principals"] = std::move(principals);
    for (const EdgeCondition& condition : rule.when)
        if (condition.kind == Kind::SourceIp) source["ipBlocks"] = condition.values;
    return source;
}

Json ruleOf(const ProxyRule& rule) {
    Json out = Json::object();
    if (Json source = sourceOf(rule); !source.empty()) out["from"] = Json::array({Json{{"source", std::move(source)}}});
    if (Json operation = operationOf(rule.access); !operation.empty())
        out["to"] = Json::array({Json{{"operation", std::move(operation)}}});
    Json when = Json::array();
    for (const EdgeCondition& condition : rule.when) {
        if (condition.kind == Kind::Header)
            when.push_back(Json{{"key", "request.headers[" + condition.name + "]"}, {"values", condition.values}});
        if (condition.kind == Kind::JwtClaim)
            when.push_back(Json{{"key", "request.auth.claims[" + condition.name + "]"}, {"values", condition.values}});
    }
    if (!when.empty()) out["when"] = std::move(when);
    return out;
}

Json policyOf(const std::string& object, std::string name, Enforcement enforcement) {
    Json policy{{"apiVersion", "security.istio.io/v1"},
                {"kind", "AuthorizationPolicy"},
                {"metadata", metadataOf(object, std::move(name))}};
    if (enforcement == Enforcement::DryRun) policy["metadata"]["annotations"]["istio.io/dry-run"] = "true";
    policy["spec"]["selector"] = selectorOf(object);
    return policy;
}

Json peerAuthentication(const std::string& object) {
    return Json{{"apiVersion", "security.istio.io/v1"},
                {"kind", "PeerAuthentication"},
                {"metadata", metadataOf(object, "gw-" + resourceName(appOf(object)))},
                {"spec", Json{{"selector", selectorOf(object)}, {"mtls", Json{{"mode", "STRICT"}}}}}};
}

// The mesh's own setting (pathNormalization) is not this workload's to make.
Json normalPaths(const std::string& object) {
    const Json manager{
        {"@type", "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager"},
        {"normalize_path", true},
        {"merge_slashes", true},
        {"path_with_escaped_slashes_action", "REJECT_REQUEST"}};
    const Json filter{{"filter", Json{{"name", "envoy.filters.network.http_connection_manager"}}}};
    const Json patch{{"applyTo", "NETWORK_FILTER"},
                     {"match", Json{{"context", "SIDECAR_INBOUND"}, {"listener", Json{{"filterChain", filter}}}}},
                     {"patch", Json{{"operation", "MERGE"}, {"value", Json{{"typed_config", manager}}}}}};
    return Json{{"apiVersion", "networking.istio.io/v1alpha3"},
                {"kind", "EnvoyFilter"},
                {"metadata", metadataOf(object, "gw-" + resourceName(appOf(object)) + "-paths")},
                {"spec", Json{{"workloadSelector", Json{{"labels", Json{{"app", appOf(object)}}}}},
                              {"configPatches", Json::array({patch})}}}};
}

std::string resourcesText(const Proxy& proxy, Enforcement enforcement, std::set<std::string>& names) {
    std::vector<Json> resources;
    if (enforcement == Enforcement::Enforce) {
        resources.push_back(peerAuthentication(proxy.object));
        resources.push_back(normalPaths(proxy.object));
    }
    const std::string app = resourceName(appOf(proxy.object));
    for (const ProxyRule& rule : proxy.rules) {
        const std::string sid = sidOf(rule.edge, rule.part), stem = foldedAscii(sid) + "-" + app;
        std::string name = stem;
        // Ids that differ in case only.
        for (int more = 2; !names.insert(spaceOf(proxy.object) + "/" + name).second; ++more)
            name = stem + "-" + std::to_string(more);
        Json policy = policyOf(proxy.object, name, enforcement);
        policy["metadata"]["annotations"]["gatewarden/edge"] = sid;
        policy["metadata"]["annotations"]["gatewarden/words"] = wordsOf(rule);
        policy["spec"]["action"] = rule.effect == Effect::Deny ? "DENY" : "ALLOW";
        policy["spec"]["rules"] = Json::array({ruleOf(rule)});
        resources.push_back(std::move(policy));
    }
    if (std::none_of(proxy.rules.begin(), proxy.rules.end(),
                     [](const ProxyRule& rule) { return rule.effect == Effect::Allow; })) {
        // Without rules it matches nothing; being there, it makes everything denied that nothing else allows.
        Json policy = policyOf(proxy.object, "gw-nobody-" + app, enforcement);
        policy["spec"]["action"] = "ALLOW";
        resources.push_back(std::move(policy));
    }
    return yamlDocuments(resources);
}

} // namespace

std::vector<Unheld> unheldByIstio(const Use& use) {
    std::vector<Unheld> cannot;
    const bool deny = use.effect == Effect::Deny;
    if (!isAnyone(use.caller) && (use.caller.workload == nullptr || uriOf(*use.caller.workload, Target::Istio).empty()))
        cannot.push_back({"no-identity", use.caller.node.value()});
    if (const auto* access = use.as<MeshAccess>(); access != nullptr && deny)
        for (const PathPattern& path : access->paths)
            if (path.form() == PathForm::Template || path.text().find('%') != std::string::npos)
                cannot.push_back({path.form() == PathForm::Template ? "path-template" : "path", path.text()});
    if (use.expires) cannot.push_back({"expires", use.expires->toRfc3339()});
    bool addresses = false;
    for (const EdgeCondition& condition : use.when) {
        if (auto unseen = unseenByProxies(condition)) {
            cannot.push_back(std::move(*unseen));
            continue;
        }
        switch (condition.kind) {
        case Kind::Query:
            cannot.push_back({"query", condition.name});
            break;
        case Kind::Header:
            // A denied value that comes with a second one would not be seen.
            if (deny || !holdsCondition(condition)) cannot.push_back({"header", condition.name});
            break;
        case Kind::JwtClaim:
            if (!holdsCondition(condition)) cannot.push_back({"jwt", condition.name});
            break;
        case Kind::SourceIp:
            if (addresses || !std::all_of(condition.values.begin(), condition.values.end(),
                                          [](const std::string& value) { return policy::Network::parse(value).has_value(); }))
                cannot.push_back({"source-ip", {}});
            addresses = true;
            break;
        default:
            break;
        }
    }
    return cannot;
}

void compileIstio(const Intent& intent, Enforcement enforcement, Compilation& into) {
    std::set<std::string> names;
    for (Proxy& proxy : proxiesOf(intent, Target::Istio, unheldByIstio, into.losses)) {
        std::string text = resourcesText(proxy, enforcement, names);
        into.artefacts.push_back(
            {Target::Istio, ArtefactKind::IstioPolicies, proxy.object, {}, std::move(text), std::move(proxy.edges)});
    }
}

void compileIstio(const Intent& intent, Compilation& into) {
    compileIstio(intent, Enforcement::Enforce, into);
}

} // namespace gw::mesh
