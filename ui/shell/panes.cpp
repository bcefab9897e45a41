#include "ui/shell/panes.h"

#include <QAbstractButton>
#include <QApplication>
#include <QWidget>

namespace gw::ui {
namespace {

// A chosen item of an exclusive group comes before the first one.
QWidget* firstFocusable(QWidget* pane) {
    const auto takesKeys = [pane](const QWidget* widget) {
        return widget->isVisibleTo(pane) && widget->isEnabled() && widget->focusPolicy() & Qt::TabFocus;
    };
    QWidget* first = takesKeys(pane) ? pane : nullptr;
    // Tab order, not the order of making.
    for (QWidget* widget = pane->nextInFocusChain(); widget != pane; widget = widget->nextInFocusChain()) {
        if (!pane->isAncestorOf(widget) || !takesKeys(widget)) continue;
        const auto* button = qobject_cast<QAbstractButton*>(widget);
        if (button != nullptr && button->autoExclusive() && button->isChecked()) return widget;
        if (first == nullptr) first = widget;
    }
    return first;
}

} // namespace

QList<QWidget*> tabStopsOf(QWidget* part) {
    QList<QWidget*> stops;
    for (QWidget* widget = part->nextInFocusChain(); widget != part; widget = widget->nextInFocusChain()) {
        if (part->isAncestorOf(widget) && widget->focusPolicy() & Qt::TabFocus) stops.append(widget);
    }
    return stops;
}

QList<QWidget*> panesOf(QWidget* page, const char* property) {
    if (page == nullptr) return {};
    QList<QWidget*> panes;
    for (QWidget* child : page->findChildren<QWidget*>()) {
        if (child->property(property).toBool() && child->isVisibleTo(page)) panes.append(child);
    }
    if (panes.isEmpty()) panes.append(page);
    return panes;
}

void cyclePanes(const QList<QWidget*>& panes, int step) {
    const QWidget* focused = QApplication::focusWidget();
    const qsizetype count = panes.size();
    qsizetype at = step > 0 ? -1 : count;
    for (qsizetype i = 0; i < count; ++i) {
        if (focused != nullptr && (panes[i] == focused || panes[i]->isAncestorOf(focused))) at = i;
    }
    for (qsizetype tried = 0; tried < count; ++tried) {
        at = (at + step + count) % count;
        QWidget* next = panes[at]->isVisible() ? firstFocusable(panes[at]) : nullptr;
        if (next != nullptr) {
            next->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

} // namespace gw::ui
