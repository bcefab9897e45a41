// Drift: access that was gained and lost, with witnesses that the evaluator answers differently on the two sides.
#include "models/estate/drift.h"
#include "models/estate/estate_parts.h"
#include "models/estate/question.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <random>
#include <set>
#include <sstream>

namespace gw::estate {
namespace {

const policy::WorldRules open{false, UtcTime::fromUnixSeconds(1'795'521'600), nullptr};
const std::string account = "111111111111";
const std::string provider = "arn:aws:iam::111111111111:saml-provider/idp";

PolicyDocument document(const std::string& name, const std::string& statements, const std::string& arn = {}) {
    PolicyDocument made;
    made.name = name;
    made.arn = arn;
    made.text = R"({"Version":"2012-10-17","Statement":[)" + statements + "]}";
    return made;
}

std::string allow(const std::string& action, const std::string& resource = "*") {
    return R"({"Effect":"Allow","Action":")" + action + R"(","Resource":")" + resource + "\"}";
}

std::string samlTrust(const std::string& condition) {
    return R"({"Effect":"Allow","Principal":{"Federated":")" + provider + R"("},"Action":"sts:AssumeRoleWithSAML","Condition":)" +
           condition + "}";
}

constexpr const char* audience = R"({"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"}})";

Role role(const std::string& name, const std::string& trust, const std::string& statements) {
    Role made;
    made.account = account;
    made.name = name;
    made.path = "/";
    made.arn = "arn:aws:iam::111111111111:role/" + name;
    made.trust = document(name, trust);
    made.policies.inlinePolicies.push_back(document("own", statements));
    return made;
}

EstateParts parts(std::vector<Role> roles) {
    EstateParts made;
    Assignment assignment;
    assignment.group = "g";
    assignment.provider = provider;
    for (const Role& each : roles) {
        assignment.role = each.arn;
        made.assignments.push_back(assignment);
    }
    made.directoryGroups.push_back({"g", "Payments", {"u1", "u2", "u3"}, true, {}});
    for (const char* each : {"u1", "u2", "u3", "u4"})
        made.people.push_back({each, std::string(each) + "@example.com", {}, {}, true, {}});
    made.roles = std::move(roles);
    return made;
}

std::vector<Drift> between(EstateParts before, EstateParts after) {
    return driftBetween(Estate(std::move(before)), Estate(std::move(after)), open).drifts;
}

TEST(Drift, OtherTextWithTheSameMeaningIsNone) {
    EstateParts before = parts({role("r", samlTrust(audience), allow("s3:GetObject"))});
    EstateParts after = before;
    after.roles[0].policies.inlinePolicies = {
        document("renamed", R"({ "Sid":"x", "Resource":["*"], "Action":["s3:GetObject"], "Effect":"Allow" })")};
    after.roles[0].trust = document(
        "r",
        R"( {"Condition":{"StringEquals":{"saml:AUD":["https://signin.aws.amazon.com/saml"]}},"Effect":"Allow","Principal":{"Federated":[")" +
            provider + R"("]},"Action":["sts:AssumeRoleWithSAML"]})");
    const DriftReport report = driftBetween(Estate(std::move(before)), Estate(std::move(after)), open);
    EXPECT_TRUE(report.drifts.empty());
    EXPECT_EQ(report.compared, 1U);
    EXPECT_EQ(report.changed, 1U);
}

TEST(Drift, PermissionsAreGainedAndLostByThePeopleBehindTheRole) {
    EstateParts before = parts({role("r", samlTrust(audience), allow("s3:GetObject"))});
    EstateParts after = before;
    after.roles[0].policies.inlinePolicies = {document("own", allow("s3:PutObject"))};
    const auto drifts = between(std::move(before), std::move(after));
    ASSERT_EQ(drifts.size(), 2U);
    EXPECT_EQ(drifts[0].direction, DriftDirection::Gained);
    EXPECT_EQ(drifts[0].cause, DriftCause::Permissions);
    EXPECT_EQ(foldedAscii(drifts[0].action), "s3:putobject");
    EXPECT_EQ(drifts[0].groups, std::vector<std::string>{"Payments"});
    EXPECT_EQ(drifts[0].people, 3U);
    EXPECT_EQ(drifts[1].direction, DriftDirection::Lost);
    EXPECT_EQ(foldedAscii(drifts[1].action), "s3:getobject");
}

TEST(Drift, ADeletedConditionOfTrustIsGained) {
    EstateParts before = parts({role(
        "r",
        samlTrust(R"({"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml","saml:edupersonaffiliation":"staff"}})"),
        allow("s3:GetObject"))});
    EstateParts after = before;
    after.roles[0].trust = document("r", samlTrust(audience));
    const auto drifts = between(before, after);
    ASSERT_EQ(drifts.size(), 1U);
    EXPECT_EQ(drifts[0].cause, DriftCause::Trust);
    EXPECT_EQ(drifts[0].direction, DriftDirection::Gained);
    EXPECT_EQ(drifts[0].principal, provider);
    EXPECT_EQ(drifts[0].people, 3U);
    const auto back = between(after, before);
    ASSERT_EQ(back.size(), 1U);
    EXPECT_EQ(back[0].direction, DriftDirection::Lost);
}

TEST(Drift, ANewPrincipalOfTrustIsNamed) {
    EstateParts before = parts({role("r", samlTrust(audience), allow("s3:GetObject"))});
    EstateParts after = before;
    after.roles[0].trust = document(
        "r", samlTrust(audience) + R"(,{"Effect":"Allow","Principal":{"AWS":"999999999999"},"Action":"sts:AssumeRole"})");
    const auto drifts = between(std::move(before), std::move(after));
    ASSERT_EQ(drifts.size(), 1U);
    EXPECT_EQ(drifts[0].principal, "arn:aws:iam::999999999999:root");
    EXPECT_EQ(drifts[0].action, "sts:AssumeRole");
    EXPECT_EQ(drifts[0].resource, "arn:aws:iam::111111111111:role/r");
}

TEST(Drift, AResourceThatOpensIsGained) {
    EstateParts before = parts({});
    Resource function;
    function.kind = ResourceKind::Function;
    function.arn = "arn:aws:lambda:eu-west-1:111111111111:function:f";
    function.account = account;
    function.policyKnown = true;
    function.policy = document(
        "f", R"({"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"*"})");
    before.resources.push_back(function);
    EstateParts after = before;
    after.resources[0].policy =
        document("f", R"({"Effect":"Allow","Principal":"*","Action":"lambda:InvokeFunction","Resource":"*"})");
    const auto drifts = between(std::move(before), std::move(after));
    ASSERT_EQ(drifts.size(), 1U); // the service is among everybody
    EXPECT_EQ(drifts[0].principal, "*");
    EXPECT_EQ(drifts[0].direction, DriftDirection::Gained);
    EXPECT_EQ(drifts[0].cause, DriftCause::ResourcePolicy);
    EXPECT_EQ(drifts[0].action, "lambda:InvokeFunction");
}

TEST(Drift, AssignmentsMembersAndExistence) {
    EstateParts before = parts(
        {role("old", samlTrust(audience), allow("s3:GetObject")), role("kept", samlTrust(audience), allow("s3:GetObject"))});
    EstateParts after = parts(
        {role("kept", samlTrust(audience), allow("s3:GetObject")), role("new", samlTrust(audience), allow("s3:GetObject"))});
    after.directoryGroups[0].members = {"u1", "u2", "u4"};
    const auto drifts = between(std::move(before), std::move(after));
    const auto has = [&](DriftCause cause, DriftDirection direction, const std::string& principal) {
        return std::count_if(drifts.begin(), drifts.end(), [&](const Drift& each) {
            return each.cause == cause && each.direction == direction && each.principal == principal;
        });
    };
    EXPECT_EQ(has(DriftCause::Existence, DriftDirection::Gained, "arn:aws:iam::111111111111:role/new"), 1);
    EXPECT_EQ(has(DriftCause::Existence, DriftDirection::Lost, "arn:aws:iam::111111111111:role/old"), 1);
    EXPECT_EQ(has(DriftCause::Assignment, DriftDirection::Gained, "group:Payments"), 1);
    EXPECT_EQ(has(DriftCause::Assignment, DriftDirection::Lost, "group:Payments"), 1);
    EXPECT_EQ(has(DriftCause::Membership, DriftDirection::Gained, "person:u4@example.com"), 1);
    EXPECT_EQ(has(DriftCause::Membership, DriftDirection::Lost, "person:u3@example.com"), 1);
    EXPECT_EQ(drifts.size(), 6U);
}

TEST(Drift, WhatOnlyOneSideKnowsIsNotCalledAChange) {
    EstateParts before = parts({role("r", samlTrust(audience), allow("s3:GetObject"))});
    EstateParts after = before;
    after.roles[0].policies.attached.push_back("arn:aws:iam::aws:policy/NotRead");
    const DriftReport report = driftBetween(Estate(std::move(before)), Estate(std::move(after)), open);
    EXPECT_TRUE(report.drifts.empty());
    ASSERT_EQ(report.unknown.size(), 1U);
    EXPECT_EQ(report.unknown[0].what, Missing::ManagedPolicy);
}

// As templates and states are: what they do not have is not new, and the organization's policies are not theirs to tell.
TEST(Drift, APartTellsOnlyOfWhatItHas) {
    EstateParts before = parts({role("r", samlTrust(audience), allow("s3:GetObject"))});
    before.roles[0].arn = "arn:aws:iam::111111111111:role/deployed/r";
    EstateParts after = parts({role("r", samlTrust(audience), allow("s3:PutObject")), role("beside", samlTrust(audience), allow("s3:*"))});
    DriftBounds part;
    part.isPart = true;
    const auto drifts = driftBetween(Estate(std::move(before)), Estate(std::move(after)), open, {}, part).drifts;
    ASSERT_EQ(drifts.size(), 2U);
    for (const Drift& each : drifts) {
        EXPECT_EQ(each.cause, DriftCause::Permissions);
        EXPECT_EQ(each.object, "arn:aws:iam::111111111111:role/r");
    }
}

TEST(Drift, WhoIsNotActiveAnyMoreHasLeft) {
    const EstateParts before = parts({role("r", samlTrust(audience), allow("s3:GetObject"))});
    EstateParts after = before;
    after.people[1].active = false;
    const auto drifts = between(before, after);
    ASSERT_EQ(drifts.size(), 1U);
    EXPECT_EQ(drifts[0].direction, DriftDirection::Lost);
    EXPECT_EQ(drifts[0].cause, DriftCause::Membership);
    EXPECT_EQ(drifts[0].principal, "person:u2@example.com");
    const Estate estate{EstateParts(after)};
    EXPECT_EQ(estate.directoryGroups()[0].members, (std::vector<std::string>{"u1", "u3"}));
    EXPECT_EQ(Estate(EstateParts(partsOf(estate))).directoryGroups()[0].members.size(), 2U);
}

TEST(Drift, ABaselineWithoutADirectorySaysNothingOfGroups) {
    const EstateParts after = parts({role("r", samlTrust(audience), allow("s3:GetObject"))});
    EstateParts before = after;
    before.assignments.clear();
    before.directoryGroups.clear();
    before.people.clear();
    const DriftReport report = driftBetween(Estate(std::move(before)), Estate(EstateParts(after)), open);
    EXPECT_TRUE(report.drifts.empty());
    ASSERT_EQ(report.unknown.size(), 1U);
    EXPECT_EQ(report.unknown[0].what, Missing::Group);
    EXPECT_EQ(report.unknown[0].object, "Payments");
}

TEST(Drift, APatternIsToldAsItIsWritten) {
    EstateParts before = parts({role("r", samlTrust(audience), allow("s3:GetObject", "arn:aws:s3:::a/*"))});
    EstateParts after = before;
    after.roles[0].policies.inlinePolicies = {
        document("own", allow("s3:GetObject", "arn:aws:s3:::a/*") + "," + allow("s3:GetObject", "arn:aws:s3:::b/*"))};
    const auto drifts = between(std::move(before), std::move(after));
    ASSERT_EQ(drifts.size(), 1U);
    EXPECT_EQ(drifts[0].resource, "arn:aws:s3:::b/*");
}

TEST(Drift, WitnessesAreActionsOfTheCatalogue) {
    std::ifstream file(GW_SOURCE_DIR "/resources/catalogue/catalogue.jsonl", std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    const auto catalogue = policy::Catalogue::read(text.str());
    ASSERT_TRUE(catalogue);
    policy::WorldRules world = open;
    world.catalogue = catalogue->get();
    for (const char* granted : {"*", "s3:*", "s3:Get*"}) {
        EstateParts before =
            parts({role("r", samlTrust(audience), allow("kms:Decrypt", "arn:aws:kms:eu-west-1:111111111111:key/k"))});
        EstateParts after = before;
        after.roles[0].policies.inlinePolicies.push_back(document("more", allow(granted)));
        const auto drifts = driftBetween(Estate(std::move(before)), Estate(std::move(after)), world).drifts;
        EXPECT_FALSE(drifts.empty()) << granted;
        for (const Drift& each : drifts) EXPECT_NE((*catalogue)->action(each.action), nullptr) << granted << " " << each.action;
    }
}

// Without a catalogue nobody knows which actions there are: then the pattern is told, and once.
TEST(Drift, WhatNoCatalogueHasIsToldAsThePolicyWritesIt) {
    for (const std::string granted : {"*", "s3:*", "s3:Get*"}) {
        EstateParts before = parts({role("r", samlTrust(audience), allow("s3:GetObject", "arn:aws:s3:::reports/*"))});
        EstateParts after = before;
        after.roles[0].policies.inlinePolicies.push_back(document("more", allow(granted, "arn:aws:s3:::other/*")));
        const auto drifts = between(std::move(before), std::move(after));
        std::set<std::string> told;
        for (const Drift& each : drifts) {
            EXPECT_TRUE(each.action == granted || each.action == "s3:GetObject" || each.action == "s3:getobject" || each.action == "sts:GetSessionToken") << granted << ": " << each.action;
            EXPECT_TRUE(told.insert(each.action + " " + each.resource).second) << granted << ": " << each.action << " " << each.resource;
        }
        EXPECT_TRUE(told.contains(granted + " arn:aws:s3:::other/*")) << granted;
    }
}

TEST(Drift, CanBeStopped) {
    EstateParts some = parts({role("r", samlTrust(audience), allow("s3:GetObject"))});
    EXPECT_FALSE(driftBetween(Estate(EstateParts(some)), Estate(EstateParts(some)), open, [](double) { return false; }).complete);
    std::vector<double> told;
    EXPECT_TRUE(driftBetween(Estate(EstateParts(some)), Estate(EstateParts(some)), open, [&](double part) { told.push_back(part); return true; }).complete);
    EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
    EXPECT_EQ(told.back(), 1.0);
}

// Every witness of permissions is answered differently on the two sides, and an estate does not drift from itself.
TEST(DriftProperty, WitnessesHold) {
    const std::vector<std::string> pool{
        allow("s3:*"), allow("s3:GetObject", "arn:aws:s3:::a/*"), allow("sqs:SendMessage"),
        R"({"Effect":"Deny","Action":"s3:DeleteObject","Resource":"*"})",
        R"({"Effect":"Allow","Action":"sns:Publish","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/team":"a"}}})"};
    for (unsigned seed = 1; seed <= 60; ++seed) {
        std::mt19937 random(seed);
        const auto some = [&] {
            EstateParts made = parts({role("r", samlTrust(audience), pool[random() % pool.size()])});
            made.roles[0].policies.inlinePolicies.push_back(document("more", pool[random() % pool.size()]));
            return made;
        };
        const EstateParts before = some(), after = some();
        const Estate one{EstateParts(before)}, other{EstateParts(after)};
        EXPECT_TRUE(driftBetween(one, Estate(EstateParts(before)), open).drifts.empty()) << "seed " << seed;
        for (const Drift& each : driftBetween(one, other, open).drifts) {
            policy::Request request{*policy::Principal::parse(each.principal), each.action, each.resource, {}, {}, {}};
            for (const auto& [key, values] : each.context) request.context.set(key, values.front());
            const auto ask = [&](const Estate& side) {
                const Question question = makeQuestion(side, request);
                return policy::answer(question.request, {}, question.policies).decision == policy::Decision::Allowed;
            };
            EXPECT_EQ(ask(other), each.direction == DriftDirection::Gained)
                << "seed " << seed << " " << each.action << " " << each.resource;
            EXPECT_EQ(ask(one), each.direction == DriftDirection::Lost)
                << "seed " << seed << " " << each.action << " " << each.resource;
        }
    }
}

// What a trust policy lets in, for trying every sign-in of a small world.
struct Claim {
    const char* key;
    std::vector<std::string> values; // the last one no policy names
    bool list;
};

const std::vector<Claim>& claims() {
    static const std::vector<Claim> all{
        {"saml:aud", {"https://signin.aws.amazon.com/saml", "https://eu-west-1.signin.aws.amazon.com/saml", "https://x"}, false},
        {"saml:sub", {"u1", "u2", "u3", "nobody"}, false},
        {"saml:edupersonaffiliation", {"a", "b", "z"}, true},
        {"saml:sub_type", {"persistent", "transient", "t"}, false}};
    return all;
}

struct TrustCondition {
    std::size_t claim = 0;
    std::string op;
    std::vector<std::string> values;
};

struct TrustStatement {
    bool allow = true;
    std::vector<TrustCondition> conditions;
};

std::string trustText(const std::vector<TrustStatement>& statements) {
    std::string text;
    for (const TrustStatement& each : statements) {
        text += text.empty() ? "" : ",";
        text += std::string(R"({"Effect":")") + (each.allow ? "Allow" : "Deny") + R"(","Principal":{"Federated":")" + provider +
                R"("},"Action":"sts:AssumeRoleWithSAML","Condition":{)";
        for (std::size_t i = 0; i < each.conditions.size(); ++i) {
            const TrustCondition& one = each.conditions[i];
            text += (i == 0 ? "\"" : ",\"") + one.op + R"(":{")" + claims()[one.claim].key + R"(":[)";
            for (std::size_t k = 0; k < one.values.size(); ++k) text += (k == 0 ? "\"" : ",\"") + one.values[k] + "\"";
            text += "]}";
        }
        text += "}}";
    }
    return text;
}

std::vector<TrustStatement> someTrust(std::mt19937& random) {
    static const std::vector<std::string> plain{"StringEquals", "StringNotEquals", "StringEqualsIfExists", "StringLike"};
    static const std::vector<std::string> ofLists{"ForAnyValue:StringEquals", "ForAllValues:StringEquals",
                                                  "ForAnyValue:StringLike"};
    std::vector<TrustStatement> statements(1 + random() % 2);
    for (TrustStatement& each : statements) {
        each.allow = &each == &statements.front() || random() % 3 != 0;
        for (std::size_t claim = 0; claim < claims().size(); ++claim) {
            if (random() % 2 == 0) continue;
            const auto& ops = claims()[claim].list ? ofLists : plain;
            TrustCondition condition{claim, ops[random() % ops.size()], {}};
            const bool used = std::any_of(each.conditions.begin(), each.conditions.end(),
                                          [&](const auto& one) { return one.op == condition.op; });
            if (used) continue;
            for (std::size_t i = 0; i + 1 < claims()[claim].values.size(); ++i)
                if (condition.values.empty() || random() % 2 == 0) condition.values.push_back(claims()[claim].values[i]);
            each.conditions.push_back(std::move(condition));
        }
    }
    return statements;
}

bool letsIn(const Estate& estate, const policy::Context& context) {
    policy::Request request{
        *policy::Principal::parse(provider), "sts:AssumeRoleWithSAML", estate.roles()[0].arn, {}, context, {}};
    policy::PolicySet policies;
    policies.resource = *estate.compiled(*estate.roles()[0].trust, policy::DocumentKind::Trust);
    return policy::answer(request, {true, std::nullopt, nullptr}, policies).decision == policy::Decision::Allowed;
}

// Every sign-in that the claims' values make, each of them absent as well.
void forEachSignIn(std::size_t claim, policy::Context& context, const std::function<void(const policy::Context&)>& use) {
    if (claim == claims().size()) return use(context);
    const Claim& one = claims()[claim];
    const policy::Key key(one.key);
    forEachSignIn(claim + 1, context, use);
    for (const std::string& each : one.values) {
        context.set(key, policy::ContextValue::many({each}));
        forEachSignIn(claim + 1, context, use);
    }
    if (one.list) {
        context.set(key, policy::ContextValue::many({one.values[0], one.values[1]}));
        forEachSignIn(claim + 1, context, use);
        context.set(key, policy::ContextValue::many(one.values));
        forEachSignIn(claim + 1, context, use);
    }
    context.remove(key);
}

// Whether anybody is let in by the one and not by the other is what trying every sign-in says, and each witness is one.
TEST(DriftProperty, TrustIsComparedByWhomItLetsIn) {
    for (unsigned seed = 1; seed <= 150; ++seed) {
        std::mt19937 random(seed);
        auto before = someTrust(random), after = before;
        if (seed % 3 == 0) {
            after = someTrust(random);
        } else {
            // One value more, or one less.
            auto& conditions = after[random() % after.size()].conditions;
            if (conditions.empty()) continue;
            TrustCondition& one = conditions[random() % conditions.size()];
            const auto& values = claims()[one.claim].values;
            if (seed % 3 == 1)
                one.values.push_back(values[random() % values.size()]);
            else if (one.values.size() > 1)
                one.values.pop_back();
        }
        const Estate one{parts({role("r", trustText(before), allow("s3:GetObject"))})},
            other{parts({role("r", trustText(after), allow("s3:GetObject"))})};
        bool gained = false, lost = false;
        policy::Context context;
        forEachSignIn(0, context, [&](const policy::Context& each) {
            const bool here = letsIn(one, each), there = letsIn(other, each);
            gained = gained || (there && !here);
            lost = lost || (here && !there);
        });
        const DriftReport report = driftBetween(one, other, open);
        const std::string about = "seed " + std::to_string(seed) + "\n" + trustText(before) + "\n" + trustText(after);
        EXPECT_TRUE(report.exhaustive) << about;
        EXPECT_EQ(report.count(DriftDirection::Gained), gained ? 1U : 0U) << about;
        EXPECT_EQ(report.count(DriftDirection::Lost), lost ? 1U : 0U) << about;
        for (const Drift& each : report.drifts) {
            policy::Context witness;
            for (const auto& [key, values] : each.context) witness.set(policy::Key(key), policy::ContextValue::many(values));
            EXPECT_EQ(letsIn(other, witness), each.direction == DriftDirection::Gained) << about;
            EXPECT_EQ(letsIn(one, witness), each.direction == DriftDirection::Lost) << about;
        }
    }
}

TEST(Drift, OneMoreAmongHundredsWhoMaySignInIsNamed) {
    std::string many;
    for (int i = 0; i < 300; ++i) many += (i == 0 ? "\"u" : ",\"u") + std::to_string(i) + "\"";
    const auto withSubjects = [&](const std::string& subjects) {
        return samlTrust(R"({"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml","SAML:sub":[)" + subjects + "]}}");
    };
    const Estate before{parts({role("r", withSubjects(many), allow("s3:GetObject"))})},
        after{parts({role("r", withSubjects(many + ",\"joe\""), allow("s3:GetObject"))})};
    const DriftReport report = driftBetween(before, after, open);
    ASSERT_EQ(report.drifts.size(), 1U);
    EXPECT_EQ(report.drifts[0].direction, DriftDirection::Gained);
    EXPECT_TRUE(report.exhaustive);
    const auto& context = report.drifts[0].context;
    EXPECT_EQ(std::count(context.begin(), context.end(), std::pair(std::string("SAML:sub"), std::vector<std::string>{"joe"})), 1);
}

} // namespace
} // namespace gw::estate
