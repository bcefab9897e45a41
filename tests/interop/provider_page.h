// Types into a provider's login page as a person does, through real key events.
#pragma once

#include <QString>

class QWebEngineView;

namespace gw::interop {

// Waits for the cursor in the name field, types name, Tab, password, Return. Empty when done, else what did not come.
[[nodiscard]] QString signInAt(QWebEngineView* view, const QString& user, const QString& password);

} // namespace gw::interop
