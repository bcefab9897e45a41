#include "saml/aws/endpoints.h"
#include "saml/aws/partition_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace gw::aws {
namespace {

constexpr Partition all[] = {Partition::Aws,    Partition::AwsCn,   Partition::AwsUsGov, Partition::AwsEusc,
                             Partition::AwsIso, Partition::AwsIsoB, Partition::AwsIsoE,  Partition::AwsIsoF};

class Matches : public testing::TestWithParam<std::pair<const char*, Partition>> {};

TEST_P(Matches, AndTellsThePartition) {
    const auto [url, partition] = GetParam();
    EXPECT_TRUE(AcsMatcher().matches(url));
    EXPECT_EQ(AcsMatcher::partitionOf(url), partition);
}

INSTANTIATE_TEST_SUITE_P(
    Urls, Matches,
    testing::Values(std::pair("https://signin.aws.amazon.com/saml", Partition::Aws),
                    std::pair("https://us-east-1.signin.aws.amazon.com/saml", Partition::Aws),
                    std::pair("https://eu-west-1.signin.aws.amazon.com/saml/acs/SAMLSP1234ABCD", Partition::Aws),
                    std::pair("https://signin.aws.amazon.com/static/saml", Partition::Aws),
                    std::pair("https://signin.aws.amazon.com:443/saml", Partition::Aws),
                    std::pair("HTTPS://SignIn.AWS.Amazon.com/saml", Partition::Aws),
                    std::pair("https://ap-southeast-7.signin.aws.amazon.com/saml", Partition::Aws),
                    std::pair("https://signin.amazonaws-us-gov.com/saml", Partition::AwsUsGov),
                    std::pair("https://us-gov-west-1.signin.amazonaws-us-gov.com/saml", Partition::AwsUsGov),
                    std::pair("https://signin.amazonaws.cn/saml", Partition::AwsCn),
                    std::pair("https://cn-northwest-1.signin.amazonaws.cn/saml", Partition::AwsCn),
                    std::pair("https://signin.amazonaws-eusc.eu/saml", Partition::AwsEusc),
                    std::pair("https://eusc-de-east-1.signin.amazonaws-eusc.eu/saml", Partition::AwsEusc),
                    std::pair("https://signin.c2shome.ic.gov/saml", Partition::AwsIso),
                    std::pair("https://signin.sc2shome.sgov.gov/saml", Partition::AwsIsoB),
                    std::pair("https://eu-isoe-west-1.signin.csphome.adc-e.uk/saml", Partition::AwsIsoE),
                    std::pair("https://us-isof-south-1.signin.csphome.hci.ic.gov/saml", Partition::AwsIsoF)));

class DoesNotMatch : public testing::TestWithParam<std::string> {};

TEST_P(DoesNotMatch, AnyPartition) {
    EXPECT_FALSE(AcsMatcher().matches(GetParam()));
    EXPECT_EQ(AcsMatcher::partitionOf(GetParam()), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(
    Urls, DoesNotMatch,
    testing::Values(
        "", "https://", "https:///saml", "signin.aws.amazon.com/saml", "//signin.aws.amazon.com/saml",
        "http://signin.aws.amazon.com/saml", "ftp://signin.aws.amazon.com/saml", "javascript://signin.aws.amazon.com/saml",
        "https:signin.aws.amazon.com/saml", "https:/signin.aws.amazon.com/saml", "https://signin.aws.amazon.com",
        "https://signin.aws.amazon.com/", "https://signin.aws.amazon.com/samlfoo", "https://signin.aws.amazon.com/saml/",
        "https://signin.aws.amazon.com/SAML", "https://signin.aws.amazon.com//saml", "https://signin.aws.amazon.com/x/../saml",
        "https://signin.aws.amazon.com/%73aml", "https://signin.aws.amazon.com/saml?x=1", "https://signin.aws.amazon.com/saml#1",
        "https://signin.aws.amazon.com/saml;x", "https://signin.aws.amazon.com/saml/acs/",
        "https://signin.aws.amazon.com/saml/acs/a/b", "https://signin.aws.amazon.com/saml/acs/..",
        "https://signin.aws.amazon.com/saml/acs/a%2Fb", "https://signin.aws.amazon.com/saml/acs/" + std::string(129, 'a'),
        "https://signin.aws.amazon.com/static/saml/x", "https://signin.aws.amazon.com.evil.tld/saml",
        "https://evil.tld/?signin.aws.amazon.com/saml", "https://evil.tld/https://signin.aws.amazon.com/saml",
        "https://evil-signin.aws.amazon.com/saml", "https://evilsignin.aws.amazon.com/saml",
        "https://evil.tld/x.signin.aws.amazon.com/saml", "https://a.us-east-1.signin.aws.amazon.com/saml",
        "https://evil.signin.aws.amazon.com/saml", "https://-1.signin.aws.amazon.com/saml",
        "https://us--east-1.signin.aws.amazon.com/saml", "https://us-east-1..signin.aws.amazon.com/saml",
        "https://.signin.aws.amazon.com/saml", "https://us_east-1.signin.aws.amazon.com/saml",
        "https://us-east-x.signin.aws.amazon.com/saml", "https://signin.aws.amazon.com./saml",
        "https://signin.aws.amazon.com:/saml", "https://signin.aws.amazon.com:8443/saml",
        "https://signin.aws.amazon.com:443:443/saml", "https://signin.aws.amazon.com:0443/saml",
        "https://signin.aws.amazon.com:+443/saml", "https://user@signin.aws.amazon.com/saml",
        "https://signin.aws.amazon.com@evil.tld/saml", "https://signin.aws.amazon.com:443@evil.tld/saml",
        "https://signin.aws.amazon.com\\@evil.tld/saml", "https://signin.aws.amazon.com\\saml",
        "https://evil.tld\\.signin.aws.amazon.com/saml", "https://signin.aws.amazon.com /saml",
        " https://signin.aws.amazon.com/saml", "https://signin.aws.amazon.com/saml ", "https://signin.aws.amazon.com/saml\n",
        "https://sign\tin.aws.amazon.com/saml", std::string("https://signin.aws.amazon.com/saml\0", 35),
        std::string("https://signin.aws.amazon.com\0.evil.tld/saml", 44), "https://signin.aws.amaz\xD0\xBEn.com/saml",
        "https://xn--signin-aws.amazon.com/saml", "https://signin%2Eaws.amazon.com/saml",
        "https://signin.aws.amazon.com%00.evil.tld/saml", "https://[::1]/saml", "https://127.0.0.1/saml",
        "https://signin.amazonaws.com/saml", "https://signin.amazonaws.com.cn/saml",
        "https://" + std::string(3000, 'a') + "/saml"));

TEST(AcsMatcher, AddedUrlsMatchExactly) {
    const AcsMatcher matcher(
        {"https://acs.example/saml?tenant=1", "http://127.0.0.1:4000/acs", "https://[::1]:8443/acs", "not a url"});
    for (const char* good :
         {"https://acs.example/saml?tenant=1", "https://acs.example:443/saml?tenant=1", "HTTPS://ACS.example/saml?tenant=1",
          "http://127.0.0.1:4000/acs", "https://[::1]:8443/acs", "https://signin.aws.amazon.com/saml"})
        EXPECT_TRUE(matcher.matches(good)) << good;
    for (const char* bad : {"https://acs.example/saml", "https://acs.example/saml?tenant=2", "https://acs.example/SAML?tenant=1",
                            "http://acs.example/saml?tenant=1", "https://acs.example:444/saml?tenant=1", "http://127.0.0.1/acs",
                            "http://127.0.0.1:4000/acs/", "http://x@127.0.0.1:4000/acs", "not a url", ""})
        EXPECT_FALSE(matcher.matches(bad)) << bad;
    EXPECT_EQ(AcsMatcher::partitionOf("http://127.0.0.1:4000/acs"), std::nullopt);
    EXPECT_EQ(matcher.additional().size(), 4U);
}

TEST(Endpoints, StsHosts) {
    struct Vector {
        Partition partition;
        const char* region;
        bool fips;
        const char* url;
    };
    for (const Vector& v : {Vector{Partition::Aws, "eu-west-1", false, "https://sts.eu-west-1.amazonaws.com/"},
                            Vector{Partition::Aws, "us-east-1", true, "https://sts-fips.us-east-1.amazonaws.com/"},
                            // STS has no FIPS name in Ireland.
                            Vector{Partition::Aws, "eu-west-1", true, "https://sts.eu-west-1.amazonaws.com/"},
                            Vector{Partition::AwsUsGov, "us-gov-west-1", true, "https://sts.us-gov-west-1.amazonaws.com/"},
                            Vector{Partition::AwsCn, "cn-north-1", false, "https://sts.cn-north-1.amazonaws.com.cn/"},
                            Vector{Partition::AwsCn, "cn-north-1", true, "https://sts.cn-north-1.amazonaws.com.cn/"},
                            Vector{Partition::AwsEusc, "eusc-de-east-1", false, "https://sts.eusc-de-east-1.amazonaws.eu/"},
                            Vector{Partition::AwsIso, "us-iso-east-1", false, "https://sts.us-iso-east-1.c2s.ic.gov/"},
                            Vector{Partition::AwsIsoB, "us-isob-east-1", false, "https://sts.us-isob-east-1.sc2s.sgov.gov/"},
                            Vector{Partition::AwsIsoE, "eu-isoe-west-1", false, "https://sts.eu-isoe-west-1.cloud.adc-e.uk/"},
                            Vector{Partition::AwsIsoF, "us-isof-south-1", false, "https://sts.us-isof-south-1.csp.hci.ic.gov/"}})
        EXPECT_EQ(stsEndpoint(v.partition, Region(v.region), v.fips), v.url);
}

bool isHostName(std::string_view host) {
    return host.size() > 3 && host.find('.') != host.npos && host.front() != '.' && host.back() != '.' &&
           host.find("..") == host.npos && std::all_of(host.begin(), host.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
           });
}

TEST(Endpoints, TheTableIsWellFormed) {
    std::set<Partition> partitions;
    std::set<std::string_view> signinHosts;
    for (const PartitionData& data : partitionTable()) {
        SCOPED_TRACE(partitionName(data.partition));
        EXPECT_EQ(&dataOf(data.partition), &data) << "twice in the table";
        partitions.insert(data.partition);
        EXPECT_TRUE(isHostName(data.dnsSuffix)) << data.dnsSuffix;
        EXPECT_TRUE(isHostName(data.signinHost)) << data.signinHost;
        EXPECT_TRUE(data.signinHost.starts_with("signin.")) << data.signinHost;
        EXPECT_TRUE(signinHosts.insert(data.signinHost).second) << data.signinHost;
        EXPECT_FALSE(data.regions.empty());
        for (const std::string_view region : data.stsFips)
            EXPECT_THAT(data.regions, testing::Contains(region)) << "a FIPS name for an unknown region";
    }
    EXPECT_THAT(partitions, testing::UnorderedElementsAreArray(all));
}

TEST(Endpoints, EveryPartitionIsComplete) {
    std::set<std::string> seen;
    for (const Partition partition : all) {
        const auto regions = knownRegions(partition);
        ASSERT_FALSE(regions.empty());
        EXPECT_EQ(defaultRegion(partition), regions.front());
        for (const Region& region : regions) {
            EXPECT_TRUE(isRegionName(region.value())) << region.value();
            EXPECT_TRUE(seen.insert(region.value()).second) << region.value() << " is in two partitions";
            EXPECT_EQ(AcsMatcher::partitionOf("https://" + region.value() + "." + signinHost(partition) + "/saml"), partition);
        }
        EXPECT_EQ(AcsMatcher::partitionOf(defaultAcs(partition)), partition);
        EXPECT_THAT(audiences(partition), testing::Contains(defaultAcs(partition)));
        EXPECT_TRUE(consoleHost(partition).starts_with("console."));
    }
    EXPECT_EQ(defaultRegion(Partition::Aws).value(), "us-east-1");
    EXPECT_EQ(defaultRegion(Partition::AwsUsGov).value(), "us-gov-west-1");
}

TEST(Endpoints, Audiences) {
    EXPECT_THAT(audiences(Partition::Aws), testing::Contains("urn:amazon:webservices"));
    EXPECT_THAT(audiences(Partition::AwsUsGov), testing::Contains("urn:amazon:webservices:govcloud"));
    EXPECT_THAT(audiences(Partition::AwsCn), testing::Contains("urn:amazon:webservices:cn-north-1"));
    const auto every = allAudiences();
    EXPECT_EQ(std::set<std::string>(every.begin(), every.end()).size(), every.size());
    for (const Partition partition : all) EXPECT_THAT(every, testing::IsSupersetOf(audiences(partition)));
}

TEST(Endpoints, RegionNames) {
    for (const char* good : {"us-east-1", "us-gov-west-1", "eusc-de-east-1", "us-isob-east-1", "ap-southeast-10"})
        EXPECT_TRUE(isRegionName(good)) << good;
    for (const char* bad : {"", "us", "useast1", "US-EAST-1", "us-east-", "-us-east-1", "us--east-1", "us-east-1x", "us.east-1",
                            "us-east-1 ", "1-east-1", "us-east-1-", "us-\xC3\xA9-1", "a-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-1"})
        EXPECT_FALSE(isRegionName(bad)) << bad;
}

} // namespace
} // namespace gw::aws
