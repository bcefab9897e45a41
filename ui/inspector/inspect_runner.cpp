#include "ui/inspector/inspect_runner.h"

#include "models/store/on_worker.h"
#include "models/store/when_done.h"

namespace gw::ui {

void InspectRunner::run(InspectRequest request) {
    const quint64 mine = ++generation_;
    busy_ = true;
    Q_EMIT started();
    whenDone(onWorker([request = std::move(request)] { return examine(request); }), this, [this, mine](const Result<ExaminedPtr>& examined) {
        if (mine != generation_) return;
        busy_ = false;
        if (examined)
            Q_EMIT finished(*examined);
        else
            Q_EMIT failed(examined.error());
    });
}

void InspectRunner::cancel() {
    ++generation_;
    busy_ = false;
}

} // namespace gw::ui
