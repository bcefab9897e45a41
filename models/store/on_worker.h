// A piece of work on the global thread pool, as a future. Give it to whenDone() of when_done.h.
#pragma once

#include "saml/dsig/thread_scope.h"

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <utility>

namespace gw {

// `work` is called once and gives a value; it owns what it uses.
template <class Work>
[[nodiscard]] auto onWorker(Work work) {
    using Answer = decltype(work());
    auto promise = std::make_shared<QPromise<Answer>>();
    QFuture<Answer> future = promise->future();
    promise->start();
    QThreadPool::globalInstance()->start([promise, work = std::move(work)]() mutable {
        const saml::openssl::ThreadScope scope;
        promise->addResult(work());
        promise->finish();
    });
    return future;
}

} // namespace gw
