#include "models/cloud/aws/service.h"

#include "saml/aws/endpoints.h"

#include <algorithm>
#include <array>

namespace gw::cloud {
namespace {

constexpr auto services = std::to_array<AwsService>({
    {"sts", "", AwsProtocol::Query, "2011-06-15"},
    {"iam", "", AwsProtocol::Query, "2010-05-08", "", true},
    {"organizations", "", AwsProtocol::Json, "AWSOrganizationsV20161128", "1.1", true},
    {"apigateway", "", AwsProtocol::RestJson, ""},
    {"apigatewayv2", "apigateway", AwsProtocol::RestJson, ""},
    {"lambda", "", AwsProtocol::RestJson, ""},
    {"ecs", "", AwsProtocol::Json, "AmazonEC2ContainerServiceV20141113"},
    {"eks", "", AwsProtocol::RestJson, ""},
    {"appmesh", "", AwsProtocol::RestJson, ""},
    {"vpc-lattice", "", AwsProtocol::RestJson, ""},
    {"servicediscovery", "", AwsProtocol::Json, "Route53AutoNaming_v20170314"},
    {"cognito-idp", "", AwsProtocol::Json, "AWSCognitoIdentityProviderService"},
    {"secretsmanager", "", AwsProtocol::Json, "secretsmanager"},
    {"kms", "", AwsProtocol::Json, "TrentService"},
    {"sqs", "", AwsProtocol::Json, "AmazonSQS", "1.0"},
    {"sns", "", AwsProtocol::Query, "2010-03-31"},
    {"s3", "", AwsProtocol::RestXml, ""},
    {"ec2", "", AwsProtocol::Ec2Query, "2016-11-15"},
});

// Of a service without regions: where its requests are signed for.
aws::Region homeOf(std::string_view id, aws::Partition partition) {
    if (partition == aws::Partition::Aws) return aws::Region("us-east-1");
    if (partition == aws::Partition::AwsUsGov) return aws::Region("us-gov-west-1");
    if (partition == aws::Partition::AwsCn) return aws::Region(id == "organizations" ? "cn-northwest-1" : "cn-north-1");
    return aws::defaultRegion(partition);
}

} // namespace

const AwsService* awsService(std::string_view id) {
    const auto found = std::find_if(services.begin(), services.end(), [&](const AwsService& each) { return each.id == id; });
    return found == services.end() ? nullptr : &*found;
}

std::string_view signingName(const AwsService& service) {
    return service.host.empty() ? service.id : service.host;
}

AwsEndpoint endpointOf(const AwsService& service, aws::Partition partition, const aws::Region& region) {
    const std::string host = "https://" + std::string(service.host.empty() ? service.id : service.host);
    const std::string suffix = "." + aws::dnsSuffix(partition);
    if (!service.global) return {host + "." + region.value() + suffix, region};
    const aws::Region home = homeOf(service.id, partition);
    if (service.id == "iam" && partition == aws::Partition::Aws) return {host + suffix, home};
    if (service.id == "iam" && partition == aws::Partition::AwsUsGov) return {host + ".us-gov" + suffix, home};
    return {host + "." + home.value() + suffix, home};
}

} // namespace gw::cloud
