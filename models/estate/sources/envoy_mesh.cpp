#include "models/estate/sources/envoy_mesh.h"

#include "saml/base/ascii_classes.h"

#include <algorithm>
#include <charconv>

namespace gw::estate {
namespace {

using policy::ValueKind;

Json numberOf(const Node& node) {
    return node.value.is(ValueKind::Number) ? Json::parse(jsonOf(node.value), nullptr, false) : Json();
}

// A secret of SDS by its name; a certificate of ACM goes by its ARN.
Json secretOf(const std::string& name, const char* acmMember, bool list) {
    if (!name.starts_with("arn:")) return {{"sds", {{"secretName", name}}}};
    return {{"acm", {{acmMember, list ? Json::array({name}) : Json(name)}}}};
}

Node firstOf(const Node& list) {
    Node found;
    forEach(list, [&](const Node& each) {
        if (!found) found = each;
    });
    return found;
}

Json validationOf(const Node& context) {
    Node check = context.member("validation_context");
    const Node combined = context.member("combined_validation_context");
    if (combined) check = combined.member("default_validation_context");
    Node secret = combined.member("validation_context_sds_secret_config");
    if (!secret) secret = context.member("validation_context_sds_secret_config");
    Json made;
    if (const std::string name = secret.text("name"); !name.empty())
        made["trust"] = secretOf(name, "certificateAuthorityArns", true);
    else if (const std::string path = check.member("trusted_ca").text("filename"); !path.empty())
        made["trust"] = {{"file", {{"certificateChain", path}}}};
    Json names = Json::array();
    forEach(check.member("match_typed_subject_alt_names"), [&](const Node& each) {
        const std::string name = each.member("matcher").text("exact");
        // The same name may stand there for each kind of name.
        if (!name.empty() && std::find(names.begin(), names.end(), Json(name)) == names.end()) names.push_back(name);
    });
    forEach(check.member("match_subject_alt_names"), [&](const Node& each) {
        if (const std::string name = each.text("exact"); !name.empty()) names.push_back(name);
    });
    if (!names.empty()) made["subjectAlternativeNames"] = {{"match", {{"exact", std::move(names)}}}};
    return made;
}

Json stringMatch(const Node& match) {
    for (const char* way : {"exact", "prefix", "suffix"})
        if (match.member(way).value.is(ValueKind::String)) return {{way, match.text(way)}};
    if (const Node regex = match.member("safe_regex")) return {{"regex", regex.text("regex")}};
    return {};
}

Json headersOf(const Node& list, Json& match) {
    Json headers = Json::array();
    forEach(list, [&](const Node& each) {
        const std::string name = each.text("name");
        Json value = stringMatch(each.member("string_match"));
        // As Envoy of old had them.
        if (value.is_null() && each.member("exact_match")) value = {{"exact", each.text("exact_match")}};
        if (value.is_null() && each.member("prefix_match")) value = {{"prefix", each.text("prefix_match")}};
        if (value.is_null() && each.member("suffix_match")) value = {{"suffix", each.text("suffix_match")}};
        if (value.is_null() && each.member("safe_regex_match")) value = {{"regex", each.member("safe_regex_match").text("regex")}};
        if (const Node range = each.member("range_match")) value = {{"range", {{"start", numberOf(range.member("start"))}, {"end", numberOf(range.member("end"))}}}};
        const bool exact = value.is_object() && value.contains("exact");
        if ((name == ":method" || name == ":scheme") && exact) {
            match[name.substr(1)] = value["exact"];
            return;
        }
        if (name.empty() || name.starts_with(':')) return;
        Json header = {{"name", name}};
        if (each.member("invert_match").value.is(ValueKind::True)) header["invert"] = true;
        if (!value.is_null()) header["match"] = std::move(value);
        headers.push_back(std::move(header));
    });
    return headers;
}

// "15s", "0.250s"
Json durationOf(const Node& node) {
    std::string_view text = node.value.is(ValueKind::String) ? node.value.text() : std::string_view();
    if (!text.ends_with('s') || text.size() < 2 || text.size() > 12) return {};
    text.remove_suffix(1);
    const std::size_t dot = text.find('.');
    std::string digits(text.substr(0, dot)), rest(dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1));
    rest.resize(3, '0');
    digits += rest;
    std::int64_t millis = 0;
    if (!std::all_of(digits.begin(), digits.end(), isDigit)) return {};
    std::from_chars(digits.data(), digits.data() + digits.size(), millis);
    const bool whole = millis % 1000 == 0;
    return {{"unit", whole ? "s" : "ms"}, {"value", whole ? millis / 1000 : millis}};
}

} // namespace

std::optional<EnvoyCluster> meshCluster(std::string_view name, std::string_view side, std::string_view mesh) {
    const std::string start = "cds_" + std::string(side) + "_" + std::string(mesh) + "_";
    if (!name.starts_with(start)) return std::nullopt;
    name.remove_prefix(start.size());
    EnvoyCluster made;
    std::size_t cut = name.rfind('_');
    if (cut == std::string_view::npos) return std::nullopt;
    const std::string_view port = name.substr(cut + 1);
    if (port.size() > 5 || std::from_chars(port.data(), port.data() + port.size(), made.port).ptr != port.data() + port.size()) return std::nullopt;
    name = name.substr(0, cut);
    cut = name.rfind('_');
    if (cut == std::string_view::npos || cut == 0) return std::nullopt;
    made.protocol = name.substr(cut + 1);
    made.node = name.substr(0, cut);
    return made;
}

Json meshTls(const Node& transportSocket) {
    const Node config = transportSocket.member("typed_config"), context = config.member("common_tls_context");
    if (config.text("@type").find("TlsContext") == std::string::npos) return {};
    Json made = Json::object();
    if (const Node secret = firstOf(context.member("tls_certificate_sds_secret_configs")); !secret.text("name").empty()) {
        made["certificate"] = secretOf(secret.text("name"), "certificateArn", false);
    } else if (const Node file = firstOf(context.member("tls_certificates")); !file.member("certificate_chain").text("filename").empty()) {
        made["certificate"] = {{"file", {{"certificateChain", file.member("certificate_chain").text("filename")}, {"privateKey", file.member("private_key").text("filename")}}}};
    }
    if (Json validation = validationOf(context); !validation.is_null()) made["validation"] = std::move(validation);
    return made;
}

Json meshRoute(const Node& route, std::string_view protocol, std::string_view mesh) {
    const Node from = route.member("match"), action = route.member("route");
    Json targets = Json::array();
    const auto target = [&](const std::string& cluster, Json weight) {
        const auto known = meshCluster(cluster, "egress", mesh);
        if (known) targets.push_back({{"virtualNode", known->node}, {"weight", std::move(weight)}, {"port", known->port}});
    };
    if (action.member("cluster")) target(action.text("cluster"), 1);
    forEach(action.member("weighted_clusters").member("clusters"), [&](const Node& each) {
        const Json weight = numberOf(each.member("weight"));
        target(each.text("name"), weight.is_null() ? Json(0) : weight);
    });
    if (targets.empty()) return {};
    Json match = Json::object();
    if (from.member("prefix")) match["prefix"] = from.text("prefix");
    if (from.member("path")) match["path"] = {{"exact", from.text("path")}};
    if (from.member("safe_regex")) match["path"] = {{"regex", from.member("safe_regex").text("regex")}};
    if (Json headers = headersOf(from.member("headers"), match); !headers.empty()) match["headers"] = std::move(headers);
    Json query = Json::array();
    forEach(from.member("query_parameters"), [&](const Node& each) {
        Json one = {{"name", each.text("name")}};
        if (Json value = stringMatch(each.member("string_match")); value.is_object() && value.contains("exact")) one["match"] = std::move(value);
        query.push_back(std::move(one));
    });
    if (!query.empty()) match["queryParameters"] = std::move(query);
    Json made = {{"match", std::move(match)}, {"action", {{"weightedTargets", std::move(targets)}}}};
    for (const auto& [member, name] : {std::pair{"timeout", "perRequest"}, std::pair{"idle_timeout", "idle"}})
        if (Json duration = durationOf(action.member(member)); !duration.is_null()) made["timeout"][name] = std::move(duration);
    return {{protocol == "http2" ? "http2Route" : "httpRoute", std::move(made)}};
}

} // namespace gw::estate
