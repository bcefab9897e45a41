#include "saml/aws/endpoints.h"

#include "saml/aws/partition_data.h"

#include <algorithm>

namespace gw::aws {
namespace {

// What no data of AWS's clients says: the name that AWS's service provider metadata (SIGNIN-HOST/static/saml-metadata.xml)
// gives itself. IAM User Guide, "SAML assertions for the authentication response"; AWS GovCloud (US) User Guide, "IAM".
std::string_view audienceName(Partition partition) {
    if (partition == Partition::AwsCn) return "urn:amazon:webservices:cn-north-1";
    if (partition == Partition::AwsUsGov) return "urn:amazon:webservices:govcloud";
    return "urn:amazon:webservices";
}

bool isLowerOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

} // namespace

std::string stsEndpoint(Partition partition, const Region& region, bool fips) {
    const PartitionData& data = dataOf(partition);
    const bool ownName = fips && std::find(data.stsFips.begin(), data.stsFips.end(), region.value()) != data.stsFips.end();
    return (ownName ? "https://sts-fips." : "https://sts.") + region.value() + "." + std::string(data.dnsSuffix) + "/";
}

std::string dnsSuffix(Partition partition) {
    return std::string(dataOf(partition).dnsSuffix);
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
    // The sign-in URL is taken as well: Entra ID uses it as the identifier of the application.
    return {std::string(audienceName(partition)), defaultAcs(partition)};
}

std::vector<std::string> allAudiences() {
    std::vector<std::string> all;
    for (const PartitionData& data : partitionTable())
        for (std::string& audience : audiences(data.partition))
            if (std::find(all.begin(), all.end(), audience) == all.end()) all.push_back(std::move(audience));
    return all;
}

std::string defaultAcs(Partition partition) {
    return "https://" + signinHost(partition) + "/saml";
}

std::string consoleHost(Partition partition) {
    // The console's host stands beside that of the sign-in.
    return "console." + signinHost(partition).substr(std::string_view("signin.").size());
}

std::string signinHost(Partition partition) {
    return std::string(dataOf(partition).signinHost);
}

} // namespace gw::aws
