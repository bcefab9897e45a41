#include "models/store/open_secret_store.h"

#include "models/store/keychain_secret_store.h"
#include "models/store/memory_secret_store.h"
#include "models/store/when_done.h"
#include "saml/base/random.h"

#include <QObject>
#include <QPromise>
#include <QTimer>

namespace gw::store {
namespace {

// Lives until its question is answered; the first answer counts, and late ones find no context to arrive in.
class Probe : public QObject {
public:
    Probe(std::string serviceName, std::chrono::milliseconds patience)
        : store_(std::make_unique<KeychainSecretStore>(std::move(serviceName))), key_("probe-" + SystemRandom().hex(8)),
          value_(SystemRandom().hex(16)) {
        promise_.start();
        patience_.setSingleShot(true);
        patience_.callOnTimeout(this, [this] { giveUp(Error(SecretStoreError::Failed, "the keychain did not answer in time")); });
        patience_.start(patience);
    }

    [[nodiscard]] QFuture<OpenedSecretStore> future() { return promise_.future(); }

    void begin() {
        whenDone(store_->write(key_, Secret(std::string_view(value_))), this, [this](const Status& written) {
            if (!written) return giveUp(written.error());
            readBack();
        });
    }

private:
    void readBack() {
        whenDone(store_->read(key_), this, [this](const Result<std::optional<Secret>>& found) {
            if (!found) return giveUp(found.error());
            // A keyring that was locked in between answers nothing.
            if (!*found || !(*found)->equals(value_))
                return giveUp(Error(SecretStoreError::Failed, "the keychain did not return what it was given"));
            cleanUp();
        });
    }

    void cleanUp() {
        whenDone(store_->remove(key_), this, [this](const Status& removed) {
            if (!removed) return giveUp(removed.error());
            finish({OpenedSecretStore::Kind::Keychain, std::move(store_), std::nullopt});
        });
    }

    void giveUp(Error why) {
        finish({OpenedSecretStore::Kind::Memory, std::make_unique<MemorySecretStore>(), std::move(why)});
    }

    void finish(OpenedSecretStore opened) {
        patience_.stop();
        promise_.addResult(std::move(opened));
        promise_.finish();
        deleteLater();
    }

    std::unique_ptr<SecretStore> store_;
    std::string key_, value_;
    QTimer patience_;
    QPromise<OpenedSecretStore> promise_;
};

} // namespace

QFuture<OpenedSecretStore> openSecretStore(std::string serviceName, std::chrono::milliseconds patience) {
    auto* probe = new Probe(std::move(serviceName), patience);
    auto future = probe->future();
    probe->begin();
    return future;
}

} // namespace gw::store
