#include "ui/shell/action_table.h"

#include "ui/style/theme.h"

#include <algorithm>

namespace gw::ui {

std::size_t ActionTable::indexOf(const QString& id) const {
    const auto found = std::find_if(specs_.begin(), specs_.end(), [&id](const ActionSpec& spec) { return spec.id == id; });
    return static_cast<std::size_t>(found - specs_.begin());
}

QAction* ActionTable::add(ActionSpec spec) {
    if (QAction* known = action(spec.id)) return known;
    auto* made = new QAction(icon(spec.icon), spec.text, this);
    made->setObjectName(spec.id);
    made->setShortcut(spec.shortcut);
    const QString id = spec.id;
    connect(made, &QAction::triggered, this, [this, id] {
        const std::size_t index = indexOf(id);
        // A copy: what runs may add actions and so move the table.
        const auto run = specs_[index].run;
        if (run && availability(id).available) run();
    });
    apply(*made, spec);
    specs_.push_back(std::move(spec));
    actions_.push_back(made);
    Q_EMIT changed();
    return made;
}

QAction* ActionTable::action(const QString& id) const {
    const std::size_t index = indexOf(id);
    return index < actions_.size() ? actions_[index] : nullptr;
}

Availability ActionTable::availability(const QString& id) const {
    const std::size_t index = indexOf(id);
    if (index >= specs_.size()) return {false, {}};
    return specs_[index].availability ? specs_[index].availability() : Availability{};
}

void ActionTable::apply(QAction& action, const ActionSpec& spec) {
    const Availability now = spec.availability ? spec.availability() : Availability{};
    action.setEnabled(now.available);
    action.setToolTip(now.available ? spec.text : now.reason);
}

void ActionTable::refresh() {
    for (std::size_t i = 0; i < specs_.size(); ++i) apply(*actions_[i], specs_[i]);
    Q_EMIT changed();
}

} // namespace gw::ui
