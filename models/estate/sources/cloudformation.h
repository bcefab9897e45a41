// CloudFormation's templates, and SAM's where they say the same (CloudFormation Template Reference).
#pragma once

#include "models/estate/sources/declared.h"

namespace gw::estate {

[[nodiscard]] bool isTemplate(const Datum& root);
// With the functions worked out for that place, and with what other templates export there; null: with nothing of theirs.
void readTemplate(const Datum& root, const TemplatePlace& place, const std::shared_ptr<const SourceFile>& file, EstateParts& parts,
                  const TemplateExports* exports = nullptr);

} // namespace gw::estate
