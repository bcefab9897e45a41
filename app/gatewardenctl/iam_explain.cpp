#include "app/gatewardenctl/catalogue_file.h"
#include "app/gatewardenctl/estate_input.h"
#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/iam_commands.h"
#include "app/gatewardenctl/iam_explain_output.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/saml_trust.h"

#include <algorithm>

namespace gw::ctl {
namespace {

constexpr std::size_t maxPasted = std::size_t{1} << 20U;

} // namespace

int runExplain(const Invocation& invocation) {
    const auto& paths = invocation.values("--estate");
    if (paths.empty()) {
        complain(
            "gatewardenctl: --estate names the files or folders that tell what there is; see gatewardenctl iam explain --help");
        return usage;
    }
    const auto now = timeFromOptions(invocation);
    if (!now) return usage;
    std::string pasted = invocation.arguments[0];
    if (pasted == "-" && !readOrComplain("-", maxPasted, pasted)) return usage;
    const auto denial = policy::readDenial(pasted);
    if (!denial) return refuse(denial.error());
    const CatalogueFile file = loadCatalogue(invocation);
    if (file.refused) return usage;

    EstateInput input = readEstate(paths);
    if (input.estate == nullptr) return usage;
    Explained explained;
    explained.estate = std::move(input.estate);
    explained.world = {false, *now, file.catalogue.get()};
    explained.question = estate::makeQuestion(*explained.estate, *denial);
    explained.conclusion = estate::conclude(explained.question, explained.world);
    explained.edits = estate::editsFor(*explained.estate, explained.question, explained.conclusion, explained.world);
    explained.names = ui::policyNames(*explained.estate, explained.question);
    if (!print(invocation.json() ? explainJson(explained) : explainText(explained))) return usage;

    const auto& gaps = explained.question.gaps;
    const bool malformed =
        input.faulty ||
        std::any_of(gaps.begin(), gaps.end(), [](const estate::Gap& each) { return each.what == estate::Missing::Malformed; });
    if (malformed) return usage;
    return explained.conclusion.decision == policy::Decision::Allowed ? done : no;
}

} // namespace gw::ctl
