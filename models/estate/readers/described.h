// What is the same for every resource that a call describes: who it is by its ARN, its tags, the roles that it names, and the
// object itself without what may be a secret.
#pragma once

#include "models/estate/readers/reading.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::estate {

// Kind, id, name, account, region and parent, as far as the ARN tells them: "arn:aws:appmesh:…:mesh/m/virtualNode/n" is a
// virtual node of "arn:aws:appmesh:…:mesh/m". Nothing where it is no ARN.
[[nodiscard]] std::optional<Resource> resourceOf(std::string_view arn);
// The same with its source, tags, roles and spec.
[[nodiscard]] std::optional<Resource> describedResource(const DumpFile& file, const Node& node, std::string_view arn);
// The last of these for a resource that is known otherwise.
void describe(const DumpFile& file, const Node& node, Resource& resource);

// As compact JSON. Left out: values of variables that programs get, of labels and options whose name tells a secret, of
// templates, and of members that AWS itself calls a secret.
[[nodiscard]] std::string specOf(const DumpFile& file, const Node& node);
// Two of the same object: the members of `older` that `newer` lacks are added.
[[nodiscard]] std::string joinSpecs(std::string newer, const std::string& older);
// Every ARN of a role in it, with the names of the members that lead there, "deployments.volumeConfigurations.roleArn".
[[nodiscard]] std::vector<RoleUse> rolesIn(const Node& node);
// "Tags", "tags", "TagSet" and the like: a list of pairs or a map.
[[nodiscard]] Tags tagsIn(const Node& node);

[[nodiscard]] std::string accountOfArn(std::string_view arn);
// "aws", "aws-cn" or "aws-us-gov"; where the region is not known, "aws".
[[nodiscard]] std::string_view partitionOf(std::string_view region);

} // namespace gw::estate
