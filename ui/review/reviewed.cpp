#include "ui/review/reviewed.h"

#include "ui/review/finding_words.h"

namespace gw::ui {

ReviewedPtr reviewEstate(std::shared_ptr<const estate::Estate> estate, std::shared_ptr<const policy::Catalogue> catalogue, const std::string& rules, UtcTime now,
                         const std::function<bool(double)>& progress) {
    policy::WorldRules world;
    world.now = now;
    world.catalogue = catalogue.get();
    auto mappings = estate::mappingsOf(*estate, world, [&](double part) { return progress(part * 0.4); });
    if (!progress(0.4)) return nullptr;
    estate::review::Input input;
    input.estate = estate.get();
    input.catalogue = catalogue.get();
    input.now = now;
    const auto settings = estate::review::Settings::parse(rules);
    if (settings) input.settings = &*settings;
    std::optional<Error> rulesProblem;
    if (!settings) rulesProblem = settings.error();
    auto review = estate::review::review(input, [&](double part) { return progress(0.4 + part * 0.5); });
    if (!progress(0.9)) return nullptr;
    auto mapping = items::makeMappingTable(*estate, mappings, review.findings);
    auto findings = items::makeFindingTable(*estate, review.findings, [](const auto& each) { return findingTitle(each).toStdString(); });
    if (!progress(1)) return nullptr;
    return std::make_shared<const Reviewed>(Reviewed{std::move(estate), std::move(catalogue), std::move(rulesProblem), now, std::move(mappings), std::move(review),
                                                     std::move(mapping), std::move(findings)});
}

} // namespace gw::ui
