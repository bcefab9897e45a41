#include "models/mesh/appmesh/task_roles.h"

#include "models/estate/mesh_variables.h"
#include "models/policy/arn_pattern.h"
#include "models/policy/source_tree.h"

#include <algorithm>

namespace gw::mesh::appmesh {
namespace {

std::string keyOf(std::string_view account, std::string_view region, std::string_view path) {
    return std::string(account) + "\n" + std::string(region) + "\n" + std::string(path);
}

void addOnce(std::vector<std::string>& list, const std::string& value) {
    if (!value.empty() && std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

} // namespace

TaskRoles::TaskRoles(const estate::Estate& estate) {
    const auto add = [&](const estate::Resource& resource) {
        if (resource.kind != estate::ResourceKind::TaskDefinition) return;
        const auto tree = policy::SourceTree::parse(resource.spec);
        if (!tree) return;
        estate::forEachMeshVariable(tree->root(), [&](policy::Value, std::string_view, std::string_view address) {
            if (address.empty()) return;
            const auto arn = policy::ArnParts::split(address);
            Task& task = tasks_[arn ? keyOf(arn->account, arn->region, arn->resource) : keyOf(resource.account, resource.region, address)];
            addOnce(task.definitions, resource.arn);
            for (const estate::RoleUse& each : resource.roles)
                if (each.slot == "taskRoleArn" && each.arn.starts_with("arn:")) addOnce(task.roles, each.arn);
        });
    };
    for (const estate::Resource& each : estate.resources()) add(each);
    if (const estate::Estate* declared = estate.declared())
        for (const estate::Resource& each : declared->resources()) add(each);
}

const TaskRoles::Task* TaskRoles::of(const Object& workload) const {
    const auto found = tasks_.find(keyOf(workload.account, workload.region, workload.path()));
    return found == tasks_.end() ? nullptr : &found->second;
}

} // namespace gw::mesh::appmesh
