// Which parts of a line of configuration, shell or JSON have which ink.
#pragma once

#include "ui/style/theme.h"

#include <QString>

#include <vector>

namespace gw::ui {

struct CodeSpan {
    qsizetype start;
    qsizetype length;
    Color color;
};

// In order, not overlapping.
[[nodiscard]] std::vector<CodeSpan> highlight(const QString& line);

} // namespace gw::ui
