// Hands an address to the person's own browser.
#pragma once

#include "ui/sessions/browser.h"

namespace gw::app {

class DesktopBrowser final : public ui::Browser {
public:
    [[nodiscard]] bool open(const QUrl& url) override;
};

} // namespace gw::app
