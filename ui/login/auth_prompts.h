// Questions that a server asks outside its page: a name and a password, or a certificate. Shown in the window in place of
// the page, with the host that asks; never a dialog with an event loop of its own.
#pragma once

#include "saml/base/secret.h"
#include "ui/login/login_browser.h"

#include <QSslCertificate>
#include <QWebEngineClientCertificateSelection>
#include <QWidget>

#include <optional>

class QLineEdit;
class QListWidget;

namespace gw::ui {

class Button;
class Card;
class Field;
class Text;

class CredentialsPrompt : public QWidget {
    Q_OBJECT
public:
    explicit CredentialsPrompt(QWidget* parent = nullptr);
    void ask(const AuthChallenge& challenge);

Q_SIGNALS:
    void answered(const gw::ui::AuthChallenge& challenge, const QString& user, const std::shared_ptr<gw::Secret>& password);
    void declined(const gw::ui::AuthChallenge& challenge);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void submit();
    std::optional<AuthChallenge> challenge_;
    Text* title_;
    Text* detail_;
    QLineEdit* user_;
    QLineEdit* password_;
    Field* passwordField_;
};

class CertificatePrompt : public QWidget {
    Q_OBJECT
public:
    explicit CertificatePrompt(QWidget* parent = nullptr);
    void ask(const QWebEngineClientCertificateSelection& selection);

Q_SIGNALS:
    // An empty digest: go on without one.
    void chosen(const QString& host, const QByteArray& digest);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void choose(bool none);
    std::optional<QWebEngineClientCertificateSelection> selection_;
    Text* title_;
    QListWidget* list_;
};

// What identifies a certificate among those offered.
[[nodiscard]] QByteArray digestOf(const QSslCertificate& certificate);
// Answers from an earlier choice. False where that certificate is not offered any more.
[[nodiscard]] bool selectByDigest(QWebEngineClientCertificateSelection selection, const QByteArray& digest);

} // namespace gw::ui
