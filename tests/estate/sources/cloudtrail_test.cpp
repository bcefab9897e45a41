// The same events in every wrapping that people have them in; their traps; and what is not an event.
#include "models/estate/estate_reader.h"
#include "models/estate/sources/cloudtrail_names.h"
#include "models/policy/catalogue.h"
#include "saml/base/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <sstream>

#include <zlib.h>

namespace gw::estate {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

std::string contents(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

std::string records() {
    return contents(GW_TEST_DATA "/estate/cloudtrail/records.json");
}

std::string zipped(const std::string& text) {
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

// As Athena and Lake print structures.
std::string printed(const Json& value) {
    if (!value.is_object()) return value.is_null() ? "null" : value.is_string() ? value.get<std::string>() : value.dump();
    std::string text = "{";
    for (const auto& [key, each] : value.items()) {
        std::string lower = key;
        std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return static_cast<char>(std::tolower(c)); });
        text += (text.size() > 1 ? ", " : "") + lower + "=" + printed(each);
    }
    return text + "}";
}

std::string athenaName(std::string name) {
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return static_cast<char>(std::tolower(c)); });
    return name;
}

std::string textOf(const std::string& name, const Json& value) {
    if (name == "userIdentity") return printed(value);
    return value.is_null() ? "" : value.is_string() ? value.get<std::string>() : value.dump();
}

std::string wrapped(const std::string& how) {
    const std::string text = records();
    if (how == "log") return text;
    if (how == "gz") return zipped(text);
    if (how == "two members") return zipped(text.substr(0, 700)) + zipped(text.substr(700));
    const Json all = Json::parse(text)["Records"];
    Json out;
    std::string lines;
    if (how == "list") return all.dump();
    for (const Json& each : all) {
        if (how == "lines") lines += each.dump() + "\n";
        if (how == "logs in lines") lines += Json({{"Records", {each}}}).dump() + "\r\n";
        if (how == "lookup-events") out["Events"].push_back({{"EventId", each["eventID"]}, {"EventName", each["eventName"]}, {"CloudTrailEvent", each.dump()}});
        if (how == "lake") {
            Json row = Json::array();
            for (const auto& [key, value] : each.items())
                if (key != "resources") row.push_back({{key, textOf(key, value)}});
            out["QueryStatus"] = "FINISHED";
            out["QueryResultRows"].push_back(row);
        }
        if (how == "athena rows") {
            Json row;
            for (const auto& [key, value] : each.items()) {
                const bool text_ = key == "requestParameters" || key == "responseElements";
                row[athenaName(key)] = text_ ? Json(textOf(key, value)) : value;
            }
            out.push_back(row);
        }
        if (how == "athena") {
            const std::vector<std::string> columns{"eventTime", "eventSource", "eventName", "userIdentity", "errorCode", "requestParameters", "responseElements"};
            Json& rows = out["ResultSet"]["Rows"];
            const auto put = [&](const std::function<std::string(const std::string&)>& cell) {
                Json data = Json::array();
                for (const std::string& name : columns) {
                    const std::string value = cell(name);
                    data.push_back(value.empty() ? Json::object() : Json({{"VarCharValue", value}}));
                }
                rows.push_back({{"Data", data}});
            };
            if (rows.empty()) put(athenaName);
            put([&](const std::string& name) { return each.contains(name) ? textOf(name, each[name]) : std::string(); });
        }
    }
    return lines.empty() ? out.dump() : lines;
}

std::shared_ptr<const Estate> read(const std::string& path, const std::string& text) {
    EstateReader reader;
    reader.addText(path, text);
    return reader.finish();
}

struct Wrapping {
    const char* path;
    const char* how;
    bool resources = true; // the form tells them
};

class Wrappings : public testing::TestWithParam<Wrapping> {};

TEST_P(Wrappings, GiveTheSameUsage) {
    const auto estate = read(GetParam().path, wrapped(GetParam().how));
    EXPECT_TRUE(estate->problems().empty()) << estate->problems().front().chain();
    const Usage& usage = estate->usage();
    EXPECT_EQ(usage.events, 17U);
    ASSERT_TRUE(usage.from && usage.until);
    EXPECT_EQ(usage.from->toRfc3339(), "2026-06-30T23:00:00Z");
    EXPECT_EQ(usage.until->toRfc3339(), "2026-07-03T00:03:00Z");

    std::vector<std::string> principals;
    for (const auto& [arn, use] : usage.principals) principals.push_back(arn);
    EXPECT_THAT(principals, ElementsAre("arn:aws:iam::111122223333:role/Old", "arn:aws:iam::111122223333:role/team/Payments",
                                        "arn:aws:iam::111122223333:user/build"));
    const PrincipalUse& payments = usage.principals.at("arn:aws:iam::111122223333:role/team/Payments");
    std::vector<std::string> actions;
    for (const auto& [action, use] : payments.actions) actions.push_back(action);
    EXPECT_THAT(actions, ElementsAre("apigateway:PATCH", "cloudwatch:PutMetricAlarm", "ec2:RunInstances", "lambda:UpdateFunctionCode", "s3:GetObject",
                                     "sqs:SendMessage", "sts:AssumeRole"));
    const ActionUse& send = payments.actions.at("sqs:SendMessage");
    EXPECT_EQ(send.times, 2U);
    EXPECT_EQ(send.denied, 0U);
    EXPECT_EQ(send.last.toRfc3339(), "2026-07-02T11:12:00Z");
    if (GetParam().resources) {
        EXPECT_THAT(send.resources, UnorderedElementsAre("arn:aws:sqs:eu-west-1:111122223333:refunds", "arn:aws:sqs:eu-west-1:111122223333:orders"));
    }
    EXPECT_EQ(payments.actions.at("s3:GetObject").denied, 1U);
    EXPECT_EQ(payments.actions.at("ec2:RunInstances").denied, 1U);
    EXPECT_EQ(payments.actions.at("sts:AssumeRole").times, 2U);

    ASSERT_EQ(usage.signIns.size(), 3U);
    const RecordedSignIn& signIn = usage.signIns[0];
    EXPECT_EQ(signIn.role, "arn:aws:iam::111122223333:role/team/Payments");
    EXPECT_EQ(signIn.provider, "arn:aws:iam::111122223333:saml-provider/Okta");
    EXPECT_EQ(signIn.sessionName, "alice");
    EXPECT_EQ(signIn.subject, "alice@northwind.example");
    EXPECT_EQ(signIn.subjectType, "persistent");
    EXPECT_EQ(signIn.issuer, "https://idp.northwind.example");
    EXPECT_EQ(signIn.audience, "https://signin.aws.amazon.com/saml");
    EXPECT_EQ(signIn.sourceIdentity, "alice");
    EXPECT_EQ(signIn.seconds, 3600);
    EXPECT_EQ(signIn.at.toRfc3339(), "2026-07-01T11:08:19Z");
    EXPECT_FALSE(signIn.failed);
    EXPECT_TRUE(usage.signIns[2].failed);
    EXPECT_EQ(usage.signIns[2].seconds, 43200);

    ASSERT_EQ(usage.chains.size(), 1U);
    EXPECT_EQ(usage.chains[0].from, "arn:aws:iam::111122223333:role/team/Payments");
    EXPECT_EQ(usage.chains[0].to, "arn:aws:iam::444455556666:role/Deploy");
    EXPECT_EQ(usage.chains[0].seconds, 7200);
}

INSTANTIATE_TEST_SUITE_P(CloudTrail, Wrappings,
                         testing::Values(Wrapping{"a.json", "log"}, Wrapping{"111122223333_CloudTrail_eu-west-1.json.gz", "gz"},
                                         Wrapping{"a.json.gz", "two members"}, Wrapping{"a.json", "list"}, Wrapping{"a.jsonl", "lines"},
                                         Wrapping{"a.json", "lines"}, Wrapping{"a.ndjson", "logs in lines"}, Wrapping{"a.json", "lookup-events"},
                                         Wrapping{"a.json", "lake", false}, Wrapping{"a.json", "athena rows"}, Wrapping{"a.json", "athena", false}));

TEST(CloudTrail, SignInsKnowTheirPlace) {
    const auto estate = read("a.json", records());
    ASSERT_EQ(estate->usage().signIns.size(), 3U);
    const Source& source = estate->usage().signIns[1].source;
    EXPECT_EQ(source.pointer, "/Records/1");
    const std::string text = records();
    std::istringstream lines(text);
    std::string line;
    for (std::uint32_t i = 0; i < source.position.line; ++i) std::getline(lines, line);
    EXPECT_EQ(line.substr(source.position.column - 1, 1), "{");
}

struct Faulty {
    const char* name;
    std::string (*make)(const std::string&);
    std::uint64_t events;
};

class Faults : public testing::TestWithParam<Faulty> {};

TEST_P(Faults, AreToldAndTheRestIsKept) {
    const auto estate = read("a.jsonl", GetParam().make(wrapped("lines")));
    EXPECT_EQ(estate->usage().events, GetParam().events);
    ASSERT_EQ(estate->problems().size(), 1U);
    EXPECT_TRUE(estate->problems()[0].code().is(EstateError::Malformed));
    EXPECT_NE(estate->problems()[0].fact("line"), "");
}

INSTANTIATE_TEST_SUITE_P(CloudTrail, Faults,
                         testing::Values(Faulty{"cut", [](const std::string& text) { return text.substr(0, text.size() - 40); }, 16},
                                         Faulty{"noise", [](const std::string& text) { return text + "no event\n"; }, 17}),
                         [](const auto& test) { return test.param.name; });

TEST(CloudTrail, BombsAndBrokenStreamsAreRefused) {
    EXPECT_TRUE(read("a.json.gz", zipped(std::string(std::size_t{8} << 20U, ' ')))->problems()[0].code().is(EstateError::TooLarge));
    const std::string whole = wrapped("gz");
    EXPECT_TRUE(read("a.json.gz", whole.substr(0, whole.size() / 2))->problems()[0].code().is(EstateError::Malformed));
    EXPECT_TRUE(read("a.json.gz", zipped(whole))->problems()[0].code().is(EstateError::NotRecognised));
}

TEST(CloudTrail, RulesThatSpeakOfEventsAreNone) {
    const auto estate = read("rule.json", R"({"detail":{"eventSource":["s3.amazonaws.com"],"eventName":["GetObject"]}})");
    EXPECT_EQ(estate->usage().events, 0U);
    ASSERT_EQ(estate->problems().size(), 1U);
    EXPECT_TRUE(estate->problems()[0].code().is(EstateError::NotRecognised));
}

struct Spelled {
    const char* source;
    const char* name;
    const char* action; // as policies have it
};

class Names : public testing::TestWithParam<Spelled> {};

TEST_P(Names, AreSpelledAsPoliciesSpellThem) {
    const std::string action = policyAction(GetParam().source, GetParam().name);
    EXPECT_EQ(action, GetParam().action);
    if (action.empty()) return;
    static const auto catalogue = policy::Catalogue::read(contents(GW_SOURCE_DIR "/resources/catalogue/catalogue.jsonl"));
    ASSERT_TRUE(catalogue);
    EXPECT_NE((*catalogue)->action(action), nullptr) << action;
}

INSTANTIATE_TEST_SUITE_P(CloudTrail, Names,
                         testing::Values(Spelled{"sqs.amazonaws.com", "ReceiveMessage", "sqs:ReceiveMessage"},
                                         Spelled{"monitoring.amazonaws.com", "GetMetricData", "cloudwatch:GetMetricData"},
                                         Spelled{"lambda.amazonaws.com", "CreateFunction20150331", "lambda:CreateFunction"},
                                         Spelled{"lambda.amazonaws.com", "Invoke", "lambda:InvokeFunction"},
                                         Spelled{"s3.amazonaws.com", "ListObjects", "s3:ListBucket"},
                                         Spelled{"s3.amazonaws.com", "ListBuckets", "s3:ListAllMyBuckets"},
                                         Spelled{"apigateway.amazonaws.com", "GetRestApis", "apigateway:GET"},
                                         Spelled{"apigateway.amazonaws.com", "CreateDeployment", "apigateway:POST"},
                                         Spelled{"tagging.amazonaws.com", "GetResources", "tag:GetResources"},
                                         Spelled{"appmesh.amazonaws.com", "DescribeMesh", "appmesh:DescribeMesh"},
                                         Spelled{"kms.amazonaws.com.cn", "Decrypt", "kms:Decrypt"},
                                         Spelled{"signin.amazonaws.com", "ConsoleLogin", ""}));

} // namespace
} // namespace gw::estate
