#include "app/gatewardenctl/catalogue_file.h"
#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/iam_commands.h"
#include "app/gatewardenctl/iam_lint_output.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/saml_trust.h"
#include "models/estate/review/settings.h"
#include "ui/errors_text.h"

#include <algorithm>

namespace gw::ctl {

namespace lint = policy::lint;

namespace {

bool isAccount(std::string_view text) {
    return text.size() == 12 && std::all_of(text.begin(), text.end(), [](char each) { return each >= '0' && each <= '9'; });
}

bool isLintRule(std::string_view id) {
    const auto all = lint::allRules();
    return std::any_of(all.begin(), all.end(), [&](const lint::Rule* each) { return each->id == id; });
}

// The organisation's TOML, as reviews take it, or the JSON that is for single documents. What is accepted of one object or one
// drift is a review's business: a document does not say whose it is.
Result<lint::RuleSettings> rulesIn(std::string text, lint::LintSettings& limits) {
    if (const std::size_t first = text.find_first_not_of(" \t\r\n"); first != std::string::npos && text[first] == '{')
        return lint::RuleSettings::parse(std::move(text));
    GW_TRY(const estate::review::Settings settings, estate::review::Settings::parse(text));
    limits.quotaPercent = settings.limits.quotaPercent;
    lint::RuleSettings rules;
    rules.severities = settings.severities;
    for (const estate::review::AcceptedFinding& each : settings.accepted)
        if (isLintRule(each.rule) && !each.isOfOneDrift() && estate::review::isAcceptedText(each.object, {}))
            rules.suppressions.push_back({each.rule, {}, each.file, each.reason, each.until});
    return rules;
}

int wrongUsage(std::string_view sentence) {
    complain("gatewardenctl: " + std::string(sentence));
    return usage;
}

} // namespace

int runLint(const Invocation& invocation) {
    lint::LintSettings settings;
    LintedFile linted;
    if (invocation.has("--type")) {
        settings.kind = lint::kindOf(invocation.value("--type"));
        if (!settings.kind) return wrongUsage("--type is identity, resource, trust, scp, rcp, session, boundary or endpoint");
    }
    if (invocation.has("--account")) {
        if (!isAccount(invocation.value("--account"))) return wrongUsage("--account has twelve digits");
        settings.account = linted.account = invocation.value("--account");
    }
    if (invocation.has("--fail-on")) {
        const auto threshold = lint::severityOf(invocation.value("--fail-on"));
        if (!threshold || *threshold == lint::Severity::Error) return wrongUsage("--fail-on is low, medium, high or critical");
        linted.threshold = *threshold;
    }
    const auto now = timeFromOptions(invocation);
    if (!now) return usage;
    settings.now = *now;
    lint::RuleSettings rules;
    if (invocation.has("--rules")) {
        const std::string path(invocation.value("--rules"));
        std::string text;
        if (!readOrComplain(path, policy::maxSourceBytes, text)) return usage;
        auto parsed = rulesIn(std::move(text), settings);
        if (!parsed) {
            const ui::ErrorText told = ui::explain(parsed.error());
            return wrongUsage(path + ": " + told.title.toStdString() + ". " + told.why.toStdString());
        }
        rules = std::move(*parsed);
    }
    const CatalogueFile file = loadCatalogue(invocation);
    if (file.refused) return usage;
    settings.catalogue = linted.catalogue = file.catalogue.get();

    linted.file = invocation.arguments[0];
    std::erase_if(rules.suppressions, [&](const lint::Suppression& each) { return !linted.file.ends_with(each.file); });
    settings.rules = &rules;
    std::string text;
    if (!readOrComplain(linted.file, policy::maxSourceBytes, text)) return usage;
    linted.report = lint::lint(std::move(text), settings);
    const std::string_view format = invocation.value("--format");
    if (!print(format == "sarif" ? lintSarif(linted) : format == "json" ? lintJson(linted) : lintText(linted))) return usage;
    if (!linted.report.readable) return usage;
    const bool any = std::any_of(linted.report.findings.begin(), linted.report.findings.end(),
                                 [&](const lint::Finding& each) { return counts(linted, each); });
    return any ? no : done;
}

} // namespace gw::ctl
