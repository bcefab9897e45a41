// Reviews an estate on a worker; a new one makes what is under way worthless. Also asks which rows can do an action.
#pragma once

#include "models/items/table/row_set.h"
#include "ui/review/job.h"
#include "ui/review/reviewed.h"

#include <QObject>

#include <map>
#include <set>
#include <string>

namespace gw::ui {

class ReviewRunner : public QObject {
    Q_OBJECT
public:
    explicit ReviewRunner(QObject* parent = nullptr);

    void run(std::shared_ptr<const estate::Estate> estate, std::shared_ptr<const policy::Catalogue> catalogue, std::string rules,
             std::shared_ptr<const estate::campaign::Attestations> attestations, UtcTime now);
    // Only what people attested is another.
    void attestAnew(const ReviewedPtr& review, std::shared_ptr<const estate::campaign::Attestations> attestations, UtcTime now);
    void cancel() { job_.cancel(); }
    // All of it is being made, and not only what was attested.
    [[nodiscard]] bool reviewsAll() const { return all_ && job_.busy(); }
    [[nodiscard]] bool busy() const { return job_.busy() || !asked_.empty(); }
    // The rows of the review shown last that can do it; null until known() tells.
    [[nodiscard]] const items::RowSet* rowsThatCan(const ReviewedPtr& review, const std::string& action);

Q_SIGNALS:
    void progress(int percent);
    void reviewed(const gw::ui::ReviewedPtr& review);
    void known();

private:
    Job job_;
    bool all_ = false;
    std::weak_ptr<const Reviewed> of_; // what can_ was asked of
    std::map<std::string, items::RowSet> can_;
    std::set<std::string> asked_;
};

} // namespace gw::ui
