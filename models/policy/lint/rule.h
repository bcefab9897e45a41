// What a rule is: an identifier, how bad its finding is, where it comes from, and what IAM Access Analyzer calls the same.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gw::policy::lint {

// From the mildest on. Error: it will not work as it is written.
enum class Severity : std::uint8_t { Low, Medium, High, Critical, Error };

struct Rule {
    std::string_view id;
    Severity severity;
    std::string_view clause;
    std::string_view accessAnalyzer; // empty where it has no such check
};

// "low", …, "error".
[[nodiscard]] std::string_view severityName(Severity severity);
[[nodiscard]] std::optional<Severity> severityOf(std::string_view name);

} // namespace gw::policy::lint
