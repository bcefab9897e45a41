#include "models/cloud/read/answer_store.h"

#include "models/cloud/aws/answer.h"
#include "models/estate/readers/secrets.h"
#include "models/store/files.h"

namespace gw::cloud {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t maxAnswerBytes = std::size_t{512} << 20U;

std::vector<FollowUp> followUps(const PlannedCall& planned, const Json& answer, const Arguments& arguments) {
    std::vector<FollowUp> then;
    for (const PlannedCall& child : readPlan()) {
        if (!follows(child, planned)) continue;
        if (auto list = argumentsAfter(child, answer, arguments); !list.empty()) then.push_back({&child, std::move(list)});
    }
    return then;
}

// IAM and Organizations tell no secrets, and their policies may hold any word.
bool mayHoldSecrets(const PlannedCall& planned) {
    return planned.service != "iam" && planned.service != "organizations";
}

} // namespace

Result<ReadPage> takePage(const PlannedCall& planned, const Arguments& arguments, const HttpResponse& response,
                          std::shared_ptr<Json> whole, const fs::path& file, UtcTime now) {
    const AwsCall call = callFor(planned, arguments, {}, {});
    GW_TRY(Json page, readAnswer(*call.service, call.operation, response));
    if (whole == nullptr) whole = std::make_shared<Json>();
    ReadPage taken;
    taken.at = now;
    taken.next = addPage(planned, *whole, std::move(page));
    taken.objects = objectsIn(planned, *whole);
    if (!taken.next.empty()) {
        taken.whole = std::move(whole);
        return taken;
    }
    taken.then = followUps(planned, *whole, arguments);
    std::string text = whole->dump(1, ' ', false, Json::error_handler_t::replace);
    if (mayHoldSecrets(planned)) text = estate::withoutSecrets(text);
    if (text.size() > maxAnswerBytes)
        return fail(Error(AwsError::Unreadable, "the answer is too large").with("size", std::to_string(text.size())));
    GW_CHECK(store::writeFileAtomically(file, text));
    return taken;
}

std::optional<ReadPage> keptAnswer(const PlannedCall& planned, const Arguments& arguments, const fs::path& file,
                                   std::chrono::seconds maxAge, UtcTime now) {
    std::error_code failed;
    const auto written = fs::last_write_time(file, failed);
    if (failed) return std::nullopt;
    const UtcTime at(std::chrono::floor<UtcTime::Duration>(std::chrono::file_clock::to_sys(written)));
    if (now - at > maxAge || at - now > std::chrono::minutes(5)) return std::nullopt;
    const auto text = store::readFile(file, maxAnswerBytes);
    if (!text) return std::nullopt;
    auto answer = parseJson(*text);
    if (!answer || !answer->is_object()) return std::nullopt;
    ReadPage page;
    page.at = at;
    page.objects = objectsIn(planned, *answer);
    page.then = followUps(planned, *answer, arguments);
    return page;
}

bool writeAbsence(const PlannedCall& planned, const Error& error, const fs::path& file) {
    const bool policy = (planned.service == "lambda" && planned.call == "get-policy") || planned.call == "get-auth-policy";
    if (!policy) return false;
    const Json told = {{"Error", {{"Code", error.fact("code")}, {"Message", error.fact("message")}}}};
    return store::writeFileAtomically(file, told.dump()).has_value();
}

} // namespace gw::cloud
