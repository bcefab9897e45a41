#include "tests/mesh/map_support.h"

#include <gtest/gtest.h>

namespace gw::mesh::test {

const std::string_view ledger = R"(
[[workload]]
id = "ledger-web"
spiffe = "spiffe://corp/ledger"
service_account = "shop/ledger"

[[mesh-service]]
id = "ledger-internal"
workload = "ledger-web"

[[edge]]
id = "E8"
who = "orders-web"
may = ["GET"]
on = "ledger-internal"
paths = ["/entries/**"]
)";

const std::string_view shop = R"(version = 1
title = "Shop"

# Who signs in, and how.
[[provider]]
id = "okta"
arn = "arn:aws:iam::111122223333:saml-provider/Okta"

[[group]]
id = "payments-ops"
name = "Payments-Ops"

[[claim]]
id = "contractors"
key = "saml:edupersonaffiliation"
values = ["contractor"]

[[role]]
id = "operator"
arn = "arn:aws:iam::111122223333:role/payments-operator"
providers = ["okta"]
tags = true

[[role]]
id = "auditor"
arn = "arn:aws:iam::444455556666:role/auditor"

[[workload]]
id = "orders-web"
role = "arn:aws:iam::111122223333:role/orders-task"
spiffe = "spiffe://corp/orders-web"
service_account = "shop/orders-web"
runs_on = "ecs"

[[route]]
id = "refunds"
api = "a1b2c3d4e5"
stage = "prod"
account = "111122223333"
region = "eu-west-1"
paths = ["/refunds", "/refunds/**"]

[[mesh-service]]
id = "payments"
lattice = "arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0123456789abcdef0"
network = "arn:aws:vpc-lattice:eu-west-1:111122223333:servicenetwork/sn-0123456789abcdef0"

[[task]]
id = "reports"
arn = "arn:aws:ecs:eu-west-1:111122223333:task-definition/reports:*"
cluster = "arn:aws:ecs:eu-west-1:111122223333:cluster/main"
passes = ["arn:aws:iam::111122223333:role/reports-task"]

[[set]]
id = "ledger"
members = ["arn:aws:s3:::ledger/*", "arn:aws:dynamodb:eu-west-1:111122223333:table/ledger"]

[[edge]]
id = "E1"
who = ["payments-ops", "contractors"]
through = "operator"
may = ["GET", "POST"]
on = "refunds"
paths = ["/refunds/**"]
when = { mfa = true, "aws:PrincipalTag/team" = ["payments", "core"] }
owner = "payments@example.com"
reason = "refund desk"
expires = 2027-03-01

[[edge]]
id = "E2"
effect = "deny"
who = ["payments-ops", "contractors"]
through = "operator"
may = ["POST"]
on = "refunds"
paths = ["/refunds/admin/**"]

[[edge]]
id = "E3"
who = "auditor"
may = "GET"
on = "refunds"

[[edge]]
id = "E4"
who = "orders-web"
may = ["GET", "POST"]
on = "payments"
paths = ["/orders/**", "/health"]
when = { header.X-Tenant = ["eu"], source_vpc = ["vpc-1"] }

[[edge]]
id = "E5"
who = "orders-web"
may = ["s3:GetObject", "dynamodb:Query"]
on = "ledger"

[[edge]]
id = "E6"
who = ["operator", "service:events.amazonaws.com", "account:444455556666"]
may = "invoke"
on = "function:arn:aws:lambda:eu-west-1:111122223333:function:settle"

[[edge]]
id = "E7"
who = "operator"
may = "run"
on = "reports"
when = { source_ip = ["10.0.0.0/8"] }
)";

const Artefact* Compiled::find(ArtefactKind kind, std::string_view object) const {
    for (const Artefact& artefact : compilation.artefacts)
        if (artefact.kind == kind && (object.empty() || artefact.object.find(object) != std::string::npos)) return &artefact;
    return nullptr;
}

Compiled compiled(std::string_view text, std::span<const Target> targets) {
    auto reading = readMap(text);
    Compiled result;
    result.map = std::make_unique<Map>();
    if (!reading) {
        ADD_FAILURE() << reading.error().chain();
        return result;
    }
    for (const Error& problem : reading->problems) EXPECT_TRUE(reading->isUsable()) << problem.chain() << " " << problem.fact("line");
    *result.map = std::move(reading->map);
    result.intent = resolve(*result.map, nullptr, UtcTime::parse("2026-11-30T12:00:00Z").value());
    result.compilation = compile(result.intent, targets);
    return result;
}

std::string written(const std::vector<TargetProof>& proofs) {
    std::string out;
    const auto add = [&](std::string_view what, Target target, const std::vector<Difference>& all) {
        for (const Difference& each : all) {
            out.append(what).append(" ").append(targetName(target)).append(" ").append(each.edge ? each.edge->value() : "-");
            out.append(" ").append(each.tuple.principal).append(" ").append(each.tuple.action).append(" ").append(each.tuple.resource);
            for (const auto& [key, value] : each.tuple.context) out.append(" ").append(key).append("=").append(value);
            out += '\n';
        }
    };
    for (const TargetProof& proof : proofs) {
        add("surplus", proof.target, proof.surplus);
        add("missing", proof.target, proof.missing);
        for (const Error& problem : proof.problems) out += "problem " + problem.chain() + "\n";
        if (!proof.complete) out.append("incomplete ").append(targetName(proof.target)).append("\n");
    }
    return out;
}

std::string differences(const Compiled& compiled, std::span<const Target> targets) {
    Prover prover;
    return written(prover.prove(compiled.intent, compiled.compilation, targets));
}

} // namespace gw::mesh::test
