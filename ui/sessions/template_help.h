// Where in each product the values of a provider are found.
#pragma once

#include "models/sessions/providers/templates.h"

#include <QString>

namespace gw::ui {

// One or two sentences; the product's own names of menus and pages. Every help key of every template has one, which a
// test checks with hasHelp.
[[nodiscard]] QString helpFor(const sessions::ProviderTemplate& from, sessions::ProviderField field);
[[nodiscard]] bool hasHelp(const std::string& key);

} // namespace gw::ui
