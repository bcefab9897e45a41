#include "ui/review/reviewed.h"

#include "ui/errors/review_texts.h"
#include "ui/review/finding_words.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

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
    const auto& order = ways->byItem;
    const auto found = std::lower_bound(order.begin(), order.end(), item, [this](std::uint32_t row, std::string_view wanted) { return items[row] < wanted; });
    return found == order.end() || items[*found] != item ? std::nullopt : std::optional(*found);
}

estate::campaign::Subject Reviewed::subjectOf(std::size_t row) const {
    auto subject = estate::campaign::subjectOf(mappings[row]);
    for (const std::uint32_t each : mapping.findings.of(row))
        if (!review.findings[each].suppressed) subject.findings.emplace_back(review.findings[each].rule->id);
    return subject;
}

namespace {

std::shared_ptr<const FoundWays> waysOf(std::vector<estate::Mapping> mappings) {
    auto ways = std::make_shared<FoundWays>();
    ways->mappings = std::move(mappings);
    ways->items.reserve(ways->mappings.size());
    for (const auto& each : ways->mappings) ways->items.push_back(estate::campaign::itemId(estate::campaign::subjectOf(each)));
    ways->byItem.resize(ways->items.size());
    std::iota(ways->byItem.begin(), ways->byItem.end(), 0U);
    std::sort(ways->byItem.begin(), ways->byItem.end(), [&](std::uint32_t a, std::uint32_t b) { return ways->items[a] < ways->items[b]; });
    return ways;
}

estate::campaign::AttestedRoles attestedOf(const estate::Estate& estate, const FoundWays& ways, const estate::campaign::Attestations* attestations,
                                           const estate::review::Settings& settings) {
    estate::campaign::AttestedRoles attested;
    if (attestations != nullptr) attested = estate::campaign::attestedRoles(ways.mappings, ways.items, *attestations);
    for (const auto& role : estate.roles())
        if (const auto at = estate::review::attestedOf(role, settings, &attested)) attested.insert_or_assign(role.arn, *at);
    return attested;
}

// What a review's tables are made of, once it was made.
struct Parts {
    std::shared_ptr<const estate::Estate> estate;
    std::shared_ptr<const policy::Catalogue> catalogue;
    std::optional<Error> rulesProblem;
    estate::review::Settings settings;
    UtcTime now;
    std::shared_ptr<const FoundWays> ways;
    estate::campaign::AttestedRoles attested;
    estate::review::Review review;
};

ReviewedPtr shownAs(Parts parts, const estate::campaign::Attestations* attestations) {
    const auto when = attestedRows(parts.ways->mappings, parts.ways->items, attestations, parts.settings);
    auto mapping = items::makeMappingTable(*parts.estate, parts.ways->mappings, parts.review.findings, when);
    // There are few rules and many findings, and most titles are the rule's own.
    std::unordered_map<const policy::lint::Rule*, std::optional<std::string>> plain;
    auto findings = items::makeFindingTable(*parts.estate, parts.review.findings, [&plain](const estate::review::Finding& each) {
        const auto [known, fresh] = plain.try_emplace(each.rule);
        if (fresh && !reviewTitle(each.rule->id).contains(QLatin1Char('{'))) known->second = findingTitle(each).toStdString();
        return known->second ? *known->second : findingTitle(each).toStdString();
    });
    const std::chrono::days attestDays = parts.settings.limits.attested;
    const FoundWays& ways = *parts.ways;
    return std::make_shared<const Reviewed>(Reviewed{std::move(parts.estate), std::move(parts.catalogue), std::move(parts.rulesProblem), std::move(parts.settings), parts.now,
                                                     std::move(parts.ways), ways.mappings, ways.items, std::move(parts.attested), attestDays, std::move(parts.review),
                                                     std::move(mapping), std::move(findings)});
}

estate::review::Input inputOf(const Parts& parts) {
    estate::review::Input input;
    input.estate = parts.estate.get();
    input.catalogue = parts.catalogue.get();
    input.settings = &parts.settings;
    input.attested = &parts.attested;
    input.now = parts.now;
    return input;
}

} // namespace

ReviewedPtr reviewEstate(std::shared_ptr<const estate::Estate> estate, std::shared_ptr<const policy::Catalogue> catalogue, const std::string& rules,
                         const std::shared_ptr<const estate::campaign::Attestations>& attestations, UtcTime now, const std::function<bool(double)>& progress) {
    policy::WorldRules world;
    world.now = now;
    world.catalogue = catalogue.get();
    Parts parts{std::move(estate), std::move(catalogue), {}, estate::review::Settings::usual(), now, {}, {}, {}};
    parts.ways = waysOf(estate::mappingsOf(*parts.estate, world, [&](double part) { return progress(part * 0.4); }));
    if (!progress(0.4)) return nullptr;
    if (auto parsed = estate::review::Settings::parse(rules))
        parts.settings = std::move(*parsed);
    else
        parts.rulesProblem = std::move(parsed).error();
    parts.attested = attestedOf(*parts.estate, *parts.ways, attestations.get(), parts.settings);
    parts.review = estate::review::review(inputOf(parts), [&](double part) { return progress(0.4 + part * 0.5); });
    if (!progress(0.9)) return nullptr;
    ReviewedPtr made = shownAs(std::move(parts), attestations.get());
    return progress(1) ? made : nullptr;
}

ReviewedPtr attestedAnew(const Reviewed& former, const std::shared_ptr<const estate::campaign::Attestations>& attestations, UtcTime now) {
    Parts parts{former.estate, former.catalogue, former.rulesProblem, former.settings, now, former.ways, {}, {}};
    parts.attested = attestedOf(*parts.estate, *parts.ways, attestations.get(), parts.settings);
    parts.review = estate::review::withAttestations(former.review, inputOf(parts));
    return shownAs(std::move(parts), attestations.get());
}

} // namespace gw::ui
