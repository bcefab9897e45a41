// The reading calls of AWS's services over the practice organisation's dumps, in each service's own protocol. Every session may
// read all of its account and the organization; what the organisation has none of is answered as empty.
#pragma once

#include "app/practice/http_message.h"
#include "saml/base/json.h"

#include <map>
#include <string>
#include <string_view>

namespace gw::practice {

class ReadEndpoint {
public:
    ReadEndpoint();

    // `service` and `region` are those that the request was signed for; `account` is the caller's.
    [[nodiscard]] HttpResponse answer(const HttpRequest& request, std::string_view service, std::string_view region,
                                      const std::string& account) const;

private:
    [[nodiscard]] Json bucketsBelow(const std::string& folder) const;

    std::map<std::string, std::string, std::less<>> dumps_; // by "ACCOUNT/REGION/CALL-ID.json"
};

} // namespace gw::practice
