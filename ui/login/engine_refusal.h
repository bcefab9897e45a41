// Recognises that a provider turns embedded engines away, or asks for a check that only another program on this computer
// can pass. By address alone: nothing is read from the page.
#pragma once

#include <QString>
#include <QUrl>

#include <optional>

namespace gw::ui {

enum class Refusal { EmbeddedEngine, DeviceCheck };

// `url` is a top-level address that was opened or asked for, or an address of another program (a custom scheme).
[[nodiscard]] std::optional<Refusal> refusalOf(const QUrl& url);

} // namespace gw::ui
