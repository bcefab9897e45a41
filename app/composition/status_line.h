// Keeps the status bar and the banners about the machine true: what the secret store is, what the agent serves, the
// region, UTC and how far this clock is from AWS's.
#pragma once

#include "app/composition/deferred_secret_store.h"
#include "ui/sessions/sessions_context.h"
#include "ui/sessions/sign_in_coordinator.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace gw::app {

class StatusLine : public QObject {
    Q_OBJECT
public:
    StatusLine(const ui::SessionsContext& context, ui::SignInCoordinator& coordinator, DeferredSecretStore& secrets,
               QObject* parent = nullptr);

    // Whether tools can reach this console.
    void setAgent(bool listening);

private:
    void showSecrets();
    void tellSecretsFailed(const Error& error);
    void tellNotKept(const Error& error);
    void showAgent();
    void showTime();
    void readOffset(const sessions::ProviderId& provider);

    const ui::SessionsContext& context_;
    ui::SignInCoordinator& coordinator_;
    DeferredSecretStore& secrets_;
    QTimer second_;
    bool listening_ = false;
    std::optional<Code> notKept_;
    std::optional<std::chrono::milliseconds> offset_;
};

} // namespace gw::app
