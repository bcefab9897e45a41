// Sentences for what the inspection of a response or of metadata found: the title, what it means here, and what to change
// where. Instants are in UTC, for what is said here goes into evidence.
#pragma once

#include "saml/inspect/provider_kind.h"
#include "saml/protocol/finding.h"

#include <QString>

#include <string_view>

namespace gw::ui {

struct FindingText {
    QString title;       // no full stop
    QString detail;      // one or two sentences; may be empty
    QString fix;         // what to change and where, in the product's own words; empty where nothing is to be changed
};

[[nodiscard]] FindingText explainFinding(const saml::Finding& finding, inspect::ProviderKind provider = inspect::ProviderKind::Unknown);
// Title and detail in one line, for the command line.
[[nodiscard]] QString findingMessage(const saml::Finding& finding);
// Whether the rule has a text of its own; a test asks it for every rule.
[[nodiscard]] bool hasFindingText(std::string_view rule);
// "Okta", "Microsoft Entra ID"; empty for Unknown.
[[nodiscard]] QString providerName(inspect::ProviderKind provider);

} // namespace gw::ui
