#include "saml/protocol/finding_list.h"

#include "saml/protocol/rules.h"

#include <algorithm>
#include <charconv>

namespace gw::saml {
namespace {

VerifyError order(const Code& code) {
    return code.as<VerifyError>().value_or(VerifyError::Internal);
}

} // namespace

void FindingList::add(const Error& error, Severity severity, std::string_view place) {
    Finding finding;
    finding.rule = &ruleOf(order(error.code()));
    finding.severity = severity;
    finding.where = place;
    for (const Fact& fact : error.facts()) {
        if (fact.name == "line")
            std::from_chars(fact.value.data(), fact.value.data() + fact.value.size(), finding.line);
        else if (fact.name == "place")
            finding.where = finding.where.empty() ? fact.value : finding.where;
        else
            finding.facts.push_back(fact);
    }
    findings_.push_back(std::move(finding));
    if (severity != Severity::Fatal) return;
    if (!rejection_ || order(error.code()) < order(rejection_->code())) rejection_ = error;
}

void FindingList::note(const Rule& rule, std::vector<Fact> facts, std::string_view place) {
    const bool known = std::any_of(findings_.begin(), findings_.end(),
                                   [&](const Finding& one) { return one.rule == &rule && one.where == place; });
    if (!known) findings_.push_back({&rule, rule.severity, std::move(facts), std::string(place), 0});
}

std::vector<Finding> FindingList::take(xml::Element root) && {
    const auto others = std::stable_partition(findings_.begin(), findings_.end(),
                                              [](const Finding& finding) { return finding.severity == Severity::Fatal; });
    // Fatal rules lie in one table, in the order of VerifyError.
    std::stable_sort(findings_.begin(), others, [](const Finding& a, const Finding& b) { return a.rule < b.rule; });
    for (Finding& finding : findings_)
        if (finding.line == 0 && !finding.where.empty()) finding.line = elementAt(root, finding.where).line();
    return std::move(findings_);
}

} // namespace gw::saml
