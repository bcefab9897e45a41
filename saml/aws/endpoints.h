// Where AWS receives SAML responses and where it answers STS calls, for every partition. Data, not guesses by suffix.
// Regions, suffixes, sign-in and STS hosts: botocore's data, see partition_data.h. Paths: IAM User Guide, "Create a SAML
// identity provider"; signin.aws.amazon.com is us-east-1 and not global (AWS Security Blog on regional SAML endpoints).
#pragma once

#include "saml/aws/arn.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::aws {

// Tells whether a URL is an AWS sign-in endpoint that takes a SAML response: https, the exact host (or a well-formed
// region in front of it), no user info, port absent or 443, path /saml, /static/saml or /saml/acs/ID.
// `additional` are whole URLs that an administrator added; they match exactly after dropping the default port.
class AcsMatcher {
public:
    AcsMatcher() = default;
    explicit AcsMatcher(std::vector<std::string> additional) : additional_(std::move(additional)) {}

    [[nodiscard]] bool matches(std::string_view url) const;
    // The partition of an AWS endpoint; nothing for an added one or none at all.
    [[nodiscard]] static std::optional<Partition> partitionOf(std::string_view url);
    [[nodiscard]] const std::vector<std::string>& additional() const { return additional_; }

private:
    std::vector<std::string> additional_;
};

// "https://sts.eu-west-1.amazonaws.com/". With `fips` the name of its own where STS has one there; in GovCloud the ordinary
// one is FIPS.
[[nodiscard]] std::string stsEndpoint(Partition partition, const Region& region, bool fips = false);
// "amazonaws.com": what the hosts of its services end in.
[[nodiscard]] std::string dnsSuffix(Partition partition);
// The region to use where nobody chose one.
[[nodiscard]] Region defaultRegion(Partition partition);
// The regions offered for choice: the default one, then by continent.
[[nodiscard]] std::vector<Region> knownRegions(Partition partition);
// Lower-case letters, digits and single dashes, ending in a digit.
[[nodiscard]] bool isRegionName(std::string_view text);
// What an assertion for the partition may name as its audience: AWS's entity ID and its sign-in URL.
[[nodiscard]] std::vector<std::string> audiences(Partition partition);
// Those of every partition, without duplicates.
[[nodiscard]] std::vector<std::string> allAudiences();
// "https://signin.aws.amazon.com/saml" and its kin.
[[nodiscard]] std::string defaultAcs(Partition partition);
// "console.aws.amazon.com" and "signin.aws.amazon.com" of the partition.
[[nodiscard]] std::string consoleHost(Partition partition);
[[nodiscard]] std::string signinHost(Partition partition);

} // namespace gw::aws
