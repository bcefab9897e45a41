#include "app/gatewardenctl/plan_input.h"

#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/map_words.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/saml_trust.h"
#include "models/mesh/plan/plan_file.h"
#include "models/mesh/text/digest.h"

#include <algorithm>

namespace gw::ctl {

std::unique_ptr<PlannedMap> planMap(const Invocation& invocation, int& code) {
    code = usage;
    const auto now = timeFromOptions(invocation);
    if (!now) return nullptr;
    if (invocation.values("--estate").empty()) {
        complain("gatewardenctl: --estate names what is there now");
        return nullptr;
    }
    auto planned = std::make_unique<PlannedMap>();
    planned->now = *now;
    planned->input = readMapInput(invocation);
    if (planned->input == nullptr || !tellProblems(*planned->input)) return nullptr;
    const MapInput& input = *planned->input;
    const mesh::Compilation compilation = mesh::compile(input.intent, input.targets);
    // Without an edge that a target cannot hold, what it granted or denied so far would go.
    if (!std::all_of(compilation.losses.begin(), compilation.losses.end(), [](const mesh::Loss& loss) { return loss.accepted; })) {
        complain(lossWords(compilation.losses) + "gatewardenctl: nothing is planned while something is refused.");
        code = no;
        return nullptr;
    }
    planned->plan = mesh::planFor({input.reading.map, compilation, *input.estate, input.targets, invocation.has(removeLeftoversOption.name)});
    return planned;
}

bool savePlan(const PlannedMap& planned, const std::string& path) {
    const MapInput& input = *planned.input;
    if (replaceFile(path, mesh::writePlan({input.path, mesh::digestOf(input.text), planned.now, planned.plan.steps}))) return true;
    complain("gatewardenctl: " + path + " cannot be written.");
    return false;
}

} // namespace gw::ctl
