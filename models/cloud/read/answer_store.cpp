#include "models/cloud/read/answer_store.h"

#include "models/cloud/aws/answer.h"
#include "models/cloud/aws/signature.h"
#include "models/estate/readers/secrets.h"
#include "models/store/files.h"
#include "saml/base/json_fields.h"

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

std::string askedDigest(const PlannedCall& planned, const Arguments& arguments, std::string_view region,
                        const std::string& endpoint) {
    std::string asked(planned.service);
    const auto add = [&](const AwsCall& call) {
        const HttpRequest request = requestFor(call, endpoint);
        asked.append("\n").append(call.operation).append("\n").append(request.url).append("\n").append(request.body.reveal());
    };
    if (!planned.job.empty()) add(startOf(planned, arguments));
    add(callFor(planned, arguments, region, {}));
    return sha256Hex(asked).substr(0, 32);
}

Result<ReadPage> takePage(const PlannedCall& planned, const Arguments& arguments, const HttpResponse& response,
                          std::shared_ptr<Json> whole, const AnswerPlace& place, UtcTime now) {
    const AwsCall call = callFor(planned, arguments, {}, {});
    GW_TRY(Json page, readAnswer(*call.service, call.operation, response));
    ReadPage taken;
    taken.at = now;
    const JobState state = jobState(planned, page);
    if (state == JobState::Failed) {
        const auto why = page.find("Error");
        const Json& told = why != page.end() && why->is_object() ? *why : page;
        return fail(Error(AwsError::Rejected, "the job failed")
                        .with("code", textField(told, "Code"))
                        .with("message", textField(told, "Message")));
    }
    if ((taken.runs = state == JobState::Runs)) return taken;
    if (whole == nullptr) whole = std::make_shared<Json>();
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
    GW_CHECK(place.journal->add(place.file, {place.asked, now}, text));
    return taken;
}

std::optional<ReadPage> keptAnswer(const PlannedCall& planned, const Arguments& arguments, const AnswerPlace& place,
                                   const fs::path& folder, std::chrono::seconds maxAge, UtcTime now) {
    const auto note = place.journal->find(place.file);
    if (!note || note->asked != place.asked || now - note->at > maxAge || note->at - now > std::chrono::minutes(5))
        return std::nullopt;
    const auto text = store::readFile(folder / place.file, maxAnswerBytes);
    if (!text || text->size() != note->bytes) return std::nullopt;
    auto answer = parseJson(*text);
    if (!answer || !answer->is_object()) return std::nullopt;
    ReadPage page;
    page.at = note->at;
    page.objects = objectsIn(planned, *answer);
    page.then = followUps(planned, *answer, arguments);
    return page;
}

bool writeAbsence(const PlannedCall& planned, const Error& error, const AnswerPlace& place, UtcTime now) {
    const bool policy = (planned.service == "lambda" && planned.call == "get-policy") || planned.call == "get-auth-policy" ||
                        error.fact("code") == "NoSuchBucketPolicy";
    if (!policy) return false;
    const Json told = {{"Error", {{"Code", error.fact("code")}, {"Message", error.fact("message")}}}};
    return place.journal->add(place.file, {place.asked, now}, told.dump(-1, ' ', false, Json::error_handler_t::replace))
        .has_value();
}

} // namespace gw::cloud
