#include "ui/login/auth_prompts.h"

#include "ui/login/address.h"
#include "ui/widgets/button.h"
#include "ui/widgets/field.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text.h"

#include <QCryptographicHash>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

namespace gw::ui {
namespace {

constexpr int cardWidth = 400;

// A card in the middle of the page's place; returns the column inside.
QVBoxLayout* makeCard(QWidget* page, const QString& iconName, Text** title, Text** detail) {
    auto* outer = new QVBoxLayout(page);
    outer->addStretch(1);
    auto* row = new QHBoxLayout;
    row->addStretch(1);
    auto* card = new Card(page);
    card->setFixedWidth(cardWidth);
    row->addWidget(card);
    row->addStretch(1);
    outer->addLayout(row);
    outer->addStretch(1);
    auto* column = new QVBoxLayout(card);
    column->setContentsMargins(space::s6, space::s6, space::s6, space::s6);
    column->setSpacing(space::s3);
    column->addWidget(new IconLabel(iconName, Color::TextSecondary, 20, card), 0, Qt::AlignLeft);
    *title = new Text(QString(), TextStyle::Title, Color::TextPrimary, card);
    (*title)->setWordWrap(true);
    column->addWidget(*title);
    if (detail != nullptr) {
        *detail = new Text(QString(), TextStyle::Small, Color::TextSecondary, card);
        (*detail)->setWordWrap(true);
        column->addWidget(*detail);
    }
    return column;
}

QHBoxLayout* addButtons(QVBoxLayout* column, QWidget* page, Button* primary, Button* other) {
    primary->setParent(page);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::s2);
    row->addStretch(1);
    row->addWidget(other);
    row->addWidget(primary);
    column->addSpacing(space::s1);
    column->addLayout(row);
    return row;
}

void paintGround(QWidget* page) {
    QPainter painter(page);
    painter.fillRect(page->rect(), Theme::of(page).color(Color::BgSunken));
}

QString firstOf(const QStringList& names) { return names.value(0); }

} // namespace

CredentialsPrompt::CredentialsPrompt(QWidget* parent) : QWidget(parent) {
    auto* column = makeCard(this, QStringLiteral("key"), &title_, &detail_);
    user_ = new QLineEdit(this);
    user_->setObjectName(QStringLiteral("login.auth-user"));
    password_ = new QLineEdit(this);
    password_->setObjectName(QStringLiteral("login.auth-password"));
    password_->setEchoMode(QLineEdit::Password);
    column->addWidget(new Field(tr("Name"), user_, this));
    passwordField_ = new Field(tr("Password"), password_, this);
    column->addWidget(passwordField_);
    auto* signIn = new Button(tr("Sign in"), {}, ButtonKind::Primary, this);
    signIn->setObjectName(QStringLiteral("login.auth-submit"));
    auto* cancel = new Button(tr("Cancel"), {}, ButtonKind::Default, this);
    cancel->setObjectName(QStringLiteral("login.auth-cancel"));
    addButtons(column, this, signIn, cancel);
    connect(signIn, &QAbstractButton::clicked, this, &CredentialsPrompt::submit);
    connect(user_, &QLineEdit::returnPressed, password_, [this] { password_->setFocus(); });
    connect(password_, &QLineEdit::returnPressed, this, &CredentialsPrompt::submit);
    connect(cancel, &QAbstractButton::clicked, this, [this] {
        password_->clear();
        if (const auto challenge = std::exchange(challenge_, std::nullopt)) Q_EMIT declined(*challenge);
    });
}

void CredentialsPrompt::ask(const AuthChallenge& challenge) {
    challenge_ = challenge;
    title_->setFullText(challenge.proxy ? tr("The proxy %1 asks for a name and a password").arg(challenge.host)
                                        : tr("%1 asks for a name and a password").arg(challenge.host));
    QStringList details;
    if (!challenge.realm.isEmpty()) details << tr("It calls this area “%1”.").arg(challenge.realm.simplified());
    if (!challenge.encrypted && !challenge.proxy) details << tr("The connection is not encrypted, and stays on this computer.");
    if (challenge.proxy) details << tr("Without it, no provider can be reached through this network.");
    detail_->setFullText(details.join(QLatin1Char(' ')));
    detail_->setVisible(!details.isEmpty());
    password_->clear();
    passwordField_->setError(challenge.refused ? tr("The name or the password was not accepted.") : QString());
    (user_->text().isEmpty() ? user_ : password_)->setFocus();
}

void CredentialsPrompt::submit() {
    if (!challenge_ || user_->text().isEmpty()) return;
    auto typed = password_->text().toUtf8();
    const auto password = std::make_shared<Secret>(std::string_view(typed.constData(), static_cast<std::size_t>(typed.size())));
    wipe(typed.data(), static_cast<std::size_t>(typed.size()));
    password_->clear();
    const auto challenge = *std::exchange(challenge_, std::nullopt);
    Q_EMIT answered(challenge, user_->text(), password);
}

void CredentialsPrompt::paintEvent(QPaintEvent*) { paintGround(this); }

CertificatePrompt::CertificatePrompt(QWidget* parent) : QWidget(parent) {
    auto* column = makeCard(this, QStringLiteral("certificate"), &title_, nullptr);
    list_ = new QListWidget(this);
    list_->setObjectName(QStringLiteral("login.certificates"));
    list_->setAccessibleName(tr("Certificates on this computer"));
    list_->setMinimumHeight(140);
    column->addWidget(list_);
    auto* use = new Button(tr("Use this certificate"), {}, ButtonKind::Primary, this);
    use->setObjectName(QStringLiteral("login.certificate-use"));
    auto* none = new Button(tr("Go on without"), {}, ButtonKind::Default, this);
    none->setObjectName(QStringLiteral("login.certificate-none"));
    addButtons(column, this, use, none);
    connect(use, &QAbstractButton::clicked, this, [this] { choose(false); });
    connect(none, &QAbstractButton::clicked, this, [this] { choose(true); });
    connect(list_, &QListWidget::itemActivated, this, [this] { choose(false); });
}

void CertificatePrompt::ask(const QWebEngineClientCertificateSelection& selection) {
    selection_ = selection;
    title_->setFullText(tr("%1 asks for a certificate").arg(hostAndPort(selection.host())));
    list_->clear();
    const auto certificates = selection.certificates();
    for (const auto& certificate : certificates) {
        auto* item = new QListWidgetItem(tr("%1\nissued by %2, until %3")
                                             .arg(firstOf(certificate.subjectInfo(QSslCertificate::CommonName)),
                                                  firstOf(certificate.issuerInfo(QSslCertificate::CommonName)),
                                                  QLocale().toString(certificate.expiryDate().date(), QStringLiteral("d MMM yyyy"))),
                                         list_);
        item->setData(Qt::UserRole, digestOf(certificate));
    }
    list_->setCurrentRow(0);
    list_->setFocus();
}

void CertificatePrompt::choose(bool none) {
    if (!selection_) return;
    auto selection = *std::exchange(selection_, std::nullopt);
    const auto* item = list_->currentItem();
    const auto digest = none || item == nullptr ? QByteArray() : item->data(Qt::UserRole).toByteArray();
    const auto host = hostAndPort(selection.host());
    (void)selectByDigest(selection, digest);
    Q_EMIT chosen(host, digest);
}

void CertificatePrompt::paintEvent(QPaintEvent*) { paintGround(this); }

QByteArray digestOf(const QSslCertificate& certificate) { return certificate.digest(QCryptographicHash::Sha256); }

bool selectByDigest(QWebEngineClientCertificateSelection selection, const QByteArray& digest) {
    if (digest.isEmpty()) {
        selection.selectNone();
        return true;
    }
    const auto certificates = selection.certificates();
    for (const auto& certificate : certificates) {
        if (digestOf(certificate) != digest) continue;
        selection.select(certificate);
        return true;
    }
    return false;
}

} // namespace gw::ui
