#include "models/mesh/envoy/probes.h"

#include "models/mesh/envoy/policy_text.h"
#include "saml/base/ascii.h"

#include <algorithm>

namespace gw::mesh {
namespace {

using Kind = EdgeCondition::Kind;
using envoy::Headers;

bool isAmong(const std::vector<std::string>& globs, std::string_view value) {
    return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) {
        const auto match = envoy::TextMatch::regex(envoy::globRegex(glob, "."));
        return match && match->matches(value);
    });
}

std::string filled(std::string_view glob) {
    std::string out;
    for (const char c : glob) {
        if (c == '*')
            out += "gwx";
        else
            out += c == '?' ? 'g' : c;
    }
    return out;
}

std::vector<std::string> valuesOf(const Headers& of, std::string_view name) {
    std::vector<std::string> values;
    for (const auto& [each, value] : of)
        if (each == name) values.push_back(value);
    return values;
}

std::string trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return std::string(text);
}

// Any of several with one name; to whoever denies also each that stands between commas.
bool holdsHeader(const EdgeCondition& condition, Effect effect, const Headers& headers) {
    const std::vector<std::string> values = valuesOf(headers, foldedAscii(condition.name));
    if (values.empty()) return false;
    if (effect == Effect::Allow)
        return std::any_of(values.begin(), values.end(),
                           [&](const std::string& value) { return isAmong(condition.values, value); });
    std::string joined;
    for (const std::string& value : values) joined += (joined.empty() ? "" : ",") + value;
    for (std::size_t at = 0; at <= joined.size();) {
        const std::size_t end = std::min(joined.find(',', at), joined.size());
        if (isAmong(condition.values, trimmed(std::string_view(joined).substr(at, end - at)))) return true;
        at = end + 1;
    }
    return false;
}

bool holdsQuery(const EdgeCondition& condition, Effect effect, const Headers& query) {
    const std::vector<std::string> values = valuesOf(query, condition.name);
    if (effect == Effect::Allow) return values.size() == 1 && isAmong(condition.values, values.front());
    return std::any_of(values.begin(), values.end(), [&](const std::string& value) { return isAmong(condition.values, value); });
}

bool holdsAddress(const EdgeCondition& condition, const std::string& address) {
    const auto one = policy::Network::parse(address);
    return one && std::any_of(condition.values.begin(), condition.values.end(), [&](const std::string& block) {
               const auto network = policy::Network::parse(block);
               return network && network->holds(*one);
           });
}

bool holdsClaim(const EdgeCondition& condition, const Headers& claims) {
    const std::vector<std::string> values = valuesOf(claims, condition.name);
    return std::any_of(values.begin(), values.end(), [&](const std::string& value) { return isAmong(condition.values, value); });
}

void setValue(Headers& of, const std::string& name, std::string value) {
    std::erase_if(of, [&](const auto& each) { return each.first == name; });
    of.emplace_back(name, std::move(value));
}

std::string blockAddress(const std::string& block) {
    const auto network = policy::Network::parse(block);
    return network ? network->firstAddress() : std::string();
}

Headers* placeOf(Surroundings& in, Kind kind) {
    if (kind == Kind::Header) return &in.headers;
    if (kind == Kind::Query) return &in.query;
    return kind == Kind::JwtClaim ? &in.claims : nullptr;
}

std::string nameOf(const EdgeCondition& condition) {
    return condition.kind == Kind::Header ? foldedAscii(condition.name) : condition.name;
}

std::uint16_t portOf(const MeshAccess& access) {
    constexpr std::uint16_t some = 8443;
    return access.port == 0 ? some : access.port;
}

// Every condition holds by its first value.
Surroundings wholeOf(const Use& use, const MeshAccess& access) {
    Surroundings whole;
    whole.port = portOf(access);
    for (const EdgeCondition& condition : use.when) {
        if (condition.values.empty()) continue;
        if (condition.kind == Kind::SourceIp)
            whole.address = blockAddress(condition.values.front());
        else if (Headers* place = placeOf(whole, condition.kind))
            setValue(*place, nameOf(condition), filled(condition.values.front()));
    }
    return whole;
}

// Ways in which a condition does not hold, or holds by another of its values.
void addVariants(const EdgeCondition& condition, const Surroundings& whole, std::vector<Surroundings>& into) {
    const auto with = [&](auto change) {
        Surroundings changed = whole;
        change(changed);
        if (std::find(into.begin(), into.end(), changed) == into.end()) into.push_back(std::move(changed));
    };
    if (condition.kind == Kind::SourceIp) {
        for (const std::string& block : condition.values) {
            const auto network = policy::Network::parse(block);
            if (!network) continue;
            with([&](Surroundings& in) { in.address = network->firstAddress(); });
            with([&](Surroundings& in) { in.address = network->lastAddress(); });
        }
        with([](Surroundings& in) { in.address = "192.0.2.77"; });
        with([](Surroundings& in) { in.address = "2001:db8:77::1"; });
        return;
    }
    if (condition.kind != Kind::Header && condition.kind != Kind::Query && condition.kind != Kind::JwtClaim) {
        with([](Surroundings& in) { in.unseenHold = false; });
        return;
    }
    const std::string name = nameOf(condition);
    with([&](Surroundings& in) {
        std::erase_if(*placeOf(in, condition.kind), [&](const auto& each) { return each.first == name; });
    });
    for (const std::string& value : condition.values) {
        with([&](Surroundings& in) { setValue(*placeOf(in, condition.kind), name, filled(value)); });
        with([&](Surroundings& in) { setValue(*placeOf(in, condition.kind), name, filled(value) + "gwz"); });
        with([&](Surroundings& in) { setValue(*placeOf(in, condition.kind), name, "gwz" + filled(value)); });
        with([&](Surroundings& in) { placeOf(in, condition.kind)->emplace_back(name, "gwother"); });
    }
}

} // namespace

bool holds(const Use& use, const Surroundings& in) {
    const auto* access = use.as<MeshAccess>();
    if (access == nullptr || (access->port != 0 && access->port != in.port) || (use.expires && !in.unseenHold)) return false;
    return std::all_of(use.when.begin(), use.when.end(), [&](const EdgeCondition& condition) {
        switch (condition.kind) {
        case Kind::Header:
            return holdsHeader(condition, use.effect, in.headers);
        case Kind::Query:
            return holdsQuery(condition, use.effect, in.query);
        case Kind::JwtClaim:
            return holdsClaim(condition, in.claims);
        case Kind::SourceIp:
            return holdsAddress(condition, in.address);
        default:
            return in.unseenHold;
        }
    });
}

void addSurroundings(const Use& use, std::vector<Surroundings>& into) {
    const auto* access = use.as<MeshAccess>();
    if (access == nullptr) return;
    Surroundings bare;
    bare.port = portOf(*access);
    for (const Surroundings& one : {wholeOf(use, *access), bare})
        if (std::find(into.begin(), into.end(), one) == into.end()) into.push_back(one);
}

void addNeighbours(const Use& use, std::vector<Surroundings>& into) {
    const auto* access = use.as<MeshAccess>();
    if (access == nullptr) return;
    const Surroundings whole = wholeOf(use, *access);
    const auto add = [&](auto change) {
        Surroundings one = whole;
        change(one);
        if (std::find(into.begin(), into.end(), one) == into.end()) into.push_back(std::move(one));
    };
    for (const EdgeCondition& condition : use.when) addVariants(condition, whole, into);
    if (use.expires) add([](Surroundings& in) { in.unseenHold = false; });
    add([](Surroundings& in) { in.port = 9; });
}

void addPathTricks(std::span<const PathPattern> allowed, std::span<const PathPattern> denied, std::set<std::string>& into) {
    constexpr std::size_t mostDenied = 8;
    std::vector<std::string> goals{"/gwother", "/gwother/gwx"};
    for (std::size_t i = 0; i < denied.size() && i < mostDenied; ++i) goals.push_back(denied[i].example("gwx"));
    const auto around = [&](const std::string& path) {
        into.insert({path + "?gwq=1", path + "?gwq=/../gwother", path + ".", path + "/", path + "/.", "/" + path, "/." + path,
                     "/gwother/.." + path, "/gwother/%2e%2e" + path, path + ";gw", path + "%20"});
        if (path.size() > 1) {
            std::string upper = path;
            std::transform(upper.begin(), upper.end(), upper.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
            into.insert(upper);
            constexpr std::string_view digits = "0123456789ABCDEF";
            const auto octet = static_cast<unsigned char>(path[1]);
            into.insert({std::string("/%") + digits[octet >> 4U] + digits[octet & 15U] + path.substr(2)});
        }
        if (const std::size_t slash = path.find('/', 1); slash != std::string::npos)
            into.insert({path.substr(0, slash) + "/" + path.substr(slash), path.substr(0, slash) + "%2f" + path.substr(slash + 1),
                         path.substr(0, slash) + "\\" + path.substr(slash + 1)});
    };
    for (const PathPattern& pattern : denied) around(pattern.example("gwx"));
    for (const PathPattern& pattern : allowed) {
        const std::string example = pattern.example("gwx");
        around(example);
        std::string base = pattern.example("gwx");
        base = pattern.open() ? base.substr(0, base.rfind('/')) : base;
        const auto depth = static_cast<std::size_t>(std::count(base.begin(), base.end(), '/'));
        if (depth == 0) continue;
        for (const std::string_view up : {"..", "%2e%2e", ".%2E", "..;gw"})
            for (const std::string& goal : goals) {
                std::string climbed = base;
                for (std::size_t i = 0; i < depth; ++i) climbed += "/" + std::string(up);
                into.insert(climbed + goal);
            }
        for (const std::string_view up : {"/..%2f", "/..%5c", "/..\\"}) {
            std::string climbed = base;
            for (std::size_t i = 0; i < depth; ++i) climbed += i == 0 ? std::string(up) : ".." + std::string(up.substr(3));
            for (const std::string& goal : goals) into.insert(climbed + goal.substr(1));
        }
    }
}

} // namespace gw::mesh
