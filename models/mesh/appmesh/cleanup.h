// What App Mesh leaves behind in an account, as far as the input shows it, and in which order it goes: proxies first, then what
// they were allowed, then what they were found by.
#pragma once

#include "models/estate/estate.h"
#include "models/mesh/appmesh/model.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh::appmesh {

enum class LeftOver : std::uint8_t {
    Proxy,      // of a task definition: proxyConfiguration, and the Envoy beside the program
    Permission, // appmesh:StreamAggregatedResources in a policy
    Attachment, // AWSAppMeshEnvoyAccess, or another of AWS's policies for App Mesh
    Share,      // a mesh of another account, shared by RAM
    CloudMap,   // a service or namespace of Cloud Map that a virtual node was found by
    DnsName     // a name in DNS that a virtual node was found by
};
[[nodiscard]] std::string_view leftOverName(LeftOver what); // "proxy", …

struct CleanUpStep {
    LeftOver what = LeftOver::Proxy;
    std::string object; // ARN, or the name where there is none
    std::string detail; // what of it: the policy, the container, the namespace
    std::string action;
    estate::Source source;
};

// In the order in which to do it; of one kind by object.
[[nodiscard]] std::vector<CleanUpStep> cleanUp(const estate::Estate& estate, const Model& model);
// What is not in the input and therefore not in the plan.
[[nodiscard]] std::vector<std::string> notSeen(const estate::Estate& estate);

} // namespace gw::mesh::appmesh
