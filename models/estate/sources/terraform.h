// Terraform's states, plans, and configurations in JSON.
#pragma once

#include "models/estate/sources/declared.h"

#include <memory>

namespace gw::estate {

[[nodiscard]] bool isTerraform(const Node& root);
// By the ARNs in it, else by the file's name; what nothing tells is empty.
// The version of a state or plan where it is none that is read; "" where it is.
[[nodiscard]] std::string_view terraformVersion(const Node& root);
[[nodiscard]] TemplatePlace terraformPlace(const DumpFile& file, const Node& root);
void readTerraform(const DumpFile& file, const Node& root, TemplatePlace place, const std::shared_ptr<const SourceFile>& source, EstateParts& parts);

} // namespace gw::estate
