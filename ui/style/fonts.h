// The families and fonts behind Theme::font.
#pragma once

#include "ui/style/theme.h"

namespace gw::ui {

[[nodiscard]] TypeToken typeToken(TextStyle style);
// Inter and JetBrains Mono where they are installed, the platform's fonts otherwise.
[[nodiscard]] QFont themedFont(TextStyle style);
// Body in the weight of captions.
[[nodiscard]] QFont buttonFont();

} // namespace gw::ui
