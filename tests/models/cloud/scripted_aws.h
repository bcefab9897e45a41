// What a scripted endpoint of AWS's is asked in tests of live reads, and what an ordinary account answers.
#pragma once

#include "tests/support/http_server.h"

#include <QList>

#include <string>
#include <string_view>

namespace gw::test {

struct Asked {
    std::string key, region, service, operation; // of a REST call "/path?query"
    QByteArray body;
    [[nodiscard]] bool is(std::string_view what) const { return operation == what; }
};

inline Asked askedBy(const ServerRequest& request) {
    Asked asked;
    const QByteArray scope = request.headers["authorization"].split('=').value(1).split(',').value(0);
    const QList<QByteArray> parts = scope.split('/');
    asked.key = parts.value(0).toStdString();
    asked.region = parts.value(2).toStdString();
    asked.service = parts.value(3).toStdString();
    asked.body = request.body;
    if (const QByteArray target = request.headers["x-amz-target"]; !target.isEmpty())
        asked.operation = target.split('.').last().toStdString();
    else if (request.body.startsWith("Action="))
        asked.operation = request.body.mid(7).split('&').first().toStdString();
    else
        asked.operation = request.target.toStdString();
    return asked;
}

inline QByteArray xml(const std::string& operation, const QByteArray& content) {
    const QByteArray name = QByteArray::fromStdString(operation);
    return "<" + name + "Response><" + name + "Result>" + content + "</" + name + "Result></" + name + "Response>";
}

inline ServerReply json(const QByteArray& body, int status = 200) {
    return ServerReply::http(status, body, {"Content-Type: application/json"});
}

inline ServerReply denied(const Asked& asked) {
    if (asked.body.startsWith("Action="))
        return ServerReply::http(403, "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>");
    return json(R"({"__type":"AccessDeniedException","message":"no"})", 400);
}

inline std::string accountOf(const Asked& asked) {
    return asked.key.ends_with("2") ? "222233334444" : "111122223333";
}

// An account with one role, one function, and nothing else.
inline ServerReply ordinary(const Asked& asked) {
    const std::string account = accountOf(asked);
    const QByteArray number = QByteArray::fromStdString(account);
    if (asked.is("GetCallerIdentity")) return ServerReply::http(200, xml(asked.operation, "<Account>" + number + "</Account>"));
    if (asked.is("GetAccountAuthorizationDetails")) {
        const QByteArray page = asked.body.contains("Marker=second") ? "2" : "1";
        QByteArray content = "<RoleDetailList><member><RoleName>Role" + page + "</RoleName><Arn>arn:aws:iam::" + number + ":role/Role" + page +
                             "</Arn><AssumeRolePolicyDocument>%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%5D%7D"
                             "</AssumeRolePolicyDocument></member></RoleDetailList><IsTruncated>" +
                             (page == "1" ? "true</IsTruncated><Marker>second</Marker>" : "false</IsTruncated>");
        return ServerReply::http(200, xml(asked.operation, content));
    }
    if (asked.is("GenerateServiceLastAccessedDetails")) return ServerReply::http(200, xml(asked.operation, "<JobId>job</JobId>"));
    if (asked.is("GetServiceLastAccessedDetails"))
        return ServerReply::http(200, xml(asked.operation, "<JobStatus>COMPLETED</JobStatus><ServicesLastAccessed/>"));
    if (asked.body.startsWith("Action=")) return ServerReply::http(200, xml(asked.operation, {}));
    if (asked.is("DescribeOrganization")) return json(R"({"__type":"AWSOrganizationsNotInUseException","Message":"no"})", 400);
    if (asked.service == "s3") return ServerReply::http(200, "<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>");
    if (asked.operation.starts_with("/2015-03-31/functions/?") || asked.is("/2015-03-31/functions/"))
        return json(R"({"Functions":[{"FunctionName":"refund","FunctionArn":"arn:aws:lambda:)" + QByteArray::fromStdString(asked.region) + ":" +
                    number + R"(:function:refund","Environment":{"Variables":{"DB":"hunter2"}}}]})");
    if (asked.operation.ends_with("/policy")) return json(R"({"Message":"none","__type":"ResourceNotFoundException"})", 404);
    return json("{}");
}

} // namespace gw::test
