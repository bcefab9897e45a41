// A list of rows in columns over items::Table: nothing but the rows that are seen is touched, heights are fixed, and columns
// share the width. One key press in the filter over 100,000 rows has to be laid out and painted in 13 ms.
#pragma once

#include "models/items/table/arrangement.h"
#include "models/items/table/row_set.h"
#include "models/items/table/table.h"
#include "saml/base/utc_time.h"
#include "ui/style/theme.h"

#include <QAbstractScrollArea>

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace gw::ui {

enum class CellLook : std::uint8_t { Severity, Text, Code, Environment, Duration, Age, Number };
enum class CellTone : std::uint8_t { Plain, Quiet, Warning, Bad };

// Drawn before a cell's words, which it never replaces.
struct CellMark {
    QString icon;
    Color color = Color::TextSecondary;
};

struct ViewColumn {
    QString id; // stable, for saved views: that of the table's column where there is one
    QString title;
    CellLook look = CellLook::Text;
    std::optional<std::size_t> column; // of the table, which it is sorted by; nothing: `text` makes it
    int least = 60;                    // pixels
    int share = 0;                     // of the width that is left over
    int rank = 0;                      // 0 stays; the highest goes first where the width does not hold all
    bool right = false;
    bool shown = true;
    std::function<QString(std::size_t row)> text{}; // in place of the column's own words
    std::function<CellTone(std::size_t row)> tone{};
    std::function<CellMark(std::size_t row)> mark{};
    std::function<QString(std::size_t row)> groupText{}; // over the rows that have this in common; nothing: as in the cell
};

struct TableInk;

class TableView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit TableView(const QString& accessibleName, QWidget* parent = nullptr);
    ~TableView() override;

    // Borrows the table, which outlives it here; null for none.
    void setTable(const items::Table* table, std::vector<ViewColumn> columns, UtcTime now);
    [[nodiscard]] const std::vector<ViewColumn>& viewColumns() const { return columns_; }
    void showColumn(const QString& id, bool shown);
    // What an icon without a word means, for tooltips and readers: the severity.
    [[nodiscard]] QString cellWords(std::size_t row, const ViewColumn& column) const;
    // Keeps the current row where it is still there; else the first becomes current. `sorted` and `grouped` are told in the header.
    void show(items::Shown shown, std::optional<items::SortKey> sorted, std::optional<std::size_t> grouped);
    using QAbstractScrollArea::show;
    [[nodiscard]] const items::Shown& shownRows() const { return shown_; }
    // What stands over the rows of a group.
    void setGroupTitle(std::function<QString(std::uint32_t row)> title) { groupTitle_ = std::move(title); }
    [[nodiscard]] std::optional<std::uint32_t> current() const;
    // False where it is not among what is shown.
    bool setCurrent(std::uint32_t row);
    void moveCurrent(int by);
    // Rows that are chosen together with Shift and Ctrl, in the order in which they are shown; else the current one. What a
    // filter leaves out is chosen no more.
    [[nodiscard]] std::vector<std::uint32_t> selection() const;
    [[nodiscard]] std::size_t selectedCount() const { return selectedCount_ > 0 ? selectedCount_ : current() ? 1 : 0; }
    [[nodiscard]] bool isSelected(int line) const;
    void selectAll();
    void clearSelection(); // to the current row alone
    // All rows from where choosing began to this line, which becomes current.
    void selectTo(int line);
    void toggleSelected(int line);
    // The current row as text: the shown columns, apart by tabs.
    [[nodiscard]] QString rowText(std::uint32_t row) const;

    // For accessibility and tests.
    [[nodiscard]] int lineCount() const { return static_cast<int>(lineTotal_); }
    [[nodiscard]] std::optional<std::uint32_t> rowOf(int line) const; // nothing: the line of a group
    [[nodiscard]] QString lineText(int line) const;
    [[nodiscard]] QRect lineRect(int line) const; // in the viewport
    [[nodiscard]] QRect headRect(const QString& id) const;
    [[nodiscard]] int currentLine() const { return current_; }
    [[nodiscard]] bool isOpen(int line) const;
    void setCurrentLine(int line);

Q_SIGNALS:
    void currentChanged();
    void selectionChanged();
    void copyWanted();
    // Enter, or a double click.
    void activated(quint32 row);
    // A click on the header.
    void sortWanted(const QString& id);
    void menuWanted(const QPoint& at);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Line {
        int group = -1;                  // of shown_.groups; -1 without grouping
        std::optional<std::uint32_t> at; // in shown_.rows; nothing: the group's own line
    };
    struct Placed {
        const ViewColumn* column;
        QRect area; // heights do not matter
    };
    [[nodiscard]] Line lineOf(int line) const;
    [[nodiscard]] int lineOfRow(std::uint32_t row) const;
    [[nodiscard]] int lineAt(int y) const;
    void layOutLines();
    void layOutColumns();
    void toggleGroup(int line);
    void moveTo(int line); // whatever is chosen
    void step(int by, Qt::KeyboardModifiers modifiers);
    void keepSelected();
    void setSelected(items::RowSet rows);
    bool selectionKey(QKeyEvent* event);
    void ensureVisible(int line);
    void updateScrollBar();
    [[nodiscard]] const TableInk& ink() const;
    void paintHead(QPainter& painter) const;
    void paintGroup(QPainter& painter, const Line& line, const QRect& area, bool isCurrent) const;
    void paintCells(QPainter& painter, std::uint32_t row, const QRect& area) const;
    void paintCell(QPainter& painter, std::uint32_t row, const Placed& placed, const QRect& area) const;
    [[nodiscard]] QString tipAt(const QPoint& at) const;

    const items::Table* table_ = nullptr;
    std::vector<ViewColumn> columns_;
    std::vector<Placed> placed_;
    UtcTime now_;
    items::Shown shown_;
    std::optional<items::SortKey> sorted_;
    std::optional<std::size_t> grouped_;
    std::function<QString(std::uint32_t)> groupTitle_;
    std::set<QString> closed_;              // titles of groups
    std::vector<std::uint32_t> groupLines_; // the first line of each group
    std::vector<char> groupOpen_;
    std::size_t lineTotal_ = 0;
    int current_ = -1, hovered_ = -1;
    items::RowSet selected_; // without rows while only the current one is chosen
    std::size_t selectedCount_ = 0;
    int anchor_ = -1; // line
    mutable std::unique_ptr<TableInk> ink_;
};

// For screen readers; once is enough.
void registerTableAccessible();

} // namespace gw::ui
