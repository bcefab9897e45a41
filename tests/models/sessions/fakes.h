// Stand-ins for what the sessions library is given: secrets, chance, HTTP.
#pragma once

#include "models/cloud/credentials.h"
#include "models/cloud/http_client.h"
#include "models/sessions/session.h"
#include "models/store/secret_store.h"
#include "saml/base/random.h"

#include <QPromise>

#include <deque>
#include <functional>
#include <map>
#include <memory>

namespace gw::test {

template <class T>
QFuture<T> ready(T value) {
    QPromise<T> promise;
    promise.start();
    promise.addResult(std::move(value));
    promise.finish();
    return promise.future();
}

// Counts: every draw differs, every run is the same.
class CountingRandom final : public Random {
public:
    void fill(std::span<std::byte> out) override {
        ++count_;
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::byte>((count_ >> (8 * (i % 4))) & 255U);
    }

private:
    std::uint32_t count_ = 0;
};

// A keychain that survives its book, and can be locked.
class FakeSecretStore final : public store::SecretStore {
public:
    std::map<std::string, std::string> values;
    bool locked = false;
    int writes = 0;

    QFuture<Status> write(std::string key, Secret value) override {
        ++writes;
        if (locked) return ready(Status(fail(store::SecretStoreError::Locked)));
        values[key] = std::string(value.reveal());
        return ready(Status());
    }
    QFuture<Result<std::optional<Secret>>> read(std::string key) override {
        using Answer = Result<std::optional<Secret>>;
        if (locked) return ready(Answer(fail(store::SecretStoreError::Locked)));
        const auto found = values.find(key);
        if (found == values.end()) return ready(Answer(std::optional<Secret>()));
        return ready(Answer(std::optional<Secret>(Secret(std::string_view(found->second)))));
    }
    QFuture<Status> remove(std::string key) override {
        if (locked) return ready(Status(fail(store::SecretStoreError::Locked)));
        values.erase(key);
        return ready(Status());
    }
    bool outlivesProcess() const override { return true; }
};

// Keeps every request until the test answers it, in any order.
class FakeHttp final : public cloud::HttpClient {
public:
    struct Call {
        cloud::HttpRequest request;
        QPromise<Result<cloud::HttpResponse>> promise;
        bool answered = false;
    };
    std::deque<std::unique_ptr<Call>> calls;

    QFuture<Result<cloud::HttpResponse>> send(cloud::HttpRequest request) override {
        auto call = std::make_unique<Call>();
        call->request = std::move(request);
        call->promise.start();
        auto future = call->promise.future();
        calls.push_back(std::move(call));
        return future;
    }
    void answer(std::size_t index, int status, std::string body) {
        cloud::HttpResponse response;
        response.status = status;
        response.headers = {{"content-type", "text/xml"}};
        response.body = Secret(std::move(body));
        finish(*calls[index], std::move(response));
    }
    // Before what waits for the answers goes.
    void cancelAll() {
        for (auto& call : calls) finish(*call, fail(cloud::NetError::Canceled));
    }

private:
    static void finish(Call& call, Result<cloud::HttpResponse> result) {
        if (std::exchange(call.answered, true)) return;
        call.promise.addResult(std::move(result));
        call.promise.finish();
    }
};

inline aws::RolePair pair(const std::string& name, const std::string& account = "111122223333", const std::string& path = "/") {
    return {aws::RoleArn::parse("arn:aws:iam::" + account + ":role" + path + name).value(),
            aws::SamlProviderArn::parse("arn:aws:iam::" + account + ":saml-provider/Practice").value()};
}

inline cloud::Credentials credentials(UtcTime expiration, const std::string& key = "ASIAEXAMPLEKEY00") {
    return {key, Secret(std::string_view("secret/of+" )), Secret(std::string_view("token==")), expiration};
}

inline sessions::Session session(const aws::RolePair& pair, const std::string& profile, UtcTime now, std::chrono::seconds length) {
    sessions::Session session;
    session.provider = sessions::ProviderId("northwind");
    session.pair = pair;
    session.roleLabel = pair.role.name();
    session.accountAlias = "payments";
    session.environment = sessions::Environment::Prod;
    session.region = aws::Region("eu-west-1");
    session.profile = sessions::ProfileName(profile);
    session.accessKeyId = "ASIAEXAMPLEKEY00";
    session.assumedRoleArn = "arn:aws:sts::111122223333:assumed-role/" + pair.role.name() + "/alice";
    session.roleSessionName = "alice@example.org";
    session.tags = {{"team", "blue"}};
    session.started = now;
    session.expiration = now + length;
    return session;
}

} // namespace gw::test
