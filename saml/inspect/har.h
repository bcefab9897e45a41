// Reads what browsers record (HTTP Archive 1.2) entry by entry, without building the document.
#pragma once

#include "saml/base/json.h"
#include "saml/base/result.h"
#include "saml/base/utc_time.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gw::inspect {

struct HarEntry {
    std::string url, postText, content;                                 // content: of pages that hold a SAML field only
    std::vector<std::pair<std::string, std::string>> parameters;        // of the posted form
    std::optional<UtcTime> started;
    std::optional<UtcTime> date;                                        // the answer's Date header
};

// Errors: JsonError.
[[nodiscard]] Status readHar(std::string_view text, const std::function<void(HarEntry&&)>& take);

} // namespace gw::inspect
