// What a screen reader and a keyboard need of a window, found by walking its widgets.
#pragma once

#include <QAccessible>
#include <QHash>
#include <QStringList>
#include <QWidget>

namespace gw::test {

// One line for each interactive widget below `root` (shown or not) that has no name, no object name, or one that another
// has too. Qt's own parts of controls ("qt_…") count with their control.
inline QStringList accessibilityProblems(QWidget* root) {
    QStringList problems;
    QHash<QString, int> names;
    for (QWidget* widget : root->findChildren<QWidget*>()) {
        if (!(widget->focusPolicy() & Qt::TabFocus) || widget->objectName().startsWith(QLatin1String("qt_"))) continue;
        const QString what =
            QStringLiteral("%1 \"%2\"").arg(QString::fromLatin1(widget->metaObject()->className()), widget->objectName());
        QAccessibleInterface* reader = QAccessible::queryAccessibleInterface(widget);
        if (reader == nullptr || reader->text(QAccessible::Name).trimmed().isEmpty())
            problems.append(what + QStringLiteral(" has no accessible name"));
        if (widget->objectName().isEmpty()) problems.append(what + QStringLiteral(" has no object name"));
        if (++names[widget->objectName()] == 2) problems.append(what + QStringLiteral(" is there twice"));
    }
    return problems;
}

} // namespace gw::test
