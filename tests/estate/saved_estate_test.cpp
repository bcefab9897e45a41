// What is written is what was known: round trips over every kind of object, the practice organisation, and broken files.
#include "models/estate/estate_parts.h"
#include "models/estate/estate_reader.h"
#include "models/estate/saved_documents.h"
#include "models/estate/saved_estate.h"
#include "saml/base/json.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>

namespace gw::estate {
namespace {

std::shared_ptr<const Estate> reopened(const std::string& saved) {
    EstateReader reader;
    reader.addText("org.estate", saved);
    return reader.finish();
}

std::shared_ptr<const Estate> practice() {
    EstateReader reader;
    EXPECT_TRUE(reader.addPath(GW_SOURCE_DIR "/resources/practice/estate"));
    return reader.finish();
}

TEST(SavedEstate, OfThePracticeOrganisationIsTheSame) {
    const auto before = practice();
    const std::string saved = saveEstate(*before);
    const auto after = reopened(saved);
    EXPECT_TRUE(after->problems().empty()) << after->problems()[0].chain();
    EXPECT_EQ(saveEstate(*after), saved);
    ASSERT_EQ(after->roles().size(), before->roles().size());
    for (const Role& role : before->roles()) {
        const Role* same = after->role(role.arn);
        ASSERT_NE(same, nullptr) << role.arn;
        ASSERT_EQ(same->trust.has_value(), role.trust.has_value());
        if (role.trust) {
            EXPECT_EQ(same->trust->text, role.trust->text);
            EXPECT_EQ(same->trust->owner, role.trust->owner);
            EXPECT_EQ(same->trust->source.pointer, role.trust->source.pointer);
            EXPECT_EQ(same->trust->source.position, role.trust->source.position);
            ASSERT_NE(same->trust->source.file, nullptr);
            EXPECT_EQ(same->trust->source.file->path, role.trust->source.file->path);
            EXPECT_EQ(same->trust->source.file->modified, role.trust->source.file->modified);
        }
        EXPECT_EQ(same->policies.attached, role.policies.attached);
        EXPECT_EQ(same->maxSessionSeconds, role.maxSessionSeconds);
        EXPECT_EQ(same->unknown, role.unknown);
    }
    EXPECT_EQ(after->pathOf("111122223333"), before->pathOf("111122223333"));
}

TEST(SavedEstate, DoesNotDependOnTheOrderOfFiles) {
    const std::string one = R"({"Roles":[{"RoleName":"a","Arn":"arn:aws:iam::111122223333:role/a","AssumeRolePolicyDocument":{"Statement":[]}}]})";
    const std::string two = R"({"Roles":[{"RoleName":"b","Arn":"arn:aws:iam::111122223333:role/b","AssumeRolePolicyDocument":{"Statement":[]}}]})";
    EstateReader forwards, backwards;
    forwards.addText("one.json", one), forwards.addText("two.json", two);
    backwards.addText("two.json", two), backwards.addText("one.json", one);
    const std::string a = saveEstate(*forwards.finish()), b = saveEstate(*backwards.finish());
    // The account is known by the first role that was read.
    const auto rolesOf = [](const std::string& saved) { return saved.substr(saved.find("{\"role\"")); };
    EXPECT_EQ(rolesOf(a), rolesOf(b));
    const std::string document = R"("json":{"Statement":[]})";
    EXPECT_EQ(a.find(document), a.rfind(document)) << "documents stand there once";
}

TEST(SavedEstate, KeepsAllThatPeopleSignInsAndUseTell) {
    auto file = std::make_shared<SourceFile>(SourceFile{"scim.json", "users", UtcTime::fromUnixSeconds(1'795'500'000)});
    EstateParts parts;
    parts.files.push_back(file);
    parts.people.push_back({"1", "ada", "Ada \"L\" \xC3\xA9\n", {"g"}, false, {file, "/Resources/0", {3, 4}}});
    parts.directoryGroups.push_back({"g", "Payments", {"1"}, false, {file, "/Resources/1", {5, 6}}});
    parts.assignments.push_back({"g", "", "arn:aws:iam::1:role/a", "p", AssignmentOrigin::Application, {file, "/x", {1, 1}}});
    ObservedResponse response;
    response.issuer = "https://idp";
    response.roles = {{"r", "p"}};
    response.sessionSeconds = 3600;
    response.issued = UtcTime::fromUnixMilliseconds(1'795'500'000'123);
    response.isSigned = true;
    response.subjectConfirmations = 2;
    parts.responses.push_back(response);
    parts.usage.principals["arn:aws:iam::1:role/a"].actions["s3:GetObject"] = {UtcTime::fromUnixSeconds(7), 5, 1, {"arn:aws:s3:::b/k"}};
    parts.usage.services["arn:aws:iam::1:role/a"] = {{"s3", UtcTime::fromUnixSeconds(9)}, {"sqs", std::nullopt}};
    parts.usage.events = 12;
    parts.organization = {"o-1", "111122223333"};
    parts.facts.attachments["r-1"] = {{"p-1"}, true, false};
    parts.facts.types["r-1"] = {"SERVICE_CONTROL_POLICY"};
    parts.problems.push_back(Error(EstateError::Truncated).with("file", "x.json").with("line", "3"));
    EstateParts declared;
    Role role;
    role.arn = "arn:aws:iam::1:role/declared";
    declared.roles.push_back(role);
    parts.declared = std::make_shared<const Estate>(std::move(declared));
    const Estate before(std::move(parts));

    const std::string saved = saveEstate(before);
    const auto after = reopened(saved);
    ASSERT_EQ(after->people().size(), 1U);
    EXPECT_EQ(after->people()[0].displayName, before.people()[0].displayName);
    EXPECT_FALSE(after->people()[0].active);
    EXPECT_EQ(after->people()[0].source.position, (policy::Position{3, 4}));
    EXPECT_FALSE(after->directoryGroups()[0].membersKnown);
    EXPECT_EQ(after->assignments()[0].origin, AssignmentOrigin::Application);
    EXPECT_EQ(after->responses()[0].issued, response.issued);
    EXPECT_EQ(after->responses()[0].roles, response.roles);
    EXPECT_EQ(after->responses()[0].subjectConfirmations, 2U);
    EXPECT_EQ(after->usage().principals.begin()->second.actions.begin()->second.times, 5U);
    EXPECT_EQ(after->usage().services, before.usage().services);
    EXPECT_EQ(after->usage().events, 12U);
    EXPECT_EQ(after->organization().managementAccount, "111122223333");
    EXPECT_TRUE(partsOf(*after).facts.attachments.at("r-1").scpListed);
    ASSERT_EQ(after->problems().size(), 1U);
    EXPECT_EQ(after->problems()[0].fact("line"), "3");
    ASSERT_NE(after->declared(), nullptr);
    EXPECT_NE(after->declared()->role("arn:aws:iam::1:role/declared"), nullptr);
}

TEST(SavedEstate, ADocumentComesBackOctetByOctet) {
    const std::string texts[] = {R"({"a":1})",
                                 R"({"a": "b", "c": [1, 2]})",
                                 "{\n    \"a\": [\n        1,\n        {}\n    ],\n    \"b: \": \"x, {y\"\n}",
                                 "{\n            \"a\": [],\n            \"b\": {\n                \"c\": null\n            }\n        }",
                                 "{\n\t\"a\":1}", "{ \"a\" : 1 }\r\n", "%7B%22a%22%3A1%7D", "{\\\"a\\\":1}", "{\"a\":1,\"a\":2}", "", "{", "{}}"};
    for (const std::string& each : texts) {
        const std::string line = savedDocument(each);
        EXPECT_EQ(line.find('\n'), std::string::npos);
        EXPECT_EQ(documentText(line), each) << line;
    }
}

// Random documents in every layout that tools give them.
TEST(SavedEstate, AnyDocumentComesBack) {
    std::mt19937 random(20261130);
    const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    std::function<Json(int)> make = [&](int depth) -> Json {
        switch (depth > 4 ? pick(3) : pick(5)) {
        case 0: return pick(1000);
        case 1: return std::string("s,:{}[]\"\\ \n").substr(0, static_cast<std::size_t>(pick(11)));
        case 2: return nullptr;
        case 3: {
            Json list = Json::array();
            for (int i = pick(4); i > 0; --i) list.push_back(make(depth + 1));
            return list;
        }
        default: {
            Json object = Json::object();
            for (int i = pick(4); i > 0; --i) object["k" + std::to_string(i)] = make(depth + 1);
            return object;
        }
        }
    };
    for (int round = 0; round < 500; ++round) {
        const Json document{{"Statement", make(0)}};
        for (const int indent : {-1, 0, 1, 2, 4}) {
            const std::string text = document.dump(indent);
            ASSERT_EQ(documentText(savedDocument(text)), text);
        }
    }
}

TEST(SavedEstate, SaysWhatIsWrongAndKeepsTheRest) {
    const std::string head = "{\"format\":\"gatewarden-estate\",\"version\":1}\n";
    const std::string good = "{\"role\":{\"arn\":\"arn:aws:iam::111122223333:role/a\",\"name\":\"a\",\"account\":\"111122223333\"}}\n";
    struct Bad {
        const char *text, *line;
    };
    for (const Bad& each : {Bad{"{\"role\":{\n", "3"}, Bad{"nonsense\n", "3"}, Bad{"{\"unheard\":{}}\n", "3"}, Bad{"{\"document\":\"x\",\"json\":\n", "3"}}) {
        const auto estate = reopened(head + good + each.text);
        ASSERT_EQ(estate->problems().size(), 1U) << each.text;
        EXPECT_TRUE(estate->problems()[0].code().is(EstateError::Malformed));
        EXPECT_EQ(estate->problems()[0].fact("line"), each.line);
        EXPECT_EQ(estate->roles().size(), 1U);
    }
    const auto newer = reopened("{\"format\":\"gatewarden-estate\",\"version\":2}\n" + good);
    ASSERT_EQ(newer->problems().size(), 1U);
    EXPECT_EQ(newer->problems()[0].fact("seen"), "2");
    EXPECT_TRUE(newer->roles().empty());
    const auto lost = reopened(head + "{\"policy\":{\"arn\":\"arn:aws:iam::1:policy/p\",\"document\":{\"document\":\"none\"}}}\n");
    EXPECT_FALSE(lost->managedPolicies()[0].document.known) << "a document that is not there is not known";
}

} // namespace
} // namespace gw::estate
