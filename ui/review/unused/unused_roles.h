// Roles and permissions that nobody uses, made on a worker and then only read.
#pragma once

#include "models/items/review/unused_rows.h"
#include "ui/review/job.h"
#include "ui/review/reviewed.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

namespace gw::ui {

struct UnusedRoles {
    ReviewedPtr review;
    estate::UnusedReport report;
    items::Table table; // report.roles, then report.untold
    // Null of a row of which nothing tells.
    [[nodiscard]] const estate::UnusedRole* told(std::size_t row) const { return row < report.roles.size() ? &report.roles[row] : nullptr; }
    [[nodiscard]] const estate::Role& role(std::size_t row) const {
        return row < report.roles.size() ? *report.roles[row].role : *report.untold[row - report.roles.size()];
    }
};
using UnusedRolesPtr = std::shared_ptr<const UnusedRoles>;

// Null where `tell` stopped it. Any thread.
[[nodiscard]] UnusedRolesPtr findUnused(const ReviewedPtr& review, const Job::Tell& tell);

// A policy and what could stand in its place, laid out line by line.
struct ProposedPolicy {
    QString name;
    QStringList before, after; // after empty: nothing of it is used
    QString text;              // to be pasted
};
[[nodiscard]] std::vector<ProposedPolicy> proposedPolicies(const UnusedRoles& unused, std::size_t row);

// "AWS's own last use: 2 Sep", "CloudTrail, 1 Aug to 30 Nov".
[[nodiscard]] QString evidenceWords(const estate::Evidence& evidence, UtcTime now);
// What was tried, and how far it holds. Sentences.
[[nodiscard]] QString proofWords(const estate::Tightening& tightening);
// Why there is no proposal. A sentence.
[[nodiscard]] QString noProposalWords(const estate::UnusedRole& role);

} // namespace gw::ui
