#include "ui/widgets/text.h"

#include "ui/style/paint.h"

#include <QHelpEvent>
#include <QPainter>
#include <QTextLayout>
#include <QToolTip>

#include <cmath>

namespace gw::ui {

Text::Text(const QString& text, TextStyle style, Color color, QWidget* parent)
    : QLabel(parent), style_(style), color_(color), fullText_(text) {
    setTextFormat(Qt::PlainText);
    setText(text);
    applyTheme();
    connect(&Theme::of(this), &Theme::changed, this, &Text::applyTheme);
}

void Text::setStyleToken(TextStyle style) {
    if (style_ == style) return;
    style_ = style;
    applyTheme();
    updateGeometry();
}

void Text::setColorToken(Color color) {
    if (color_ == color) return;
    color_ = color;
    applyTheme();
}

void Text::setElide(Qt::TextElideMode mode) {
    elide_ = mode;
    updateGeometry();
    update();
}

void Text::setFullText(const QString& text) {
    if (fullText_ == text && QLabel::text() == text) return;
    fullText_ = text;
    setText(text);
}

void Text::setHeavy(bool heavy) {
    heavy_ = heavy;
    applyTheme();
    updateGeometry();
}

void Text::setTabular(bool tabular) {
    tabular_ = tabular;
    updateGeometry();
    update();
}

void Text::applyTheme() {
    const Theme& theme = Theme::of(this);
    QFont letters = theme.font(style_);
    if (heavy_) letters.setWeight(theme.font(TextStyle::Strong).weight());
    setFont(letters);
    QPalette colors;
    colors.setColor(QPalette::WindowText, theme.color(color_));
    colors.setColor(QPalette::Disabled, QPalette::WindowText, theme.color(Color::TextDisabled));
    colors.setColor(QPalette::Link, theme.color(Color::AccentText));
    setPalette(colors);
}

bool Text::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && elide_ != Qt::ElideNone && toolTip().isEmpty()) {
        if (QFontMetrics(font()).horizontalAdvance(text()) > contentsRect().width()) {
            QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), text(), this);
            return true;
        }
    }
    return QLabel::event(event);
}

bool Text::ownWrapping() const {
    return wordWrap() && textFormat() == Qt::PlainText &&
           !(textInteractionFlags() & (Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard));
}

int Text::layOut(int width, QPainter* painter) const {
    const int line = Theme::lineHeight(style_);
    const QFontMetricsF metrics(font());
    const qreal above = std::floor((line - metrics.ascent() - metrics.descent()) / 2);
    const QRect area = contentsRect();
    qreal y = area.top();
    int lines = 0;
    for (const QString& paragraph : text().split(QLatin1Char('\n'))) {
        QTextLayout layout(paragraph, font());
        QTextOption option(alignment() & Qt::AlignHorizontal_Mask);
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        layout.beginLayout();
        for (QTextLine next = layout.createLine(); next.isValid(); next = layout.createLine()) {
            next.setLineWidth(std::max(1, width));
            next.setPosition(QPointF(0, y + above));
            y += line;
            ++lines;
        }
        layout.endLayout();
        if (painter != nullptr) layout.draw(painter, QPointF(area.left(), 0));
    }
    return lines * line;
}

QSize Text::sizeHint() const {
    const int line = Theme::lineHeight(style_);
    const QMargins margins = contentsMargins();
    if (ownWrapping()) {
        // As QLabel does: a shape that is readable, until the layout gives a width.
        const int wanted = std::min(QFontMetrics(font()).size(0, text()).width() + 1, 420);
        return {wanted + margins.left() + margins.right(), layOut(wanted, nullptr) + margins.top() + margins.bottom()};
    }
    QSize hint = QLabel::sizeHint();
    if (tabular_) hint.setWidth(static_cast<int>(std::ceil(tabularWidth(font(), text()))) + 1 + margins.left() + margins.right());
    return hint.expandedTo({0, line + margins.top() + margins.bottom()});
}

QSize Text::minimumSizeHint() const {
    const int line = Theme::lineHeight(style_);
    if (elide_ != Qt::ElideNone) return {QFontMetrics(font()).horizontalAdvance(QStringLiteral("xx…")), line};
    if (ownWrapping()) return {std::min(sizeHint().width(), 120), line};
    return QLabel::minimumSizeHint().expandedTo({0, line});
}

int Text::heightForWidth(int width) const {
    if (!ownWrapping()) return QLabel::heightForWidth(width);
    const QMargins margins = contentsMargins();
    return layOut(width - margins.left() - margins.right(), nullptr) + margins.top() + margins.bottom();
}

void Text::paintEvent(QPaintEvent* event) {
    const bool plain =
        !(textInteractionFlags() & (Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard)) && pixmap().isNull();
    if (!plain || (!ownWrapping() && !tabular_ && elide_ == Qt::ElideNone)) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    painter.setFont(font());
    painter.setPen(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::WindowText));
    if (tabular_) {
        paintTabular(painter, contentsRect(), alignment(), text());
    } else if (ownWrapping()) {
        layOut(contentsRect().width(), &painter);
    } else {
        const QRect area = contentsRect();
        painter.drawText(area, int(alignment()), painter.fontMetrics().elidedText(text(), elide_, area.width()));
    }
}

} // namespace gw::ui
