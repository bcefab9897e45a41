#include "app/composition/deferred_secret_store.h"

#include "models/store/when_done.h"

#include <QPromise>

namespace gw::app {

DeferredSecretStore::DeferredSecretStore(QObject* parent) : QObject(parent) {}
DeferredSecretStore::~DeferredSecretStore() = default;

void DeferredSecretStore::open(std::string serviceName) {
    whenDone(store::openSecretStore(std::move(serviceName)), this, [this](store::OpenedSecretStore found) {
        store_ = std::move(found.store);
        problem_ = std::move(found.problem);
        for (const auto& operation : std::exchange(waiting_, {})) operation();
        Q_EMIT opened();
    });
}

template <class T>
QFuture<T> DeferredSecretStore::run(std::function<QFuture<T>(store::SecretStore&)> operation) {
    if (store_ != nullptr) return operation(*store_);
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    waiting_.emplace_back([this, promise, operation = std::move(operation)] {
        whenDone(operation(*store_), this, [promise](T result) {
            promise->addResult(std::move(result));
            promise->finish();
        });
    });
    return promise->future();
}

QFuture<Status> DeferredSecretStore::write(std::string key, Secret value) {
    // std::function copies what it holds, so the secret is shared rather than moved in.
    auto held = std::make_shared<Secret>(std::move(value));
    return run<Status>([key = std::move(key), held](store::SecretStore& store) { return store.write(key, std::move(*held)); });
}

QFuture<Result<std::optional<Secret>>> DeferredSecretStore::read(std::string key) {
    return run<Result<std::optional<Secret>>>([key = std::move(key)](store::SecretStore& store) { return store.read(key); });
}

QFuture<Status> DeferredSecretStore::remove(std::string key) {
    return run<Status>([key = std::move(key)](store::SecretStore& store) { return store.remove(key); });
}

bool DeferredSecretStore::outlivesProcess() const {
    return store_ != nullptr && store_->outlivesProcess();
}

} // namespace gw::app
