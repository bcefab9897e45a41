#include "ui/widgets/button.h"

#include "ui/style/focus_ring.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QPainter>

namespace gw::ui {
namespace {

constexpr int keyGap = space::s2 + 2;

struct Metrics {
    int height;
    int padding;
    int iconGap;
};

Metrics metricsOf(ButtonSize size) {
    switch (size) {
    case ButtonSize::Small:
        return {size::controlSmall, 9, 6};
    case ButtonSize::Large:
        return {size::controlLarge, 17, space::s2};
    case ButtonSize::Normal:
        break;
    }
    return {size::control, 13, 7};
}

ButtonState stateOf(const QAbstractButton& button) {
    return {button.isEnabled(), button.underMouse(), button.isDown(), button.isChecked()};
}

} // namespace

Button::Button(const QString& text, const QString& iconName, ButtonKind kind, QWidget* parent)
    : QPushButton(text, parent), iconName_(iconName), kind_(kind) {
    setAutoDefault(false);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
}

void Button::setSize(ButtonSize size) {
    size_ = size;
    updateGeometry();
    update();
}

void Button::setKind(ButtonKind kind) {
    kind_ = kind;
    update();
}

void Button::setKeyHint(const QString& key) {
    keyHint_ = key;
    updateGeometry();
    update();
}

void Button::setIconName(const QString& iconName) {
    iconName_ = iconName;
    updateGeometry();
    update();
}

QFont Button::textFont() const {
    QFont result = font();
    if (size_ == ButtonSize::Small) result.setPixelSize(type::small.px);
    if (size_ == ButtonSize::Large) result.setPixelSize(type::body.px + 1);
    return result;
}

QSize Button::sizeHint() const {
    const Metrics metrics = metricsOf(size_);
    int width = 2 * metrics.padding;
    if (!iconName_.isEmpty()) width += size::icon + (text().isEmpty() ? 0 : metrics.iconGap);
    width += QFontMetrics(textFont()).size(Qt::TextShowMnemonic, text()).width();
    if (!keyHint_.isEmpty()) {
        width += keyGap + QFontMetrics(Theme::of(this).font(TextStyle::Caption)).horizontalAdvance(keyHint_);
    }
    return {width, metrics.height};
}

QSize Button::minimumSizeHint() const {
    return sizeHint();
}

void Button::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    const Metrics metrics = metricsOf(size_);
    const ButtonLook look = buttonLook(kind_, stateOf(*this), hover_.level(), theme);
    QPainter painter(this);
    paintPanel(painter, rect(), look.fill, look.border, radius::control);

    const QSize hint = sizeHint();
    int x = metrics.padding + (width() - hint.width()) / 2;
    if (!iconName_.isEmpty()) {
        painter.drawPixmap(x, (height() - size::icon) / 2, iconPixmap(iconName_, size::icon, look.ink, devicePixelRatioF()));
        x += size::icon + metrics.iconGap;
    }
    painter.setFont(textFont());
    painter.setPen(look.ink);
    const int textWidth = painter.fontMetrics().size(Qt::TextShowMnemonic, text()).width();
    painter.drawText(QRect(x, 0, textWidth + 1, height()), int(Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic), text());
    if (keyHint_.isEmpty()) return;
    QFont quiet = theme.font(TextStyle::Caption);
    quiet.setWeight(QFont::Normal);
    painter.setFont(quiet);
    painter.setPen(look.hint);
    painter.drawText(QRect(x + textWidth + keyGap, 0, width(), height()), int(Qt::AlignVCenter | Qt::AlignLeft), keyHint_);
}

IconButton::IconButton(const QString& iconName, const QString& name, QWidget* parent)
    : QToolButton(parent), iconName_(iconName), name_(name) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    applyTip();
}

void IconButton::setIconName(const QString& iconName) {
    iconName_ = iconName;
    update();
}

void IconButton::setName(const QString& name) {
    name_ = name;
    applyTip();
}

void IconButton::setKeyHint(const QString& key) {
    keyHint_ = key;
    applyTip();
}

void IconButton::setColorToken(Color color) {
    color_ = color;
    update();
}

void IconButton::applyTip() {
    setAccessibleName(name_);
    setToolTip(keyHint_.isEmpty() ? name_ : QStringLiteral("%1 (%2)").arg(name_, keyHint_));
}

QSize IconButton::sizeHint() const {
    return {size::control - 2, size::control - 2};
}

void IconButton::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    const ButtonLook look = buttonLook(ButtonKind::Ghost, stateOf(*this), hover_.level(), theme);
    QPainter painter(this);
    paintPanel(painter, rect(), look.fill, {}, radius::control);
    QColor ink = theme.color(isEnabled() ? color_ : Color::TextDisabled);
    if (isChecked()) ink = look.ink;
    painter.drawPixmap((width() - size::icon) / 2, (height() - size::icon) / 2,
                       iconPixmap(iconName_, size::icon, ink, devicePixelRatioF()));
}

LinkLabel::LinkLabel(const QString& text, QWidget* parent) : QAbstractButton(parent) {
    setText(text);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFont(Theme::of(this).font(TextStyle::Small));
}

void LinkLabel::setColorToken(Color color) {
    color_ = color;
    update();
}

void LinkLabel::setUnderlined(bool always) {
    underlined_ = always;
    update();
}

QSize LinkLabel::sizeHint() const {
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(text()) + 2, std::max(metrics.height(), Theme::lineHeight(TextStyle::Body))};
}

void LinkLabel::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    QFont letters = font();
    letters.setUnderline(underlined_ || underMouse() || hasFocus());
    painter.setFont(letters);
    painter.setPen(theme.color(isEnabled() ? color_ : Color::TextDisabled));
    painter.drawText(rect().adjusted(1, 0, 0, 0), int(Qt::AlignVCenter | Qt::AlignLeft), text());
}

void LinkLabel::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

KeyHints::KeyHints(std::vector<Hint> hints, QWidget* parent) : QWidget(parent), hints_(std::move(hints)) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    QStringList words;
    for (const Hint& hint : hints_) words.append(QStringLiteral("%1: %2").arg(hint.key, hint.text));
    setAccessibleName(words.join(QStringLiteral(", ")));
}

QSize KeyHints::sizeHint() const {
    const Theme& theme = Theme::of(this);
    const QFontMetrics metrics(theme.font(TextStyle::Small));
    int width = 0;
    for (const Hint& hint : hints_)
        width += keyCapWidth(hint.key, theme) + space::s2 + metrics.horizontalAdvance(hint.text) + space::s4;
    return {width, size::controlSmall};
}

void KeyHints::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    int x = 0;
    for (const Hint& hint : hints_) {
        painter.setFont(theme.font(TextStyle::Small));
        const int cap = keyCapWidth(hint.key, theme);
        const int words = painter.fontMetrics().horizontalAdvance(hint.text);
        // Whole or not at all.
        if (x + cap + space::s2 + words > this->width()) break;
        paintKeyCap(painter, x + cap, height() / 2, hint.key, theme);
        x += cap + space::s2;
        painter.setFont(theme.font(TextStyle::Small));
        painter.setPen(theme.color(Color::TextSecondary));
        painter.drawText(QRect(x, 0, words + 1, height()), int(Qt::AlignVCenter | Qt::AlignLeft), hint.text);
        x += words + space::s4;
    }
}

} // namespace gw::ui
