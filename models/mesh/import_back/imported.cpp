#include "models/mesh/import_back/imported.h"

#include "models/mesh/compile/iam_resources.h"
#include "models/mesh/export/exporter.h"
#include "models/mesh/import_back/imported_places.h"
#include "models/mesh/import_back/imported_trust.h"
#include "models/mesh/map/edge_reader.h"
#include "models/mesh/map/wildcards.h"
#include "models/mesh/toml/document.h"
#include "saml/base/ascii.h"

#include <algorithm>
#include <functional>

namespace gw::mesh {
namespace {

// Of a role; roles have one or two, and each is compared with everything that the role may do.
constexpr std::size_t mostStops = 64;

bool sameList(std::vector<std::string> a, std::vector<std::string> b) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return a == b;
}

class Importer {
public:
    Importer(std::span<const Artefact> artefacts, const std::set<std::string>& takenNodes,
             const std::set<std::string>& takenEdges)
        : nodes_(takenNodes), takenEdges_(takenEdges), trust_(nodes_, result_.unsaid) {
        for (const Artefact& each : artefacts) {
            switch (each.kind) {
            case ArtefactKind::TrustPolicy:
                trust_.addPolicy(each);
                break;
            case ArtefactKind::Assignments:
                trust_.addAssignments(each);
                break;
            case ArtefactKind::InlinePolicy:
            case ArtefactKind::ManagedPolicy:
                add(roles_, each);
                break;
            case ArtefactKind::ApiPolicy:
                add(apis_, each);
                break;
            case ArtefactKind::AuthPolicy:
                add(lattice_, each);
                break;
            case ArtefactKind::FunctionPolicy: {
                // Statements tell by themselves of which alias or version they are.
                Artefact whole = each;
                whole.object = functionNameOf(each.object).arn;
                add(functions_, whole);
                break;
            }
            case ArtefactKind::RouteAuthorization:
            case ArtefactKind::EnvoyRbac:
            case ArtefactKind::IstioPolicies:
                break;
            }
        }
    }

    Imported import() && {
        for (auto& [network, atoms] : lattice_)
            if (network.find(":servicenetwork/") != std::string::npos)
                for (const Atom& each : atoms)
                    if (const auto place = latticePlaceOf(each.resource)) networks_.emplace(place->service, network);
        for (auto& [role, atoms] : roles_) identity(role, atoms);
        rest(apis_, "api");
        rest(lattice_, "lattice");
        rest(functions_, "function");
        finishEdges();
        trust_.into(result_.edges, [&](const EdgeId& wanted) { return fresh(wanted); });
        result_.nodes = nodes_.take();
        return std::move(result_);
    }

private:
    using Policies = std::map<std::string, std::vector<Atom>>;

    void add(Policies& to, const Artefact& artefact) {
        for (Atom& each : atomsOf(artefact, result_.unsaid)) to[artefact.object].push_back(std::move(each));
    }

    // What is on its way to an edge: one method and path, or one action and resource.
    struct Item {
        EdgeId edge;
        bool deny = false;
        std::string who, on;
        std::string word;        // of `may`
        std::string path;        // empty: none
        bool isResource = false; // `path` is what `on` will have
        Terms terms;
        const std::string* object = nullptr; // whose policy
        const Atom* atom = nullptr;
    };

    void push(const Atom& atom, const std::string& who, std::string on, std::string word, std::string path, bool isResource,
              Terms terms) {
        items_.push_back({atom.edge, atom.deny, who, std::move(on), std::move(word), std::move(path), isResource,
                          std::move(terms), object_, &atom});
    }

    void leaveOut(const std::string& object, const Atom& atom, std::string what, std::string seen) {
        result_.unsaid.push_back({object, atom.sid, std::move(what), std::move(seen), atom.deny});
    }

    // The same atom in a policy of what is called, with the role as principal.
    [[nodiscard]] static Atom* twin(Policies& in, const std::string& object, const Atom& of, const std::string& principal) {
        const auto found = in.find(object);
        if (found == in.end()) return nullptr;
        Atom wanted = of;
        wanted.principal = principal;
        const std::string key = wanted.key();
        const auto atom =
            std::find_if(found->second.begin(), found->second.end(), [&](const Atom& each) { return each.key() == key; });
        return atom == found->second.end() ? nullptr : &*atom;
    }

    void identity(const std::string& role, std::vector<Atom>& atoms) {
        const std::string who = "role:" + role;
        object_ = &role;
        for (Atom& atom : atoms) {
            if (atom.taken) continue;
            const std::string action = foldedAscii(atom.action);
            const bool done = (action == "execute-api:invoke" && route(role, who, atom)) ||
                              (action.starts_with("vpc-lattice-svcs:") && lattice(role, who, atom)) ||
                              (action.starts_with("lambda:invokefunction") && function(role, who, atom, atoms)) ||
                              (action == "ecs:runtask" && task(who, atom, atoms));
            if (!done) later_.push_back({&role, &atom});
        }
        // What belongs to nothing that an edge knows by name.
        for (const auto& [of, atom] : later_)
            if (!atom->taken) plain(who, *of, *atom);
        later_.clear();
    }

    void plain(const std::string& who, const std::string& object, const Atom& atom) {
        if (!atom.plain || !isAction(atom.action) || !isArnWord(atom.resource)) {
            const char* what = !atom.plain ? "condition" : !isAction(atom.action) ? "action" : "resource";
            if (atom.deny && atom.terms.key() == Terms().key() && stops_.count(object) < mostStops) stops_.emplace(object, &atom);
            return leaveOut(object, atom, what, atom.action + " on " + atom.resource);
        }
        Terms terms;
        terms.when = *atom.plain;
        terms.expires = atom.terms.expires;
        push(atom, who, {}, atom.action, nodes_.resource(atom.resource), true, std::move(terms));
    }

    bool route(const std::string& role, const std::string& who, Atom& atom) {
        const auto place = routePlaceOf(atom.resource);
        if (!place) return false;
        Atom* there = twin(apis_, place->object(), atom, role);
        if (there == nullptr && accountOf(role) != place->account) return false;
        if (there != nullptr) there->taken = true;
        addRoute(who, atom, *place);
        return true;
    }

    void addRoute(const std::string& who, const Atom& atom, const RoutePlace& place) {
        push(atom, who, nodes_.route(place), place.method, place.path, false, atom.terms);
    }

    bool lattice(const std::string& role, const std::string& who, Atom& atom) {
        const auto place = latticePlaceOf(atom.resource);
        if (!place) return false;
        Atom* service = twin(lattice_, place->service, atom, role);
        const auto network = networks_.find(place->service);
        Atom* outer = network == networks_.end() ? nullptr : twin(lattice_, network->second, atom, role);
        if (service == nullptr || (network != networks_.end() && outer == nullptr)) return false;
        service->taken = true;
        if (outer != nullptr) outer->taken = true;
        addLattice(who, atom, *place);
        return true;
    }

    void addLattice(const std::string& who, const Atom& atom, const LatticePlace& place) {
        const auto network = networks_.find(place.service);
        const std::string node =
            nodes_.service(place.service, network == networks_.end() ? std::string() : network->second, atom.terms.port);
        const bool connect = foldedAscii(atom.action).ends_with(":connect");
        std::vector<std::string> methods = atom.terms.methods;
        if (methods.empty()) methods = {connect ? "connect" : "*"};
        Terms terms = atom.terms;
        terms.methods.clear();
        terms.port = 0;
        for (const std::string& method : methods)
            push(atom, who, node, method, place.path, false, terms);
    }

    bool function(const std::string& role, const std::string& who, Atom& atom, std::vector<Atom>& beside) {
        if (!isFunctionWord(atom.resource)) return false;
        const bool own = accountOf(role) == accountOf(atom.resource);
        const auto partner = [&](const Atom& of) -> Atom* { return twin(functions_, functionNameOf(of.resource).arn, of, role); };
        if (!atom.terms.urlAuth && !atom.terms.viaUrl) {
            if (foldedAscii(atom.action) != "lambda:invokefunction") return false;
            Atom* there = partner(atom);
            if (there == nullptr && !own) return false;
            if (there != nullptr) there->taken = true;
            push(atom, who, "function:" + atom.resource, "invoke", {}, false, atom.terms);
            return true;
        }
        Atom* other = urlPartner(atom, beside);
        if (other == nullptr) return false;
        Atom *first = partner(atom), *second = partner(*other);
        if ((first == nullptr || second == nullptr) && !own) return false;
        for (Atom* each : {first, second, other})
            if (each != nullptr) each->taken = true;
        addUrl(who, atom);
        return true;
    }

    // A call through a URL is two actions, each under its own condition.
    [[nodiscard]] static Atom* urlPartner(const Atom& atom, std::vector<Atom>& among) {
        const bool url = foldedAscii(atom.action) == "lambda:invokefunctionurl" && atom.terms.urlAuth && !atom.terms.viaUrl;
        const bool call = foldedAscii(atom.action) == "lambda:invokefunction" && atom.terms.viaUrl && !atom.terms.urlAuth;
        if (!url && !call) return nullptr;
        const auto found = std::find_if(among.begin(), among.end(), [&](const Atom& each) {
            return !each.taken && each.deny == atom.deny && each.principal == atom.principal && each.resource == atom.resource &&
                   each.edge == atom.edge &&
                   foldedAscii(each.action) == (url ? "lambda:invokefunction" : "lambda:invokefunctionurl") &&
                   each.terms.urlAuth == call && each.terms.viaUrl == url && each.terms.key(false) == atom.terms.key(false);
        });
        return found == among.end() ? nullptr : &*found;
    }

    void addUrl(const std::string& who, const Atom& atom) {
        Terms terms = atom.terms;
        terms.urlAuth = terms.viaUrl = false;
        push(atom, who, nodes_.functionUrl(atom.resource), "invoke", {}, false, std::move(terms));
    }

    bool task(const std::string& who, Atom& atom, std::vector<Atom>& atoms) {
        std::vector<std::string> passes;
        std::vector<Atom*> passed;
        for (Atom& each : atoms) {
            if (each.taken || foldedAscii(each.action) != "iam:passrole" || !each.terms.passed || each.deny != atom.deny ||
                each.edge != atom.edge || each.terms.key(false) != atom.terms.key(false))
                continue;
            passes.push_back(each.resource);
            passed.push_back(&each);
        }
        if (passes.empty()) {
            // A denial keeps the task from being run; which roles come with it does not matter.
            if (!atom.deny) return false;
            passes = nodes_.passesOf(atom.resource);
            if (passes.empty()) {
                leaveOut(who.substr(5), atom, "task", atom.resource);
                return true;
            }
        }
        for (Atom* each : passed) each->taken = true;
        Terms terms = atom.terms;
        terms.cluster.clear();
        push(atom, who, nodes_.task(atom.resource, atom.terms.cluster, passes), "run", {}, false, std::move(terms));
        return true;
    }

    // Of policies of what is called: callers without policies of their own, and what is allowed on this side only.
    void rest(Policies& policies, std::string_view kind) {
        for (auto& [object, atoms] : policies) {
            object_ = &object;
            for (Atom& atom : atoms) {
                // What a network allows, its services allow too, or nobody has it.
                const bool isNetwork = kind == "lattice" && object.find(":servicenetwork/") != std::string::npos;
                if (atom.taken || (isNetwork && !atom.deny)) continue;
                atom.taken = true;
                const auto half = [&](const char* what) {
                    leaveOut(object, atom, what, atom.principal + " on " + atom.resource);
                };
                const std::string who = callerWord(atom.principal);
                // To deny something one side is enough.
                if (who.empty() || (who.starts_with("role:") && !atom.deny)) {
                    half(who.empty() ? "principal" : "half");
                    continue;
                }
                const auto route = routePlaceOf(atom.resource);
                const auto service = latticePlaceOf(atom.resource);
                if (kind == "api" && route) {
                    addRoute(who, atom, *route);
                } else if (kind == "lattice" && service) {
                    const auto network = networks_.find(service->service);
                    if (!atom.deny && network != networks_.end() &&
                        twin(lattice_, network->second, atom, atom.principal) == nullptr)
                        half("half");
                    else
                        addLattice(who, atom, *service);
                } else if (kind == "function" && isFunctionWord(atom.resource)) {
                    Atom* other = urlPartner(atom, atoms);
                    if (other != nullptr) {
                        other->taken = true;
                        addUrl(who, atom);
                    } else if (!atom.terms.urlAuth && !atom.terms.viaUrl && foldedAscii(atom.action) == "lambda:invokefunction") {
                        push(atom, who, "function:" + atom.resource, "invoke", {}, false, atom.terms);
                    } else {
                        half("action");
                    }
                } else {
                    half("resource");
                }
            }
        }
    }

    // Without conditions, so that it takes away whatever it speaks of.
    [[nodiscard]] bool isStopped(const Item& item) const {
        const auto [first, last] = stops_.equal_range(*item.object);
        return !item.deny && std::any_of(first, last, [&](const auto& each) {
            return wildcardsMatch(foldedAscii(each.second->action), foldedAscii(item.atom->action)) &&
                   wildcardsMatch(each.second->resource, item.atom->resource);
        });
    }

    void leaveOutStopped() {
        std::set<const Atom*> told;
        std::erase_if(items_, [&](const Item& item) {
            if (!isStopped(item)) return false;
            if (told.insert(item.atom).second)
                leaveOut(*item.object, *item.atom, "denied", item.atom->action + " on " + item.atom->resource);
            return true;
        });
    }

    // Items that share all but their paths and methods become one edge where every method goes with every path.
    void finishEdges() {
        leaveOutStopped();
        struct Group {
            const Item* first;
            std::set<std::pair<std::string, std::string>> from;
            std::vector<std::string> paths; // in order
            std::map<std::string, std::vector<std::string>> words;
        };
        std::vector<Group> groups;
        std::map<std::string, std::size_t> places;
        for (const Item& item : items_) {
            const std::string key = item.edge.value() + '\n' + (item.deny ? "d" : "a") + item.who + '\n' + item.on + '\n' +
                                    (item.isResource ? "r" : "p") + '\n' + item.terms.key();
            const auto [found, added] = places.emplace(key, groups.size());
            if (added) groups.push_back({&item, {}, {}, {}});
            Group& group = groups[found->second];
            group.from.emplace(*item.object, item.atom->sid);
            auto& words = group.words[item.path];
            if (words.empty()) group.paths.push_back(item.path);
            if (std::find(words.begin(), words.end(), item.word) == words.end()) words.push_back(item.word);
        }
        std::vector<ImportedEdge> edges;
        for (const Group& group : groups) {
            std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>> parts; // words, paths
            for (const std::string& path : group.paths) {
                const auto& words = group.words.at(path);
                const auto same =
                    std::find_if(parts.begin(), parts.end(), [&](const auto& each) { return sameList(each.first, words); });
                if (same == parts.end())
                    parts.push_back({words, {path}});
                else
                    same->second.push_back(path);
            }
            for (const auto& [words, paths] : parts) {
                ImportedEdge edge{group.first->edge,       group.first->deny,         {group.first->who}, {}, words, {}, {},
                                  group.first->terms.when, group.first->terms.expires, group.from};
                if (group.first->isResource)
                    edge.on = paths;
                else
                    edge.on = {group.first->on};
                if (!group.first->isResource && std::find(paths.begin(), paths.end(), std::string()) == paths.end())
                    edge.paths = paths;
                if (group.first->on.starts_with(NodeBook::routePrefix) && !edge.paths.empty() &&
                    sameList(words, NodeBook::everyMethod()))
                    edge.may = {"*"};
                edges.push_back(std::move(edge));
            }
        }
        edges = together(std::move(edges), &ImportedEdge::on);
        edges = together(std::move(edges), &ImportedEdge::who);
        for (ImportedEdge& edge : edges) {
            edge.id = fresh(edge.id);
            result_.edges.push_back(std::move(edge));
        }
    }

    // Of one id, those that differ in one list only.
    static std::vector<ImportedEdge> together(std::vector<ImportedEdge> edges, std::vector<std::string> ImportedEdge::*list) {
        std::vector<ImportedEdge> out;
        std::map<std::string, std::size_t> places;
        for (ImportedEdge& edge : edges) {
            ImportedEdge rest = edge;
            (rest.*list).clear();
            std::string key = edge.id.value() + '\n' + (edge.deny ? "d\n" : "a\n");
            for (const auto& [name, value] : rest.entries()) key += name + '=' + value + '\n';
            const auto found = edge.id.empty() ? places.end() : places.find(key);
            if (found == places.end()) {
                places.emplace(key, out.size());
                out.push_back(std::move(edge));
                continue;
            }
            out[found->second].from.merge(edge.from);
            for (std::string& each : edge.*list) {
                auto& into = out[found->second].*list;
                if (std::find(into.begin(), into.end(), each) == into.end()) into.push_back(std::move(each));
            }
        }
        return out;
    }

    EdgeId fresh(const EdgeId& wanted) {
        const std::string base = wanted.empty() ? "I" : wanted.value();
        std::string id = wanted.empty() ? base + std::to_string(++made_) : base;
        for (std::size_t i = 2; used_.contains(id) || (takenEdges_.contains(id) && wanted.empty()); ++i)
            id = wanted.empty() ? base + std::to_string(++made_) : base + 'x' + std::to_string(i);
        // Ids in Sids may be as long as those of edges, or be none.
        if (!isEdgeId(id)) return fresh(EdgeId());
        used_.insert(id);
        return EdgeId(id);
    }

    Imported result_;
    NodeBook nodes_;
    const std::set<std::string>& takenEdges_;
    TrustImporter trust_;
    Policies roles_, apis_, lattice_, functions_;
    std::map<std::string, std::string> networks_; // by service
    std::vector<std::pair<const std::string*, Atom*>> later_;
    const std::string* object_ = nullptr; // whose policy is read
    std::vector<Item> items_;
    std::multimap<std::string, const Atom*> stops_; // of a role: denials that no edge can say
    std::set<std::string> used_;
    std::size_t made_ = 0;
};

} // namespace

Imported importedFrom(std::span<const Artefact> artefacts, const std::set<std::string>& takenNodes,
                      const std::set<std::string>& takenEdges) {
    return Importer(artefacts, takenNodes, takenEdges).import();
}

} // namespace gw::mesh
