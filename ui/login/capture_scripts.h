// The only scripts that run in a provider's page, both in the isolated application world: the page can neither see nor
// call them, and its content security policy does not bind them.
#pragma once

#include <QString>
#include <QUrl>

namespace gw::ui {

// Runs at document creation in every frame. Remembers the last form with a SAMLResponse that the page added or submitted,
// for pages that take the form away again at once.
[[nodiscard]] QString collectorScript();

// Reads the response that was on its way to `acs`. Evaluates to null, or to an object with "response" and "relayState"
// (strings), or with "tooLarge" (a length). With `anyForm` a form that names another action counts too, which is what a
// redirected post leaves behind.
[[nodiscard]] QString readScript(const QUrl& acs, bool anyForm);

// True where the page shows a field that waits for input. Reads no value.
[[nodiscard]] QString waitsForInputScript();

} // namespace gw::ui
