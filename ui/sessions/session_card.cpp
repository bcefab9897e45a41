#include "ui/sessions/session_card.h"

#include "ui/sessions/text_of.h"
#include "ui/style/focus_ring.h"
#include "ui/style/paint.h"
#include "ui/widgets/widgets.h"

#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace gw::ui {

using sessions::Session;
using std::chrono::seconds;

namespace {

constexpr int leastWidth = 320;
// An account's name that has less than this says nothing.
constexpr int leastAlias = 72;
constexpr int programsFrom = 440;

} // namespace

QString endsText(const Session& session, UtcTime now) {
    const QString at = clockText(session.expiration);
    switch (session.timeLeft(now)) {
    case sessions::TimeLeft::Plenty: return SessionCard::tr("Ends %1").arg(at);
    case sessions::TimeLeft::Soon: return SessionCard::tr("Ends soon, %1").arg(at);
    case sessions::TimeLeft::Near: return SessionCard::tr("Ends %1").arg(at);
    case sessions::TimeLeft::Last: return SessionCard::tr("Ends now");
    case sessions::TimeLeft::Over: break;
    }
    return SessionCard::tr("Expired %1").arg(at);
}

SessionCard::SessionCard(const Session& session, UtcTime now, QWidget* parent) : QWidget(parent), session_(session) {
    const QString name = QStringLiteral("sessions.card.") + textOf(session.id.value());
    setObjectName(name);
    setFixedHeight(size::sessionCard);
    setFocusPolicy(Qt::StrongFocus);
    setFocusRingRadius(this, -1);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setMinimumWidth(leastWidth);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::s4, 0, space::s3, 0);
    row->setSpacing(space::s3);
    ring_ = new CountdownRing(32, false);
    row->addWidget(ring_);

    auto* upper = new QHBoxLayout;
    upper->setSpacing(space::s2);
    role_ = new Text({}, TextStyle::Strong);
    role_->setElide(Qt::ElideMiddle);
    role_->setObjectName(name + QStringLiteral(".role"));
    environment_ = new EnvironmentTag(session.environment);
    alias_ = new Text({}, TextStyle::Body, Color::TextSecondary);
    alias_->setElide(Qt::ElideMiddle);
    account_ = new Text({}, TextStyle::Code, Color::TextSecondary);
    upper->addWidget(role_);
    upper->addWidget(environment_);
    upper->addWidget(alias_);
    upper->addWidget(account_);
    upper->addStretch();
    auto* lower = new QHBoxLayout;
    lower->setSpacing(space::s1);
    profile_ = new Text({}, TextStyle::Body, Color::TextSecondary);
    profile_->setElide(Qt::ElideMiddle);
    programsIcon_ = new IconLabel(QStringLiteral("process"), Color::TextSecondary);
    programs_ = new Text({}, TextStyle::Body, Color::TextSecondary);
    lower->addWidget(new IconLabel(QStringLiteral("file"), Color::TextSecondary));
    lower->addWidget(profile_);
    lower->addSpacing(space::s3);
    lower->addWidget(programsIcon_);
    lower->addWidget(programs_);
    lower->addStretch();
    auto* middle = new QVBoxLayout;
    middle->setSpacing(0);
    middle->addStretch();
    middle->addLayout(upper);
    middle->addLayout(lower);
    middle->addStretch();
    row->addLayout(middle, 1);

    left_ = new Text({}, TextStyle::Title);
    left_->setTabular(true);
    left_->setAlignment(Qt::AlignRight);
    left_->setObjectName(name + QStringLiteral(".left"));
    ends_ = new Text({}, TextStyle::Body, Color::TextSecondary);
    ends_->setAlignment(Qt::AlignRight);
    ends_->setObjectName(name + QStringLiteral(".ends"));
    auto* times = new QVBoxLayout;
    times->setSpacing(0);
    times->addStretch();
    times->addWidget(left_);
    times->addWidget(ends_);
    times->addStretch();
    row->addLayout(times);

    icons_ = new QWidget;
    auto* icons = new QHBoxLayout(icons_);
    icons->setContentsMargins(space::s2, 0, 0, 0);
    icons->setSpacing(0);
    renew_ = new IconButton(QStringLiteral("renew"), tr("Renew"));
    renew_->setObjectName(name + QStringLiteral(".renew"));
    end_ = new IconButton(QStringLiteral("end-session"), tr("End now"));
    end_->setObjectName(name + QStringLiteral(".end"));
    end_->setKeyHint(tr("Del"));
    icons->addWidget(renew_);
    icons->addWidget(end_);
    row->addWidget(icons_);
    confirm_ = new QWidget;
    auto* confirm = new QHBoxLayout(confirm_);
    confirm->setContentsMargins(space::s2, 0, 0, 0);
    confirm->setSpacing(space::s2);
    confirmEnd_ = new Button(tr("End session"), {}, ButtonKind::Danger);
    confirmEnd_->setObjectName(name + QStringLiteral(".end.confirm"));
    keep_ = new Button(tr("Keep"), {}, ButtonKind::Ghost);
    keep_->setObjectName(name + QStringLiteral(".end.keep"));
    confirm->addWidget(confirmEnd_);
    confirm->addWidget(keep_);
    confirm_->hide();
    row->addWidget(confirm_);
    for (QWidget* button : {static_cast<QWidget*>(confirmEnd_), static_cast<QWidget*>(keep_)}) button->installEventFilter(this);

    connect(renew_, &QToolButton::clicked, this, &SessionCard::renewWanted);
    connect(end_, &QToolButton::clicked, this, &SessionCard::askEnd);
    connect(confirmEnd_, &QPushButton::clicked, this, &SessionCard::endWanted);
    connect(keep_, &QPushButton::clicked, this, &SessionCard::cancelEnd);
    connect(&Theme::of(this), &Theme::changed, this, qOverload<>(&QWidget::update));
    setConsumers(0);
    update(session, now);
}

void SessionCard::update(const Session& session, UtcTime now) {
    session_ = session;
    role_->setFullText(textOf(session.roleLabel));
    environment_->setEnvironment(session.environment);
    environment_->setVisible(session.environment != sessions::Environment::None);
    alias_->setFullText(textOf(session.accountAlias));
    account_->setText(textOf(session.pair.role.account().value()));
    profile_->setFullText(textOf(session.profile.value()));
    setToolTip(textOf(session.assumedRoleArn));
    fit();
    tick(now);
}

// What tells sessions apart stays longest: the role, then the environment, the alias, the account.
void SessionCard::fit() {
    const int times = std::max(left_->sizeHint().width(), ends_->sizeHint().width());
    const int beside = space::s4 + ring_->sizeHint().width() + space::s3 + space::s3 + times + space::s3;
    const int tag = environment_->isHidden() ? 0 : environment_->sizeHint().width() + space::s2;
    const int role = role_->sizeHint().width();
    int room = width() - beside;
    const bool asking = !confirm_->isHidden();
    const int icons = (asking ? confirm_ : icons_)->sizeHint().width() + space::s3;
    // Both are in the panel and in the menu too.
    const bool iconsFit = room - icons >= role + tag;
    icons_->setVisible(iconsFit && !asking);
    if (iconsFit || asking) room -= icons;
    role_->setMinimumWidth(std::clamp(room - tag, 0, role));
    room -= role + tag + space::s2;
    const bool aliasFits = !session_.accountAlias.empty() && room >= std::min(alias_->sizeHint().width(), leastAlias);
    alias_->setVisible(aliasFits);
    if (aliasFits) room -= alias_->sizeHint().width() + space::s2;
    account_->setVisible(room >= account_->sizeHint().width() && (aliasFits || session_.accountAlias.empty()));
    programsIcon_->setVisible(programsShown_ && width() >= programsFrom);
    programs_->setVisible(programsShown_ && width() >= programsFrom);
}

void SessionCard::resizeEvent(QResizeEvent*) { fit(); }

void SessionCard::tick(UtcTime now) {
    const auto left = std::max(seconds(0), std::chrono::ceil<seconds>(session_.expiration - now));
    const auto total = std::chrono::floor<seconds>(session_.expiration - session_.started);
    ring_->set(left, left.count() > 0 ? total : seconds(0));
    left_->setText(countdownText(left));
    const QString ends = renewing_ ? tr("Renewing") : endsText(session_, now);
    const Color ink = timeLeftColor(session_.timeLeft(now));
    left_->setColorToken(ink);
    ends_->setColorToken(ink == Color::TextPrimary ? Color::TextSecondary : ink);
    if (ends_->text() == ends) return;
    ends_->setText(ends);
    fit();
    // Not with every second: a screen reader would never stop.
    const QString account = session_.accountAlias.empty() ? textOf(session_.pair.role.account().value()) : textOf(session_.accountAlias);
    setAccessibleName(tr("%1, %2, %3").arg(textOf(session_.roleLabel), account, ends));
    renew_->setName(tr("Renew %1").arg(textOf(session_.roleLabel)));
    end_->setName(tr("End %1").arg(textOf(session_.roleLabel)));
}

void SessionCard::setConsumers(int programs) {
    programsShown_ = programs > 0;
    programs_->setText(tr("%n program(s)", nullptr, programs));
    fit();
}

void SessionCard::setRenewing(bool renewing) {
    if (renewing_ == renewing) return;
    renewing_ = renewing;
    renew_->setEnabled(!renewing);
}

void SessionCard::setSelected(bool selected) {
    if (isSelected_ == selected) return;
    isSelected_ = selected;
    if (!selected) cancelEnd();
    QWidget::update();
}

void SessionCard::setLast(bool last) {
    last_ = last;
    QWidget::update();
}

void SessionCard::askEnd() {
    if (confirm_->isVisible()) {
        Q_EMIT endWanted();
        return;
    }
    confirm_->show();
    fit();
    confirmEnd_->setFocus(Qt::OtherFocusReason);
}

void SessionCard::cancelEnd() {
    if (confirm_->isHidden()) return;
    const bool hadFocus = confirm_->isAncestorOf(focusWidget());
    confirm_->hide();
    fit();
    if (hadFocus) setFocus(Qt::OtherFocusReason);
}

void SessionCard::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = Theme::of(this);
    paintRow(painter, rect().adjusted(0, 0, 0, last_ ? 0 : -1), {hover_.level() > 0, isSelected_, hasFocus(), isActiveWindow(), hover_.level()}, theme);
    if (!last_) painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color(Color::BorderSubtle));
}

void SessionCard::mousePressEvent(QMouseEvent* event) {
    setFocus(Qt::MouseFocusReason);
    Q_EMIT selected();
    event->accept();
}

void SessionCard::focusInEvent(QFocusEvent*) {
    Q_EMIT selected();
    QWidget::update();
}

void SessionCard::focusOutEvent(QFocusEvent*) { QWidget::update(); }

void SessionCard::contextMenuEvent(QContextMenuEvent* event) {
    Q_EMIT selected();
    const QPoint at = event->reason() == QContextMenuEvent::Keyboard ? mapToGlobal(QPoint(space::s4, height() - space::s2)) : event->globalPos();
    Q_EMIT menuWanted(at);
}

void SessionCard::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Delete)
        askEnd();
    else
        QWidget::keyPressEvent(event);
}

bool SessionCard::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Escape) {
            cancelEnd();
            return true;
        }
        if (key == Qt::Key_Delete && watched == confirmEnd_) {
            Q_EMIT endWanted();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace gw::ui
