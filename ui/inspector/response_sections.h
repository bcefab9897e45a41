// The parts of the side panel for a response. Null where a part has nothing to say. Private to ui/inspector.
#pragma once

#include "ui/inspector/examined.h"

class QWidget;

namespace gw::ui {

[[nodiscard]] QWidget* verifiersSection(const inspect::Inspection& inspection);
[[nodiscard]] QWidget* awsSection(const inspect::Inspection& inspection);
[[nodiscard]] QWidget* carelessSection(const Examined& examined);
[[nodiscard]] QWidget* sessionSection(const inspect::Inspection& inspection);
[[nodiscard]] QWidget* trustPolicySection(const inspect::Inspection& inspection);
[[nodiscard]] QWidget* keysSection(const inspect::Inspection& inspection, UtcTime now);
[[nodiscard]] QWidget* clocksSection(const inspect::Inspection& inspection);
[[nodiscard]] QWidget* encryptionSection(const inspect::Inspection& inspection);

} // namespace gw::ui
