// Made by resources/scripts/partitions.py from the data of botocore 1.44.8: change the script, not this file.
// clang-format off
#include "saml/aws/partition_data.h"

#include <array>

namespace gw::aws {
namespace {

constexpr std::string_view awsRegions[] = {
    "us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "ca-west-1", "mx-central-1", "sa-east-1", "sa-west-1",
    "eu-central-1", "eu-central-2", "eu-north-1", "eu-south-1", "eu-south-2", "eu-west-1", "eu-west-2", "eu-west-3",
    "ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2",
    "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6",
    "ap-southeast-7", "me-central-1", "me-south-1", "me-west-1", "il-central-1", "af-south-1"};
constexpr std::string_view awsFips[] = {
    "us-east-1", "us-east-2", "us-west-1", "us-west-2"};
constexpr std::string_view cnRegions[] = {
    "cn-northwest-1", "cn-north-1"};
constexpr std::string_view govRegions[] = {
    "us-gov-west-1", "us-gov-east-1"};
constexpr std::string_view euscRegions[] = {
    "eusc-de-east-1"};
constexpr std::string_view isoRegions[] = {
    "us-iso-east-1", "us-iso-west-1"};
constexpr std::string_view isoBRegions[] = {
    "us-isob-east-1", "us-isob-west-1"};
constexpr std::string_view isoERegions[] = {
    "eu-isoe-west-1"};
constexpr std::string_view isoFRegions[] = {
    "us-isof-south-1", "us-isof-east-1"};
constexpr std::span<const std::string_view> none;

constexpr std::array<PartitionData, 8> table = {{
    {Partition::Aws, "amazonaws.com", "signin.aws.amazon.com", awsRegions, awsFips},
    {Partition::AwsCn, "amazonaws.com.cn", "signin.amazonaws.cn", cnRegions, none},
    {Partition::AwsUsGov, "amazonaws.com", "signin.amazonaws-us-gov.com", govRegions, none},
    {Partition::AwsEusc, "amazonaws.eu", "signin.amazonaws-eusc.eu", euscRegions, none},
    {Partition::AwsIso, "c2s.ic.gov", "signin.c2shome.ic.gov", isoRegions, none},
    {Partition::AwsIsoB, "sc2s.sgov.gov", "signin.sc2shome.sgov.gov", isoBRegions, none},
    {Partition::AwsIsoE, "cloud.adc-e.uk", "signin.csphome.adc-e.uk", isoERegions, none},
    {Partition::AwsIsoF, "csp.hci.ic.gov", "signin.csphome.hci.ic.gov", isoFRegions, none},
}};

} // namespace

std::span<const PartitionData> partitionTable() {
    return table;
}

const PartitionData& dataOf(Partition partition) {
    for (const PartitionData& data : table)
        if (data.partition == partition) return data;
    return table[0];
}

} // namespace gw::aws
