// Campaigns: who may do what when, and that nothing else is possible.
#include "models/estate/campaign/attestation.h"
#include "models/estate/campaign/campaign.h"
#include "models/estate/campaign/report.h"
#include "saml/base/json.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace gw::estate::campaign {
namespace {

UtcTime at(std::int64_t seconds) {
    return UtcTime::fromUnixSeconds(1'795'521'600 + seconds);
}
constexpr std::int64_t day = 86'400;

Subject subject(const std::string& who, const std::string& kind = "group") {
    Subject made;
    made.kind = kind;
    made.who = who;
    made.provider = "arn:aws:iam::111111111111:saml-provider/idp";
    made.role = "arn:aws:iam::111111111111:role/" + who;
    return made;
}

Plan plan(std::size_t items = 4) {
    Plan made;
    made.id = "c1";
    made.title = "Quarter";
    made.scope = "env:prod";
    made.owner = "ada";
    made.due = at(8 * day);
    made.reviewers = {"ben", "cleo"};
    for (std::size_t i = 0; i < items; ++i) made.items.push_back({subject("g" + std::to_string(i)), {}});
    return made;
}

Campaign opened(std::size_t items = 4) {
    auto made = Campaign::draft(plan(items), at(0));
    EXPECT_TRUE(made);
    EXPECT_TRUE(made->open("ada", at(1)));
    return std::move(*made);
}

std::string code(const Status& status) {
    return status ? "" : status.error().code().id();
}

TEST(Campaign, ItemsGoRoundAmongTheReviewers) {
    const Campaign campaign = opened();
    EXPECT_EQ(campaign.record().items[0].reviewer, "ben");
    EXPECT_EQ(campaign.record().items[1].reviewer, "cleo");
    EXPECT_EQ(campaign.record().items[2].reviewer, "ben");
    EXPECT_EQ(campaign.record().items[0].id, itemId(subject("g0")));
}

struct BadPlan {
    const char* name;
    void (*spoil)(Plan&);
    const char* code;
};

class BadPlans : public testing::TestWithParam<BadPlan> {};

TEST_P(BadPlans, AreRefused) {
    Plan made = plan();
    GetParam().spoil(made);
    const auto campaign = Campaign::draft(std::move(made), at(0));
    ASSERT_FALSE(campaign);
    EXPECT_EQ(campaign.error().code().id(), GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(Campaign, BadPlans,
                         testing::Values(BadPlan{"title", [](Plan& p) { p.title = " "; }, "campaign.no_title"},
                                         BadPlan{"items", [](Plan& p) { p.items.clear(); }, "campaign.no_items"},
                                         BadPlan{"reviewers", [](Plan& p) { p.reviewers.clear(); }, "campaign.no_reviewers"},
                                         BadPlan{"due", [](Plan& p) { p.due = at(0); }, "campaign.due_in_the_past"},
                                         BadPlan{"twice", [](Plan& p) { p.items.push_back(p.items[0]); },
                                                 "campaign.duplicate_item"},
                                         BadPlan{"long", [](Plan& p) { p.title = std::string(5000, 'x'); }, "campaign.too_long"},
                                         BadPlan{"own",
                                                 [](Plan& p) {
                                                     p.items.push_back({subject("ben", "person"), "ben"});
                                                 },
                                                 "campaign.own_access"},
                                         BadPlan{"all own",
                                                 [](Plan& p) {
                                                     p.reviewers = {"ben"};
                                                     p.items = {{subject("ben", "person"), {}}};
                                                 },
                                                 "campaign.own_access"}));

TEST(Campaign, ADecisionNeedsTheReviewerAReasonAndAChangeThatIsSaid) {
    Campaign campaign = opened();
    const std::string item = campaign.record().items[0].id;
    EXPECT_EQ(code(campaign.decide(item, "cleo", Verdict::Keep, "needed", "", at(2))), "campaign.not_the_reviewer");
    EXPECT_EQ(code(campaign.decide(item, "ben", Verdict::Keep, " ", "", at(2))), "campaign.no_reason");
    EXPECT_EQ(code(campaign.decide(item, "ben", Verdict::Change, "too much", "", at(2))), "campaign.no_change");
    EXPECT_EQ(code(campaign.decide("nothing", "ben", Verdict::Keep, "needed", "", at(2))), "campaign.no_such_item");
    EXPECT_EQ(code(campaign.look(item, "ben", at(0))), "campaign.time_runs_back");
    ASSERT_TRUE(campaign.look(item, "ben", at(10)));
    ASSERT_TRUE(campaign.decide(item, "ben", Verdict::Change, "too much", "only staging", at(52)));
    const auto& decision = campaign.find(item)->decision;
    ASSERT_TRUE(decision);
    EXPECT_EQ(decision->seconds, 42);
    EXPECT_EQ(decision->change, "only staging");
}

TEST(Campaign, DelegatingGivesUpTheDecisionAndNobodyGetsHisOwn) {
    Plan made = plan(1);
    made.items.push_back({subject("dora", "person"), "ben"});
    Campaign campaign = std::move(*Campaign::draft(std::move(made), at(0)));
    ASSERT_TRUE(campaign.open("ada", at(1)));
    const std::string first = campaign.record().items[0].id, own = campaign.record().items[1].id;
    ASSERT_TRUE(campaign.decide(first, "ben", Verdict::Keep, "needed", "", at(2)));
    EXPECT_EQ(code(campaign.delegate(first, "cleo", "dora", "knows better", at(3))), "campaign.not_the_reviewer");
    EXPECT_EQ(code(campaign.delegate(own, "ben", "dora", "knows better", at(3))), "campaign.own_access");
    EXPECT_EQ(code(campaign.delegate(first, "ben", "ben", "knows better", at(3))), "campaign.same_person");
    ASSERT_TRUE(campaign.delegate(first, "ben", "dora", "knows better", at(3)));
    EXPECT_FALSE(campaign.find(first)->decision);
    EXPECT_TRUE(campaign.decide(first, "dora", Verdict::Remove, "left", "", at(4)));
}

TEST(Campaign, SigningNeedsEveryDecisionAndEndsIt) {
    Campaign campaign = opened(2);
    EXPECT_EQ(code(campaign.sign("ada", "done", at(2))), "campaign.undecided");
    for (const Item& each : std::vector<Item>(campaign.record().items))
        ASSERT_TRUE(campaign.decide(each.id, each.reviewer, Verdict::Keep, "needed", "", at(3)));
    EXPECT_EQ(code(campaign.sign("ben", "done", at(4))), "campaign.not_the_owner");
    ASSERT_TRUE(campaign.sign("ada", "done", at(4)));
    EXPECT_EQ(code(campaign.decide(campaign.record().items[0].id, "ben", Verdict::Remove, "no", "", at(5))),
              "campaign.wrong_state");
    EXPECT_EQ(code(campaign.cancel("ada", "no", at(5))), "campaign.wrong_state");
}

TEST(Campaign, RemindsInTheLastQuarterAndOnceADay) {
    Campaign campaign = opened();
    EXPECT_TRUE(campaign.remind(at(2 * day))->empty());
    EXPECT_EQ(campaign.remind(at(7 * day))->size(), 2U);
    EXPECT_TRUE(campaign.remind(at(7 * day + 60))->empty());
    const auto again = campaign.remind(at(8 * day + 100));
    ASSERT_EQ(again->size(), 2U);
    EXPECT_TRUE(again->front().overdue);
    EXPECT_EQ(again->front().open, 2U);
}

TEST(Campaign, TellsOfDecisionsThatCameTooFast) {
    Campaign campaign = opened(40);
    std::int64_t time = 10;
    for (const Item& each : std::vector<Item>(campaign.record().items)) {
        const bool hasty = each.reviewer == "ben";
        ASSERT_TRUE(campaign.look(each.id, each.reviewer, at(time)));
        time += hasty ? 1 : 60;
        ASSERT_TRUE(campaign.decide(each.id, each.reviewer, Verdict::Keep, "ok", "", at(time)));
    }
    const auto stamps = campaign.rubberStamps();
    ASSERT_EQ(stamps.size(), 1U);
    EXPECT_EQ(stamps[0].person, "ben");
    EXPECT_EQ(stamps[0].hasty, 20U);
    EXPECT_EQ(stamps[0].medianSeconds, 1);
}

// Whatever is tried in whatever order: the laws hold, what is refused changes nothing, and what is kept can be restored.
TEST(CampaignProperty, LawsHoldAfterEveryStep) {
    for (unsigned seed = 1; seed <= 200; ++seed) {
        std::mt19937 random(seed);
        Campaign campaign = std::move(*Campaign::draft(plan(3), at(0)));
        std::int64_t time = 1;
        const std::vector<std::string> people{"ada", "ben", "cleo", "dora", ""};
        for (int step = 0; step < 40; ++step) {
            const Record before = campaign.record();
            time += static_cast<std::int64_t>(random() % (day / 2)) - 10;
            const std::string who = people[random() % people.size()], other = people[random() % people.size()];
            const std::string item = random() % 8 == 0 ? "none" : before.items[random() % before.items.size()].id;
            const std::string reason = random() % 6 == 0 ? "" : "because";
            Status status;
            switch (random() % 8) {
            case 0:
                status = campaign.open(who, at(time));
                break;
            case 1:
                status = campaign.look(item, who, at(time));
                break;
            case 2:
            case 3:
                status = campaign.decide(item, who, static_cast<Verdict>(random() % 3), reason, random() % 2 == 0 ? "" : "less",
                                         at(time));
                break;
            case 4:
                status = campaign.delegate(item, who, other, reason, at(time));
                break;
            case 5:
                status = campaign.extend(who, at(time + day), reason, at(time));
                break;
            case 6:
                status = random() % 5 == 0 ? campaign.cancel(who, reason, at(time)) : campaign.sign(who, reason, at(time));
                break;
            default:
                if (const auto reminded = campaign.remind(at(time)); !reminded) status = fail(reminded.error());
            }
            const Record& after = campaign.record();
            if (!status) {
                ASSERT_EQ(after, before) << "seed " << seed << " step " << step;
            }
            ASSERT_GE(after.history.size(), before.history.size());
            ASSERT_TRUE(std::equal(before.history.begin(), before.history.end(), after.history.begin()))
                << "history is only added to";
            for (const Item& each : after.items) {
                ASSERT_TRUE(!each.decision || (!each.decision->reason.empty() && each.decision->by == each.reviewer))
                    << "seed " << seed;
                ASSERT_TRUE(!each.decision || each.decision->verdict != Verdict::Change || !each.decision->change.empty());
            }
            const bool over = before.state == State::Signed || before.state == State::Cancelled;
            ASSERT_TRUE(!over || after == before);
            const auto restored = Campaign::restore(after);
            ASSERT_TRUE(restored) << restored.error().chain();
            ASSERT_EQ(restored->record(), after);
        }
    }
}

TEST(Report, HoldsEveryDecisionAndTheSignature) {
    Campaign campaign = opened(3);
    for (const Item& each : std::vector<Item>(campaign.record().items))
        ASSERT_TRUE(campaign.decide(each.id, each.reviewer, Verdict::Remove, "left", "", at(3)));
    EXPECT_TRUE((*parseJson(reportJson(campaign, at(4))))["signed"].is_null());
    ASSERT_TRUE(campaign.sign("ada", "all of it", at(5)));
    const Json report = *parseJson(reportJson(campaign, at(6)));
    EXPECT_EQ(report["state"], "signed");
    EXPECT_EQ(report["signed"]["statement"], "all of it");
    EXPECT_EQ(report["progress"]["remove"], 3);
    ASSERT_EQ(report["items"].size(), 3U);
    EXPECT_EQ(report["items"][0]["decision"]["reason"], "left");
    EXPECT_EQ(report["history"].size(), campaign.record().history.size());
}

TEST(Campaign, WhatNoCampaignCanHaveComeToIsNotRestored) {
    Record record = opened(2).record();
    record.state = State::Signed;
    EXPECT_FALSE(Campaign::restore(record));
    record.state = State::Open;
    record.items[0].subject.who = "somebody else";
    EXPECT_FALSE(Campaign::restore(record));
}

TEST(Campaign, ADecisionCanBeWithdrawnUntilItIsSigned) {
    Campaign campaign = opened(2);
    const std::string item = campaign.record().items[0].id;
    EXPECT_EQ(code(campaign.withdraw(item, "ben", at(2))), "campaign.not_decided");
    ASSERT_TRUE(campaign.decide(item, "ben", Verdict::Remove, "left", "", at(3)));
    EXPECT_EQ(code(campaign.withdraw(item, "cleo", at(4))), "campaign.not_the_reviewer");
    ASSERT_TRUE(campaign.withdraw(item, "ben", at(5)));
    EXPECT_FALSE(campaign.find(item)->decision);
    EXPECT_EQ(campaign.find(item)->looked, at(5));
    const Event& last = campaign.record().history.back();
    EXPECT_EQ(last.kind, EventKind::Withdrawn);
    EXPECT_EQ(last.detail, "remove");
    EXPECT_EQ(last.reason, "left");
    for (const Item& each : campaign.record().items)
        ASSERT_TRUE(campaign.decide(each.id, each.reviewer, Verdict::Keep, "needed", "", at(20)));
    EXPECT_EQ(campaign.find(item)->decision->seconds, 15);
    EXPECT_EQ(campaign.signing(), nullptr);
    ASSERT_TRUE(campaign.sign("ada", "done", at(30)));
    EXPECT_EQ(campaign.signing()->by, "ada");
    EXPECT_EQ(code(campaign.withdraw(item, "ben", at(31))), "campaign.wrong_state");
}

TEST(Campaign, ReminderOfOneLeavesTheOthersTheirs) {
    Campaign campaign = opened();
    const auto only = campaign.remind(at(7 * day), "ben");
    ASSERT_TRUE(only);
    ASSERT_EQ(only->size(), 1U);
    EXPECT_EQ(only->front().person, "ben");
    EXPECT_TRUE(campaign.remind(at(7 * day + 1), "ben")->empty());
    ASSERT_EQ(campaign.remind(at(7 * day + 2))->size(), 1U);
}

TEST(Campaign, CsvHasALineForEachItem) {
    Campaign campaign = opened(2);
    ASSERT_TRUE(campaign.decide(campaign.record().items[0].id, "ben", Verdict::Change, "=HYPERLINK(\"x\")", "one, two", at(9)));
    const std::string csv = reportCsv(campaign);
    EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 3);
    EXPECT_NE(csv.find(",change,\"'=HYPERLINK(\"\"x\"\")\",\"one, two\",ben,"), std::string::npos) << csv;
    EXPECT_NE(csv.find(",cleo,,,,,,\r\n"), std::string::npos) << csv;
}

TEST(Attestation, ARoleIsAttestedWhenAllWaysIntoItWereKept) {
    std::vector<Mapping> mappings(4);
    std::vector<std::string> items;
    for (std::size_t i = 0; i < mappings.size(); ++i) {
        mappings[i].who = "g" + std::to_string(i);
        mappings[i].role = i < 2 ? "both" : i == 2 ? "removed" : "open";
        items.push_back(itemId(subjectOf(mappings[i])));
    }
    Attestations all;
    const auto say = [&](std::size_t i, Verdict verdict, std::int64_t when) {
        Attestation made;
        made.verdict = verdict;
        made.at = at(when);
        all.emplace(items[i], made);
    };
    EXPECT_TRUE(attestedRoles(mappings, items, all).empty());
    say(0, Verdict::Keep, 100);
    say(2, Verdict::Remove, 100);
    EXPECT_TRUE(attestedRoles(mappings, items, all).empty());
    say(1, Verdict::Keep, 50);
    EXPECT_EQ(attestedRoles(mappings, items, all), (AttestedRoles{{"both", at(50)}}));
}

} // namespace
} // namespace gw::estate::campaign
