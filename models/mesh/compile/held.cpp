// What every compiler shares: ids of edges in names, names of files, and what is done with what cannot be held.
#include "models/mesh/compile/compilation.h"
#include "saml/base/ascii_classes.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace gw::mesh {
namespace {

constexpr auto kindNames = std::to_array<std::string_view>({"trust-policy", "inline-policy", "managed-policy", "assignments",
                                                            "api-policy", "route-authorization", "auth-policy", "function-policy",
                                                            "envoy-rbac", "istio-policies"});

// One part of a path: what is not plain as "%" and two digits, so that different texts stay different.
std::string plain(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        if (isAlphanumeric(c) || c == '-' || c == '_' || (c == '.' && !out.empty())) {
            out += c;
            continue;
        }
        const auto octet = static_cast<unsigned char>(c);
        out += '%';
        out += digits[octet >> 4U];
        out += digits[octet & 15U];
    }
    return out.empty() ? "%" : out;
}

// Of an ARN the account and what comes last; of anything else itself.
std::string folderOf(std::string_view object) {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= object.size() && parts.size() < 5;) {
        const std::size_t colon = std::min(object.find(':', at), object.size());
        parts.push_back(object.substr(at, colon - at));
        at = colon + 1;
        if (parts.size() == 5 && colon < object.size()) {
            std::string_view rest = object.substr(at);
            for (const std::string_view prefix : {"role/", "service/", "servicenetwork/", "function:", "task-definition/", "/restapis/", "/apis/"})
                if (rest.starts_with(prefix)) {
                    rest.remove_prefix(prefix.size());
                    break;
                }
            const std::string region(parts[3].empty() ? std::string() : plain(parts[3]) + '/');
            return plain(parts[4].empty() ? "aws" : parts[4]) + '/' + region + plain(rest);
        }
    }
    return plain(object);
}

EdgeCondition::Kind kindOf(std::string_view what, bool& known) {
    using Kind = EdgeCondition::Kind;
    known = true;
    if (what == "mfa") return Kind::Mfa;
    if (what == "source-ip") return Kind::SourceIp;
    if (what == "source-vpc") return Kind::SourceVpc;
    if (what == "header") return Kind::Header;
    if (what == "query") return Kind::Query;
    if (what == "jwt") return Kind::JwtClaim;
    if (what == "key") return Kind::Key;
    known = false;
    return Kind::Key;
}

// False where there is nothing to take away, so that only leaving the edge out helps.
bool takeAway(Use& use, std::string_view what, std::string_view seen) {
    const auto each = [&](auto change) {
        if (auto* api = std::get_if<ApiAccess>(&use.access)) change(*api);
        if (auto* lattice = std::get_if<LatticeAccess>(&use.access)) change(*lattice);
        if (auto* mesh = std::get_if<MeshAccess>(&use.access)) change(*mesh);
    };
    bool condition = false;
    const EdgeCondition::Kind kind = kindOf(what, condition);
    if (condition) {
        std::erase_if(use.when, [&](const EdgeCondition& one) { return one.kind == kind && (one.name.empty() || seen.empty() || one.name == seen); });
        return true;
    }
    if (what == "time") {
        std::erase_if(use.when, [](const EdgeCondition& one) {
            return one.kind == EdgeCondition::Kind::After || one.kind == EdgeCondition::Kind::Before;
        });
        return true;
    }
    if (what == "expires")
        use.expires.reset();
    else if (what == "who")
        use.through.clear();
    else if (what == "path-template")
        use.pathsAsGlobs = true;
    else if (what == "path")
        each([](auto& access) { access.paths.clear(); });
    else if (what == "method")
        each([](auto& access) { access.methods = {"*"}; });
    else
        return false;
    return true;
}

} // namespace

std::string_view artefactKindName(ArtefactKind kind) {
    return kindNames[static_cast<std::size_t>(kind)];
}

std::string fileOf(const Artefact& artefact) {
    const std::string folder = std::string(targetName(artefact.target)) + '/' + folderOf(artefact.object);
    switch (artefact.kind) {
    case ArtefactKind::TrustPolicy: return folder + "/trust.json";
    case ArtefactKind::InlinePolicy: return folder + "/inline-" + plain(artefact.name) + ".json";
    case ArtefactKind::ManagedPolicy: return folder + "/managed-" + plain(artefact.name) + ".json";
    case ArtefactKind::Assignments: return folder + "/assignments.json";
    case ArtefactKind::ApiPolicy: return folder + "/policy.json";
    case ArtefactKind::RouteAuthorization: return folder + "/routes.json";
    case ArtefactKind::AuthPolicy: return folder + "/auth-policy.json";
    case ArtefactKind::FunctionPolicy: return folder + "/permissions.json";
    case ArtefactKind::EnvoyRbac: return folder + ".yaml";
    case ArtefactKind::IstioPolicies: break;
    }
    return folder + ".yaml";
}

std::optional<Use> heldUse(const Intent& intent, const Use& use, Target target, std::span<const Unheld> cannot,
                           std::vector<Loss>* losses) {
    const auto tell = [&](std::string_view what, std::string_view seen, bool accepted) {
        if (losses == nullptr) return;
        Loss loss{target, use.edge, std::string(what), std::string(seen), accepted};
        if (std::find(losses->begin(), losses->end(), loss) == losses->end()) losses->push_back(std::move(loss));
    };
    if (intent.accepts(use.edge, target, "leave-out")) {
        tell("leave-out", {}, true);
        return std::nullopt;
    }
    Use held = use;
    bool whole = true;
    for (const Unheld& each : cannot) {
        const bool accepted = intent.accepts(use.edge, target, each.what) && takeAway(held, each.what, each.seen);
        tell(each.what, each.seen, accepted);
        whole = whole && accepted;
    }
    if (!whole) return std::nullopt;
    return held;
}

bool asksIdentity(Target target) {
    return target == Target::ApiGateway || target == Target::Lattice || target == Target::Lambda;
}

Use widestUse(const Intent& intent, const Use& use, Target target) {
    Use widest = use;
    for (const Accepted& each : intent.accepted)
        if (each.edge == use.edge && (each.target == target || (each.target == Target::Iam && asksIdentity(target)))) takeAway(widest, each.what, {});
    return widest;
}

std::string sidOf(const EdgeId& edge, std::size_t part) {
    return sidOf(std::span(&edge, 1), part);
}

std::string sidOf(std::span<const EdgeId> edges, std::size_t part) {
    std::string sid;
    for (const EdgeId& edge : edges) sid += "gw" + edge.value();
    if (part > 1) sid += "Part" + std::to_string(part);
    return sid;
}

std::vector<EdgeId> edgesOfSid(std::string_view sid) {
    std::vector<EdgeId> edges;
    if (!sid.starts_with("gw") || !std::all_of(sid.begin(), sid.end(), isAlphanumeric)) return edges;
    if (const std::size_t part = sid.rfind("Part"); part != std::string_view::npos && part + 4 < sid.size() &&
                                                    std::all_of(sid.begin() + static_cast<std::ptrdiff_t>(part) + 4, sid.end(), isDigit))
        sid = sid.substr(0, part);
    while (!sid.empty()) {
        sid.remove_prefix(2);
        const std::size_t next = std::min(sid.find("gw"), sid.size());
        if (next == 0) return {};
        edges.emplace_back(std::string(sid.substr(0, next)));
        sid.remove_prefix(next);
    }
    return edges;
}

} // namespace gw::mesh
