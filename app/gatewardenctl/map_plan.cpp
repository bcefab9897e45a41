#include "app/gatewardenctl/catalogue_file.h"
#include "app/gatewardenctl/estate_input.h"
#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/map_commands.h"
#include "app/gatewardenctl/map_input.h"
#include "app/gatewardenctl/map_words.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/plan_words.h"
#include "app/gatewardenctl/progress_line.h"
#include "app/gatewardenctl/rules_file.h"
#include "app/gatewardenctl/saml_trust.h"
#include "models/mesh/plan/canonical.h"
#include "models/mesh/plan/plan_file.h"
#include "models/mesh/toml/value.h"

#include <algorithm>

namespace gw::ctl {
namespace {

// The contract's: something would change.
constexpr int wouldChange = 3;

} // namespace

int runMapPlan(const Invocation& invocation) {
    if (invocation.values("--estate").empty()) {
        complain("gatewardenctl: --estate names what is there now; see gatewardenctl map plan --help");
        return usage;
    }
    estate::review::Settings settings;
    if (!readRules(invocation, settings)) return usage;
    const CatalogueFile catalogue = loadCatalogue(invocation);
    const auto now = timeFromOptions(invocation);
    if (catalogue.refused || !now) return usage;
    const auto input = readMapInput(invocation);
    if (input == nullptr || !tellProblems(*input)) return usage;
    const mesh::Compilation compilation = mesh::compile(input->intent, input->targets);
    // Without an edge that a target cannot hold, what it granted or denied so far would go.
    if (!std::all_of(compilation.losses.begin(), compilation.losses.end(), [](const mesh::Loss& loss) { return loss.accepted; })) {
        complain(lossWords(compilation.losses) + "gatewardenctl: nothing is planned while something is refused.");
        return no;
    }
    const mesh::Plan plan = mesh::planFor({input->reading.map, compilation, *input->estate, input->targets, invocation.has("--remove-leftovers")});
    estate::review::Input review;
    review.estate = input->estate.get();
    review.catalogue = catalogue.catalogue.get();
    review.settings = &settings;
    review.now = *now;
    mesh::Impact impact;
    if (!plan.steps.empty()) {
        ProgressLine progress("comparing");
        impact = mesh::impactOf(review, plan.steps, progress.function());
    }
    if (invocation.has("--save")) {
        const std::string path(invocation.value("--save"));
        std::string text;
        if (!readOrComplain(input->path, mesh::toml::maxTomlBytes, text)) return usage;
        if (!replaceFile(path, mesh::writePlan({input->path, mesh::digestOf(text), *now, plan.steps}))) {
            complain("gatewardenctl: " + path + " cannot be written.");
            return usage;
        }
    }
    if (!print(invocation.json() ? planJson(plan, impact) : planText(plan, impact))) return usage;
    return plan.changes() ? wouldChange : done;
}

} // namespace gw::ctl
