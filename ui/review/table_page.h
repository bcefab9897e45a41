// A tab with one table: filter bar, rows, and what to say where there are none.
#pragma once

#include "models/items/table/matcher.h"
#include "ui/review/filter_bar.h"
#include "ui/review/table_view.h"

#include <QTimer>

class QMenu;
class QStackedWidget;

namespace gw::ui {

class EmptyState;

// What of a table is shown, for saved views.
struct TableState {
    QString filter, group, sort; // identifiers of columns
    bool descending = false;
    QStringList hidden;
    friend bool operator==(const TableState&, const TableState&) = default;
};

class TablePage : public QWidget {
    Q_OBJECT
public:
    // `name` begins the object names: "review.mapping". `what`: "rows", of an accessible name.
    TablePage(const QString& name, const QString& what, QWidget* parent = nullptr);

    // Null for none. Keeps filter, order, groups and hidden columns.
    void setTable(std::shared_ptr<const items::Table> table, std::vector<ViewColumn> columns, UtcTime now, items::Matcher::Outside outside = {},
                  items::OutsideValues outsideValues = {});
    [[nodiscard]] const std::shared_ptr<const items::Table>& table() const { return table_; }
    // Which columns rows can be put together by.
    void setGroups(QStringList ids) { groupIds_ = std::move(ids); }
    // Something from outside is known now.
    void refresh();
    [[nodiscard]] TableState state() const;
    void setState(const TableState& state);
    void addTerm(const QString& term); // in place of another of the same field
    // In turn: upwards, downwards, as the table comes.
    void sortBy(const QString& id);
    // As it is before a person chooses.
    void setOrder(const QString& id, bool descending);
    void groupBy(const QString& id); // empty: not
    void focusFilter();
    // The chosen rows as they are shown, a line each, apart by tabs; `copied` follows, soon where they are many.
    void copySelection();
    [[nodiscard]] bool copying() const { return copying_.isActive(); }
    [[nodiscard]] TableView& view() { return *view_; }
    [[nodiscard]] FilterBar& bar() { return *bar_; }
    [[nodiscard]] const items::Shown& shown() const { return view_->shownRows(); }
    // The columns that are shown, for an export.
    [[nodiscard]] std::vector<std::size_t> shownColumns() const;
    // Fills the menu of columns and groups, and behind them whatever `more` has.
    void fillMenu(QMenu& menu);
    void setMoreMenu(std::function<void(QMenu&)> more) { more_ = std::move(more); }

Q_SIGNALS:
    void rowsChanged();
    void copied(std::size_t rows);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void apply();
    void arrange();
    void tellCount();
    void copySome();
    [[nodiscard]] std::optional<std::size_t> columnNamed(const QString& id) const;
    [[nodiscard]] QString words(const QString& term) const;

    QString name_;
    std::shared_ptr<const items::Table> table_;
    UtcTime now_;
    std::unique_ptr<items::Matcher> matcher_;
    std::unique_ptr<items::Arrangement> arrangement_;
    items::Filter filter_; // the last that was right
    std::function<void(QMenu&)> more_;
    QStringList groupIds_, hidden_;
    QString group_, sort_;
    bool descending_ = false;
    QTimer copying_; // a slice of the rows each time
    std::vector<std::uint32_t> copyRows_;
    std::size_t copyAt_ = 0;
    QString copyText_;
    FilterBar* bar_;
    QStackedWidget* stack_;
    TableView* view_;
    EmptyState* nothing_;
};

} // namespace gw::ui
