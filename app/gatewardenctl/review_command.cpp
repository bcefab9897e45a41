#include "app/gatewardenctl/command.h"
#include "app/gatewardenctl/catalogue_file.h"
#include "app/gatewardenctl/estate_input.h"
#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/map_input.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/progress_line.h"
#include "app/gatewardenctl/review_output.h"
#include "app/gatewardenctl/rules_file.h"
#include "app/gatewardenctl/saml_trust.h"
#include "models/estate/review/settings.h"
#include "models/estate/review/unmatched.h"
#include "models/mesh/intent/assigned.h"
#include "ui/reports/review_report.h"

#include <algorithm>
#include <array>
#include <optional>

namespace gw::ctl {

namespace review = estate::review;

namespace {

constexpr Option failOnOption{"--fail-on", "SEVERITY", "low (the default), medium, high or critical: from where on the exit status is 1"};
constexpr Option formatOfReview{"--format", "text|json|sarif|csv|html", "text for people (the default), one JSON object a line, SARIF 2.1.0, CSV, or one HTML page"};

constexpr Option mapOption{"--map", "MAP", "a map whose edges say who gets which role, beside what the directory says"};

constexpr std::array options{mapOption, rulesOption, failOnOption, atOption, catalogueOption, formatOfReview};

int runReview(const Invocation& invocation) {
    Reviewed reviewed;
    if (invocation.has("--fail-on")) {
        const auto threshold = policy::lint::severityOf(invocation.value("--fail-on"));
        if (!threshold || *threshold == policy::lint::Severity::Error) {
            complain("gatewardenctl: --fail-on is low, medium, high or critical");
            return usage;
        }
        reviewed.threshold = *threshold;
    }
    const auto now = timeFromOptions(invocation);
    if (!now) return usage;
    reviewed.now = *now;
    review::Settings settings;
    if (!readRules(invocation, settings)) return usage;
    const CatalogueFile file = loadCatalogue(invocation);
    if (file.refused) return usage;
    reviewed.catalogue = file.catalogue.get();

    const EstateInput input = readEstate(invocation.arguments);
    if (input.estate == nullptr) return usage;
    std::optional<estate::Estate> drawn;
    if (invocation.has("--map")) {
        const auto map = readMapOver(std::string(invocation.value("--map")), input.estate, *now);
        if (map == nullptr) return usage;
        drawn.emplace(mesh::withAssignments(*input.estate, map->reading.map, map->intent, map->path));
    }
    review::Input what;
    what.estate = drawn ? &*drawn : input.estate.get();
    what.catalogue = reviewed.catalogue;
    what.settings = &settings;
    what.now = *now;
    {
        ProgressLine progress("reviewing");
        reviewed.review = review::review(what, progress.function());
    }
    const ui::ReviewReport report{reviewed.review, reviewed.catalogue == nullptr ? std::string_view() : std::string_view(reviewed.catalogue->date()), *now};
    const std::string_view format = invocation.value("--format");
    const std::string text = format == "json"    ? reviewJson(reviewed)
                             : format == "sarif" ? ui::reviewSarif(report, "gatewardenctl")
                             : format == "csv"   ? ui::reviewCsv(report)
                             : format == "html"  ? ui::reviewHtml(report)
                                                 : reviewText(reviewed);
    if (!print(text)) return usage;
    tellUnmatched(invocation, review::unmatchedIn(settings, reviewed.review));
    if (input.faulty) return usage;
    const auto& findings = reviewed.review.findings;
    return std::any_of(findings.begin(), findings.end(), [&](const review::Finding& each) { return counts(reviewed, each); }) ? no : done;
}

constexpr Command commands[] = {
    {"review", "ESTATE…", "Say what is wrong with who gets which role and what the roles may do, over a whole estate",
     "ESTATE is a saved estate, or files and folders as AWS's commands and tools write them; iam explain --help\n"
     "names the calls. A finding has a rule, a severity (error: it will not work), an object, its place, what\n"
     "shows it, and what mends it, with a JSON Patch for the document where an edit does. Rules that lack their\n"
     "data are named as not checked. In JSON the last line is the summary. With a map, groups and roles are judged\n"
     "as it has them, too. The rules file:\n"
     "  [severity] RULE = \"low\"|\"medium\"|\"high\"|\"critical\"|\"error\"|\"off\"\n"
     "  [limits] session_hours_privileged, session_hours, stale_days, expiring_days, single_key_days,\n"
     "    attest_days, unused_days, clock_skew_seconds, quota_percent, functions_per_role\n"
     "  [environments] prod, stage, dev, shared = [WORD…]   [accounts] known = [ID…]   [attestation] tag = NAME\n"
     "  [[duties]] name, requesters = [GROUP…], approvers = [GROUP…]\n"
     "  [[accept]] rule, object, file, reason, until; of one drift also change, principal, action, resource\n"
     "What is accepted without there being anything like it is told on standard error.\n"
     "Exit status 0 where nothing is found at the threshold, 1 where something is, 2 where something cannot be\n"
     "read; what can be read is reviewed all the same.",
     options, 1, 4'096, runReview},
};

} // namespace

CommandGroup reviewCommands() {
    return {"Review", commands};
}

} // namespace gw::ctl
