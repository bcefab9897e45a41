#include "ui/review/table_view.h"

#include "ui/review/table_ink.h"

#include <QAccessible>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace gw::ui {
namespace {

constexpr int gap = space::s4; // between columns, and at the edges

} // namespace

TableView::TableView(const QString& accessibleName, QWidget* parent) : QAbstractScrollArea(parent) {
    registerTableAccessible();
    setAccessibleName(accessibleName);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        ink_.reset();
        viewport()->update();
    });
}

TableView::~TableView() = default;

void TableView::setTable(const items::Table* table, std::vector<ViewColumn> columns, UtcTime now) {
    table_ = table;
    columns_ = std::move(columns);
    now_ = now;
    current_ = hovered_ = anchor_ = -1;
    selected_ = items::RowSet(table_ == nullptr ? 0 : table_->rows());
    selectedCount_ = 0;
    shown_ = {};
    layOutColumns();
    show({}, std::nullopt, std::nullopt);
}

void TableView::showColumn(const QString& id, bool shown) {
    for (ViewColumn& column : columns_)
        if (column.id == id) column.shown = shown;
    layOutColumns();
    viewport()->update();
}

void TableView::layOutColumns() {
    placed_.clear();
    std::vector<const ViewColumn*> fitting;
    int needed = gap;
    for (const ViewColumn& column : columns_)
        if (column.shown) {
            fitting.push_back(&column);
            needed += column.least + gap;
        }
    const int width = viewport()->width();
    while (needed > width && !fitting.empty()) {
        const auto last = std::max_element(fitting.begin(), fitting.end(), [](const auto* a, const auto* b) { return a->rank < b->rank; });
        if ((*last)->rank == 0) break;
        needed -= (*last)->least + gap;
        fitting.erase(last);
    }
    int shares = 0;
    for (const ViewColumn* column : fitting) shares += column->share;
    int extra = std::max(0, width - needed);
    int left = gap;
    for (const ViewColumn* column : fitting) {
        const int more = shares > 0 ? extra * column->share / shares : 0;
        extra -= more;
        shares -= column->share;
        placed_.push_back({column, QRect(left, 0, column->least + more, 1)});
        left += column->least + more + gap;
    }
}

void TableView::show(items::Shown shown, std::optional<items::SortKey> sorted, std::optional<std::size_t> grouped) {
    const auto kept = current();
    shown_ = std::move(shown);
    sorted_ = sorted;
    grouped_ = grouped;
    layOutLines();
    hovered_ = -1;
    current_ = kept ? lineOfRow(*kept) : -1;
    if (current_ < 0) {
        current_ = 0;
        while (current_ < lineCount() && !rowOf(current_)) ++current_;
        if (current_ >= lineCount()) current_ = lineCount() > 0 ? 0 : -1;
        verticalScrollBar()->setValue(0);
    } else {
        ensureVisible(current_);
    }
    anchor_ = current_;
    keepSelected();
    viewport()->update();
    if (current() != kept) Q_EMIT currentChanged();
}

void TableView::layOutLines() {
    groupLines_.clear();
    groupOpen_.clear();
    lineTotal_ = 0;
    if (shown_.groups.empty()) {
        lineTotal_ = shown_.rows.size();
    } else {
        for (const items::RowGroup& group : shown_.groups) {
            const bool open = closed_.empty() || !groupTitle_ || !closed_.contains(groupTitle_(group.first));
            groupLines_.push_back(static_cast<std::uint32_t>(lineTotal_));
            groupOpen_.push_back(open ? 1 : 0);
            lineTotal_ += 1 + (open ? group.end - group.begin : 0);
        }
    }
    updateScrollBar();
}

TableView::Line TableView::lineOf(int line) const {
    if (groupLines_.empty()) return {-1, static_cast<std::uint32_t>(line)};
    const auto after = std::upper_bound(groupLines_.begin(), groupLines_.end(), static_cast<std::uint32_t>(line));
    const auto group = static_cast<std::size_t>(after - groupLines_.begin()) - 1;
    const std::uint32_t within = static_cast<std::uint32_t>(line) - groupLines_[group];
    if (within == 0) return {static_cast<int>(group), std::nullopt};
    return {static_cast<int>(group), shown_.groups[group].begin + within - 1};
}

std::optional<std::uint32_t> TableView::rowOf(int line) const {
    if (line < 0 || line >= lineCount()) return std::nullopt;
    const Line at = lineOf(line);
    return at.at ? std::optional(shown_.rows[*at.at]) : std::nullopt;
}

int TableView::lineOfRow(std::uint32_t row) const {
    const auto found = std::find(shown_.rows.begin(), shown_.rows.end(), row);
    if (found == shown_.rows.end()) return -1;
    const auto at = static_cast<std::uint32_t>(found - shown_.rows.begin());
    if (groupLines_.empty()) return static_cast<int>(at);
    for (std::size_t i = 0; i < shown_.groups.size(); ++i)
        if (at >= shown_.groups[i].begin && at < shown_.groups[i].end)
            return groupOpen_[i] != 0 ? static_cast<int>(groupLines_[i] + 1 + at - shown_.groups[i].begin) : -1;
    return -1;
}

bool TableView::isOpen(int line) const {
    const Line at = lineOf(line);
    return at.group < 0 || groupOpen_[static_cast<std::size_t>(at.group)] != 0;
}

int TableView::lineAt(int y) const {
    if (y < size::tableHeader) return -1;
    const int line = (y - size::tableHeader + verticalScrollBar()->value()) / size::row;
    return line < lineCount() ? line : -1;
}

QRect TableView::lineRect(int line) const {
    return {0, size::tableHeader + line * size::row - verticalScrollBar()->value(), viewport()->width(), size::row};
}

QRect TableView::headRect(const QString& id) const {
    for (const Placed& placed : placed_)
        if (placed.column->id == id) return {placed.area.left(), 0, placed.area.width(), size::tableHeader};
    return {};
}

QString TableView::rowText(std::uint32_t row) const {
    QStringList cells;
    for (const ViewColumn& column : columns_)
        if (column.shown) cells.append(cellWords(row, column));
    return cells.join(QLatin1Char('\t'));
}

QString TableView::lineText(int line) const {
    const Line at = lineOf(line);
    if (!at.at) {
        const auto& group = shown_.groups[static_cast<std::size_t>(at.group)];
        return tr("%1, %n row(s)", nullptr, static_cast<int>(group.end - group.begin)).arg(groupTitle_ ? groupTitle_(group.first) : QString());
    }
    QStringList parts;
    for (const Placed& placed : placed_) {
        const QString words = cellWords(shown_.rows[*at.at], *placed.column);
        if (words.isEmpty()) continue;
        const bool named = placed.column->look == CellLook::Severity || placed.column->title.isEmpty();
        parts.append(named ? words : QStringLiteral("%1 %2").arg(placed.column->title, words));
    }
    return parts.join(QStringLiteral(", "));
}

std::optional<std::uint32_t> TableView::current() const {
    return rowOf(current_);
}

void TableView::setCurrentLine(int line) {
    if (line < 0 || line >= lineCount()) return;
    anchor_ = line;
    clearSelection();
    moveTo(line);
}

void TableView::moveTo(int line) {
    if (line < 0 || line >= lineCount() || line == current_) return;
    viewport()->update(lineRect(current_));
    current_ = line;
    viewport()->update(lineRect(line));
    ensureVisible(line);
    if (QAccessible::isActive()) {
        QAccessibleEvent event(this, QAccessible::Focus);
        event.setChild(line);
        QAccessible::updateAccessibility(&event);
    }
    Q_EMIT currentChanged();
}

bool TableView::setCurrent(std::uint32_t row) {
    const int line = lineOfRow(row);
    setCurrentLine(line);
    return line >= 0;
}

void TableView::moveCurrent(int by) {
    if (lineCount() == 0) return;
    setCurrentLine(std::clamp(current_ + by, 0, lineCount() - 1));
}

void TableView::toggleGroup(int line) {
    const Line at = lineOf(line);
    if (at.group < 0 || !groupTitle_) return;
    const QString title = groupTitle_(shown_.groups[static_cast<std::size_t>(at.group)].first);
    if (!closed_.erase(title)) closed_.insert(title);
    layOutLines();
    current_ = anchor_ = static_cast<int>(groupLines_[static_cast<std::size_t>(at.group)]);
    ensureVisible(current_);
    viewport()->update();
    Q_EMIT currentChanged();
}

void TableView::ensureVisible(int line) {
    QScrollBar* bar = verticalScrollBar();
    const QRect area = lineRect(line);
    if (area.top() < size::tableHeader)
        bar->setValue(line * size::row);
    else if (area.bottom() >= viewport()->height())
        bar->setValue(bar->value() + area.bottom() - viewport()->height() + 1);
}

void TableView::updateScrollBar() {
    QScrollBar* bar = verticalScrollBar();
    const int page = std::max(0, viewport()->height() - size::tableHeader);
    bar->setRange(0, std::max(0, lineCount() * size::row - page));
    bar->setPageStep(page);
    bar->setSingleStep(size::row);
}

void TableView::scrollContentsBy(int, int) {
    viewport()->update();
}

void TableView::resizeEvent(QResizeEvent*) {
    layOutColumns();
    updateScrollBar();
}

void TableView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void TableView::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void TableView::mousePressEvent(QMouseEvent* event) {
    const QPoint at = event->position().toPoint();
    if (event->button() != Qt::LeftButton) return;
    if (at.y() < size::tableHeader) {
        for (const Placed& placed : placed_)
            if (placed.column->column && at.x() >= placed.area.left() - gap / 2 && at.x() <= placed.area.right() + gap / 2) Q_EMIT sortWanted(placed.column->id);
        return;
    }
    const int line = lineAt(at.y());
    if (line < 0) return;
    if (event->modifiers() & Qt::ShiftModifier) return selectTo(line);
    if (event->modifiers() & Qt::ControlModifier && rowOf(line)) return toggleSelected(line);
    setCurrentLine(line);
    if (!rowOf(line)) toggleGroup(line);
}

void TableView::mouseDoubleClickEvent(QMouseEvent* event) {
    const auto row = rowOf(lineAt(event->position().toPoint().y()));
    if (row && event->button() == Qt::LeftButton) Q_EMIT activated(*row);
}

void TableView::mouseMoveEvent(QMouseEvent* event) {
    const int line = lineAt(event->position().toPoint().y());
    if (line == hovered_) return;
    viewport()->update(lineRect(hovered_));
    hovered_ = line;
    viewport()->update(lineRect(hovered_));
}

void TableView::keyPressEvent(QKeyEvent* event) {
    const int page = std::max(1, (viewport()->height() - size::tableHeader) / size::row - 1);
    if (event->matches(QKeySequence::Copy)) return Q_EMIT copyWanted();
    if (selectionKey(event)) return;
    const bool plain = !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    switch (event->key()) {
    case Qt::Key_J:
        if (!plain) break;
        [[fallthrough]];
    case Qt::Key_Down:
        return step(1, event->modifiers());
    case Qt::Key_K:
        if (!plain) break;
        [[fallthrough]];
    case Qt::Key_Up:
        return step(-1, event->modifiers());
    case Qt::Key_PageDown:
        return step(page, event->modifiers());
    case Qt::Key_PageUp:
        return step(-page, event->modifiers());
    case Qt::Key_Home:
        return step(-lineCount(), event->modifiers());
    case Qt::Key_End:
        return step(lineCount(), event->modifiers());
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (current_ >= 0 && !groupLines_.empty() && isOpen(current_) == (event->key() == Qt::Key_Left)) return toggleGroup(current_);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!plain) break;
        if (const auto row = current())
            Q_EMIT activated(*row);
        else if (current_ >= 0)
            toggleGroup(current_);
        return;
    default:
        break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

void TableView::contextMenuEvent(QContextMenuEvent* event) {
    if (event->reason() != QContextMenuEvent::Keyboard) {
        if (const int line = lineAt(event->pos().y()); line >= 0 && !isSelected(line)) setCurrentLine(line);
        Q_EMIT menuWanted(event->globalPos());
    } else if (current_ >= 0) {
        Q_EMIT menuWanted(viewport()->mapToGlobal(lineRect(current_).bottomLeft()));
    }
}

bool TableView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QString tip = tipAt(help->pos());
        if (tip.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), tip, viewport());
        return true;
    }
    if (event->type() == QEvent::Leave && hovered_ >= 0) {
        viewport()->update(lineRect(hovered_));
        hovered_ = -1;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace gw::ui
