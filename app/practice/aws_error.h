// What the practice AWS endpoint answers when it refuses: AWS's codes, statuses and texts.
#pragma once

#include <string>

namespace gw::practice {

struct AwsError {
    int status = 400;
    std::string code;
    std::string message;
    bool receiver = false; // the fault is the service's own
};

} // namespace gw::practice
