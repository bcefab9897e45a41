#include "models/estate/sources/cloudtrail_names.h"

#include <algorithm>
#include <array>

namespace gw::estate {
namespace {

struct Renamed {
    std::string_view from, to;
};

std::string_view serviceOf(std::string_view source) {
    static constexpr auto renamed = std::to_array<Renamed>({{"monitoring", "cloudwatch"},
                                                            {"email", "ses"},
                                                            {"tagging", "tag"},
                                                            {"catalog.marketplace", "aws-marketplace"},
                                                            {"discovery-marketplace", "aws-marketplace"},
                                                            {"metering-marketplace", "aws-marketplace"},
                                                            {"data.iot", "iot"},
                                                            {"iotdata", "iot"},
                                                            {"runtime.sagemaker", "sagemaker"},
                                                            {"runtime.lex", "lex"},
                                                            {"models.lex", "lex"},
                                                            {"portal.sso", "sso"},
                                                            {"identitystore-scim", "identitystore"},
                                                            {"amazonmq", "mq"},
                                                            {"cloudcontrolapi", "cloudformation"},
                                                            {"servicecatalog-appregistry", "servicecatalog"},
                                                            {"entitlement.marketplace", "aws-marketplace"},
                                                            {"vpc-lattice-svcs", "vpc-lattice-svcs"}});
    for (const std::string_view end : {".amazonaws.com.cn", ".amazonaws.com", ".amazon.com", ".aws.internal"})
        if (source.ends_with(end)) {
            source.remove_suffix(end.size());
            break;
        }
    const auto* found = std::find_if(renamed.begin(), renamed.end(), [&](const Renamed& each) { return each.from == source; });
    return found == renamed.end() ? source : found->to;
}

// Lambda's calls carry the date of their interface: "CreateFunction20150331", "UpdateFunctionCode20150331v2".
std::string_view withoutDate(std::string_view name) {
    std::string_view stem = name;
    if (stem.size() > 2 && stem[stem.size() - 2] == 'v' && stem.back() >= '0' && stem.back() <= '9') stem.remove_suffix(2);
    const std::size_t last = stem.find_last_not_of("0123456789");
    return last != std::string_view::npos && stem.size() - last - 1 == 8 ? stem.substr(0, last + 1) : name;
}

std::string_view renamedAction(std::string_view service, std::string_view name) {
    struct Action {
        std::string_view service, from, to;
    };
    static constexpr auto actions = std::to_array<Action>({{"s3", "HeadObject", "GetObject"},
                                                           {"s3", "HeadBucket", "ListBucket"},
                                                           {"s3", "ListObjects", "ListBucket"},
                                                           {"s3", "ListObjectsV2", "ListBucket"},
                                                           {"s3", "ListObjectVersions", "ListBucketVersions"},
                                                           {"s3", "ListBuckets", "ListAllMyBuckets"},
                                                           {"s3", "CopyObject", "PutObject"},
                                                           {"s3", "DeleteObjects", "DeleteObject"},
                                                           {"s3", "CreateMultipartUpload", "PutObject"},
                                                           {"s3", "InitiateMultipartUpload", "PutObject"},
                                                           {"s3", "UploadPart", "PutObject"},
                                                           {"s3", "UploadPartCopy", "PutObject"},
                                                           {"s3", "CompleteMultipartUpload", "PutObject"},
                                                           {"s3", "ListParts", "ListMultipartUploadParts"},
                                                           {"s3", "ListMultipartUploads", "ListBucketMultipartUploads"},
                                                           {"s3", "GetBucketEncryption", "GetEncryptionConfiguration"},
                                                           {"s3", "GetBucketLifecycle", "GetLifecycleConfiguration"},
                                                           {"s3", "GetBucketReplication", "GetReplicationConfiguration"},
                                                           {"s3", "GetBucketCors", "GetBucketCORS"},
                                                           {"lambda", "Invoke", "InvokeFunction"},
                                                           {"lambda", "InvokeAsync", "InvokeFunction"},
                                                           {"dynamodb", "ExecuteStatement", "PartiQLSelect"}});
    const auto* found =
        std::find_if(actions.begin(), actions.end(), [&](const Action& each) { return each.service == service && each.from == name; });
    return found == actions.end() ? name : found->to;
}

// Its permissions are the verbs of HTTP.
std::string_view gatewayVerb(std::string_view name) {
    static constexpr auto verbs = std::to_array<Renamed>({{"Get", "GET"},
                                                          {"Export", "GET"},
                                                          {"Create", "POST"},
                                                          {"Import", "POST"},
                                                          {"Generate", "POST"},
                                                          {"Test", "POST"},
                                                          {"Put", "PUT"},
                                                          {"Reimport", "PUT"},
                                                          {"Tag", "PUT"},
                                                          {"Update", "PATCH"},
                                                          {"Delete", "DELETE"},
                                                          {"Flush", "DELETE"},
                                                          {"Reset", "DELETE"},
                                                          {"Untag", "DELETE"}});
    const auto* found = std::find_if(verbs.begin(), verbs.end(), [&](const Renamed& each) { return name.starts_with(each.from); });
    return found == verbs.end() ? std::string_view() : found->to;
}

bool isNoPermission(std::string_view service, std::string_view name) {
    return service == "signin" || name.empty() || service.empty() || (service == "sts" && name == "AssumeRoleWithSAML") ||
           (service == "sts" && name == "AssumeRoleWithWebIdentity");
}

} // namespace

std::string policyAction(std::string_view eventSource, std::string_view eventName) {
    const std::string_view service = serviceOf(eventSource);
    if (isNoPermission(service, eventName)) return {};
    std::string_view action = renamedAction(service, withoutDate(eventName));
    if (service == "apigateway") action = gatewayVerb(eventName);
    return action.empty() ? std::string() : std::string(service) + ":" + std::string(action);
}

} // namespace gw::estate
