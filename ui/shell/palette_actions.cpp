#include "ui/shell/palette_actions.h"

#include "ui/style/paint.h"

#include <QCoreApplication>
#include <QPointer>

#include <algorithm>

namespace gw::ui {
namespace {

int rank(const QString& id) {
    if (id.startsWith(QLatin1String("shell."))) return 2;
    return id.startsWith(QLatin1String("go.")) ? 1 : 0;
}

} // namespace

std::vector<PaletteItem> actionItems(const ActionTable& actions) {
    std::vector<PaletteItem> items;
    for (const ActionSpec& spec : actions.specs()) {
        if (spec.id == QLatin1String("shell.palette")) continue;
        PaletteItem item;
        item.kind = QCoreApplication::translate("gw::ui::CommandPalette", "Actions");
        item.id = spec.id;
        item.icon = spec.icon;
        item.title = spec.text;
        item.keywords = spec.keywords;
        item.key = keyText(spec.shortcut);
        item.availability = actions.availability(spec.id);
        const QPointer<QAction> action = actions.action(spec.id);
        item.run = [action] {
            if (action) action->trigger();
        };
        items.push_back(std::move(item));
    }
    std::stable_sort(items.begin(), items.end(),
                     [](const PaletteItem& a, const PaletteItem& b) { return rank(a.id) < rank(b.id); });
    return items;
}

} // namespace gw::ui
