// Maps compiled to Envoy's listeners: what they hold, what they do not, and that proving notices every change to them.
#include "models/mesh/envoy/compile.h"
#include "models/mesh/envoy/listener.h"
#include "models/mesh/prove/proof.h"
#include "tests/mesh/proxy_intents.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gw::mesh {
namespace {

using test::accessOf;
using test::addWorkloads;
using test::madeIntent;
using test::MadeIntent;
using test::patterns;
using testing::HasSubstr;
using testing::Not;
using Kind = EdgeCondition::Kind;

Compilation compiled(const Intent& intent) {
    Compilation compilation;
    compileEnvoy(intent, compilation);
    return compilation;
}

PointProof proved(const Intent& intent, const Compilation& compilation) {
    Point point;
    point.target = Target::Envoy;
    for (const Use& use : intent.uses) point.uses.push_back(&use);
    for (const Artefact& artefact : compilation.artefacts) point.artefacts.push_back(&artefact);
    point.object = compilation.artefacts.front().object;
    return proveEnvoy(intent, point);
}

std::string shown(const PointProof& proof) {
    std::string out;
    for (const auto* list : {&proof.surplus, &proof.missing})
        for (const Difference& each : *list) {
            if (out.size() > 2000) break;
            out += list == &proof.surplus ? "surplus " : "missing ";
            out += each.edge ? each.edge->value() : "-";
            out += ' ' + each.tuple.principal + ' ' + each.tuple.action + ' ' + each.tuple.resource;
            for (const auto& [name, value] : each.tuple.context) out += ' ' + name + '=' + value;
            out += '\n';
        }
    for (const Error& problem : proof.problems) out += problem.chain() + '\n';
    return out + (proof.complete ? "" : "not complete\n");
}

bool holds(const PointProof& proof) {
    return proof.surplus.empty() && proof.missing.empty() && proof.problems.empty() && proof.complete;
}

// Orders may be read and written by web, but for refunds; batch may do everything from its network.
MadeIntent shop() {
    MadeIntent made;
    addWorkloads(made);
    Use& web = made.add("E17", "w1");
    accessOf(web).methods = {"GET", "POST"};
    accessOf(web).paths = patterns({"/orders/**", "/carts/{id}/lines"});
    accessOf(web).port = 8080;
    Use& refunds = made.add("E18", "w1", Effect::Deny);
    accessOf(refunds).paths = patterns({"/orders/refunds/**"});
    Use& batch = made.add("E19", "w2");
    batch.when.push_back({Kind::SourceIp, "", {"10.0.0.0/8"}});
    batch.when.push_back({Kind::Header, "X-Tenant", {"blue"}});
    return made;
}

TEST(Envoy, HoldsWhatTheMapSays) {
    const MadeIntent made = shop();
    const Compilation compilation = compiled(made.intent);
    ASSERT_EQ(compilation.artefacts.size(), 1U);
    EXPECT_EQ(compilation.artefacts.front().object, "w0");
    EXPECT_THAT(compilation.artefacts.front().edges, testing::ElementsAre(EdgeId("E17"), EdgeId("E18"), EdgeId("E19")));
    EXPECT_TRUE(compilation.losses.empty());
    const PointProof proof = proved(made.intent, compilation);
    EXPECT_TRUE(holds(proof)) << shown(proof) << compilation.artefacts.front().text;
    EXPECT_GT(proof.checked, 1000U);
}

TEST(Envoy, NamesPoliciesByTheirEdge) {
    const MadeIntent made = shop();
    EXPECT_THAT(compiled(made.intent).artefacts.front().text,
                HasSubstr("\"gwE17 w1->payments GET,POST /orders/**,/carts/{id}/lines\":"));
}

TEST(Envoy, IsProvedOverMadeMaps) {
    for (unsigned seed = 0; seed < 40; ++seed) {
        const MadeIntent made = madeIntent(seed, seed % 3 == 0);
        const Compilation compilation = compiled(made.intent);
        const PointProof proof = proved(made.intent, compilation);
        ASSERT_TRUE(holds(proof)) << "seed " << seed << '\n' << shown(proof) << compilation.artefacts.front().text;
    }
}

TEST(Envoy, LetsNobodyInWhereNobodyMayCall) {
    MadeIntent made;
    addWorkloads(made);
    made.add("E1", "w1").when.push_back({Kind::Mfa, "", {"true"}});
    const Compilation compilation = compiled(made.intent);
    ASSERT_EQ(compilation.artefacts.size(), 1U);
    EXPECT_THAT(compilation.artefacts.front().text, HasSubstr("policies: {}"));
    ASSERT_EQ(compilation.losses.size(), 1U);
    EXPECT_EQ(compilation.losses.front().what, "mfa");
    EXPECT_FALSE(compilation.losses.front().accepted);
    const PointProof proof = proved(made.intent, compilation);
    EXPECT_TRUE(proof.surplus.empty()) << shown(proof);
    EXPECT_FALSE(proof.missing.empty());
}

TEST(Envoy, DropsWhatTheMapAcceptsToLose) {
    MadeIntent made;
    addWorkloads(made);
    made.add("E1", "w1").when.push_back({Kind::Mfa, "", {"true"}});
    made.intent.accepted.push_back({EdgeId("E1"), Target::Envoy, "mfa"});
    const Compilation compilation = compiled(made.intent);
    EXPECT_TRUE(compilation.losses.front().accepted);
    const PointProof proof = proved(made.intent, compilation);
    EXPECT_TRUE(holds(proof)) << shown(proof);
}

TEST(Envoy, RefusesWhatItCannotHold) {
    struct Case {
        const char* what;
        EdgeCondition condition;
        const char* who;
        Effect effect;
    };
    const Case cases[] = {
        {"no-identity", {}, "arn:aws:iam::111122223333:role/x", Effect::Allow},
        {"key", {Kind::Key, "aws:PrincipalTag/team", {"x"}}, "w1", Effect::Allow},
        {"source-vpc", {Kind::SourceVpc, "", {"vpc-1"}}, "w1", Effect::Allow},
        {"time", {Kind::Before, "", {"2027-01-01T00:00:00Z"}}, "w1", Effect::Allow},
        {"jwt", {Kind::JwtClaim, "groups", {"x"}}, "w1", Effect::Allow},
        {"query", {Kind::Query, "team", {"x"}}, "w1", Effect::Deny},
        {"query", {Kind::Query, "a=b", {"x"}}, "w1", Effect::Allow},
        {"header", {Kind::Header, "x_y", {"x"}}, "w1", Effect::Allow},
        {"header", {Kind::Header, "x-y", {"a,b"}}, "w1", Effect::Deny},
        {"source-ip", {Kind::SourceIp, "", {"nonsense"}}, "w1", Effect::Allow},
    };
    for (const Case& each : cases) {
        MadeIntent made;
        addWorkloads(made);
        Use& use = made.add("E1", each.who, each.effect);
        if (!each.condition.values.empty()) use.when.push_back(each.condition);
        const Compilation compilation = compiled(made.intent);
        ASSERT_EQ(compilation.losses.size(), 1U) << each.what;
        EXPECT_EQ(compilation.losses.front().what, each.what);
        EXPECT_THAT(compilation.artefacts.front().text, Not(HasSubstr("gwE1")));
    }
}

// Every text that is there once or more is changed at its first place, and proving must see it.
TEST(Envoy, ProofNoticesEveryChange) {
    const MadeIntent made = shop();
    const Compilation compilation = compiled(made.intent);
    const std::string& whole = compilation.artefacts.front().text;
    const std::pair<const char*, const char*> changes[] = {
        {"exact: GET", "exact: PUT"},
        {"exact: POST", "prefix: P"},
        {R"(prefix: "/orders/")", R"(prefix: "/orders")"},
        {R"(prefix: "/orders/")", R"(prefix: "/")"},
        {R"(prefix: "/orders/refunds/")", R"(prefix: "/orders/refunds/x/")"},
        {R"(prefix: "/orders/refunds/")", R"(exact: "/orders/refunds/")"},
        {"[^/]+", ".+"},
        {"[^/]+", "[^/]*"},
        {"/sa/web\"", "/sa/web-admin\""},
        {"/sa/batch\"", "/sa/web\""},
        {"exact: \"spiffe://corp.example/ns/shop/sa/batch\"", "prefix: \"spiffe://corp.example/\""},
        {"exact: batch.shop.example", "suffix: shop.example"},
        {"san_type: DNS", "san_type: URI"},
        {"destination_port: 8080", "destination_port: 8081"},
        {"destination_port: 8080", "any: true"},
        {"prefix_len: 8", "prefix_len: 9"},
        {"exact: blue", "prefix: blue"},
        {"action: DENY", "action: LOG"},
        {"action: DENY", "action: ALLOW"},
        {"action: ALLOW", "action: DENY"},
        {"normalize_path: true", "normalize_path: false"},
        {"path_with_escaped_slashes_action: REJECT_REQUEST", "path_with_escaped_slashes_action: KEEP_UNCHANGED"},
        {"merge_slashes: true", "merge_slashes: false"},
        {"trusted_ca", "crl"},
        {"permissions:", "condition: {}\n                  permissions:"},
        {"envoy.extensions.filters.http.router.v3.Router", "envoy.extensions.filters.http.lua.v3.Lua"},
        {"rules:\n", "shadow_rules:\n"},
    };
    for (const auto& [from, to] : changes) {
        Compilation changed = compilation;
        std::string& text = changed.artefacts.front().text;
        const std::size_t at = text.find(from);
        ASSERT_NE(at, std::string::npos) << from << '\n' << whole;
        text.replace(at, std::string(from).size(), to);
        EXPECT_FALSE(holds(proved(made.intent, changed))) << from << " -> " << to;
    }
    Compilation none;
    none.artefacts = compilation.artefacts;
    none.artefacts.front().text = "resources: []\n";
    EXPECT_FALSE(proved(made.intent, none).problems.empty());
}

TEST(Envoy, ProofNamesTheEdgeAndTheRequest) {
    const MadeIntent made = shop();
    Compilation compilation = compiled(made.intent);
    std::string& text = compilation.artefacts.front().text;
    const std::string narrow = R"(prefix: "/orders/")";
    ASSERT_NE(text.find(narrow), std::string::npos);
    text.replace(text.find(narrow), narrow.size(), R"(prefix: "/")");
    const PointProof proof = proved(made.intent, compilation);
    ASSERT_FALSE(proof.surplus.empty());
    EXPECT_EQ(proof.surplus.front().edge, EdgeId("E17"));
    EXPECT_THAT(proof.surplus.front().tuple.principal, HasSubstr("/sa/web"));
    EXPECT_LE(proof.surplus.size(), mostDifferences);
}

TEST(Envoy, DryRunLetsEverybodyThroughAndTells) {
    const MadeIntent made = shop();
    Compilation compilation;
    compileEnvoy(made.intent, Enforcement::DryRun, compilation);
    const auto listener = envoy::Listener::parse(compilation.artefacts.front().text);
    ASSERT_TRUE(listener) << listener.error().chain();
    envoy::Request request;
    request.peer = envoy::Peer{{"spiffe://corp.example/ns/shop/sa/web"}, {}, {}, true};
    request.directRemote = request.remote = request.local = "192.0.2.1";
    request.path = "/orders/refunds/1";
    request.port = 8080;
    const envoy::ListenerAnswer answer = listener->evaluate(request);
    EXPECT_EQ(answer.verdict, envoy::Verdict::Allowed);
    EXPECT_EQ(answer.shadow, envoy::Verdict::Denied);
    EXPECT_THAT(answer.shadowPolicy, testing::StartsWith("gwE18 "));
}

} // namespace
} // namespace gw::mesh
