#include "models/cloud/aws/call.h"

#include "saml/base/percent.h"

namespace gw::cloud {
namespace {

constexpr std::size_t maxAnswerBytes = std::size_t{32} << 20U;
constexpr std::chrono::seconds patience{60}; // a page of get-account-authorization-details takes some

std::string encoded(const std::vector<std::pair<std::string, std::string>>& parameters) {
    std::string out;
    for (const auto& [name, value] : parameters)
        out.append(out.empty() ? "" : "&").append(percentEncoded(name)).append("=").append(percentEncoded(value));
    return out;
}

} // namespace

HttpRequest requestFor(const AwsCall& call, const std::string& endpoint) {
    HttpRequest request;
    request.maxResponseBytes = maxAnswerBytes;
    request.timeout = patience;
    request.method = HttpRequest::Method::Post;
    request.url = endpoint + "/";
    const AwsService& service = *call.service;
    switch (service.protocol) {
    case AwsProtocol::Query:
    case AwsProtocol::Ec2Query: {
        std::string form = "Action=" + percentEncoded(call.operation) + "&Version=" + std::string(service.version);
        if (!call.parameters.empty()) form += "&" + encoded(call.parameters);
        request.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}, {"Accept", "application/xml"}};
        request.body = Secret(std::move(form));
        return request;
    }
    case AwsProtocol::Json:
        request.headers = {{"Content-Type", "application/x-amz-json-" + std::string(service.json)},
                           {"X-Amz-Target", std::string(service.version) + "." + call.operation},
                           {"Accept", "application/json"}};
        request.body = Secret(call.body.dump());
        return request;
    case AwsProtocol::RestJson:
    case AwsProtocol::RestXml:
        request.url = endpoint + call.path;
        if (!call.parameters.empty()) request.url += "?" + encoded(call.parameters);
        // API Gateway answers in HAL where nobody asks for plain JSON.
        request.headers = {{"Accept", service.protocol == AwsProtocol::RestXml ? "application/xml" : "application/json"}};
        request.method = call.method;
        if (call.method == HttpRequest::Method::Get || call.method == HttpRequest::Method::Delete) return request;
        request.headers.push_back({"Content-Type", "application/json"});
        request.body = Secret(call.body.dump());
        return request;
    }
    return request;
}

} // namespace gw::cloud
