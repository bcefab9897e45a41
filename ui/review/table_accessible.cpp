// A table to screen readers: a list of lines, each with the words of its columns.
#include "ui/review/table_view.h"

#include <QAccessibleActionInterface>
#include <QAccessibleWidget>
#include <QPointer>

#include <map>

namespace gw::ui {
namespace {

class LineReader final : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    LineReader(TableView* view, int line) : view_(view), line_(line) {}

    [[nodiscard]] bool isValid() const override { return view_ && line_ < view_->lineCount(); }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(view_.data()); }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        return isValid() && kind == QAccessible::Name ? view_->lineText(line_) : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    [[nodiscard]] QRect rect() const override {
        if (!isValid()) return {};
        const QRect area = view_->lineRect(line_);
        return {view_->viewport()->mapToGlobal(area.topLeft()), area.size()};
    }
    [[nodiscard]] QAccessible::Role role() const override { return isValid() && !view_->rowOf(line_) ? QAccessible::Heading : QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override {
        QAccessible::State state;
        if (!isValid()) return state;
        state.selectable = true;
        state.focusable = true;
        state.focused = view_->hasFocus() && view_->currentLine() == line_;
        state.multiSelectable = true;
        state.extSelectable = true;
        state.selected = view_->isSelected(line_);
        if (!view_->rowOf(line_)) {
            state.expandable = true;
            state.expanded = view_->isOpen(line_);
        }
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    [[nodiscard]] QStringList actionNames() const override { return {pressAction()}; }
    void doAction(const QString& name) override {
        if (!isValid() || name != pressAction()) return;
        view_->setCurrentLine(line_);
        if (const auto row = view_->rowOf(line_)) Q_EMIT view_->activated(*row);
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    QPointer<TableView> view_;
    int line_;
};

class TableReader final : public QAccessibleWidget {
public:
    explicit TableReader(TableView* view) : QAccessibleWidget(view, QAccessible::List), view_(view) {}
    ~TableReader() override {
        for (const auto& [line, id] : ids_) QAccessible::deleteAccessibleInterface(id);
    }

    [[nodiscard]] QAccessible::State state() const override {
        QAccessible::State state = QAccessibleWidget::state();
        state.multiSelectable = true;
        state.extSelectable = true;
        return state;
    }
    [[nodiscard]] int childCount() const override { return view_->lineCount(); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= view_->lineCount()) return nullptr;
        const auto known = ids_.find(index);
        if (known != ids_.end()) return QAccessible::accessibleInterface(known->second);
        auto* made = new LineReader(view_, index);
        ids_.emplace(index, QAccessible::registerAccessibleInterface(made));
        return made;
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override {
        for (const auto& [line, id] : ids_)
            if (QAccessible::accessibleInterface(id) == child) return line;
        return -1;
    }
    [[nodiscard]] QAccessibleInterface* focusChild() const override { return child(view_->currentLine()); }

private:
    TableView* view_;
    mutable std::map<int, QAccessible::Id> ids_;
};

QAccessibleInterface* make(const QString&, QObject* object) {
    auto* view = qobject_cast<TableView*>(object);
    return view != nullptr ? new TableReader(view) : nullptr;
}

} // namespace

void registerTableAccessible() {
    static const bool once = [] {
        QAccessible::installFactory(make);
        return true;
    }();
    (void)once;
}

} // namespace gw::ui
