// All keys on one page, made from the action table.
#pragma once

#include "ui/shell/action_table.h"

#include <QDialog>

namespace gw::ui {

// Not modal: it stays open beside the work. Deletes itself when closed.
class ShortcutsWindow : public QDialog {
    Q_OBJECT
public:
    ShortcutsWindow(const ActionTable& actions, QWidget* parent);
};

} // namespace gw::ui
