#include "models/estate/sources/yaml.h"
#include "models/mesh/envoy/listener.h"

#include <algorithm>

namespace gw::mesh::envoy {

using estate::Datum;

namespace {

constexpr std::string_view rbacType = "/envoy.extensions.filters.http.rbac.v3.RBAC";
constexpr std::string_view perRouteType = "/envoy.extensions.filters.http.rbac.v3.RBACPerRoute";
constexpr std::string_view routerType = "/envoy.extensions.filters.http.router.v3.Router";
constexpr std::string_view managerType = "/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";
constexpr std::string_view tlsType = "/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext";

std::string_view typeOf(const Datum& config) {
    return config.string("@type");
}

Error at(EnvoyError code, const Datum& datum) {
    return Error(code).with("pointer", datum.pointer).with("line", std::to_string(datum.position.line));
}

} // namespace

class ListenerReader {
public:
    Result<Listener> read(const Datum& root) {
        const Datum& resources = root["resources"];
        const Datum& listener =
            resources.is(Datum::Kind::Array) && resources.members.size() == 1 ? resources.members.front().second : root;
        const Datum& chains = field(listener, "filter_chains");
        if (!chains.is(Datum::Kind::Array)) return fail(at(EnvoyError::NoListener, listener));
        // More than one, and which is taken depends on more than is looked at here.
        if (chains.members.size() != 1 || !field(listener, "default_filter_chain").is(Datum::Kind::Null))
            return fail(at(EnvoyError::NotUnderstood, chains));
        const Datum& chain = chains.members.front().second;
        readTls(field(chain, "transport_socket"));
        const Datum& filters = chain["filters"];
        if (!filters.is(Datum::Kind::Array) || filters.members.size() != 1)
            return fail(at(EnvoyError::NoConnectionManager, chain));
        const Datum& manager = field(filters.members.front().second, "typed_config");
        if (!typeOf(manager).ends_with(managerType)) return fail(at(EnvoyError::NoConnectionManager, manager));
        readManager(manager);
        readRoutes(field(manager, "route_config"));
        const bool controlled = std::any_of(out_.filters_.begin(), out_.filters_.end(), [](const HttpFilter& filter) {
            return filter.known && (filter.rbac.rules || filter.rbac.shadow || !filter.rbac.understood);
        });
        if (!controlled) return fail(at(EnvoyError::NoAccessControl, manager));
        return std::move(out_);
    }

private:
    void readTls(const Datum& socket) {
        const Datum& config = field(socket, "typed_config");
        if (!typeOf(config).ends_with(tlsType)) return;
        out_.requiresCertificate_ = field(config, "require_client_certificate").is(Datum::Kind::True);
        const Datum& common = field(config, "common_tls_context");
        for (const std::string_view name :
             {"validation_context", "validation_context_sds_secret_config", "combined_validation_context"}) {
            const Datum& context = field(common, name);
            if (context.is(Datum::Kind::Null)) continue;
            const Datum& inner = name == "combined_validation_context" ? field(context, "default_validation_context") : context;
            const bool blind = field(inner, "trust_chain_verification").string() == "ACCEPT_UNTRUSTED";
            const bool has = name != "validation_context" || !field(context, "trusted_ca").is(Datum::Kind::Null);
            out_.validatesCertificates_ = out_.validatesCertificates_ || (has && !blind);
        }
    }

    void readManager(const Datum& manager) {
        const auto flag = [&](std::string_view name) {
            const Datum& value = field(manager, name);
            if (!value.is(Datum::Kind::Null) && !value.is(Datum::Kind::True) && !value.is(Datum::Kind::False))
                out_.settingsKnown_ = false;
            return value.is(Datum::Kind::True);
        };
        out_.paths_.normalize = flag("normalize_path");
        out_.paths_.mergeSlashes = flag("merge_slashes");
        const std::string_view escaped = field(manager, "path_with_escaped_slashes_action").string();
        if (escaped == "REJECT_REQUEST")
            out_.paths_.escaped = EscapedSlashes::Reject;
        else if (escaped == "UNESCAPE_AND_REDIRECT")
            out_.paths_.escaped = EscapedSlashes::Redirect;
        else if (escaped == "UNESCAPE_AND_FORWARD")
            out_.paths_.escaped = EscapedSlashes::Forward;
        else if (!escaped.empty() && escaped != "KEEP_UNCHANGED" && escaped != "IMPLEMENTATION_SPECIFIC_DEFAULT")
            out_.settingsKnown_ = false;
        // Says the same in another way, which is not read.
        if (!field(manager, "path_normalization_options").is(Datum::Kind::Null)) out_.settingsKnown_ = false;
        out_.refusesUnderscores_ =
            field(field(manager, "common_http_protocol_options"), "headers_with_underscores_action").string() == "REJECT_REQUEST";
        for (const Datum::Member& member : field(manager, "http_filters").members)
            out_.filters_.push_back(readHttpFilter(member.second));
    }

    static HttpFilter readHttpFilter(const Datum& datum) {
        HttpFilter filter;
        filter.name = std::string(datum.string("name"));
        const Datum& config = field(datum, "typed_config");
        const Datum& disabled = datum["disabled"];
        if (typeOf(config).ends_with(rbacType))
            filter.rbac = readFilter(config);
        else
            filter.known = typeOf(config).ends_with(routerType);
        // A filter that is off until a route puts it on.
        if (!disabled.is(Datum::Kind::Null) && !disabled.is(Datum::Kind::False)) filter.known = false;
        return filter;
    }

    void addOverrides(const Datum& of, std::vector<RouteOverride>& into) {
        for (const auto& [name, config] : field(of, "typed_per_filter_config").members) {
            RouteOverride override{name, std::nullopt};
            if (typeOf(config).ends_with(perRouteType)) {
                if (!onlyFields(config, {"@type", "rbac"})) override.filter = unknownFilter();
                if (const Datum& rbac = config["rbac"]; !rbac.is(Datum::Kind::Null)) override.filter = readFilter(rbac);
            } else {
                override.filter = unknownFilter();
            }
            // The nearest to the route counts.
            const auto same =
                std::find_if(into.begin(), into.end(), [&](const RouteOverride& each) { return each.filterName == name; });
            if (same != into.end())
                *same = std::move(override);
            else
                into.push_back(std::move(override));
            out_.overridden_ = true;
        }
    }
    static RbacFilter unknownFilter() {
        RbacFilter filter;
        filter.understood = false;
        return filter;
    }

    void readRoutes(const Datum& config) {
        std::vector<RouteOverride> everywhere;
        addOverrides(config, everywhere);
        const Datum& hosts = field(config, "virtual_hosts");
        if (hosts.members.size() != 1 || hosts.members.front().second["domains"].members.size() != 1 ||
            hosts.members.front().second["domains"].members.front().second.string() != "*")
            out_.routesKnown_ = false;
        for (const Datum::Member& member : hosts.members) {
            const Datum& host = member.second;
            std::vector<RouteOverride> ofHost = everywhere;
            addOverrides(host, ofHost);
            for (const Datum::Member& each : host["routes"].members) {
                Route route;
                route.overrides = ofHost;
                addOverrides(each.second, route.overrides);
                route.path = readMatch(each.second["match"]);
                out_.routes_.push_back(std::move(route));
            }
        }
    }

    static std::optional<TextMatch> readMatch(const Datum& match) {
        if (!onlyFields(match, {"prefix", "path", "safe_regex"}) || match.members.size() != 1) return std::nullopt;
        if (match.find("path") == nullptr)
            return match.string("prefix").empty() && match.find("prefix") != nullptr ? TextMatch::regex("(?s).*")
                                                                                     : TextMatch::read(match);
        Datum exact = match;
        exact.members.front().first = "exact";
        return TextMatch::read(exact);
    }

    Listener out_;
};

Result<Listener> Listener::parse(std::string_view text) {
    estate::YamlFile file = estate::readYaml(text);
    if (file.problem) return fail(Error(EnvoyError::NotYaml).because(std::move(*file.problem)));
    if (file.documents.size() != 1) return fail(EnvoyError::NotYaml);
    return ListenerReader().read(file.documents.front());
}

} // namespace gw::mesh::envoy
