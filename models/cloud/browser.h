// The person's own browser.
#pragma once

#include <string>

namespace gw::cloud {

class Browser {
public:
    virtual ~Browser() = default;
    // False where no browser could be started. Only http and https URLs are ever passed.
    [[nodiscard]] virtual bool open(const std::string& url) = 0;
};

} // namespace gw::cloud
