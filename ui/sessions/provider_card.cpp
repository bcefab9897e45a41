#include "ui/sessions/provider_card.h"

#include "models/store/when_done.h"
#include "ui/errors_text.h"
#include "ui/sessions/role_facts_strip.h"
#include "ui/sessions/sign_in_coordinator.h"
#include "ui/sessions/text_of.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace gw::ui {

using sessions::Provider;
using std::chrono::seconds;

namespace {

constexpr int warnDays = 30;
constexpr seconds awsWindow{300};

std::optional<UtcTime> firstEnd(const sessions::Trust& trust) {
    std::optional<UtcTime> first;
    for (const auto& key : trust.provider.signingKeys)
        if (!first || key.notAfter() < *first) first = key.notAfter();
    return first;
}

} // namespace

ProviderCard::ProviderCard(const SessionsContext& context, SignInCoordinator& coordinator, const Provider& provider, QWidget* parent)
    : Card(parent), context_(context), coordinator_(coordinator), id_(provider.id) {
    const QString own = QStringLiteral("sessions.provider.") + textOf(provider.id.value());
    setObjectName(own);
    setMinimumWidth(300);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::s4, space::s3, space::s3, space::s3);
    column->setSpacing(space::s2);
    auto* head = new QHBoxLayout;
    head->setSpacing(space::s2);
    name_ = new Text({}, TextStyle::Strong);
    name_->setElide(Qt::ElideRight);
    host_ = new Text({}, TextStyle::Body, Color::TextSecondary);
    host_->setElide(Qt::ElideMiddle);
    more_ = new IconButton(QStringLiteral("more"), tr("More"));
    more_->setObjectName(own + QStringLiteral(".more"));
    head->addWidget(new IconLabel(QStringLiteral("provider"), Color::AccentText));
    head->addWidget(name_);
    head->addWidget(host_, 1);
    head->addWidget(more_);
    column->addLayout(head);

    auto* chips = new QHBoxLayout;
    chips->setSpacing(space::s2);
    verification_ = new Chip(ChipKind::Neutral, QStringLiteral("shield"), {});
    certificate_ = new Chip(ChipKind::Expiring, QStringLiteral("certificate"), {});
    key_ = new Chip(ChipKind::Changed, QStringLiteral("lock"), tr("Decryption key not usable"));
    key_->setObjectName(own + QStringLiteral(".key"));
    mode_ = new Chip(ChipKind::Neutral, QStringLiteral("open-browser"), tr("System browser"));
    for (Chip* chip : {verification_, certificate_, key_, mode_}) chips->addWidget(chip);
    chips->addStretch();
    column->addLayout(chips);

    auto* foot = new QHBoxLayout;
    foot->setSpacing(space::s2);
    ring_ = new CountdownRing(size::ringSmall, false);
    ring_->setCalm(true);
    left_ = new Text({}, TextStyle::Strong);
    left_->setTabular(true);
    left_->setObjectName(own + QStringLiteral(".left"));
    state_ = new Text({}, TextStyle::Body, Color::TextSecondary);
    state_->setElide(Qt::ElideRight);
    state_->setObjectName(own + QStringLiteral(".state"));
    cancel_ = new Button(tr("Cancel"), {}, ButtonKind::Ghost);
    cancel_->setObjectName(own + QStringLiteral(".cancel"));
    go_ = new Button({}, {}, ButtonKind::Default);
    go_->setObjectName(own + QStringLiteral(".go"));
    foot->addWidget(ring_);
    foot->addWidget(left_);
    foot->addWidget(state_, 1);
    foot->addWidget(cancel_);
    foot->addWidget(go_);
    column->addLayout(foot);

    connect(go_, &QPushButton::clicked, this, [this] { coordinator_.chooseRoles(id_); });
    connect(cancel_, &QPushButton::clicked, this, [this] { coordinator_.cancel(id_); });
    connect(more_, &QToolButton::clicked, this, &ProviderCard::showMenu);
    refresh();
}

void ProviderCard::loadTrust() {
    const Provider* provider = context_.providers.find(id_);
    if (trustAsked_ || !provider) return;
    trustAsked_ = true;
    whenDone(context_.trust.load(*provider), this, [this](Result<sessions::Trust> trust) {
        trust_ = std::move(trust);
        refresh();
    });
}

void ProviderCard::refresh() {
    const Provider* provider = context_.providers.find(id_);
    if (!provider) return;
    name_->setFullText(textOf(provider->name));
    host_->setFullText(QUrl(textOf(provider->loginUrl)).host());
    more_->setName(tr("More about %1").arg(textOf(provider->name)));
    mode_->setVisible(provider->mode == sessions::SignInMode::SystemBrowser);
    const SignInAttempt* attempt = coordinator_.attempt(id_);
    if (attempt && attempt->trust()) trust_ = *attempt->trust();
    loadTrust();
    certificate_->hide();
    verification_->setVisible(trust_.has_value() || (attempt && attempt->signIn() && attempt->signIn()->assertion()));
    if (attempt && attempt->signIn() && attempt->signIn()->assertion()) {
        verification_->set(ChipKind::Allowed, QStringLiteral("proof"), tr("Signature verified by both"));
        verification_->setToolTip(bothVerifiersText(attempt->signIn()->assertion()->signature()));
    } else if (trust_ && !*trust_) {
        verification_->set(ChipKind::Denied, QStringLiteral("shield"), explain(trust_->error()).title);
        verification_->setToolTip(explainBriefly(trust_->error()));
    } else if (trust_) {
        const auto keys = static_cast<int>((*trust_)->provider.signingKeys.size());
        verification_->set(ChipKind::Neutral, QStringLiteral("key"), tr("%n key(s) trusted", nullptr, keys));
        verification_->setToolTip({});
        if ((*trust_)->refreshProblem) {
            verification_->set(ChipKind::Changed, QStringLiteral("offline"), tr("Older metadata in use"));
            verification_->setToolTip(explainBriefly(*(*trust_)->refreshProblem));
        }
    }
    if (trust_ && *trust_)
        if (const auto end = firstEnd(**trust_)) {
            const auto days = std::chrono::floor<std::chrono::days>(*end - context_.clock.now()).count();
            if (days < 0)
                certificate_->set(ChipKind::Denied, QStringLiteral("certificate"), tr("Certificate ended %1").arg(ageText(*end, context_.clock.now())));
            else
                certificate_->set(ChipKind::Expiring, QStringLiteral("certificate"),
                                  tr("Certificate ends in %n day(s)", nullptr, static_cast<int>(days)));
            certificate_->setToolTip(exactText(*end));
            certificate_->setVisible(days < warnDays);
        }
    const QString unread = trust_ && *trust_ ? keyProblemsText((*trust_)->keyProblems) : QString();
    key_->setToolTip(unread);
    key_->setVisible(!unread.isEmpty());
    showState(attempt);
    tick();
}

QString ProviderCard::lastSignInText() const {
    const std::int64_t last = context_.memory.lastSignIn(id_);
    return last == 0 ? tr("No sign-in yet") : tr("Last sign-in %1").arg(ageText(UtcTime::fromUnixSeconds(last), context_.clock.now()));
}

void ProviderCard::showState(const SignInAttempt* attempt) {
    // A button that hides would hand the focus to whatever comes next in the window.
    const QWidget* focused = window()->focusWidget();
    const bool hadFocus = focused == go_ || focused == cancel_ || (parked_ && focused == more_);
    showParts(attempt);
    if (!hadFocus) return parked_ = false, void();
    takeFocus();
}

void ProviderCard::takeFocus() {
    parked_ = go_->isHidden() && cancel_->isHidden();
    QAbstractButton* next = parked_ ? static_cast<QAbstractButton*>(more_) : go_->isHidden() ? cancel_ : go_;
    if (next != window()->focusWidget()) next->setFocus(Qt::OtherFocusReason);
}

void ProviderCard::showParts(const SignInAttempt* attempt) {
    const bool usable = attempt && attempt->usable();
    const bool busy = attempt && attempt->busy();
    ring_->setVisible(usable);
    left_->setVisible(usable);
    cancel_->setVisible(busy && attempt->stage() == SignInAttempt::Stage::Waiting);
    go_->setText(usable ? tr("Choose roles") : tr("Sign in"));
    const Provider* provider = context_.providers.find(id_);
    go_->setAccessibleName((usable ? tr("Choose roles of %1") : tr("Sign in to %1")).arg(textOf(provider->name)));
    go_->setVisible(!busy);
    if (usable) {
        state_->setFullText(tr("left to start more roles"));
        return;
    }
    if (!attempt || attempt->stage() == SignInAttempt::Stage::Stale) return state_->setFullText(lastSignInText());
    switch (attempt->stage()) {
    case SignInAttempt::Stage::Waiting:
        state_->setFullText(attempt->way() == SignInAttempt::Way::OffScreen       ? tr("Renewing without asking")
                            : attempt->way() == SignInAttempt::Way::SystemBrowser ? tr("Waiting for the browser")
                                                                                  : tr("Waiting for the person"));
        break;
    case SignInAttempt::Stage::Verifying: state_->setFullText(tr("Checking the answer")); break;
    case SignInAttempt::Stage::Exchanging: state_->setFullText(tr("AWS is being asked")); break;
    case SignInAttempt::Stage::Failed: state_->setFullText(tr("The last sign-in failed")); break;
    default: state_->setFullText(lastSignInText());
    }
}

void ProviderCard::tick() {
    const SignInAttempt* attempt = coordinator_.attempt(id_);
    if (!attempt || !attempt->usable()) {
        if (ring_->isVisible()) showState(attempt);
        return;
    }
    const auto left = std::max(seconds(0), std::chrono::ceil<seconds>(*attempt->signIn()->deadline() - context_.clock.now()));
    ring_->set(left, awsWindow);
    left_->setText(countdownText(left));
}

void ProviderCard::showMenu() {
    const Provider* provider = context_.providers.find(id_);
    if (!provider) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QString own = objectName();
    const auto add = [&](const QString& id, const QString& words, const QString& iconName, auto run) {
        QAction* action = menu->addAction(icon(iconName), words, this, run);
        action->setObjectName(own + id);
        return action;
    };
    using Way = SignInCoordinator::Way;
    if (provider->mode == sessions::SignInMode::SystemBrowser)
        add(QStringLiteral(".window"), tr("Sign in with the built-in window"), QStringLiteral("sign-in"),
            [this] { coordinator_.signIn(id_, Way::Window); });
    else
        add(QStringLiteral(".browser"), tr("Sign in with the system browser"), QStringLiteral("open-browser"),
            [this] { coordinator_.signIn(id_, Way::SystemBrowser); });
    add(QStringLiteral(".paste"), tr("Paste a response"), QStringLiteral("copy"), [this] { coordinator_.signIn(id_, Way::Paste); });
    menu->addSeparator();
    QAction* forget = add(QStringLiteral(".forget"), tr("Forget cookies"), QStringLiteral("eye-off"), [this] { coordinator_.forgetCookies(id_); });
    forget->setEnabled(provider->keepCookies);
    if (!context_.providers.isBuiltIn(id_)) {
        add(QStringLiteral(".edit"), tr("Edit provider"), QStringLiteral("edit"), [this] { Q_EMIT editWanted(id_); });
        menu->addSeparator();
        add(QStringLiteral(".remove"), tr("Remove provider"), QStringLiteral("delete"), [this] { Q_EMIT removeWanted(id_); });
    }
    menu->popup(more_->mapToGlobal(QPoint(0, more_->height() + space::s1)));
}

} // namespace gw::ui
