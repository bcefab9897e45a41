// UTF-8 of the models as text of the screens.
#pragma once

#include <QString>

#include <string>

namespace gw::ui {

[[nodiscard]] inline QString textOf(const std::string& utf8) { return QString::fromStdString(utf8); }

} // namespace gw::ui
