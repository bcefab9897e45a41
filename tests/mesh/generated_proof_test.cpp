// For every map: what is compiled grants what the map says, or says what it does not hold.
#include "tests/mesh/generated_map.h"
#include "tests/mesh/map_support.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace gw::mesh {
namespace {

constexpr std::uint32_t maps = 60;

// Mistakes of the map itself, such as an edge that a denial covers, are no matter here.
test::Compiled compiledAnyway(const std::string& text) {
    auto reading = readMap(text);
    test::Compiled result;
    result.map = std::make_unique<Map>();
    if (!reading || !reading->isUsable()) {
        ADD_FAILURE() << text;
        return result;
    }
    *result.map = std::move(reading->map);
    result.intent = resolve(*result.map, nullptr, UtcTime::parse("2026-11-30T12:00:00Z").value());
    result.compilation = compile(result.intent, test::policyTargets);
    return result;
}

TEST(GeneratedMaps, AreHeldOrRefusedByName) {
    std::size_t refused = 0, checked = 0;
    for (std::uint32_t seed = 1; seed <= maps; ++seed) {
        const std::string text = test::generatedMap(seed);
        const test::Compiled first = compiledAnyway(text);
        std::set<std::pair<Target, std::string>> lost;
        std::map<std::string, std::vector<std::string>> accept;
        for (const Loss& loss : first.compilation.losses) {
            lost.emplace(loss.target, loss.edge.value());
            std::string word = std::string(targetName(loss.target)) + ": " + loss.what;
            // What cannot be taken away can only be left out.
            if (loss.what == "deny" || loss.what == "caller" || loss.what == "no-identity") word = std::string(targetName(loss.target)) + ": leave-out";
            accept[loss.edge.value()].push_back(std::move(word));
        }
        Prover prover;
        for (const TargetProof& proof : prover.prove(first.intent, first.compilation, test::policyTargets)) {
            checked += proof.checked;
            // A denial that is refused leaves more open than the map says; both are told.
            const auto& losses = first.compilation.losses;
            const bool deniesLost = std::any_of(losses.begin(), losses.end(), [&](const Loss& loss) {
                return (loss.target == proof.target || loss.target == Target::Iam) && first.map->edge(loss.edge)->effect == Effect::Deny;
            });
            if (!deniesLost) {
                EXPECT_EQ(test::written({{proof.target, 0, 0, proof.surplus, {}, {}, proof.problems, proof.complete}}), "") << "seed " << seed << "\n" << text;
            }
            for (const Difference& missing : proof.missing) {
                ASSERT_TRUE(missing.edge) << "seed " << seed;
                const bool named = lost.contains({proof.target, missing.edge->value()}) || lost.contains({Target::Iam, missing.edge->value()});
                EXPECT_TRUE(named) << "seed " << seed << " " << targetName(proof.target) << " " << missing.edge->value() << "\n" << text;
            }
        }
        if (accept.empty()) continue;
        ++refused;
        const std::string accepting = test::generatedMap(seed, accept);
        const test::Compiled second = compiledAnyway(accepting);
        for (const Loss& loss : second.compilation.losses)
            EXPECT_TRUE(loss.accepted) << "seed " << seed << " " << loss.edge.value() << " " << targetName(loss.target) << " " << loss.what << "\n" << accepting;
        EXPECT_EQ(test::differences(second), "") << "seed " << seed << "\n" << accepting;
    }
    EXPECT_GT(refused, maps / 4);
    EXPECT_LT(refused, maps);
    EXPECT_GT(checked, 10'000U);
}

// The texts themselves: taking any statement out, or making a denial of it, is noticed.
TEST(GeneratedMaps, EveryStatementMatters) {
    std::size_t statements = 0;
    for (std::uint32_t seed = 1; seed <= 12; ++seed) {
        const test::Compiled whole = compiledAnyway(test::generatedMap(seed));
        const std::string before = test::differences(whole);
        for (std::size_t i = 0; i < whole.compilation.artefacts.size(); ++i) {
            const std::string effect = R"("Effect": "Allow")";
            const std::string& text = whole.compilation.artefacts[i].text;
            for (std::size_t at = text.find(effect); at != std::string::npos; at = text.find(effect, at + 1)) {
                test::Compiled changed;
                changed.map = std::make_unique<Map>(*whole.map);
                changed.intent = whole.intent;
                changed.compilation = whole.compilation;
                changed.compilation.artefacts[i].text.replace(at, effect.size(), R"("Effect": "Deny")");
                ++statements;
                EXPECT_NE(test::differences(changed), before) << "seed " << seed << " " << fileOf(whole.compilation.artefacts[i]) << " at " << at << "\n" << text;
            }
        }
    }
    EXPECT_GT(statements, 20U);
}

} // namespace
} // namespace gw::mesh
