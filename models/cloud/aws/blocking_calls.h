// Signed calls, one at a time, each with its answer: for work that changes something and goes on only when it knows. The network
// has a thread of its own, and whoever calls waits for it: no thread with an event loop.
#pragma once

#include "models/cloud/aws/call.h"
#include "models/cloud/credentials.h"
#include "saml/aws/arn.h"
#include "saml/base/clock.h"

#include <QThread>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>

namespace gw::cloud {

struct CallSession {
    std::string name; // for people: a profile
    aws::Partition partition = aws::Partition::Aws;
    std::string endpoint; // of all services, without a slash at its end; empty: AWS's own
    // Called before the first call and again when they are about to end; does not wait for a person.
    std::function<Result<Credentials>()> credentials;
};

struct CallSettings {
    int tries = 8;        // of a call that is throttled
    int networkTries = 4; // of a reading call that nobody answers, or that fails at AWS; others are made once
    std::chrono::milliseconds firstPause{250}, longestPause{20'000};
    std::function<bool()> interrupted; // asked while it waits to repeat; empty: never
};

class BlockingCalls {
public:
    // `http` is called once, on the thread of the network. Borrows the clock.
    BlockingCalls(const std::function<std::unique_ptr<HttpClient>()>& http, const Clock& clock, CallSettings settings = {});
    ~BlockingCalls();
    BlockingCalls(const BlockingCalls&) = delete;
    BlockingCalls& operator=(const BlockingCalls&) = delete;

    // `reads`: changes nothing, so that it may come twice. Errors: AwsError, and those of the session's credentials.
    [[nodiscard]] Result<Json> call(CallSession& session, const AwsCall& call, const aws::Region& region, bool reads);
    // Whose credentials they are.
    [[nodiscard]] Result<std::string> accountOf(CallSession& session, const aws::Region& region);

private:
    [[nodiscard]] Result<const Credentials*> credentialsOf(const CallSession& session);
    [[nodiscard]] Result<HttpResponse> send(HttpRequest request);
    // Full jitter; false: nobody wants it any more.
    [[nodiscard]] bool pauseFor(int tries) const;

    QThread thread_;
    std::unique_ptr<QObject> home_; // lives there
    std::unique_ptr<HttpClient> http_;
    const Clock& clock_;
    CallSettings settings_;
    std::map<const CallSession*, Credentials> known_;
    UtcTime::Duration skew_{0};
};

} // namespace gw::cloud
