#include "bench/policy/cases.h"

namespace gw::bench {
namespace {

constexpr const char* session = "arn:aws:sts::111122223333:assumed-role/payments-operator/lena";

std::string document(const std::string& statements) {
    return R"({"Version":"2012-10-17","Statement":[)" + statements + "]}";
}

std::string named(const std::string& name, const std::string& statements) {
    return R"({"name":")" + name + R"(","policy":)" + document(statements) + "}";
}

std::string request(const std::string& principal, const std::string& action, const std::string& resource,
                    const std::string& context) {
    return R"("request":{"principal":")" + principal + R"(","action":")" + action + R"(","resource":")" + resource +
           R"(","context":{)" + context + "}}";
}

std::string line(const std::string& name, const std::string& rest) {
    return R"({"id":")" + name + R"(",)" + rest + "}";
}

NamedCase small() {
    const std::string policy =
        R"({"Sid":"Read","Effect":"Allow","Action":["s3:GetObject","s3:ListBucket"],"Resource":["arn:aws:s3:::reports","arn:aws:s3:::reports/*"],"Condition":{"StringEquals":{"aws:PrincipalTag/team":"payments"}}},)"
        R"({"Sid":"NotSecret","Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::reports/secret/*"})";
    return {"small", line("small", request(session, "s3:GetObject", "arn:aws:s3:::reports/2026/11.csv",
                                           R"("aws:PrincipalTag/team":"payments")") +
                                       R"(,"identity":[)" + named("reader", policy) + "]")};
}

NamedCase trust() {
    const std::string provider = "arn:aws:iam::111122223333:saml-provider/NorthwindSSO";
    const std::string policy =
        R"({"Effect":"Allow","Principal":{"Federated":")" + provider +
        R"("},"Action":["sts:AssumeRoleWithSAML","sts:TagSession"],"Condition":{"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"},"StringLike":{"SAML:sub":"*@northwind-robotics.example"}}})";
    return {
        "trust",
        line("trust", request(provider, "sts:AssumeRoleWithSAML", "arn:aws:iam::111122223333:role/payments-operator",
                              R"("SAML:aud":"https://signin.aws.amazon.com/saml","SAML:sub":"lena@northwind-robotics.example")") +
                          R"(,"resource":)" + named("trust", policy))};
}

NamedCase cross() {
    const std::string resource = "arn:aws:execute-api:eu-west-1:444455556666:api1/prod/POST/refunds";
    const std::string everything = R"({"Effect":"Allow","Action":"*","Resource":"*"})";
    const std::string guard =
        everything +
        R"(,{"Effect":"Deny","NotAction":["iam:*","sts:*","execute-api:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1","eu-central-1"]}}})";
    return {
        "cross",
        line(
            "cross",
            request(session, "execute-api:Invoke", resource, R"("aws:RequestedRegion":"eu-west-1")") + R"(,"identity":[)" +
                named("invoker",
                      R"({"Effect":"Allow","Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:*:*:api1/prod/*"})") +
                R"(],"resource":)" +
                named(
                    "api",
                    R"({"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/payments-operator"},"Action":"execute-api:Invoke","Resource":"arn:aws:execute-api:eu-west-1:444455556666:api1/*"})") +
                R"(,"scp":[[)" + named("root", everything) + "],[" + named("guard", guard) + "]]")};
}

NamedCase large() {
    std::string identity, scp;
    for (int i = 0; i < 199; ++i) {
        const std::string number = std::to_string(i);
        identity +=
            R"({"Sid":"S)" + number +
            R"(","Effect":"Allow","Action":["s3:GetObject","s3:Get*Acl","dynamodb:Query"],"Resource":["arn:aws:s3:::bucket-)" +
            number + R"(/*","arn:aws:dynamodb:eu-west-1:111122223333:table/t)" + number +
            R"("],"Condition":{"StringLike":{"aws:PrincipalTag/team":["team-)" + number + R"(","payments*"]}}},)";
    }
    identity += R"({"Sid":"Last","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::reports/*"})";
    scp = R"({"Effect":"Allow","Action":"*","Resource":"*"})";
    for (int i = 0; i < 29; ++i)
        scp +=
            R"(,{"Effect":"Deny","Action":["ec2:*","s3:Delete*"],"Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/tier":"t)" +
            std::to_string(i) + R"("}}})";
    return {"large",
            line("large", request(session, "s3:GetObject", "arn:aws:s3:::reports/2026/11.csv",
                                  R"("aws:PrincipalTag/team":"payments","aws:PrincipalTag/tier":"x")") +
                              R"(,"identity":[)" + named("many", identity) + R"(],"scp":[[)" + named("guard", scp) + "]]")};
}

} // namespace

std::vector<NamedCase> policyCases() {
    return {small(), trust(), cross(), large()};
}

} // namespace gw::bench
