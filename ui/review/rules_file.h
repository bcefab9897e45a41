// The organisation's rules file, as far as the screen writes it: what is accepted for a while is added at its end, and nothing
// else in it is touched.
#pragma once

#include <QByteArray>
#include <QDate>
#include <QString>

#include <string_view>

namespace gw::ui {

[[nodiscard]] QByteArray withAccepted(const QByteArray& rules, std::string_view rule, std::string_view object, const QString& reason, const QDate& until);

} // namespace gw::ui
