#include "models/policy/catalogue.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace gw::policy {
namespace {

std::string shipped() {
    std::ifstream in(GW_SOURCE_DIR "/resources/catalogue/catalogue.jsonl", std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

class CatalogueTest : public testing::Test {
protected:
    void SetUp() override {
        auto read = Catalogue::read(shipped());
        ASSERT_TRUE(read) << read.error().chain();
        catalogue_ = std::move(*read);
    }
    std::unique_ptr<Catalogue> catalogue_;
};

TEST_F(CatalogueTest, everyServiceCanBeRead) {
    const auto services = catalogue_->services();
    EXPECT_GT(services.size(), 400U);
    EXPECT_EQ(catalogue_->date().size(), 10U);
    for (const std::string_view prefix : services) {
        const ServiceInfo* service = catalogue_->service(prefix);
        ASSERT_NE(service, nullptr) << prefix;
        EXPECT_FALSE(service->name.empty()) << prefix;
        for (const auto& [name, action] : service->actions)
            for (const auto& use : action.types)
                EXPECT_EQ(service->types.at(use.type).arn.rfind("arn:", 0), 0U) << prefix << ':' << name;
    }
}

TEST_F(CatalogueTest, knowsActionsTypesAndKeys) {
    const ActionInfo* action = catalogue_->action("STS:assumerolewithsaml");
    ASSERT_NE(action, nullptr);
    EXPECT_EQ(action->level, AccessLevel::Write);
    const KeyInfo* audience = catalogue_->key("sts:AssumeRoleWithSAML", "SAML:aud");
    ASSERT_NE(audience, nullptr);
    EXPECT_FALSE(audience->list);
    const KeyInfo* tag = catalogue_->key("sts:AssumeRoleWithSAML", "aws:requesttag/Team");
    ASSERT_NE(tag, nullptr);
    EXPECT_EQ(catalogue_->key("s3:GetObject", "saml:aud"), nullptr);
    const KeyInfo* affiliation = catalogue_->anyKey("saml:edupersonaffiliation");
    ASSERT_NE(affiliation, nullptr);
    EXPECT_TRUE(affiliation->list);
    EXPECT_EQ(catalogue_->globalKey("aws:PrincipalArn")->type, KeyType::Arn);
    EXPECT_NE(catalogue_->globalKey("aws:PrincipalTag/team"), nullptr);
    EXPECT_EQ(catalogue_->globalKey("aws:PrincipalTeg/team"), nullptr);
    EXPECT_EQ(catalogue_->action("s3:GetObjekt"), nullptr);
    EXPECT_TRUE(catalogue_->isUnderRcp("sts"));
    EXPECT_FALSE(catalogue_->isUnderRcp("ec2"));
}

TEST_F(CatalogueTest, tellsWhatAnArnCanBe) {
    const ServiceInfo* iam = catalogue_->service("iam");
    ASSERT_NE(iam, nullptr);
    const ActionInfo* pass = iam->action("passrole");
    ASSERT_NE(pass, nullptr);
    ASSERT_EQ(pass->types.size(), 1U);
    EXPECT_TRUE(iam->types[pass->types[0].type].covers("arn:aws:iam::111122223333:role/team/x"));
    EXPECT_FALSE(iam->types[pass->types[0].type].covers("arn:aws:iam::111122223333:user/x"));
}

TEST(Catalogue, refusesWhatIsNotOne) {
    for (const std::string text : {"", "{}", "{\"schema\":\"gw-action-catalogue/2\"}", "not json"}) {
        const auto read = Catalogue::read(text);
        ASSERT_FALSE(read) << text;
        EXPECT_TRUE(read.error().code().is(CatalogueError::NotACatalogue));
    }
    const auto bad = Catalogue::read("{\"schema\":\"gw-action-catalogue/1\",\"date\":\"2026-01-01\"}\n[1]\n");
    ASSERT_FALSE(bad);
    EXPECT_TRUE(bad.error().code().is(CatalogueError::BadLine));
    EXPECT_EQ(bad.error().fact("line"), "2");
}

} // namespace
} // namespace gw::policy
