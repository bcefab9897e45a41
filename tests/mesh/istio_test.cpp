// Maps compiled to Istio's resources: what they hold, what they do not, and that proving notices every change to them.
#include "models/mesh/istio/authorization.h"
#include "models/mesh/istio/compile.h"
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
    compileIstio(intent, compilation);
    return compilation;
}

PointProof proved(const Intent& intent, const Compilation& compilation) {
    Point point;
    point.target = Target::Istio;
    for (const Use& use : intent.uses) point.uses.push_back(&use);
    for (const Artefact& artefact : compilation.artefacts) point.artefacts.push_back(&artefact);
    point.object = "shop/payments";
    return proveIstio(intent, point);
}

bool holds(const PointProof& proof) {
    return proof.surplus.empty() && proof.missing.empty() && proof.problems.empty() && proof.complete;
}

std::string shown(const PointProof& proof) {
    std::string out;
    for (const auto* list : {&proof.surplus, &proof.missing})
        for (std::size_t i = 0; i < list->size() && i < 10; ++i) {
            const Tuple& tuple = (*list)[i].tuple;
            out += (list == &proof.surplus ? "surplus " : "missing ") + tuple.principal + ' ' + tuple.action + ' ' +
                   tuple.resource + '\n';
        }
    for (const Error& problem : proof.problems) out += problem.chain() + '\n';
    return out + (proof.complete ? "" : "not complete\n");
}

MadeIntent shop() {
    MadeIntent made;
    addWorkloads(made);
    made.workloads[2].spiffe.clear(); // known by its service account only
    Use& web = made.add("E17", "w1");
    accessOf(web).methods = {"GET", "POST"};
    accessOf(web).paths = patterns({"/orders/**", "/carts/{id}/lines"});
    accessOf(web).port = 8080;
    Use& refunds = made.add("E18", "w1", Effect::Deny);
    accessOf(refunds).paths = patterns({"/orders/refunds/**"});
    Use& batch = made.add("E19", "w2");
    batch.when.push_back({Kind::SourceIp, "", {"10.0.0.0/8"}});
    batch.when.push_back({Kind::Header, "X-Tenant", {"blue"}});
    batch.when.push_back({Kind::JwtClaim, "groups", {"nightly"}});
    return made;
}

TEST(Istio, HoldsWhatTheMapSays) {
    const MadeIntent made = shop();
    const Compilation compilation = compiled(made.intent);
    ASSERT_EQ(compilation.artefacts.size(), 1U);
    EXPECT_TRUE(compilation.losses.empty());
    const PointProof proof = proved(made.intent, compilation);
    EXPECT_TRUE(holds(proof)) << shown(proof) << compilation.artefacts.front().text;
    EXPECT_THAT(compilation.artefacts.front().text, HasSubstr("cluster.local/ns/shop/sa/batch"));
}

TEST(Istio, IsProvedOverMadeMaps) {
    std::size_t whole = 0;
    for (unsigned seed = 0; seed < 40; ++seed) {
        const MadeIntent made = madeIntent(seed, seed % 3 == 0);
        const Compilation compilation = compiled(made.intent);
        const PointProof proof = proved(made.intent, compilation);
        ASSERT_TRUE(proof.problems.empty()) << shown(proof) << compilation.artefacts.front().text;
        // What is refused is not there: a denial too little is a surplus, which is what refusing it says.
        if (!compilation.losses.empty()) continue;
        ++whole;
        ASSERT_TRUE(holds(proof)) << "seed " << seed << '\n' << shown(proof) << compilation.artefacts.front().text;
    }
    EXPECT_GT(whole, 15U);
}

TEST(Istio, LetsNobodyInWhereNobodyMayCall) {
    MadeIntent made;
    addWorkloads(made);
    made.add("E1", "w1").when.push_back({Kind::Query, "team", {"x"}});
    const Compilation compilation = compiled(made.intent);
    EXPECT_EQ(compilation.losses.front().what, "query");
    EXPECT_THAT(compilation.artefacts.front().text, HasSubstr("gw-nobody-payments"));
    EXPECT_TRUE(proved(made.intent, compilation).surplus.empty());
}

TEST(Istio, RefusesWhatItCannotHold) {
    MadeIntent made;
    addWorkloads(made);
    Use& use = made.add("E1", "w1", Effect::Deny);
    accessOf(use).paths = patterns({"/orders/{id}", "/caf%C3%A9"});
    use.when.push_back({Kind::Header, "x", {"y"}});
    std::vector<std::string> what;
    for (const Loss& loss : compiled(made.intent).losses) what.push_back(loss.what);
    EXPECT_THAT(what, testing::UnorderedElementsAre("path-template", "path", "header"));
}

TEST(Istio, KeepsNamesApartThatDifferInCase) {
    MadeIntent made;
    addWorkloads(made);
    made.add("E1", "w1");
    accessOf(made.add("e1", "w2")).methods = {"GET"};
    const std::string text = compiled(made.intent).artefacts.front().text;
    EXPECT_THAT(text, HasSubstr("name: gwe1-payments\n"));
    EXPECT_THAT(text, HasSubstr("name: gwe1-payments-2\n"));
}

TEST(Istio, ProofNoticesEveryChange) {
    const MadeIntent made = shop();
    const Compilation compilation = compiled(made.intent);
    const std::pair<const char*, const char*> changes[] = {
        {"- GET", "- PUT"},
        {"- GET", "- \"*\""},
        {"\"/orders/*\"", "\"/orders*\""},
        {"\"/orders/*\"", "\"/*\""},
        {"\"/carts/{*}/lines\"", "\"/carts/{**}\""},
        {"\"/orders/refunds/*\"", "\"/orders/refunds/\""},
        {"- corp.example/ns/shop/sa/web", "- \"corp.example/ns/shop/sa/web*\""},
        {"- corp.example/ns/shop/sa/web", "- corp.example/ns/shop/sa/web-admin"},
        {"- cluster.local/ns/shop/sa/batch", "- \"*\""},
        {"- \"8080\"", "- \"8081\""},
        {"\"10.0.0.0/8\"", "\"10.0.0.0/9\""},
        {"- blue", "- \"blue*\""},
        {"- nightly", "- \"nightly*\""},
        {"action: DENY", "action: AUDIT"},
        {"action: DENY", "action: ALLOW"},
        {"action: ALLOW", "action: CUSTOM"},
        {"mode: STRICT", "mode: PERMISSIVE\n---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata:\n  name: "
                         "all\n  namespace: "
                         "shop\nspec:\n  rules:\n  - {}"},
        {"app: payments", "app: other"},
        {"normalize_path: true", "normalize_path: false"},
        {"path_with_escaped_slashes_action: REJECT_REQUEST", "path_with_escaped_slashes_action: KEEP_UNCHANGED"},
        {"merge_slashes: true", "merge_slashes: false"},
        {"istio.io/v1\nkind: AuthorizationPolicy", "istio.io/v1\nkind: RequestAuthentication"},
    };
    for (const auto& [from, to] : changes) {
        Compilation changed = compilation;
        std::string& text = changed.artefacts.front().text;
        // What stands first is of PeerAuthentication and EnvoyFilter; labels count where policies are selected.
        const std::size_t at =
            text.find(from, std::string_view(from) == "app: payments" ? text.find("kind: AuthorizationPolicy") : 0);
        ASSERT_NE(at, std::string::npos) << from << '\n' << text;
        text.replace(at, std::string(from).size(), to);
        EXPECT_FALSE(holds(proved(made.intent, changed))) << from << " -> " << to;
    }
}

TEST(Istio, TriesOnlyWhereToldTo) {
    const MadeIntent made = shop();
    Compilation compilation;
    compileIstio(made.intent, Enforcement::DryRun, compilation);
    const std::string& text = compilation.artefacts.front().text;
    EXPECT_THAT(text, HasSubstr("istio.io/dry-run: \"true\""));
    EXPECT_THAT(text, Not(HasSubstr("PeerAuthentication")));
    const auto policies = istio::Policies::parse(text);
    ASSERT_TRUE(policies) << policies.error().chain();
    envoy::Request request;
    request.directRemote = request.remote = "192.0.2.1";
    const istio::Answer answer = policies->evaluate({"shop", {{"app", "payments"}}}, request);
    EXPECT_EQ(answer.verdict, envoy::Verdict::Allowed);
    EXPECT_EQ(answer.dryRun, envoy::Verdict::Denied);
}

TEST(Istio, RulesOfOneCharacter) {
    const std::string head = "kind: AuthorizationPolicy\nmetadata: {name: x, namespace: shop}\n";
    const istio::Workload workload{"shop", {}};
    const envoy::Request request;
    const auto verdict = [&](const std::string& spec) {
        return istio::Policies::parse(head + spec).value().evaluate(workload, request).verdict;
    };
    EXPECT_EQ(verdict("spec: {}\n"), envoy::Verdict::Denied);
    EXPECT_EQ(verdict("spec: {rules: [{}]}\n"), envoy::Verdict::Allowed);
    EXPECT_EQ(verdict("spec: {action: DENY, rules: [{}]}\n"), envoy::Verdict::Denied);
    EXPECT_EQ(verdict("spec: {action: DENY}\n"), envoy::Verdict::Allowed);
    EXPECT_EQ(verdict("spec: {rules: [{from: [{source: {}}]}]}\n"), envoy::Verdict::Unknown);
    EXPECT_EQ(verdict("spec: {rules: [{when: [{key: \"experimental.x\", values: [a]}]}]}\n"), envoy::Verdict::Unknown);
    EXPECT_EQ(verdict("spec: {targetRefs: [{kind: Gateway}], rules: [{}]}\n"), envoy::Verdict::Unknown);
    EXPECT_FALSE(istio::Policies::parse("kind: Secret\n"));
}

} // namespace
} // namespace gw::mesh
