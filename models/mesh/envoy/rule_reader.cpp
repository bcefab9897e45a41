// Permissions and principals out of a configuration. Every member counts: one that is not known makes the whole rule Unknown.
#include "models/mesh/envoy/rule.h"
#include "saml/base/ascii_classes.h"

#include <algorithm>
#include <charconv>

namespace gw::mesh::envoy {
namespace {

using estate::Datum;

constexpr std::size_t mostDepth = 32;

std::optional<std::uint32_t> numberOf(const Datum& datum) {
    std::uint32_t number = 0;
    const std::string_view text = datum.string();
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

Rule ruleOf(Rule::Kind kind) {
    Rule rule;
    rule.kind = kind;
    return rule;
}

Rule withText(Rule::Kind kind, std::optional<TextMatch> text) {
    Rule rule = ruleOf(text ? kind : Rule::Kind::Unknown);
    rule.text = std::move(text);
    return rule;
}

// core.v3.CidrRange.
Rule withNetwork(Rule::Kind kind, const Datum& datum) {
    if (!onlyFields(datum, {"address_prefix", "prefix_len"})) return {};
    std::string text(field(datum, "address_prefix").string());
    const Datum& length = field(datum, "prefix_len");
    // Absent is zero (a wrapped number): every address.
    text += '/' + (length.is(Datum::Kind::Null) ? std::string("0") : std::string(length.string()));
    Rule rule = ruleOf(kind);
    rule.network = policy::Network::parse(text);
    if (!rule.network) rule.kind = Rule::Kind::Unknown;
    return rule;
}

// type.v3.Int32Range: from `start` to before `end`.
Rule withPorts(const Datum& datum) {
    const auto start =
        field(datum, "start").is(Datum::Kind::Null) ? std::optional<std::uint32_t>(0) : numberOf(field(datum, "start"));
    const auto end = numberOf(field(datum, "end"));
    if (!onlyFields(datum, {"start", "end"}) || !start || !end || *start >= *end) return {};
    Rule rule = ruleOf(Rule::Kind::Ports);
    rule.low = *start;
    rule.high = *end - 1;
    return rule;
}

Rule pathRule(const Datum& datum) {
    if (!onlyFields(datum, {"path"})) return {};
    return withText(Rule::Kind::Path, TextMatch::read(datum["path"]));
}

Rule headerRule(const Datum& datum) {
    Rule rule = ruleOf(Rule::Kind::Header);
    rule.header = HeaderMatch::read(datum);
    if (!rule.header) rule.kind = Rule::Kind::Unknown;
    return rule;
}

Rule templateRule(const Datum& datum) {
    const Datum& config = field(datum, "typed_config");
    if (!onlyFields(datum, {"name", "typed_config"}) || !onlyFields(config, {"@type", "path_template"})) return {};
    if (!config.string("@type").ends_with("/envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig")) return {};
    const auto expression = templateRegex(field(config, "path_template").string());
    return expression ? withText(Rule::Kind::Template, TextMatch::regex(*expression)) : Rule();
}

Rule mtlsRule(const Datum& datum) {
    const Datum& config = field(datum, "typed_config");
    if (!onlyFields(datum, {"name", "typed_config"}) ||
        !onlyFields(config, {"@type", "san_matcher", "any_validated_client_certificate"}))
        return {};
    if (!config.string("@type").ends_with("/envoy.extensions.rbac.principals.mtls_authenticated.v3.Config")) return {};
    const Datum& san = field(config, "san_matcher");
    if (san.is(Datum::Kind::Null)) {
        const bool any = field(config, "any_validated_client_certificate").is(Datum::Kind::True);
        return ruleOf(any ? Rule::Kind::Mtls : Rule::Kind::Unknown);
    }
    if (!onlyFields(san, {"san_type", "matcher"})) return {};
    Rule rule = withText(Rule::Kind::Mtls, TextMatch::read(san["matcher"]));
    const std::string_view type = field(san, "san_type").string();
    if (type == "DNS")
        rule.san = Rule::San::Dns;
    else if (type != "URI")
        rule.kind = Rule::Kind::Unknown;
    return rule;
}

Rule authenticatedRule(const Datum& datum) {
    if (!datum.is(Datum::Kind::Object) || !onlyFields(datum, {"principal_name"})) return {};
    if (datum.members.empty()) return ruleOf(Rule::Kind::Authenticated);
    return withText(Rule::Kind::Authenticated, TextMatch::read(field(datum, "principal_name")));
}

using ReadOne = Rule (*)(const Datum&, std::size_t);

Rule setRule(Rule::Kind kind, const Datum& set, std::string_view name, ReadOne read, std::size_t depth) {
    const Datum& list = set[name];
    if (!onlyFields(set, {name}) || !list.is(Datum::Kind::Array) || list.members.empty()) return {};
    Rule rule = ruleOf(kind);
    for (const Datum::Member& member : list.members) rule.parts.push_back(read(member.second, depth + 1));
    return rule;
}

Rule negated(Rule part) {
    Rule rule = ruleOf(Rule::Kind::Not);
    rule.parts.push_back(std::move(part));
    return rule;
}

// "urlPath" and "url_path" are the same.
std::string snakeCase(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z') {
            out += '_';
            out += static_cast<char>(c - 'A' + 'a');
        } else {
            out += c;
        }
    }
    return out;
}

Rule permission(const Datum& datum, std::size_t depth) { // NOLINT(misc-no-recursion): bounded by mostDepth
    if (depth > mostDepth || !datum.is(Datum::Kind::Object) || datum.members.size() != 1) return {};
    const std::string name = snakeCase(datum.members.front().first);
    const Datum& value = datum.members.front().second;
    if (name == "any") return ruleOf(value.is(Datum::Kind::True) ? Rule::Kind::Any : Rule::Kind::Unknown);
    if (name == "and_rules") return setRule(Rule::Kind::And, value, "rules", permission, depth);
    if (name == "or_rules") return setRule(Rule::Kind::Or, value, "rules", permission, depth);
    if (name == "not_rule") return negated(permission(value, depth + 1));
    if (name == "header") return headerRule(value);
    if (name == "url_path") return pathRule(value);
    if (name == "uri_template") return templateRule(value);
    if (name == "destination_ip") return withNetwork(Rule::Kind::LocalIp, value);
    if (name == "destination_port_range") return withPorts(value);
    if (name == "requested_server_name") return withText(Rule::Kind::ServerName, TextMatch::read(value));
    if (name == "destination_port") {
        const auto port = numberOf(value);
        if (!port || *port > 65535) return {};
        Rule rule = ruleOf(Rule::Kind::Ports);
        rule.low = rule.high = *port;
        return rule;
    }
    return {};
}

Rule principal(const Datum& datum, std::size_t depth) { // NOLINT(misc-no-recursion): bounded by mostDepth
    if (depth > mostDepth || !datum.is(Datum::Kind::Object) || datum.members.size() != 1) return {};
    const std::string name = snakeCase(datum.members.front().first);
    const Datum& value = datum.members.front().second;
    if (name == "any") return ruleOf(value.is(Datum::Kind::True) ? Rule::Kind::Any : Rule::Kind::Unknown);
    if (name == "and_ids") return setRule(Rule::Kind::And, value, "ids", principal, depth);
    if (name == "or_ids") return setRule(Rule::Kind::Or, value, "ids", principal, depth);
    if (name == "not_id") return negated(principal(value, depth + 1));
    if (name == "header") return headerRule(value);
    if (name == "url_path") return pathRule(value);
    if (name == "authenticated") return authenticatedRule(value);
    if (name == "custom" && value.string("name") == "envoy.rbac.principals.mtls_authenticated") return mtlsRule(value);
    // `source_ip` is the old name.
    if (name == "direct_remote_ip" || name == "source_ip") return withNetwork(Rule::Kind::DirectRemoteIp, value);
    if (name == "remote_ip") return withNetwork(Rule::Kind::RemoteIp, value);
    return {};
}

} // namespace

Rule readPermission(const Datum& datum) {
    return permission(datum, 0);
}

Rule readPrincipal(const Datum& datum) {
    return principal(datum, 0);
}

std::optional<std::string> templateRegex(std::string_view text) {
    // RFC 3986's characters of a path segment but for "=", which templates keep for themselves.
    constexpr std::string_view segment = "[a-zA-Z0-9\\-._~%!$&'()+,;:@*]+";
    constexpr std::string_view rest = "[a-zA-Z0-9\\-._~%!$&'()+,;:@*/]*";
    if (text.empty() || text.front() != '/') return std::nullopt;
    std::string out;
    bool ended = false;
    for (std::size_t at = 1; at <= text.size();) {
        const std::size_t end = std::min(text.find('/', at), text.size());
        std::string_view part = text.substr(at, end - at);
        at = end + 1;
        out += '/';
        // Names of variables do not change what is matched; patterns within them are not read.
        if (part.size() > 2 && part.front() == '{' && part.back() == '}') {
            part = part.substr(1, part.size() - 2);
            const std::size_t equals = part.find('=');
            part = equals == std::string_view::npos ? std::string_view("*") : part.substr(equals + 1);
            if (part != "*" && part != "**") return std::nullopt;
        }
        if (part == "*" || part == "**") {
            if (ended) return std::nullopt;
            ended = part == "**";
            out += ended ? rest : segment;
            continue;
        }
        for (const char c : part) {
            if (c == '*' || c == '{' || c == '}' || c == '=' || c <= ' ') return std::nullopt;
            if (!isAlphanumeric(c)) out += '\\';
            out += c;
        }
    }
    return out;
}

} // namespace gw::mesh::envoy
