// Lines of access logs of every writer, and what they say about a map.
#include "models/mesh/observed/observer.h"
#include "tests/mesh/map_support.h"

#include <gtest/gtest.h>

namespace gw::mesh {
namespace {

struct Line {
    const char *what, *text;
    AccessLine::Source source;
    const char *method, *path, *caller, *time;
    int status;
    bool denied;
};
class Lines : public testing::TestWithParam<Line> {};

TEST_P(Lines, AreRead) {
    const auto line = readAccessLine(GetParam().text);
    ASSERT_TRUE(line) << line.error().code().id();
    EXPECT_EQ(line->source, GetParam().source);
    EXPECT_EQ(line->method, GetParam().method);
    EXPECT_EQ(line->path, GetParam().path);
    EXPECT_EQ(line->caller, GetParam().caller);
    EXPECT_EQ(line->time ? line->time->toRfc3339() : "", GetParam().time);
    EXPECT_EQ(line->status, GetParam().status);
    EXPECT_EQ(line->denied, GetParam().denied);
}

using Source = AccessLine::Source;
INSTANTIATE_TEST_SUITE_P(
    All, Lines,
    testing::Values(
        Line{"api_gateway",
             R"({"requestId":"a","ip":"192.0.2.1","userArn":"arn:aws:sts::111122223333:assumed-role/auditor/x","requestTime":"30/Nov/2026:12:00:00 +0100","httpMethod":"GET","path":"/prod/refunds/7?x=1","stage":"prod","apiId":"a1b2c3d4e5","status":"200"})",
             Source::ApiGateway, "GET", "/refunds/7", "arn:aws:sts::111122223333:assumed-role/auditor/x", "2026-11-30T11:00:00Z", 200, false},
        Line{"api_gateway_http",
             R"({"requestId":"a","identity":{"userArn":"arn:aws:iam::1:user/u"},"requestTimeEpoch":1796040000000,"routeKey":"POST /refunds","status":403,"apiId":"a"})",
             Source::ApiGateway, "POST", "/refunds", "arn:aws:iam::1:user/u", "2026-11-30T12:00:00Z", 403, true},
        Line{"common", R"(192.0.2.1 AROAEXAMPLE:lea AROAEXAMPLE:lea [30/Nov/2026:12:00:00 +0000] "GET /refunds HTTP/1.1" 200 17 req-1)", Source::ApiGateway,
             "GET", "/refunds", "AROAEXAMPLE:lea", "2026-11-30T12:00:00Z", 200, false},
        Line{"common_anonymous", R"(192.0.2.1 - - [30/Nov/2026:12:00:00 +0000]"GET /refunds HTTP/1.1" 403 17 req-1)", Source::ApiGateway, "GET", "/refunds", "",
             "2026-11-30T12:00:00Z", 403, true},
        Line{"lattice",
             R"({"startTime":"2026-11-30T12:00:00Z","requestMethod":"GET","requestPath":"/orders/1","serviceArn":"arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0123456789abcdef0","callerPrincipal":"arn:aws:sts::111122223333:assumed-role/orders-task/x","responseCode":403,"authDeniedReason":"Service"})",
             Source::Lattice, "GET", "/orders/1", "arn:aws:sts::111122223333:assumed-role/orders-task/x", "2026-11-30T12:00:00Z", 403, true},
        Line{"envoy",
             R"({"time":"2026-11-30T12:00:00.123Z","method":"GET","path":"/entries/1?a","status":403,"detail":"rbac_access_denied_matched_policy[none]","peer":"spiffe://corp/orders-web"})",
             Source::Proxy, "GET", "/entries/1", "spiffe://corp/orders-web", "2026-11-30T12:00:00Z", 403, true},
        Line{"envoy_404_is_no_denial", R"({"method":"GET","path":"/x","status":404,"detail":"via_upstream","peer":"spiffe://corp/orders-web"})", Source::Proxy,
             "GET", "/x", "spiffe://corp/orders-web", "", 404, false},
        Line{"istio",
             R"(2026-11-30T12:00:01Z stdout F {"start_time":"2026-11-30T12:00:00Z","method":"GET","path":"/entries/1","response_code":200,"response_code_details":"via_upstream","downstream_peer_uri_san":"spiffe://corp/orders-web","authority":"ledger-internal.shop:8080","request_id":"r"})",
             Source::Proxy, "GET", "/entries/1", "spiffe://corp/orders-web", "2026-11-30T12:00:00Z", 200, false}),
    [](const auto& tested) { return std::string(tested.param.what); });

TEST(Line, WhatDryRunsSay) {
    const auto read = [](const std::string& more) { return *readAccessLine(R"({"method":"GET","path":"/","status":200,)" + more + "}"); };
    AccessLine line = read(R"("shadow":"denied","shadow_policy":"-")");
    EXPECT_EQ(line.shadow, std::optional(false));
    EXPECT_EQ(line.shadowPolicy, "");
    line = read(R"("shadow":"allowed","shadow_policy":"gwE8 x","shadow_deny":"allowed","shadow_deny_policy":"-")");
    EXPECT_EQ(line.shadow, std::optional(true));
    EXPECT_EQ(line.shadowPolicy, "gwE8 x");
    line = read(R"("shadow":"allowed","shadow_policy":"gwE8 x","shadow_deny":"denied","shadow_deny_policy":"gwE9 y")");
    EXPECT_EQ(line.shadow, std::optional(false));
    EXPECT_EQ(line.shadowPolicy, "gwE9 y");
    // As Envoy writes it where nothing allows and something denies.
    line = read(R"("shadow":"denied","shadow_policy":null,"shadow_deny":"denied","shadow_deny_policy":"gwE9 y")");
    EXPECT_EQ(line.shadow, std::optional(false));
    EXPECT_EQ(line.shadowPolicy, "gwE9 y");
    line = read(R"("istio_dry_run_allow_shadow_engine_result":"denied","istio_dry_run_allow_shadow_effective_policy_id":"ns[a]-policy[b]-rule[0]")");
    EXPECT_EQ(line.shadow, std::optional(false));
    EXPECT_EQ(line.shadowPolicy, "ns[a]-policy[b]-rule[0]");
    EXPECT_FALSE(read(R"("x":"denied")").shadow.has_value());
}

TEST(Line, OthersAreErrors) {
    const auto code = [](std::string_view text) {
        const auto line = readAccessLine(text);
        return line ? std::string("read") : line.error().code().id();
    };
    EXPECT_EQ(code("hello"), "access_line.no_line");
    EXPECT_EQ(code("{"), "access_line.malformed");
    EXPECT_EQ(code(R"({"a":})"), "access_line.malformed");
    EXPECT_EQ(code(R"({"method":"GET"})"), "access_line.no_request");
    EXPECT_EQ(code(R"(1.1.1.1 - - [30/Zzz/2026:12:00:00 +0000] "GET / HTTP/1.1" 200 1 r)"), "access_line.no_line");
    EXPECT_EQ(code(R"([ ] " ")"), "access_line.no_line");
    EXPECT_EQ(code(std::string(100'000, '{') + "}"), "access_line.malformed");
}

const std::string text = std::string(test::shop) + std::string(test::ledger);

std::string told(std::initializer_list<const char*> lines) {
    const test::Compiled compiled = test::compiled(text);
    Observer observer(*compiled.map, compiled.intent, nullptr);
    for (const char* each : lines) {
        const auto line = readAccessLine(each);
        EXPECT_TRUE(line) << each;
        if (line) observer.add(*line);
    }
    const Observation seen = observer.result();
    std::string out;
    for (const auto& [edge, uses] : seen.edges)
        if (uses.count != 0) out += edge.value() + "=" + std::to_string(uses.count) + " ";
    for (const auto& each : seen.wouldBreak) out += "break " + each.method + " " + each.path + " " + (each.edge ? each.edge->value() : "-") + " x" + std::to_string(each.uses.count) + " ";
    for (const auto& each : seen.wouldAllow) out += "allow " + each.method + " " + each.path + " " + (each.edge ? each.edge->value() : "-") + " x" + std::to_string(each.uses.count) + " ";
    if (seen.elsewhere != 0) out += "elsewhere=" + std::to_string(seen.elsewhere);
    return out;
}

constexpr const char* operatorGets = R"({"requestId":"a","userArn":"arn:aws:sts::111122223333:assumed-role/payments-operator/lea","httpMethod":"GET","path":"/refunds/7","stage":"prod","apiId":"a1b2c3d4e5","status":200})";

TEST(Observed, EdgesInUse) {
    EXPECT_EQ(told({operatorGets, operatorGets}), "E1=2 ");
    EXPECT_EQ(told({R"({"requestId":"a","userArn":"arn:aws:sts::444455556666:assumed-role/auditor/x","httpMethod":"GET","path":"/refunds","stage":"prod","apiId":"a1b2c3d4e5","status":200})"}),
              "E3=1 ");
    // Neither the API nor its stage stands in the common format; there is only one.
    EXPECT_EQ(told({R"(192.0.2.1 - - [30/Nov/2026:12:00:00 +0000] "GET /refunds/1 HTTP/1.1" 200 17 req-1)"}), "break GET /refunds/1 - x1 ");
}

TEST(Observed, WhatWouldBreakAndWhatWouldBeLet) {
    EXPECT_EQ(told({R"({"requestId":"a","userArn":"arn:aws:sts::111122223333:assumed-role/payments-operator/lea","httpMethod":"DELETE","path":"/refunds/7","stage":"prod","apiId":"a1b2c3d4e5","status":200})"}),
              "break DELETE /refunds/7 - x1 ");
    EXPECT_EQ(told({R"({"requestId":"a","userArn":"arn:aws:sts::111122223333:assumed-role/payments-operator/lea","httpMethod":"POST","path":"/refunds/admin/1","stage":"prod","apiId":"a1b2c3d4e5","status":200})"}),
              "break POST /refunds/admin/1 E2 x1 ");
    EXPECT_EQ(told({R"({"requestId":"a","userArn":"arn:aws:sts::111122223333:assumed-role/payments-operator/lea","httpMethod":"GET","path":"/refunds/7","stage":"prod","apiId":"a1b2c3d4e5","status":403})"}),
              "allow GET /refunds/7 E1 x1 ");
    EXPECT_EQ(told({R"({"requestId":"a","userArn":"x","httpMethod":"GET","path":"/","stage":"prod","apiId":"zzz","status":200})"}), "elsewhere=1");
}

TEST(Observed, ProxiesAndTheirDryRuns) {
    EXPECT_EQ(told({R"({"method":"GET","path":"/entries/1","status":200,"peer":"spiffe://corp/orders-web"})"}), "E8=1 ");
    EXPECT_EQ(told({R"({"method":"GET","path":"/entries/1","status":200,"peer":"spiffe://corp/orders-web","shadow":"denied"})"}), "break GET /entries/1 - x1 ");
    EXPECT_EQ(told({R"({"method":"GET","path":"/a/../entries/1","status":200,"peer":"spiffe://corp/orders-web"})"}), "E8=1 ");
    EXPECT_EQ(told({R"({"method":"PUT","path":"/entries/1","status":200,"peer":"spiffe://corp/orders-web"})"}), "break PUT /entries/1 - x1 ");
    EXPECT_EQ(told({R"({"method":"GET","path":"/entries/1","status":403,"peer":"spiffe://corp/orders-web","detail":"rbac_access_denied_matched_policy[none]"})"}),
              "allow GET /entries/1 E8 x1 ");
}

TEST(Observed, MemoryIsBounded) {
    const test::Compiled compiled = test::compiled(text);
    Observer observer(*compiled.map, compiled.intent, nullptr);
    AccessLine line = *readAccessLine(operatorGets);
    line.method = "DELETE";
    constexpr std::size_t all = Observer::mostRequests + 500;
    for (std::size_t i = 0; i < all; ++i) {
        line.path = "/refunds/" + std::to_string(i);
        observer.add(line);
    }
    const Observation seen = observer.result();
    EXPECT_EQ(seen.breaking, all);
    EXPECT_EQ(seen.wouldBreak.size(), Observer::mostRequests);
}

} // namespace
} // namespace gw::mesh
