// From the captured form body to credentials that a tool has in hand, stage by stage: decode, verify, STS, store, agent.
// The product's own classes over its own HTTP client; the practice provider signs and the practice STS answers, in threads of
// this process. What counts is the whole less the round trip to STS.
//
// usage: exchange_bench [SIGN-INS]; exit 1 where the median is over the budget
#include "app/practice/practice.h"
#include "models/cloud/qt_http_client.h"
#include "models/sessions/agent/agent_server.h"
#include "models/sessions/agent/protocol.h"
#include "models/sessions/signin/sign_in.h"
#include "models/store/memory_secret_store.h"
#include "saml/metadata/entity_descriptor.h"
#include "tests/practice/local_client.h"

#include <QCoreApplication>
#include <QFutureWatcher>
#include <QTemporaryDir>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace {

using namespace gw;
using Steady = std::chrono::steady_clock;

constexpr double budget = 20.0; // milliseconds beside the round trip
constexpr int warmUps = 3;
constexpr std::array<const char*, 7> stageNames = {"decode", "verify", "STS round trip", "store", "agent answers", "whole", "whole less STS"};

using Row = std::array<double, stageNames.size()>;

double milliseconds(Steady::duration time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

[[noreturn]] void stop(const std::string& why) {
    std::fprintf(stderr, "exchange_bench: %s\n", why.c_str());
    std::exit(2);
}

// Notes when the request goes out and when its answer is there.
class TimedHttp final : public QObject, public cloud::HttpClient {
public:
    explicit TimedHttp(cloud::HttpClient& real) : real_(real) {}
    QFuture<Result<cloud::HttpResponse>> send(cloud::HttpRequest request) override {
        sent = Steady::now();
        auto answer = real_.send(std::move(request));
        auto* watcher = new QFutureWatcher<Result<cloud::HttpResponse>>(this);
        QObject::connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
            answered = Steady::now();
            watcher->deleteLater();
        });
        watcher->setFuture(answer);
        return answer;
    }
    Steady::time_point sent, answered;

private:
    cloud::HttpClient& real_;
};

class NoDelegate final : public sessions::AgentDelegate {
public:
    void handle(const std::string&, const Json&, const sessions::Consumer&, Done done) override { done({}); }
    std::string explain(const Error& error) const override { return error.code().id(); }
};

class Bench : public QObject {
public:
    Bench(practice::Practice& practice, const Clock& clock, Random& random, std::string socket, int count)
        : practice_(practice), clock_(clock), book_(clock, random, secrets_), socket_(std::move(socket)), wanted_(count + warmUps) {
        if (!agent_.listen(socket_)) stop("cannot listen");
        test::LocalClient client;
        const sessions::Provider provider = practice_.provider();
        const auto metadata = saml::parseMetadata(client.get(provider.metadataUrl).body, clock_.now(), provider.entityId);
        if (!metadata) stop(metadata.error().chain());
        trusted_ = {metadata->entityId, metadata->signingKeys};
    }
    ~Bench() override {
        if (asking_.joinable()) asking_.join();
    }

    void next() {
        const sessions::Provider provider = practice_.provider();
        test::LocalClient client;
        const auto login = client.follow(provider.loginUrl, client.get(provider.loginUrl));
        const auto page = client.follow(provider.loginUrl, client.post(test::originOf(provider.loginUrl) + "/login",
                                                                       {{"username", "lena.fairweather"}, {"password", "practice-lena"}}));
        const std::string body = test::encodeForm({{"SAMLResponse", test::inputValue(page.body, "SAMLResponse")}});
        if (login.status != 200 || body.size() < 1000) stop("the practice provider gave no response");

        signIn_ = std::make_unique<sessions::SignIn>(provider, trusted_, sts_, book_, replay_, clock_);
        connect(signIn_.get(), &sessions::SignIn::stageChanged, this, [this](sessions::SignIn::Stage stage) { stageChanged(stage); });
        connect(signIn_.get(), &sessions::SignIn::exchanged, this, [this](const auto& outcomes) { exchanged(outcomes); });
        captured_ = Steady::now();
        saml::CapturedResponse response;
        response.base64 = Secret(saml::formField(body, "SAMLResponse").value_or(""));
        response.acs = "https://signin.aws.amazon.com/saml";
        response.capturedAt = clock_.now();
        decoded_ = Steady::now();
        signIn_->accept(std::move(response));
    }
    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }

private:
    void stageChanged(sessions::SignIn::Stage stage) {
        using Stage = sessions::SignIn::Stage;
        if (stage == Stage::Failed || stage == Stage::Stale) stop(signIn_->error() ? signIn_->error()->chain() : "stale");
        if (stage != Stage::Choosing || exchanging_) return;
        verified_ = Steady::now();
        exchanging_ = true;
        const aws::RolePair role = signIn_->claims().roles.front();
        signIn_->exchange({{role, std::nullopt, aws::Region("eu-west-1"), sessions::ProfileName("bench")}});
    }
    void exchanged(const std::vector<sessions::ExchangeOutcome>& outcomes) {
        if (!outcomes.front().session) stop(outcomes.front().session.error().chain());
        stored_ = Steady::now();
        if (asking_.joinable()) asking_.join();
        asking_ = std::thread([this] {
            agent::Answer answer = agent::ask(socket_, R"({"v":1,"op":"credential-process","profile":"bench"})");
            const auto now = Steady::now();
            const bool good = answer.exitCode == 0 && answer.payload.find("SessionToken") != std::string::npos;
            agent::wipe(answer.payload);
            QMetaObject::invokeMethod(this, [this, now, good] { answered(now, good); }, Qt::QueuedConnection);
        });
    }
    void answered(Steady::time_point now, bool good) {
        if (!good) stop("the agent gave no credentials");
        const double whole = milliseconds(now - captured_);
        const double sts = milliseconds(http_.answered - http_.sent);
        rows_.push_back({milliseconds(decoded_ - captured_), milliseconds(verified_ - decoded_), sts,
                         milliseconds(stored_ - http_.answered), milliseconds(now - stored_), whole, whole - sts});
        exchanging_ = false;
        if (static_cast<int>(rows_.size()) == wanted_) {
            rows_.erase(rows_.begin(), rows_.begin() + warmUps);
            return QCoreApplication::quit();
        }
        QMetaObject::invokeMethod(this, [this] { next(); }, Qt::QueuedConnection);
    }

    practice::Practice& practice_;
    const Clock& clock_;
    store::MemorySecretStore secrets_;
    sessions::SessionBook book_;
    NoDelegate delegate_;
    sessions::AgentServer agent_{book_, delegate_};
    cloud::QtHttpClient network_;
    TimedHttp http_{network_};
    cloud::StsClient sts_{http_, clock_};
    saml::ReplayCache replay_;
    saml::TrustedProvider trusted_;
    std::unique_ptr<sessions::SignIn> signIn_;
    std::string socket_;
    std::thread asking_;
    bool exchanging_ = false;
    int wanted_;
    Steady::time_point captured_, decoded_, verified_, stored_;
    std::vector<Row> rows_;
};

} // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    const int count = argc > 1 ? std::max(1, std::atoi(argv[1])) : 30;
    const QTemporaryDir folder;
    const SystemClock clock;
    SystemRandom random;
    const auto practice = practice::Practice::start(folder.path().toStdString(), clock, random);
    if (!practice) stop(practice.error().chain());
    Bench bench(**practice, clock, random, folder.path().toStdString() + "/agent.sock", count);
    QMetaObject::invokeMethod(&bench, [&bench] { bench.next(); }, Qt::QueuedConnection);
    QCoreApplication::exec();

    std::printf("%d sign-ins, milliseconds   %8s %8s %8s\n", count, "min", "median", "max");
    double median = 0;
    for (std::size_t stage = 0; stage < stageNames.size(); ++stage) {
        std::vector<double> times;
        for (const Row& row : bench.rows()) times.push_back(row[stage]);
        std::sort(times.begin(), times.end());
        median = times[times.size() / 2];
        std::printf("%-26s %8.2f %8.2f %8.2f\n", stageNames[stage], times.front(), median, times.back());
    }
    std::printf("budget for the last: %.0f ms\n", budget);
    return median < budget ? 0 : 1;
}
