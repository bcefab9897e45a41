#include "models/mesh/envoy/space.h"

#include "models/mesh/envoy/path.h"
#include "models/mesh/envoy/policy_text.h"
#include "models/mesh/envoy/probes.h"
#include "models/mesh/envoy/servers.h"
#include "models/mesh/prove/meaning.h"
#include "models/mesh/prove/space.h"

#include <algorithm>
#include <unordered_map>

namespace gw::mesh {
namespace {

using envoy::Request;
using envoy::Verdict;

constexpr std::size_t mostTuples = 4'000'000;

// One certificate; or a caller of the map that no certificate can stand for.
struct Identity {
    std::string uri, dns, node;
    [[nodiscard]] std::string text() const { return !uri.empty() ? uri : !dns.empty() ? "dns:" + dns : node; }
    friend bool operator==(const Identity&, const Identity&) = default;
};

bool isBy(const Caller& caller, const Identity& identity, Target target) {
    if (isAnyone(caller)) return true;
    if (!identity.node.empty()) return caller.node.value() == identity.node;
    if (caller.workload == nullptr) return false;
    const std::vector<std::string>& names = caller.workload->names;
    return (!identity.uri.empty() && uriOf(*caller.workload, target) == identity.uri) ||
           (!identity.dns.empty() && std::find(names.begin(), names.end(), identity.dns) != names.end());
}

std::vector<PathPattern> withUpperEscapes(const std::vector<PathPattern>& paths) {
    std::vector<PathPattern> out;
    for (const PathPattern& path : paths) {
        auto upper = PathPattern::parse(envoy::withUpperEscapes(path.text()));
        out.push_back(upper ? std::move(*upper) : path);
    }
    return out;
}

class Comparison {
public:
    Comparison(const Intent& intent, const Point& point, const ProxyNames& names, PointProof& proof)
        : target_(point.target), proof_(proof) {
        uses_.reserve(point.uses.size());
        for (const Use* use : point.uses) {
            uses_.push_back(*use);
            auto& access = std::get<MeshAccess>(uses_.back().access);
            access.paths = withUpperEscapes(access.paths);
        }
        std::vector<const Use*> pointers;
        for (const Use& use : uses_) pointers.push_back(&use);
        meanings_.emplace(intent, pointers, point.target);
        for (const Meanings::One& one : meanings_->all) {
            every_.push_back(&one);
            place_.emplace(one.use, place_.size());
            place_.emplace(&one.widest, place_.size());
        }
        collect(names);
    }

    void run(const AskProxy& ask, const std::function<std::optional<EdgeId>(const std::string&)>& edgeOf);

private:
    void collect(const ProxyNames& names);
    void addIdentity(Identity identity) {
        if (std::find(identities_.begin(), identities_.end(), identity) == identities_.end())
            identities_.push_back(std::move(identity));
    }
    template <class Test>
    [[nodiscard]] std::vector<char> table(Test test) const {
        std::vector<char> out(place_.size());
        for (const auto& [use, at] : place_) out[at] = test(*use) ? 1 : 0;
        return out;
    }
    [[nodiscard]] static Request requestOf(const std::string& path, const Surroundings& in);
    [[nodiscard]] static envoy::Peer peerOf(const Identity& identity);
    void tell(std::vector<Difference>& to, const std::optional<EdgeId>& edge, const Request& request, const Identity& identity,
              const Surroundings& in);

    Target target_;
    PointProof& proof_;
    std::vector<Use> uses_;
    std::optional<Meanings> meanings_;
    std::vector<const Meanings::One*> every_;
    std::unordered_map<const Use*, std::size_t> place_;
    std::vector<Identity> identities_;
    std::vector<std::string> methods_, paths_;
    std::vector<Surroundings> surroundings_;
    std::size_t main_ = 0;         // of the surroundings the first: all conditions held, or none asked for
    std::set<std::string> tricks_; // of the paths: only in those
};

void Comparison::collect(const ProxyNames& names) {
    std::set<std::string> methods = names.methods, paths{"/", "/gwother", "/gwother/gwx"};
    methods.insert({"GET", "GWMETHOD"});
    std::vector<PathPattern> allowed, denied;
    for (const Use& use : uses_) {
        const auto& access = std::get<MeshAccess>(use.access);
        for (const std::string& method : access.methods)
            if (method != "*") methods.insert(method);
        for (const PathPattern& path : access.paths) {
            std::vector<PathPattern>& to = use.effect == Effect::Deny ? denied : allowed;
            if (std::find(to.begin(), to.end(), path) == to.end()) to.push_back(path);
        }
        const Workload* workload = use.caller.workload;
        const std::string uri = workload == nullptr ? std::string() : uriOf(*workload, target_);
        const bool named = workload != nullptr && target_ == Target::Envoy && !workload->names.empty();
        const bool known = !uri.empty() || named;
        if (!uri.empty()) addIdentity({uri, {}, {}});
        if (named)
            for (const std::string& name : workload->names) addIdentity({{}, name, {}});
        if (!known && !isAnyone(use.caller)) addIdentity({{}, {}, use.caller.node.value()});
        addSurroundings(use, surroundings_);
    }
    if (surroundings_.empty()) surroundings_.emplace_back();
    main_ = surroundings_.size();
    for (const Use& use : uses_) addNeighbours(use, surroundings_);
    for (const std::string& uri : names.uris)
        for (const char* end : {"", "gwz"}) addIdentity({uri + end, {}, {}});
    for (const std::string& name : names.dnsNames)
        for (const char* end : {"", "gwz"}) addIdentity({{}, name + end, {}});
    addIdentity({"spiffe://gwother.example/gwx", {}, {}});
    for (const std::uint16_t port : names.ports) {
        Surroundings at;
        at.port = port;
        if (std::find(surroundings_.begin(), surroundings_.end(), at) == surroundings_.end()) surroundings_.push_back(at);
    }
    for (const std::vector<PathPattern>* patterns : {&allowed, &denied})
        for (const PathPattern& pattern : *patterns) addPathsAround(pattern, paths);
    for (const std::string& path : names.paths)
        for (const char* end : {"", "gwz", "/gwz"}) paths.insert(path + end);
    if (const auto all = PathPattern::parse("/gwall/**"); allowed.empty() && all) allowed.push_back(*all);
    addPathTricks(allowed, denied, tricks_);
    for (const std::string& path : paths) tricks_.erase(path);
    paths.insert(tricks_.begin(), tricks_.end());
    methods_.assign(methods.begin(), methods.end());
    paths_.assign(paths.begin(), paths.end());
}

Request Comparison::requestOf(const std::string& path, const Surroundings& in) {
    Request request;
    request.path = path;
    char separator = path.find('?') == std::string::npos ? '?' : '&';
    for (const auto& [name, value] : in.query) {
        request.path += separator + name + "=" + value;
        separator = '&';
    }
    request.headers = in.headers;
    request.claims = in.claims;
    request.directRemote = request.remote = in.address;
    request.local = "192.0.2.1";
    request.port = in.port;
    return request;
}

envoy::Peer Comparison::peerOf(const Identity& identity) {
    envoy::Peer peer;
    if (!identity.uri.empty()) peer.uris.push_back(identity.uri);
    if (!identity.dns.empty()) peer.dnsNames.push_back(identity.dns);
    return peer;
}

void Comparison::tell(std::vector<Difference>& to, const std::optional<EdgeId>& edge, const Request& request,
                      const Identity& identity, const Surroundings& in) {
    if (to.size() >= mostDifferences) return;
    Difference difference{edge, {identity.text(), request.method, request.path, {}}};
    auto& context = difference.tuple.context;
    for (const auto& [name, value] : in.headers) context.emplace_back("header." + name, value);
    for (const auto& [name, value] : in.claims) context.emplace_back("jwt." + name, value);
    context.emplace_back("source_ip", in.address);
    context.emplace_back("port", std::to_string(in.port));
    if (!in.unseenHold) context.emplace_back("conditions", "false");
    to.push_back(std::move(difference));
}

void Comparison::run(const AskProxy& ask, const std::function<std::optional<EdgeId>(const std::string&)>& edgeOf) {
    if (identities_.size() * methods_.size() * paths_.size() * surroundings_.size() > mostTuples) {
        proof_.complete = false;
        return;
    }
    std::vector<std::vector<char>> byCaller, byMethod, bySurroundings;
    for (const Identity& identity : identities_)
        byCaller.push_back(table([&](const Use& use) { return isBy(use.caller, identity, target_); }));
    for (const std::string& method : methods_)
        byMethod.push_back(table([&](const Use& use) { return allowsMethod(std::get<MeshAccess>(use.access).methods, method); }));
    for (const Surroundings& in : surroundings_) bySurroundings.push_back(table([&](const Use& use) { return holds(use, in); }));
    for (const std::string& path : paths_) {
        const std::string meant = envoy::meantPath(path);
        const bool plain = meant == envoy::withUpperEscapes(envoy::withoutQuery(path));
        const std::vector<char> byPath =
            table([&](const Use& use) { return allowsPath(std::get<MeshAccess>(use.access).paths, use.pathsAsGlobs, meant); });
        const std::size_t most = tricks_.contains(path) ? main_ : surroundings_.size();
        for (std::size_t s = 0; s < most; ++s) {
            Request request = requestOf(path, surroundings_[s]);
            const auto seen = ask.see(request.path);
            for (std::size_t i = 0; i < identities_.size(); ++i) {
                request.peer = peerOf(identities_[i]);
                for (std::size_t m = 0; m < methods_.size(); ++m) {
                    request.method = methods_[m];
                    const ProxyAnswer answer = seen ? ask.decide(request, *seen) : ProxyAnswer{Verdict::Refused, {}};
                    ++proof_.checked;
                    const Expected wanted = expected(every_, [&](const Use& use) {
                        const std::size_t at = place_.at(&use);
                        return byPath[at] != 0 && byCaller[i][at] != 0 && byMethod[m][at] != 0 && bySurroundings[s][at] != 0;
                    });
                    if (answer.verdict == Verdict::Unknown) {
                        proof_.complete = false;
                    } else if (answer.verdict == Verdict::Allowed && !wanted.may) {
                        tell(proof_.surplus, edgeOf(answer.policy), request, identities_[i], surroundings_[s]);
                    } else if (answer.verdict != Verdict::Allowed && wanted.must && plain) {
                        const auto edge = wanted.by == nullptr ? std::optional<EdgeId>() : std::optional<EdgeId>(wanted.by->edge);
                        tell(proof_.missing, edge, request, identities_[i], surroundings_[s]);
                    }
                }
            }
        }
    }
}

} // namespace

void ProxyNames::add(const envoy::Rule& rule,
                     const std::set<std::string>& expected) { // NOLINT(misc-no-recursion): as deep as was read
    using Kind = envoy::Rule::Kind;
    for (const envoy::Rule& part : rule.parts) add(part, expected);
    const auto take = [&](const envoy::TextMatch& text, std::set<std::string>& into) {
        using Form = envoy::TextMatch::Kind;
        if (text.kind() == Form::Exact || text.kind() == Form::Prefix)
            into.insert(text.value());
        else if (!expected.contains(text.value()))
            enumerable = false;
    };
    std::set<std::string> others;
    if (rule.kind == Kind::Mtls && rule.text) take(*rule.text, rule.san == envoy::Rule::San::Uri ? uris : dnsNames);
    if (rule.kind == Kind::Authenticated && rule.text) take(*rule.text, uris);
    if (rule.kind == Kind::Path || rule.kind == Kind::Template) take(*rule.text, paths);
    if (rule.kind == Kind::Header && rule.header->text())
        take(*rule.header->text(), rule.header->name() == ":method" ? methods : others);
    if (rule.kind == Kind::Ports) ports.insert({static_cast<std::uint16_t>(rule.low), static_cast<std::uint16_t>(rule.high)});
}

std::set<std::string> expressionsOf(const Intent& intent, const Point& point) {
    std::set<std::string> expressions;
    const auto collect = [&](auto&& self, const Json& value) -> void { // NOLINT(misc-no-recursion): our own text
        if (value.is_object() && value.contains("regex") && value["regex"].is_string())
            expressions.insert(value["regex"].get<std::string>());
        if (value.is_structured())
            for (const Json& part : value) self(self, part);
    };
    for (const Use* use : point.uses)
        for (const Use& each : {*use, widestUse(intent, *use, point.target)})
            collect(collect,
                    envoy::policyOf({each.edge, 1, each.effect, std::get<MeshAccess>(each.access), each.when, {each.caller}}));
    return expressions;
}

void compareProxy(const Intent& intent, const Point& point, const ProxyNames& names, const AskProxy& ask,
                  const std::function<std::optional<EdgeId>(const std::string&)>& edgeOf, PointProof& proof) {
    if (!names.enumerable) proof.complete = false;
    Comparison(intent, point, names, proof).run(ask, edgeOf);
}

} // namespace gw::mesh
