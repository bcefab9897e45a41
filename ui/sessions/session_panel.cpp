#include "ui/sessions/session_panel.h"

#include "ui/sessions/sign_in_coordinator.h"
#include "ui/sessions/text_of.h"
#include "ui/sessions/use_it_tabs.h"
#include "ui/widgets/widgets.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace gw::ui {

using std::chrono::seconds;

namespace {

constexpr std::size_t consumersShown = 5;

void empty(QGridLayout* grid) {
    while (QLayoutItem* item = grid->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

} // namespace

SessionPanel::SessionPanel(const SessionsContext& context, SignInCoordinator& coordinator, QWidget* parent)
    : Panel(Color::BgSurface, parent), context_(context), coordinator_(coordinator) {
    setObjectName(QStringLiteral("sessions.panel"));
    setEdges(Qt::LeftEdge);
    setProperty(MainWindow::paneProperty, true);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(1, 0, 0, 0);
    auto* scroll = new ScrollColumn;
    outer->addWidget(scroll);
    QVBoxLayout* column = scroll->column();
    buildHead(column);
    column->addWidget(new Divider);
    useIt_ = new UseItTabs(context);
    column->addWidget(useIt_);

    const auto part = [&](const QString& title) {
        column->addWidget(new Divider);
        auto* holder = new QVBoxLayout;
        holder->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
        holder->setSpacing(space::s2);
        if (!title.isEmpty()) holder->addWidget(new Text(title, TextStyle::Strong));
        column->addLayout(holder);
        return holder;
    };
    auto* who = part(tr("Who asked for these credentials"));
    noConsumers_ = new Text(tr("No program yet"), TextStyle::Body, Color::TextTertiary);
    who->addWidget(noConsumers_);
    consumers_ = new QGridLayout;
    consumers_->setHorizontalSpacing(space::s3);
    consumers_->setVerticalSpacing(space::s1);
    consumers_->setColumnStretch(0, 1);
    who->addLayout(consumers_);
    facts_ = new QGridLayout;
    facts_->setHorizontalSpacing(space::s4);
    facts_->setVerticalSpacing(space::s1);
    facts_->setColumnStretch(1, 1);
    part({})->addLayout(facts_);
    column->addStretch();
    hide();
}

void SessionPanel::buildHead(QVBoxLayout* column) {
    auto* head = new QHBoxLayout;
    head->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    head->setSpacing(space::s4);
    ring_ = new CountdownRing(size::ringLarge, true);
    head->addWidget(ring_);
    auto* lines = new QVBoxLayout;
    lines->setSpacing(space::s1);
    role_ = new Text({}, TextStyle::Title);
    role_->setObjectName(QStringLiteral("sessions.panel.role"));
    role_->setElide(Qt::ElideMiddle);
    environment_ = new EnvironmentTag(sessions::Environment::None);
    account_ = new Text({}, TextStyle::Body, Color::TextSecondary);
    account_->setElide(Qt::ElideMiddle);
    times_ = new Text({}, TextStyle::Body, Color::TextSecondary);
    times_->setElide(Qt::ElideRight);
    auto* where = new QHBoxLayout;
    where->setSpacing(space::s2);
    where->addWidget(environment_);
    where->addWidget(account_, 1);
    lines->addStretch();
    lines->addWidget(role_);
    lines->addLayout(where);
    lines->addWidget(times_);
    lines->addStretch();
    head->addLayout(lines, 1);
    column->addLayout(head);

    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(space::s4, 0, space::s4, space::s3);
    buttons->setSpacing(space::s2);
    renew_ = new Button(tr("Renew"), QStringLiteral("renew"), ButtonKind::Default);
    renew_->setObjectName(QStringLiteral("sessions.panel.renew"));
    end_ = new Button(tr("End now"), QStringLiteral("end-session"), ButtonKind::DangerQuiet);
    end_->setObjectName(QStringLiteral("sessions.panel.end"));
    confirmEnd_ = new Button(tr("End session"), QStringLiteral("end-session"), ButtonKind::Danger);
    confirmEnd_->setObjectName(QStringLiteral("sessions.panel.end.confirm"));
    keep_ = new Button(tr("Keep"), {}, ButtonKind::Ghost);
    keep_->setObjectName(QStringLiteral("sessions.panel.end.keep"));
    buttons->addWidget(renew_);
    buttons->addStretch();
    for (Button* button : {keep_, confirmEnd_, end_}) buttons->addWidget(button);
    column->addLayout(buttons);
    confirmEnd_->hide();
    keep_->hide();
    connect(renew_, &QPushButton::clicked, this, [this] { coordinator_.renew(id_); });
    connect(end_, &QPushButton::clicked, this, &SessionPanel::askEnd);
    connect(confirmEnd_, &QPushButton::clicked, this, [this] { context_.book.end(id_); });
    connect(keep_, &QPushButton::clicked, this, &SessionPanel::cancelEnd);
}

void SessionPanel::askEnd() {
    end_->hide();
    confirmEnd_->show();
    keep_->show();
    confirmEnd_->setFocus(Qt::OtherFocusReason);
}

void SessionPanel::cancelEnd() {
    const bool hadFocus = confirmEnd_->hasFocus() || keep_->hasFocus();
    confirmEnd_->hide();
    keep_->hide();
    end_->show();
    if (hadFocus) end_->setFocus(Qt::OtherFocusReason);
}

void SessionPanel::show(const sessions::SessionId& id) {
    if (id != id_) cancelEnd();
    id_ = id;
    refresh();
}

void SessionPanel::refresh() {
    const sessions::Session* session = context_.book.find(id_);
    const bool live = session && session->live(context_.clock.now());
    setVisible(live);
    if (!live) return;
    renew_->setEnabled(!coordinator_.renewing(id_) && context_.providers.find(session->provider) != nullptr);
    renew_->setText(coordinator_.renewing(id_) ? tr("Renewing") : tr("Renew"));
    if (!shown_ || !(*shown_ == *session)) {
        shown_ = *session;
        role_->setFullText(textOf(session->roleLabel));
        environment_->setEnvironment(session->environment);
        environment_->setVisible(session->environment != sessions::Environment::None);
        account_->setFullText(session->accountAlias.empty() ? textOf(session->pair.role.account().value()) : textOf(session->accountAlias));
        account_->setToolTip(textOf(session->pair.role.value()));
        times_->setFullText(session->durationCapped
                                ? tr("%1 to %2, the longest that the role allows").arg(clockText(session->started), clockText(session->expiration))
                                : tr("%1 to %2").arg(clockText(session->started), clockText(session->expiration)));
        times_->setToolTip(tr("Ends %1").arg(exactText(session->expiration)));
        useIt_->show(*session);
        showFacts(*session);
    }
    showConsumers();
    tick();
}

void SessionPanel::tick() {
    if (!shown_ || isHidden()) return;
    const UtcTime now = context_.clock.now();
    const auto left = std::max(seconds(0), std::chrono::ceil<seconds>(shown_->expiration - now));
    ring_->set(left, left.count() > 0 ? std::chrono::floor<seconds>(shown_->expiration - shown_->started) : seconds(0));
    if (left.count() == 0) refresh();
}

void SessionPanel::showConsumers() {
    auto consumers = context_.book.consumers(id_);
    if (consumers.size() > consumersShown) consumers.resize(consumersShown);
    noConsumers_->setVisible(consumers.empty());
    if (consumers == shownConsumers_) return;
    shownConsumers_ = consumers;
    empty(consumers_);
    int row = 0;
    for (const auto& consumer : consumers) {
        auto* program = new Text({}, TextStyle::Body);
        program->setElide(Qt::ElideMiddle);
        program->setFullText(textOf(consumer.program));
        program->setToolTip(textOf(consumer.executable));
        auto* at = new Text(clockText(consumer.at), TextStyle::Body, Color::TextSecondary);
        at->setToolTip(exactText(consumer.at));
        consumers_->addWidget(program, row, 0);
        consumers_->addWidget(new Text(tr("pid %1").arg(consumer.pid), TextStyle::Body, Color::TextSecondary), row, 1);
        consumers_->addWidget(at, row, 2, Qt::AlignRight);
        ++row;
    }
}

void SessionPanel::showFacts(const sessions::Session& session) {
    empty(facts_);
    int row = 0;
    const auto fact = [&](const QString& name, const QString& value, TextStyle style = TextStyle::Body) {
        if (value.isEmpty()) return;
        auto* shown = new Text({}, style);
        shown->setElide(Qt::ElideMiddle);
        shown->setFullText(value);
        shown->setAccessibleName(name + QStringLiteral(": ") + value);
        facts_->addWidget(new Text(name, TextStyle::Body, Color::TextSecondary), row, 0);
        facts_->addWidget(shown, row, 1);
        ++row;
    };
    QStringList tags;
    for (const auto& [key, value] : session.tags) tags << textOf(key) + u'=' + textOf(value);
    fact(tr("Access key id"), textOf(session.accessKeyId), TextStyle::Code);
    auto* copy = new IconButton(QStringLiteral("copy"), tr("Copy the access key id"));
    copy->setObjectName(QStringLiteral("sessions.panel.copy-key-id"));
    facts_->addWidget(copy, 0, 2);
    connect(copy, &QToolButton::clicked, this, [key = session.accessKeyId] { copyText(textOf(key), false); });
    fact(tr("Session name"), textOf(session.roleSessionName));
    fact(tr("Session tags"), tags.join(QStringLiteral(", ")));
    fact(tr("Source identity"), textOf(session.sourceIdentity));
    if (!session.sessionPolicy.empty())
        fact(tr("Session policy"), tr("Narrows the role, %n character(s)", nullptr, static_cast<int>(session.sessionPolicy.size())));
    fact(tr("Region"), textOf(session.region.value()));
}

} // namespace gw::ui
