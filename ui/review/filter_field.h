// The field in which a table is filtered: what could come next in a list below it, what is wrong underlined where it is wrong.
#pragma once

#include "models/items/table/completion.h"
#include "ui/widgets/field.h"

class QCompleter;
class QStandardItemModel;

namespace gw::ui {

class FilterField : public SearchBox {
    Q_OBJECT
public:
    explicit FilterField(const QString& accessibleName, QWidget* parent = nullptr);
    // Offers what the table has; it outlives this or is taken away again. Null: nothing is offered.
    void setTable(const items::Table* table, items::OutsideValues outside = {});
    // Octets of the UTF-8 text; nothing is wrong where `length` is negative.
    void setProblem(int at, int length);
    [[nodiscard]] bool listOpen() const;
    // What could come next is offered now, whatever is typed.
    void offer();

Q_SIGNALS:
    // Enter, with the list closed.
    void committed();
    // Backspace where nothing is typed.
    void emptied();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void complete();
    void take(int row);
    const items::Table* table_ = nullptr;
    items::OutsideValues outside_;
    std::vector<items::Completion> offered_;
    QStandardItemModel* model_;
    QCompleter* completer_;
    int problemAt_ = 0, problemLength_ = -1;
};

} // namespace gw::ui
