#include "models/estate/review/rules.h"
#include "ui/errors/review_texts.h"

#include <gtest/gtest.h>

namespace gw {
namespace {

TEST(ReviewTexts, everyRuleHasOne) {
    for (const estate::review::Rule* rule : estate::review::reviewRules()) {
        EXPECT_FALSE(ui::reviewTitle(rule->id).isEmpty()) << rule->id;
        EXPECT_FALSE(rule->clause.empty()) << rule->id;
    }
}

// No place for a fact is left open, and every finding says what to do.
TEST(ReviewTexts, sayWhatTheFindingHolds) {
    for (const estate::review::Rule* rule : estate::review::reviewRules()) {
        estate::review::Finding finding;
        finding.rule = rule;
        finding.object = "arn:aws:iam::111122223333:role/one";
        for (const char* name : {"seen", "expected", "operator", "key", "keys", "by", "account", "size", "until", "reason", "from", "to", "who", "days", "seconds",
                                 "provider", "statement", "policy", "requests", "approves", "group", "other", "what", "api", "route", "authorization", "count",
                                 "services[]", "window_days", "source", "attested", "users", "subjects", "not_after", "valid_until", "now", "tracking_days"})
            finding.evidence.push_back({name, "7"});
        finding.fix = estate::review::Fix{estate::review::FixKind::Plan, rule->id, {{"role", "7"}, {"seconds", "7"}, {"provider", "7"}, {"resource", "7"}, {"route", "7"}}, {}};
        const ui::ReviewText text = ui::explainReview(finding);
        for (const QString& each : {text.title, text.detail, text.fix})
            EXPECT_FALSE(each.contains(u'{') && !each.contains(QStringLiteral("\""))) << rule->id << ": " << each.toStdString();
        EXPECT_FALSE(text.fix.isEmpty()) << rule->id;
        EXPECT_FALSE(text.title.endsWith(u'.')) << rule->id;
    }
}

} // namespace
} // namespace gw
