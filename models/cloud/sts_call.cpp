#include "models/cloud/sts_call.h"

#include "models/store/when_done.h"
#include "saml/aws/endpoints.h"

#include <QRandomGenerator>

namespace gw::cloud {
namespace {

constexpr std::size_t maxAnswerBytes = std::size_t{1} << 20;

} // namespace

StsCall::StsCall(HttpClient& http, const Clock& clock, StsRetry retry, AssumeRoleWithSamlRequest request, QObject* parent)
    : QObject(parent), http_(http), clock_(clock), retry_(retry), request_(std::move(request)),
      region_(request_.region.empty() ? aws::defaultRegion(request_.role.partition()) : request_.region) {}

StsCall::~StsCall() {
    if (finished_) return;
    finished_ = true;
    transfer_.cancel();
    promise_.future().cancel();
    promise_.finish();
}

void StsCall::start() {
    promise_.start();
    pause_.setSingleShot(true);
    pause_.callOnTimeout(this, &StsCall::send);
    connect(&watcher_, &QFutureWatcherBase::canceled, this, [this] {
        if (finished_) return;
        transfer_.cancel();
        finish(fail(StsError::NoAnswer, "canceled by the caller"));
    });
    watcher_.setFuture(promise_.future());
    send();
}

void StsCall::send() {
    ++calls_;
    endpoint_ = request_.endpoint.empty() ? aws::stsEndpoint(request_.role.partition(), region_) : request_.endpoint;
    HttpRequest http;
    http.method = HttpRequest::Method::Post;
    http.url = endpoint_;
    http.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}, {"Accept", "application/xml"}};
    http.body = formBody(request_, withDuration_);
    http.maxResponseBytes = maxAnswerBytes;
    transfer_ = http_.send(std::move(http));
    whenDone(transfer_, this, [this](Result<HttpResponse> answer) { answered(std::move(answer)); });
}

void StsCall::answered(Result<HttpResponse> answer) {
    if (finished_) return;
    if (!answer)
        return finish(fail(Error(StsError::NoAnswer, "the token service did not answer")
                               .with("endpoint", endpoint_)
                               .because(std::move(answer).error())));
    auto role = parseAnswer(*answer, endpoint_);
    if (!role) {
        if (!sendAgain(role.error())) finish(fail(std::move(role).error()));
        return;
    }
    if (answer->date) role->clockOffset = *answer->date - clock_.now();
    role->durationCapped = !withDuration_;
    finish(std::move(*role));
}

bool StsCall::sendAgain(const Error& error) {
    const Code& code = error.code();
    if (code.is(StsError::DurationTooLong) && request_.duration && withDuration_) {
        withDuration_ = false;
    } else if (code.is(StsError::RegionDisabled) && request_.endpoint.empty() &&
               region_ != aws::defaultRegion(request_.role.partition())) {
        region_ = aws::defaultRegion(request_.role.partition());
    } else if ((code.is(StsError::Throttled) || code.is(StsError::ServerError)) && calls_ < retry_.calls) {
        const auto longest = retry_.firstPause * (1 << (calls_ - 1));
        pause_.start(longest / 2 + std::chrono::milliseconds(QRandomGenerator::global()->bounded(qint64{longest.count() / 2 + 1})));
        return true;
    } else {
        return false;
    }
    send();
    return true;
}

void StsCall::finish(Result<AssumedRole> result) {
    finished_ = true;
    pause_.stop();
    promise_.addResult(std::move(result));
    promise_.finish();
    deleteLater();
}

} // namespace gw::cloud
