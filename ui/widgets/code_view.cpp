#include "ui/widgets/code_view.h"

#include "ui/style/focus_ring.h"
#include "ui/widgets/clipboard.h"
#include "ui/widgets/code_highlight.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <cmath>

namespace gw::ui {
namespace {

constexpr int sidePadding = 10;
constexpr int topPadding = 8;
constexpr QChar wrapMark(0x21AA);

int lineHeight() {
    return type::code.line;
}

} // namespace

CodeView::CodeView(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setFocusRingRadius(this, radius::control);
    setCursor(Qt::IBeamCursor);
    setFont(Theme::of(this).font(TextStyle::Code));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&Theme::of(this), &Theme::changed, this, &CodeView::refresh);
}

void CodeView::setCode(const QString& code) {
    code_ = code;
    anchor_ = cursor_ = 0;
    setAccessibleDescription(code);
    refresh();
    updateGeometry();
}

void CodeView::setHighlighted(bool highlighted) {
    highlighted_ = highlighted;
    refresh();
}

void CodeView::setQuietFrom(int line) {
    quietFrom_ = line;
    refresh();
}

void CodeView::setCornerRoom(int width) {
    cornerRoom_ = width;
    refresh();
    updateGeometry();
}

std::vector<CodeView::Line> CodeView::layOut(int width) const {
    const Theme& theme = Theme::of(this);
    const QFontMetricsF metrics(font());
    const qreal above = std::floor((lineHeight() - metrics.height()) / 2);
    const qreal indent = std::ceil(2 * metrics.horizontalAdvance(u'0'));
    std::vector<Line> lines;
    qreal y = topPadding;
    qsizetype start = 0;
    const QStringList paragraphs = code_.split(u'\n');
    for (int number = 0; number < paragraphs.size(); ++number) {
        const QString& text = paragraphs[number];
        Line line{start, std::make_unique<QTextLayout>(text, font()), y};
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        line.layout->setTextOption(option);
        QList<QTextLayout::FormatRange> formats;
        const auto ink = [&](qsizetype from, qsizetype length, Color color) {
            QTextLayout::FormatRange range;
            range.start = static_cast<int>(from);
            range.length = static_cast<int>(length);
            range.format.setForeground(theme.color(color));
            formats.append(range);
        };
        if (quietFrom_ >= 0 && number >= quietFrom_) {
            ink(0, text.size(), Color::TextTertiary);
        } else if (highlighted_) {
            for (const CodeSpan& span : highlight(text)) ink(span.start, span.length, span.color);
        }
        line.layout->setFormats(formats);
        line.layout->beginLayout();
        bool continued = false;
        for (QTextLine row = line.layout->createLine(); row.isValid(); row = line.layout->createLine()) {
            const int corner = number == 0 && !continued ? cornerRoom_ : 0;
            const qreal left = sidePadding + (continued ? indent : 0);
            row.setLineWidth(std::max(metrics.horizontalAdvance(u'0'), width - left - sidePadding - corner));
            row.setPosition(QPointF(left, y + above));
            y += lineHeight();
            continued = true;
        }
        line.layout->endLayout();
        lines.push_back(std::move(line));
        start += text.size() + 1;
    }
    return lines;
}

void CodeView::refresh() {
    lines_ = layOut(width());
    // Not every layout asks for the height at a width; a cut line would be worse than a layout pass more.
    setMinimumHeight(heightForWidth(width()));
    update();
}

int CodeView::heightForWidth(int width) const {
    int rows = 0;
    for (const Line& line : layOut(width)) rows += line.layout->lineCount();
    return 2 * topPadding + rows * lineHeight();
}

QSize CodeView::sizeHint() const {
    const QFontMetricsF metrics(font());
    qreal widest = 0;
    const QStringList paragraphs = code_.split(u'\n');
    for (const QString& text : paragraphs) widest = std::max(widest, metrics.horizontalAdvance(text));
    const int wanted = std::min(static_cast<int>(std::ceil(widest)) + 2 * sidePadding + cornerRoom_ + 1, 480);
    return {wanted, heightForWidth(wanted)};
}

QSize CodeView::minimumSizeHint() const {
    return {160, 2 * topPadding + lineHeight()};
}

QString CodeView::selectedText() const {
    return code_.mid(std::min(anchor_, cursor_), std::abs(anchor_ - cursor_));
}

void CodeView::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.setFont(font());
    const qsizetype from = std::min(anchor_, cursor_);
    const qsizetype to = std::max(anchor_, cursor_);
    for (const Line& line : lines_) {
        QList<QTextLayout::FormatRange> selections;
        const qsizetype begin = std::max(from - line.start, qsizetype(0));
        const qsizetype end = std::min(to - line.start, line.layout->text().size());
        if (begin < end) {
            QTextLayout::FormatRange range;
            range.start = static_cast<int>(begin);
            range.length = static_cast<int>(end - begin);
            range.format.setBackground(theme.color(Color::BgSelected));
            selections.append(range);
        }
        painter.setPen(theme.color(Color::TextPrimary));
        line.layout->draw(&painter, QPointF(), selections);
        painter.setPen(theme.color(Color::TextTertiary));
        for (int row = 1; row < line.layout->lineCount(); ++row) {
            painter.drawText(QRectF(sidePadding, line.top + row * lineHeight(), 2 * sidePadding, lineHeight()),
                             Qt::AlignLeft | Qt::AlignVCenter, wrapMark);
        }
    }
}

void CodeView::resizeEvent(QResizeEvent*) {
    refresh();
}

qsizetype CodeView::positionAt(const QPointF& point) const {
    for (const Line& line : lines_) {
        for (int row = 0; row < line.layout->lineCount(); ++row) {
            const qreal bottom = line.top + (row + 1) * lineHeight();
            if (point.y() < bottom) return line.start + line.layout->lineAt(row).xToCursor(point.x());
        }
    }
    return code_.size();
}

void CodeView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    cursor_ = positionAt(event->position());
    if (!(event->modifiers() & Qt::ShiftModifier)) anchor_ = cursor_;
    update();
}

void CodeView::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton)) return;
    cursor_ = positionAt(event->position());
    update();
}

void CodeView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::SelectAll)) {
        anchor_ = 0;
        cursor_ = code_.size();
        update();
    } else if (event->matches(QKeySequence::Copy) && anchor_ != cursor_) {
        copyText(selectedText(), false);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void CodeView::focusOutEvent(QFocusEvent* event) {
    // A popup or another window keeps the selection, another part of this window does not.
    if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason) anchor_ = cursor_;
    QWidget::focusOutEvent(event);
    update();
}

} // namespace gw::ui
