// One mesh at a time, for the compilers: what leads where, and who is let in.
#pragma once

#include "models/mesh/appmesh/ledger.h"
#include "models/mesh/appmesh/parts.h"
#include "models/mesh/appmesh/task_roles.h"
#include "saml/base/json.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh::appmesh {

// Who calls a virtual service: a node that has it as a backend, or a gateway with a route to it.
struct Caller {
    const Workload* workload = nullptr;
    const Backend* backend = nullptr; // of a node
    const Route* route = nullptr;     // of a gateway
};

// Where a virtual service leads: a listener of a node.
struct Destination {
    const Workload* node = nullptr;
    const Listener* listener = nullptr;
    const WeightedTarget* target = nullptr; // null: the service's provider is the node itself
};

enum class Admission : std::uint8_t {
    Open,    // the listener asks for no certificate
    Named,   // by a certificate whose name is on the listener's list
    Trusted, // by any certificate of the listener's trust
    Refused, // it shows no certificate, or one that is not on the list
    Unknown  // nothing tells the name in its certificate, or what the listener trusts
};

// Borrows the parts.
class MeshView {
public:
    MeshView(const Parts& parts, const Object& any);
    // One for each mesh that anything belongs to.
    [[nodiscard]] static std::vector<MeshView> all(const Parts& parts, const Model& model);

    [[nodiscard]] const std::string& name() const { return name_; }
    // "ACCOUNT/REGION/MESH/"
    [[nodiscard]] const std::string& folder() const { return folder_; }
    [[nodiscard]] const MeshPart* mesh() const { return mesh_; }
    [[nodiscard]] bool allowAll() const { return mesh_ != nullptr && mesh_->allowAll; }
    [[nodiscard]] const std::vector<const Workload*>& workloads() const { return workloads_; }
    [[nodiscard]] const std::vector<const VirtualService*>& services() const { return services_; }
    [[nodiscard]] const std::vector<const VirtualRouter*>& routers() const { return routers_; }

    [[nodiscard]] const Workload* node(std::string_view name) const;
    [[nodiscard]] const VirtualRouter* router(std::string_view name) const;
    [[nodiscard]] const VirtualService* service(std::string_view name) const;
    // In the order in which they are tried: by priority, then the longer path first, then by name.
    [[nodiscard]] std::vector<const Route*> routesOf(std::string_view router) const;
    [[nodiscard]] std::vector<const Route*> routesOfGateway(std::string_view gateway) const;
    [[nodiscard]] std::vector<Destination> destinationsOf(const VirtualService& service) const;
    [[nodiscard]] Destination destinationOf(const WeightedTarget& target) const;
    // Ports on which a service is called, with their protocols: its router's, else its node's.
    [[nodiscard]] std::vector<const PortMapping*> portsOf(const VirtualService& service) const;
    [[nodiscard]] std::vector<Caller> callersOf(std::string_view service) const;

private:
    std::string name_, folder_;
    const MeshPart* mesh_ = nullptr;
    std::vector<const Workload*> workloads_;
    std::vector<const VirtualService*> services_;
    std::vector<const VirtualRouter*> routers_;
    std::vector<const Route*> routes_;
};

// What the caller uses for a backend: the backend's own policy, or its default.
[[nodiscard]] const ClientTls* clientTlsOf(const Workload& caller, const Backend* backend);
// The name in its certificate, where the secret's name tells it ("spiffe://…"); empty otherwise.
[[nodiscard]] std::string identityOf(const ClientTls* tls);
[[nodiscard]] Admission admission(const ClientTls* caller, const Listener& listener);
[[nodiscard]] inline bool isAdmitted(Admission admission) {
    return admission == Admission::Open || admission == Admission::Named || admission == Admission::Trusted;
}
// Whether a listener lets in only who shows a certificate.
[[nodiscard]] bool asksForCertificate(const Listener& listener);

// Lower case letters, digits and hyphens, beginning and ending with a letter or digit, at most `most` octets. Where the name is
// not so by itself, its end is drawn from the whole of it, so that different names stay different.
[[nodiscard]] std::string plainName(std::string_view name, std::size_t most);
// A path of field, then the place of what is meant in it: "spec.backends[2].virtualService.virtualServiceName".
[[nodiscard]] std::string fieldOf(std::string_view base, std::string_view member);
// "field.subjectAlternativeNames.match.exact[2]"
[[nodiscard]] std::string sanField(const Validation& validation, std::size_t index);
[[nodiscard]] std::string jsonText(const Json& value);

// The parts of a duration that an artefact has.
void carryDuration(const Object& object, const std::optional<Duration>& duration, Ledger& ledger);
void carryOutlier(const Object& object, const OutlierDetection& outlier, Ledger& ledger);
// The mode of a listener's TLS, where the artefact has it; a word that is none of App Mesh's is taken for the strictest.
void carryMode(const Object& object, const ListenerTls& tls, Ledger& ledger);
// A name in DNS, and whether it is one address or many.
void carryName(const Object& object, const Discovery& dns, Ledger& ledger);
// Whether egress is limited is in the artefact.
void carryEgress(const MeshView& mesh, Ledger& ledger);

// The text as a regular expression that matches it alone.
[[nodiscard]] std::string regexQuoted(std::string_view text);
// A route that takes every request of its service.
[[nodiscard]] bool isUnconditional(const Route& route);
// The events of its retry policy in Envoy's words, which are Istio's too; those that are carried are noted, the others lost.
[[nodiscard]] std::string retryOn(const Route& route, Ledger& ledger);

// The names of an object, where they are those that its ARN has, are in the artefacts.
void carryNames(const Object& object, Ledger& ledger, bool own);

} // namespace gw::mesh::appmesh
