// Dates of an estate, and the iCalendar text of them.
#include "models/estate/calendar.h"
#include "models/estate/calendar/icalendar.h"
#include "models/estate/estate_parts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace gw::estate {
namespace {

const UtcTime now = UtcTime::parse("2026-11-30T12:00:00Z").value();

PolicyDocument document(const std::string& name, const std::string& condition) {
    PolicyDocument made;
    made.name = name;
    made.text =
        R"({"Version":"2012-10-17","Statement":[{"Sid":"Grant","Effect":"Allow","Action":"s3:*","Resource":"*","Condition":)" +
        condition + "}]}";
    return made;
}

EstateParts parts() {
    EstateParts made;
    Role role;
    role.arn = "arn:aws:iam::111111111111:role/r";
    role.account = "111111111111";
    role.name = "r";
    role.path = "/";
    role.trust = document("r", "{}");
    role.policies.inlinePolicies = {
        document(
            "grant",
            R"({"DateGreaterThan":{"aws:CurrentTime":"2026-12-01T08:00:00Z"},"DateLessThan":{"aws:CurrentTime":"2026-12-01T18:00:00Z"}})"),
        document("epoch", R"({"NumericLessThan":{"aws:EpochTime":"1800000000"}})")};
    made.roles.push_back(role);
    SamlProvider provider;
    provider.arn = "arn:aws:iam::111111111111:saml-provider/idp";
    provider.validUntil = "2027-06-01 00:00:00+00:00";
    made.samlProviders.push_back(provider);
    Resource secret;
    secret.kind = ResourceKind::Secret;
    secret.arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:db";
    secret.spec =
        R"({"RotationEnabled":true,"LastRotatedDate":"2026-11-01T00:00:00+00:00","RotationRules":{"AutomaticallyAfterDays":30}})";
    made.resources.push_back(secret);
    return made;
}

std::vector<std::pair<std::string, std::string>> dates(const std::vector<CalendarEntry>& entries) {
    std::vector<std::pair<std::string, std::string>> all;
    for (const CalendarEntry& each : entries) all.emplace_back(dateKindName(each.kind), each.at.toRfc3339());
    return all;
}

TEST(Calendar, TellsEveryKindInOrder) {
    const auto entries = calendarOf(Estate(parts()), {now, {}, 92});
    EXPECT_EQ(dates(entries), (std::vector<std::pair<std::string, std::string>>{{"secret-rotation", "2026-12-01T00:00:00Z"},
                                                                                {"grant-start", "2026-12-01T08:00:00Z"},
                                                                                {"grant-end", "2026-12-01T18:00:00Z"},
                                                                                {"attestation", "2027-01-01T00:00:00Z"},
                                                                                {"grant-end", "2027-01-15T08:00:00Z"},
                                                                                {"provider-validity", "2027-06-01T00:00:00Z"}}));
    EXPECT_EQ(entries[1].detail, "grant, statement Grant");
}

TEST(Calendar, AnAttestedPolicyIsDueAfterItsDays) {
    CalendarSettings settings{now, {{"arn:aws:iam::111111111111:role/r", now}}, 92};
    const auto entries = calendarOf(Estate(parts()), settings);
    const auto due =
        std::find_if(entries.begin(), entries.end(), [](const auto& each) { return each.kind == DateKind::Attestation; });
    ASSERT_NE(due, entries.end());
    EXPECT_EQ(due->at.toRfc3339(), "2027-03-02T12:00:00Z");
    EXPECT_EQ(due->object, "arn:aws:iam::111111111111:role/r");
}

TEST(Calendar, ATagTellsWhenAPolicyWasAttested) {
    const auto dueIn = [](const std::string& day, CalendarSettings settings) {
        EstateParts tagged = parts();
        tagged.roles[0].tags = {{"Attested", day}};
        const auto entries = calendarOf(Estate(std::move(tagged)), settings);
        const auto due = std::find_if(entries.begin(), entries.end(), [](const auto& each) { return each.kind == DateKind::Attestation; });
        return due == entries.end() ? std::string() : due->at.toRfc3339() + " " + due->object;
    };
    const std::string arn = "arn:aws:iam::111111111111:role/r";
    EXPECT_EQ(dueIn("2026-09-01", {now, {}, 92}), "2026-12-02T00:00:00Z " + arn);
    EXPECT_EQ(dueIn("2026-06-01T10:00:00Z", {now, {}, 30}), "2026-07-01T10:00:00Z " + arn); // what is past, too
    EXPECT_EQ(dueIn("soon", {now, {}, 92}), "2027-01-01T00:00:00Z ");
    EXPECT_EQ(dueIn("2026-09-01", {now, {}, 92, ""}), "2027-01-01T00:00:00Z ");
    EXPECT_EQ(dueIn("2026-09-01", {now, {{arn, now}}, 92}), "2027-03-02T12:00:00Z " + arn); // what was kept wins
}

TEST(Calendar, IdentifiersStayWhenDatesMove) {
    EstateParts moved = parts();
    moved.samlProviders[0].validUntil = "2028-06-01T00:00:00Z";
    const auto one = calendarOf(Estate(parts()), {now, {}, 92}), other = calendarOf(Estate(std::move(moved)), {now, {}, 92});
    ASSERT_EQ(one.size(), other.size());
    std::set<std::string> before, after;
    for (const auto& each : one) before.insert(each.uid);
    for (const auto& each : other) after.insert(each.uid);
    EXPECT_EQ(before, after);
    EXPECT_EQ(before.size(), one.size());
}

TEST(Icalendar, LinesAreFoldedEscapedAndEndInCrLf) {
    const std::string longText = "a, b; c\\d\nnew " + std::string(60, 'x') + "äöüäöüäöüäöüäöüäöü" + std::string(1, '\x01');
    const std::string text = icalendar("n", {{"u@gatewarden.invalid", now, longText, "", "grant-end", 3}}, now);
    std::string unfolded;
    std::size_t begin = 0;
    for (std::size_t end = text.find("\r\n"); end != std::string::npos; end = text.find("\r\n", begin)) {
        EXPECT_LE(end - begin, 75U);
        const std::string line = text.substr(begin, end - begin);
        EXPECT_EQ(line.find_first_of("\r\n"), std::string::npos);
        // No character is torn apart.
        EXPECT_NE(static_cast<unsigned char>(line[line[0] == ' ' ? 1 : 0]) & 0xC0U, 0x80U);
        unfolded += line[0] == ' ' ? line.substr(1) : "\n" + line;
        begin = end + 2;
    }
    EXPECT_EQ(begin, text.size());
    EXPECT_NE(unfolded.find("SUMMARY:a\\, b\\; c\\\\d\\nnew " + std::string(60, 'x') + "äöüäöüäöüäöüäöüäöü\n"), std::string::npos)
        << unfolded;
    EXPECT_NE(unfolded.find("\nDTSTART:20261130T120000Z\n"), std::string::npos);
    EXPECT_NE(unfolded.find("\nTRIGGER:-P3D\n"), std::string::npos);
}

} // namespace
} // namespace gw::estate
