// A secret store that can be handed out before it is known whether this machine has a keychain. Operations wait until
// then, in order; the start of the program waits for nothing. Lives on the GUI thread.
#pragma once

#include "models/store/open_secret_store.h"

#include <QObject>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace gw::app {

class DeferredSecretStore final : public QObject, public store::SecretStore {
    Q_OBJECT
public:
    explicit DeferredSecretStore(QObject* parent = nullptr);
    ~DeferredSecretStore() override;

    // Starts to look. `opened` follows once.
    void open(std::string serviceName);

    [[nodiscard]] QFuture<Status> write(std::string key, Secret value) override;
    [[nodiscard]] QFuture<Result<std::optional<Secret>>> read(std::string key) override;
    [[nodiscard]] QFuture<Status> remove(std::string key) override;
    // False until a keychain has proved to work.
    [[nodiscard]] bool outlivesProcess() const override;

    // Why there is memory only; nothing with a keychain or before `opened`.
    [[nodiscard]] const std::optional<Error>& problem() const { return problem_; }

Q_SIGNALS:
    void opened();

private:
    template <class T>
    QFuture<T> run(std::function<QFuture<T>(store::SecretStore&)> operation);

    std::unique_ptr<store::SecretStore> store_;
    std::optional<Error> problem_;
    std::vector<std::function<void()>> waiting_;
};

} // namespace gw::app
