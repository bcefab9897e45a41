#include "models/cloud/sts_client.h"

#include "models/cloud/sts_call.h"
#include "models/store/ready_future.h"

namespace gw::cloud {

StsClient::StsClient(HttpClient& http, const Clock& clock, StsRetry retry)
    : http_(http), clock_(clock), retry_(retry), calls_(std::make_unique<QObject>()) {}

StsClient::~StsClient() = default;

QFuture<Result<AssumedRole>> StsClient::assumeRoleWithSaml(AssumeRoleWithSamlRequest request) {
    auto assertion = checkedAssertion(request);
    if (!assertion) return readyFuture(Result<AssumedRole>(fail(std::move(assertion).error())));
    request.assertion = std::move(*assertion);
    auto* call = new StsCall(http_, clock_, retry_, std::move(request), calls_.get());
    auto future = call->future();
    call->start();
    return future;
}

} // namespace gw::cloud
