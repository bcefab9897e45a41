#include "ui/errors/lint_texts.h"

#include <gtest/gtest.h>

namespace gw {
namespace {

TEST(LintTexts, everyRuleHasOne) {
    for (const policy::lint::Rule* rule : policy::lint::allRules()) {
        EXPECT_FALSE(ui::lintTitle(rule->id).isEmpty()) << rule->id;
        EXPECT_FALSE(rule->clause.empty()) << rule->id;
    }
}

// No place for a fact is left open, and every finding says what to do.
TEST(LintTexts, sayWhatTheFindingHolds) {
    for (const policy::lint::Rule* rule : policy::lint::allRules()) {
        policy::lint::Finding finding;
        finding.rule = rule;
        for (const char* name : {"seen", "expected", "operator", "key", "keys", "by", "account", "size", "until", "reason"}) finding.facts.push_back({name, "7"});
        const ui::LintText text = ui::explainLint(finding);
        for (const QString& each : {text.title, text.detail, text.fix})
            EXPECT_FALSE(each.contains(u'{') && !each.contains(QStringLiteral("\""))) << rule->id << ": " << each.toStdString();
        EXPECT_FALSE(text.fix.isEmpty()) << rule->id;
        EXPECT_FALSE(text.title.endsWith(u'.')) << rule->id;
    }
}

} // namespace
} // namespace gw
