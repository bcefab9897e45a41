// The outline of a message: what a person looks for, without every tag.
#pragma once

#include "saml/inspect/inspection.h"
#include "saml/inspect/metadata_report.h"
#include "ui/inspector/shading.h"

#include <QString>

#include <vector>

namespace gw::ui {

struct StructureItem {
    QString text;              // "Role, 3 values"
    QString id;                // of the element; may be empty
    inspect::NodeIndex node = inspect::noNode;
    inspect::Range range;
    ShadeRun shade;            // the gravest of its parts
    int parent = -1;           // an index that is less than the item's own
};

// More than that many are not listed; the last item says so.
inline constexpr int mostStructureItems = 2000;

[[nodiscard]] std::vector<StructureItem> structureOf(const inspect::SourceTree& tree, const Shading& shading);

} // namespace gw::ui
