// Several rows of a table at once: with Shift from where one began, with Ctrl one by one.
#include "ui/review/table_view.h"

#include <QAccessible>
#include <QKeyEvent>

#include <algorithm>

namespace gw::ui {

bool TableView::isSelected(int line) const {
    const auto row = rowOf(line);
    return row && (selectedCount_ > 0 ? selected_.has(*row) : line == current_);
}

std::vector<std::uint32_t> TableView::selection() const {
    if (selectedCount_ == 0) {
        const auto row = current();
        return row ? std::vector<std::uint32_t>{*row} : std::vector<std::uint32_t>{};
    }
    std::vector<std::uint32_t> rows;
    rows.reserve(selectedCount_);
    for (const std::uint32_t row : shown_.rows)
        if (selected_.has(row)) rows.push_back(row);
    return rows;
}

void TableView::setSelected(items::RowSet rows) {
    selected_ = std::move(rows);
    selectedCount_ = selected_.count();
    viewport()->update();
    if (QAccessible::isActive()) {
        QAccessibleEvent event(this, QAccessible::SelectionWithin);
        QAccessible::updateAccessibility(&event);
    }
    Q_EMIT selectionChanged();
}

void TableView::clearSelection() {
    if (selectedCount_ > 0) setSelected(items::RowSet(selected_.rows()));
}

void TableView::selectAll() {
    if (shown_.rows.empty()) return;
    items::RowSet all(selected_.rows());
    for (const std::uint32_t row : shown_.rows) all.add(row);
    setSelected(std::move(all));
}

void TableView::selectTo(int line) {
    if (line < 0 || line >= lineCount()) return;
    if (anchor_ < 0 || anchor_ >= lineCount()) anchor_ = std::max(0, current_);
    items::RowSet range(selected_.rows());
    for (int each = std::min(anchor_, line); each <= std::max(anchor_, line); ++each)
        if (const auto row = rowOf(each)) range.add(*row);
    setSelected(std::move(range));
    moveTo(line);
}

void TableView::toggleSelected(int line) {
    const auto row = rowOf(line);
    if (!row) return;
    items::RowSet rows = selected_;
    // The one that was current alone is the first of several.
    if (const auto first = current(); selectedCount_ == 0 && first && line != current_) rows.add(*first);
    if (selectedCount_ > 0 && rows.has(*row))
        rows.remove(*row);
    else
        rows.add(*row);
    anchor_ = line;
    setSelected(std::move(rows));
    moveTo(line);
}

void TableView::keepSelected() {
    if (selectedCount_ == 0) return;
    items::RowSet kept(selected_.rows());
    for (const std::uint32_t row : shown_.rows)
        if (selected_.has(row)) kept.add(row);
    if (kept.count() != selectedCount_) setSelected(std::move(kept));
}

// With Shift to there, with Ctrl only looking on, else there alone.
void TableView::step(int by, Qt::KeyboardModifiers modifiers) {
    if (lineCount() == 0) return;
    const int line = std::clamp(current_ + by, 0, lineCount() - 1);
    if (modifiers & Qt::ShiftModifier) return selectTo(line);
    if (!(modifiers & Qt::ControlModifier)) return setCurrentLine(line);
    if (const auto row = current(); row && selectedCount_ == 0) {
        items::RowSet one(selected_.rows());
        one.add(*row);
        setSelected(std::move(one));
    }
    moveTo(line);
}

bool TableView::selectionKey(QKeyEvent* event) {
    if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
        return true;
    }
    if (event->key() == Qt::Key_Space && event->modifiers() & Qt::ControlModifier) {
        toggleSelected(current_);
        return true;
    }
    if (event->key() == Qt::Key_Escape && selectedCount_ > 0) {
        clearSelection();
        return true;
    }
    return false;
}

} // namespace gw::ui
