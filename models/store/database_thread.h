// A database on a thread of its own, where everything asked of it is done in turn. It is opened when something is first asked;
// where that fails each question gets the error, and the next one tries again.
#pragma once

#include "models/store/database.h"

#include <QFuture>
#include <QPromise>
#include <QThread>

#include <filesystem>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace gw::store {

// For the thread that made it.
class DatabaseThread {
public:
    explicit DatabaseThread(std::filesystem::path path);
    // Waits for what was asked.
    ~DatabaseThread();
    DatabaseThread(const DatabaseThread&) = delete;
    DatabaseThread& operator=(const DatabaseThread&) = delete;

    // `work` takes the database and gives a Result or Status; it runs over there and owns what it uses.
    template <class Work>
    [[nodiscard]] auto ask(Work work) {
        using Answer = std::invoke_result_t<Work, Database&>;
        auto promise = std::make_shared<QPromise<Answer>>();
        QFuture<Answer> future = promise->future();
        promise->start();
        post([this, promise, work = std::move(work)]() mutable {
            if (const Status ready = ensureOpen(); ready)
                promise->addResult(work(*database_));
            else
                promise->addResult(Answer(fail(ready.error())));
            promise->finish();
        });
        return future;
    }

private:
    void post(std::function<void()> work);
    [[nodiscard]] Status ensureOpen();

    std::filesystem::path path_;
    QThread thread_;
    QObject* there_; // lives on the thread
    std::unique_ptr<Database> database_;
};

} // namespace gw::store
