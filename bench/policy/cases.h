// The questions that bench_policy, the program and the peers are asked, as lines of `gatewardenctl iam eval`.
#pragma once

#include <string>
#include <vector>

namespace gw::bench {

struct NamedCase {
    std::string name, line; // the line without its end; every one is allowed in a closed world
};

// "small": one identity policy of two statements. "trust": a SAML sign-in. "cross": two accounts, two levels of SCPs.
// "large": 200 statements and 30 of SCPs, the one that allows last.
[[nodiscard]] std::vector<NamedCase> policyCases();

} // namespace gw::bench
