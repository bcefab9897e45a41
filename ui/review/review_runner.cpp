#include "ui/review/review_runner.h"

#include "models/items/review/can.h"
#include "models/store/on_worker.h"
#include "models/store/when_done.h"

namespace gw::ui {

ReviewRunner::ReviewRunner(QObject* parent) : QObject(parent) {
    connect(&job_, &Job::progress, this, &ReviewRunner::progress);
}

void ReviewRunner::run(std::shared_ptr<const estate::Estate> estate, std::shared_ptr<const policy::Catalogue> catalogue, std::string rules,
                       std::shared_ptr<const estate::campaign::Attestations> attestations, UtcTime now) {
    all_ = true;
    job_.run([estate = std::move(estate), catalogue = std::move(catalogue), rules = std::move(rules), attestations = std::move(attestations),
              now](const Job::Tell& tell) { return reviewEstate(estate, catalogue, rules, attestations, now, tell); },
             [this](const ReviewedPtr& review) {
                 if (review) Q_EMIT reviewed(review);
             });
}

void ReviewRunner::attestAnew(const ReviewedPtr& review, std::shared_ptr<const estate::campaign::Attestations> attestations, UtcTime now) {
    all_ = false;
    job_.run([review, attestations = std::move(attestations), now](const Job::Tell&) { return attestedAnew(*review, attestations, now); },
             [this](const ReviewedPtr& anew) { Q_EMIT reviewed(anew); });
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
