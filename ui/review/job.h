// One piece of work on a worker at a time, with its progress; a newer one makes what is under way worthless.
#pragma once

#include "models/store/on_worker.h"
#include "models/store/when_done.h"

#include <QObject>

#include <functional>
#include <memory>
#include <utility>

namespace gw::ui {

class Job : public QObject {
    Q_OBJECT
public:
    // How much of it is done, from 0 to 1; false: it is to stop. Any thread.
    using Tell = std::function<bool(double)>;

    using QObject::QObject;
    ~Job() override;
    // `work(tell)` is called on a worker and owns what it uses; `then(result)` on this thread, unless it was cancelled or
    // another began meanwhile.
    template <class Work, class Then>
    void run(Work work, Then then) {
        const auto state = begin();
        whenDone(onWorker([work = std::move(work), tell = teller(state)]() mutable { return work(tell); }), this,
                 [this, state, then = std::move(then)](auto result) mutable {
                     if (state_ != state) return;
                     state_.reset();
                     then(std::move(result));
                 });
    }
    void cancel();
    [[nodiscard]] bool busy() const { return state_ != nullptr; }

Q_SIGNALS:
    void progress(int percent);

private:
    struct State;
    [[nodiscard]] std::shared_ptr<State> begin();
    [[nodiscard]] Tell teller(const std::shared_ptr<State>& state);
    std::shared_ptr<State> state_;
};

} // namespace gw::ui
