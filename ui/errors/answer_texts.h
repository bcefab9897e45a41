// The evaluator's answers in words: the verdict, the layers, why a statement applies or not, and what would change it.
#pragma once

#include "models/estate/question.h"
#include "models/policy/edits.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <map>
#include <string>

namespace gw::ui {

// What people call policies that are known by ARN or id.
struct PolicyNames {
    std::map<std::string, std::string, std::less<>> known;
    // "deny-outside-eu"; of an ARN that is not known its last part.
    [[nodiscard]] QString of(std::string_view id) const;
};

// Of the policies of a question, and of accounts and units that something is missing of.
[[nodiscard]] PolicyNames policyNames(const estate::Estate& estate, const estate::Question& question);

// What a layer comes to.
enum class LayerMark : std::uint8_t {
    Passes, // allows, or denies nothing
    Denies,
    NoAllow, // must allow, and does not
    Depends,
    Silent,     // says nothing, and need not
    NoSay,      // does not bind this request
    NotReached, // another layer decides before
};

struct AnswerWords {
    QString headline; // no full stop
    QString sentence; // how AWS comes to it
};

[[nodiscard]] AnswerWords answerWords(const policy::Request& request, const policy::PolicySet& policies,
                                      const policy::Explanation& explanation, const PolicyNames& names = {});
// Where AWS's own words for a denial do not fit the answer: how, and why that may be. Empty: they fit.
[[nodiscard]] QString misfitText(const estate::Question& question, const estate::Conclusion& conclusion);
// "Allowed", "Denied", "Depends".
[[nodiscard]] QString decisionWord(policy::Decision decision);
// "Identity policy".
[[nodiscard]] QString layerTitle(policy::Layer layer);
// Two or three words: "Lets it pass", "No statement allows".
[[nodiscard]] QString layerWord(policy::Layer layer, LayerMark mark);
// The same inside a sentence: "an identity policy", "the permissions boundary".
[[nodiscard]] QString layerInSentence(policy::Layer layer);

// "ledger-support (alice.marlow)" of a role session, "POST /refunds" of a route, "reports/2026.csv" of an object.
[[nodiscard]] QString shortPrincipal(const policy::Principal& principal);
[[nodiscard]] QString shortResource(std::string_view resource);
// "statement 2" or "statement 2, ReadOrders".
[[nodiscard]] QString statementName(const policy::StatementRef& statement);

// What a condition compared: "aws:RequestedRegion is us-east-1; it must be eu-west-1". No full stop.
[[nodiscard]] QString conditionText(const policy::ConditionReport& condition, policy::Effect effect);
// Sentences: what fails, each thing for itself, or that everything matches.
[[nodiscard]] QStringList whySentences(const policy::StatementReport& statement, const policy::Request& request);
// The same as one text.
[[nodiscard]] QString whyText(const policy::StatementReport& statement, const policy::Request& request);

// What the edit does, in a line: "Add s3:GetObject to statement 2, ReadOrders". No full stop.
[[nodiscard]] QString editTitle(const policy::Edit& edit, const PolicyNames& names = {});
// Where it goes, and whether it reaches further than what was asked.
[[nodiscard]] QString editDetail(const policy::Edit& edit, const PolicyNames& names = {});
// Whom else it changes something for, and whether something unknown could keep it from doing so; empty: neither.
[[nodiscard]] QString editWorth(const estate::PlacedEdit& edit, const std::vector<estate::Gap>& gaps,
                                const PolicyNames& names = {});
// "aws:SourceIp = 203.0.113.9", one a line; "absent" for a key that is not in the request.
[[nodiscard]] QString additionsText(const policy::Additions& additions);

// What the files do not tell, in a sentence. `names` may call accounts and units by their names, too.
[[nodiscard]] QString gapText(const estate::Gap& gap, const PolicyNames& names = {});
[[nodiscard]] QString gapText(const estate::Gap& gap, const estate::Estate& estate);

} // namespace gw::ui
