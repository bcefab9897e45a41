// Every rule by cases in tests/data/review: one that breaks it, one that does not, and one that is mended, all through the
// readers. Where the finding has a patch, the patch is what mends it.
#include "models/estate/estate_reader.h"
#include "models/estate/review/review.h"
#include "models/estate/review/rules.h"
#include "models/estate/review/settings.h"
#include "saml/base/json.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace gw::estate::review {
namespace {

constexpr const char* account = "111122223333";
constexpr const char* provider = "arn:aws:iam::111122223333:saml-provider/SSO";

std::string textOf(const std::filesystem::path& path) {
    std::ifstream file(path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

const policy::Catalogue& catalogue() {
    static const auto read = std::move(*policy::Catalogue::read(textOf(GW_SOURCE_DIR "/resources/catalogue/catalogue.jsonl")));
    return *read;
}

Json documentOf(const Json& statements) {
    if (statements.contains("Statement")) return statements;
    return {{"Version", "2012-10-17"}, {"Statement", statements.is_array() ? statements : Json::array({statements})}};
}

// A case as files: "trust" and "policy" are those of one role, "reader"; "role" adds members to it, "files" adds files.
std::map<std::string, std::string> filesOf(const Json& one) {
    std::map<std::string, std::string> files;
    if (one.contains("trust") || one.contains("policy") || one.contains("role")) {
        Json role = {{"RoleName", "reader"}, {"Arn", "arn:aws:iam::111122223333:role/reader"}, {"Path", "/"}, {"RoleId", "AROAEXAMPLE"},
                     {"CreateDate", "2026-11-01T00:00:00Z"}};
        if (one.contains("trust")) role["AssumeRolePolicyDocument"] = documentOf(one["trust"]);
        role["RolePolicyList"] = Json::array();
        if (one.contains("policy")) role["RolePolicyList"].push_back({{"PolicyName", "own"}, {"PolicyDocument", documentOf(one["policy"])}});
        role["AttachedManagedPolicies"] = Json::array();
        if (one.contains("role"))
            for (const auto& [name, value] : one["role"].items()) role[name] = value;
        Json details = {{"UserDetailList", Json::array()}, {"GroupDetailList", Json::array()}, {"RoleDetailList", Json::array({role})}, {"Policies", Json::array()}};
        if (one.contains("details"))
            for (const auto& [name, value] : one["details"].items())
                for (const Json& each : value) details[name].push_back(each);
        files["get-account-authorization-details.json"] = details.dump(1);
        files["list-saml-providers.json"] = Json{{"SAMLProviderList", Json::array({Json{{"Arn", provider}, {"ValidUntil", "2036-01-01T00:00:00Z"}}})}}.dump();
    }
    if (one.contains("files"))
        for (const auto& [path, content] : one["files"].items()) {
            if (content.is_null())
                files.erase(path);
            else
                files[path] = content.is_string() ? content.get<std::string>() : content.dump(1);
        }
    return files;
}

struct Found {
    Review review;
    std::shared_ptr<const Estate> estate;
    [[nodiscard]] const Finding* of(const std::string& rule) const {
        const auto known = std::find_if(review.findings.begin(), review.findings.end(), [&](const Finding& each) { return each.rule->id == rule; });
        return known == review.findings.end() ? nullptr : &*known;
    }
    [[nodiscard]] bool lacks(const std::string& rule) const {
        return std::any_of(review.notChecked.begin(), review.notChecked.end(), [&](const NotChecked& each) { return each.rule == rule; });
    }
};

Found reviewOf(const Json& one) {
    EstateReader reader;
    for (const auto& [path, text] : filesOf(one)) reader.addText(path, text);
    Found found;
    found.estate = reader.finish();
    for (const Error& each : found.estate->problems()) ADD_FAILURE() << each.chain();
    Settings settings;
    if (one.contains("rules")) {
        auto parsed = Settings::parse(one["rules"].get<std::string>());
        EXPECT_TRUE(parsed.has_value()) << parsed.error().chain();
        settings = *parsed;
    }
    const auto now = UtcTime::parse(one.value("at", "2026-11-30T12:00:00Z"));
    found.review = review({.estate = found.estate.get(), .catalogue = &catalogue(), .settings = &settings, .baseline = nullptr, .now = *now});
    return found;
}

Json merged(Json base, const Json& change) {
    for (const auto& [name, value] : change.items()) {
        if ((name == "files" || name == "role") && base.contains(name))
            for (const auto& [path, content] : value.items()) base[name][path] = content;
        else
            base[name] = value;
    }
    return base;
}

std::vector<Json> casesOf(const std::filesystem::path& path) {
    std::vector<Json> all;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line.starts_with("#")) continue;
        auto parsed = parseJson(line);
        EXPECT_TRUE(parsed.has_value()) << path << ": " << line.substr(0, 80);
        if (parsed) all.push_back(std::move(*parsed));
    }
    return all;
}

std::vector<std::filesystem::path> dataFiles() {
    std::vector<std::filesystem::path> files;
    for (const auto& each : std::filesystem::directory_iterator(GW_SOURCE_DIR "/tests/data/review"))
        if (each.path().extension() == ".jsonl") files.push_back(each.path());
    std::sort(files.begin(), files.end());
    return files;
}

// The role's document that the patch belongs to.
Json patched(const Json& one, const Finding& finding) {
    Json mended = one;
    const bool trust = finding.place.pointer.find("AssumeRolePolicyDocument") != std::string::npos;
    const char* member = trust ? "trust" : "policy";
    mended[member] = documentOf(one.at(member)).patch(*parseJson(finding.fix->patch));
    return mended;
}

TEST(ReviewData, everyRuleIsBrokenKeptAndMended) {
    std::set<std::string> broken, kept, mended;
    for (const std::filesystem::path& file : dataFiles()) {
        for (const Json& one : casesOf(file)) {
            const std::string rule = one.at("rule"), name = file.filename().string() + ": " + rule + ": " + one.value("name", "");
            SCOPED_TRACE(name);
            const Found found = reviewOf(one);
            const Finding* finding = found.of(rule);
            if (!one.value("found", true)) {
                EXPECT_EQ(finding, nullptr);
                EXPECT_EQ(found.lacks(rule), one.value("not_checked", false));
                kept.insert(rule);
                continue;
            }
            ASSERT_NE(finding, nullptr) << "not found";
            broken.insert(rule);
            if (one.contains("severity")) {
                EXPECT_EQ(policy::lint::severityName(finding->severity), one["severity"].get<std::string>());
            }
            if (one.contains("object")) {
                EXPECT_EQ(finding->object, one["object"].get<std::string>());
            }
            if (one.contains("evidence")) {
                for (const auto& [fact, value] : one["evidence"].items()) EXPECT_EQ(finding->fact(fact), value.get<std::string>()) << fact;
            }
            EXPECT_TRUE(finding->fix.has_value());
            if (one.contains("fixed")) {
                EXPECT_EQ(reviewOf(merged(one, one["fixed"])).of(rule), nullptr) << "the mended one is found";
                mended.insert(rule);
            }
            if (one.value("patch", false)) {
                ASSERT_FALSE(finding->fix->patch.empty()) << "no patch";
                EXPECT_EQ(reviewOf(patched(one, *finding)).of(rule), nullptr) << finding->fix->patch;
                mended.insert(rule);
            }
        }
    }
    std::printf("rules broken %zu, kept %zu, mended %zu of %zu\n", broken.size(), kept.size(), mended.size(), reviewRules().size());
    for (const std::string& rule : broken) {
        EXPECT_TRUE(kept.contains(rule)) << rule << " has no case that keeps it";
        EXPECT_TRUE(mended.contains(rule)) << rule << " has no case that mends it";
    }
}

// A broken rule is one finding, however many actions break it; and two rules never share an identifier.
TEST(ReviewData, identifiersAreUnique) {
    std::set<std::string_view> ids;
    for (const Rule* each : reviewRules()) EXPECT_TRUE(ids.insert(each->id).second) << each->id;
    EXPECT_EQ(ids.size(), 72U);
}

} // namespace
} // namespace gw::estate::review
