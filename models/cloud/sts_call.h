// One AssumeRoleWithSAML with its repetitions. Deletes itself when its future is finished.
//
//   sending ──answer──▶ done
//      ▲  ├─ throttled or 5xx, calls left ──▶ pausing ──▶ sending
//      ├──┼─ duration above the role's maximum: once more without it
//      └──┴─ region disabled: once more in the partition's default region
#pragma once

#include "models/cloud/sts_client.h"
#include "models/cloud/sts_messages.h"

#include <QFutureWatcher>
#include <QObject>
#include <QPromise>
#include <QTimer>

namespace gw::cloud {

class StsCall : public QObject {
    Q_OBJECT
public:
    // `request.assertion` was checked.
    StsCall(HttpClient& http, const Clock& clock, StsRetry retry, AssumeRoleWithSamlRequest request, QObject* parent);
    ~StsCall() override;

    [[nodiscard]] QFuture<Result<AssumedRole>> future() { return promise_.future(); }
    void start();

private:
    void send();
    void answered(Result<HttpResponse> answer);
    [[nodiscard]] bool sendAgain(const Error& error);
    void finish(Result<AssumedRole> result);

    HttpClient& http_;
    const Clock& clock_;
    StsRetry retry_;
    AssumeRoleWithSamlRequest request_;
    aws::Region region_;
    std::string endpoint_;
    int calls_ = 0;
    bool withDuration_ = true;
    bool finished_ = false;
    QTimer pause_;
    QFuture<Result<HttpResponse>> transfer_;
    QFutureWatcher<Result<AssumedRole>> watcher_;
    QPromise<Result<AssumedRole>> promise_;
};

} // namespace gw::cloud
