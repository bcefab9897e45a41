// One line of `saml verify-batch`: a JSON object with known keys, read in one pass without building a document.
#pragma once

#include "app/gatewardenctl/saml_verdict.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::ctl {

struct BatchLine {
    std::string id = "null";                     // as JSON text
    std::optional<Secret> response, xml;
    std::vector<std::string> certificates;
    std::optional<std::string> metadata, at, policy;
    std::optional<std::vector<std::string>> acs, audience;
    std::vector<std::string> skip;
    std::vector<Secret> decryptKeys;
    // Why it cannot be answered; the first reason found.
    std::optional<Verdict> problem;
};

// Never fails: what is wrong is in `problem`, beside the id wherever that could be read.
[[nodiscard]] BatchLine readBatchLine(std::string_view line);

} // namespace gw::ctl
