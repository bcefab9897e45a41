// The way to the clipboard.
#pragma once

#include <QString>

namespace gw::ui {

// Copies to the clipboard; a secret is marked so that history keepers pass it over, and is removed after a minute unless
// something else was copied since. GUI thread.
void copyText(const QString& text, bool secret);

} // namespace gw::ui
