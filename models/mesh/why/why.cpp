#include "models/mesh/why/why.h"

#include "models/estate/ways_in.h"
#include "models/mesh/compile/grouped.h"
#include "models/mesh/envoy/servers.h"
#include "models/mesh/map/node_reader.h"
#include "models/mesh/map/reader.h"
#include "models/mesh/toml/document.h"
#include "models/mesh/why/enforcers.h"
#include "models/mesh/why/map_edits.h"
#include "models/mesh/why/names.h"
#include "saml/base/ascii.h"

#include <algorithm>
#include <array>
#include <set>

namespace gw::mesh {
namespace {

using policy::Decision;

constexpr Target everyTarget[] = {Target::Iam, Target::ApiGateway, Target::Lattice, Target::Lambda, Target::Envoy, Target::Istio};
constexpr std::size_t longestChain = 3;

bool isDenial(Decision decision) {
    return decision == Decision::ImplicitlyDenied || decision == Decision::ExplicitlyDenied;
}

// The same without places: the question stands nowhere.
Error withoutPlace(const Error& problem) {
    Error error(problem.code());
    for (const Fact& fact : problem.facts())
        if (fact.name != "line" && fact.name != "column" && fact.name != "edge") error.with(fact.name, fact.value);
    return error;
}

bool isFatal(const Error& problem) {
    const auto code = problem.code().as<MapError>();
    return !code || !isWarning(*code);
}

bool isPeople(const Node& node) {
    return node.kind() == NodeKind::Group || node.kind() == NodeKind::Claim || node.kind() == NodeKind::Person;
}

bool hasOnePath(const Node& node) {
    const auto* route = node.as<Route>();
    return route != nullptr && route->paths.size() == 1 && route->paths.front().form() == PathForm::Exact;
}

std::string arnOf(const Node& node) {
    if (const auto* role = node.as<Role>()) return role->arn;
    if (const auto* workload = node.as<Workload>()) return workload->role;
    return {};
}

// What decides on a use besides its caller.
std::string objectOf(const Use& use) {
    if (const auto* api = use.as<ApiAccess>()) return apiArn(*api);
    if (const auto* lattice = use.as<LatticeAccess>()) return lattice->service;
    if (const auto* function = use.as<FunctionAccess>()) return function->function;
    if (const auto* mesh = use.as<MeshAccess>()) return proxyOf(*mesh, Target::Envoy) + " " + proxyOf(*mesh, Target::Istio);
    return {};
}

// Roles that somebody may get to, one after the other.
struct Candidate {
    std::vector<Admission> chain;
    std::string role; // ARN, the last of them; empty: as themselves
    bool admitted = true;
};

class Asking {
public:
    Asking(const std::string& text, const estate::Estate* estate, std::optional<UtcTime> now, const WhyQuestion& question)
        : text_(text), estate_(estate), now_(now), question_(question) {}

    Result<Why> run(bool withFixes);

private:
    [[nodiscard]] Status readNames();
    [[nodiscard]] Node nodeFor(const std::string& reference) const;
    [[nodiscard]] std::vector<NodeId> idsOfWho() const;
    void findCandidates();
    void addChains(std::vector<Admission> chain, const std::vector<NodeId>& ids, const std::string& principal);
    void addCandidate(Candidate candidate);
    [[nodiscard]] std::string referenceOf(const std::string& role) const;
    [[nodiscard]] std::string questionEdges() const;
    [[nodiscard]] Way wayOf(const Candidate& candidate, std::size_t number, Enforcers& enforcers) const;
    [[nodiscard]] WayStep stepOf(const std::string& id) const;
    void addFixes(Why& why) const;
    void addAround(Why& why) const;
    [[nodiscard]] Decision decisionWith(const std::string& text) const;

    const std::string& text_;
    const estate::Estate* estate_;
    std::optional<UtcTime> now_;
    const WhyQuestion& question_;
    Map map_;
    Intent base_;
    Node who_, on_;
    std::string may_;
    bool takesRole_ = false; // people who want a role and nothing with it
    std::vector<Candidate> candidates_;
    std::string prefix_ = "whyQ";
    Map asked_;
    std::vector<Use> uses_; // of the questions' edges
    std::vector<Admission> admissions_;
    Compilation compilation_;
};

Node Asking::nodeFor(const std::string& reference) const {
    if (const Node* node = map_.node(NodeId(reference))) return *node;
    auto body = nodeInPlace(reference);
    return {NodeId(reference), body ? std::move(*body) : NodeBody(ArnNode{reference}), false, {}, {}};
}

Status Asking::readNames() {
    GW_TRY(const std::string who, whoCalled(map_, estate_, question_.who));
    GW_TRY(const std::string on, thingCalled(map_, estate_, question_.on));
    who_ = nodeFor(who);
    on_ = nodeFor(on);
    may_ = question_.may;
    const bool methods = on_.kind() == NodeKind::Route || on_.kind() == NodeKind::MeshService;
    static constexpr auto known = std::to_array<std::string_view>({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"});
    for (const std::string_view method : known)
        if (methods && foldedAscii(method) == foldedAscii(may_)) may_ = method;
    if (methods && may_.empty()) return fail(Error(WhyError::NeedsMethod).with("of", on));
    const bool ofMethod = methods && (may_ == "*" || std::find(known.begin(), known.end(), may_) != known.end());
    if (ofMethod && may_ == "*") return fail(Error(WhyError::NeedsMethod).with("of", on));
    if (ofMethod && question_.path.empty() && !hasOnePath(on_)) return fail(Error(WhyError::NeedsPath).with("of", on));
    takesRole_ = isPeople(who_) && on_.kind() == NodeKind::Role && may_ == "assume";
    if (!question_.path.empty() && !PathPattern::parse(question_.path))
        return fail(Error(WhyError::BadPath).with("seen", question_.path.substr(0, 200)));
    return {};
}

// All ways in which the map may write the same, and the groups that a person is in.
std::vector<NodeId> Asking::idsOfWho() const {
    std::vector<Node> same{who_};
    if (const auto* person = who_.as<Person>(); person != nullptr && estate_ != nullptr)
        for (const estate::Person& each : estate_->people())
            if (each.userName == person->name)
                for (const estate::DirectoryGroup& group : estate_->directoryGroups())
                    if (std::find(each.groups.begin(), each.groups.end(), group.id) != each.groups.end())
                        same.push_back({NodeId("group:" + group.name), Group{group.name, {}}, false, {}, {}});
    std::vector<NodeId> ids;
    for (const Node& node : map_.nodes())
        if (std::any_of(same.begin(), same.end(), [&](const Node& each) { return sameThing(each, node); }))
            ids.push_back(node.id);
    return ids;
}

void Asking::addCandidate(Candidate candidate) {
    const bool known = std::any_of(candidates_.begin(), candidates_.end(), [&](const Candidate& each) {
        return each.role == candidate.role && (!candidate.admitted || each.chain.size() <= candidate.chain.size());
    });
    if (!known && candidates_.size() < 4 * mostWays) candidates_.push_back(std::move(candidate));
}

void Asking::addChains(std::vector<Admission> chain, const std::vector<NodeId>& ids,
                       const std::string& principal) { // NOLINT(misc-no-recursion): longestChain
    if (chain.size() == longestChain) return;
    std::vector<std::string> next;
    for (const Admission& admission : base_.admissions) {
        if (admission.effect == Effect::Deny || admission.edge.empty()) continue;
        const bool byName = chain.empty() && std::find(ids.begin(), ids.end(), admission.who) != ids.end();
        const bool byArn = admission.kind == Admission::Kind::Principal && !principal.empty() && admission.principal == principal;
        if (!byName && !byArn) continue;
        if (std::find(next.begin(), next.end(), admission.role) != next.end()) continue;
        next.push_back(admission.role);
        std::vector<Admission> longer = chain;
        longer.push_back(admission);
        addCandidate({longer, admission.role, true});
        addChains(std::move(longer), ids, admission.role);
    }
}

void Asking::findCandidates() {
    if (!isPeople(who_)) candidates_.push_back({});
    if (takesRole_) {
        Candidate only;
        only.role = on_.as<Role>()->arn;
        const std::vector<NodeId> ids = idsOfWho();
        only.admitted = std::any_of(base_.admissions.begin(), base_.admissions.end(), [&](const Admission& each) {
            return each.effect == Effect::Allow && each.role == only.role &&
                   std::find(ids.begin(), ids.end(), each.who) != ids.end();
        });
        candidates_.push_back(std::move(only));
        return;
    }
    addChains({}, idsOfWho(), arnOf(who_));
    if (!isPeople(who_)) return;
    const auto unadmitted = [&](const std::string& role) {
        if (!role.empty()) addCandidate({{}, role, false});
    };
    for (const Use& use : base_.uses)
        if (const Node* on = map_.node(use.on); on != nullptr && !use.through.empty() && sameThing(*on, on_))
            unadmitted(use.caller.principal);
    const auto* group = who_.as<Group>();
    if (group == nullptr || estate_ == nullptr) return;
    const estate::WaysIn ways(*estate_);
    for (const estate::Assignment& each : estate_->assignments()) {
        const estate::DirectoryGroup* known = ways.group(each.group);
        const bool same = each.group == group->name || (known != nullptr && known->name == group->name);
        if (same && estate_->role(each.role) != nullptr) unadmitted(each.role);
    }
}

std::string Asking::referenceOf(const std::string& role) const {
    const Node* found = nullptr;
    for (const Node& node : map_.nodes())
        if (const auto* each = node.as<Role>(); each != nullptr && each->arn == role && (found == nullptr || node.written))
            found = &node;
    return found != nullptr ? found->id.value() : "role:" + role;
}

// The questions as edges of the map, one for each candidate, so that they are read as everything else in it is.
std::string Asking::questionEdges() const {
    std::string text = "\n";
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
        const Candidate& candidate = candidates_[i];
        text +=
            "[[edge]]\nid = " + toml::written(prefix_ + std::to_string(i)) + "\nwho = " + toml::written(who_.id.value()) + "\n";
        if (!candidate.role.empty()) text += "through = " + toml::written(referenceOf(candidate.role)) + "\n";
        if (takesRole_) continue;
        text += "may = " + toml::written(may_) + "\non = " + toml::written(on_.id.value()) + "\n";
        if (!question_.path.empty()) text += "paths = " + toml::written(question_.path) + "\n";
    }
    return text;
}

WayStep Asking::stepOf(const std::string& id) const {
    const Node node = nodeFor(id);
    return {node.kind(), id, nameOf(node)};
}

Way Asking::wayOf(const Candidate& candidate, std::size_t number, Enforcers& enforcers) const {
    Way way;
    way.admitted = candidate.admitted;
    way.steps.push_back(stepOf(who_.id.value()));
    const EdgeId id(prefix_ + std::to_string(number));
    if (!candidate.chain.empty()) {
        for (const Admission& admission : candidate.chain) {
            // A person gets in as a member of the group that is admitted.
            const Node through = nodeFor(admission.who.value());
            if (&admission == &candidate.chain.front() && !sameThing(through, who_))
                way.steps.push_back(stepOf(admission.who.value()));
            way.hops.push_back(
                enforcers.take(admission, &admission == &candidate.chain.front() ? &through : nullptr, true, question_.context));
            way.steps.push_back(stepOf(referenceOf(admission.role)));
        }
    } else if (!candidate.role.empty()) {
        const auto admission = std::find_if(admissions_.begin(), admissions_.end(), [&](const Admission& each) {
            return each.edge == id && each.role == candidate.role;
        });
        if (admission != admissions_.end()) {
            way.hops.push_back(enforcers.take(*admission, &who_, candidate.admitted, question_.context));
        } else {
            Hop hop;
            hop.principal = who_.id.value();
            hop.action = "sts:AssumeRole";
            hop.resource = candidate.role;
            hop.layers.push_back({WhyLayer::Trust, true, WhyVoice::Silent, true, {}, {}, {}, {}});
            way.hops.push_back(std::move(hop));
        }
        if (!takesRole_) way.steps.push_back(stepOf(referenceOf(candidate.role)));
    }
    way.steps.push_back(stepOf(on_.id.value()));
    for (const Use& use : uses_) {
        if (use.edge != id) continue;
        if (const auto* mesh = use.as<MeshAccess>();
            mesh != nullptr && !mesh->serverNode.empty() && way.steps.back().id != mesh->serverNode.value())
            way.steps.push_back(stepOf(mesh->serverNode.value()));
        for (Hop& hop : enforcers.call(use, question_.path, question_.context)) way.hops.push_back(std::move(hop));
    }
    way.decision = way.hops.empty() ? Decision::ImplicitlyDenied : Decision::Allowed;
    way.today = Decision::Allowed;
    for (const Hop& hop : way.hops) {
        way.decision = stricter(way.decision, hop.decision);
        way.today = way.today && hop.today ? std::optional(stricter(*way.today, *hop.today)) : std::nullopt;
    }
    if (way.hops.empty()) way.today.reset();
    return way;
}

Result<Why> Asking::run(bool withFixes) {
    GW_TRY(auto reading, readMap(text_));
    for (const Error& problem : reading.problems)
        if (isFatal(problem)) return fail(problem);
    map_ = std::move(reading.map);
    base_ = resolve(map_, estate_, now_);
    GW_CHECK(readNames());
    while (std::any_of(map_.edges().begin(), map_.edges().end(),
                       [&](const Edge& edge) { return edge.id.value().starts_with(prefix_); }))
        prefix_ += 'x';
    findCandidates();
    GW_TRY(auto asked, readMap(text_ + questionEdges()));
    for (const Error& problem : asked.problems)
        if (isFatal(problem)) return fail(withoutPlace(problem));
    asked_ = std::move(asked.map);
    Intent all = resolve(asked_, estate_, now_);
    const auto isOurs = [&](const EdgeId& edge) { return edge.value().starts_with(prefix_); };
    std::set<std::string> callers, objects;
    for (const Use& use : all.uses)
        if (isOurs(use.edge)) {
            uses_.push_back(use);
            callers.insert(use.caller.principal);
            if (std::string object = objectOf(use); !object.empty()) objects.insert(std::move(object));
            if (const auto* lattice = use.as<LatticeAccess>(); lattice != nullptr && !lattice->network.empty())
                objects.insert(lattice->network);
            if (const auto* action = use.as<ActionAccess>()) callers.insert(action->resource);
        }
    for (const Admission& admission : all.admissions)
        if (isOurs(admission.edge)) admissions_.push_back(admission);
    if (uses_.empty() && !takesRole_ && !candidates_.empty()) {
        for (const Error& problem : all.problems)
            if (isFatal(problem) && problem.fact("edge").starts_with(prefix_)) return fail(withoutPlace(problem));
        return fail(Error(WhyError::NotAsked).with("seen", may_).with("of", on_.id.value()));
    }
    for (const Candidate& candidate : candidates_) {
        callers.insert(candidate.role);
        for (const Admission& admission : candidate.chain) callers.insert({admission.role, admission.principal});
    }
    // Only what has a say: policies are whole for each role and each object.
    Intent near;
    near.accepted = base_.accepted;
    for (const Use& use : base_.uses) {
        const auto* lattice = use.as<LatticeAccess>();
        if (callers.contains(use.caller.principal) || objects.contains(objectOf(use)) ||
            (lattice != nullptr && objects.contains(lattice->network)))
            near.uses.push_back(use);
    }
    for (const Admission& admission : base_.admissions)
        if (callers.contains(admission.role)) near.admissions.push_back(admission);
    compilation_ = compile(near, everyTarget);
    Enforcers enforcers(near, compilation_, estate_, now_);

    Why why;
    why.who = stepOf(who_.id.value());
    why.on = stepOf(on_.id.value());
    why.may = may_;
    why.path = question_.path;
    for (std::size_t i = 0; i < candidates_.size(); ++i) why.ways.push_back(wayOf(candidates_[i], i, enforcers));
    const auto rank = [](const Way& way) {
        const int decision = way.decision == Decision::Allowed ? 0 : way.decision == Decision::Depends ? 1 : 2;
        const auto stopped =
            std::count_if(way.hops.begin(), way.hops.end(), [](const Hop& hop) { return isDenial(hop.decision); });
        const auto open =
            std::count_if(way.hops.begin(), way.hops.end(), [](const Hop& hop) { return hop.decision == Decision::Depends; });
        return std::tuple(decision, stopped, way.admitted ? 0 : 1, open, way.steps.size());
    };
    std::stable_sort(why.ways.begin(), why.ways.end(), [&](const Way& a, const Way& b) { return rank(a) < rank(b); });
    if (why.ways.size() > mostWays) why.ways.resize(mostWays);
    why.unknown = enforcers.unknown();
    if (!why.ways.empty()) {
        const Way& best = why.ways.front();
        why.decision = best.decision;
        why.today = best.today;
        if (std::any_of(why.ways.begin(), why.ways.end(), [](const Way& way) { return way.today == Decision::Allowed; }))
            why.today = Decision::Allowed;
        for (const Hop& hop : best.hops)
            for (const LayerSays& says : hop.layers) {
                std::vector<EdgeId>& to = says.voice == WhyVoice::Denies ? why.stops : why.lets;
                if (says.voice == WhyVoice::Silent || says.layer == WhyLayer::RouteAuthorization) continue;
                for (const EdgeId& edge : says.edges) {
                    const Edge* written = map_.edge(edge);
                    std::vector<EdgeId>& place = written != nullptr && written->effect == Effect::Deny ? why.stops : to;
                    if (std::find(place.begin(), place.end(), edge) == place.end()) place.push_back(edge);
                }
            }
    }
    if (withFixes && isDenial(why.decision)) {
        addFixes(why);
        if (estate_ != nullptr) addAround(why);
    }
    return why;
}

// What a role that they may take, or they themselves, can become that has it.
void Asking::addAround(Why& why) const {
    std::set<std::string> own{arnOf(who_)}, having;
    for (const Candidate& candidate : candidates_)
        if (candidate.admitted) own.insert(candidate.role);
    for (const Use& use : base_.uses)
        if (const Node* on = map_.node(use.on); on != nullptr && use.effect == Effect::Allow && sameThing(*on, on_)) having.insert(use.caller.principal);
    const auto* route = on_.as<Route>();
    for (MapEscalation& each : escalationsOf(map_, base_, *estate_, now_)) {
        const bool opens = route != nullptr && each.to.find(":execute-api:") != std::string::npos && each.to.ends_with(":" + route->api);
        if (own.contains(each.from) && (each.to.empty() || having.contains(each.to) || opens)) why.around.push_back(std::move(each));
    }
}

Decision Asking::decisionWith(const std::string& text) const {
    const auto why = Asking(text, estate_, now_, question_).run(false);
    return why ? why->decision : Decision::ImplicitlyDenied;
}

void Asking::addFixes(Why& why) const {
    std::vector<MapEdit> denials;
    std::string text = text_;
    Wanted wanted{who_, on_, {}, {}, takesRole_ ? std::string() : may_, question_.path};
    if (takesRole_) {
        wanted.role = on_.as<Role>()->arn;
    } else if (!why.ways.empty()) {
        // The last role on the best way.
        const auto& steps = why.ways.front().steps;
        for (std::size_t i = 1; i < steps.size(); ++i)
            if (steps[i].kind == NodeKind::Role && steps[i].id != on_.id.value()) wanted.role = arnOf(nodeFor(steps[i].id));
    }
    if (wanted.role.empty() && isPeople(who_)) return;
    if (!wanted.role.empty()) wanted.roleReference = referenceOf(wanted.role);
    for (const EdgeId& id : why.stops) {
        const Edge* edge = map_.edge(id);
        if (edge == nullptr || edge->effect != Effect::Deny) continue;
        denials.push_back(editOfDenial(*edge, wanted));
        auto changed = withEdit(text, denials.back());
        if (!changed) return;
        text = std::move(*changed);
    }
    if (!denials.empty())
        if (const Decision result = decisionWith(text); !isDenial(result)) {
            why.fixes.push_back({std::move(denials), result});
            return;
        }
    for (const MapEdit& edit : editsThatCouldLet(map_, compilation_, wanted, now_)) {
        const auto changed = withEdit(text, edit);
        if (!changed) continue;
        const Decision result = decisionWith(*changed);
        if (isDenial(result)) continue;
        MapFix fix{denials, result};
        fix.edits.push_back(edit);
        why.fixes.push_back(std::move(fix));
    }
}

} // namespace

std::string_view whyLayerName(WhyLayer layer) {
    static constexpr auto words =
        std::to_array<std::string_view>({"assignment", "trust", "identity", "boundary", "scp", "rcp", "session", "endpoint",
                                         "resource", "network", "route-authorization", "envoy", "istio"});
    return words[static_cast<std::size_t>(layer)];
}

std::string_view whyVoiceName(WhyVoice voice) {
    static constexpr auto words = std::to_array<std::string_view>({"silent", "allows", "denies", "depends"});
    return words[static_cast<std::size_t>(voice)];
}

Result<Why> why(std::string_view text, const estate::Estate* estate, std::optional<UtcTime> now, const WhyQuestion& question) {
    const std::string own(text);
    return Asking(own, estate, now, question).run(true);
}

} // namespace gw::mesh
