// Keys that tell the time of a request.
#pragma once

#include "models/policy/context.h"

namespace gw::policy {

// aws:CurrentTime and aws:EpochTime.
[[nodiscard]] inline bool isClock(const Key& key) {
    return key.folded() == "aws:currenttime" || key.folded() == "aws:epochtime";
}

} // namespace gw::policy
