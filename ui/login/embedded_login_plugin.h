// The plugin's work without Qt's plugin machinery, so that tests can link it.
#pragma once

#include "ui/login/login_plugin.h"
#include "ui/login/login_profile.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>

class QWebEnginePage;

namespace gw::ui {

class EmbeddedLoginPlugin : public LoginPlugin {
public:
    EmbeddedLoginPlugin();
    ~EmbeddedLoginPlugin() override;

    std::unique_ptr<LoginSession> open(const LoginRequest& request, Theme& theme, QWidget* parent) override;
    void warmUp() override;
    void forget(const QString& profileFolder) override;
    [[nodiscard]] QString engine() const override;

private:
    [[nodiscard]] Result<std::shared_ptr<LoginProfile>> profileFor(const LoginRequest& request);
    [[nodiscard]] std::shared_ptr<LoginProfile> keptProfile(const QString& folder, const QString& userAgent);
    void coolDown();
    void sweep();

    // The private profile of each provider's last sign-in, in memory and for this run: its cookies let a renewal pass
    // without a person. A new sign-in in a window starts without them.
    std::map<sessions::ProviderId, std::shared_ptr<LoginProfile>> lastPrivate_;
    // One profile per folder; the engine allows no second.
    std::map<QString, std::weak_ptr<LoginProfile>> kept_;
    // Folders to be deleted and how many more times: the engine writes into a folder for a moment after its profile ended.
    std::map<QString, int> doomed_;
    QTimer sweeper_;
    std::shared_ptr<LoginProfile> warmProfile_;
    std::unique_ptr<QWebEnginePage> warmPage_;
    QObject context_;
};

} // namespace gw::ui
