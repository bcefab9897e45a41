// What the sign-in plugin offers to the program. The plugin links the web engine; nothing else does, and it is loaded at
// the first sign-in (or in idle time before it).
#pragma once

#include "models/sessions/providers/provider.h"
#include "saml/aws/endpoints.h"
#include "saml/protocol/captured_response.h"

#include <QObject>
#include <QtPlugin>

#include <memory>

class QWidget;

namespace gw::ui {

class Theme;

// Facts: "host", "reason", "url" (scheme, host and path only).
#define GW_LOGIN_ERRORS(X) \
    X(ProviderUnreachable, "provider_unreachable") \
    X(CertificateRefused, "certificate_refused") \
    X(EngineDied, "engine_died") \
    X(EngineUnavailable, "engine_unavailable") \
    X(EmbeddedViewRefused, "embedded_view_refused") \
    X(ProxyNeedsPassword, "proxy_needs_password") \
    X(UnsafeAddress, "unsafe_address") \
    X(CaptureLost, "capture_lost") \
    X(SandboxOff, "sandbox_off")
GW_ERROR_ENUM(LoginError, "login", GW_LOGIN_ERRORS);

struct LoginRequest {
    sessions::Provider provider;
    aws::AcsMatcher acs;
    // A renewal: no window unless a person turns out to be needed, and then only a signal.
    bool offscreen = false;
    // Where a kept browser profile lives; empty for a private one.
    QString profileFolder;
    // The chosen color scheme, so that the provider's page can follow it.
    bool dark = false;
    // Of the pages, in per cent.
    int zoom = 100;
};

// One sign-in in the embedded view. Lives on the GUI thread; delete it to close the window.
class LoginSession : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    virtual void start() = 0;
    // The window, for geometry and tests; null while off screen.
    [[nodiscard]] virtual QWidget* window() const = 0;
    // The sign-in's progress after capture, shown in the window's steps: 2 verifying, 3 choosing, 4 failed.
    virtual void showStep(int step, const QString& text) = 0;

Q_SIGNALS:
    // Emitted once. Ownership passes to the first receiver that takes it.
    void captured(const std::shared_ptr<gw::saml::CapturedResponse>& response);
    void failed(const gw::Error& error);        // shown in the window too, with a way on
    void cancelled();
    void systemBrowserWanted();
    void pasteWanted();
    void personNeeded();                        // off screen only: the provider asks for input
    void keepCookiesChanged(bool keep);
    void zoomChanged(int percent);
};

class LoginPlugin {
public:
    virtual ~LoginPlugin() = default;
    [[nodiscard]] virtual std::unique_ptr<LoginSession> open(const LoginRequest& request, Theme& theme, QWidget* parent) = 0;
    // Starts the engine's processes ahead of the first sign-in.
    virtual void warmUp() = 0;
    // Deletes cookies and storage of a kept browser profile.
    virtual void forget(const QString& profileFolder) = 0;
    // "Chromium 102".
    [[nodiscard]] virtual QString engine() const = 0;
};

} // namespace gw::ui

#define GW_LOGIN_PLUGIN_IID "org.gatewarden.LoginPlugin/2"
Q_DECLARE_INTERFACE(gw::ui::LoginPlugin, GW_LOGIN_PLUGIN_IID)
