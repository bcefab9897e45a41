// The one place that tells the own machine from others: plain http is allowed to it, and no proxy is asked.
#pragma once

#include <string_view>

namespace gw::cloud {

// "localhost" (RFC 6761 6.3), an address of 127.0.0.0/8, or ::1 with or without brackets.
[[nodiscard]] bool isLoopbackHost(std::string_view host);

} // namespace gw::cloud
