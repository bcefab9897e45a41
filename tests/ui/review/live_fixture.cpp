#include "tests/ui/review/live_fixture.h"

#include "models/store/ready_future.h"
#include "tests/practice/sts_answers.h"

namespace gw::test {

QFuture<Result<cloud::HttpResponse>> WatchedHttp::send(cloud::HttpRequest request) {
    if (offlineAfter && sent >= *offlineAfter) return readyFuture(Result<cloud::HttpResponse>(fail(Error(cloud::NetError::Offline).with("host", "localhost"))));
    ++sent;
    std::string service;
    for (const cloud::HttpHeader& each : request.headers) {
        if (each.name != "Authorization" && each.name != "authorization") continue;
        const QStringList scope = QString::fromStdString(each.value).section(QLatin1Char(','), 0, 0).split(QLatin1Char('/'));
        service = scope.value(3).toStdString();
    }
    const auto answer = [](int status, std::string_view code) {
        cloud::HttpResponse response;
        response.status = status;
        response.body = Secret(R"({"__type":")" + std::string(code) + R"(","message":"Not this one"})");
        return readyFuture(Result<cloud::HttpResponse>(std::move(response)));
    };
    if (refused.contains(service)) return answer(400, "AccessDeniedException");
    if (service == throttled && !throttled.empty()) return answer(400, "ThrottlingException");
    return real_.send(std::move(request));
}

LiveFixture::LiveFixture(const std::vector<const char*>& roles) : practice_(PracticeFixture::start()) {
    if (!practice_) return;
    for (const char* arn : roles) {
        const Keys keys = keysOf(practice_->assumeRole(arn, practice_->samlResponse(developer)));
        const auto role = aws::RoleArn::parse(arn);
        if (keys.id.empty() || !role) {
            practice_.reset();
            return;
        }
        ui::LiveSession session;
        session.id = QString::number(sessions.size() + 1);
        session.role = QString::fromLatin1(arn).section(QLatin1Char('/'), -1);
        session.account = role->account().value();
        session.alias = QString::fromStdString(practice_->provider().accountAlias(role->account()));
        session.environment = practice_->provider().environmentOf(*role);
        session.region = aws::Region("eu-west-1");
        session.ends = keys.expiration;
        session.credentials = [keys]() -> Result<cloud::Credentials> {
            return cloud::Credentials{keys.id, Secret(std::string_view(keys.secret)), Secret(std::string_view(keys.token)), keys.expiration};
        };
        sessions.push_back(std::move(session));
    }
    source_ = std::make_unique<ui::LiveSource>(ui::LiveSource{http, practice_->clock, folder.path().toStdString(), [this] { return practice_->practice().awsEndpoint(); },
                                                              [this] { return sessions; }, [this] { ++sentToSessions; }});
}

} // namespace gw::test
