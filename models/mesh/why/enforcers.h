// What a map is compiled to, as the layers of single requests: each says what it says, beside what others wrote there in the
// estate, as a plan of the map leaves it; layers that no map is compiled to (SCPs, boundaries) are the estate's. A request is let
// through only where a statement of an edge lets it.
#pragma once

#include "models/estate/question.h"
#include "models/mesh/why/why.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gw::mesh {

// Borrows everything that it is given. Not for two threads at once.
class Enforcers {
public:
    Enforcers(const Intent& intent, const Compilation& compilation, const estate::Estate* estate, std::optional<UtcTime> now);

    // Taking a role; `told` is known of the request. `admitted`: whether an edge of the map lets `who` take it.
    [[nodiscard]] Hop take(const Admission& admission, const Node* who, bool admitted, const policy::Context& told);
    // Requests that the use needs, at `path` where that is not empty.
    [[nodiscard]] std::vector<Hop> call(const Use& use, std::string_view path, const policy::Context& told);

    [[nodiscard]] const std::vector<estate::Gap>& unknown() const { return unknown_; }

private:
    struct OfResource {
        ArtefactKind kind = ArtefactKind::ApiPolicy;
        std::string object, network;
        bool always = false; // without a policy nobody gets in
    };
    [[nodiscard]] Hop ask(policy::Request request, const OfResource& resource, Target target, const Use* use);
    void planIdentity(policy::PolicySet& set, const std::string& asker);
    void planResource(std::optional<policy::PolicyRef>& there, const std::string& object, ArtefactKind kind,
                      policy::DocumentKind as);
    // By the groups that the provider gives the role today.
    [[nodiscard]] std::optional<policy::Decision> givenToday(const Admission& admission, const Node* who, bool admitted) const;
    [[nodiscard]] Hop askProxy(const Use& use, const MeshAccess& access, std::string_view path);
    void addRouteAuthorization(Hop& hop, const Use& use, const ApiAccess& access, const std::string& method,
                               const std::string& path);
    void addLosses(LayerSays& says, Target target, const Use& use) const;
    [[nodiscard]] std::vector<policy::PolicyRef> policies(const std::string& object, ArtefactKind kind, policy::DocumentKind as);
    [[nodiscard]] bool isGoverned(const std::string& role) const;

    const Intent& intent_;
    const Compilation& compilation_;
    const estate::Estate* estate_;
    std::optional<UtcTime> now_;
    std::unordered_map<std::string, std::vector<const Artefact*>> artefacts_; // by object
    std::unordered_map<const policy::CompiledPolicy*, std::string> compiled_; // file of each, also where others wrote in it
    std::vector<policy::PolicyRef> kept_;
    std::vector<estate::Gap> unknown_;
};

// A path to ask about: the one that was asked for, or one that the patterns match.
[[nodiscard]] std::string examplePath(std::string_view asked, const std::vector<PathPattern>& paths);

// The least of what both let.
[[nodiscard]] policy::Decision stricter(policy::Decision a, policy::Decision b);

} // namespace gw::mesh
