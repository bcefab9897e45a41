// Views that a person named: filter, order, group and columns of a table. As JSON between starts.
#pragma once

#include "ui/review/table_page.h"

#include <QByteArray>

#include <vector>

namespace gw::ui {

struct SavedView {
    QString table, name;
    TableState state;
    friend bool operator==(const SavedView&, const SavedView&) = default;
};

class SavedViews {
public:
    // What is not understood is left out; the rest counts.
    [[nodiscard]] static SavedViews fromJson(const QByteArray& json);
    [[nodiscard]] QByteArray toJson() const;
    // In place of one of the same name.
    void put(SavedView view);
    void remove(const QString& table, const QString& name);
    [[nodiscard]] const std::vector<SavedView>& all() const { return views_; }

private:
    std::vector<SavedView> views_;
};

} // namespace gw::ui
