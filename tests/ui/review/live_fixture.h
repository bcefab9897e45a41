// The practice AWS, sessions that its STS gave, and a network in between that a test watches and takes away.
#pragma once

#include "models/cloud/qt_http_client.h"
#include "tests/practice/practice_fixture.h"
#include "ui/review/live/live_source.h"

#include <QTemporaryDir>

#include <set>

namespace gw::test {

class WatchedHttp final : public cloud::HttpClient {
public:
    [[nodiscard]] QFuture<Result<cloud::HttpResponse>> send(cloud::HttpRequest request) override;
    std::size_t sent = 0;
    std::optional<std::size_t> offlineAfter; // so many calls have gone out
    std::set<std::string> refused;           // services: "lambda"
    std::string throttled;                   // "ecs": always

private:
    cloud::QtHttpClient real_;
};

class LiveFixture {
public:
    // `roles` of the practice organisation, each with a session; they must not be more than lena.fairweather has.
    explicit LiveFixture(const std::vector<const char*>& roles);
    [[nodiscard]] bool works() const { return practice_ != nullptr; }

    WatchedHttp http;
    QTemporaryDir folder; // of the answers
    std::vector<ui::LiveSession> sessions;
    int sentToSessions = 0; // times that somebody was led there
    MovableClock& clock() { return practice_->clock; }
    [[nodiscard]] const ui::LiveSource& source() const { return *source_; }

private:
    std::unique_ptr<PracticeFixture> practice_;
    std::unique_ptr<ui::LiveSource> source_;
};

} // namespace gw::test
