// What to do with the result of a future, on the thread of `context` and only while that lives.
//
// QFuture::then(context, …) means the same, but up to Qt 6.4 at least it asserts in debug builds when the context goes
// before the future is finished, which is what happens whenever a window is closed during a transfer.
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace gw {

// Call it on the thread of `context`. `then` gets the result by value, from the event loop and never from inside this
// call; it is not called where the future was canceled.
template <class T, class F>
void whenDone(QFuture<T> future, QObject* context, F then) {
    auto* watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, then = std::move(then)]() mutable {
        QFuture<T> done = watcher->future();
        watcher->deleteLater();
        if (!done.isCanceled() && done.resultCount() > 0) then(done.takeResult());
    });
    watcher->setFuture(std::move(future));
}

} // namespace gw
