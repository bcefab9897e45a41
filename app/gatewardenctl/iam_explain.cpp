#include "app/gatewardenctl/catalogue_file.h"
#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/iam_commands.h"
#include "app/gatewardenctl/iam_explain_output.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/saml_trust.h"
#include "models/estate/estate_reader.h"
#include "ui/errors_text.h"

#include <algorithm>

namespace gw::ctl {
namespace {

constexpr std::size_t maxPasted = std::size_t{1} << 20U;

int refuse(const Error& error) {
    const ui::ErrorText text = ui::explain(error);
    std::string line = "gatewardenctl: " + text.title.toStdString() + ". " + text.why.toStdString();
    for (const QString& each : text.whatToDo) line += " " + each.toStdString();
    complain(line);
    return usage;
}

// "file:line:column: what it is"
void complainOf(const Error& problem) {
    std::string place(problem.fact("file"));
    if (!problem.fact("line").empty())
        place += ":" + std::string(problem.fact("line")) + ":" + std::string(problem.fact("column"));
    const Error& told =
        problem.code().is(estate::EstateError::Malformed) && problem.cause() != nullptr ? *problem.cause() : problem;
    const ui::ErrorText text = ui::explain(told);
    complain("gatewardenctl: " + place + ": " + text.title.toStdString() + ". " + text.why.toStdString());
}

bool isFault(const Error& problem) {
    return problem.code().is(estate::EstateError::Malformed) || problem.code().is(estate::EstateError::Unreadable) ||
           problem.code().is(estate::EstateError::TooLarge) || problem.code().is(estate::EstateError::WrongType);
}

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
    if (pasted == "-" && !readOrComplain(pasted, maxPasted, pasted)) return usage;
    const auto denial = policy::readDenial(pasted);
    if (!denial) return refuse(denial.error());
    const CatalogueFile file = loadCatalogue(invocation);
    if (file.refused) return usage;

    estate::EstateReader reader;
    for (const std::string& each : paths)
        if (const Status added = reader.addPath(each); !added) return refuse(added.error());
    Explained explained;
    explained.estate = reader.finish();
    const auto& problems = explained.estate->problems();
    std::for_each(problems.begin(), problems.end(), complainOf);
    explained.world = {false, *now, file.catalogue.get()};
    explained.question = estate::makeQuestion(*explained.estate, *denial);
    explained.conclusion = estate::conclude(explained.question, explained.world);
    explained.edits = estate::editsFor(*explained.estate, explained.question, explained.conclusion, explained.world);
    if (!print(invocation.json() ? explainJson(explained) : explainText(explained))) return usage;

    const auto& gaps = explained.question.gaps;
    const bool malformed =
        std::any_of(problems.begin(), problems.end(), isFault) ||
        std::any_of(gaps.begin(), gaps.end(), [](const estate::Gap& each) { return each.what == estate::Missing::Malformed; });
    if (malformed) return usage;
    return explained.conclusion.decision == policy::Decision::Allowed ? done : no;
}

} // namespace gw::ctl
