// The outline beside the text: coverage, name, id.
#pragma once

#include "ui/inspector/structure.h"

#include <QStyledItemDelegate>
#include <QTreeView>

class QStandardItemModel;

namespace gw::ui {

class StructureTree : public QTreeView {
    Q_OBJECT
public:
    explicit StructureTree(QWidget* parent = nullptr);
    void setItems(const std::vector<StructureItem>& items);
    // Chooses the innermost item that holds the octet. Emits nothing.
    void follow(std::uint32_t offset);

Q_SIGNALS:
    // By a person.
    void picked(gw::inspect::Range range);

protected:
    void drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const override;
    void drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    QStandardItemModel* model_;
    std::vector<StructureItem> items_;
    std::vector<QModelIndex> indexes_;
    bool following_ = false;
};

} // namespace gw::ui
