// Taking steps: what was seen is held to, what fails stops it, and both ways on from there work.
#include "tests/mesh/fake_aws.h"
#include "tests/mesh/generated_map.h"
#include "tests/mesh/plan_support.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gw::mesh {
namespace {

using std::chrono::milliseconds;
using test::FakeAws;
using test::foundations;
using testing::ElementsAre;

test::Compiled mapOf(std::uint32_t seed) {
    auto reading = readMap(test::generatedMap(seed));
    test::Compiled result;
    result.map = std::make_unique<Map>(std::move(reading->map));
    result.intent = resolve(*result.map, nullptr, UtcTime::parse("2026-11-30T12:00:00Z").value());
    result.compilation = compile(result.intent, test::policyTargets);
    return result;
}

// Time that only pauses make pass.
struct Clockwork {
    milliseconds passed{0};
    std::size_t pauses = 0;
    bool interrupted = false;
    ApplyOptions options() {
        ApplyOptions made;
        made.pause = [this](milliseconds time) {
            passed += time;
            pauses += time.count() > 0 ? 1 : 0;
            return !interrupted;
        };
        return made;
    }
};

std::vector<Step> stepsFrom(const estate::Estate& estate) {
    return test::planOf(test::compiled(std::string(test::things) + R"([[edge]]
id = "E1"
who = "one"
may = "GET"
on = "orders"
[[edge]]
id = "E2"
who = "two"
may = "GET"
on = ["orders", "svc"]
[[edge]]
id = "E3"
who = "service:events.amazonaws.com"
may = "invoke"
on = "f0"
[[edge]]
id = "E4"
who = "two"
may = "assume"
on = "fresh"
)"),
                        estate)
        .steps;
}

TEST(Apply, TakesEveryStepOnce) {
    const estate::Estate estate(foundations());
    const auto steps = stepsFrom(estate);
    FakeAws aws(estate);
    Clockwork time;
    std::vector<std::size_t> told;
    ApplyOptions options = time.options();
    options.told = [&](const ApplyEvent& event) { told.push_back(event.step); };
    Applied applied = applySteps(steps, aws, options);
    ASSERT_FALSE(applied.error) << applied.error->chain();
    EXPECT_EQ(applied.count(StepState::Done), steps.size());
    EXPECT_EQ(told.size(), steps.size());
    EXPECT_EQ(aws.held(), FakeAws(estateAfter(estate, steps)).held());
    EXPECT_THAT(aws.changes.front(), "iam:CreateRole");
    EXPECT_THAT(aws.changes.back(), "apigateway:CreateDeployment");
    // Once more there is nothing to do.
    aws.changes.clear();
    applied = applySteps(steps, aws, options);
    EXPECT_EQ(applied.count(StepState::Already), steps.size());
    EXPECT_THAT(aws.changes, ElementsAre());
}

TEST(Apply, RefusesWhatIsNotAsItWasSeen) {
    const estate::Estate estate(foundations());
    const auto steps = stepsFrom(estate);
    for (const auto& [key, text] : FakeAws(estate).texts) {
        FakeAws aws(estate);
        const bool statement = key.starts_with("function ") || key.find(" r/") != std::string::npos || key.find(" stage ") != std::string::npos;
        if (statement) continue;
        aws.texts[key] = R"({"Version":"2012-10-17","Statement":[{"Sid":"Intruder","Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]})";
        const Applied applied = applySteps(steps, aws, Clockwork().options());
        const bool concerned = std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
            return (step.kind == StepKind::TrustPolicy && key == "111122223333 " + step.object.substr(step.object.rfind('/') + 1)) ||
                   (step.kind == StepKind::ApiPolicy && key == "api " + step.id) ||
                   (step.kind == StepKind::AuthPolicy && key == "lattice " + step.object.substr(step.object.rfind('/') + 1));
        });
        EXPECT_EQ(!applied.changed.empty(), concerned) << key;
        if (!concerned) continue;
        EXPECT_TRUE(applied.error->code().is(ApplyError::EstateChanged));
        EXPECT_THAT(aws.changes, ElementsAre());
    }
    // Another deployment, another authorization, a role that somebody made.
    for (const auto& [key, text] : std::vector<std::pair<std::string, std::string>>{
             {"api aaaa stage prod", "d9"}, {"api aaaa r/v1/orders GET", R"({"authorizationType":"CUSTOM"})"}, {"111122223333 fresh", test::foreignTrust}}) {
        FakeAws aws(estate);
        aws.texts[key] = text;
        EXPECT_EQ(applySteps(steps, aws, Clockwork().options()).changed.size(), 1U) << key;
        EXPECT_THAT(aws.changes, ElementsAre());
    }
}

TEST(Apply, WaitsUntilAChangeShowsAndNoLonger) {
    const estate::Estate estate(foundations());
    const auto steps = stepsFrom(estate);
    FakeAws aws(estate);
    aws.late = 3;
    Clockwork time;
    Applied applied = applySteps(steps, aws, time.options());
    ASSERT_FALSE(applied.error) << applied.error->chain();
    EXPECT_GE(time.pauses, 3U);
    FakeAws never(estate);
    never.late = 1'000'000;
    Clockwork patient;
    applied = applySteps(steps, never, patient.options());
    ASSERT_TRUE(applied.error);
    EXPECT_TRUE(applied.error->code().is(ApplyError::NotSettled));
    EXPECT_EQ(applied.failedAt, 0U);
    EXPECT_LE(patient.passed, ApplyOptions().patience);
    EXPECT_GT(patient.passed, ApplyOptions().patience / 2);
}

// What names a role that was just made may not know it yet.
TEST(Apply, TriesAgainWhereARoleIsTooNew) {
    const estate::Estate estate(foundations());
    const auto steps = stepsFrom(estate);
    FakeAws aws(estate);
    std::size_t left = 3;
    struct TooEarly final : CallDoor {
        FakeAws& aws;
        std::size_t& left;
        TooEarly(FakeAws& real, std::size_t& times) : aws(real), left(times) {}
        Reply call(const ApiCall& call, const std::string& account, const std::string& region) override {
            if (call.operation == "PutAuthPolicy" && left > 0) {
                --left;
                return {Reply::Kind::Refused, {}, Error(ApplyError::Refused).with("code", "MalformedPolicyDocument").with("message", "Invalid principal in policy")};
            }
            return aws.call(call, account, region);
        }
    } door(aws, left);
    Clockwork time;
    EXPECT_FALSE(applySteps(steps, door, time.options()).error);
    EXPECT_EQ(left, 0U);
    EXPECT_GE(time.pauses, 3U);
}

TEST(Apply, StopsWhereItIsAskedTo) {
    const estate::Estate estate(foundations());
    const auto steps = stepsFrom(estate);
    FakeAws aws(estate);
    Clockwork time;
    ApplyOptions options = time.options();
    options.told = [&](const ApplyEvent& event) { time.interrupted = event.step == 1; };
    const Applied applied = applySteps(steps, aws, options);
    ASSERT_TRUE(applied.error);
    EXPECT_TRUE(applied.error->code().is(ApplyError::Interrupted));
    EXPECT_EQ(applied.count(StepState::Done), 2U);
    EXPECT_EQ(applied.failedAt, 2U);
}

// IAM keeps five versions of a policy: the oldest makes room.
TEST(Apply, MakesRoomForAVersion) {
    const std::string policy = "arn:aws:iam::111122223333:policy/gatewarden/one-gatewarden-1";
    Step step;
    step.kind = StepKind::ManagedPolicy;
    step.change = StepChange::Replace;
    step.object = "arn:aws:iam::111122223333:role/one";
    step.account = "111122223333";
    step.name = policy;
    step.before = test::foreignPermissions;
    step.seen = seenDigest(step.kind, step.before);
    step.after = R"({"Version":"2012-10-17","Statement":[{"Sid":"gwE1","Effect":"Allow","Action":"s3:*","Resource":"*"}]})";
    FakeAws aws{estate::Estate(foundations())};
    aws.texts[policy] = test::foreignPermissions;
    aws.versions[policy] = {"v2", "v3", "v4", "v5", "v6"};
    const Applied applied = applySteps(std::span(&step, 1), aws, Clockwork().options());
    ASSERT_FALSE(applied.error) << applied.error->chain();
    EXPECT_THAT(aws.versions[policy], ElementsAre("v3", "v4", "v5", "v6", "v7"));
    EXPECT_THAT(aws.changes, ElementsAre("iam:DeletePolicyVersion", "iam:CreatePolicyVersion"));
}

// Somebody else changed the function's policy between the look and the change.
TEST(Apply, HoldsToTheRevisionOfAFunction) {
    const estate::Estate estate(foundations());
    const auto steps = stepsFrom(estate);
    FakeAws aws(estate);
    aws.refuses = [&](const ApiCall& call) {
        if (call.operation == "AddPermission") ++aws.revision;
        return false;
    };
    const Applied applied = applySteps(steps, aws, Clockwork().options());
    ASSERT_TRUE(applied.error);
    EXPECT_EQ(applied.error->fact("code"), "PreconditionFailedException");
}

// Over everything that policies can hold, from what another map left: the steps lead where the plan says, there and back; and
// wherever one fails, the same plan goes on or back from there.
TEST(GeneratedPlans, AreAppliedResumedAndTakenBack) {
    std::size_t failures = 0;
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        const test::Compiled map = mapOf(seed), former = mapOf(seed + 1'000);
        const estate::Estate bare(foundations());
        const estate::Estate before = estateAfter(bare, test::planOf(former, bare).steps);
        const auto steps = test::planOf(map, before).steps;
        const auto start = FakeAws(before).held(), goal = FakeAws(estateAfter(before, steps)).held();
        FakeAws aws(before);
        Applied applied = applySteps(steps, aws, Clockwork().options());
        ASSERT_FALSE(applied.error) << "seed " << seed << applied.error->chain() << applied.error->fact("code");
        EXPECT_EQ(aws.held(), goal) << "seed " << seed;
        const auto back = revertSteps(steps);
        EXPECT_EQ(markOf(back), markOf(steps));
        applied = applySteps(back, aws, Clockwork().options());
        ASSERT_FALSE(applied.error) << "seed " << seed << applied.error->chain() << applied.error->fact("code");
        EXPECT_EQ(aws.held(), start) << "seed " << seed;
        const std::size_t calls = aws.changes.size() / 2;
        for (std::size_t at = 0; at < calls; at += 1 + seed % 3) {
            for (const bool onwards : {true, false}) {
                FakeAws failing(before);
                std::size_t left = at;
                failing.refuses = [&](const ApiCall&) { return left-- == 0; };
                applied = applySteps(steps, failing, Clockwork().options());
                ASSERT_TRUE(applied.error) << "seed " << seed << " at " << at;
                EXPECT_EQ(applied.count(StepState::Failed), 1U);
                ++failures;
                failing.refuses = nullptr;
                const Applied next = applySteps(onwards ? steps : back, failing, Clockwork().options());
                ASSERT_FALSE(next.error) << "seed " << seed << " at " << at << " " << next.error->chain() << next.error->fact("object");
                EXPECT_EQ(failing.held(), onwards ? goal : start) << "seed " << seed << " at " << at;
            }
        }
    }
    EXPECT_GT(failures, 200U);
}

} // namespace
} // namespace gw::mesh
