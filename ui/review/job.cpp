#include "ui/review/job.h"

#include <QCoreApplication>
#include <QPointer>

#include <atomic>

namespace gw::ui {

struct Job::State {
    std::atomic<bool> canceled = false;
    std::atomic<int> told = -1;
};

Job::~Job() {
    cancel();
}

std::shared_ptr<Job::State> Job::begin() {
    cancel();
    return state_ = std::make_shared<State>();
}

void Job::cancel() {
    if (state_) state_->canceled = true;
    state_.reset();
}

Job::Tell Job::teller(const std::shared_ptr<State>& state) {
    return [self = QPointer<Job>(this), state](double part) {
        const int percent = static_cast<int>(part * 100);
        if (state->told.exchange(percent) != percent)
            QMetaObject::invokeMethod(
                qApp,
                [self, state, percent] {
                    if (self && self->state_ == state) Q_EMIT self->progress(percent);
                },
                Qt::QueuedConnection);
        return !state->canceled;
    };
}

} // namespace gw::ui
