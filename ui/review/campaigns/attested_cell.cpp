#include "ui/review/campaigns/attested_cell.h"

#include "ui/widgets/time_text.h"

#include <QCoreApplication>

namespace gw::ui {
namespace {

using estate::campaign::Verdict;

struct AttestedCell {
    Q_DECLARE_TR_FUNCTIONS(AttestedCell)
};

struct Known {
    std::optional<UtcTime> at; // when it was kept last
    std::optional<Verdict> otherwise; // what is to become of it
    bool never = false;
};

Known knownOf(const Reviewed& review, std::size_t row, const AttestDesk& desk) {
    if (const auto* last = desk.find(review.items[row])) {
        if (last->verdict == Verdict::Keep) return {last->at, {}, false};
        return {{}, last->verdict, false};
    }
    const std::int64_t value = review.mapping.table.values(items::columnOf(items::MappingColumn::Attested))[row];
    if (value == items::unknownValue) return {{}, {}, desk.all() != nullptr};
    if (value == items::neverValue) return {{}, {}, true};
    // What the review had from the store, and the store no longer has, was taken back.
    const auto tagged = review.mappings[row].found != nullptr ? review.attested.find(review.mappings[row].role) : review.attested.end();
    if (desk.all() && (tagged == review.attested.end() || tagged->second.unixSeconds() != value)) return {{}, {}, true};
    return {UtcTime::fromUnixSeconds(value), {}, false};
}

std::int64_t overdueDays(const Reviewed& review, UtcTime at) {
    return std::chrono::floor<std::chrono::days>(review.now - at).count() - review.attestDays.count();
}

} // namespace

QString attestedWords(const Reviewed& review, std::size_t row, const AttestDesk& desk) {
    const Known known = knownOf(review, row, desk);
    if (known.otherwise) return verdictState(*known.otherwise);
    if (!known.at) return known.never ? AttestedCell::tr("never") : QString();
    if (const std::int64_t days = overdueDays(review, *known.at); days > 0) return AttestedCell::tr("overdue %1 d").arg(days);
    return review.now - *known.at < std::chrono::hours(12) ? AttestedCell::tr("today") : ageText(*known.at, review.now);
}

CellTone attestedTone(const Reviewed& review, std::size_t row, const AttestDesk& desk) {
    const Known known = knownOf(review, row, desk);
    if (known.otherwise) return *known.otherwise == Verdict::Remove ? CellTone::Bad : CellTone::Warning;
    return known.at && overdueDays(review, *known.at) > 0 ? CellTone::Warning : CellTone::Quiet;
}

} // namespace gw::ui
