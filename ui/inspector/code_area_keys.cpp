// The hands on a CodeArea: keyboard, mouse, menu.
#include "ui/inspector/code_area.h"
#include "ui/inspector/code_area_metrics.h"

#include <QContextMenuEvent>
#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace gw::ui {

qreal CodeArea::partWidth(const CodePart& part) const {
    // The code font is fixed for ASCII only: other scripts come from other fonts.
    const bool plain = std::all_of(part.text.begin(), part.text.end(), [](QChar letter) { return letter.unicode() < 0x7F; });
    return plain ? static_cast<qreal>(part.text.size()) * cell_ : QFontMetricsF(code_).horizontalAdvance(part.text);
}

qreal CodeArea::xOf(const CodeRow& row, std::uint32_t offset) const {
    qreal x = textLeft() + row.indent * cell_;
    for (const CodePart& part : row.parts) {
        if (offset < part.bytes.end || (offset == part.bytes.end && &part == &row.parts.back())) {
            CodePart before = part;
            before.text.truncate(columnsBefore(part, source_->bytes(), offset));
            return x + partWidth(before);
        }
        x += partWidth(part);
    }
    return x;
}

std::uint32_t CodeArea::offsetAtX(int index, qreal x) const {
    const CodeRow row = source_->row(index);
    const inspect::Range range = source_->rowRange(index);
    x += horizontalScrollBar()->value() - textLeft() - row.indent * cell_;
    if (row.parts.empty()) return range.begin;
    for (const CodePart& part : row.parts) {
        const qreal width = partWidth(part);
        if (x < width) {
            int columns = static_cast<int>(std::lround(x / std::max(1.0, width) * static_cast<qreal>(part.text.size())));
            columns = std::clamp(columns, 0, static_cast<int>(part.text.size()));
            return offsetAt(part, source_->bytes(), columns);
        }
        x -= width;
    }
    // Behind the last character, but still in this row.
    return std::min(row.parts.back().bytes.end, range.end > range.begin && index + 1 < rowCount() ? range.end - 1 : range.end);
}

std::uint32_t CodeArea::offsetAtPoint(const QPoint& point) const {
    const int row = (point.y() + verticalScrollBar()->value() - code::top) / code::rowHeight;
    return offsetAtX(std::clamp(row, 0, std::max(0, rowCount() - 1)), point.x());
}

std::uint32_t CodeArea::stepped(std::uint32_t offset, int step) const {
    const std::string_view bytes = source_->bytes();
    if (step > 0) return offset < bytes.size() ? offset + codePointLength(bytes, offset) : offset;
    if (offset == 0) return 0;
    std::uint32_t at = offset - 1;
    while (at > 0 && offset - at < 4 && (static_cast<unsigned char>(bytes[at]) & 0xC0) == 0x80) --at;
    return at;
}

void CodeArea::moveTo(std::uint32_t offset, bool select, bool keepX) {
    if (!source_) return;
    caret_ = std::min(offset, static_cast<std::uint32_t>(source_->bytes().size()));
    if (!select) anchor_ = caret_;
    if (!keepX) wantedX_ = -1;
    ensureSeen();
    viewport()->update();
    tell();
}

void CodeArea::moveRows(int rows, bool select) {
    const int from = caretRow();
    if (wantedX_ < 0) wantedX_ = xOf(source_->row(from), caret_);
    const int to = std::clamp(from + rows, 0, rowCount() - 1);
    moveTo(offsetAtX(to, wantedX_ - horizontalScrollBar()->value()), select, true);
}

void CodeArea::ensureSeen() {
    const QRect area = rowRect(caretRow());
    QScrollBar* vertical = verticalScrollBar();
    if (area.top() < code::top) vertical->setValue(vertical->value() + area.top() - code::top);
    if (area.bottom() > viewport()->height() - code::top) vertical->setValue(vertical->value() + area.bottom() - viewport()->height() + code::top);
    QScrollBar* horizontal = horizontalScrollBar();
    if (horizontal->maximum() == 0) return;
    const int x = static_cast<int>(xOf(source_->row(caretRow()), caret_)) - horizontal->value();
    if (x < textLeft()) horizontal->setValue(horizontal->value() + x - textLeft());
    if (x > viewport()->width() - code::textGap) horizontal->setValue(horizontal->value() + x - viewport()->width() + 4 * code::textGap);
}

void CodeArea::toggleFold(std::uint32_t offset) {
    auto other = source_ ? source_->toggled(offset) : nullptr;
    if (!other) return;
    const int before = rowRect(caretRow()).top();
    swapSource(std::move(other));
    verticalScrollBar()->setValue(code::top + source_->rowOf(caret_) * code::rowHeight - before);
}

void CodeArea::selectPart(std::uint32_t offset) {
    const CodeRow row = source_->row(source_->rowOf(offset));
    for (const CodePart& part : row.parts)
        if (part.bytes.holds(offset)) {
            anchor_ = part.bytes.begin;
            return moveTo(part.bytes.end, true);
        }
}

void CodeArea::keyPressEvent(QKeyEvent* event) {
    if (!source_) return QAbstractScrollArea::keyPressEvent(event);
    const bool select = event->modifiers() & Qt::ShiftModifier;
    const bool control = event->modifiers() & Qt::ControlModifier;
    const bool alt = event->modifiers() & Qt::AltModifier;
    const auto range = source_->rowRange(caretRow());
    const int page = std::max(1, viewport()->height() / code::rowHeight - 1);
    if (event->matches(QKeySequence::Copy)) return copy();
    if (event->matches(QKeySequence::SelectAll)) return selectAll();
    if (event->matches(QKeySequence::Find)) return Q_EMIT findWanted();
    if (event->matches(QKeySequence::FindNext)) return findStep(1);
    if (event->matches(QKeySequence::FindPrevious)) return findStep(-1);
    switch (event->key()) {
    case Qt::Key_Down:
        if (!alt) return moveRows(1, select);
        if (const auto next = source_->shading().nextChange(caret_)) moveTo(*next, select);
        return;
    case Qt::Key_Up:
        if (!alt) return moveRows(-1, select);
        if (const auto before = source_->shading().previousChange(caret_)) moveTo(*before, select);
        return;
    case Qt::Key_PageDown: return moveRows(page, select);
    case Qt::Key_PageUp: return moveRows(-page, select);
    case Qt::Key_Home: return moveTo(control ? 0 : range.begin, select);
    case Qt::Key_End:
        return moveTo(control ? static_cast<std::uint32_t>(source_->bytes().size()) : caretRow() + 1 < rowCount() ? stepped(range.end, -1) : range.end,
                      select);
    case Qt::Key_Right:
        if (alt) break;
        return moveTo(!select && !selection().empty() ? selection().end : stepped(caret_, 1), select);
    case Qt::Key_Left:
        if (alt) break;
        return moveTo(!select && !selection().empty() ? selection().begin : stepped(caret_, -1), select);
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space: return toggleFold(caret_);
    case Qt::Key_Escape:
        if (selection().empty()) break;
        anchor_ = caret_;
        return viewport()->update();
    default: break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void CodeArea::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !source_) return;
    dragging_ = true;
    const std::uint32_t offset = offsetAtPoint(event->position().toPoint());
    moveTo(offset, event->modifiers() & Qt::ShiftModifier);
    if (event->position().x() < textLeft() - code::textGap) {
        const auto range = source_->rowRange(source_->rowOf(offset));
        anchor_ = range.begin;
        caret_ = range.end;
        viewport()->update();
    }
}

void CodeArea::mouseMoveEvent(QMouseEvent* event) {
    if (!dragging_) return;
    moveTo(offsetAtPoint(event->position().toPoint()), true);
    if (!dragScroll_.isActive()) dragScroll_.start(40, this);
}

void CodeArea::mouseReleaseEvent(QMouseEvent*) {
    dragging_ = false;
    dragScroll_.stop();
}

void CodeArea::timerEvent(QTimerEvent* event) {
    if (event->timerId() != dragScroll_.timerId()) return QAbstractScrollArea::timerEvent(event);
    const QPoint at = viewport()->mapFromGlobal(QCursor::pos());
    if (at.y() < 0 || at.y() > viewport()->height()) moveRows(at.y() < 0 ? -1 : 1, true);
}

void CodeArea::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !source_) return;
    const std::uint32_t offset = offsetAtPoint(event->position().toPoint());
    const CodeRow row = source_->row(source_->rowOf(offset));
    const bool folded = std::any_of(row.parts.begin(), row.parts.end(), [offset](const CodePart& part) { return part.stride < 0 && part.bytes.holds(offset); });
    if (folded)
        toggleFold(offset);
    else
        selectPart(offset);
}

void CodeArea::contextMenuEvent(QContextMenuEvent* event) {
    if (!source_) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& name, const QString& words, const QKeySequence& keys, auto run) {
        QAction* action = menu->addAction(words, this, run);
        action->setObjectName(objectName() + QLatin1Char('.') + name);
        action->setShortcut(keys);
        return action;
    };
    add(QStringLiteral("copy"), selection().empty() ? tr("Copy the line") : tr("Copy"), QKeySequence::Copy, [this] { copy(); });
    add(QStringLiteral("select-all"), tr("Select all"), QKeySequence::SelectAll, [this] { selectAll(); });
    menu->addSeparator();
    add(QStringLiteral("find"), tr("Find"), QKeySequence::Find, [this] { Q_EMIT findWanted(); });
    if (source_->toggled(caret_)) add(QStringLiteral("fold"), tr("Show in full or abbreviate"), QKeySequence(Qt::Key_Return), [this] { toggleFold(caret_); });
    menu->popup(event->globalPos());
}

void CodeArea::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void CodeArea::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace gw::ui
