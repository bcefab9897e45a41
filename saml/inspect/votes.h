// What each of the two verifiers says to each signature, one by one.
#pragma once

#include "saml/inspect/signature_report.h"

#include <vector>

namespace gw::inspect {

// Fills `votes`. `signatures` are those of the document, in its order.
void castVotes(const SourceTree& tree, std::vector<SignatureReport>& signatures);

} // namespace gw::inspect
