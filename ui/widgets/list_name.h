// The list of a combo box is a widget of its own to screen readers, and has no name by itself.
#pragma once

#include <QAbstractItemView>
#include <QComboBox>

namespace gw::ui {

// Name and object name of the box, which it must have by then.
inline void nameList(const QComboBox& box) {
    box.view()->setAccessibleName(box.accessibleName());
    box.view()->setObjectName(box.objectName() + QStringLiteral(".list"));
}

} // namespace gw::ui
