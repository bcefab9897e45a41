#include "ui/sessions/ended_list.h"

#include "ui/sessions/sign_in_coordinator.h"
#include "ui/sessions/text_of.h"
#include "ui/style/paint.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace gw::ui {

using sessions::Session;

namespace {

constexpr std::size_t endedShown = 5;
constexpr std::size_t favouritesShown = 12;
constexpr int leastWidth = 60, environmentWidth = 76, ageWidth = 84;
// Below these widths the age goes, then how it ended.
constexpr int ageFrom = 660, howFrom = 540;

QString howEnded(const Session& session) {
    switch (session.end) {
    case sessions::EndReason::EndedByPerson: return EndedList::tr("Ended by you %1").arg(clockText(session.ended));
    case sessions::EndReason::Replaced: return EndedList::tr("Replaced %1").arg(clockText(session.ended));
    default: return EndedList::tr("Expired %1").arg(clockText(session.expiration));
    }
}

UtcTime endOf(const Session& session) { return session.end == sessions::EndReason::NotEnded ? session.expiration : session.ended; }

} // namespace

EndedList::EndedList(const SessionsContext& context, SignInCoordinator& coordinator, QWidget* parent)
    : QWidget(parent), context_(context), coordinator_(coordinator) {
    setObjectName(QStringLiteral("sessions.ended"));
    // The rows follow the width that there is; they do not ask for one.
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    rows_ = new QVBoxLayout(this);
    rows_->setContentsMargins(0, 0, 0, 0);
    rows_->setSpacing(0);
}

void EndedList::refresh() {
    const UtcTime now = context_.clock.now();
    std::vector<const Session*> ended;
    for (const Session& session : context_.book.sessions()) {
        // What goes on under the same role needs no second row.
        if (session.live(now) || session.end == sessions::EndReason::Replaced || ended.size() >= endedShown) continue;
        const bool again = std::any_of(context_.book.sessions().begin(), context_.book.sessions().end(),
                                       [&](const Session& other) { return other.live(now) && other.pair == session.pair; }) ||
                           std::any_of(ended.begin(), ended.end(), [&](const Session* other) { return other->pair == session.pair; });
        if (!again) ended.push_back(&session);
    }
    std::vector<sessions::SessionId> ids;
    for (const Session* session : ended) ids.push_back(session->id);
    shown_ = static_cast<int>(ids.size());
    if (ids == ids_) {
        for (std::size_t i = 0; i < ages_.size(); ++i) ages_[i]->setText(ageText(ends_[i], now));
        return;
    }
    ids_ = ids;
    ages_.clear();
    hows_.clear();
    ends_.clear();
    while (QLayoutItem* item = rows_->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    for (const Session* session : ended) {
        const QString own = QStringLiteral("sessions.ended.") + textOf(session->id.value());
        auto* row = new QWidget;
        row->setObjectName(own);
        row->setFixedHeight(size::row + 1);
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(space::s3);
        auto* ring = new CountdownRing(size::ringSmall, false);
        ring->set(std::chrono::seconds(0), std::chrono::seconds(0));
        auto* role = new Text({}, TextStyle::Body, Color::TextSecondary);
        role->setElide(Qt::ElideMiddle);
        role->setFullText(textOf(session->roleLabel));
        role->setMinimumWidth(leastWidth);
        auto* where = new Text({}, TextStyle::Body, Color::TextSecondary);
        where->setElide(Qt::ElideMiddle);
        where->setFullText(session->accountAlias.empty() ? textOf(session->pair.role.account().value()) : textOf(session->accountAlias));
        where->setMinimumWidth(leastWidth);
        line->addWidget(ring);
        line->addWidget(role, 2);
        // As wide for each, so that the accounts stand below each other.
        auto* tag = new QWidget;
        tag->setFixedWidth(environmentWidth);
        auto* tagRow = new QHBoxLayout(tag);
        tagRow->setContentsMargins(0, 0, 0, 0);
        tagRow->addWidget(new EnvironmentTag(session->environment));
        tagRow->addStretch();
        line->addWidget(tag);
        line->addWidget(where, 2);
        auto* how = new QWidget;
        auto* howRow = new QHBoxLayout(how);
        howRow->setContentsMargins(0, 0, 0, 0);
        howRow->setSpacing(space::s2);
        howRow->addWidget(new IconLabel(QStringLiteral("expired"), Color::ExpiredMark));
        howRow->addWidget(new Text(howEnded(*session), TextStyle::Body, Color::TextSecondary));
        hows_.push_back(how);
        line->addWidget(how);
        auto* age = new Text(ageText(endOf(*session), now), TextStyle::Body, Color::TextTertiary);
        age->setToolTip(exactText(endOf(*session)));
        age->setMinimumWidth(ageWidth);
        line->addWidget(age);
        ages_.push_back(age);
        ends_.push_back(endOf(*session));
        auto* again = new Button(tr("Start again"), {}, ButtonKind::Default);
        again->setSize(ButtonSize::Small);
        again->setObjectName(own + QStringLiteral(".start"));
        again->setAccessibleName(tr("Start %1 again").arg(textOf(session->roleLabel)));
        line->addWidget(again);
        connect(again, &QPushButton::clicked, this, [this, id = session->id] {
            if (const Session* known = context_.book.find(id)) coordinator_.startAgain(*known);
        });
        rows_->addWidget(row);
        rows_->addWidget(new Divider);
    }
    fit();
}

void EndedList::resizeEvent(QResizeEvent*) { fit(); }

void EndedList::fit() {
    for (Text* age : ages_) age->setVisible(width() >= ageFrom);
    for (QWidget* how : hows_) how->setVisible(width() >= howFrom);
}

FavouriteButton::FavouriteButton(const QString& role, const QString& account, sessions::Environment environment, QWidget* parent)
    : QAbstractButton(parent), environment_(environment) {
    setText(role);
    setToolTip(account);
    setAccessibleName(tr("Start %1, %2").arg(role, account));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize FavouriteButton::sizeHint() const {
    const Theme& theme = Theme::of(this);
    const int words = QFontMetrics(theme.font(TextStyle::Body)).horizontalAdvance(text());
    int width = space::s3 + size::icon + space::s2 + words + space::s3 + size::icon + space::s3;
    if (environment_ != sessions::Environment::None) width += space::s2 + EnvironmentTag::width(environment_, false, theme);
    return {width, size::control};
}

void FavouriteButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const Theme& theme = Theme::of(this);
    const ButtonLook look = buttonLook(ButtonKind::Default, {isEnabled(), underMouse(), isDown(), false}, theme);
    paintPanel(painter, rect(), look.fill, look.border, radius::control);
    const qreal ratio = devicePixelRatioF();
    const int middle = (height() - size::icon) / 2;
    int x = space::s3;
    painter.drawPixmap(x, middle, iconPixmap(QStringLiteral("favourite-on"), size::icon, theme.color(Color::ChangedMark), ratio));
    x += size::icon + space::s2;
    painter.setFont(theme.font(TextStyle::Body));
    painter.setPen(theme.color(Color::TextPrimary));
    const int words = QFontMetrics(theme.font(TextStyle::Body)).horizontalAdvance(text());
    painter.drawText(QRect(x, 0, words + 1, height()), Qt::AlignVCenter | Qt::AlignLeft, text());
    x += words;
    if (environment_ != sessions::Environment::None) {
        x += space::s2;
        x += EnvironmentTag::paint(painter, QRect(x, 0, width() - x, height()), environment_, false, theme);
    }
    painter.drawPixmap(width() - space::s3 - size::icon, middle,
                       iconPixmap(QStringLiteral("arrow-right"), size::icon, theme.color(Color::TextSecondary), ratio));
}

void FavouriteButton::enterEvent(QEnterEvent*) { update(); }
void FavouriteButton::leaveEvent(QEvent*) { update(); }

FavouritesBar::FavouritesBar(const SessionsContext& context, SignInCoordinator& coordinator, QWidget* parent)
    : QWidget(parent), context_(context), coordinator_(coordinator) {
    setObjectName(QStringLiteral("sessions.favourites"));
    flow_ = new FlowLayout(space::s2, this);
}

void FavouritesBar::refresh() {
    const UtcTime now = context_.clock.now();
    std::vector<std::pair<sessions::ProviderId, aws::RolePair>> wanted;
    for (const auto& provider : context_.providers.providers())
        for (const auto& pair : context_.memory.knownRoles(provider.id)) {
            if (wanted.size() >= favouritesShown || !context_.memory.favourite(pair.role)) continue;
            const bool running = std::any_of(context_.book.sessions().begin(), context_.book.sessions().end(),
                                             [&](const Session& session) { return session.live(now) && session.pair == pair; });
            if (!running) wanted.emplace_back(provider.id, pair);
        }
    if (wanted == shown_) return;
    shown_ = wanted;
    while (QLayoutItem* item = flow_->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const auto& [id, pair] : shown_) {
        const auto* provider = context_.providers.find(id);
        const QString alias = textOf(provider->accountAlias(pair.role.account()));
        const QString account = textOf(pair.role.account().value());
        auto* button = new FavouriteButton(textOf(provider->roleLabel(pair.role)), alias.isEmpty() ? account : alias + u' ' + account,
                                           provider->environmentOf(pair.role));
        button->setObjectName(QStringLiteral("sessions.favourite.") + account + u'.' + textOf(pair.role.name()));
        connect(button, &QAbstractButton::clicked, this, [this, provider = id, role = pair] { coordinator_.startRole(provider, role); });
        flow_->addWidget(button);
        button->show();
    }
    updateGeometry();
}

} // namespace gw::ui
