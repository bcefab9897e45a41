// What STS answers to AssumeRoleWithSAML, for tests that play it. Shapes: AWS STS API Reference.
#pragma once

#include "saml/base/utc_time.h"

#include <string>

namespace gw::test {

struct GivenRole {
    std::string accessKeyId;
    UtcTime expiration;
    std::string role = "A";
    std::string account = "111122223333";
    std::string person = "alice";
};

inline std::string stsGives(const GivenRole& given) {
    return R"(<AssumeRoleWithSAMLResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithSAMLResult><Credentials>)"
           "<AccessKeyId>" + given.accessKeyId + "</AccessKeyId><SecretAccessKey>secret-of-" + given.role +
           "</SecretAccessKey><SessionToken>token-of-" + given.role + "</SessionToken><Expiration>" + given.expiration.toRfc3339() +
           "</Expiration></Credentials><AssumedRoleUser><AssumedRoleId>AROAEXAMPLE:" + given.person +
           "</AssumedRoleId><Arn>arn:aws:sts::" + given.account + ":assumed-role/" + given.role + "/" + given.person +
           "</Arn></AssumedRoleUser><Subject>" + given.person + "</Subject><SubjectType>persistent</SubjectType>"
           "<Issuer>https://idp.example/metadata</Issuer><Audience>https://signin.aws.amazon.com/saml</Audience>"
           "<NameQualifier>x</NameQualifier></AssumeRoleWithSAMLResult><ResponseMetadata><RequestId>5f0c-e1</RequestId>"
           "</ResponseMetadata></AssumeRoleWithSAMLResponse>";
}

inline std::string stsRefuses(const std::string& code, const std::string& message) {
    return R"(<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>)" + code +
           "</Code><Message>" + message + "</Message></Error><RequestId>5f0c-e1</RequestId></ErrorResponse>";
}

} // namespace gw::test
