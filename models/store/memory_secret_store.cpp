#include "models/store/memory_secret_store.h"

#include "models/store/ready_future.h"

namespace gw::store {

QFuture<Status> MemorySecretStore::write(std::string key, Secret value) {
    secrets_.insert_or_assign(std::move(key), std::move(value));
    return readyFuture(Status());
}

QFuture<Result<std::optional<Secret>>> MemorySecretStore::read(std::string key) {
    const auto found = secrets_.find(key);
    std::optional<Secret> value;
    if (found != secrets_.end()) value = found->second.clone();
    return readyFuture(Result<std::optional<Secret>>(std::move(value)));
}

QFuture<Status> MemorySecretStore::remove(std::string key) {
    secrets_.erase(key);
    return readyFuture(Status());
}

} // namespace gw::store
