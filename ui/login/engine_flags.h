// What must be true of the process before the web engine starts in it.
#pragma once

#include "saml/base/result.h"

#include <QString>
#include <QStringList>

namespace gw::ui {

// Of the switches in QTWEBENGINE_CHROMIUM_FLAGS, those that a sign-in may run with: drawing, proxies, languages, Kerberos.
// Everything else goes, among it remote debugging, sandboxes and TLS checks switched off, and single-process mode.
[[nodiscard]] QStringList permittedEngineFlags(const QString& flags);

// Cleans the environment that the engine reads once, at its first profile. Later calls do nothing, as it would not look
// again. `dark` is what pages may learn through prefers-color-scheme.
void prepareEngine(bool dark);

// LoginError::SandboxOff or LoginError::EngineUnavailable where a sign-in must not run, or where the engine would abort the
// program. Fact "reason": "disabled", "root", "user_namespaces", "shared_contexts".
[[nodiscard]] Status engineUsable();

// True where the tests' scripts switched the sandbox off for uid 0, which the window then says.
[[nodiscard]] bool sandboxOff();

} // namespace gw::ui
