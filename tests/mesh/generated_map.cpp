#include "tests/mesh/generated_map.h"

#include <random>

namespace gw::mesh::test {
namespace {

class Generator {
public:
    explicit Generator(std::uint32_t seed) : random_(seed) {}

    std::string map(const std::map<std::string, std::vector<std::string>>& accept) {
        std::string out = R"(version = 1
[[provider]]
id = "okta"
arn = "arn:aws:iam::111122223333:saml-provider/Okta"
[[provider]]
id = "github"
arn = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
audiences = ["sts.amazonaws.com"]
[[claim]]
id = "contractors"
key = "saml:edupersonaffiliation"
values = ["contractor", "temp*"]
[[role]]
id = "r0"
arn = "arn:aws:iam::111122223333:role/zero"
providers = ["okta"]
tags = true
[[role]]
id = "r1"
arn = "arn:aws:iam::111122223333:role/one"
providers = ["okta", "github"]
[[role]]
id = "r2"
arn = "arn:aws:iam::444455556666:role/two"
[[workload]]
id = "w0"
role = "arn:aws:iam::111122223333:role/w0-task"
runs_on = "ecs"
[[route]]
id = "t0"
api = "aaaa"
stage = "prod"
account = "111122223333"
region = "eu-west-1"
[[route]]
id = "t1"
api = "bbbb"
stage = "live"
account = "111122223333"
region = "eu-west-1"
paths = ["/v1/**"]
[[mesh-service]]
id = "s0"
lattice = "arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0"
[[mesh-service]]
id = "s1"
lattice = "arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-1"
network = "arn:aws:vpc-lattice:eu-west-1:111122223333:servicenetwork/sn-1"
port = 8443
[[function]]
id = "f0"
arn = "arn:aws:lambda:eu-west-1:111122223333:function:f0"
[[function]]
id = "f1"
arn = "arn:aws:lambda:eu-west-1:444455556666:function:f1:live"
url = true
[[task]]
id = "k0"
arn = "arn:aws:ecs:eu-west-1:111122223333:task-definition/k0:*"
cluster = "arn:aws:ecs:eu-west-1:111122223333:cluster/main"
passes = ["arn:aws:iam::111122223333:role/k0-task", "arn:aws:iam::111122223333:role/k0-execution"]
)";
        const int edges = 1 + number(6);
        for (int i = 0; i < edges; ++i) out += edge("E" + std::to_string(i), accept);
        return out;
    }

private:
    int number(int below) { return static_cast<int>(random_() % static_cast<std::uint32_t>(below)); }
    std::string one(const std::vector<std::string>& of) { return of[random_() % of.size()]; }
    std::string some(const std::vector<std::string>& of) {
        std::string out;
        const int count = 1 + number(2);
        for (int i = 0; i < count; ++i)
            if (const std::string text = "\"" + one(of) + "\""; out.find(text) == std::string::npos) out += (out.empty() ? "" : ", ") + text;
        return "[" + out + "]";
    }

    std::string when() {
        std::string out;
        const auto add = [&](const std::string& text) { out += (out.empty() ? "" : ", ") + text; };
        if (number(4) == 0) add("mfa = true");
        if (number(4) == 0) add("\"aws:PrincipalTag/team\" = " + some({"payments", "core", "a*"}));
        if (number(5) == 0) add("source_ip = " + some({"10.0.0.0/8", "192.0.2.0/24"}));
        if (number(6) == 0) add("source_vpc = \"vpc-1\"");
        if (number(6) == 0) add("before = \"2027-06-01T00:00:00Z\"");
        if (number(6) == 0) add("after = \"2026-06-01T00:00:00Z\"");
        if (number(8) == 0) add("header.X-Tenant = \"eu\"");
        if (number(10) == 0) add("query.debug = \"1\"");
        if (number(12) == 0) add("jwt.scope = \"x\"");
        return out.empty() ? "" : "when = { " + out + " }\n";
    }

    std::string edge(const std::string& id, const std::map<std::string, std::vector<std::string>>& accept) {
        std::string out = "[[edge]]\nid = \"" + id + "\"\n";
        if (number(5) == 0) out += "effect = \"deny\"\n";
        const bool through = number(2) == 0;
        if (through)
            out += "who = " + some({"group:Ops", "contractors", "person:alice@example.com"}) + "\nthrough = \"" + one({"r0", "r0"}) + "\"\n";
        else
            out += "who = " + some({"r1", "r2", "w0", "r0"}) + "\n";
        switch (number(6)) {
        case 0:
        case 1: {
            out += "may = " + some({"GET", "POST", "*", "DELETE"}) + "\non = " + some({"t0", "t1"}) + "\n";
            if (number(2) == 0) out += "paths = " + some({"/v1/orders/**", "/v1/a", "/v1/{id}/x", "/v1/orders"}) + "\n";
            break;
        }
        case 2: {
            out += "may = " + some({"GET", "PUT", "*"}) + "\non = " + some({"s0", "s1"}) + "\n";
            if (number(2) == 0) out += "paths = " + some({"/orders/**", "/a", "/{id}/x", "/"}) + "\n";
            break;
        }
        case 3: out += "may = \"invoke\"\non = " + some({"f0", "f1"}) + "\n"; break;
        case 4: out += "may = \"run\"\non = \"k0\"\n"; break;
        default:
            if (number(3) == 0)
                out += "may = \"dynamodb:Query\"\non = \"arn:aws:dynamodb:eu-west-1:111122223333:table/l*\"\n";
            else
                out += "may = " + some({"s3:GetObject", "s3:Put*"}) + "\non = " + some({"arn:aws:s3:::ledger/*", "arn:aws:s3:::ledger/eu/*"}) + "\n";
        }
        out += when();
        if (number(4) == 0) out += "expires = 2027-03-01\n";
        if (const auto found = accept.find(id); found != accept.end()) {
            std::string list;
            for (const std::string& text : found->second) list += (list.empty() ? "\"" : ", \"") + text + "\"";
            out += "accept = [" + list + "]\n";
        }
        return out;
    }

    std::mt19937 random_;
};

} // namespace

std::string generatedMap(std::uint32_t seed, const std::map<std::string, std::vector<std::string>>& accept) {
    return Generator(seed).map(accept);
}

} // namespace gw::mesh::test
