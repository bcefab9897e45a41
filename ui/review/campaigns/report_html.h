// A campaign as a page to be read, printed and filed: what was reviewed, who decided what and why, who signed it. Any thread.
#pragma once

#include "models/estate/campaign/campaign.h"

#include <QByteArray>

namespace gw::ui {

// One file without scripts and without anything from elsewhere; times in UTC. What people wrote stands in it as text.
[[nodiscard]] QByteArray reportHtml(const estate::campaign::Campaign& campaign, UtcTime now);

} // namespace gw::ui
