// What differs between AWS's partitions. For the sources of saml/aws only.
#pragma once

#include "saml/aws/arn.h"

#include <span>
#include <string_view>

namespace gw::aws {

// What AWS publishes in botocore's data; resources/scripts/partitions.py makes the table.
struct PartitionData {
    Partition partition;
    std::string_view dnsSuffix;
    std::string_view signinHost;               // a region and a dot may stand in front
    std::span<const std::string_view> regions; // the first one is the default
    std::span<const std::string_view> stsFips; // regions whose STS is also "sts-fips.REGION.SUFFIX"
};

// One entry for each Partition.
[[nodiscard]] std::span<const PartitionData> partitionTable();
[[nodiscard]] const PartitionData& dataOf(Partition partition);

} // namespace gw::aws
