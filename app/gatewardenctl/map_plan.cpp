#include "app/gatewardenctl/map_commands.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/plan_input.h"
#include "app/gatewardenctl/plan_words.h"
#include "app/gatewardenctl/progress_line.h"
#include "app/gatewardenctl/rules_file.h"

namespace gw::ctl {
namespace {

// The contract's: something would change.
constexpr int wouldChange = 3;

} // namespace

int runMapPlan(const Invocation& invocation) {
    estate::review::Settings settings;
    if (!readRules(invocation, settings)) return usage;
    const CatalogueFile catalogue = loadCatalogue(invocation);
    if (catalogue.refused) return usage;
    int code = usage;
    const auto planned = planMap(invocation, code);
    if (planned == nullptr) return code;
    mesh::Impact impact;
    if (!planned->plan.steps.empty()) {
        estate::review::Input review;
        review.estate = planned->input->estate.get();
        review.catalogue = catalogue.catalogue.get();
        review.settings = &settings;
        review.now = planned->now;
        ProgressLine progress("comparing");
        impact = mesh::impactOf(review, planned->plan.steps, progress.function());
    }
    if (invocation.has("--save") && !savePlan(*planned, std::string(invocation.value("--save")))) return usage;
    if (!print(invocation.json() ? planJson(planned->plan, impact) : planText(planned->plan, impact))) return usage;
    return planned->plan.changes() ? wouldChange : done;
}

} // namespace gw::ctl
