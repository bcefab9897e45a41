// One page of a sign-in. It decides nothing but what a page may never do; what may be loaded and captured is asked of
// its guard, and the rest is told by signals.
#pragma once

#include <QUrl>
#include <QWebEngineClientCertificateSelection>
#include <QWebEnginePage>

class QAuthenticator;

namespace gw::ui {

class LoginPage : public QWebEnginePage {
    Q_OBJECT
public:
    class Guard {
    public:
        virtual ~Guard() = default;
        // Called inside the engine's decision: must not touch the page.
        [[nodiscard]] virtual bool mayNavigate(LoginPage& page, const QUrl& url, NavigationType type, bool mainFrame) = 0;
        // A page of the same profile, or null to refuse.
        [[nodiscard]] virtual LoginPage* openWindow(LoginPage& opener) = 0;
        // Both are answered during the call. A null authenticator afterwards declines.
        virtual void authenticate(LoginPage& page, const QUrl& url, QAuthenticator& authenticator) = 0;
        virtual void authenticateAtProxy(LoginPage& page, const QString& proxyHost, QAuthenticator& authenticator) = 0;
        // What a page asks with confirm() has to be answered at once, without a dialog.
        [[nodiscard]] virtual bool confirm(const QUrl& origin, const QString& question) = 0;
    };

    // `guard` must outlive the page. Delete the page before its profile.
    LoginPage(QWebEngineProfile& profile, Guard& guard, QObject* parent = nullptr);

    // The address that the main frame was last allowed to open, redirects included.
    [[nodiscard]] const QUrl& destination() const { return destination_; }
    // The host whose certificate was refused in the current load; empty where all is well.
    [[nodiscard]] const QString& refusedCertificateHost() const { return refusedCertificateHost_; }
    void clearCertificateRefusal() { refusedCertificateHost_.clear(); }

Q_SIGNALS:
    // Already rejected. `subject` and `issuer` are the certificate's own words.
    void certificateRefused(const QUrl& url, const QString& description, const QString& subject, const QString& issuer);
    // Answered by whoever keeps the copy; letting go of all copies declines.
    void clientCertificateWanted(const QWebEngineClientCertificateSelection& selection);
    // What a page says with alert().
    void said(const QUrl& origin, const QString& text);
    void fileRefused();
    // The engine's network error and whether it concerns the page itself. Not sent for aborted loads.
    void loadBroke(const QUrl& url, int code, int domain, const QString& words);

protected:
    bool acceptNavigationRequest(const QUrl& url, NavigationType type, bool isMainFrame) override;
    QWebEnginePage* createWindow(WebWindowType type) override;
    QStringList chooseFiles(FileSelectionMode mode, const QStringList& oldFiles, const QStringList& acceptedMimeTypes) override;
    void javaScriptAlert(const QUrl& securityOrigin, const QString& message) override;
    bool javaScriptConfirm(const QUrl& securityOrigin, const QString& message) override;
    bool javaScriptPrompt(const QUrl& securityOrigin, const QString& message, const QString& defaultValue, QString* result) override;
    void javaScriptConsoleMessage(JavaScriptConsoleMessageLevel level, const QString& message, int lineNumber,
                                  const QString& sourceId) override;

private:
    void refuseWhatNoLoginNeeds();

    Guard& guard_;
    QUrl destination_;
    QString refusedCertificateHost_;
};

} // namespace gw::ui
