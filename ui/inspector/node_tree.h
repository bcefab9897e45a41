// Every node of a document as a tree of four columns. Made lazily over the SourceTree; holds no text of its own.
#pragma once

#include "ui/inspector/shading.h"

#include <QAbstractItemModel>
#include <QTreeView>

#include <memory>
#include <vector>

namespace gw::ui {

// Elements, comments, instructions and the like; text stands beside its element. Built once, off the GUI thread.
struct NodeOutline {
    std::vector<std::vector<inspect::NodeIndex>> children;    // by node; the last one holds those at the top
    std::vector<std::uint32_t> row;                           // among its siblings, by node

    [[nodiscard]] static NodeOutline of(const inspect::SourceTree& tree);
};

struct NodeDocument {
    std::shared_ptr<const void> owner;
    const inspect::SourceTree* tree = nullptr;
    const NodeOutline* outline = nullptr;
    const Shading* shading = nullptr;
};

class NodeTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { Node, Value, Octets, Coverage, ColumnCount };
    using QAbstractItemModel::QAbstractItemModel;
    void setDocument(NodeDocument document);
    [[nodiscard]] inspect::Range rangeOf(const QModelIndex& index) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& index) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] const std::vector<inspect::NodeIndex>& below(const QModelIndex& parent) const;
    [[nodiscard]] QString nodeText(inspect::NodeIndex node) const;
    [[nodiscard]] QString valueText(inspect::NodeIndex node) const;
    NodeDocument document_;
};

class NodeTree : public QTreeView {
    Q_OBJECT
public:
    explicit NodeTree(QWidget* parent = nullptr);
    void setDocument(NodeDocument document);

Q_SIGNALS:
    void picked(gw::inspect::Range range);

private:
    NodeTreeModel* model_;
};

} // namespace gw::ui
