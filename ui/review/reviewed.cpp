#include "ui/review/reviewed.h"

#include "ui/review/finding_words.h"

#include <algorithm>
#include <numeric>

namespace gw::ui {
namespace {

// What is kept about the row itself, else what its role's tag tells.
std::vector<std::int64_t> attestedRows(const std::vector<estate::Mapping>& mappings, const std::vector<std::string>& items,
                                       const estate::campaign::Attestations* attestations, const estate::review::Settings& settings) {
    std::vector<std::int64_t> rows(mappings.size(), attestations != nullptr ? items::neverValue : items::unknownValue);
    for (std::size_t i = 0; i < mappings.size(); ++i) {
        if (attestations != nullptr) {
            if (const auto found = attestations->find(items[i]); found != attestations->end()) {
                if (found->second.verdict == estate::campaign::Verdict::Keep) rows[i] = found->second.at.unixSeconds();
                continue;
            }
        }
        if (mappings[i].found == nullptr) continue;
        if (const auto tagged = estate::review::attestedOf(*mappings[i].found, settings, nullptr)) rows[i] = tagged->unixSeconds();
    }
    return rows;
}

} // namespace

std::optional<std::uint32_t> Reviewed::rowOf(std::string_view item) const {
    const auto found = std::lower_bound(byItem.begin(), byItem.end(), item, [this](std::uint32_t row, std::string_view wanted) { return items[row] < wanted; });
    return found == byItem.end() || items[*found] != item ? std::nullopt : std::optional(*found);
}

estate::campaign::Subject Reviewed::subjectOf(std::size_t row) const {
    auto subject = estate::campaign::subjectOf(mappings[row]);
    for (const std::uint32_t each : mapping.findings.of(row))
        if (!review.findings[each].suppressed) subject.findings.emplace_back(review.findings[each].rule->id);
    return subject;
}

ReviewedPtr reviewEstate(std::shared_ptr<const estate::Estate> estate, std::shared_ptr<const policy::Catalogue> catalogue, const std::string& rules,
                         const std::shared_ptr<const estate::campaign::Attestations>& attestations, UtcTime now, const std::function<bool(double)>& progress) {
    policy::WorldRules world;
    world.now = now;
    world.catalogue = catalogue.get();
    auto mappings = estate::mappingsOf(*estate, world, [&](double part) { return progress(part * 0.4); });
    if (!progress(0.4)) return nullptr;
    estate::review::Input input;
    input.estate = estate.get();
    input.catalogue = catalogue.get();
    input.now = now;
    auto parsed = estate::review::Settings::parse(rules);
    std::optional<Error> rulesProblem;
    if (!parsed) rulesProblem = parsed.error();
    estate::review::Settings settings = parsed ? std::move(*parsed) : estate::review::Settings::usual();
    input.settings = &settings;
    std::vector<std::string> itemIds;
    itemIds.reserve(mappings.size());
    for (const auto& each : mappings) itemIds.push_back(estate::campaign::itemId(estate::campaign::subjectOf(each)));
    std::vector<std::uint32_t> byItem(itemIds.size());
    std::iota(byItem.begin(), byItem.end(), 0U);
    std::sort(byItem.begin(), byItem.end(), [&](std::uint32_t a, std::uint32_t b) { return itemIds[a] < itemIds[b]; });
    estate::campaign::AttestedRoles attested;
    if (attestations) attested = estate::campaign::attestedRoles(mappings, itemIds, *attestations);
    input.attested = &attested;
    for (const auto& role : estate->roles())
        if (const auto at = estate::review::attestedOf(role, settings, &attested)) attested.insert_or_assign(role.arn, *at);
    const auto when = attestedRows(mappings, itemIds, attestations.get(), settings);
    auto review = estate::review::review(input, [&](double part) { return progress(0.4 + part * 0.5); });
    if (!progress(0.9)) return nullptr;
    auto mapping = items::makeMappingTable(*estate, mappings, review.findings, when);
    auto findings = items::makeFindingTable(*estate, review.findings, [](const auto& each) { return findingTitle(each).toStdString(); });
    if (!progress(1)) return nullptr;
    const std::chrono::days attestDays = settings.limits.attested;
    return std::make_shared<const Reviewed>(Reviewed{std::move(estate), std::move(catalogue), std::move(rulesProblem), std::move(settings), now, std::move(mappings),
                                                     std::move(itemIds), std::move(byItem), std::move(attested), attestDays, std::move(review),
                                                     std::move(mapping), std::move(findings)});
}

} // namespace gw::ui
