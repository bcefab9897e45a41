// Collects what the checks of one response find.
#pragma once

#include "saml/protocol/finding.h"
#include "saml/protocol/verify_error.h"
#include "saml/xml/element.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::saml {

class FindingList {
public:
    // A finding of the rule of a VerifyError; `severity` is Fatal, or Warning where the rule was skipped. Any other error
    // counts as Internal. `place` is a path of element names; where empty, the fact "place" of the error is taken.
    void add(const Error& error, Severity severity = Severity::Fatal, std::string_view place = {});
    // Once a rule and place; the rule's own severity.
    void note(const Rule& rule, std::vector<Fact> facts = {}, std::string_view place = {});

    // The first fatal one by the order of VerifyError, as an error.
    [[nodiscard]] const std::optional<Error>& rejection() const { return rejection_; }
    // Fatal ones first and in the order of VerifyError, the others in the order found; with lines looked up below `root`
    // where it has the place.
    [[nodiscard]] std::vector<Finding> take(xml::Element root) &&;

private:
    std::vector<Finding> findings_;
    std::optional<Error> rejection_;
};

} // namespace gw::saml
