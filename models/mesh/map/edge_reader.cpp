#include "models/mesh/map/edge_reader.h"

#include "models/policy/values.h"
#include "saml/base/ascii_classes.h"

#include <algorithm>
#include <array>

namespace gw::mesh {
namespace {

constexpr auto verbs = std::to_array<std::string_view>({"invoke", "connect", "run", "assume"});
constexpr std::size_t longestEdgeId = 40;

std::vector<NodeId> ids(const std::vector<std::string>& texts) {
    std::vector<NodeId> all;
    all.reserve(texts.size());
    for (const std::string& text : texts) all.emplace_back(text);
    return all;
}

bool isMay(std::string_view word) {
    return isMethod(word) || isAction(word) || std::find(verbs.begin(), verbs.end(), word) != verbs.end();
}

// `when = { mfa = true, source_ip = [...], "aws:PrincipalTag/team" = [...], header.X-Tenant = [...] }`
std::vector<EdgeCondition> readConditions(Fields& fields) {
    using Kind = EdgeCondition::Kind;
    std::vector<EdgeCondition> all;
    for (const Fields::Member& member : fields.members("when")) {
        const std::string_view name = member.name;
        EdgeCondition condition;
        const auto named = [&](std::string_view prefix, Kind kind) {
            if (!name.starts_with(prefix) || name.size() == prefix.size()) return false;
            condition.kind = kind;
            condition.name = std::string(name.substr(prefix.size()));
            return true;
        };
        const auto unknownKey = [&] {
            fields.tell(MapError::UnknownKey, member.value->span, "when." + member.name)
                .with("expected", "mfa, source_ip, source_vpc, after, before, header.NAME, query.NAME, jwt.NAME, \"aws:…\"");
        };
        if (name == "mfa") {
            condition.kind = Kind::Mfa;
            if (!member.value->is(toml::Kind::Boolean) || member.value->integer == 0) {
                fields.tell(MapError::WrongType, member.value->span, "when.mfa").with("expected", "true");
                continue;
            }
            all.push_back(std::move(condition));
            continue;
        }
        if (name == "after" || name == "before") {
            condition.kind = name == "after" ? Kind::After : Kind::Before;
            if (const auto time = fields.timeOf("when." + member.name, *member.value)) {
                condition.values.push_back(time->toRfc3339());
                all.push_back(std::move(condition));
            }
            continue;
        }
        if (name == "source_ip")
            condition.kind = Kind::SourceIp;
        else if (name == "source_vpc")
            condition.kind = Kind::SourceVpc;
        else if (name.find(':') != std::string_view::npos) {
            condition.kind = Kind::Key;
            condition.name = member.name;
        } else if (!named("header.", Kind::Header) && !named("query.", Kind::Query) && !named("jwt.", Kind::JwtClaim)) {
            unknownKey();
            continue;
        }
        condition.values = fields.someTextsOf("when." + member.name, *member.value);
        if (condition.kind == Kind::SourceIp)
            for (const std::string& block : condition.values)
                if (!policy::Network::parse(block))
                    fields.tell(MapError::BadValue, member.value->span, "when.source_ip").with("seen", block).with("expected", "10.0.0.0/8, 2001:db8::/32");
        if (!condition.values.empty()) all.push_back(std::move(condition));
    }
    return all;
}

std::vector<Acceptance> readAcceptances(Fields& fields) {
    std::vector<Acceptance> all;
    const toml::Entry* entry = fields.entry("accept");
    for (const std::string& text : fields.texts("accept")) {
        const std::size_t colon = text.find(':');
        const std::size_t what = colon == std::string::npos ? colon : text.find_first_not_of(' ', colon + 1);
        if (colon == 0 || what == std::string::npos) {
            fields.bad("accept", text, "TARGET: WHAT, such as \"apigateway: path-template\"");
            continue;
        }
        all.push_back({text.substr(0, colon), text.substr(what), fields.placeOf(entry->value.span)});
    }
    return all;
}

} // namespace

bool isEdgeId(std::string_view text) {
    if (text.empty() || text.size() > longestEdgeId || !std::all_of(text.begin(), text.end(), isAlphanumeric)) return false;
    if (text.find("gw") != std::string_view::npos) return false;
    const std::size_t part = text.rfind("Part");
    return part == std::string_view::npos || part + 4 == text.size() ||
           !std::all_of(text.begin() + static_cast<std::ptrdiff_t>(part) + 4, text.end(), isDigit);
}

bool isMethod(std::string_view word) {
    constexpr std::size_t longest = 20;
    return word == "*" || (!word.empty() && word.size() <= longest && std::all_of(word.begin(), word.end(), [](char c) {
                               return c >= 'A' && c <= 'Z';
                           }));
}

bool isAction(std::string_view word) {
    const std::size_t colon = word.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == word.size()) return false;
    return std::all_of(word.begin(), word.begin() + static_cast<std::ptrdiff_t>(colon),
                       [](char c) { return isAlphanumeric(c) || c == '-'; }) &&
           std::all_of(word.begin() + static_cast<std::ptrdiff_t>(colon) + 1, word.end(),
                       [](char c) { return isAlphanumeric(c) || c == '*'; });
}

bool mayStandAt(EdgeEnd end, NodeKind kind) {
    const bool self = kind == NodeKind::Role || kind == NodeKind::Workload || kind == NodeKind::Service || kind == NodeKind::Account ||
                      kind == NodeKind::Anyone;
    switch (end) {
    case EdgeEnd::Who: return self;
    case EdgeEnd::WhoThrough:
        return (self && kind != NodeKind::Anyone) || kind == NodeKind::Group || kind == NodeKind::Claim || kind == NodeKind::Person;
    case EdgeEnd::Through: return kind == NodeKind::Role;
    case EdgeEnd::On:
        return kind == NodeKind::Route || kind == NodeKind::MeshService || kind == NodeKind::Function || kind == NodeKind::Task ||
               kind == NodeKind::Arn || kind == NodeKind::Role;
    }
    return false;
}

std::vector<std::string_view> edgeKeys() {
    return {"id", "effect", "who", "through", "may", "on", "paths", "when", "owner", "reason", "expires", "accept"};
}

Edge readEdge(Fields& fields) {
    Edge edge;
    edge.place = fields.place();
    if (const toml::Entry* id = fields.entry("id"); id == nullptr) {
        fields.missing("id");
    } else if (const std::string text = fields.text("id"); isEdgeId(text)) {
        edge.id = EdgeId(text);
    } else if (id->value.is(toml::Kind::String)) {
        fields.tell(MapError::BadId, id->value.span, "id").with("seen", text).with("expected", "letters and digits");
    }
    const std::string effect = fields.text("effect");
    if (effect == "deny")
        edge.effect = Effect::Deny;
    else if (!effect.empty() && effect != "allow")
        fields.bad("effect", effect, "allow, deny");
    edge.who = ids(fields.texts("who"));
    if (const std::string through = fields.text("through"); !through.empty()) edge.through = NodeId(through);
    edge.may = fields.texts("may");
    edge.on = ids(fields.texts("on"));
    for (const std::string& word : edge.may)
        if (!isMay(word)) fields.bad("may", word, "GET, *, invoke, connect, run, assume, s3:GetObject");
    for (const std::string& text : fields.someTexts("paths")) {
        if (auto path = PathPattern::parse(text))
            edge.paths.push_back(std::move(*path));
        else
            fields.bad("paths", text, "/orders, /orders/{id}, /orders/**");
    }
    edge.when = readConditions(fields);
    edge.owner = fields.text("owner");
    edge.reason = fields.text("reason");
    edge.expires = fields.time("expires");
    edge.accept = readAcceptances(fields);
    if (edge.who.empty()) fields.missing("who");
    // Without anything to do there, an edge says who may take the role.
    if (edge.on.empty() != edge.may.empty()) fields.missing(edge.on.empty() ? "on" : "may");
    if (edge.on.empty() && edge.may.empty() && !edge.through) fields.missing("on");
    return edge;
}

} // namespace gw::mesh
