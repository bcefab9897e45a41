// The services that an estate is read from: where they answer, and in which protocol. Sources: botocore's endpoints and
// service models; IAM and Organizations have one endpoint for each partition.
#pragma once

#include "saml/aws/arn.h"

#include <string>
#include <string_view>

namespace gw::cloud {

enum class AwsProtocol {
    Query,    // a form, answered in XML
    Json,     // a JSON object and x-amz-target, answered in JSON
    RestJson, // path and query, answered in JSON
    RestXml,  // path and query, answered in XML
    Ec2Query, // as Query, in names and an XML of its own
};

struct AwsService {
    std::string_view id;      // as IAM's actions and the signature name it: "iam", "vpc-lattice"
    std::string_view host;    // the first label of its hosts; empty: as `id`
    AwsProtocol protocol;
    std::string_view version; // Query, Ec2Query: the API's version; Json: what stands in x-amz-target before the operation
    std::string_view json = "1.1";
    bool global = false;
};

// Null where there is none of that id. API Gateway's two APIs are "apigateway" and "apigatewayv2".
[[nodiscard]] const AwsService* awsService(std::string_view id);

// As its signatures name it.
[[nodiscard]] std::string_view signingName(const AwsService& service);

struct AwsEndpoint {
    std::string url;     // "https://iam.amazonaws.com", without a slash at its end
    aws::Region region;  // that requests are signed for
};
[[nodiscard]] AwsEndpoint endpointOf(const AwsService& service, aws::Partition partition, const aws::Region& region);

} // namespace gw::cloud
