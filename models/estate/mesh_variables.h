// By which variables of its environment a container of a task tells that it is a proxy of App Mesh, and which part of a mesh it is
// (App Mesh User Guide, "Envoy configuration variables").
#pragma once

#include "models/policy/source_tree.h"

#include <string_view>

namespace gw::estate {

inline constexpr std::string_view meshNodeVariable = "APPMESH_RESOURCE_ARN", olderMeshNodeVariable = "APPMESH_VIRTUAL_NODE_NAME";

[[nodiscard]] inline bool isMeshVariable(std::string_view name) {
    return name == meshNodeVariable || name == olderMeshNodeVariable;
}

// Calls `each` with container, name and value for each of them in a task definition as describe-task-definition has it.
template <class Each>
void forEachMeshVariable(policy::Value task, Each each) {
    for (policy::Value container = task.member("containerDefinitions").first(); container; container = container.next())
        for (policy::Value variable = container.member("environment").first(); variable; variable = variable.next())
            if (const std::string_view name = variable.member("name").text(); isMeshVariable(name))
                each(container, name, variable.member("value").text());
}

} // namespace gw::estate
