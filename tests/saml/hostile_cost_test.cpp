// What an attacker without a key can make a verification cost: documents of the largest size that is read, made so that
// canonicalization has most to do, with a signature that does not hold.
#include "tests/saml/verify_helpers.h"
#include "tests/support/cpu_time.h"

#include <functional>
#include <string>

namespace gw::saml {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t largest = std::size_t{256} << 10U;

// Levels of elements with `declarations` namespaces each around as many `leaf`s as fit.
std::string nested(int levels, int declarations, const std::function<std::string(int)>& leaf, std::size_t room) {
    std::string open, close;
    for (int level = 0; level < levels; ++level) {
        open += "<l";
        for (int i = 0; i < declarations; ++i) {
            const std::string name = std::to_string(level * declarations + i);
            open += " xmlns:n" + name + "='u:" + name + "'";
        }
        open += ">";
        close += "</l>";
    }
    std::string text = open;
    // The reader takes 20,000 elements.
    for (int i = 0; i < 19'800; ++i) {
        const std::string next = leaf(i);
        if (text.size() + next.size() + close.size() > room) break;
        text += next;
    }
    return text + close;
}

struct Hostile {
    const char* name;
    int levels, declarations;
    std::function<std::string(int)> leaf;
    std::string prefixes;
    std::string_view method;
};

class HostileCost : public testing::TestWithParam<Hostile> {};

TEST_P(HostileCost, StaysBelowASecond) {
    const Hostile& shape = GetParam();
    test::ResponseBuilder builder(testNow);
    std::string xml = builder.xml();
    const std::string transform = "<ds:Transform Algorithm=\"" + std::string(algorithm::exclusive) + "\"/></ds:Transforms>";
    std::string changed = "<ds:Transform Algorithm=\"" + std::string(shape.method) + "\">";
    if (!shape.prefixes.empty())
        changed += "<ec:InclusiveNamespaces xmlns:ec=\"" + std::string(algorithm::exclusive) + "\" PrefixList=\"" +
                   shape.prefixes + "\"/>";
    xml = replaced(xml, transform, changed + "</ds:Transform></ds:Transforms>");
    const std::string place = "</saml:AttributeStatement>";
    const std::size_t room = largest - xml.size() - 200;
    xml =
        replaced(xml, place,
                 "<saml:Attribute Name=\"x\"><saml:AttributeValue>" + nested(shape.levels, shape.declarations, shape.leaf, room) +
                     "</saml:AttributeValue></saml:Attribute>" + place);
    ASSERT_LE(xml.size(), largest);
    const test::CpuTimer timer;
    const auto verdict = verifyText(xml);
    const auto took = timer.elapsed();
    // It went all the way: nothing before canonicalization refused it.
    EXPECT_TRUE(failsWith(verdict, VerifyError::SignatureInvalid));
    RecordProperty("milliseconds", static_cast<int>(took / 1ms));
    EXPECT_LT(took, 1s) << shape.name;
}

const std::string sixteen = "n0 n1 n2 n3 n4 n5 n6 n7 n8 n9 n10 n11 n12 n13 n14 n15";

INSTANTIATE_TEST_SUITE_P(
    Documents, HostileCost,
    testing::Values(Hostile{"sixteen prefixes", 24, 2, [](int) { return "<a/>"; }, sixteen, algorithm::exclusive},
                    Hostile{"sixteen prefixes, one level", 1, 55, [](int) { return "<a/>"; }, sixteen, algorithm::exclusive},
                    Hostile{"prefixed leaves", 24, 2, [](int i) { return "<n" + std::to_string(i % 48) + ":a/>"; }, "",
                            algorithm::exclusive},
                    Hostile{"prefixed attributes", 1, 55,
                            [](int) {
                                std::string tag = "<a";
                                for (int i = 0; i < 55; ++i) tag += " n" + std::to_string(i) + ":a=''";
                                return tag + "/>";
                            },
                            "", algorithm::exclusive},
                    Hostile{"declarations on every leaf", 1, 1,
                            [](int) {
                                std::string tag = "<a";
                                for (int i = 0; i < 55; ++i) tag += " xmlns:n" + std::to_string(i) + "='v:1'";
                                return tag + "/>";
                            },
                            sixteen, algorithm::exclusive},
                    Hostile{"inclusive, deep", 24, 2, [](int) { return "<a/>"; }, "", algorithm::inclusive},
                    Hostile{"inclusive, one level", 1, 55, [](int) { return "<a/>"; }, "", algorithm::inclusive},
                    Hostile{"inclusive, declarations", 24, 2, [](int i) { return "<a xmlns:m" + std::to_string(i) + "='u:m'/>"; },
                            "", algorithm::inclusive},
                    Hostile{"inclusive, the same declared again", 24, 2, [](int) { return "<a xmlns:n0='u:0' xmlns:n1='u:1'/>"; },
                            "", algorithm::inclusive11},
                    Hostile{"many attributes", 1, 1,
                            [](int) {
                                std::string tag = "<a";
                                for (int i = 0; i < 64; ++i) tag += " b" + std::to_string(99 - i) + "=''";
                                return tag + "/>";
                            },
                            "", algorithm::exclusive}));

// libxml2 would take minutes for the inclusive form of this.
TEST(HostileCost, ManyNamespacesInScopeAreRefused) {
    const auto with = [](int levels) {
        const std::string place = "</saml:AttributeStatement>";
        return replaced(goodXml(), place,
                        "<saml:Attribute Name=\"x\"><saml:AttributeValue>" +
                            nested(
                                levels, 4, [](int) { return "<a/>"; }, 10'000) +
                            "</saml:AttributeValue></saml:Attribute>" + place);
    };
    EXPECT_TRUE(failsWith(verifyText(with(20)), VerifyError::TooLarge));
    EXPECT_TRUE(failsWith(verifyText(with(10)), VerifyError::SignatureInvalid));
}

} // namespace
} // namespace gw::saml
