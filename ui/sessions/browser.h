// The system's web browser, as the screens see it.
#pragma once

#include <QUrl>

namespace gw::ui {

class Browser {
public:
    virtual ~Browser() = default;
    // False where no program took the address. Only https, or http on loopback, may be handed over.
    [[nodiscard]] virtual bool open(const QUrl& url) = 0;
};

} // namespace gw::ui
