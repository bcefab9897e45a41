#include "models/cloud/aws/answer.h"

#include "models/cloud/aws/xml_answer.h"
#include "saml/base/json_fields.h"

#include <algorithm>
#include <array>

namespace gw::cloud {
namespace {

constexpr std::size_t maxFactBytes = 2048;

// Fit for one line of a message.
std::string oneLine(std::string text) {
    std::replace_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    if (text.size() <= maxFactBytes) return text;
    std::size_t end = maxFactBytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end) + "…";
}

struct ErrorRow {
    std::string_view code;
    AwsError error;
};
// IAM User Guide, "Common errors"; the errors of each service's model.
constexpr auto errorTable = std::to_array<ErrorRow>({
    {"AccessDenied", AwsError::AccessDenied},
    {"AccessDeniedException", AwsError::AccessDenied},
    {"AuthorizationError", AwsError::AccessDenied},
    {"AuthorizationErrorException", AwsError::AccessDenied},
    {"UnauthorizedOperation", AwsError::AccessDenied},
    {"UnauthorizedException", AwsError::AccessDenied},
    {"NotAuthorizedException", AwsError::AccessDenied},
    {"ForbiddenException", AwsError::AccessDenied},
    {"ExpiredToken", AwsError::ExpiredCredentials},
    {"ExpiredTokenException", AwsError::ExpiredCredentials},
    {"InvalidClientTokenId", AwsError::BadCredentials},
    {"UnrecognizedClientException", AwsError::BadCredentials},
    {"SignatureDoesNotMatch", AwsError::BadCredentials},
    {"InvalidSignatureException", AwsError::BadCredentials},
    {"IncompleteSignature", AwsError::BadCredentials},
    {"MissingAuthenticationToken", AwsError::BadCredentials},
    {"MissingAuthenticationTokenException", AwsError::BadCredentials},
    {"InvalidToken", AwsError::BadCredentials},
    {"InvalidAccessKeyId", AwsError::BadCredentials},
    {"AuthFailure", AwsError::BadCredentials},
    {"RequestTimeTooSkewed", AwsError::ClockSkew},
    {"RequestExpired", AwsError::ClockSkew},
    {"Throttling", AwsError::Throttled},
    {"ThrottlingException", AwsError::Throttled},
    {"ThrottledException", AwsError::Throttled},
    {"RequestThrottled", AwsError::Throttled},
    {"RequestThrottledException", AwsError::Throttled},
    {"RequestLimitExceeded", AwsError::Throttled},
    {"TooManyRequestsException", AwsError::Throttled},
    {"PriorRequestNotComplete", AwsError::Throttled},
    {"ConcurrentModificationException", AwsError::Throttled},
    {"SlowDown", AwsError::Throttled},
    {"ResourceNotFoundException", AwsError::NotFound},
    {"NotFoundException", AwsError::NotFound},
    {"NoSuchEntity", AwsError::NotFound},
    {"NoSuchBucket", AwsError::NotFound},
    {"NoSuchBucketPolicy", AwsError::NotFound},
    {"NoSuchPublicAccessBlockConfiguration", AwsError::NotFound},
    {"NotFound", AwsError::NotFound},
    {"AWSOrganizationsNotInUseException", AwsError::NotInUse},
    {"PolicyTypeNotEnabledException", AwsError::NotInUse},
    {"RegionDisabledException", AwsError::RegionDisabled},
    {"OptInRequired", AwsError::RegionDisabled},
    {"SubscriptionRequiredException", AwsError::RegionDisabled},
});

AwsError classify(std::string_view code, std::string_view message, int status) {
    const bool time = message.find("Signature expired") != std::string_view::npos ||
                      message.find("not yet current") != std::string_view::npos;
    for (const ErrorRow& each : errorTable)
        if (each.code == code) return each.error == AwsError::BadCredentials && time ? AwsError::ClockSkew : each.error;
    if (status == 429) return AwsError::Throttled;
    if (status >= 500) return AwsError::ServerError;
    if (code.ends_with("NotFoundException") || code.ends_with("NotFound")) return AwsError::NotFound;
    return AwsError::Rejected;
}

struct Refusal {
    std::string code, message, requestId;
};

Refusal refusalIn(const Json& body, const HttpResponse& response) {
    Refusal found;
    // The older services wrap it once more.
    const auto errors = body.find("Errors");
    const Json& outer = errors != body.end() && errors->is_object() ? *errors : body;
    const auto error = outer.find("Error");
    const Json& from = error != outer.end() && error->is_object() ? *error : outer;
    for (const char* name : {"Code", "__type", "code"})
        if (found.code.empty()) found.code = textField(from, name);
    if (found.code.empty()) found.code = response.header("x-amzn-errortype");
    // "com.amazonaws.organizations#AccessDeniedException", "AccessDeniedException:http://…"
    if (const std::size_t hash = found.code.rfind('#'); hash != std::string::npos) found.code.erase(0, hash + 1);
    found.code.resize(std::min(found.code.find(':'), found.code.size()));
    for (const char* name : {"Message", "message"})
        if (found.message.empty()) found.message = textField(from, name);
    found.requestId = textField(body, "RequestId");
    for (const char* name : {"x-amzn-requestid", "x-amz-request-id"})
        if (found.requestId.empty()) found.requestId = response.header(name);
    return found;
}

// JSON protocols tell times in seconds since 1970; the command line prints RFC 3339. A member that is called a time and holds
// a number of the last decades is one.
bool isTime(std::string_view name, const Json& value) {
    constexpr double first = 1e8, last = 1e11;
    if (!value.is_number()) return false;
    const bool named = name.ends_with("Date") || name.ends_with("At") || name.ends_with("Timestamp") || name.ends_with("Time");
    const double number = value.get<double>();
    return named && number > first && number < last;
}

// Depth is bounded by parseJson.
void writeTimes(Json& value) {
    if (!value.is_structured()) return;
    for (const auto& each : value.items()) {
        if (value.is_object() && isTime(each.key(), each.value()))
            each.value() = UtcTime::fromUnixMilliseconds(static_cast<std::int64_t>(each.value().get<double>() * 1000)).toRfc3339();
        else
            writeTimes(each.value());
    }
}

// API Gateway's second version sends "apiId", and its model and the command line say "ApiId". Keys of maps are data.
Json capitalised(const Json& value, bool keysAreData) {
    static constexpr auto maps =
        std::to_array<std::string_view>({"tags", "requestParameters", "responseParameters", "requestTemplates", "requestModels",
                                         "stageVariables", "routeSettings"});
    if (value.is_array()) {
        Json list = Json::array();
        for (const Json& each : value) list.push_back(capitalised(each, false));
        return list;
    }
    if (!value.is_object()) return value;
    Json object = Json::object();
    for (const auto& each : value.items()) {
        std::string name = each.key();
        const bool map = std::find(maps.begin(), maps.end(), name) != maps.end();
        if (!keysAreData && !name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
        object[name] = map && name == "ResponseParameters" ? each.value() : capitalised(each.value(), map);
    }
    return object;
}

Json asPrinted(const AwsService& service, std::string_view operation, Json body) {
    if (service.protocol == AwsProtocol::Query) {
        const auto result = body.find(std::string(operation) + "Result");
        return result != body.end() && result->is_object() ? std::move(*result) : Json::object();
    }
    if (service.protocol == AwsProtocol::Ec2Query) {
        Json printed = withNamesOfEc2(body);
        printed.erase("RequestId");
        return printed;
    }
    // The answer is what is asked for, without its name.
    if (operation == "GetPublicAccessBlock") return {{"PublicAccessBlockConfiguration", std::move(body)}};
    writeTimes(body);
    if (service.id == "apigatewayv2") return capitalised(body, false);
    if (service.id == "apigateway") {
        Json printed = Json::object();
        for (auto& each : body.items()) {
            const bool list = each.key() == "item" && operation != "GetStages";
            Json& value = printed[list ? "items" : each.key()];
            value = std::move(each.value());
            if (list && value.is_object()) value = Json::array({std::move(value)});
        }
        return printed;
    }
    // The answer is what is described, without its name.
    if (service.id == "appmesh" && operation.starts_with("Describe")) {
        std::string name(operation.substr(8));
        name[0] = static_cast<char>(name[0] - 'A' + 'a');
        return body.contains(name) ? std::move(body) : Json{{name, std::move(body)}};
    }
    return body;
}

} // namespace

Result<Json> readAnswer(const AwsService& service, std::string_view operation, const HttpResponse& response) {
    const auto told = [&](Error error) {
        return fail(std::move(error)
                        .with("service", std::string(service.id))
                        .with("operation", std::string(operation))
                        .with("status", std::to_string(response.status)));
    };
    const std::string_view text = response.body.reveal();
    const bool good = response.status >= 200 && response.status < 300;
    // The one answer of S3 that is the document itself.
    if (good && service.id == "s3" && operation == "GetBucketPolicy" && parseJson(text)) return Json{{"Policy", text}};
    std::optional<Json> body;
    if (service.protocol != AwsProtocol::Json && service.protocol != AwsProtocol::RestJson) {
        body = jsonOfXml(text);
    } else if (text.empty()) {
        body = Json::object();
    } else if (auto parsed = parseJson(text); parsed && parsed->is_object()) {
        body = std::move(*parsed);
    } else if (response.status >= 400) {
        body = jsonOfXml(text); // what stands in front of a service knows nothing of its protocol
    }
    if (good) {
        if (!body) return told(Error(AwsError::Unreadable, "not an answer of the service"));
        return asPrinted(service, operation, std::move(*body));
    }
    const Refusal refusal = body ? refusalIn(*body, response) : Refusal{response.header("x-amzn-errortype"), {}, {}};
    if (response.status < 400 || (refusal.code.empty() && response.status < 500 && response.status != 429))
        return told(Error(AwsError::Unreadable, "not an answer of the service"));
    const AwsError code = classify(refusal.code, refusal.message, response.status);
    Error error(code, oneLine(refusal.code));
    error.with("code", oneLine(refusal.code)).with("message", oneLine(refusal.message));
    if (!refusal.requestId.empty()) error.with("request_id", oneLine(refusal.requestId));
    if (code == AwsError::ClockSkew && response.date) error.with("server_time", response.date->toRfc3339());
    return told(std::move(error));
}

} // namespace gw::cloud
