// A line of "iam eval": a whole case, answered in a closed and in an open world.
#include "models/policy/case.h"
#include "tests/fuzz/property.h"

#include <cstddef>
#include <cstdint>
#include <string>

namespace {

using namespace gw::policy;

Decision closed(const Case& one, const WorldRules& world, const Additions& additions) {
    Request told = one.request;
    for (const Context::Entry& each : additions) told.context.set(each.key, each.value);
    return answer(told, {true, world.now, nullptr}, one.policies).decision;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 16'384) return 0;
    const auto tree = SourceTree::parse(std::string(reinterpret_cast<const char*>(data), size));
    if (!tree) return 0;
    PolicyCache cache;
    Case one;
    if (!readCase(tree->root(), cache, *tree, one)) return 0;
    const WorldRules open{false, gw::UtcTime::fromUnixSeconds(1'795'500'000), nullptr};
    const Answer given = answer(one.request, open, one.policies);
    gw::fuzz::require(closed(one, open, {}) != Decision::Depends, "a closed world leaves nothing open");
    (void)awsMessage(one.request, given);
    if (given.decision != Decision::Depends) {
        gw::fuzz::require((closed(one, open, {}) == Decision::Allowed) == (given.decision == Decision::Allowed),
                          "what is sure holds without the keys that were not told");
        return 0;
    }
    gw::fuzz::require(given.witness.has_value() || !given.exhaustive, "what depends has a witness");
    if (!given.witness) return 0;
    gw::fuzz::require(closed(one, open, given.witness->allowed) == Decision::Allowed, "the witness that is allowed is");
    gw::fuzz::require(closed(one, open, given.witness->denied) != Decision::Allowed, "the witness that is denied is");
    return 0;
}
