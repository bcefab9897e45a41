#include "saml/aws/endpoints.h"

#include "saml/aws/partition_data.h"

#include <algorithm>

namespace gw::aws {
namespace {

using Names = std::span<const std::string_view>;

// Region lists: botocore's partition data, in AWS's order of opening within a group.
constexpr std::string_view awsRegions[] = {
    "us-east-1",      "us-east-2",      "us-west-1",      "us-west-2",      "ca-central-1",   "ca-west-1",      "mx-central-1",
    "sa-east-1",      "eu-west-1",      "eu-west-2",      "eu-west-3",      "eu-central-1",   "eu-central-2",   "eu-north-1",
    "eu-south-1",     "eu-south-2",     "ap-south-1",     "ap-south-2",     "ap-southeast-1", "ap-southeast-2", "ap-southeast-3",
    "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
    "ap-east-1",      "ap-east-2",      "me-south-1",     "me-central-1",   "il-central-1",   "af-south-1"};
constexpr std::string_view cnRegions[] = {"cn-north-1", "cn-northwest-1"};
constexpr std::string_view govRegions[] = {"us-gov-west-1", "us-gov-east-1"};
constexpr std::string_view euscRegions[] = {"eusc-de-east-1"};
constexpr std::string_view isoRegions[] = {"us-iso-east-1", "us-iso-west-1"};
constexpr std::string_view isoBRegions[] = {"us-isob-east-1", "us-isob-west-1"};
constexpr std::string_view isoERegions[] = {"eu-isoe-west-1"};
constexpr std::string_view isoFRegions[] = {"us-isof-east-1", "us-isof-south-1"};

// IAM User Guide and the service provider metadata that AWS publishes per partition.
constexpr std::string_view awsAudience[] = {"urn:amazon:webservices"};
constexpr std::string_view cnAudience[] = {"urn:amazon:webservices:cn-north-1"};
constexpr std::string_view govAudience[] = {"urn:amazon:webservices:govcloud"};

constexpr std::array<PartitionData, 8> table = {{
    {Partition::Aws, "amazonaws.com", "signin.aws.amazon.com", "console.aws.amazon.com", FipsNames::Prefixed, Names(awsRegions),
     Names(awsAudience)},
    {Partition::AwsCn, "amazonaws.com.cn", "signin.amazonaws.cn", "console.amazonaws.cn", FipsNames::None, Names(cnRegions),
     Names(cnAudience)},
    {Partition::AwsUsGov, "amazonaws.com", "signin.amazonaws-us-gov.com", "console.amazonaws-us-gov.com", FipsNames::Same,
     Names(govRegions), Names(govAudience)},
    {Partition::AwsEusc, "amazonaws.eu", "signin.amazonaws-eusc.eu", "console.amazonaws-eusc.eu", FipsNames::None,
     Names(euscRegions), Names(awsAudience)},
    {Partition::AwsIso, "c2s.ic.gov", "signin.c2shome.ic.gov", "console.c2shome.ic.gov", FipsNames::None, Names(isoRegions),
     Names(awsAudience)},
    {Partition::AwsIsoB, "sc2s.sgov.gov", "signin.sc2shome.sgov.gov", "console.sc2shome.sgov.gov", FipsNames::None,
     Names(isoBRegions), Names(awsAudience)},
    {Partition::AwsIsoE, "cloud.adc-e.uk", "signin.csphome.adc-e.uk", "console.csphome.adc-e.uk", FipsNames::None,
     Names(isoERegions), Names(awsAudience)},
    {Partition::AwsIsoF, "csp.hci.ic.gov", "signin.csphome.hci.ic.gov", "console.csphome.hci.ic.gov", FipsNames::None,
     Names(isoFRegions), Names(awsAudience)},
}};

bool isLowerOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

} // namespace

std::span<const PartitionData> partitionTable() {
    return table;
}

const PartitionData& dataOf(Partition partition) {
    for (const PartitionData& data : table)
        if (data.partition == partition) return data;
    return table[0];
}

std::string stsEndpoint(Partition partition, const Region& region, bool fips) {
    const PartitionData& data = dataOf(partition);
    const std::string_view host = fips && data.fips == FipsNames::Prefixed ? "sts-fips" : "sts";
    return "https://" + std::string(host) + "." + region.value() + "." + std::string(data.dnsSuffix) + "/";
}

Region defaultRegion(Partition partition) {
    return Region(std::string(dataOf(partition).regions.front()));
}

std::vector<Region> knownRegions(Partition partition) {
    std::vector<Region> regions;
    for (const std::string_view name : dataOf(partition).regions) regions.emplace_back(std::string(name));
    return regions;
}

bool isRegionName(std::string_view text) {
    if (text.size() < 5 || text.size() > 32 || text.find('-') == std::string_view::npos) return false;
    if (text.front() < 'a' || text.front() > 'z' || text.back() < '0' || text.back() > '9') return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (!isLowerOrDigit(text[i]) && (text[i] != '-' || text[i - 1] == '-')) return false;
    return true;
}

std::vector<std::string> audiences(Partition partition) {
    const PartitionData& data = dataOf(partition);
    std::vector<std::string> found(data.audiences.begin(), data.audiences.end());
    // The sign-in URL is taken as well: Entra ID uses it as the identifier of the application.
    found.push_back(defaultAcs(partition));
    return found;
}

std::vector<std::string> allAudiences() {
    std::vector<std::string> all;
    for (const PartitionData& data : table)
        for (std::string& audience : audiences(data.partition))
            if (std::find(all.begin(), all.end(), audience) == all.end()) all.push_back(std::move(audience));
    return all;
}

std::string defaultAcs(Partition partition) {
    return "https://" + signinHost(partition) + "/saml";
}

std::string consoleHost(Partition partition) {
    return std::string(dataOf(partition).consoleHost);
}

std::string signinHost(Partition partition) {
    return std::string(dataOf(partition).signinHost);
}

} // namespace gw::aws
