// What a person can do on the Review screen, for menus, palette and keys.
#pragma once

#include "ui/review/review_page.h"

namespace gw::ui {

void addReviewActions(const ReviewContext& context, ReviewPage& page);

} // namespace gw::ui
