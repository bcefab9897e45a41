#include "ui/sessions/role_list_view.h"

#include "ui/sessions/role_list_accessible.h"
#include "ui/sessions/role_list_columns.h"
#include "ui/sessions/role_list_ink.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace gw::ui {

namespace {

constexpr int groupHeight = 32;

} // namespace

RoleListView::RoleListView(const Clock& clock, QWidget* parent) : QAbstractScrollArea(parent), clock_(clock) {
    registerRoleListAccessible();
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::ClickFocus);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    connect(&Theme::of(this), &Theme::changed, this, [this] {
        ink_.reset();
        viewport()->update();
    });
}

RoleListView::~RoleListView() = default;

RoleListView::Columns RoleListView::columns() const {
    constexpr int gap = space::s4;
    constexpr int longestWidth = 56, environmentWidth = 78, accountWidth = 100;
    // A refusal stands in the place of the last use, and is a sentence.
    const int lastUsedWidth = problems_ > 0 ? 200 : 88;
    Columns out;
    const int width = viewport()->width();
    const auto column = [](int left, int wide) { return QRect(left, 0, wide, 1); };
    out.check = column(space::s4, 16);
    out.star = column(space::s4 + 28, 16);
    const int start = space::s4 + 56;
    int right = width - space::s4;
    const auto fromRight = [&](int wide) {
        right -= wide;
        const QRect place = column(right, wide);
        right -= gap;
        return place;
    };
    // Nothing is known of it before a role's limit was met; where the last use has no room, problems need the place.
    if (knowsLongest_ || width < 560) out.longest = fromRight(longestWidth);
    if (width >= 560) out.lastUsed = fromRight(lastUsedWidth);
    out.environment = fromRight(environmentWidth);
    if (width >= (problems_ > 0 ? 892 : 780)) out.account = fromRight(accountWidth);
    const int rest = std::max(0, right - start);
    if (rest >= 240) {
        const int role = rest * 58 / 100;
        out.role = column(start, role - gap);
        out.alias = column(start + role, rest - role);
    } else {
        out.role = column(start, rest);
    }
    return out;
}

const items::RoleHit& RoleListView::hitOf(const Line& line) const {
    return groups_[static_cast<std::size_t>(line.group)].hits[static_cast<std::size_t>(line.hit)];
}

int RoleListView::lineHeight(const Line& line) const { return line.hit < 0 ? groupHeight : size::rowChooser; }

int RoleListView::contentHeight() const { return lines_.empty() ? 0 : lines_.back().top + lineHeight(lines_.back()); }

int RoleListView::lineAt(int y) const {
    const int wanted = y - size::tableHeader + verticalScrollBar()->value();
    if (y < size::tableHeader || wanted >= contentHeight()) return -1;
    const auto after = std::upper_bound(lines_.begin(), lines_.end(), wanted, [](int value, const Line& line) { return value < line.top; });
    return static_cast<int>(after - lines_.begin()) - 1;
}

QRect RoleListView::lineRect(int index) const {
    const Line& line = lines_[static_cast<std::size_t>(index)];
    return {0, size::tableHeader + line.top - verticalScrollBar()->value(), viewport()->width(), lineHeight(line)};
}

QString RoleListView::lineText(int index) const {
    const Line& line = lines_[static_cast<std::size_t>(index)];
    if (line.hit < 0) return groups_[static_cast<std::size_t>(line.group)].title;
    const RoleRow& row = rows_[hitOf(line).entry];
    const auto environment = sessions::environmentName(row.environment);
    QStringList parts{row.label, row.accountAlias.isEmpty() ? row.account : row.accountAlias,
                      QString::fromUtf8(environment.data(), static_cast<qsizetype>(environment.size()))};
    if (row.favourite) parts << tr("favourite");
    if (!row.problem.isEmpty()) parts << row.problem;
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

bool RoleListView::lineChecked(int index) const { return !isHeader(index) && rows_[hitOf(lines_[static_cast<std::size_t>(index)]).entry].checked; }

void RoleListView::setRows(std::vector<RoleRow> rows) {
    rows_ = std::move(rows);
    problems_ = static_cast<int>(std::count_if(rows_.begin(), rows_.end(), [](const RoleRow& row) { return !row.problem.isEmpty(); }));
    knowsLongest_ = std::any_of(rows_.begin(), rows_.end(), [](const RoleRow& row) { return !row.longest.isEmpty(); });
    setGroups({});
}

void RoleListView::setRow(std::uint32_t entry, RoleRow row) {
    const bool sameCheck = rows_[entry].checked == row.checked;
    knowsLongest_ = knowsLongest_ || !row.longest.isEmpty();
    problems_ += static_cast<int>(!row.problem.isEmpty()) - static_cast<int>(!rows_[entry].problem.isEmpty());
    rows_[entry] = std::move(row);
    viewport()->update();
    if (!sameCheck) Q_EMIT checkedChanged();
}

void RoleListView::setGroups(std::vector<RoleGroup> groups) {
    const auto kept = current();
    groups_ = std::move(groups);
    lines_.clear();
    int top = 0;
    int firstRole = -1, keptLine = -1;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        const auto& hits = groups_[g].hits;
        if (hits.empty()) continue;
        lines_.push_back({static_cast<int>(g), -1, top});
        top += groupHeight;
        for (std::size_t h = 0; h < hits.size(); ++h) {
            if (firstRole < 0) firstRole = static_cast<int>(lines_.size());
            if (kept && keptLine < 0 && hits[h].entry == *kept) keptLine = static_cast<int>(lines_.size());
            lines_.push_back({static_cast<int>(g), static_cast<int>(h), top});
            top += size::rowChooser;
        }
    }
    hoveredLine_ = -1;
    currentLine_ = keptLine >= 0 ? keptLine : firstRole;
    updateScrollBar();
    viewport()->update();
    if (current() != kept) Q_EMIT currentChanged();
}

std::optional<std::uint32_t> RoleListView::current() const {
    if (currentLine_ < 0 || currentLine_ >= lineCount() || isHeader(currentLine_)) return std::nullopt;
    return hitOf(lines_[static_cast<std::size_t>(currentLine_)]).entry;
}

void RoleListView::setCurrentLine(int line) {
    if (line == currentLine_ || line < 0) return;
    updateLine(currentLine_);
    currentLine_ = line;
    updateLine(line);
    ensureVisible(line);
    if (QAccessible::isActive()) {
        QAccessibleEvent event(this, QAccessible::Focus);
        event.setChild(line);
        QAccessible::updateAccessibility(&event);
    }
    Q_EMIT currentChanged();
}

void RoleListView::setCurrent(std::uint32_t entry) {
    for (int i = 0; i < lineCount(); ++i)
        if (!isHeader(i) && hitOf(lines_[static_cast<std::size_t>(i)]).entry == entry) return setCurrentLine(i);
}

void RoleListView::moveCurrent(int by) {
    const int step = by < 0 ? -1 : 1;
    int line = currentLine_;
    for (int left = std::abs(by); left > 0;) {
        int next = line + step;
        while (next >= 0 && next < lineCount() && isHeader(next)) next += step;
        if (next < 0 || next >= lineCount()) break;
        line = next;
        --left;
    }
    setCurrentLine(line);
    // The header of the first group comes into view with its first role.
    if (line == 1) verticalScrollBar()->setValue(0);
}

void RoleListView::movePage(int pages) {
    const int visible = std::max(1, (viewport()->height() - size::tableHeader) / size::rowChooser - 1);
    moveCurrent(pages * visible);
}

void RoleListView::moveToEnd(bool last) { moveCurrent(last ? lineCount() : -lineCount()); }

void RoleListView::toggleCurrent() {
    if (const auto entry = current()) {
        rows_[*entry].checked = !rows_[*entry].checked;
        viewport()->update();
        Q_EMIT checkedChanged();
    }
}

std::vector<std::uint32_t> RoleListView::checked() const {
    std::vector<std::uint32_t> out;
    for (std::size_t i = 0; i < rows_.size(); ++i)
        if (rows_[i].checked) out.push_back(static_cast<std::uint32_t>(i));
    return out;
}

void RoleListView::clearChecked() {
    for (auto& row : rows_) row.checked = false;
    viewport()->update();
    Q_EMIT checkedChanged();
}

void RoleListView::tick() {
    const int last = lineAt(viewport()->height() - 1);
    for (int i = std::max(0, lineAt(size::tableHeader)); i < lineCount() && (last < 0 || i <= last); ++i)
        if (!isHeader(i) && rows_[hitOf(lines_[static_cast<std::size_t>(i)]).entry].runningTotal.count() > 0) updateLine(i);
}

void RoleListView::updateLine(int line) {
    if (line >= 0 && line < lineCount()) viewport()->update(lineRect(line));
}

void RoleListView::ensureVisible(int line) {
    const QRect area = lineRect(line);
    QScrollBar* bar = verticalScrollBar();
    if (area.top() < size::tableHeader)
        bar->setValue(bar->value() - (size::tableHeader - area.top()));
    else if (area.bottom() >= viewport()->height())
        bar->setValue(bar->value() + area.bottom() - viewport()->height() + 1);
}

void RoleListView::updateScrollBar() {
    QScrollBar* bar = verticalScrollBar();
    const int page = std::max(0, viewport()->height() - size::tableHeader);
    bar->setRange(0, std::max(0, contentHeight() - page));
    bar->setPageStep(page);
    bar->setSingleStep(size::rowChooser);
}

void RoleListView::scrollContentsBy(int, int) { viewport()->update(); }

void RoleListView::resizeEvent(QResizeEvent*) { updateScrollBar(); }

void RoleListView::mousePressEvent(QMouseEvent* event) {
    const int line = lineAt(static_cast<int>(event->position().y()));
    if (line < 0 || isHeader(line) || event->button() != Qt::LeftButton) return;
    setCurrentLine(line);
    const int x = static_cast<int>(event->position().x());
    const Columns places = columns();
    if (x < places.star.left() - 4)
        toggleCurrent();
    else if (x < places.role.left() - 4)
        Q_EMIT favouriteWanted(*current());
}

void RoleListView::mouseDoubleClickEvent(QMouseEvent* event) {
    const int line = lineAt(static_cast<int>(event->position().y()));
    if (line < 0 || isHeader(line)) return;
    if (event->position().x() < columns().role.left() - 4) return mousePressEvent(event);
    setCurrentLine(line);
    Q_EMIT activated(*current());
}

void RoleListView::mouseMoveEvent(QMouseEvent* event) {
    const int line = lineAt(static_cast<int>(event->position().y()));
    if (line == hoveredLine_) return;
    updateLine(hoveredLine_);
    hoveredLine_ = line;
    updateLine(line);
}

bool RoleListView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave) {
        updateLine(hoveredLine_);
        hoveredLine_ = -1;
    }
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int line = lineAt(help->pos().y());
        if (line >= 0 && !isHeader(line)) {
            const RoleRow& row = rows_[hitOf(lines_[static_cast<std::size_t>(line)]).entry];
            QToolTip::showText(help->globalPos(), row.problem.isEmpty() ? row.label + u'\n' + row.account : row.problem, viewport(), lineRect(line));
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void RoleListView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
    case Qt::Key_Up: return moveCurrent(-1);
    case Qt::Key_Down: return moveCurrent(1);
    case Qt::Key_PageUp: return movePage(-1);
    case Qt::Key_PageDown: return movePage(1);
    case Qt::Key_Home: return moveToEnd(false);
    case Qt::Key_End: return moveToEnd(true);
    case Qt::Key_Space: return toggleCurrent();
    case Qt::Key_F:
        if (current()) Q_EMIT favouriteWanted(*current());
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (current()) Q_EMIT activated(*current());
        return;
    default: QAbstractScrollArea::keyPressEvent(event);
    }
}

} // namespace gw::ui
