// Calls AWS for gatewardenctl estate import --live and map apply. See live_door.h.
#include "app/gatewardenctl/live_door.h"

#include "models/cloud/aws/answer.h"
#include "models/cloud/aws/blocking_calls.h"
#include "models/cloud/qt_http_client.h"
#include "models/cloud/read/live_read.h"
#include "models/sessions/agent/protocol.h"
#include "saml/aws/endpoints.h"
#include "saml/base/json_fields.h"
#include "ui/errors_text.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>

namespace gw::ctl {
namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

Error unusable(std::string sentence) {
    return Error(cloud::ReadError::NothingToRead, std::move(sentence));
}

// As a credential process prints them.
Result<cloud::Credentials> fromProfile(const std::string& profile, bool practice) {
    agent::Answer answer =
        agent::ask(agent::socketPath(practice), R"({"v":1,"op":"credential-process","profile":)" + agent::quoted(profile) + "}");
    if (answer.exitCode != 0) return fail(unusable(answer.payload));
    auto json = parseJson(answer.payload);
    agent::wipe(answer.payload);
    const auto expiration = json && json->is_object() ? UtcTime::parse(textField(*json, "Expiration")) : Result<UtcTime>(UtcTime());
    if (!json || !json->is_object() || !expiration) return fail(unusable("the answer of the console is not understood"));
    return cloud::Credentials{textField(*json, "AccessKeyId"), Secret(textField(*json, "SecretAccessKey")),
                              Secret(textField(*json, "SessionToken")), *expiration};
}

Result<cloud::Credentials> fromEnvironment() {
    cloud::Credentials found{variable("AWS_ACCESS_KEY_ID"), Secret(variable("AWS_SECRET_ACCESS_KEY")), Secret(variable("AWS_SESSION_TOKEN")),
                             SystemClock().now() + std::chrono::hours(12)};
    if (found.accessKeyId.empty() || found.secretAccessKey.empty())
        return fail(unusable("name a session by --profile, or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"));
    if (const auto end = UtcTime::parse(variable("AWS_CREDENTIAL_EXPIRATION"))) found.expiration = *end;
    return found;
}

aws::Partition partitionOf(const std::string& region) {
    using aws::Partition;
    for (const Partition each : {Partition::Aws, Partition::AwsCn, Partition::AwsUsGov, Partition::AwsEusc, Partition::AwsIso,
                                 Partition::AwsIsoB, Partition::AwsIsoE, Partition::AwsIsoF})
        for (const aws::Region& known : aws::knownRegions(each))
            if (known.value() == region) return each;
    return Partition::Aws;
}

std::string endpointFromEnvironment() {
    std::string endpoint = variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") == "true" ? std::string() : variable("AWS_ENDPOINT_URL");
    while (endpoint.ends_with('/')) endpoint.pop_back();
    return endpoint;
}

std::vector<cloud::ReadSession> sessionsFor(const LiveRequest& request) {
    const std::string endpoint = endpointFromEnvironment();
    const auto session = [&](const std::string& name) {
        cloud::ReadSession made;
        made.name = name;
        made.partition = partitionOf(request.regions.front());
        for (const std::string& each : request.regions) made.regions.emplace_back(each);
        made.endpoint = endpoint;
        return made;
    };
    std::vector<cloud::ReadSession> sessions;
    for (const std::string& profile : request.profiles) {
        sessions.push_back(session(profile));
        sessions.back().credentials = [profile, practice = request.practice] { return fromProfile(profile, practice); };
    }
    if (sessions.empty()) {
        sessions.push_back(session("environment"));
        sessions.back().credentials = fromEnvironment;
    }
    return sessions;
}

std::string sentence(const Error& error) {
    // What was found before AWS was asked has its own words.
    if (error.code().is(cloud::ReadError::NothingToRead) && !error.detail().empty()) return error.detail();
    const ui::ErrorText text = ui::explain(error);
    std::string line = text.title.toStdString() + ". " + text.why.toStdString();
    if (const std::string_view message = error.fact("message"); !message.empty()) line += " AWS: " + std::string(message);
    return line;
}

std::string ageWords(UtcTime::Duration age) {
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(age).count();
    if (minutes < 2) return "about a minute";
    return minutes < 120 ? std::to_string(minutes) + " minutes" : std::to_string(minutes / 60) + " hours";
}

void describe(const cloud::ReadOutcome& outcome, LiveResult& result) {
    // A call that is refused for every object is told once.
    std::map<std::string, std::pair<std::size_t, std::string>> gaps;
    for (const cloud::ReadGap& each : outcome.gaps) {
        std::string place = each.account.empty() ? each.session : each.account;
        for (const std::string* part : {&each.region, &each.service, &each.call})
            if (!part->empty()) place += " " + *part;
        auto& [count, words] = gaps[place + "\n" + each.error.code().id()];
        if (++count == 1) words = "not read: " + place + ": " + sentence(each.error);
    }
    for (const auto& [key, gap] : gaps)
        result.notes.push_back(gap.second + (gap.first > 1 ? " (" + std::to_string(gap.first) + " times)" : ""));
    result.gaps = !outcome.gaps.empty();
    std::string line = std::to_string(outcome.accounts.size()) + " accounts read by " + std::to_string(outcome.calls) + " calls";
    if (outcome.repeated > 0) line += ", " + std::to_string(outcome.repeated) + " of them repeated";
    if (outcome.kept > 0 && outcome.oldest)
        line += "; " + std::to_string(outcome.kept) + " answers are from an earlier read, the oldest " +
                ageWords(SystemClock().now() - *outcome.oldest) + " old";
    result.notes.push_back(std::move(line));
    if (outcome.stopped && outcome.files.empty()) result.notes.push_back(sentence(*outcome.stopped));
    else if (outcome.stopped) result.notes.push_back(sentence(*outcome.stopped) + " The same command goes on from there.");
    result.complete = !outcome.stopped;
    for (const auto& each : outcome.files) result.files.push_back(each.string());
}

void read(const LiveRequest& request, LiveResult& result) {
    int count = 1;
    char name[] = "gatewardenctl";
    char* words[] = {name, nullptr};
    QCoreApplication application(count, static_cast<char**>(words));
    const SystemClock clock;
    // All calls of a read may come twice.
    cloud::QtHttpSettings network;
    network.keptOpen = std::chrono::seconds(10);
    cloud::QtHttpClient http(std::move(network));
    cloud::ReadSettings settings;
    settings.folder = request.folder;
    settings.maxAge = request.maxAge;
    cloud::LiveRead reader(http, clock, std::move(settings), sessionsFor(request));
    bool shown = false;
    QObject::connect(&reader, &cloud::LiveRead::progressed, &application, [&](const cloud::ReadProgress& progress) {
        if (!request.terminal) return;
        shown = true;
        std::fprintf(stderr, "\r%zu of %zu calls, %zu objects, %zu not allowed%s\x1B[K", progress.done, progress.known, progress.objects,
                     progress.gaps, progress.throttled ? "; AWS asks to slow down" : "");
    });
    QTimer watch;
    watch.callOnTimeout(&reader, [&] {
        if (request.interrupted != nullptr && *request.interrupted) reader.cancel();
    });
    watch.start(std::chrono::milliseconds(100));
    QObject::connect(&reader, &cloud::LiveRead::finished, &application, [&](const cloud::ReadOutcome& outcome) {
        describe(outcome, result);
        QCoreApplication::quit();
    });
    QTimer::singleShot(0, &reader, &cloud::LiveRead::start);
    application.exec();
    if (shown) std::fputs("\r\x1B[K", stderr);
}

class Calls final : public LiveCalls {
public:
    explicit Calls(const LiveRequest& request)
        : application_(count_, static_cast<char**>(words_)), calls_([] { return std::make_unique<cloud::QtHttpClient>(); }, clock_, settingsFor(request)), home_(request.regions.front()) {
        for (cloud::ReadSession& each : sessionsFor(request))
            sessions_.push_back({std::move(each.name), each.partition, std::move(each.endpoint), std::move(each.credentials)});
    }

    void identify(std::vector<std::string>& notes) {
        for (cloud::CallSession& each : sessions_) {
            auto account = calls_.accountOf(each, home_);
            if (!account) notes.push_back(each.name + ": " + sentence(account.error()));
            accounts_.push_back(account ? std::move(*account) : std::string());
        }
    }

    [[nodiscard]] const std::vector<std::string>& accounts() const override { return accounts_; }

    [[nodiscard]] Reply call(const mesh::ApiCall& what, const std::string& account, const std::string& region) override {
        const auto found = std::find(accounts_.begin(), accounts_.end(), account);
        if (found == accounts_.end()) return {Reply::Kind::Refused, {}, unusable("no session is of account " + account)};
        cloud::CallSession& session = sessions_[static_cast<std::size_t>(found - accounts_.begin())];
        using Method = cloud::HttpRequest::Method;
        static constexpr std::array methods{Method::Get, Method::Post, Method::Put, Method::Patch, Method::Delete};
        const cloud::AwsCall sent{cloud::awsService(what.service), std::string(what.operation), methods[static_cast<std::size_t>(what.method)],
                                  what.path, what.parameters, what.body};
        const bool reads = what.operation.starts_with("Get") || what.operation.starts_with("List");
        auto answer = calls_.call(session, sent, region.empty() ? home_ : aws::Region(region), reads);
        if (answer) return {Reply::Kind::Answered, std::move(*answer), std::nullopt};
        const bool absent = answer.error().code().is(cloud::AwsError::NotFound);
        return {absent ? Reply::Kind::Absent : Reply::Kind::Refused, {}, std::move(answer).error()};
    }

private:
    static cloud::CallSettings settingsFor(const LiveRequest& request) {
        cloud::CallSettings settings;
        settings.interrupted = [flag = request.interrupted] { return flag != nullptr && *flag; };
        return settings;
    }

    int count_ = 1;
    char name_[sizeof("gatewardenctl")] = "gatewardenctl";
    char* words_[2] = {name_, nullptr};
    QCoreApplication application_;
    SystemClock clock_;
    cloud::BlockingCalls calls_; // with a connection for each: none may come twice
    aws::Region home_;
    std::vector<cloud::CallSession> sessions_;
    std::vector<std::string> accounts_; // one for each session
};

std::unique_ptr<LiveCalls> calls(const LiveRequest& request, std::vector<std::string>& notes) {
    auto made = std::make_unique<Calls>(request);
    made->identify(notes);
    const auto& accounts = made->accounts();
    if (std::all_of(accounts.begin(), accounts.end(), [](const std::string& each) { return each.empty(); })) return nullptr;
    return made;
}

constexpr LiveDoor door{read, cloud::readPolicy, calls};

} // namespace
} // namespace gw::ctl

extern "C" __attribute__((visibility("default"))) const gw::ctl::LiveDoor* gatewardenLiveDoor();
const gw::ctl::LiveDoor* gatewardenLiveDoor() {
    return &gw::ctl::door;
}
