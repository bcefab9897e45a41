#include "ui/explain/explain_runner.h"

#include "models/store/on_worker.h"
#include "models/store/when_done.h"

namespace gw::ui {

void ExplainRunner::run(const AskedPtr& question, const Trial& trial, const std::shared_ptr<const policy::Catalogue>& catalogue) {
    const quint64 mine = ++generation_;
    busy_ = true;
    Q_EMIT started();
    whenDone(onWorker([question, trial, catalogue] { return answerQuestion(question, trial, catalogue); }), this,
             [this, mine](const Result<ExplainedPtr>& answer) {
                 if (mine != generation_) return;
                 if (!answer) {
                     busy_ = false;
                     Q_EMIT failed(answer.error());
                     return;
                 }
                 Q_EMIT explained(*answer);
                 if (mine != generation_) return;
                 whenDone(onWorker([kept = *answer] { return editsOf(*kept); }), this,
                          [this, mine](const std::vector<estate::PlacedEdit>& edits) {
                              if (mine != generation_) return;
                              busy_ = false;
                              Q_EMIT editsFound(edits);
                          });
             });
}

void ExplainRunner::cancel() {
    ++generation_;
    busy_ = false;
}

} // namespace gw::ui
