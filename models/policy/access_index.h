// Who can do something, and what somebody can do, over all principals of an estate: by an index over the services that
// their policies speak of, and answers that are kept and renewed only for what changed.
#pragma once

#include "models/policy/answer.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace gw::policy {

struct Actor {
    Principal principal;
    PolicySet policies; // without a resource policy, which belongs to the question
    Facts facts;
    Context context{}; // what is known of it whatever it asks for: tags, organization; what the question tells wins
    bool partial = false; // something that decides for it is not known, so that what is allowed depends
};

enum class ActorId : std::uint32_t {};

// What is asked about; the principal is each actor in turn.
struct Target {
    std::string action, resource, resourceAccount;
    std::optional<PolicyRef> resourcePolicy;
    Context context;
    std::optional<std::vector<std::vector<PolicyRef>>> rcp{}; // of the resource's account
    bool partial = false;                                     // as with an actor
};

class AccessIndex {
public:
    ActorId add(Actor actor);
    void replace(ActorId id, Actor actor);
    void remove(ActorId id);
    [[nodiscard]] const Actor* find(ActorId id) const;
    [[nodiscard]] std::size_t size() const { return live_; }
    // Everybody whom identity policies or the resource's policy could let do it, in ascending order; not all of them can.
    [[nodiscard]] std::vector<ActorId> candidates(const Target& target) const;

    struct Row {
        ActorId actor{};
        Decision decision = Decision::Allowed; // or Depends
        std::vector<std::string> dependsOn;    // empty with Depends: on what is not known of the policies
    };

    // A question that is kept: it answers at once again where little changed. Borrows the index.
    class Question {
    public:
        Question(const AccessIndex& index, Target target, WorldRules world);
        // In the order of the actors. Evaluates only what was added or changed since the last time.
        [[nodiscard]] std::vector<Row> answer();
        // How many actors the last answer() evaluated.
        [[nodiscard]] std::size_t evaluated() const { return evaluated_; }

    private:
        void consider(ActorId id);
        const AccessIndex* index_;
        Target target_;
        Request request_;
        WorldRules world_;
        std::optional<std::size_t> seen_;       // of the index's changes; nothing before the first answer
        std::size_t evaluated_ = 0;
        std::map<ActorId, Row> rows_;
    };

    // The targets that an actor can reach, by their place in the list, with the decision.
    [[nodiscard]] std::vector<std::pair<std::size_t, Decision>> whatCan(ActorId id, const std::vector<Target>& targets,
                                                                        const WorldRules& world) const;

private:
    friend class Question;
    void post(ActorId id);
    void unpost(ActorId id);
    // `request` asks for the target; its principal and facts become the actor's.
    [[nodiscard]] std::optional<Row> evaluate(ActorId id, const Target& target, Request& request, const WorldRules& world) const;

    std::vector<std::optional<Actor>> slots_;
    std::map<std::string, std::vector<ActorId>, std::less<>> postings_;
    std::vector<ActorId> changes_;              // who was added, replaced or removed, in order
    std::size_t live_ = 0;
};

} // namespace gw::policy
