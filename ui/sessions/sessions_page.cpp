#include "ui/sessions/sessions_page.h"

#include "ui/errors_text.h"
#include "ui/sessions/ended_list.h"
#include "ui/sessions/provider_assistant.h"
#include "ui/sessions/provider_card.h"
#include "ui/sessions/provider_removal.h"
#include "ui/sessions/session_card.h"
#include "ui/sessions/session_list.h"
#include "ui/sessions/session_panel.h"
#include "ui/sessions/sign_in_coordinator.h"
#include "ui/sessions/text_of.h"
#include "ui/sessions/use_it_tabs.h"
#include "ui/widgets/widgets.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QMenu>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace gw::ui {

using sessions::Session;
using sessions::SessionId;

namespace {

constexpr int twoColumnsFrom = 700;
constexpr int wideFrom = 1000;

// "Live 4": returns the count's label.
Text* fillHead(QWidget* head, const QString& title, const QString& right = {}) {
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, space::s4, 0, space::s2);
    row->setSpacing(space::s2);
    row->addWidget(new Text(title, TextStyle::Strong, Color::TextSecondary));
    auto* count = new Text({}, TextStyle::Body, Color::TextSecondary);
    row->addWidget(count);
    row->addStretch();
    if (!right.isEmpty()) row->addWidget(new Text(right, TextStyle::Body, Color::TextSecondary));
    return count;
}

} // namespace

SessionsPage::SessionsPage(const SessionsContext& context, SignInCoordinator& coordinator, QWidget* parent)
    : QWidget(parent), context_(context), coordinator_(coordinator) {
    setObjectName(QStringLiteral("sessions"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    stack_ = new QStackedWidget;
    outer->addWidget(stack_);
    firstRun_ = buildFirstRun();
    content_ = buildContent();
    stack_->addWidget(content_);
    stack_->addWidget(firstRun_);
    starting_ = new LoadingRows(tr("The practice environment starts"), size::sessionCard);
    stack_->addWidget(starting_);

    connect(&context.book, &sessions::SessionBook::changed, this, &SessionsPage::refreshSessions);
    connect(&context.book, &sessions::SessionBook::ticked, this, &SessionsPage::tick);
    connect(&context.memory, &sessions::RoleMemory::changed, this, [this] {
        favourites_->refresh();
        favouritesHead_->setVisible(favourites_->count() > 0);
        favourites_->setVisible(favourites_->count() > 0);
    });
    connect(&context.providers, &ProviderList::changed, this, &SessionsPage::refreshProviders);
    connect(&coordinator, &SignInCoordinator::changed, this, [this](const sessions::ProviderId& id) {
        for (ProviderCard* card : cards_)
            if (card->id() == id) card->refresh();
        refreshFailure();
        refreshSessions();
    });
    connect(&coordinator, &SignInCoordinator::ticked, this, [this] {
        for (ProviderCard* card : cards_) card->tick();
    });
    refreshProviders();
    refreshSessions();
}

QWidget* SessionsPage::buildFirstRun() {
    auto* page = new Panel(Color::BgSurface);
    auto* column = new QVBoxLayout(page);
    auto* empty = new EmptyState(QStringLiteral("sessions"), tr("Hold your first credentials in a minute"),
                                 tr("Practise with an invented company, or connect the provider your company signs in with."));
    if (context_.startPractice) {
        auto* practise = empty->addAction(tr("Start practising"), QStringLiteral("practice"), ButtonKind::Primary);
        practise->setObjectName(QStringLiteral("sessions.first-run.practice"));
        connect(practise, &QPushButton::clicked, this, [this] { context_.startPractice(); });
    }
    auto* connectOne = empty->addAction(tr("Connect a provider"), QStringLiteral("provider"),
                                        context_.startPractice ? ButtonKind::Default : ButtonKind::Primary);
    connectOne->setObjectName(QStringLiteral("sessions.first-run.connect"));
    connect(connectOne, &QPushButton::clicked, this, [this] { openProviderAssistant(context_); });
    column->addStretch(2);
    column->addWidget(empty);
    column->addStretch(3);
    return page;
}

QWidget* SessionsPage::buildContent() {
    auto* page = new QWidget;
    auto* row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* left = new Panel(Color::BgSurface);
    left->setObjectName(QStringLiteral("sessions.main"));
    left->setProperty(MainWindow::paneProperty, true);
    scroll->setWidget(left);
    row->addWidget(scroll, 1);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(20, 0, 20, space::s6);
    column->setSpacing(0);

    auto* providersHead = new QWidget;
    fillHead(providersHead, tr("Identity providers"));
    column->addWidget(providersHead);
    providers_ = new QGridLayout;
    providers_->setSpacing(space::s3);
    column->addLayout(providers_);

    failureBox_ = new Card;
    auto* failureColumn = new QVBoxLayout(failureBox_);
    failureColumn->setContentsMargins(0, 0, 0, 0);
    failure_ = new ErrorState;
    failure_->setObjectName(QStringLiteral("sessions.failure"));
    failureColumn->addWidget(failure_);
    failureBox_->hide();
    column->addSpacing(space::s3);
    column->addWidget(failureBox_);

    liveHead_ = new QWidget;
    liveCount_ = fillHead(liveHead_, tr("Live"), tr("Sorted by end"));
    column->addWidget(liveHead_);
    live_ = new SessionList(context_, coordinator_);
    column->addWidget(live_);
    noLive_ = new Card;
    auto* noneRow = new QHBoxLayout(noLive_);
    noneRow->setContentsMargins(space::s4, space::s4, space::s4, space::s4);
    noneRow->setSpacing(space::s3);
    noneRow->addWidget(new IconLabel(QStringLiteral("session"), Color::TextTertiary, 20));
    auto* none = new Text(tr("No session is live. Sign in to a provider and choose roles."), TextStyle::Body, Color::TextSecondary);
    none->setWordWrap(true);
    noneRow->addWidget(none, 1);
    column->addWidget(noLive_);

    endedHead_ = new QWidget;
    endedCount_ = fillHead(endedHead_, tr("Ended today"));
    column->addWidget(endedHead_);
    ended_ = new EndedList(context_, coordinator_);
    column->addWidget(ended_);
    favouritesHead_ = new QWidget;
    fillHead(favouritesHead_, tr("Favourites not running"));
    column->addWidget(favouritesHead_);
    favourites_ = new FavouritesBar(context_, coordinator_);
    column->addWidget(favourites_);
    column->addStretch();

    panel_ = new SessionPanel(context_, coordinator_);
    row->addWidget(panel_);
    connect(live_, &SessionList::selectionChanged, this, [this] { panel_->show(live_->selected()); });
    connect(live_, &SessionList::menuWanted, this, &SessionsPage::showMenu);
    return page;
}

const SessionId& SessionsPage::selected() const { return live_->selected(); }

void SessionsPage::select(const SessionId& id) {
    live_->select(id);
    if (auto* card = live_->card(id)) card->setFocus(Qt::OtherFocusReason);
}

void SessionsPage::refreshProviders() {
    const auto& all = context_.providers.providers();
    std::vector<ProviderCard*> kept;
    for (const auto& provider : all) {
        const auto known = std::find_if(cards_.begin(), cards_.end(), [&](const ProviderCard* card) { return card->id() == provider.id; });
        if (known != cards_.end()) {
            kept.push_back(*known);
            (*known)->refresh();
            continue;
        }
        auto* card = new ProviderCard(context_, coordinator_, provider);
        connect(card, &ProviderCard::editWanted, this, [this](const sessions::ProviderId& id) { openProviderAssistant(context_, id); });
        connect(card, &ProviderCard::removeWanted, this, &SessionsPage::removeProvider);
        kept.push_back(card);
    }
    for (ProviderCard* old : cards_)
        if (std::find(kept.begin(), kept.end(), old) == kept.end()) {
            providers_->removeWidget(old);
            old->hide();
            old->deleteLater();
        }
    cards_ = std::move(kept);
    columns_ = 0;
    arrangeProviders();
    showPart();
    favourites_->refresh();
}

void SessionsPage::showPart() {
    const bool nothing = cards_.empty() && context_.book.sessions().empty();
    stack_->setCurrentWidget(!nothing ? content_ : context_.practiceStarting ? starting_ : firstRun_);
}

void SessionsPage::arrangeProviders() {
    const int room = width() - (panel_->isHidden() ? 0 : panel_->width());
    const int columns = room >= twoColumnsFrom && cards_.size() > 1 ? 2 : 1;
    if (columns == columns_) return;
    columns_ = columns;
    for (ProviderCard* card : cards_) providers_->removeWidget(card);
    for (std::size_t i = 0; i < cards_.size(); ++i) {
        providers_->addWidget(cards_[i], static_cast<int>(i) / columns, static_cast<int>(i) % columns);
        cards_[i]->show();
    }
    providers_->setColumnStretch(0, 1);
    providers_->setColumnStretch(1, columns == 2 ? 1 : 0);
}

void SessionsPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    panel_->setFixedWidth(width() < wideFrom ? size::inspector : size::inspector + 56);
    arrangeProviders();
}

void SessionsPage::refreshSessions() {
    live_->refresh();
    ended_->refresh();
    favourites_->refresh();
    panel_->show(live_->selected());
    const UtcTime now = context_.clock.now();
    const auto count = static_cast<int>(std::count_if(context_.book.sessions().begin(), context_.book.sessions().end(),
                                                      [&](const Session& session) { return session.live(now); }));
    liveCount_->setText(count == 0 ? QString() : QString::number(count));
    live_->setVisible(count > 0);
    noLive_->setVisible(count == 0);
    endedCount_->setText(QString::number(ended_->count()));
    endedHead_->setVisible(ended_->count() > 0);
    ended_->setVisible(ended_->count() > 0);
    favouritesHead_->setVisible(favourites_->count() > 0);
    favourites_->setVisible(favourites_->count() > 0);
    context_.window.setBadge(QStringLiteral("sessions"), count);
    context_.window.setSubtitle(QStringLiteral("sessions"), count > 0 ? tr("%1 live").arg(count) : QString());
    context_.actions.refresh();
    showPart();
    arrangeProviders();
}

void SessionsPage::refreshFailure() {
    const SignInAttempt* attempt = coordinator_.failed();
    if (!attempt && failureBox_->isAncestorOf(window()->focusWidget()))
        for (ProviderCard* card : cards_)
            if (card->id() == failed_) card->takeFocus();
    failureBox_->setVisible(attempt != nullptr);
    if (!attempt) return failed_ = sessions::ProviderId(), void();
    failed_ = attempt->provider().id;
    const ErrorText text = explain(*attempt->error());
    failure_->set(tr("%1: %2").arg(textOf(attempt->provider().name), text.title), text.why, text.whatToDo, text.details);
    failure_->clearActions();
    auto* again = failure_->addAction(tr("Sign in again"), QStringLiteral("sign-in"), ButtonKind::Primary);
    again->setObjectName(QStringLiteral("sessions.failure.again"));
    auto* paste = failure_->addAction(tr("Paste a response"), QStringLiteral("copy"), ButtonKind::Default);
    paste->setObjectName(QStringLiteral("sessions.failure.paste"));
    if (context_.inspect && attempt->responseRefused()) {
        auto* inspect = failure_->addAction(tr("Inspect"), QStringLiteral("inspector"), ButtonKind::Default);
        inspect->setObjectName(QStringLiteral("sessions.failure.inspect"));
        connect(inspect, &QPushButton::clicked, this, [this, id = failed_] {
            QMetaObject::invokeMethod(this, [this, id] { context_.inspect(id); }, Qt::QueuedConnection);
        });
    }
    auto* dismiss = failure_->addAction(tr("Dismiss"), {}, ButtonKind::Ghost);
    dismiss->setObjectName(QStringLiteral("sessions.failure.dismiss"));
    // The buttons go with the failure that they belong to, so what they start must wait until their signal has ended.
    const auto later = [this](auto run) { QMetaObject::invokeMethod(this, run, Qt::QueuedConnection); };
    connect(again, &QPushButton::clicked, this, [this, later, id = failed_] { later([this, id] { coordinator_.signIn(id); }); });
    connect(paste, &QPushButton::clicked, this,
            [this, later, id = failed_] { later([this, id] { coordinator_.signIn(id, SignInCoordinator::Way::Paste); }); });
    connect(dismiss, &QPushButton::clicked, this, [this, later, id = failed_] { later([this, id] { coordinator_.dismiss(id); }); });
}

void SessionsPage::tick() {
    live_->tick();
    panel_->tick();
    const UtcTime now = context_.clock.now();
    // Ages go by minutes.
    if (now.unixSeconds() % 60 == 0) ended_->refresh();
}

void SessionsPage::showMenu(const SessionId& id, const QPoint& at) {
    if (!context_.book.find(id)) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& name, const QString& words, const QString& iconName, auto run) {
        QAction* action = menu->addAction(icon(iconName), words, this, run);
        action->setObjectName(QStringLiteral("sessions.menu.") + name);
        return action;
    };
    add(QStringLiteral("renew"), tr("Renew"), QStringLiteral("renew"), [this, id] { coordinator_.renew(id); })
        ->setEnabled(!coordinator_.renewing(id));
    add(QStringLiteral("profile"), tr("Change the profile"), QStringLiteral("edit"), [this, id] {
        select(id);
        panel_->useIt().editProfile();
    });
    menu->addSeparator();
    add(QStringLiteral("copy-env"), tr("Copy as environment"), QStringLiteral("terminal"), [this, id] {
        select(id);
        panel_->useIt().copyEnvironment();
    });
    add(QStringLiteral("copy-profile"), tr("Copy the profile's name"), QStringLiteral("copy"), [this, id] {
        if (const auto* session = context_.book.find(id)) copyText(textOf(session->profile.value()), false);
    });
    add(QStringLiteral("copy-arn"), tr("Copy the role's ARN"), QStringLiteral("copy"), [this, id] {
        if (const auto* session = context_.book.find(id)) copyText(textOf(session->pair.role.value()), false);
    });
    menu->addSeparator();
    add(QStringLiteral("end"), tr("End now"), QStringLiteral("end-session"), [this, id] {
        if (auto* card = live_->card(id)) card->askEnd();
    });
    menu->popup(at);
}

void SessionsPage::removeProvider(const sessions::ProviderId& id) {
    coordinator_.cancel(id);
    ui::removeProvider(context_, id);
}

} // namespace gw::ui
