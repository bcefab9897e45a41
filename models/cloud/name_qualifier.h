// What STS reports as NameQualifier: tells the provider that an assertion came from, whoever presented it.
#pragma once

#include "saml/aws/arn.h"

#include <string>
#include <string_view>

namespace gw::cloud {

// BASE64(SHA1(issuer + account id + "/" + the provider's name in IAM)), from STS API reference, AssumeRoleWithSAML.
[[nodiscard]] std::string nameQualifier(std::string_view issuer, const aws::SamlProviderArn& provider);

} // namespace gw::cloud
