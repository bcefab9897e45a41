// A future that already holds its value. QtFuture::makeReadyFuture of Qt 6.4 does not take what can only be moved.
#pragma once

#include <QFuture>
#include <QPromise>

#include <type_traits>
#include <utility>

namespace gw {

template <class T>
[[nodiscard]] QFuture<std::remove_cvref_t<T>> readyFuture(T&& value) {
    QPromise<std::remove_cvref_t<T>> promise;
    promise.start();
    promise.addResult(std::forward<T>(value));
    promise.finish();
    return promise.future();
}

} // namespace gw
