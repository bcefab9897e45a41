// One plan as it is made; planFor is what others see of it. What a role needs is decided in planner_iam.cpp, an API in
// planner_apis.cpp, a Lattice object or function in planner_resources.cpp; the order of it all in planner.cpp.
#pragma once

#include "models/estate/resource.h"
#include "models/mesh/plan/plan.h"

#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace gw::mesh {

class Planner {
public:
    explicit Planner(const PlanInput& input);
    [[nodiscard]] Plan run();

private:
    // Steps of one stage can be taken in any order.
    enum class Stage : std::uint8_t { Exist, Grant, Mixed, Narrow, CleanUp, Deploy, Flush };

    // What of the compilation belongs to one object, as texts by the artefact's name.
    struct Wanted {
        std::vector<const Artefact*> artefacts;
        [[nodiscard]] const Artefact* of(ArtefactKind kind) const;
    };

    void planFunctions();
    void planRoles();
    void planRole(const std::string& arn, const Wanted& wanted);
    void planInline(const std::string& arn, const estate::Role* role, const Artefact* wanted);
    void planManaged(const std::string& arn, const estate::Role* role, const std::vector<const Artefact*>& wanted);
    void planLattice();
    void planApis();
    void planApi(const std::string& object, const estate::Resource& api, const Wanted& wanted);
    [[nodiscard]] bool planRoutes(const std::string& object, const estate::Resource& api, const Artefact& wanted);
    void planDeployments(const std::string& object, const estate::Resource& api);
    void planByHand();
    void findLeftovers();

    [[nodiscard]] bool has(Target target) const;
    // By object, what is compiled of these kinds, with those that the map only names.
    [[nodiscard]] std::vector<std::pair<std::string, Wanted>> wantedOf(Target target, const std::vector<std::string>& named) const;
    // That the map names, whether anything is compiled for them or not; with leftovers where those are to go.
    [[nodiscard]] std::vector<std::string> namedObjects(Target target) const;
    // Of the estate, what holds statements with edge ids.
    [[nodiscard]] std::vector<Leftover> edgesInEstate(Target target) const;
    [[nodiscard]] const estate::Resource* resource(const std::string& arn) const;
    [[nodiscard]] const estate::Resource* api(std::string_view id) const;
    [[nodiscard]] Step stepFor(StepKind kind, Target target, const std::string& object, std::string name) const;
    // A document of others and of the map; true where it becomes a step. `rest`: what else counts for the quota.
    bool addPolicy(Step step, const std::string& now, std::string_view wanted, std::size_t rest, std::size_t quota,
                   std::size_t defaultQuota = 0);
    void add(Step step, const StatementChanges& changes);
    void add(Step step, Stage stage) { steps_.emplace_back(stage, std::move(step)); }
    void cannot(Unplanned::Why why, const Step& step, std::vector<EdgeId> edges, std::size_t size = 0, std::size_t quota = 0);

    const PlanInput& input_;
    std::unordered_map<std::string_view, const estate::Resource*> resources_, apis_;
    std::set<std::string, std::less<>> accounts_; // of which the estate tells roles
    std::vector<std::pair<Stage, Step>> steps_;
    Plan plan_;
};

// The managed policy that a role's compiled policy of this name becomes.
[[nodiscard]] std::string managedPolicyArn(std::string_view role, std::string_view name);
// Whether it is one of those.
[[nodiscard]] bool isManagedByMap(std::string_view policyArn);
[[nodiscard]] std::vector<EdgeId> edgesIn(std::string_view document);

} // namespace gw::mesh
