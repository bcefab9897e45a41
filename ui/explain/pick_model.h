// What a PickField offers: a list that was made elsewhere, of which those are shown that hold what is typed. 100,000 items
// are nothing unusual, so nothing is copied and nothing is made for each of them.
#pragma once

#include <QAbstractListModel>

#include <memory>
#include <vector>

namespace gw::ui {

struct PickItem {
    QString text;  // what is shown and found; unique
    QString value; // what it stands for, such as an ARN
    QString icon;
};
using PickItems = std::shared_ptr<const std::vector<PickItem>>;

class PickModel : public QAbstractListModel {
    Q_OBJECT
public:
    // More than a person looks through, and few enough to be found between two key presses.
    static constexpr std::size_t mostFound = 1000;

    using QAbstractListModel::QAbstractListModel;
    void setItems(PickItems items);
    // One that the list does not hold, before all others.
    void setOwn(PickItem item);
    // Those whose text holds this, whatever its case, the first `mostFound` of them; all for "".
    void narrow(const QString& text);
    [[nodiscard]] bool isEmpty() const { return count() == 0; }
    // Null where there is none. Letters of either case are the same.
    [[nodiscard]] const PickItem* named(const QString& text) const;
    [[nodiscard]] const PickItem* valued(const QString& value) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    [[nodiscard]] std::size_t count() const { return own_.size() + (items_ ? items_->size() : 0); }
    [[nodiscard]] const PickItem& at(std::size_t place) const { return place < own_.size() ? own_[place] : (*items_)[place - own_.size()]; }
    template <class Wanted>
    [[nodiscard]] const PickItem* find(Wanted wanted) const;

    PickItems items_;
    std::vector<PickItem> own_;
    bool narrowed_ = false;
    std::vector<std::size_t> found_; // where narrowed
};

} // namespace gw::ui
