#include "models/store/database_thread.h"

namespace gw::store {

DatabaseThread::DatabaseThread(std::filesystem::path path) : path_(std::move(path)), there_(new QObject) {
    thread_.setObjectName(QStringLiteral("store"));
    there_->moveToThread(&thread_);
}

DatabaseThread::~DatabaseThread() {
    if (thread_.isRunning()) {
        QMetaObject::invokeMethod(
            there_,
            [this] {
                database_.reset();
                thread_.quit();
            },
            Qt::QueuedConnection);
        thread_.wait();
    }
    delete there_;
}

void DatabaseThread::post(std::function<void()> work) {
    if (!thread_.isRunning()) thread_.start();
    QMetaObject::invokeMethod(there_, std::move(work), Qt::QueuedConnection);
}

Status DatabaseThread::ensureOpen() {
    if (database_) return {};
    auto opened = Database::open(path_);
    if (!opened) return fail(std::move(opened).error());
    database_ = std::move(*opened);
    return {};
}

} // namespace gw::store
