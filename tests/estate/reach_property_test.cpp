// Reach against trying everybody and everything by the evaluator, over generated organizations.
#include "models/estate/question.h"
#include "models/estate/reach.h"
#include "models/policy/catalogue.h"
#include "tests/estate/made_estate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

namespace gw::estate {
namespace {

using namespace test;
using policy::Decision;

// Every object is made from the seed and its own number, so that a smaller organization is the beginning of a larger one.
EstateParts generate(unsigned seed, unsigned size) {
    EstateParts parts;
    const auto chance = [&](unsigned what) { return static_cast<unsigned>(std::mt19937(seed * 7919 + what)()); };
    const auto pick = [&](unsigned what, const std::vector<std::string>& from) { return from[chance(what) % from.size()]; };
    if (chance(1) % 4 != 0)
        addOrganization(parts, chance(2) % 2 == 0 ? R"({"Effect":"Deny","Action":"lambda:*","Resource":"*"})" : "");
    const std::vector<std::string> statements{
        allow("execute-api:Invoke", api + "/*/POST/refunds"),
        allow("execute-api:*", "*"),
        allow("*", "*"),
        allow("s3:Get*", bucket + "/*"),
        allow("lambda:InvokeFunction", function),
        allow("sts:AssumeRole", "*"),
        allow("execute-api:Invoke", "*", R"(,"Condition":{"StringEquals":{"aws:PrincipalTag/team":"pay"}})"),
        R"({"Effect":"Deny","Action":"execute-api:Invoke","Resource":"*"})",
        R"({"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"false"}}})",
        R"({"Effect":"Allow","NotAction":"iam:*","Resource":"*"})",
        allow("s3:ListAllMyBuckets", "*"),
        allow("iam:PassRole", "*"),
        allow("s3:*", "arn:aws:s3:::reports/*"),
        allow("dynamodb:*Item", "arn:aws:dynamodb:eu-west-1:*:table/led?er"),
        R"({"Effect":"Deny","Action":"s3:DeleteObject","Resource":"arn:aws:s3:::reports/kept/*"})",
        allow("s3:GetObject", "arn:aws:s3:::homes/${aws:PrincipalTag/team}/*")};
    const auto arnOf = [&](unsigned i) { return "arn:aws:iam::" + (i % 2 == 0 ? one : two) + ":role/r" + std::to_string(i); };
    for (unsigned i = 0; i < size; ++i) {
        const std::string& account = i % 2 == 0 ? one : two;
        const std::vector<std::string> trusts{
            samlTrust(account, ours),
            samlTrust(account, ""),
            samlTrust(account, R"({"StringEquals":{"SAML:aud":"https://example.com/"}})"),
            samlTrust(
                account,
                R"({"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml","saml:edupersonaffiliation":"staff"}})"),
            trust(R"({"AWS":"arn:aws:iam::)" + one + R"(:root"})", "sts:AssumeRole"),
            trust(R"({"AWS":")" + arnOf(chance(1000 + i) % std::max(1U, i + 1)) + "\"}", "sts:AssumeRole"),
            trust(R"({"AWS":"*"})", "sts:AssumeRole", R"({"StringEquals":{"aws:PrincipalOrgID":"o-test"}})"),
            trust(R"({"AWS":"arn:aws:iam::)" + two + R"(:root"})", "sts:*", R"({"StringEquals":{"sts:ExternalId":"x"}})"),
            trust(R"({"Service":"lambda.amazonaws.com"})", "sts:AssumeRole")};
        std::vector<std::string> own;
        for (unsigned k = 0; k < 1 + chance(2000 + i) % 3; ++k) own.push_back(pick(3000 + i * 8 + k, statements));
        Role made = role(account, "r" + std::to_string(i), pick(4000 + i, trusts), own);
        if (chance(5000 + i) % 5 == 0) made.tags.emplace_back("team", chance(5100 + i) % 2 == 0 ? "pay" : "other");
        if (chance(6000 + i) % 7 == 0) made.policies.boundary = "arn:aws:iam::" + account + ":policy/limit";
        if (chance(7000 + i) % 9 == 0) made.policies.attached.push_back("arn:aws:iam::aws:policy/NotRead");
        if (chance(8000 + i) % 11 == 0) made.policies = {{}, {}, {}, false};
        if (chance(9000 + i) % 2 == 0) parts.assignments.push_back(assignment("g" + std::to_string(i % 3), made));
        parts.roles.push_back(std::move(made));
    }
    for (const std::string& account : {one, two}) {
        ManagedPolicy limit;
        limit.account = account;
        limit.arn = "arn:aws:iam::" + account + ":policy/limit";
        limit.document = document("limit", allow("execute-api:*", "*") + "," + allow("s3:*", "*"), limit.arn);
        parts.managedPolicies.push_back(limit);
    }
    User user;
    user.account = one;
    user.name = "ines";
    user.path = "/";
    user.arn = "arn:aws:iam::" + one + ":user/ines";
    user.policies.inlinePolicies.push_back(document("own", allow("sts:AssumeRole", "*")));
    parts.users.push_back(user);
    const std::vector<std::string> apiPolicies{
        "", R"({"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/*"})",
        R"({"Effect":"Allow","Principal":{"AWS":")" + arnOf(1) + R"("},"Action":"execute-api:Invoke","Resource":"*"})",
        R"({"Effect":"Allow","Principal":{"AWS":"222222222222"},"Action":"execute-api:Invoke","Resource":"*"})"};
    Resource rest = resource(ResourceKind::RestApi, api, one, pick(10, apiPolicies));
    rest.id = "api1";
    parts.resources.push_back(rest);
    parts.resources.push_back(route("POST", "/refunds"));
    parts.resources.push_back(route("GET", "/refunds/{id}"));
    parts.resources.push_back(resource(
        ResourceKind::Function, function, two,
        chance(11) % 2 == 0
            ? R"({"Effect":"Allow","Principal":{"Service":"apigateway.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"*"})"
            : R"({"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:role/r0"},"Action":"lambda:InvokeFunction","Resource":"*"})"));
    parts.resources.push_back(resource(ResourceKind::Bucket, bucket, one, ""));
    Resource unknown = resource(ResourceKind::Bucket, unread, two, "");
    unknown.policyKnown = false;
    parts.resources.push_back(unknown);
    return parts;
}

// One question as whoever has nothing but the evaluator asks it.
std::optional<Decision> ask(const Estate& estate, const policy::WorldRules& world, const std::string& who,
                            const std::string& action, const std::string& what, const std::string& audience = {}) {
    policy::Request request{*policy::Principal::parse(who), action, what, "", {}, {}};
    if (!audience.empty()) request.context.set("saml:aud", audience);
    const Question question = makeQuestion(estate, std::move(request));
    const policy::Answer answer = policy::answer(question.request, world, question.policies);
    if (answer.decision == Decision::ExplicitlyDenied) return std::nullopt;
    if (answer.decision == Decision::ImplicitlyDenied) {
        policy::LayerSet unknown;
        for (const Gap& each : question.gaps) unknown.add(each.layer);
        if (answer.blockedBy.empty() || !((unknown | answer.blockedBy) == unknown)) return std::nullopt;
        return Decision::Depends;
    }
    return question.gaps.empty() ? answer.decision : Decision::Depends;
}

using Answers = std::map<std::string, Decision>;

struct BruteForce {
    const Estate& estate;
    const policy::WorldRules& world;
    std::vector<std::string> everybody;
    std::map<std::pair<std::string, std::string>, Decision> edges; // who takes on which role

    BruteForce(const Estate& of, const policy::WorldRules& by) : estate(of), world(by) {
        for (const Role& each : of.roles()) everybody.push_back(each.arn);
        for (const User& each : of.users()) everybody.push_back(each.arn);
        for (const std::string& from : everybody)
            for (const Role& to : of.roles())
                if (const auto way = from == to.arn ? std::nullopt : ask(of, by, from, "sts:AssumeRole", to.arn))
                    edges[{from, to.arn}] = *way;
    }
    // Until nothing changes any more.
    Answers whoCan(const std::string& action, const std::string& what) const {
        Answers all;
        for (const std::string& each : everybody)
            if (const auto can = ask(estate, world, each, action, what)) all[each] = *can;
        for (bool changed = true; changed;) {
            changed = false;
            for (const auto& [edge, way] : edges) {
                const auto on = all.find(edge.second);
                if (on == all.end()) continue;
                const Decision here = way == Decision::Allowed ? on->second : Decision::Depends;
                const auto known = all.find(edge.first);
                if (known != all.end() && (known->second == Decision::Allowed || here == Decision::Depends)) continue;
                all[edge.first] = here;
                changed = true;
            }
        }
        return all;
    }
    Answers becomes(const std::string& who) const {
        Answers all{{who, Decision::Allowed}};
        for (bool changed = true; changed;) {
            changed = false;
            for (const auto& [edge, way] : edges) {
                const auto from = all.find(edge.first);
                if (from == all.end()) continue;
                const Decision here = way == Decision::Allowed ? from->second : Decision::Depends;
                const auto known = all.find(edge.second);
                if (known != all.end() && (known->second == Decision::Allowed || here == Decision::Depends)) continue;
                all[edge.second] = here;
                changed = true;
            }
        }
        return all;
    }
};

std::string told(const Answers& answers) {
    std::string text;
    for (const auto& [who, decision] : answers) text += "\n  " + who + " " + std::string(policy::decisionName(decision));
    return text;
}

const std::vector<std::pair<std::string, std::string>> questions{{"execute-api:Invoke", refunds},
                                                                 {"execute-api:Invoke", api + "/prod/GET/refunds/42"},
                                                                 {"lambda:InvokeFunction", function},
                                                                 {"s3:GetObject", bucket + "/a"},
                                                                 {"s3:GetObject", unread + "/a"},
                                                                 {"s3:ListAllMyBuckets", "*"},
                                                                 {"iam:PassRole", "arn:aws:iam::111111111111:role/r0"}};

// Nothing where both agree, otherwise what they say.
std::string disagreementOfWho(const Estate& estate, const policy::WorldRules& world) {
    const BruteForce brute(estate, world);
    Reach reach(estate, world);
    for (const auto& [action, what] : questions) {
        const Answers expected = brute.whoCan(action, what);
        const Reach::Who who = reach.whoCan(action, what);
        Answers seen;
        std::map<std::pair<std::string, std::string>, Decision> groups, wanted;
        for (const WhoCan& each : who.rows) {
            if (each.kind == ReachKind::Role || each.kind == ReachKind::User) {
                if (std::find(brute.everybody.begin(), brute.everybody.end(), each.principal) == brute.everybody.end())
                    continue; // a stranger
                if (!seen.emplace(each.principal, each.decision).second) return each.principal + " twice for " + action;
            }
            if (each.kind != ReachKind::Group) continue;
            const auto to =
                std::find_if(each.path.begin(), each.path.end(), [](const Step& step) { return step.kind == StepKind::Assume; });
            if (to == each.path.end()) return "a group without a role";
            groups[{each.principal, to->id}] = each.decision;
        }
        if (seen != expected) return action + " on " + what + ": expected" + told(expected) + "\nseen" + told(seen);
        for (const Assignment& each : estate.assignments()) {
            const auto on = expected.find(each.role);
            const auto in =
                ask(estate, world, each.provider, "sts:AssumeRoleWithSAML", each.role, "https://signin.aws.amazon.com/saml");
            if (on == expected.end() || !in) continue;
            const bool sure = *in == Decision::Allowed && on->second == Decision::Allowed;
            wanted[{"group:" + each.group, each.role}] = sure ? Decision::Allowed : Decision::Depends;
        }
        if (groups != wanted)
            return action + " on " + what + ": " + std::to_string(groups.size()) + " groups for " + std::to_string(wanted.size());
    }
    return {};
}

std::string disagreementOfWhat(const Estate& estate, const policy::WorldRules& world, const std::string& who) {
    const BruteForce brute(estate, world);
    Reach reach(estate, world);
    std::vector<std::pair<std::string, std::string>> asked{
        {"execute-api:Invoke", refunds},     {"execute-api:ManageConnections", refunds},
        {"lambda:InvokeFunction", function}, {"lambda:DeleteFunction", function},
        {"s3:ListBucket", bucket},           {"s3:GetObject", bucket + "/*"},
        {"s3:DeleteBucket", unread},         {"s3:ListAllMyBuckets", "*"}};
    for (const Role& each : estate.roles()) {
        asked.emplace_back("iam:PassRole", each.arn);
        asked.emplace_back("sts:AssumeRole", each.arn);
    }
    std::map<std::pair<std::string, std::string>, Decision> expected, seen;
    for (const auto& [as, way] : brute.becomes(who))
        for (const auto& [action, what] : asked) {
            if (action == "sts:AssumeRole" && as == what) continue;
            const auto can = ask(estate, world, as, action, what);
            if (!can) continue;
            const bool sure = way == Decision::Allowed && *can == Decision::Allowed;
            auto& best = expected.try_emplace({action, what}, Decision::Depends).first->second;
            if (sure) best = Decision::Allowed;
        }
    const Reach::What what = reach.whatCan(*From::parse("role:" + who));
    for (const WhatCan& each : what.rows)
        if (std::find(asked.begin(), asked.end(), std::pair(each.action, each.resource)) != asked.end())
            if (!seen.emplace(std::pair(each.action, each.resource), each.decision).second) return each.action + " twice";
    if (seen == expected) return {};
    std::string text = who;
    for (const auto& [key, decision] : expected)
        if (const auto same = seen.find(key); same == seen.end() || same->second != decision)
            text += "\n  expected " + key.first + " " + key.second + " " + std::string(policy::decisionName(decision));
    for (const auto& [key, decision] : seen)
        if (const auto same = expected.find(key); same == expected.end() || same->second != decision)
            text += "\n  seen " + key.first + " " + key.second + " " + std::string(policy::decisionName(decision));
    return text;
}

// Text for text, with "*" and "?" in the pattern.
bool globs(std::string_view pattern, std::string_view text) {
    if (pattern.empty()) return text.empty();
    if (pattern.front() == '*') return globs(pattern.substr(1), text) || (!text.empty() && globs(pattern, text.substr(1)));
    return !text.empty() && (pattern.front() == '?' || pattern.front() == text.front()) &&
           globs(pattern.substr(1), text.substr(1));
}

// Of resources that the estate does not list: what can be done to one has a row of the pattern that stands for it, and what
// such a row says is so of what nobody spells out.
std::string disagreementOfPatterns(const Estate& estate, const policy::WorldRules& world, const std::string& who) {
    const BruteForce brute(estate, world);
    Reach reach(estate, world);
    const Reach::What what = reach.whatCan(*From::parse("role:" + who));
    const auto best = [&](const std::string& action, const std::string& resource) {
        std::optional<Decision> found;
        for (const auto& [as, way] : brute.becomes(who)) {
            const std::string account = as.substr(13, 12);
            std::string own = resource;
            if (const std::size_t at = own.find("ACCOUNT"); at != std::string::npos) own.replace(at, 7, account);
            const auto can = ask(estate, world, as, action, own);
            if (can && (!found || *found == Decision::Depends))
                found = way == Decision::Allowed && *can == Decision::Allowed ? Decision::Allowed : Decision::Depends;
        }
        return found;
    };
    for (const auto& [action, resource] :
         std::vector<std::pair<std::string, std::string>>{{"s3:GetObject", "arn:aws:s3:::reports/2026/x"},
                                                          {"s3:DeleteObject", "arn:aws:s3:::reports/2026/x"},
                                                          {"dynamodb:PutItem", "arn:aws:dynamodb:eu-west-1:ACCOUNT:table/ledger"},
                                                          {"dynamodb:PutItem", "arn:aws:dynamodb:eu-west-1:ACCOUNT:table/other"},
                                                          {"sns:Publish", "arn:aws:sns:eu-west-1:ACCOUNT:topic"},
                                                          {"s3:GetObject", "arn:aws:s3:::homes/pay/a"}}) {
        const auto expected = best(action, resource);
        const bool bucketsListed = action.starts_with("s3:");
        std::optional<Decision> seen;
        bool everything = false;
        for (const WhatCan& each : what.rows) {
            if (each.action != action) continue;
            everything = everything || each.resource == bucket + "/*" || each.resource == unread + "/*";
            std::string pattern = each.resource;
            if (const std::size_t at = pattern.find("${"); at != std::string::npos)
                pattern.replace(at, pattern.find('}') - at + 1, "*");
            std::string text = resource;
            if (const std::size_t at = text.find("ACCOUNT"); at != std::string::npos) text.replace(at, 7, one);
            std::string other = resource;
            if (const std::size_t at = other.find("ACCOUNT"); at != std::string::npos) other.replace(at, 7, two);
            if (!globs(pattern, text) && !globs(pattern, other)) continue;
            if (!seen || *seen == Decision::Depends) seen = each.decision;
        }
        // What "*" allows of buckets is told of those that are listed.
        if (expected && !seen && bucketsListed && everything) continue;
        // What policies say that were not read has no pattern; the answer says that they are missing.
        const bool unread = std::any_of(what.summary.unknown.begin(), what.summary.unknown.end(),
                                        [](const Gap& each) { return each.layer == policy::Layer::Identity; });
        if (expected == Decision::Depends && !seen && unread) continue;
        if (expected.has_value() != seen.has_value())
            return who + " " + action + " on " + resource + (expected ? ": no row" : ": a row");
        if (expected && *seen == Decision::Allowed && *expected != Decision::Allowed)
            return who + " " + action + " on " + resource + " is not sure";
    }
    for (const WhatCan& each : what.rows) {
        if (!each.resource.starts_with("arn:aws:s3:::reports/") && !each.resource.starts_with("arn:aws:dynamodb:")) continue;
        std::string fresh;
        for (const char letter : each.resource) fresh += letter == '*' ? "zq" : letter == '?' ? "g" : std::string(1, letter);
        if (const std::size_t at = fresh.find(":zq:"); at != std::string::npos) fresh.replace(at + 1, 2, "ACCOUNT");
        if (best(each.action, fresh) != each.decision)
            return who + " " + each.action + " on " + fresh + " is not as " + each.resource;
    }
    return {};
}

std::shared_ptr<const policy::Catalogue> catalogue() {
    static const std::shared_ptr<const policy::Catalogue> read = [] {
        std::ifstream file(GW_SOURCE_DIR "/resources/catalogue/catalogue.jsonl", std::ios::binary);
        std::ostringstream text;
        text << file.rdbuf();
        auto made = policy::Catalogue::read(text.str());
        return made ? std::shared_ptr<const policy::Catalogue>(std::move(*made)) : nullptr;
    }();
    return read;
}

// The smallest organization of each seed that disagrees is the first that is tried.
TEST(ReachProperty, WhoCanAgreesWithTryingEverybody) {
    for (unsigned seed = 1; seed <= 40; ++seed)
        for (unsigned size = 1; size <= 12; size += size < 4 ? 1 : 4) {
            const Estate estate(generate(seed, size));
            const std::string disagreement = disagreementOfWho(estate, open);
            ASSERT_EQ(disagreement, "") << "seed " << seed << ", size " << size;
        }
}

TEST(ReachProperty, WhatCanAgreesWithTryingEverything) {
    ASSERT_NE(catalogue(), nullptr);
    policy::WorldRules world = open;
    world.catalogue = catalogue().get();
    for (unsigned seed = 1; seed <= 8; ++seed)
        for (unsigned size = 1; size <= 8; size += size < 4 ? 1 : 4) {
            const Estate estate(generate(seed, size));
            const std::string last = estate.roles().back().arn;
            for (const std::string& who : {estate.roles().front().arn, last}) {
                const std::string disagreement = disagreementOfWhat(estate, world, who);
                ASSERT_EQ(disagreement, "") << "seed " << seed << ", size " << size;
                ASSERT_EQ(disagreementOfPatterns(estate, world, who), "") << "seed " << seed << ", size " << size;
            }
        }
}

} // namespace
} // namespace gw::estate
