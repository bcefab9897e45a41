// Reach over 500 accounts of 200 roles: made ready, asked for the first time, and asked again.
//     bench_reach --benchmark_repetitions=5
#include "models/estate/estate_parts.h"
#include "models/estate/reach.h"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <sys/resource.h>

namespace {

using namespace gw;
using namespace gw::estate;

constexpr int accounts = 500, roles = 200;
const policy::WorldRules world{false, UtcTime::fromUnixSeconds(1'795'521'600), nullptr};
const std::string route = "arn:aws:execute-api:eu-west-1:100000000007:api1/prod/POST/refunds";

PolicyDocument document(std::string name, const std::string& statements, std::string arn = {}) {
    PolicyDocument made;
    made.name = std::move(name);
    made.arn = std::move(arn);
    made.text = R"({"Version":"2012-10-17","Statement":[)" + statements + "]}";
    return made;
}

std::string own(int i, bool invokes) {
    const std::string number = std::to_string(i);
    std::string text =
        R"({"Sid":"S","Effect":"Allow","Action":["s3:GetObject","s3:PutObject","dynamodb:Query"],"Resource":["arn:aws:s3:::bucket-)" +
        number + R"(/*","arn:aws:dynamodb:eu-west-1:111122223333:table/orders-)" + number +
        R"("],"Condition":{"StringEquals":{"aws:PrincipalTag/team":"team-)" + number + R"("}}})";
    if (invokes)
        text += R"(,{"Effect":"Allow","Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:eu-west-1:*:api1/prod/*"})";
    return text;
}

// Every twentieth role may invoke the route, and every role is some group's by the provider of its account.
EstateParts parts() {
    EstateParts made;
    made.organization = {"o-bench", "999999999999"};
    made.facts.scpsListed = made.facts.rcpsListed = true;
    made.facts.types["r-1"] = {"SERVICE_CONTROL_POLICY"};
    ControlPolicy full;
    full.id = "p-full";
    full.document = document("full", R"({"Effect":"Allow","Action":"*","Resource":"*"})");
    made.controlPolicies.push_back(full);
    made.facts.targetsListed.insert("p-full");
    made.facts.attachments["r-1"].policies.insert("p-full");
    for (int i = 0; i < 10; ++i) {
        ManagedPolicy shared;
        shared.arn = "arn:aws:iam::aws:policy/shared-" + std::to_string(i);
        shared.document =
            document("shared", R"({"Effect":"Allow","Action":["logs:*","s3:Get*","s3:List*"],"Resource":"*"})", shared.arn);
        made.managedPolicies.push_back(std::move(shared));
    }
    for (int a = 0; a < accounts; ++a) {
        const std::string account = std::to_string(100'000'000'000 + a);
        made.facts.parents[account] = "r-1";
        made.facts.attachments[account].policies.insert("p-full");
        Account one;
        one.account = account;
        one.arn = "arn:aws:organizations::999999999999:account/o-bench/" + account;
        made.accounts.push_back(std::move(one));
        const std::string provider = "arn:aws:iam::" + account + ":saml-provider/idp";
        for (int r = 0; r < roles; ++r) {
            const int number = a * roles + r;
            Role role;
            role.account = account;
            role.name = "role-" + std::to_string(r);
            role.path = "/team/";
            role.arn = "arn:aws:iam::" + account + ":role/team/" + role.name;
            role.trust = document(
                role.name,
                R"({"Effect":"Allow","Principal":{"Federated":")" + provider +
                    R"("},"Action":"sts:AssumeRoleWithSAML","Condition":{"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"}}})");
            role.policies.inlinePolicies.push_back(document("own", own(number, number % 20 == 0)));
            role.policies.attached.push_back("arn:aws:iam::aws:policy/shared-" + std::to_string(r % 10));
            Assignment assignment;
            assignment.group = "group-" + std::to_string(number % 3000);
            assignment.role = role.arn;
            assignment.provider = provider;
            made.assignments.push_back(std::move(assignment));
            made.roles.push_back(std::move(role));
        }
    }
    Resource api;
    api.kind = ResourceKind::RestApi;
    api.id = "api1";
    api.account = "100000000007";
    api.region = "eu-west-1";
    api.arn = "arn:aws:execute-api:eu-west-1:100000000007:api1";
    api.policyKnown = true;
    api.policy = document(
        "api",
        R"({"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-bench"}}})");
    made.resources.push_back(std::move(api));
    return made;
}

const Estate& organisation() {
    static const Estate* made = new Estate(parts());
    return *made;
}

void tellMemory(benchmark::State& state) {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    state.counters["MiB"] = static_cast<double>(usage.ru_maxrss) / 1024;
}

// With every policy document compiled, once for the estate.
void makeReady(benchmark::State& state) {
    for (auto _ : state) {
        Reach reach(organisation(), world);
        benchmark::DoNotOptimize(reach);
    }
    tellMemory(state);
}

void whoCanCold(benchmark::State& state) {
    std::size_t rows = 0;
    for (auto _ : state) {
        state.PauseTiming();
        Reach reach(organisation(), world);
        state.ResumeTiming();
        rows = reach.whoCan("execute-api:Invoke", route).rows.size();
    }
    // The role, its provider, and its group.
    if (rows < 3 * accounts * roles / 20) std::abort();
    state.counters["rows"] = static_cast<double>(rows);
    tellMemory(state);
}

void whoCanWarm(benchmark::State& state) {
    Reach reach(organisation(), world);
    std::size_t rows = reach.whoCan("execute-api:Invoke", route).rows.size();
    for (auto _ : state) rows = reach.whoCan("execute-api:Invoke", route).rows.size();
    state.counters["rows"] = static_cast<double>(rows);
}

void whatAGroupCan(benchmark::State& state) {
    Reach reach(organisation(), world);
    const From group{From::Kind::Group, "group-20"};
    std::size_t rows = 0;
    for (auto _ : state) rows = reach.whatCan(group, "execute-api:*").rows.size();
    state.counters["rows"] = static_cast<double>(rows);
}

} // namespace

BENCHMARK(makeReady)->Name("reach/made-ready")->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(whoCanCold)->Name("reach/who-can/cold")->Unit(benchmark::kMillisecond)->Iterations(3);
BENCHMARK(whoCanWarm)->Name("reach/who-can/warm")->Unit(benchmark::kMillisecond);
BENCHMARK(whatAGroupCan)->Name("reach/what-can")->Unit(benchmark::kMillisecond)->Iterations(5);
BENCHMARK_MAIN();
