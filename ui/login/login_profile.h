// One hardened browser profile: private in memory, or kept in a folder when the person said so.
#pragma once

#include "saml/base/secret.h"
#include "ui/login/acs_interceptor.h"

#include <QString>
#include <QWebEngineProfile>

#include <map>
#include <memory>

namespace gw::ui {

class LoginProfile {
public:
    // `userAgent` is an administrator's override; empty leaves the engine's own. prepareEngine() must have run.
    [[nodiscard]] static std::shared_ptr<LoginProfile> makePrivate(const QString& userAgent);
    // `folder` is made with mode 0700. Two profiles over one folder must not live at once.
    [[nodiscard]] static std::shared_ptr<LoginProfile> makeKept(const QString& folder, const QString& userAgent);
    ~LoginProfile();
    LoginProfile(const LoginProfile&) = delete;
    LoginProfile& operator=(const LoginProfile&) = delete;

    // Pages must be gone before the last owner lets go of the profile.
    [[nodiscard]] QWebEngineProfile& engine() { return *engine_; }
    [[nodiscard]] AcsInterceptor& interceptor() { return interceptor_; }
    [[nodiscard]] const QString& folder() const { return folder_; }

    // Deletes cookies and caches. The folder goes when nobody uses the profile any more, which is its owner's to do.
    void forget();

    // Client certificates chosen in this run: host and port → digest of the certificate; empty means none was wanted.
    std::map<QString, QByteArray> certificateChoices;

private:
    LoginProfile(const QString& folder, const QString& userAgent);

    QString folder_;
    AcsInterceptor interceptor_;
    std::unique_ptr<QWebEngineProfile> engine_;
};

} // namespace gw::ui
