#include "models/cloud/aws/blocking_calls.h"

#include "models/cloud/aws/answer.h"
#include "models/cloud/aws/signature.h"
#include "models/store/when_done.h"
#include "saml/base/json_fields.h"

#include <QRandomGenerator>

#include <algorithm>
#include <future>
#include <thread>

namespace gw::cloud {

BlockingCalls::BlockingCalls(const std::function<std::unique_ptr<HttpClient>()>& http, const Clock& clock, CallSettings settings)
    : home_(std::make_unique<QObject>()), clock_(clock), settings_(std::move(settings)) {
    home_->moveToThread(&thread_);
    thread_.start();
    QMetaObject::invokeMethod(home_.get(), [&] { http_ = http(); }, Qt::BlockingQueuedConnection);
}

BlockingCalls::~BlockingCalls() {
    QMetaObject::invokeMethod(home_.get(), [this] { http_.reset(); }, Qt::BlockingQueuedConnection);
    thread_.quit();
    thread_.wait();
}

Result<const Credentials*> BlockingCalls::credentialsOf(const CallSession& session) {
    const auto found = known_.find(&session);
    if (found != known_.end() && found->second.expiration - clock_.now() > std::chrono::minutes(1)) return &found->second;
    auto fresh = session.credentials();
    if (!fresh) return fail(std::move(fresh).error());
    return &known_.insert_or_assign(&session, std::move(*fresh)).first->second;
}

Result<HttpResponse> BlockingCalls::send(HttpRequest request) {
    std::promise<Result<HttpResponse>> answer;
    QMetaObject::invokeMethod(home_.get(), [&] {
        whenDone(http_->send(std::move(request)), home_.get(), [&](Result<HttpResponse> response) { answer.set_value(std::move(response)); });
    });
    return answer.get_future().get();
}

bool BlockingCalls::pauseFor(int tries) const {
    using std::chrono::milliseconds;
    const auto wanted = [&] { return !settings_.interrupted || !settings_.interrupted(); };
    const auto longest = std::min(settings_.longestPause, settings_.firstPause * (std::int64_t{1} << std::min(tries - 1, 16)));
    milliseconds left(QRandomGenerator::global()->bounded(qint64{longest.count() + 1}));
    for (; left.count() > 0 && wanted(); left -= milliseconds(100)) std::this_thread::sleep_for(std::min(left, milliseconds(100)));
    return wanted();
}

Result<Json> BlockingCalls::call(CallSession& session, const AwsCall& call, const aws::Region& region, bool reads) {
    const AwsEndpoint own = endpointOf(*call.service, session.partition, region);
    bool corrected = false;
    for (int tries = 1;; ++tries) {
        const auto credentials = credentialsOf(session);
        if (!credentials) return fail(credentials.error());
        HttpRequest request = requestFor(call, session.endpoint.empty() ? own.url : session.endpoint);
        signRequest(request, **credentials, {own.region.value(), std::string(signingName(*call.service))}, clock_.now() + skew_);
        auto response = send(std::move(request));
        Error error(AwsError::NoAnswer);
        if (response) {
            auto answer = readAnswer(*call.service, call.operation, *response);
            if (answer) return answer;
            error = std::move(answer).error();
        } else {
            error = std::move(error).because(std::move(response).error());
        }
        const Code& code = error.code();
        if (code.is(AwsError::ClockSkew) && !corrected)
            if (const auto server = UtcTime::parse(error.fact("server_time"))) {
                corrected = true;
                skew_ = *server - clock_.now();
                continue;
            }
        const bool trouble = code.is(AwsError::NoAnswer) || code.is(AwsError::ServerError);
        const int most = code.is(AwsError::Throttled) ? settings_.tries : trouble && reads ? settings_.networkTries : 1;
        if (tries >= most || !pauseFor(tries)) return fail(std::move(error));
    }
}

Result<std::string> BlockingCalls::accountOf(CallSession& session, const aws::Region& region) {
    const AwsCall identity{awsService("sts"), "GetCallerIdentity", HttpRequest::Method::Post, "/", {}, Json::object()};
    const auto answer = call(session, identity, region, true);
    if (!answer) return fail(answer.error());
    const auto account = aws::AccountId::parse(textField(*answer, "Account"));
    if (!account) return fail(Error(AwsError::Unreadable, "the caller has no account"));
    return account->value();
}

} // namespace gw::cloud
