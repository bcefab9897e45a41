// The palette's rows: groups with headings, matched letters marked, the reason beside what cannot run.
#pragma once

#include "ui/shell/palette_search.h"

#include <QAbstractListModel>
#include <QListView>
#include <QStyledItemDelegate>

namespace gw::ui {

class PaletteModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { HeadingRole = Qt::UserRole + 1, IdRole };
    using QAbstractListModel::QAbstractListModel;

    void setItems(std::vector<PaletteItem> items, std::vector<PaletteFinder> finders = {});
    void search(const QString& query, const QString& kind);
    [[nodiscard]] int total() const { return static_cast<int>(items_.size()); }
    [[nodiscard]] int found() const { return static_cast<int>(matches_.size()); }
    // Headings of the items, in order.
    [[nodiscard]] QStringList kinds() const;
    // Null for a heading.
    [[nodiscard]] const PaletteItem* item(int row) const;
    [[nodiscard]] const PaletteMatch* match(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    struct Row {
        QString heading; // empty for a match
        std::size_t match = 0;
    };
    std::vector<PaletteItem> items_; // those that are listed, then those that were found
    std::vector<PaletteFinder> finders_;
    std::size_t listed_ = 0;
    std::vector<PaletteMatch> matches_;
    std::vector<Row> rows_;
};

class PaletteDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit PaletteDelegate(const PaletteModel& model, QObject* parent);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const PaletteModel& model_;
};

} // namespace gw::ui
