// A CodeArea for screen readers: a list of its rows, each saying its text and how it is covered.
#include "ui/inspector/code_area.h"

#include <QAccessibleWidget>
#include <QPointer>

#include <map>

namespace gw::ui {

namespace {

class RowReader final : public QAccessibleInterface {
public:
    RowReader(CodeArea* area, int row) : area_(area), row_(row) {}

    [[nodiscard]] bool isValid() const override { return area_ && row_ < area_->rowCount(); }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override { return QAccessible::queryAccessibleInterface(area_.data()); }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override {
        return isValid() && kind == QAccessible::Name ? area_->rowText(row_) : QString();
    }
    void setText(QAccessible::Text, const QString&) override {}
    [[nodiscard]] QRect rect() const override {
        if (!isValid()) return {};
        const QRect area = area_->rowRect(row_);
        return {area_->viewport()->mapToGlobal(area.topLeft()), area.size()};
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override {
        QAccessible::State state;
        if (!isValid()) return state;
        state.readOnly = true;
        state.selectable = true;
        state.selected = state.focused = area_->caretRow() == row_;
        return state;
    }

private:
    QPointer<CodeArea> area_;
    int row_;
};

class AreaReader final : public QAccessibleWidget {
public:
    explicit AreaReader(CodeArea* area) : QAccessibleWidget(area, QAccessible::List), area_(area) {}
    ~AreaReader() override {
        for (const auto& [row, id] : ids_) QAccessible::deleteAccessibleInterface(id);
    }

    [[nodiscard]] int childCount() const override { return area_->rowCount(); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override {
        if (index < 0 || index >= area_->rowCount()) return nullptr;
        const auto known = ids_.find(index);
        if (known != ids_.end()) return QAccessible::accessibleInterface(known->second);
        const auto id = QAccessible::registerAccessibleInterface(new RowReader(area_, index));
        ids_.emplace(index, id);
        return QAccessible::accessibleInterface(id);
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override {
        for (const auto& [row, id] : ids_)
            if (QAccessible::accessibleInterface(id) == child) return row;
        return -1;
    }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override {
        const QPoint at = area_->viewport()->mapFromGlobal(QPoint(x, y));
        const int height = area_->rowRect(0).height();
        const int row = (at.y() - area_->rowRect(0).top()) / std::max(1, height);
        return area_->viewport()->rect().contains(at) ? child(row) : nullptr;
    }
    [[nodiscard]] QAccessibleInterface* focusChild() const override { return area_->rowCount() > 0 ? child(area_->caretRow()) : nullptr; }

private:
    CodeArea* area_;
    mutable std::map<int, QAccessible::Id> ids_;
};

QAccessibleInterface* make(const QString&, QObject* object) {
    auto* area = qobject_cast<CodeArea*>(object);
    return area ? new AreaReader(area) : nullptr;
}

} // namespace

void registerCodeAreaAccessible() {
    static const bool once = [] {
        QAccessible::installFactory(make);
        return true;
    }();
    (void)once;
}

} // namespace gw::ui
