// Access gained and lost against a baseline, made on a worker and then only read.
#pragma once

#include "models/estate/drift.h"
#include "models/items/review/drift_rows.h"
#include "ui/review/job.h"
#include "ui/review/reviewed.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

namespace gw::ui {

struct Drifted {
    ReviewedPtr review;
    std::shared_ptr<const estate::Estate> baseline;
    QString baselineName;
    estate::DriftReport report;
    items::Table table; // a row for each drift
};
using DriftedPtr = std::shared_ptr<const Drifted>;

// Null where `tell` stopped it. Any thread.
[[nodiscard]] DriftedPtr compareEstates(const ReviewedPtr& review, std::shared_ptr<const estate::Estate> baseline, const QString& name, const Job::Tell& tell);
// The same drifts by the rules of another review of the same estate.
[[nodiscard]] DriftedPtr settledAnew(const Drifted& drifted, const ReviewedPtr& review);

// A document of the object, laid out line by line, as it was and as it is; empty where it is not there.
struct DocumentChange {
    QString name;
    QStringList before, after;
};
// The documents that differ, of a role, user or resource. Any thread.
[[nodiscard]] std::vector<DocumentChange> documentChanges(const Drifted& drifted, std::size_t drift);

// "gained", "lost".
[[nodiscard]] QString directionWord(estate::DriftDirection direction);
[[nodiscard]] QString causeWord(estate::DriftCause cause);
// "execute-api:Invoke on POST /refunds", "joined Payments-Ops", "is new".
[[nodiscard]] QString driftWords(const estate::Drift& drift);
// Who, in as few words as tell him apart; what came or went by itself has no such.
[[nodiscard]] QString whoWords(const estate::Drift& drift);
// "+118 people gain execute-api:Invoke on POST /refunds". No full stop.
[[nodiscard]] QString driftSentence(const estate::Drift& drift);

} // namespace gw::ui
