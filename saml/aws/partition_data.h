// What differs between AWS's partitions. For the sources of saml/aws only.
#pragma once

#include "saml/aws/arn.h"

#include <array>
#include <span>
#include <string_view>

namespace gw::aws {

// Whether FIPS endpoints have names of their own ("sts-fips."), are the ordinary ones, or do not exist.
enum class FipsNames { None, Prefixed, Same };

struct PartitionData {
    Partition partition;
    std::string_view dnsSuffix;
    std::string_view signinHost;
    std::string_view consoleHost;
    FipsNames fips;
    std::span<const std::string_view> regions; // the first one is the default
    std::span<const std::string_view> audiences;
};

[[nodiscard]] std::span<const PartitionData> partitionTable();
[[nodiscard]] const PartitionData& dataOf(Partition partition);

} // namespace gw::aws
