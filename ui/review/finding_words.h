// What a finding says in the table and in the panel. Any thread.
#pragma once

#include "models/estate/review/finding.h"

#include <QString>
#include <QStringList>

namespace gw::ui {

[[nodiscard]] QString findingTitle(const estate::review::Finding& finding);
// "trust-saml-no-audience, statement 1, iam.json line 12"
[[nodiscard]] QString findingPlace(const estate::review::Finding& finding);

// What the fix takes out of the document and what it puts in.
struct FixLines {
    QStringList gone, added;
};
[[nodiscard]] FixLines fixLines(const estate::review::Finding& finding);
// To be pasted: the patch where there is one, else the advice.
[[nodiscard]] QString fixText(const estate::review::Finding& finding);

} // namespace gw::ui
