// The shared parts by name. Include this or the single headers; each part is small and themed by itself.
#pragma once

#include "ui/widgets/button.h"
#include "ui/widgets/clipboard.h"
#include "ui/widgets/code_block.h"
#include "ui/widgets/countdown_ring.h"
#include "ui/widgets/environment_tag.h"
#include "ui/widgets/field.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/scroll_column.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/states.h"
#include "ui/widgets/text.h"
#include "ui/widgets/time_text.h"
