#include "app/practice/practice.h"

#include "app/practice/behaviour.h"
#include "app/practice/http_server.h"
#include "app/practice/identity_provider.h"
#include "app/practice/organisation.h"
#include "app/practice/provider_keys.h"
#include "app/practice/sts_endpoint.h"

#include <QMetaObject>
#include <QThread>

#include <utility>

namespace gw::practice {

namespace {

// Forms of the provider hold a user name and a password.
constexpr HttpLimits providerLimits{.body = 16 * 1024};

// Both servers, living in one worker thread.
class Servers final : public QObject {
public:
    Servers(const Organisation& organisation, const Behaviour& behaviour, Random& random)
        : organisation_(organisation), behaviour_(behaviour), random_(random) {}

    Status listen(saml::SigningKey key) {
        const auto now = [this] { return behaviour_.now(); };
        auto* providerServer = new HttpServer(now, providerLimits, this);
        auto* awsServer = new HttpServer(now, HttpLimits{}, this);
        GW_CHECK(providerServer->listen());
        GW_CHECK(awsServer->listen());
        endpoint_ = std::make_unique<StsEndpoint>(
            organisation_, saml::TrustedProvider{organisation_.entityId(), {key.certificate}}, behaviour_, random_);
        provider_ =
            std::make_unique<IdentityProvider>(providerServer->origin(), organisation_, std::move(key), behaviour_, random_);
        providerServer->setHandler([this](const HttpRequest& request) { return provider_->handle(request); });
        awsServer->setHandler([this](const HttpRequest& request) { return endpoint_->handle(request); });
        loginUrl = provider_->loginUrl();
        metadataUrl = provider_->metadataUrl();
        awsUrl = awsServer->origin();
        return {};
    }

    std::string loginUrl, metadataUrl, awsUrl;

private:
    const Organisation& organisation_;
    const Behaviour& behaviour_;
    Random& random_;
    std::unique_ptr<IdentityProvider> provider_;
    std::unique_ptr<StsEndpoint> endpoint_;
};

class PracticeServers final : public Practice {
public:
    PracticeServers(Organisation organisation, const Clock& clock, Random& random)
        : organisation_(std::move(organisation)), behaviour_(clock), servers_(new Servers(organisation_, behaviour_, random)) {
        thread_.setObjectName(QStringLiteral("practice"));
        servers_->moveToThread(&thread_);
        QObject::connect(&thread_, &QThread::finished, servers_, &QObject::deleteLater);
        thread_.start();
    }

    ~PracticeServers() override {
        thread_.quit();
        thread_.wait();
    }

    Status listen(saml::SigningKey key) {
        Status status;
        QMetaObject::invokeMethod(
            servers_, [&] { status = servers_->listen(std::move(key)); }, Qt::BlockingQueuedConnection);
        loginUrl_ = servers_->loginUrl;
        metadataUrl_ = servers_->metadataUrl;
        awsUrl_ = servers_->awsUrl;
        return status;
    }

    [[nodiscard]] UtcTime now() const { return behaviour_.now(); }

    [[nodiscard]] sessions::Provider provider() const override {
        sessions::Provider out;
        out.id = sessions::ProviderId("practice");
        out.name = organisation_.ssoName();
        out.kind = "practice";
        out.loginUrl = loginUrl_;
        out.metadataUrl = metadataUrl_;
        out.entityId = organisation_.entityId();
        out.regions = {aws::Region("eu-west-1"), aws::Region("eu-central-1"), aws::Region("us-east-1")};
        out.stsEndpoint = awsUrl_;
        out.environments = {{"*-prod-*", sessions::Environment::Prod},
                            {"*-stage-*", sessions::Environment::Stage},
                            {"*-dev-*", sessions::Environment::Dev},
                            {"*-shared-*", sessions::Environment::Shared}};
        for (const Account& account : organisation_.accounts()) out.accountAliases.emplace(account.id, account.alias);
        return out;
    }

    [[nodiscard]] std::string awsEndpoint() const override { return awsUrl_; }

    void misbehave(const Misbehaviour& how) override { behaviour_.set(how); }

private:
    const Organisation organisation_;
    Behaviour behaviour_;
    QThread thread_;
    // Deleted in its own thread when that ends.
    Servers* servers_;
    std::string loginUrl_, metadataUrl_, awsUrl_;
};

} // namespace

Result<std::unique_ptr<Practice>> Practice::start(const std::filesystem::path& folder, const Clock& clock, Random& random) {
    GW_TRY(auto organisation, Organisation::embedded());
    GW_TRY(auto key, loadOrMakeProviderKey(folder, clock.now()));
    auto practice = std::make_unique<PracticeServers>(std::move(organisation), clock, random);
    GW_CHECK(practice->listen(std::move(key)));
    return practice;
}

} // namespace gw::practice
