#include "models/mesh/why/denial.h"

#include "models/estate/question.h"
#include "models/estate/sources/cloudtrail_names.h"
#include "models/mesh/compile/compilation.h"
#include "models/mesh/envoy/denial.h"
#include "models/mesh/why/names.h"
#include "models/policy/arn_pattern.h"
#include "models/policy/denial_text.h"
#include "saml/base/ascii.h"
#include "saml/base/ascii_classes.h"
#include "saml/base/blanks.h"
#include "saml/base/json_fields.h"

#include <algorithm>
#include <array>

namespace gw::mesh {
namespace {

constexpr std::size_t mostText = std::size_t{1} << 20U;

const Json& memberOf(const Json& object, const char* name) {
    static const Json none;
    const auto found = object.is_object() ? object.find(name) : object.end();
    return object.is_object() && found != object.end() ? *found : none;
}

std::string firstText(const Json& object, std::initializer_list<const char*> names) {
    for (const char* name : names)
        if (std::string text = textField(object, name); !text.empty() && text != "-") return text;
    return {};
}

// What a request names, as the map asks for it.
void setThing(WhyQuestion& question, const std::string& action, const std::string& resource) {
    const auto arn = policy::ArnParts::split(resource);
    const std::string folded = foldedAscii(action);
    question.may = action;
    question.on = resource;
    if (!arn) return;
    if (folded == "execute-api:invoke") {
        // API/STAGE/METHOD/PATH
        std::array<std::string_view, 3> parts;
        std::string_view rest = arn->resource;
        for (std::string_view& part : parts) {
            const std::size_t slash = std::min(rest.find('/'), rest.size());
            part = rest.substr(0, slash);
            rest.remove_prefix(std::min(slash + 1, rest.size()));
        }
        if (parts[2].empty()) return;
        question.on = "route:" + std::string(parts[0]) + "/" + std::string(parts[1]);
        question.may = std::string(parts[2]);
        question.path = "/" + std::string(rest);
    } else if (folded == "vpc-lattice-svcs:invoke" || folded == "vpc-lattice-svcs:connect") {
        const std::size_t service = resource.find(":service/");
        const std::size_t slash = service == std::string::npos ? std::string::npos : resource.find('/', service + 9);
        question.on = resource.substr(0, slash);
        question.path = slash == std::string::npos ? std::string() : resource.substr(slash);
        const auto* method = question.context.find(policy::Key("vpc-lattice-svcs:RequestMethod"));
        question.may = folded.ends_with("connect")                                            ? "connect"
                       : method != nullptr && method->value && !method->value->values.empty() ? method->value->values.front()
                                                                                              : std::string();
    } else if (folded == "lambda:invokefunction" || folded == "lambda:invokefunctionurl") {
        question.may = "invoke";
    } else if (folded == "sts:assumerole" || folded == "sts:assumerolewithsaml" || folded == "sts:assumerolewithwebidentity") {
        question.may = "assume";
        question.on = "role:" + resource;
    }
}

// A route or service of the map that the ids of a denial mean; as it is, where there is none.
std::string known(const Map& map, const WhyQuestion& question) {
    for (const Node& node : map.nodes()) {
        if (const auto* route = node.as<Route>()) {
            const std::string api = "route:" + route->api + "/";
            if (!question.on.starts_with(api)) continue;
            const std::string_view stage = std::string_view(question.on).substr(api.size());
            const bool at = route->paths.empty() || allowsPath(route->paths, false, question.path);
            if ((route->stage == "*" || route->stage == stage) && at && node.written) return node.id.value();
        }
        if (const auto* service = node.as<MeshService>(); service != nullptr && service->lattice == question.on && node.written)
            return node.id.value();
    }
    return question.on;
}

Result<PastedDenial> fromAws(const policy::Denial& denial) {
    PastedDenial pasted;
    pasted.said = denial.layer;
    pasted.explicitDeny = denial.explicitDeny;
    pasted.question.context = denial.request.context;
    pasted.question.who = denial.request.facts.anonymous ? "anyone" : denial.request.principal.text();
    setThing(pasted.question, denial.request.action, denial.request.resource);
    if (!denial.namesResource) pasted.question.on.clear();
    return pasted;
}

// CloudTrail User Guide, "CloudTrail record contents"; of a file or an event of EventBridge the record within.
std::optional<PastedDenial> fromTrail(const Json& root) {
    const Json* record = &root;
    if (const Json& records = memberOf(root, "Records"); records.is_array() && !records.empty()) record = &records.front();
    if (const Json& detail = memberOf(root, "detail"); detail.is_object()) record = &detail;
    const std::string source = textField(*record, "eventSource"), name = textField(*record, "eventName");
    if (source.empty() || name.empty()) return std::nullopt;
    PastedDenial pasted;
    const Json& identity = memberOf(*record, "userIdentity");
    const Json& parameters = memberOf(*record, "requestParameters");
    std::string resource;
    if (const Json& resources = memberOf(*record, "resources"); resources.is_array())
        for (const Json& each : resources)
            if (each.is_object() && resource.empty()) resource = firstText(each, {"ARN", "arn"});
    if (resource.empty())
        resource = firstText(parameters, {"roleArn", "functionName", "resourceArn", "taskDefinition", "policyArn"});
    pasted.question.who = firstText(identity, {"arn"});
    if (textField(identity, "type") == "SAMLUser" || textField(identity, "type") == "WebIdentityUser")
        if (const std::string user = textField(identity, "userName"); !user.empty()) pasted.question.who = "person:" + user;
    if (pasted.question.who.empty()) pasted.question.who = firstText(identity, {"invokedBy"});
    if (const std::string ip = textField(*record, "sourceIPAddress");
        !ip.empty() && std::all_of(ip.begin(), ip.end(), [](char c) { return isAlphanumeric(c) || c == '.' || c == ':'; }) &&
        ip.find_first_of("0123456789") != std::string::npos && ip.find("amazonaws") == std::string::npos)
        pasted.question.context.set("aws:SourceIp", ip);
    // Calls that nobody in particular may make, such as sign-ins, are no action of a policy's, and here they are asked about.
    std::string action = estate::policyAction(source, name);
    if (action.empty()) action = source.substr(0, source.find('.')) + ":" + name;
    setThing(pasted.question, action, resource);
    return pasted;
}

// What Envoy and Istio call the members of an access log, ours first.
std::optional<PastedDenial> fromProxy(std::string_view text, const Json& line, const Map& map) {
    const auto denial = readProxyDenial(text);
    if (!denial) return std::nullopt;
    PastedDenial pasted;
    pasted.policy = std::string(denial->policy);
    for (const EdgeId& edge : denial->edges)
        if (map.edge(edge) != nullptr) pasted.named.push_back(edge);
    pasted.question.may = firstText(line, {"method", "request_method"});
    pasted.question.path = firstText(line, {"path", "x_envoy_origin_path"});
    pasted.question.path = pasted.question.path.substr(0, pasted.question.path.find('?'));
    std::string peer = firstText(line, {"peer", "downstream_peer_uri_san", "source_principal"});
    pasted.question.who = peer.substr(0, peer.find(','));
    const std::string server = firstText(line, {"authority", "server", "upstream_host_name"});
    // The service: as the line's host, or the only thing that the edge is about.
    for (const Node& node : map.nodes())
        if (node.kind() == NodeKind::MeshService && !server.empty() &&
            server.substr(0, server.find_first_of(".:")) == node.id.value())
            pasted.question.on = node.id.value();
    std::vector<std::string> things;
    for (const EdgeId& id : pasted.named)
        for (const NodeId& on : map.edge(id)->on)
            for (const Node* member : map.members(on))
                if (member->kind() == NodeKind::MeshService &&
                    std::find(things.begin(), things.end(), member->id.value()) == things.end())
                    things.push_back(member->id.value());
    if (pasted.named.empty())
        for (const Node& node : map.nodes())
            if (const auto* service = node.as<MeshService>(); service != nullptr && !service->workload.empty())
                things.push_back(node.id.value());
    if (pasted.question.on.empty() && things.size() == 1) pasted.question.on = things.front();
    if (pasted.named.size() == 1) {
        const Edge& edge = *map.edge(pasted.named.front());
        if (pasted.question.may.empty() && edge.may.size() == 1 && edge.may.front() != "*") pasted.question.may = edge.may.front();
        if (pasted.question.who.empty() && edge.who.size() == 1) pasted.question.who = edge.who.front().value();
    }
    return pasted;
}

// Texts in which nobody and nothing is named (API Gateway, "Gateway response types").
bool namesNothing(std::string_view text) {
    for (const std::string_view each : {"Missing Authentication Token", "\"Forbidden\"", "\"Unauthorized\"",
                                        "RBAC: access denied", "User is not authorized to access this resource"})
        if (text.find(each) != std::string_view::npos) return true;
    return text == "Forbidden" || text == "Unauthorized";
}

} // namespace

std::vector<EdgeId> edgesNamedIn(std::string_view text, const Map& map) {
    std::vector<EdgeId> found;
    for (std::size_t at = 0; (at = text.find("gw", at)) != std::string_view::npos;) {
        const bool begins = at == 0 || !isAlphanumeric(text[at - 1]);
        std::size_t end = at;
        while (end < text.size() && isAlphanumeric(text[end])) ++end;
        if (begins)
            for (const EdgeId& edge : edgesOfSid(text.substr(at, end - at)))
                if (map.edge(edge) != nullptr && std::find(found.begin(), found.end(), edge) == found.end())
                    found.push_back(edge);
        at = end;
    }
    return found;
}

Result<PastedDenial> readPastedDenial(std::string_view text, const Map& map, const estate::Estate* estate) {
    if (text.size() > mostText) return fail(WhyError::NotADenial);
    text = trimmed(text);
    const auto json = text.starts_with('{') ? parseJson(text) : Result<Json>(Json());
    const Json none;
    const Json& line = json ? *json : none;
    std::optional<PastedDenial> pasted = fromProxy(text, line, map);
    const auto trail = line.is_object() ? fromTrail(line) : std::nullopt;
    bool encoded = false;
    if (!pasted) {
        if (auto denial = policy::readDenial(text)) {
            GW_TRY(pasted, fromAws(*denial));
            // What the sentence leaves out, its event may tell.
            if (trail && pasted->question.on.empty()) pasted->question.on = trail->question.on;
            if (trail && pasted->question.context.entries().empty()) pasted->question.context = trail->question.context;
        } else {
            encoded = denial.error().code().is(policy::DenialError::Encoded);
        }
    }
    if (!pasted) pasted = trail;
    if (!pasted && encoded) return fail(WhyError::Encoded);
    if (!pasted && namesNothing(text)) return fail(Error(WhyError::NamesNothing).with("seen", std::string(text.substr(0, 120))));
    if (!pasted) return fail(WhyError::NotADenial);
    if (estate != nullptr && pasted->question.on.find('*') != std::string::npos)
        if (const auto denial = policy::readDenial(text)) {
            const estate::Question whole = estate::makeQuestion(*estate, *denial);
            if (!whole.writtenResource.empty()) setThing(pasted->question, whole.request.action, whole.request.resource);
        }
    for (const EdgeId& edge : edgesNamedIn(text, map))
        if (std::find(pasted->named.begin(), pasted->named.end(), edge) == pasted->named.end()) pasted->named.push_back(edge);
    if (!pasted->question.on.empty()) pasted->question.on = known(map, pasted->question);
    return std::move(*pasted);
}

} // namespace gw::mesh
