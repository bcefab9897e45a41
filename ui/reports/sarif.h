// Parts of SARIF 2.1.0 (OASIS Standard, 27 March 2020) that all reports share.
#pragma once

#include "saml/base/json_writer.h"
#include "models/policy/lint/rule.h"

#include <string>
#include <string_view>

namespace gw::ui {

// "error", "warning" or "note": 3.27.10 of the standard.
[[nodiscard]] std::string_view sarifLevel(policy::lint::Severity severity);
// A relative or file URI (RFC 3986): everything that is not plainly allowed is percent-encoded.
[[nodiscard]] std::string sarifUri(const std::string& file);
void writeSarifMessage(JsonWriter& json, std::string_view name, std::string_view text);
// An entry of the driver's rules.
void writeSarifRule(JsonWriter& json, const policy::lint::Rule& rule, std::string_view title);
// Members "$schema", "version" and "runs" up to the driver's list of rules, which is open then. `program` made the report.
void beginSarif(JsonWriter& json, std::string_view program);

} // namespace gw::ui
