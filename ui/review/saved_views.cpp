#include "ui/review/saved_views.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace gw::ui {
namespace {

constexpr std::size_t mostViews = 200;

} // namespace

SavedViews SavedViews::fromJson(const QByteArray& json) {
    SavedViews views;
    for (const QJsonValue& each : QJsonDocument::fromJson(json).array()) {
        const QJsonObject view = each.toObject();
        const auto text = [&view](const char* key) { return view.value(QLatin1String(key)).toString(); };
        SavedView read{text("table"), text("name"), {text("filter"), text("group"), text("sort"), view.value(QStringLiteral("descending")).toBool(), {}}};
        for (const QJsonValue& hidden : view.value(QStringLiteral("hidden")).toArray()) read.state.hidden.append(hidden.toString());
        if (!read.table.isEmpty() && !read.name.isEmpty() && views.views_.size() < mostViews) views.put(std::move(read));
    }
    return views;
}

QByteArray SavedViews::toJson() const {
    QJsonArray all;
    for (const SavedView& view : views_)
        all.append(QJsonObject{{QStringLiteral("table"), view.table},
                               {QStringLiteral("name"), view.name},
                               {QStringLiteral("filter"), view.state.filter},
                               {QStringLiteral("group"), view.state.group},
                               {QStringLiteral("sort"), view.state.sort},
                               {QStringLiteral("descending"), view.state.descending},
                               {QStringLiteral("hidden"), QJsonArray::fromStringList(view.state.hidden)}});
    return QJsonDocument(all).toJson(QJsonDocument::Compact);
}

void SavedViews::put(SavedView view) {
    remove(view.table, view.name);
    views_.push_back(std::move(view));
}

void SavedViews::remove(const QString& table, const QString& name) {
    std::erase_if(views_, [&](const SavedView& each) { return each.table == table && each.name == name; });
}

} // namespace gw::ui
