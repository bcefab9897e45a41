// UTF-8 from the libraries as a text for the window.
#pragma once

#include <QString>

#include <string_view>

namespace gw::ui {

[[nodiscard]] inline QString fromUtf8(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace gw::ui
