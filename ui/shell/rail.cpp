#include "ui/shell/rail.h"

#include "ui/style/paint.h"
#include "ui/widgets/button.h"
#include "ui/widgets/text.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QPainter>

#include <array>

namespace gw::ui {
namespace {

constexpr int itemHeight = 32;
constexpr int sideGap = space::s2;
constexpr int badgeSize = 18;
constexpr int avatarSize = 24;
constexpr int personHeight = 44;
constexpr int settingsSection = 99;

// Doing, drawing, looking back; what is unknown joins the last one.
int sectionOf(const QString& id) {
    if (id == QLatin1String("settings")) return settingsSection;
    if (id == QLatin1String("sessions") || id == QLatin1String("requests")) return 0;
    if (id == QLatin1String("map") || id == QLatin1String("review") || id == QLatin1String("explain")) return 1;
    return 2;
}

// The program's mark, which opens the menu where the rail is too narrow for the menu's own button.
class Mark : public QAbstractButton {
public:
    explicit Mark(QWidget* parent) : QAbstractButton(parent) {
        setObjectName(QStringLiteral("rail.mark"));
        setText(Rail::tr("Menu"));
        setFixedSize(28, 28);
    }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const int side = 22;
        painter.drawPixmap(
            (width() - side) / 2, (height() - side) / 2,
            iconPixmap(QStringLiteral("gatewarden"), side, Theme::of(this).color(Color::AccentFill), devicePixelRatioF()));
    }
};

} // namespace

RailItem::RailItem(const QString& id, const QString& title, const QString& iconName, QWidget* parent)
    : QAbstractButton(parent), id_(id), iconName_(iconName) {
    setText(title);
    setObjectName(QStringLiteral("rail.") + id);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    describe();
}

void RailItem::setBadge(int count) {
    badge_ = count;
    describe();
    update();
}

void RailItem::setCollapsed(bool collapsed) {
    collapsed_ = collapsed;
    describe();
    updateGeometry();
    update();
}

void RailItem::setKeyHint(const QString& key) {
    key_ = key;
    describe();
}

void RailItem::describe() {
    setAccessibleName(badge_ > 0 ? QStringLiteral("%1, %2").arg(text(), QLocale().toString(badge_)) : text());
    QString tip = collapsed_ ? text() : QString();
    if (!key_.isEmpty()) tip = tip.isEmpty() ? key_ : QStringLiteral("%1 (%2)").arg(tip, key_);
    setToolTip(tip);
}

QSize RailItem::sizeHint() const {
    return {collapsed_ ? size::railCollapsed - 2 * sideGap : size::rail - 2 * sideGap, itemHeight};
}

void RailItem::keyPressEvent(QKeyEvent* event) {
    auto* rail = qobject_cast<Rail*>(parentWidget());
    if (rail != nullptr && (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up)) {
        rail->moveFocus(event->key() == Qt::Key_Down ? 1 : -1);
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

void RailItem::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    const bool selected = isChecked();
    if (selected) {
        paintPanel(painter, rect(), theme.color(Color::BgSelected), {}, radius::control);
    } else if (isDown() || hover_.level() > 0) {
        paintPanel(painter, rect(), isDown() ? theme.color(Color::BgPressed) : blended({}, theme.color(Color::BgHover), hover_.level()), {},
                   radius::control);
    }
    const int iconLeft = collapsed_ ? (width() - size::iconNav) / 2 : space::s2;
    painter.drawPixmap(iconLeft, (height() - size::iconNav) / 2,
                       iconPixmap(iconName_, size::iconNav, theme.color(selected ? Color::AccentText : Color::TextSecondary),
                                  devicePixelRatioF()));
    if (!collapsed_) {
        painter.setFont(theme.font(selected ? TextStyle::Strong : TextStyle::Body));
        painter.setPen(theme.color(selected ? Color::TextPrimary : Color::TextSecondary));
        const QRect area = rect().adjusted(36, 0, badge_ > 0 ? -badgeSize - 2 * sideGap : -sideGap, 0);
        painter.drawText(area, int(Qt::AlignVCenter | Qt::AlignLeft),
                         painter.fontMetrics().elidedText(text(), Qt::ElideRight, area.width()));
    }
    if (badge_ <= 0) return;
    QFont letters = theme.font(TextStyle::Caption);
    letters.setWeight(theme.font(TextStyle::Strong).weight());
    const QString number = QLocale().toString(badge_);
    const int badgeWidth = std::max(badgeSize, QFontMetrics(letters).horizontalAdvance(number) + 10);
    const QRectF badge = collapsed_ ? QRectF(width() - badgeWidth, 0, badgeWidth, badgeSize)
                                    : QRectF(width() - badgeWidth - sideGap, (height() - badgeSize) / 2.0, badgeWidth, badgeSize);
    paintPanel(painter, badge, theme.color(Color::BgPressed), {}, badgeSize / 2.0);
    painter.setFont(letters);
    painter.setPen(theme.color(Color::TextSecondary));
    painter.drawText(badge, Qt::AlignCenter, number);
}

RailPerson::RailPerson(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("rail.person"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    hide();
}

void RailPerson::set(const QString& name, const QString& detail) {
    name_ = name;
    detail_ = detail;
    setAccessibleName(detail.isEmpty() ? name : QStringLiteral("%1, %2").arg(name, detail));
    setVisible(!name.isEmpty());
    setToolTip(accessibleName());
    update();
}

void RailPerson::setCollapsed(bool collapsed) {
    collapsed_ = collapsed;
    update();
}

QSize RailPerson::sizeHint() const {
    return {size::railCollapsed, personHeight};
}

void RailPerson::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, width(), 1), theme.color(Color::BorderSubtle));
    const QRectF avatar(collapsed_ ? (width() - avatarSize) / 2.0 : 14, (height() - avatarSize) / 2.0, avatarSize, avatarSize);
    paintPanel(painter, avatar, theme.color(Color::AccentTint), theme.color(Color::AccentBorder), avatarSize / 2.0);
    QString initials;
    for (const QString& word : name_.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (initials.size() < 2) initials += word[0].toUpper();
    }
    QFont letters = theme.font(TextStyle::Caption);
    letters.setPixelSize(10);
    letters.setWeight(theme.font(TextStyle::Strong).weight());
    painter.setFont(letters);
    painter.setPen(theme.color(Color::AccentText));
    painter.drawText(avatar, Qt::AlignCenter, initials);
    if (collapsed_) return;
    const int left = 48;
    const int room = width() - left - sideGap;
    QFont strong = theme.font(TextStyle::Small);
    strong.setWeight(theme.font(TextStyle::Strong).weight());
    const int top = (height() - (detail_.isEmpty() ? 16 : 32)) / 2;
    painter.setFont(strong);
    painter.setPen(theme.color(Color::TextPrimary));
    painter.drawText(QRect(left, top, room, 16), int(Qt::AlignVCenter | Qt::AlignLeft),
                     painter.fontMetrics().elidedText(name_, Qt::ElideRight, room));
    painter.setFont(theme.font(TextStyle::Caption));
    painter.setPen(theme.color(Color::TextTertiary));
    painter.drawText(QRect(left, top + 16, room, 16), int(Qt::AlignVCenter | Qt::AlignLeft),
                     painter.fontMetrics().elidedText(detail_, Qt::ElideRight, room));
}

Rail::Rail(QWidget* parent) : Panel(Color::BgWindow, parent) {
    setObjectName(QStringLiteral("rail"));
    setEdges(Qt::RightEdge);
    setFixedWidth(size::rail);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 1, 0);
    column->setSpacing(0);

    auto* head = new QHBoxLayout;
    head->setContentsMargins(11, 0, sideGap + 5, 0);
    head->setSpacing(space::s2 - 1);
    mark_ = new Mark(this);
    auto* title = new Text(tr("Gatewarden"), TextStyle::Strong, Color::TextPrimary, this);
    name_ = title;
    menu_ = new IconButton(QStringLiteral("menu"), tr("Menu"), this);
    menu_->setObjectName(QStringLiteral("rail.menu"));
    menu_->setKeyHint(QStringLiteral("F10"));
    head->addWidget(mark_);
    head->addWidget(name_, 1);
    head->addWidget(menu_);
    auto* headRoom = new QWidget(this);
    headRoom->setFixedHeight(size::header);
    headRoom->setLayout(head);
    column->addWidget(headRoom);

    screens_ = new QVBoxLayout;
    screens_->setContentsMargins(sideGap, 0, sideGap, 0);
    screens_->setSpacing(0);
    column->addLayout(screens_);
    column->addStretch(1);
    foot_ = new QVBoxLayout;
    foot_->setContentsMargins(sideGap, 0, sideGap, sideGap);
    foot_->setSpacing(0);
    column->addLayout(foot_);
    person_ = new RailPerson(this);
    column->addWidget(person_);

    connect(mark_, &QAbstractButton::clicked, this, [this] { Q_EMIT menuWanted(mark_); });
    connect(menu_, &QAbstractButton::clicked, this, [this] { Q_EMIT menuWanted(menu_); });
    mark_->setFocusPolicy(Qt::NoFocus);
}

void Rail::paintEvent(QPaintEvent* event) {
    Panel::paintEvent(event);
    // The chosen screen's bar lies at the window's very edge, beside the item.
    for (const RailItem* item : items_) {
        if (!item->isChecked()) continue;
        QPainter painter(this);
        const int height = 20;
        const QRectF bar(-3, item->y() + (item->height() - height) / 2, 6, height);
        paintPanel(painter, bar, Theme::of(this).color(Color::AccentFill), {}, 2);
    }
}

RailItem* Rail::addItem(const QString& id, const QString& title, const QString& iconName) {
    auto* made = new RailItem(id, title, iconName, this);
    made->setCollapsed(collapsed_);
    connect(made, &QAbstractButton::clicked, this, [this, id] { Q_EMIT chosen(id); });
    const int section = sectionOf(id);
    if (section == settingsSection) {
        foot_->addWidget(made);
        items_.push_back(made);
        return made;
    }
    if (lastSection_ >= 0 && section != lastSection_) screens_->addSpacing(space::s3);
    lastSection_ = section;
    screens_->addWidget(made);
    const auto firstFoot =
        std::find_if(items_.begin(), items_.end(), [](const RailItem* item) { return sectionOf(item->id()) == settingsSection; });
    items_.insert(firstFoot, made);
    return made;
}

RailItem* Rail::item(const QString& id) const {
    const auto found = std::find_if(items_.begin(), items_.end(), [&id](const RailItem* item) { return item->id() == id; });
    return found == items_.end() ? nullptr : *found;
}

void Rail::setCurrent(const QString& id) {
    if (RailItem* wanted = item(id)) wanted->setChecked(true);
    update();
}

void Rail::setBadge(const QString& id, int count) {
    if (RailItem* wanted = item(id)) wanted->setBadge(count);
}

void Rail::setPerson(const QString& name, const QString& detail) {
    person_->set(name, detail);
}

void Rail::setCollapsed(bool collapsed) {
    if (collapsed == collapsed_) return;
    collapsed_ = collapsed;
    setFixedWidth(collapsed ? size::railCollapsed : size::rail);
    name_->setVisible(!collapsed);
    menu_->setVisible(!collapsed);
    mark_->setFocusPolicy(collapsed ? Qt::StrongFocus : Qt::NoFocus);
    person_->setCollapsed(collapsed);
    for (RailItem* item : items_) item->setCollapsed(collapsed);
}

void Rail::moveFocus(int step) {
    const auto focused = std::find_if(items_.begin(), items_.end(), [](const RailItem* item) { return item->hasFocus(); });
    if (focused == items_.end()) return;
    const auto count = static_cast<std::ptrdiff_t>(items_.size());
    const auto next = (focused - items_.begin() + step + count) % count;
    items_[static_cast<std::size_t>(next)]->setFocus(Qt::TabFocusReason);
}

} // namespace gw::ui
