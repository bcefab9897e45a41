// What dumps become: kinds by content, names from file names, pages, places, and what is wrong with them.
#include "models/estate/estate_reader.h"
#include "models/estate/question.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace gw::estate {
namespace {

namespace fs = std::filesystem;

struct Dump {
    std::string path, text;
};

std::shared_ptr<const Estate> read(const std::vector<Dump>& dumps) {
    EstateReader reader;
    for (const Dump& each : dumps) reader.addText(each.path, each.text);
    return reader.finish();
}

std::string roleDump(const std::string& account, const std::string& name, const std::string& more = {}) {
    return R"({"RoleDetailList":[{"RoleName":")" + name + R"(","Arn":"arn:aws:iam::)" + account + ":role/team/" + name +
           R"(","Path":"/team/","RoleId":"AROAX","RolePolicyList":[],"AttachedManagedPolicies":[])" + more + "}]}";
}

struct Recognised {
    const char* path;
    const char* text;
    const char* call;
};

class Kinds : public testing::TestWithParam<Recognised> {};

TEST_P(Kinds, AreSeenByTheContent) {
    const auto estate = read({{GetParam().path, GetParam().text}});
    EXPECT_TRUE(estate->problems().empty()) << estate->problems().front().chain();
    ASSERT_EQ(estate->files().size(), 1U);
    EXPECT_EQ(estate->files()[0]->call, GetParam().call);
}

INSTANTIATE_TEST_SUITE_P(
    Reader, Kinds,
    testing::Values(Recognised{"a.json", R"({"UserDetailList":[]})", "get-account-authorization-details"},
                    Recognised{"a.json", R"([{"RoleDetailList":[]},{"RoleDetailList":[]}])", "get-account-authorization-details"},
                    Recognised{"a.json", R"({"Roles":[]})", "list-roles"}, Recognised{"a.json", R"({"Role":{"Arn":"arn:aws:iam::1:role/a"}})", "get-role"},
                    Recognised{"a.json", R"({"SAMLProviderList":[]})", "list-saml-providers"},
                    Recognised{"a.json", R"({"Accounts":[{"Id":"111122223333"}]})", "list-accounts"},
                    Recognised{"a.json", R"({"Roots":[]})", "list-roots"},
                    Recognised{"a.json", R"({"Organization":{"Id":"o-a"}})", "describe-organization"},
                    Recognised{"a.json", R"({"Policies":[{"Id":"p-1","Type":"SERVICE_CONTROL_POLICY"}]})", "list-policies"},
                    Recognised{"a.json", R"({"Policy":{"PolicySummary":{"Id":"p-1","Type":"SERVICE_CONTROL_POLICY"},"Content":"{}"}})", "describe-policy"},
                    Recognised{"list-parents-111122223333.json", R"({"Parents":[]})", "list-parents"},
                    Recognised{"x_list-targets-for-policy_p-1.json", R"({"Targets":[]})", "list-targets-for-policy"},
                    Recognised{"a.json", R"({"items":[{"id":"a1","name":"n"}]})", "get-rest-apis"},
                    Recognised{"get-resources-a1.json", R"({"items":[{"id":"r","path":"/"}]})", "get-resources"},
                    Recognised{"a.json", R"({"Functions":[]})", "list-functions"},
                    Recognised{"eu-west-1/111122223333/get-policy-f.json", R"({"Policy":"{}","RevisionId":"r"})", "get-policy"},
                    Recognised{"get-bucket-policy-logs.json", R"({"Policy":"{}"})", "get-bucket-policy"},
                    Recognised{"a.json", R"({"Attributes":{"QueueArn":"arn:aws:sqs:eu-west-1:111122223333:q"}})", "get-queue-attributes"}));

struct Faulty {
    const char* path;
    const char* text;
    EstateError code;
    const char* line;
    const char* column;
};

class Faults : public testing::TestWithParam<Faulty> {};

TEST_P(Faults, AreToldWithTheirPlaceAndTheOthersGoOn) {
    const auto estate = read({{GetParam().path, GetParam().text}, {"good.json", roleDump("111122223333", "good")}});
    ASSERT_EQ(estate->problems().size(), 1U);
    const Error& error = estate->problems()[0];
    EXPECT_TRUE(error.code().is(GetParam().code)) << error.chain();
    EXPECT_EQ(error.fact("file"), GetParam().path);
    EXPECT_EQ(error.fact("line"), GetParam().line);
    EXPECT_EQ(error.fact("column"), GetParam().column);
    EXPECT_NE(estate->role("111122223333", "good"), nullptr);
}

INSTANTIATE_TEST_SUITE_P(
    Reader, Faults,
    testing::Values(Faulty{"cut.json", "{\"RoleDetailList\":[\n  {\"Arn\":", EstateError::Malformed, "2", "10"},
                    Faulty{"twice.json", "{\"a\":1,\n\"a\":2}", EstateError::Malformed, "2", "1"},
                    Faulty{"empty.json", "", EstateError::Malformed, "1", "1"},
                    Faulty{"other.json", "{\"Widgets\":[]}", EstateError::NotRecognised, "1", "1"},
                    Faulty{"text.json", "\"RoleDetailList\"", EstateError::NotRecognised, "1", "1"},
                    Faulty{"noarn.json", "{\"RoleDetailList\":[\n {\"RoleName\":\"x\"}]}", EstateError::WrongType, "2", "2"},
                    Faulty{"parents.json", "{\"Parents\":\n [{\"Id\":\"r-1\"}]}", EstateError::Unnamed, "2", "2"},
                    Faulty{"get-policy.json", "{\"Policy\":\"{}\"}", EstateError::Unnamed, "1", "11"},
                    Faulty{"get-account-authorization-details-1.json", "{\"IsTruncated\":true,\"Marker\":\"m\",\"RoleDetailList\":[]}",
                           EstateError::Truncated, "1", "1"}));

TEST(Reader, PagesBelongTogether) {
    const std::string first = R"({"IsTruncated":true,"Marker":"m",)" + roleDump("111122223333", "a").substr(1);
    const auto estate = read({{"get-account-authorization-details-1.json", first},
                              {"get-account-authorization-details-2.json", roleDump("111122223333", "b")},
                              {"222233334444/get-account-authorization-details.json", roleDump("222233334444", "a")}});
    EXPECT_TRUE(estate->problems().empty());
    EXPECT_EQ(estate->roles().size(), 3U);
    EXPECT_EQ(estate->accounts().size(), 2U);
    EXPECT_EQ(estate->role("222233334444", "A")->path, "/team/"); // names are unique whatever their case
}

TEST(Reader, OneRoleOfSeveralDumpsIsOne) {
    const auto estate = read({{"list-roles.json",
                               R"({"Roles":[{"RoleName":"a","Arn":"arn:aws:iam::111122223333:role/team/a","MaxSessionDuration":7200}]})"},
                              {"get-account-authorization-details.json",
                               roleDump("111122223333", "a", R"(,"Tags":[{"Key":"team","Value":"x"}],"New":1)")}});
    EXPECT_TRUE(estate->problems().empty());
    ASSERT_EQ(estate->roles().size(), 1U);
    EXPECT_EQ(estate->roles()[0].maxSessionSeconds, 7200);
    EXPECT_TRUE(estate->roles()[0].policies.known);
    EXPECT_EQ(estate->roles()[0].tags, (Tags{{"team", "x"}}));
    ASSERT_EQ(estate->roles()[0].unknown.size(), 1U);
}

TEST(Reader, OfTwoThatDifferTheNewerCountsAndThatIsTold) {
    EstateReader reader;
    const auto boundary = [](const char* name) { return std::string(R"(,"PermissionsBoundary":{"PermissionsBoundaryArn":")") + name + "\"}"; };
    reader.addText("new.json", roleDump("111122223333", "a", boundary("arn:new")), UtcTime::fromUnixSeconds(2000));
    reader.addText("old.json", roleDump("111122223333", "a", boundary("arn:old")), UtcTime::fromUnixSeconds(1000));
    const auto estate = reader.finish();
    ASSERT_EQ(estate->roles().size(), 1U);
    EXPECT_EQ(estate->roles()[0].policies.boundary, "arn:new");
    ASSERT_EQ(estate->problems().size(), 1U);
    EXPECT_TRUE(estate->problems()[0].code().is(EstateError::Conflict));
    EXPECT_EQ(estate->problems()[0].fact("file"), "old.json");
}

TEST(Reader, NamesOfFilesAndFoldersTellWhatTheContentDoesNot) {
    const std::string policy = R"({"Policy":"{\"Version\":\"2012-10-17\",\"Statement\":[]}"})";
    const auto estate = read({{"dumps/111122223333/eu-west-1/get-rest-apis.json", R"({"items":[{"id":"a1","name":"api"}]})"},
                              {"get-rest-apis-222233334444-us-gov-west-1.json", R"({"items":[{"id":"b2","name":"other"}]})"},
                              {"111122223333/eu-west-1/get-policy-refund.json", policy},
                              {"111122223333/get-key-policy-0a1b-eu-west-1.json", policy},
                              {"get-bucket-policy-logs.example.json", policy}});
    EXPECT_TRUE(estate->problems().empty());
    EXPECT_NE(estate->resourceFor("arn:aws:execute-api:eu-west-1:111122223333:a1/prod/GET/x"), nullptr);
    EXPECT_EQ(estate->resourceFor("arn:aws:execute-api:eu-west-1:222233334444:a1/prod/GET/x"), nullptr);
    EXPECT_NE(estate->resourceFor("arn:aws:execute-api:us-gov-west-1:222233334444:b2/prod/GET/x"), nullptr);
    EXPECT_NE(estate->resourceFor("arn:aws:lambda:eu-west-1:111122223333:function:refund:live"), nullptr);
    EXPECT_NE(estate->resourceFor("arn:aws:s3:::logs.example/2026/a"), nullptr);
}

TEST(Reader, ADocumentThatSpeaksOfOneResourceNamesIt) {
    const auto estate = read({{"anything.json", R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*",
        "Resource":["arn:aws:s3:::logs","arn:aws:s3:::logs/*"]}]})"}});
    ASSERT_NE(estate->resourceFor("arn:aws:s3:::logs/a"), nullptr);
    EXPECT_TRUE(estate->resourceFor("arn:aws:s3:::logs/a")->policy);
}

struct Wrapped {
    const char* name;
    const char* document; // as JSON
    policy::Position position, within;
    const char* pointer;
};

class Places : public testing::TestWithParam<Wrapped> {};

TEST_P(Places, LeadToTheStatement) {
    const auto estate = read({{"d.json", roleDump("111122223333", "a", std::string(",\n  \"AssumeRolePolicyDocument\": ") + GetParam().document)}});
    const auto policy = estate->compiled(*estate->roles()[0].trust, policy::DocumentKind::Trust);
    ASSERT_TRUE(policy) << policy.error().chain();
    EXPECT_EQ(estate->documentOf(**policy)->name, "a");
    const auto place = estate->placeOf(**policy, (*policy)->document().statements()[0].value);
    ASSERT_TRUE(place);
    EXPECT_EQ(place->position, GetParam().position);
    EXPECT_EQ(place->within, GetParam().within);
    EXPECT_EQ(place->pointer, GetParam().pointer);
    EXPECT_EQ(place->inner, "/Statement");
    const auto missing = estate->placeOf(**policy, "/Statement/Condition/StringEquals");
    ASSERT_TRUE(missing);
    EXPECT_EQ(missing->inner, "/Statement");
    const auto action = estate->placeOf(**policy, "/Statement/Action");
    ASSERT_TRUE(action);
    EXPECT_EQ(action->inner, "/Statement/Action");
}

INSTANTIATE_TEST_SUITE_P(
    Reader, Places,
    testing::Values(Wrapped{"object", "{\n \"Statement\":\n   {\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\"}}", {4, 4}, {3, 4},
                            "/RoleDetailList/0/AssumeRolePolicyDocument/Statement"},
                    Wrapped{"one line", "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\"}}", {2, 44}, {1, 14},
                            "/RoleDetailList/0/AssumeRolePolicyDocument/Statement"},
                    Wrapped{"string", R"("{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\"}}")", {2, 31}, {1, 14},
                            "/RoleDetailList/0/AssumeRolePolicyDocument"},
                    Wrapped{"escaped once more",
                            R"("{\\\"Statement\\\":{\\\"Effect\\\":\\\"Allow\\\",\\\"Principal\\\":\\\"*\\\",\\\"Action\\\":\\\"sts:AssumeRole\\\"}}")",
                            {2, 31}, {1, 14}, "/RoleDetailList/0/AssumeRolePolicyDocument"},
                    Wrapped{"URL-encoded",
                            R"("%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%22*%22%2C%22Action%22%3A%22sts%3AAssumeRole%22%7D%7D")",
                            {2, 31}, {1, 14}, "/RoleDetailList/0/AssumeRolePolicyDocument"}),
    [](const testing::TestParamInfo<Wrapped>& each) {
        std::string name = each.param.name;
        std::replace_if(name.begin(), name.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
        return name;
    });

// A folder of its own that goes with the test.
class Folder : public testing::Test {
protected:
    void SetUp() override {
        path_ = fs::temp_directory_path() / ("estate-" + std::to_string(::getpid()) + "-" + testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::create_directories(path_ / "in");
    }
    void TearDown() override { fs::remove_all(path_); }
    void write(const std::string& name, const std::string& text) {
        fs::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name) << text;
    }
    std::shared_ptr<const Estate> walk(ReadLimits limits = {}) {
        EstateReader reader(limits);
        EXPECT_TRUE(reader.addPath(path_ / "in"));
        return reader.finish();
    }
    static bool tells(const Estate& estate, EstateError code) {
        return std::any_of(estate.problems().begin(), estate.problems().end(), [&](const Error& each) { return each.code().is(code); });
    }
    fs::path path_;
};

TEST_F(Folder, IsReadWithAllBelowIt) {
    write("in/a.json", roleDump("111122223333", "a"));
    write("in/deep/er/b.json", roleDump("111122223333", "b"));
    write("in/notes.txt", "no dump");
    const auto estate = walk();
    EXPECT_TRUE(estate->problems().empty());
    EXPECT_EQ(estate->roles().size(), 2U);
    EXPECT_TRUE(estate->files()[0]->modified);
}

TEST_F(Folder, LinksThatLeadOutAreNotFollowed) {
    write("outside/c.json", roleDump("111122223333", "c"));
    write("in/a.json", roleDump("111122223333", "a"));
    fs::create_symlink(path_ / "outside", path_ / "in/out");
    fs::create_symlink(path_ / "outside/c.json", path_ / "in/c.json");
    fs::create_symlink(path_ / "in", path_ / "in/circle");
    const auto estate = walk();
    EXPECT_EQ(estate->roles().size(), 1U);
    EXPECT_EQ(estate->problems().size(), 2U);
    EXPECT_TRUE(tells(*estate, EstateError::Outside));
}

TEST_F(Folder, HasLimits) {
    for (int i = 0; i < 6; ++i) write("in/" + std::to_string(i) + ".json", roleDump("111122223333", "r" + std::to_string(i)));
    write("in/1/2/3/deep.json", roleDump("111122223333", "deep"));
    ReadLimits few;
    few.files = 4;
    EXPECT_TRUE(tells(*walk(few), EstateError::TooMany));
    EXPECT_EQ(walk(few)->roles().size(), 4U);
    ReadLimits small;
    small.fileBytes = 20;
    EXPECT_TRUE(tells(*walk(small), EstateError::TooLarge));
    ReadLimits little;
    little.totalBytes = 500;
    EXPECT_TRUE(tells(*walk(little), EstateError::TooLarge));
    EXPECT_FALSE(walk(little)->roles().empty());
    ReadLimits shallow;
    shallow.depth = 2;
    EXPECT_TRUE(tells(*walk(shallow), EstateError::TooMany));
    EXPECT_EQ(walk()->roles().size(), 7U);
}

TEST_F(Folder, ThatIsNotThereIsAnError) {
    EstateReader reader;
    const Status status = reader.addPath(path_ / "nothing");
    ASSERT_FALSE(status);
    EXPECT_TRUE(status.error().code().is(EstateError::Unreadable));
}

} // namespace
} // namespace gw::estate
