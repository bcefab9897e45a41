#include "ui/explain/pick_model.h"

#include "ui/style/paint.h"

#include <QIcon>

#include <utility>

namespace gw::ui {

void PickModel::setItems(PickItems items) {
    beginResetModel();
    items_ = std::move(items);
    own_.clear();
    narrowed_ = false;
    found_.clear();
    endResetModel();
}

void PickModel::setOwn(PickItem item) {
    beginResetModel();
    own_.insert(own_.begin(), std::move(item));
    narrowed_ = false;
    found_.clear();
    endResetModel();
}

void PickModel::narrow(const QString& text) {
    const QString wanted = text.trimmed();
    if (wanted.isEmpty() && !narrowed_) return;
    beginResetModel();
    narrowed_ = !wanted.isEmpty();
    found_.clear();
    for (std::size_t i = 0; narrowed_ && i < count() && found_.size() < mostFound; ++i)
        if (at(i).text.contains(wanted, Qt::CaseInsensitive)) found_.push_back(i);
    endResetModel();
}

template <class Wanted>
const PickItem* PickModel::find(Wanted wanted) const {
    for (std::size_t i = 0; i < count(); ++i)
        if (wanted(at(i))) return &at(i);
    return nullptr;
}

const PickItem* PickModel::named(const QString& text) const {
    return find([&](const PickItem& each) { return each.text.size() == text.size() && each.text.compare(text, Qt::CaseInsensitive) == 0; });
}

const PickItem* PickModel::valued(const QString& value) const {
    return find([&](const PickItem& each) { return each.value.size() == value.size() && each.value.compare(value, Qt::CaseInsensitive) == 0; });
}

int PickModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(narrowed_ ? found_.size() : count());
}

QVariant PickModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto row = static_cast<std::size_t>(index.row());
    const PickItem& item = at(narrowed_ ? found_[row] : row);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return item.text;
    case Qt::ToolTipRole:
        return item.value;
    case Qt::DecorationRole:
        return item.icon.isEmpty() ? QVariant() : QVariant(icon(item.icon));
    default:
        return {};
    }
}

} // namespace gw::ui
