#include "models/store/keychain_secret_store.h"

#include <QPromise>

#include <qt6keychain/keychain.h>

#include <memory>

namespace gw::store {
namespace {

Error toError(const QKeychain::Job& job) {
    SecretStoreError code = SecretStoreError::Failed;
    switch (job.error()) {
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented: code = SecretStoreError::NoBackend; break;
    case QKeychain::AccessDeniedByUser: code = SecretStoreError::DeniedByPerson; break;
    // What a locked collection answers to a write (QtKeychain 0.13.2 with libsecret).
    case QKeychain::AccessDenied: code = SecretStoreError::Locked; break;
    case QKeychain::NoError:
    case QKeychain::EntryNotFound:
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError: break;
    }
    const std::string reason = job.errorString().toStdString();
    return Error(code, reason).with("reason", reason);
}

// Starts the job; `result` makes the value of the future from the finished job, which deletes itself afterwards.
template <class T, class J, class F>
QFuture<T> run(J* job, const std::string& key, F result) {
    job->setInsecureFallback(false);
    job->setKey(QString::fromStdString(key));
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    QObject::connect(job, &QKeychain::Job::finished, job, [promise, job, result] {
        promise->addResult(result(*job));
        promise->finish();
    });
    job->start();
    return promise->future();
}

} // namespace

KeychainSecretStore::KeychainSecretStore(std::string serviceName) : serviceName_(std::move(serviceName)) {}

QFuture<Status> KeychainSecretStore::write(std::string key, Secret value) {
    auto* job = new QKeychain::WritePasswordJob(QString::fromStdString(serviceName_));
    const std::string_view bytes = value.reveal();
    job->setBinaryData(QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())));
    return run<Status>(job, key, [](const QKeychain::Job& done) -> Status {
        if (done.error() != QKeychain::NoError) return fail(toError(done));
        return {};
    });
}

QFuture<Result<std::optional<Secret>>> KeychainSecretStore::read(std::string key) {
    using Answer = Result<std::optional<Secret>>;
    auto* job = new QKeychain::ReadPasswordJob(QString::fromStdString(serviceName_));
    return run<Answer>(job, key, [](const QKeychain::ReadPasswordJob& done) -> Answer {
        if (done.error() == QKeychain::EntryNotFound) return std::optional<Secret>();
        if (done.error() != QKeychain::NoError) return fail(toError(done));
        QByteArray bytes = done.binaryData();
        std::optional<Secret> secret(std::in_place, std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
        wipe(bytes.data(), static_cast<std::size_t>(bytes.size()));
        return secret;
    });
}

QFuture<Status> KeychainSecretStore::remove(std::string key) {
    auto* job = new QKeychain::DeletePasswordJob(QString::fromStdString(serviceName_));
    return run<Status>(job, key, [](const QKeychain::Job& done) -> Status {
        if (done.error() != QKeychain::NoError && done.error() != QKeychain::EntryNotFound) return fail(toError(done));
        return {};
    });
}

} // namespace gw::store
