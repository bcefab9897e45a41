// The organisation's rules file, as far as the screen writes it: what is accepted for a while is added at its end, and nothing
// else in it is touched.
#pragma once

#include "models/estate/review/settings.h"

#include <QByteArray>
#include <QDate>

namespace gw::ui {

// Until the end of that day, whatever `accepted` itself says.
[[nodiscard]] QByteArray withAccepted(const QByteArray& rules, const estate::review::AcceptedFinding& accepted, const QDate& until);

} // namespace gw::ui
