// Exports of directories, tables of who gets which role, names of groups that tell it, and archives of all of them.
#include "models/estate/estate_reader.h"
#include "models/estate/sources/role_names.h"
#include "models/estate/sources/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include <archive.h>
#include <archive_entry.h>

namespace gw::estate {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

using Files = std::vector<std::pair<std::string, std::string>>;

std::shared_ptr<const Estate> read(const Files& files) {
    EstateReader reader;
    for (const auto& [path, text] : files) reader.addText(path, text);
    return reader.finish();
}

// "alice: Payments, Everyone" for each person, by user name and names of groups.
std::vector<std::string> membersOf(const Estate& estate) {
    std::vector<std::string> lines;
    for (const Person& person : estate.people()) {
        std::string line = person.userName + (person.active ? ":" : " (off):");
        for (const std::string& id : person.groups)
            for (const DirectoryGroup& group : estate.directoryGroups())
                if (group.id == id) line += " " + group.name;
        lines.push_back(line);
    }
    return lines;
}

struct Export {
    const char* name;
    Files files;
    std::vector<std::string> members;
};

class Exports : public testing::TestWithParam<Export> {};

TEST_P(Exports, GivePeopleAndTheirGroups) {
    const auto estate = read(GetParam().files);
    EXPECT_TRUE(estate->problems().empty()) << estate->problems().front().chain();
    EXPECT_THAT(membersOf(*estate), testing::UnorderedElementsAreArray(GetParam().members));
}

const char* const scimUsers = R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":2,"Resources":[
  {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"u1","userName":"alice@corp.example","active":true,"name":{"formatted":"Alice A"}},
  {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"u2","userName":"bob@corp.example","active":false}]})";
const char* const scimGroups = R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":2,"Resources":[
  {"id":"g1","displayName":"Everyone","members":[{"value":"g2","type":"Group"},{"value":"u2"}]},{"id":"g2","displayName":"Payments","members":[{"value":"u1"}]}]})";

INSTANTIATE_TEST_SUITE_P(
    Directory, Exports,
    testing::Values(
        Export{"scim", {{"users.json", scimUsers}, {"groups.json", scimGroups}}, {"alice@corp.example: Everyone Payments", "bob@corp.example (off): Everyone"}},
        Export{"entra",
               {{"users.csv", "\xEF\xBB\xBF\"userPrincipalName\",\"displayName\",\"objectId\",\"accountEnabled\"\r\n\"alice@corp.example\",\"Alice, A\",\"u1\",\"True\"\r\n"}},
               {"alice@corp.example:"}},
        Export{"okta", {{"people.csv", "login,firstName,lastName,status,groups\nalice@corp.example,Alice,A,ACTIVE,\"Payments;Everyone\"\nbob@corp.example,Bob,B,SUSPENDED,Everyone\n"}},
               {"alice@corp.example: Payments Everyone", "bob@corp.example (off): Everyone"}},
        Export{"google", {{"members.csv", "Group Email [Required],Member Email,Member Type,Member Role\npayments@corp.example,alice@corp.example,USER,MEMBER\n"}},
               {"alice@corp.example: payments@corp.example"}},
        Export{"active directory",
               {{"ad.csv",
                 "DN;objectClass;cn;sAMAccountName;userPrincipalName;member\n"
                 "CN=Alice,OU=P,DC=corp;user;Alice;alice;alice@corp.example;\n"
                 "\"CN=Payments,OU=G,DC=corp\";group;Payments;Payments;;\"CN=Alice,OU=P,DC=corp\"\n"}},
               {"alice@corp.example: Payments"}},
        Export{"utf-16", {{"u.csv", std::string("\xFF\xFE", 2) + std::string("u\0s\0e\0r\0n\0a\0m\0e\0,\0g\0r\0o\0u\0p\0\n\0\xE9\0,\0A\0\n\0", 38)}}, {"\xC3\xA9: A"}},
        Export{"ldif",
               {{"d.ldif",
                 "version: 1\n# people\ndn: CN=Alice,DC=corp\nobjectClass: user\nuserPrincipalName: alice@corp.example\nuserAccountControl: 512\n"
                 "memberOf: CN=Payments,DC=co\n rp\n\ndn:: Q049Qm9iLERDPWNvcnA=\nobjectClass: inetOrgPerson\nuid: bob\nuserAccountControl: 514\n\n"
                 "dn: CN=Payments,DC=corp\nobjectClass: group\ncn: Payments\nmember: CN=Bob,DC=corp\n"}},
               {"alice@corp.example: Payments", "bob (off): Payments"}}),
    [](const auto& test) {
        std::string name = test.param.name;
        std::replace_if(
            name.begin(), name.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
        return name;
    });

TEST(Directory, GroupsInACircleHaveAllItsMembersAndAreTold) {
    const auto estate = read({{"g.csv", "group,member\nA,B\nB,C\nC,A\nC,alice\nD,A\n"}});
    EXPECT_THAT(membersOf(*estate), ElementsAre("alice: A B C D"));
    ASSERT_EQ(estate->problems().size(), 1U);
    EXPECT_TRUE(estate->problems()[0].code().is(EstateError::Conflict));
    EXPECT_EQ(estate->problems()[0].fact("seen"), "nested_in_itself");
}

TEST(Directory, DeepNestingIsNoRecursion) {
    std::string text = "group,member\n";
    for (int i = 0; i < 50'000; ++i) text += "g" + std::to_string(i) + ",g" + std::to_string(i + 1) + "\n";
    text += "g50000,alice\n";
    const auto estate = read({{"deep.csv", text}});
    ASSERT_EQ(estate->people().size(), 1U);
    EXPECT_EQ(estate->people()[0].groups.size(), 50'001U);
}

TEST(Directory, MissingPagesAreTold) {
    std::string text = scimUsers;
    text.replace(text.find("\"totalResults\":2"), 16, "\"totalResults\":9");
    const auto estate = read({{"users.json", text}});
    ASSERT_EQ(estate->problems().size(), 1U);
    EXPECT_TRUE(estate->problems()[0].code().is(EstateError::Truncated));
    EXPECT_EQ(estate->problems()[0].fact("expected"), "9");
}

TEST(Assignments, OfATable) {
    const auto estate = read({{"map.csv",
                               "Group,Role,Provider\nPayments,arn:aws:iam::111122223333:role/Pay,Okta\n"
                               "Ops,\"arn:aws:iam::111122223333:saml-provider/Okta,arn:aws:iam::111122223333:role/Ops\",\nNobody,no role,\n"},
                              {"more.csv", "user,account,role\nalice,111122223333,Reader\n"}});
    std::vector<std::string> lines;
    for (const Assignment& each : estate->assignments()) lines.push_back(each.group + "|" + each.person + "|" + each.role + "|" + each.provider);
    EXPECT_THAT(lines, UnorderedElementsAre("Payments||arn:aws:iam::111122223333:role/Pay|arn:aws:iam::111122223333:saml-provider/Okta",
                                            "Ops||arn:aws:iam::111122223333:role/Ops|arn:aws:iam::111122223333:saml-provider/Okta",
                                            "|alice|arn:aws:iam::111122223333:role/Reader|"));
    ASSERT_EQ(estate->problems().size(), 1U);
    EXPECT_EQ(estate->problems()[0].fact("line"), "4");
    EXPECT_EQ(estate->problems()[0].fact("seen"), "no role");
}

TEST(Assignments, CallGroupsByTheirIdWhereTheDirectoryWasRead) {
    const auto estate = read({{"groups.json", scimGroups}, {"users.json", scimUsers}, {"map.csv", "group,role\npayments,arn:aws:iam::111122223333:role/Pay\n"}});
    ASSERT_EQ(estate->assignments().size(), 1U);
    EXPECT_EQ(estate->assignments()[0].group, "g2");
}

TEST(Assignments, OfEntrasApplication) {
    const auto estate = read({{"sp.json", R"({"appRoles":[{"id":"r1","displayName":"Pay","value":"arn:aws:iam::111122223333:role/Pay,arn:aws:iam::111122223333:saml-provider/Entra"}]})"},
                              {"assigned.json", R"({"value":[{"appRoleId":"r1","principalId":"g9","principalDisplayName":"Payments","principalType":"Group"},
                                 {"appRoleId":"none","principalId":"u9","principalDisplayName":"Bob","principalType":"User"}]})"}});
    ASSERT_EQ(estate->assignments().size(), 1U);
    const Assignment& one = estate->assignments()[0];
    EXPECT_EQ(one.group, "Payments");
    EXPECT_EQ(one.role, "arn:aws:iam::111122223333:role/Pay");
    EXPECT_EQ(one.provider, "arn:aws:iam::111122223333:saml-provider/Entra");
    EXPECT_EQ(one.origin, AssignmentOrigin::Application);
    ASSERT_EQ(estate->problems().size(), 1U);
    EXPECT_EQ(estate->problems()[0].fact("object"), "none");
}

struct GroupName {
    const char* group;
    const char* role;
};

class GroupNames : public testing::TestWithParam<GroupName> {};

TEST_P(GroupNames, TellTheRole) {
    const auto role = roleInGroupName(GetParam().group);
    EXPECT_EQ(role ? role->role : "", GetParam().role);
}

TEST(Assignments, OfAGroupsNameHaveThePathOfTheRole) {
    const auto estate = read({{"g.csv", "group,member\nAWS-111122223333-Pay,alice\n"},
                              {"roles.json", R"({"Roles":[{"RoleName":"Pay","Path":"/team/","Arn":"arn:aws:iam::111122223333:role/team/Pay"}]})"}});
    ASSERT_EQ(estate->assignments().size(), 1U);
    EXPECT_EQ(estate->assignments()[0].role, "arn:aws:iam::111122223333:role/team/Pay");
    EXPECT_EQ(estate->assignments()[0].group, "AWS-111122223333-Pay");
    EXPECT_EQ(estate->assignments()[0].origin, AssignmentOrigin::GroupName);
}

INSTANTIATE_TEST_SUITE_P(Assignments, GroupNames,
                         testing::Values(GroupName{"aws#corp#Payments-Ops#111122223333", "arn:aws:iam::111122223333:role/Payments-Ops"},
                                         GroupName{"AWS-111122223333-ADFS-Production", "arn:aws:iam::111122223333:role/ADFS-Production"},
                                         GroupName{"CN=AWS-111122223333-Dev,OU=G,DC=corp", "arn:aws:iam::111122223333:role/Dev"}, GroupName{"AWS-Production", ""},
                                         GroupName{"aws#corp#two words#111122223333", ""}, GroupName{"aws#111122223333", ""}, GroupName{"Payments", ""}));

TEST(Tables, KeepQuotedCellsAndTellOpenQuotes) {
    const Table table = readTable("a,b\r\n\"x\n\"\"y\"\"\",2\r\n\r\n3\r\n");
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_EQ(table.rows[0].cells[0], "x\n\"y\"");
    EXPECT_EQ(table.rows[1].line, 5U);
    EXPECT_EQ(table.uneven, 1U);
    EXPECT_EQ(readTable("a\n1\n\"open").openQuote, 3U);
}

std::string packed(const Files& files, int (*format)(archive*), int (*filter)(archive*)) {
    std::string out(std::size_t{16} << 20U, '\0');
    std::size_t used = 0;
    archive* writer = archive_write_new();
    format(writer);
    if (filter != nullptr) filter(writer);
    archive_write_open_memory(writer, out.data(), out.size(), &used);
    for (const auto& [path, text] : files) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, path.c_str());
        archive_entry_set_size(entry, static_cast<la_int64_t>(text.size()));
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_write_header(writer, entry);
        archive_write_data(writer, text.data(), text.size());
        archive_entry_free(entry);
    }
    archive_write_close(writer);
    archive_write_free(writer);
    out.resize(used);
    return out;
}

struct Packing {
    const char* path;
    int (*format)(archive*);
    int (*filter)(archive*);
};

class Archives : public testing::TestWithParam<Packing> {};

TEST_P(Archives, AreReadAsFoldersAre) {
    const std::string inner = packed({{"a.csv", "user\nx\n"}}, archive_write_set_format_ustar, nullptr);
    const auto estate = read({{GetParam().path, packed({{"../../d/users.json", scimUsers}, {"d/map.csv", "user,role\nalice,arn:aws:iam::111122223333:role/Pay\n"}, {"d/notes.txt", "no"}, {"d/inner.tar", inner}},
                                                       GetParam().format, GetParam().filter)}});
    EXPECT_EQ(estate->people().size(), 2U);
    ASSERT_EQ(estate->assignments().size(), 1U);
    EXPECT_EQ(estate->assignments()[0].source.file->path, std::string(GetParam().path) + "/d/map.csv");
    ASSERT_EQ(estate->problems().size(), 1U);
    EXPECT_TRUE(estate->problems()[0].code().is(EstateError::NotRecognised));
    EXPECT_EQ(estate->problems()[0].fact("file"), std::string(GetParam().path) + "/d/inner.tar");
}

INSTANTIATE_TEST_SUITE_P(Archive, Archives,
                         testing::Values(Packing{"e.zip", archive_write_set_format_zip, nullptr}, Packing{"e.tar", archive_write_set_format_ustar, nullptr},
                                         Packing{"e.tar.gz", archive_write_set_format_ustar, archive_write_add_filter_gzip},
                                         Packing{"e.tgz", archive_write_set_format_ustar, archive_write_add_filter_gzip},
                                         Packing{"e.tar.zst", archive_write_set_format_ustar, archive_write_add_filter_zstd}));

TEST(Archive, BombsAndCutOnesAreTold) {
    const auto bomb = read({{"bomb.zip", packed({{"a.json", std::string(std::size_t{8} << 20U, ' ')}}, archive_write_set_format_zip, nullptr)}});
    ASSERT_EQ(bomb->problems().size(), 1U);
    EXPECT_TRUE(bomb->problems()[0].code().is(EstateError::TooLarge));
    const std::string whole = packed({{"users.json", scimUsers}}, archive_write_set_format_ustar, archive_write_add_filter_gzip);
    const auto cut = read({{"cut.tar.gz", whole.substr(0, whole.size() / 2)}});
    ASSERT_FALSE(cut->problems().empty());
    EXPECT_TRUE(cut->problems()[0].code().is(EstateError::Malformed));
}

} // namespace
} // namespace gw::estate
