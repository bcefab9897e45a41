// One call to AWS as a description, made into a request that can be signed.
#pragma once

#include "models/cloud/aws/service.h"
#include "models/cloud/http_client.h"
#include "saml/base/json.h"

#include <string>
#include <utility>
#include <vector>

namespace gw::cloud {

struct AwsCall {
    const AwsService* service = nullptr; // of awsService()
    std::string operation;               // "ListRoles"
    HttpRequest::Method method = HttpRequest::Method::Get; // RestJson, RestXml; the others are always posted
    std::string path = "/";              // RestJson, RestXml: each of its names encoded (percentEncoded)
    std::vector<std::pair<std::string, std::string>> parameters; // Query, Ec2Query: of the form; else of the query; not encoded
    Json body = Json::object();          // Json, and RestJson but for Get and Delete
};

// `endpoint` has no slash at its end. Not signed yet.
[[nodiscard]] HttpRequest requestFor(const AwsCall& call, const std::string& endpoint);

} // namespace gw::cloud
