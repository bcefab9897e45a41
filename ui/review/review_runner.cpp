#include "ui/review/review_runner.h"

#include "models/items/review/can.h"
#include "models/store/on_worker.h"
#include "models/store/when_done.h"

#include <QCoreApplication>
#include <QPointer>

#include <atomic>

namespace gw::ui {

struct ReviewRunner::Work {
    std::atomic<bool> canceled = false;
    std::atomic<int> told = -1;
};

ReviewRunner::~ReviewRunner() {
    cancel();
}

void ReviewRunner::run(std::shared_ptr<const estate::Estate> estate, std::shared_ptr<const policy::Catalogue> catalogue, std::string rules,
                       std::shared_ptr<const estate::campaign::Attestations> attestations, UtcTime now) {
    cancel();
    auto work = std::make_shared<Work>();
    work_ = work;
    const QPointer<ReviewRunner> self(this);
    const auto tell = [self, work](double part) {
        const int percent = static_cast<int>(part * 100);
        if (work->told.exchange(percent) != percent)
            QMetaObject::invokeMethod(
                qApp,
                [self, work, percent] {
                    if (self && self->work_ == work) Q_EMIT self->progress(percent);
                },
                Qt::QueuedConnection);
        return !work->canceled;
    };
    whenDone(onWorker([estate = std::move(estate), catalogue = std::move(catalogue), rules = std::move(rules),
                       attestations = std::move(attestations), now, tell] {
                 return reviewEstate(estate, catalogue, rules, attestations, now, tell);
             }), this,
             [this, work](const ReviewedPtr& review) {
                 if (work_ != work || !review) return;
                 work_.reset();
                 Q_EMIT reviewed(review);
             });
}

void ReviewRunner::cancel() {
    if (work_) work_->canceled = true;
    work_.reset();
}

const items::RowSet* ReviewRunner::rowsThatCan(const ReviewedPtr& review, const std::string& action) {
    if (of_.lock() != review) {
        of_ = review;
        can_.clear();
        asked_.clear();
    }
    const auto found = can_.find(action);
    if (found != can_.end()) return &found->second;
    if (!asked_.insert(action).second) return nullptr;
    const auto work = [review, action] {
        policy::WorldRules world;
        world.now = review->now;
        world.catalogue = review->catalogue.get();
        return items::rowsThatCan(*review->estate, review->mappings, action, world);
    };
    whenDone(onWorker(work), this, [this, review, action](items::RowSet rows) {
        if (of_.lock() != review) return;
        asked_.erase(action);
        can_.insert_or_assign(action, std::move(rows));
        Q_EMIT known();
    });
    return nullptr;
}

} // namespace gw::ui
