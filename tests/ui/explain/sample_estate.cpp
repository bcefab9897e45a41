#include "tests/ui/explain/sample_estate.h"

#include "models/estate/estate_reader.h"

namespace gw::test {
namespace {

constexpr const char* authorization = R"json({
  "RoleDetailList": [
    {
      "RoleName": "ledger-support", "RoleId": "AROASUPPORTEXAMPLE", "Path": "/",
      "Arn": "arn:aws:iam::111122223333:role/ledger-support",
      "Tags": [{"Key": "team", "Value": "support"}],
      "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [
        {"Sid": "PeopleThroughNorthwindSSO", "Effect": "Allow",
         "Principal": {"Federated": "arn:aws:iam::111122223333:saml-provider/NorthwindSSO"},
         "Action": ["sts:AssumeRoleWithSAML", "sts:TagSession"],
         "Condition": {"StringEquals": {"SAML:aud": "https://signin.aws.amazon.com/saml"}}}]},
      "RolePolicyList": [
        {"PolicyName": "refunds-read", "PolicyDocument": {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "ReadRefunds",
              "Effect": "Allow",
              "Action": "execute-api:Invoke",
              "Resource": "arn:aws:execute-api:*:111122223333:*/prod/GET/refunds/*"
            }
          ]
        }}],
      "AttachedManagedPolicies": [],
      "PermissionsBoundary": {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": "arn:aws:iam::111122223333:policy/gw-ceiling-payments"}
    },
    {
      "RoleName": "payments-operator", "RoleId": "AROAOPERATOREXAMPLE", "Path": "/",
      "Arn": "arn:aws:iam::111122223333:role/payments-operator",
      "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []},
      "RolePolicyList": [
        {"PolicyName": "refunds", "PolicyDocument": {"Version": "2012-10-17", "Statement": [
          {"Effect": "Allow", "Action": ["execute-api:Invoke"], "Resource": "*"}]}}],
      "AttachedManagedPolicies": []
    },
    {
      "RoleName": "auditor", "RoleId": "AROAAUDITOREXAMPLE", "Path": "/",
      "Arn": "arn:aws:iam::111122223333:role/auditor",
      "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": []},
      "RolePolicyList": [],
      "AttachedManagedPolicies": [{"PolicyName": "statements-from-office", "PolicyArn": "arn:aws:iam::111122223333:policy/statements-from-office"}]
    }
  ],
  "UserDetailList": [],
  "GroupDetailList": [],
  "Policies": [
    {"PolicyName": "gw-ceiling-payments", "Arn": "arn:aws:iam::111122223333:policy/gw-ceiling-payments", "DefaultVersionId": "v1",
     "PolicyVersionList": [{"VersionId": "v1", "IsDefaultVersion": true, "Document": {"Version": "2012-10-17", "Statement": [
       {"Sid": "Ceiling", "Effect": "Allow", "Action": ["execute-api:*", "s3:Get*"], "Resource": "*"}]}}]},
    {"PolicyName": "statements-from-office", "Arn": "arn:aws:iam::111122223333:policy/statements-from-office", "DefaultVersionId": "v1",
     "PolicyVersionList": [{"VersionId": "v1", "IsDefaultVersion": true, "Document": {"Version": "2012-10-17", "Statement": [
       {"Sid": "OfficeOnly", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::nwr-statements/*",
        "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}, "Bool": {"aws:MultiFactorAuthPresent": "true"}}}]}}]}
  ],
  "IsTruncated": false
})json";

constexpr const char* apis = R"json({"items": [{"id": "a1b2c3d4e5", "name": "payments-api", "policy":
"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"Operators\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[\"arn:aws:iam::111122223333:role/payments-operator\",\"arn:aws:iam::111122223333:role/payments-readonly\"]},\"Action\":\"execute-api:Invoke\",\"Resource\":\"arn:aws:execute-api:eu-west-1:111122223333:a1b2c3d4e5/prod/POST/refunds\"}]}"}]})json";

constexpr const char* apisVirginia = R"json({"items": [{"id": "f6g7h8i9j0", "name": "payments-api-us"}]})json";
constexpr const char* resources = R"json({"items": [{"id": "r1", "path": "/refunds", "resourceMethods": {"POST": {}}}, {"id": "r2", "path": "/refunds/{id}", "resourceMethods": {"GET": {}}}]})json";
constexpr const char* stages = R"json({"item": [{"stageName": "prod"}]})json";
constexpr const char* bucket = R"json({"Policy": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"TlsOnly\",\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":[\"arn:aws:s3:::nwr-statements\",\"arn:aws:s3:::nwr-statements/*\"],\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"false\"}}}]}"})json";

constexpr const char* roots = R"json({"Roots": [{"Id": "r-nwr1", "Name": "Root", "Arn": "arn:aws:organizations::999900001111:root/o-nwrexample/r-nwr1", "PolicyTypes": [{"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}]}]})json";
constexpr const char* organization = R"json({"Organization": {"Id": "o-nwrexample", "Arn": "arn:aws:organizations::999900001111:organization/o-nwrexample", "MasterAccountId": "999900001111"}})json";
constexpr const char* accounts = R"json({"Accounts": [{"Id": "111122223333", "Name": "nwr-prod-payments", "Arn": "arn:aws:organizations::999900001111:account/o-nwrexample/111122223333"}]})json";
constexpr const char* parents = R"json({"Parents": [{"Id": "r-nwr1", "Type": "ROOT"}]})json";
constexpr const char* full = R"json({"Policies": [{"Id": "p-FullAWSAccess", "Name": "FullAWSAccess", "Arn": "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess", "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": true}]})json";
constexpr const char* both = R"json({"Policies": [{"Id": "p-FullAWSAccess", "Name": "FullAWSAccess", "Arn": "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess", "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": true}, {"Id": "p-nwrregion", "Name": "stay-in-europe", "Arn": "arn:aws:organizations::999900001111:policy/o-nwrexample/service_control_policy/p-nwrregion", "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": false}]})json";
constexpr const char* fullPolicy = R"json({"Policy": {"PolicySummary": {"Id": "p-FullAWSAccess", "Name": "FullAWSAccess", "Arn": "arn:aws:organizations::aws:policy/service_control_policy/p-FullAWSAccess", "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": true}, "Content": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}"}})json";
constexpr const char* regionPolicy = R"json({"Policy": {"PolicySummary": {"Id": "p-nwrregion", "Name": "stay-in-europe", "Arn": "arn:aws:organizations::999900001111:policy/o-nwrexample/service_control_policy/p-nwrregion", "Type": "SERVICE_CONTROL_POLICY", "AwsManaged": false}, "Content": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"OutsideEurope\",\"Effect\":\"Deny\",\"NotAction\":[\"iam:*\",\"sts:*\"],\"Resource\":\"*\",\"Condition\":{\"StringNotEquals\":{\"aws:RequestedRegion\":[\"eu-west-1\",\"eu-central-1\"]}}}]}"}})json";

} // namespace

std::vector<std::pair<std::string, std::string>> sampleDumps() {
    return {{"nwr/111122223333/get-account-authorization-details.json", authorization},
            {"nwr/111122223333/eu-west-1/get-rest-apis.json", apis},
            {"nwr/111122223333/us-east-1/get-rest-apis.json", apisVirginia},
            {"nwr/111122223333/eu-west-1/get-resources-a1b2c3d4e5.json", resources},
            {"nwr/111122223333/eu-west-1/get-stages-a1b2c3d4e5.json", stages},
            {"nwr/111122223333/eu-west-1/get-bucket-policy-nwr-statements.json", bucket},
            {"nwr/organizations/list-roots.json", roots},
            {"nwr/organizations/describe-organization.json", organization},
            {"nwr/organizations/list-accounts.json", accounts},
            {"nwr/organizations/list-parents-111122223333.json", parents},
            {"nwr/organizations/list-policies-for-target-r-nwr1.json", full},
            {"nwr/organizations/list-policies-for-target-111122223333.json", both},
            {"nwr/organizations/describe-policy-p-FullAWSAccess.json", fullPolicy},
            {"nwr/organizations/describe-policy-p-nwrregion.json", regionPolicy}};
}

std::shared_ptr<const estate::Estate> sampleEstate() {
    estate::EstateReader reader;
    for (auto& [name, text] : sampleDumps()) reader.addText(name, std::move(text), *UtcTime::parse("2026-11-23T13:40:00Z"));
    return reader.finish();
}

} // namespace gw::test
