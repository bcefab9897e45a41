// Where the columns of the role list stand at the present width. Heights do not matter in these rectangles.
#pragma once

#include "ui/sessions/role_list_view.h"

#include <QRect>

namespace gw::ui {

struct RoleListView::Columns {
    QRect check, star, role, alias, account, environment, lastUsed, longest;
};

} // namespace gw::ui
