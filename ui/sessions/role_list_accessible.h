// What a screen reader sees of the role list: a list with its headings and roles, which are painted and no widgets.
#pragma once

namespace gw::ui {

// Makes the interface known to Qt; once is enough, more do no harm.
void registerRoleListAccessible();

} // namespace gw::ui
