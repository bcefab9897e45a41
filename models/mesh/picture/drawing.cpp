#include "models/mesh/picture/drawing.h"

#include "models/mesh/why/names.h"
#include "models/policy/arn_pattern.h"
#include "saml/base/ascii.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace gw::mesh {
namespace {

std::string accountIn(std::string_view arn) {
    const auto parts = policy::ArnParts::split(arn);
    return parts ? std::string(parts->account) : std::string();
}

std::string joinedWords(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

class Builder {
public:
    Builder(const Map& map, const Intent& intent, const Compilation& compilation, const estate::Estate* estate,
            std::optional<UtcTime> now)
        : map_(map), estate_(estate), now_(now) {
        for (const Loss& loss : compilation.losses) lost_.insert(loss.edge);
        for (const Use& use : intent.uses) {
            if (const auto* api = use.as<ApiAccess>()) accounts_.emplace(use.on, api->account);
            if (const auto* lattice = use.as<LatticeAccess>()) accounts_.emplace(use.on, accountIn(lattice->service));
        }
        for (const Node& node : map.nodes())
            if (const auto* service = node.as<MeshService>(); service != nullptr && !service->workload.empty())
                servers_.insert(service->workload);
    }

    Drawing build(std::span<const MapEscalation> escalations) {
        for (const Edge& edge : map_.edges()) addEdge(edge);
        for (const MapEscalation& escalation : escalations) addEscalation(escalation);
        nameBands();
        return std::move(drawing_);
    }

private:
    void addEdge(const Edge& edge);
    void addEscalation(const MapEscalation& escalation);
    void nameBands();
    [[nodiscard]] EdgeStyle styleOf(const Edge& edge) const;
    std::size_t nodeFor(const Node& node);
    std::size_t routeFor(const Node& node, const Edge& edge);
    std::size_t add(const std::string& key, PictureNode node, std::string account);
    void connect(std::size_t from, std::size_t to, EdgeStyle style, const EdgeId* id);
    [[nodiscard]] std::optional<std::size_t> people(const std::string& group) const;

    const Map& map_;
    const estate::Estate* estate_;
    std::optional<UtcTime> now_;
    std::set<EdgeId> lost_;
    std::set<NodeId> servers_;
    std::map<NodeId, std::string> accounts_;
    Drawing drawing_;
    std::unordered_map<std::string, std::size_t> places_;
    std::vector<std::string> accountOf_; // of each node
    std::map<std::tuple<std::size_t, std::size_t, EdgeStyle>, std::size_t> edges_;
    std::unordered_map<std::string, std::size_t> roles_; // by ARN
};

std::optional<std::size_t> Builder::people(const std::string& name) const {
    if (estate_ == nullptr) return std::nullopt;
    for (const estate::DirectoryGroup& group : estate_->directoryGroups())
        if (group.name == name && group.membersKnown) return group.members.size();
    return std::nullopt;
}

std::size_t Builder::add(const std::string& key, PictureNode node, std::string account) {
    const auto [found, added] = places_.emplace(key, drawing_.nodes.size());
    if (added) {
        drawing_.nodes.push_back(std::move(node));
        accountOf_.push_back(std::move(account));
    }
    return found->second;
}

std::size_t Builder::nodeFor(const Node& node) {
    PictureNode drawn;
    drawn.kind = node.kind();
    drawn.title = nameOf(node);
    std::string account, key = node.id.value();
    switch (node.kind()) {
    case NodeKind::Group:
        drawn.subtitle = "group";
        if (const auto count = people(drawn.title))
            drawn.subtitle = *count == 1 ? "1 person" : std::to_string(*count) + " people";
        key = "group " + drawn.title;
        break;
    case NodeKind::Claim:
        drawn.subtitle = "claim";
        break;
    case NodeKind::Person:
        drawn.subtitle = "person";
        break;
    case NodeKind::Service:
        drawn.subtitle = "service of AWS";
        break;
    case NodeKind::Account:
        drawn.subtitle = "account";
        if (estate_ != nullptr)
            if (const auto* known = estate_->account(drawn.title); known != nullptr && !known->name.empty())
                drawn.subtitle = known->name;
        break;
    case NodeKind::Anyone:
        drawn.title = "Anyone";
        drawn.subtitle = "without credentials, too";
        break;
    case NodeKind::Role: {
        const std::string& arn = node.as<Role>()->arn;
        drawn.column = PictureColumn::Roles;
        drawn.subtitle = "role";
        if (estate_ != nullptr)
            if (const auto* role = estate_->role(arn); role != nullptr && role->maxSessionSeconds) {
                const std::int64_t minutes = *role->maxSessionSeconds / 60;
                drawn.subtitle = minutes % 60 == 0 ? "up to " + std::to_string(minutes / 60) + " h"
                                                   : "up to " + std::to_string(minutes) + " min";
            }
        account = accountIn(arn);
        key = "role " + arn;
        break;
    }
    case NodeKind::Workload: {
        const auto* workload = node.as<Workload>();
        // What others call stands at the right; what only calls, where roles do.
        drawn.column = servers_.contains(node.id) ? PictureColumn::Workloads : PictureColumn::Roles;
        drawn.subtitle = workload->runsOn == "lambda" ? "Lambda"
                         : workload->runsOn == "ecs"  ? "ECS"
                         : workload->runsOn == "ec2"  ? "EC2"
                                                      : "workload";
        account = accountIn(workload->role);
        break;
    }
    case NodeKind::MeshService: {
        const auto* service = node.as<MeshService>();
        drawn.column = PictureColumn::Services;
        drawn.retired = service->lattice.empty() && !service->virtualNode.empty();
        drawn.subtitle = drawn.retired ? "App Mesh, retired" : service->lattice.empty() ? "mesh service" : "Lattice service";
        account = accountIn(service->lattice.empty() ? service->virtualNode : service->lattice);
        if (!node.written) drawn.title = service->lattice.substr(service->lattice.rfind('/') + 1);
        if (!node.written && estate_ != nullptr)
            if (const auto* resource = estate_->resourceFor(service->lattice); resource != nullptr && !resource->name.empty())
                drawn.title = resource->name;
        break;
    }
    case NodeKind::Function:
        drawn.column = PictureColumn::Workloads;
        drawn.subtitle = node.as<Function>()->url ? "Lambda, by URL" : "Lambda";
        account = accountIn(node.as<Function>()->arn);
        break;
    case NodeKind::Task:
        drawn.column = PictureColumn::Workloads;
        drawn.subtitle = "ECS task";
        account = accountIn(node.as<Task>()->arn);
        break;
    case NodeKind::Arn:
    default: {
        drawn.column = PictureColumn::Workloads;
        const auto* arn = node.as<ArnNode>();
        const auto parts = arn == nullptr ? std::nullopt : policy::ArnParts::split(arn->pattern);
        if (parts) {
            drawn.title = std::string(parts->resource);
            drawn.subtitle = std::string(parts->service);
            account = std::string(parts->account);
        }
    }
    }
    const bool role = node.kind() == NodeKind::Role;
    const std::size_t at = add(key, std::move(drawn), account);
    if (role) roles_.emplace(node.as<Role>()->arn, at);
    if (const auto* workload = node.as<Workload>(); workload != nullptr && !workload->role.empty())
        roles_.emplace(workload->role, at);
    if (const auto* service = node.as<MeshService>(); service != nullptr && !service->workload.empty())
        if (const Node* server = map_.node(service->workload)) {
            const std::size_t to = nodeFor(*server);
            connect(at, to, EdgeStyle::Serves, nullptr);
        }
    return at;
}

// One for each set of methods and paths: "GET, POST /refunds/**".
std::size_t Builder::routeFor(const Node& node, const Edge& edge) {
    const auto* route = node.as<Route>();
    const std::vector<PathPattern>& paths = edge.paths.empty() ? route->paths : edge.paths;
    std::vector<std::string> methods = edge.may;
    PictureNode drawn;
    drawn.kind = NodeKind::Route;
    drawn.column = PictureColumn::Routes;
    const bool every = std::find(methods.begin(), methods.end(), "*") != methods.end();
    drawn.title =
        (every ? std::string("ANY") : joinedWords(methods)) + " " + (paths.empty() ? std::string("/**") : paths.front().text());
    // "/refunds" beside "/refunds/**" says no more.
    std::string key = "route " + route->api + " " + route->stage + " " + drawn.title;
    for (const PathPattern& path : paths) key += " " + path.text();
    std::string name = node.written ? node.id.value() : route->api;
    if (estate_ != nullptr && !node.written)
        for (const estate::Resource& resource : estate_->resources())
            if (resource.id == route->api && !resource.name.empty() && resource.kind != estate::ResourceKind::Route)
                name = resource.name;
    drawn.frame = name + (route->stage.empty() || route->stage == "*" ? "" : ", " + route->stage);
    drawn.subtitle = paths.size() > 1
                         ? "and " + std::to_string(paths.size() - 1) + (paths.size() == 2 ? " path more" : " paths more")
                         : "route";
    const auto account = accounts_.find(node.id);
    return add(key, std::move(drawn), account == accounts_.end() ? route->account : account->second);
}

EdgeStyle Builder::styleOf(const Edge& edge) const {
    if (edge.expires && now_ && *edge.expires <= *now_) return EdgeStyle::Expired;
    if (edge.effect == Effect::Deny) return EdgeStyle::Denied;
    if (lost_.contains(edge.id)) return EdgeStyle::NotHeld;
    return edge.when.empty() && !edge.expires ? EdgeStyle::Allowed : EdgeStyle::Depends;
}

void Builder::connect(std::size_t from, std::size_t to, EdgeStyle style, const EdgeId* id) {
    const auto [found, added] = edges_.emplace(std::tuple(from, to, style), drawing_.edges.size());
    if (added) {
        PictureEdge edge;
        edge.from = from;
        edge.to = to;
        edge.style = style;
        drawing_.edges.push_back(std::move(edge));
    }
    if (id == nullptr) return;
    std::vector<std::string>& ids = drawing_.edges[found->second].ids;
    if (std::find(ids.begin(), ids.end(), id->value()) == ids.end()) ids.push_back(id->value());
}

void Builder::addEdge(const Edge& edge) {
    const EdgeStyle style = styleOf(edge);
    std::vector<std::size_t> callers;
    const Node* through = edge.through ? map_.node(*edge.through) : nullptr;
    for (const NodeId& id : edge.who)
        for (const Node* who : map_.members(id)) {
            const std::size_t at = nodeFor(*who);
            if (through == nullptr) {
                if (std::find(callers.begin(), callers.end(), at) == callers.end()) callers.push_back(at);
                continue;
            }
            // A denial of what may be done keeps nobody from the role; conditions are of what is done, where there is anything.
            const std::size_t role = nodeFor(*through);
            if (edge.effect == Effect::Allow || edge.on.empty())
                connect(at, role, edge.on.empty() || style == EdgeStyle::Expired ? style : EdgeStyle::Allowed, &edge.id);
        }
    if (through != nullptr) callers = {nodeFor(*through)};
    std::vector<std::size_t> targets;
    for (const NodeId& id : edge.on)
        for (const Node* on : map_.members(id)) {
            const std::size_t at = on->kind() == NodeKind::Route ? routeFor(*on, edge) : nodeFor(*on);
            if (std::find(targets.begin(), targets.end(), at) == targets.end()) targets.push_back(at);
        }
    for (const std::size_t from : callers)
        for (const std::size_t to : targets)
            if (from != to) connect(from, to, style, &edge.id);
}

void Builder::addEscalation(const MapEscalation& escalation) {
    const auto from = roles_.find(escalation.from);
    if (from == roles_.end()) return;
    const auto to = roles_.find(escalation.to);
    std::vector<std::size_t> targets;
    if (to != roles_.end() && to->second != from->second) targets.push_back(to->second);
    // Of an API all its routes; one stands for them.
    if (to == roles_.end() && escalation.to.find(":execute-api:") != std::string::npos)
        for (const auto& [key, at] : places_)
            if (const std::string api = escalation.to.substr(escalation.to.rfind(':') + 1);
                key.starts_with("route " + api + " ") && (targets.empty() || at < targets.front()))
                targets = {at};
    if (targets.empty()) {
        std::string& warning = drawing_.nodes[from->second].warning;
        if (warning.find(escalation.way) == std::string::npos) warning += (warning.empty() ? "" : "; ") + escalation.way;
        return;
    }
    connect(from->second, targets.front(), EdgeStyle::Escalation, nullptr);
    std::string& label = drawing_.edges[edges_.at(std::tuple(from->second, targets.front(), EdgeStyle::Escalation))].label;
    std::string way;
    for (std::size_t at = 0; at < escalation.way.size();) {
        // Actions without their services: the words that people say.
        const std::size_t end = std::min(escalation.way.find(" + ", at), escalation.way.size());
        const std::string action = escalation.way.substr(at, end - at);
        way += (way.empty() ? "" : " + ") + action.substr(action.find(':') + 1);
        at = std::min(end + 3, escalation.way.size());
    }
    if (label.empty())
        label = way;
    else if (label.find(way) == std::string::npos)
        label += ", " + way;
}

// What belongs to no account stands with whoever uses it.
void Builder::nameBands() {
    for (int round = 0; round < 3; ++round)
        for (const PictureEdge& edge : drawing_.edges) {
            if (accountOf_[edge.to].empty() && drawing_.nodes[edge.from].column != PictureColumn::People)
                accountOf_[edge.to] = accountOf_[edge.from];
            if (accountOf_[edge.from].empty() && drawing_.nodes[edge.from].column != PictureColumn::People)
                accountOf_[edge.from] = accountOf_[edge.to];
        }
    std::map<std::string, std::size_t> bands;
    for (std::size_t i = 0; i < drawing_.nodes.size(); ++i) {
        PictureNode& node = drawing_.nodes[i];
        if (node.column == PictureColumn::People) continue;
        const auto [found, added] = bands.emplace(accountOf_[i], drawing_.bands.size());
        if (added) {
            PictureBand band;
            band.account = accountOf_[i];
            if (estate_ != nullptr)
                if (const auto* account = estate_->account(band.account)) {
                    band.name = account->name;
                    band.environment = estate::environmentOf(*estate_, *account, account->tags);
                }
            drawing_.bands.push_back(std::move(band));
        }
        node.band = found->second;
    }
}

} // namespace

Drawing drawingOf(const Map& map, const Intent& intent, const Compilation& compilation, const estate::Estate* estate,
                  std::span<const MapEscalation> escalations, std::optional<UtcTime> now) {
    return Builder(map, intent, compilation, estate, now).build(escalations);
}

} // namespace gw::mesh
