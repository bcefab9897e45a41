#include "models/mesh/envoy/policy_text.h"

#include "saml/base/ascii.h"
#include "saml/base/ascii_classes.h"
#include "saml/base/percent.h"

#include <algorithm>
#include <charconv>

namespace gw::mesh::envoy {
namespace {

using Kind = EdgeCondition::Kind;

Json object(std::string name, Json value) {
    Json out = Json::object();
    out.emplace(std::move(name), std::move(value));
    return out;
}

// One of them, all of them: without the set where it is one.
Json setOf(std::string_view set, std::string_view list, Json parts) {
    if (parts.size() == 1) return std::move(parts.front());
    return object(std::string(set), object(std::string(list), std::move(parts)));
}
Json anyRule(Json parts) {
    return setOf("or_rules", "rules", std::move(parts));
}

Json headerRule(std::string_view name, Json match) {
    return object("header", Json{{"name", name}, {"string_match", std::move(match)}});
}

Json regexMatch(std::string expression) {
    return object("safe_regex", object("regex", std::move(expression)));
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (!isAlphanumeric(c) && static_cast<unsigned char>(c) < 0x80) out += '\\';
        out += c;
    }
    return out;
}

bool isGlob(std::string_view text) {
    return text.find_first_of("*?") != std::string_view::npos;
}

// Hexadecimal digits of escapes mean the same in either case.
std::string literalRegex(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '%' && at + 2 < text.size() && hexDigit(text[at + 1]) >= 0 && hexDigit(text[at + 2]) >= 0) {
            out += "(?i:%";
            out += text.substr(at + 1, 2);
            out += ')';
            at += 2;
        } else {
            out += escaped(text.substr(at, 1));
        }
    }
    return out;
}

// A template of Envoy's own leaves out characters that a segment may have; an expression does not.
Json pathRule(const PathPattern& pattern) {
    Json match;
    if (pattern.form() == PathForm::Template || pattern.text().find('%') != std::string::npos)
        match = regexMatch(pathRegex(pattern));
    else if (pattern.form() == PathForm::Exact)
        match = object("exact", pattern.literal());
    else
        match = object("prefix", pattern.literal());
    return object("url_path", object("path", std::move(match)));
}

// Envoy looks at each header of the name; versions before 1.36.5 and 1.37.1 looked at one value with commas between, which allows
// less. What is denied is found in either.
Json headerCondition(const EdgeCondition& condition, Effect effect) {
    Json any = Json::array();
    const std::string name = foldedAscii(condition.name);
    for (const std::string& value : condition.values) {
        if (effect == Effect::Deny)
            any.push_back(headerRule(name, regexMatch("(?:.*,)?[ \\t]*" + globRegex(value, ".") + "[ \\t]*(?:,.*)?")));
        else if (isGlob(value))
            any.push_back(headerRule(name, regexMatch(globRegex(value, "."))));
        else
            any.push_back(headerRule(name, object("exact", value)));
    }
    return anyRule(std::move(any));
}

// One parameter of that name, and not a second one: servers differ in which of two they take.
void addQueryCondition(const EdgeCondition& condition, Json& all) {
    const std::string name = escaped(condition.name);
    Json any = Json::array();
    for (const std::string& value : condition.values)
        any.push_back(headerRule(":path", regexMatch("[^?]*\\?(?:.*&)?" + name + "=" + globRegex(value, "[^&]") + "(?:&.*)?")));
    all.push_back(anyRule(std::move(any)));
    all.push_back(object(
        "not_rule", headerRule(":path", regexMatch("[^?]*\\?(?:.*&)?" + name + "(?:=[^&]*)?&(?:.*&)?" + name + "(?:[=&].*)?"))));
}

Json permissionsOf(const ProxyRule& rule) {
    Json all = Json::array();
    const std::vector<std::string>& methods = rule.access.methods;
    if (!methods.empty() && std::find(methods.begin(), methods.end(), "*") == methods.end()) {
        Json any = Json::array();
        for (const std::string& method : methods) any.push_back(headerRule(":method", object("exact", method)));
        all.push_back(anyRule(std::move(any)));
    }
    const std::vector<PathPattern>& paths = rule.access.paths;
    if (std::none_of(paths.begin(), paths.end(), [](const PathPattern& path) { return path.form() == PathForm::All; }) &&
        !paths.empty()) {
        Json any = Json::array();
        for (const PathPattern& path : paths) any.push_back(pathRule(path));
        all.push_back(anyRule(std::move(any)));
    }
    if (rule.access.port != 0) all.push_back(object("destination_port", rule.access.port));
    for (const EdgeCondition& condition : rule.when) {
        if (condition.kind == Kind::Header) all.push_back(headerCondition(condition, rule.effect));
        if (condition.kind == Kind::Query) addQueryCondition(condition, all);
    }
    if (all.empty()) all.push_back(object("any", true));
    return Json::array({setOf("and_rules", "rules", std::move(all))});
}

Json mtls(Json config) {
    Json typed{{"@type", "type.googleapis.com/envoy.extensions.rbac.principals.mtls_authenticated.v3.Config"}};
    typed.update(config);
    return object("custom", Json{{"name", "envoy.rbac.principals.mtls_authenticated"}, {"typed_config", std::move(typed)}});
}

Json sanPrincipal(std::string_view type, const std::string& name) {
    return mtls(object("san_matcher", Json{{"san_type", type}, {"matcher", object("exact", name)}}));
}

// "192.0.2.0/24", "192.0.2.1", "2001:db8::/32".
Json addressPrincipal(std::string_view block) {
    const std::size_t slash = block.find('/');
    const std::string_view address = block.substr(0, slash);
    const int whole = address.find(':') == std::string_view::npos ? 32 : 128;
    int bits = whole;
    if (slash != std::string_view::npos) std::from_chars(block.data() + slash + 1, block.data() + block.size(), bits);
    return object("direct_remote_ip", Json{{"address_prefix", address}, {"prefix_len", bits}});
}

Json principalsOf(const ProxyRule& rule) {
    Json callers = Json::array();
    const auto add = [&](Json principal) {
        if (std::find(callers.begin(), callers.end(), principal) == callers.end()) callers.push_back(std::move(principal));
    };
    for (const Caller& caller : rule.callers) {
        // Nobody escapes a denial by a certificate that is not valid.
        if (isAnyone(caller))
            add(rule.effect == Effect::Deny ? object("any", true) : mtls(object("any_validated_client_certificate", true)));
        if (caller.workload == nullptr) continue;
        if (!caller.workload->spiffe.empty()) add(sanPrincipal("URI", caller.workload->spiffe));
        for (const std::string& name : caller.workload->names) add(sanPrincipal("DNS", name));
    }
    Json all = Json::array();
    for (const EdgeCondition& condition : rule.when) {
        if (condition.kind != Kind::SourceIp) continue;
        Json blocks = Json::array();
        for (const std::string& block : condition.values) blocks.push_back(addressPrincipal(block));
        all.push_back(setOf("or_ids", "ids", std::move(blocks)));
    }
    if (all.empty()) return callers;
    all.insert(all.begin(), setOf("or_ids", "ids", std::move(callers)));
    return Json::array({object("and_ids", object("ids", std::move(all)))});
}

} // namespace

std::string pathRegex(const PathPattern& pattern) {
    std::string out;
    for (const std::optional<std::string>& segment : pattern.segments())
        out += "/" + (segment ? literalRegex(*segment) : std::string("[^/]+"));
    if (pattern.open()) out += "/.*";
    return out;
}

std::string globRegex(std::string_view glob, std::string_view any) {
    std::string out;
    for (const char c : glob) {
        if (c == '*' || c == '?') {
            out += any;
            if (c == '*') out += '*';
        } else {
            out += escaped(std::string_view(&c, 1));
        }
    }
    return out;
}

Json policyOf(const ProxyRule& rule) {
    return Json{{"permissions", permissionsOf(rule)}, {"principals", principalsOf(rule)}};
}

} // namespace gw::mesh::envoy
