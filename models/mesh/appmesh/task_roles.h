// Which role of IAM a part of a mesh runs with: task definitions name both, the part in APPMESH_RESOURCE_ARN.
#pragma once

#include "models/estate/estate.h"
#include "models/mesh/appmesh/model.h"

#include <map>
#include <string>
#include <vector>

namespace gw::mesh::appmesh {

class TaskRoles {
public:
    TaskRoles() = default;
    explicit TaskRoles(const estate::Estate& estate);

    struct Task {
        std::vector<std::string> roles;       // ARNs, each once: several where task definitions disagree
        std::vector<std::string> definitions; // ARNs
    };
    // Of a virtual node or gateway; null where no task definition names it.
    [[nodiscard]] const Task* of(const Object& workload) const;

private:
    std::map<std::string, Task, std::less<>> tasks_; // by account, region and path
};

} // namespace gw::mesh::appmesh
