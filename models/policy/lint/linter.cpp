#include "models/policy/lint/linter.h"

#include "models/policy/lint/check.h"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace gw::policy::lint {
namespace {

constexpr auto kindNames = std::to_array<std::string_view>({"identity", "resource", "trust", "session", "boundary", "scp", "rcp", "endpoint"});

// As the elements look: who is named in Principal hangs on a resource; where STS alone is asked and no resource is named,
// on a role.
DocumentKind looksLike(Value root) {
    const Value statements = root.member("Statement");
    bool principals = false, sts = true, resources = false, any = false;
    const auto look = [&](Value statement) {
        any = true;
        principals = principals || statement.member("Principal") || statement.member("NotPrincipal");
        resources = resources || statement.member("Resource") || statement.member("NotResource");
        const Value action = statement.member("Action");
        const auto lookAction = [&](Value each) { sts = sts && foldedAscii(each.text()).starts_with("sts:"); };
        if (action.is(ValueKind::Array))
            for (Value each = action.first(); each; each = each.next()) lookAction(each);
        else
            lookAction(action);
    };
    if (statements.is(ValueKind::Array))
        for (Value each = statements.first(); each; each = each.next()) look(each);
    else if (statements)
        look(statements);
    if (!any || !principals) return DocumentKind::Identity;
    return sts && !resources ? DocumentKind::Trust : DocumentKind::Resource;
}

Report unreadable(const Error& error, const LintSettings& settings) {
    Report report;
    report.kind = settings.kind.value_or(DocumentKind::Identity);
    report.readable = false;
    const Rule& rule = error.code().is(SourceError::DuplicateKey) ? rules::jsonDuplicateKey : rules::jsonSyntax;
    const auto number = [&](std::string_view name) {
        std::uint32_t value = 0;
        for (const char each : error.fact(name)) value = value * 10 + static_cast<std::uint32_t>(each - '0');
        return std::max(value, 1U);
    };
    const Position at{number("line"), number("column")};
    std::vector<Fact> facts = error.facts();
    facts.push_back({"code", error.code().id()});
    report.findings.push_back({&rule, rule.severity, {{"", at, {at.line, at.column + 1}}}, std::move(facts), std::nullopt});
    return report;
}

bool lies(std::string_view pointer, std::string_view under) {
    return pointer.substr(0, under.size()) == under && (pointer.size() == under.size() || under.empty() || pointer[under.size()] == '/');
}

void settle(Report& report, const LintSettings& settings) {
    if (settings.rules != nullptr) {
        std::erase_if(report.findings, [&](Finding& finding) {
            const auto known = settings.rules->severities.find(finding.rule->id);
            if (known == settings.rules->severities.end()) return false;
            if (known->second) finding.severity = *known->second;
            return !known->second;
        });
        for (Finding& finding : report.findings) {
            for (const Suppression& each : settings.rules->suppressions) {
                const bool meant = each.rule == finding.rule->id && lies(finding.places.front().pointer, each.pointer);
                if (meant && each.until >= settings.now) finding.suppressed = each;
            }
        }
        std::vector<Finding> expired;
        for (const Suppression& each : settings.rules->suppressions) {
            if (each.until >= settings.now) continue;
            const auto meant = std::find_if(report.findings.begin(), report.findings.end(), [&](const Finding& finding) {
                return each.rule == finding.rule->id && lies(finding.places.front().pointer, each.pointer);
            });
            if (meant == report.findings.end() || meant->suppressed) continue;
            expired.push_back({&rules::suppressionExpired, rules::suppressionExpired.severity, {meant->places.front()},
                               {{"seen", each.rule}, {"until", each.until.toRfc3339()}, {"reason", each.reason}}, std::nullopt});
        }
        std::move(expired.begin(), expired.end(), std::back_inserter(report.findings));
    }
    std::stable_sort(report.findings.begin(), report.findings.end(), [](const Finding& a, const Finding& b) {
        const Position &one = a.places.front().begin, &other = b.places.front().begin;
        return std::pair(one.line, one.column) < std::pair(other.line, other.column);
    });
}

} // namespace

Report lint(std::string text, const LintSettings& settings) {
    auto source = Document::readSource(std::move(text));
    if (!source) return unreadable(source.error(), settings);
    Report report;
    report.kind = settings.kind.value_or(looksLike(source->root()));
    std::vector<Error> problems;
    const Document document = Document::readFaulty(std::move(*source), report.kind, problems);
    Check check(document, settings, report);
    addProblems(check, problems);
    if (document.source().root().is(ValueKind::Object)) {
        struct Family {
            void (*check)(Check&);
            bool isBrief = true;
        };
        for (const Family& family : std::initializer_list<Family>{{checkElements}, {checkSize}, {checkActions, false}, {checkResources}, {checkPrincipals},
                                                                  {checkConditionKeys}, {checkConditionValues}, {checkTags, false}, {checkRedundancy, false},
                                                                  {checkSamlTrust}, {checkTrust}, {checkPermissions}, {checkServices}})
            if (family.isBrief || !settings.brief) family.check(check);
        // It asks the evaluator, which takes no faulty documents.
        if (problems.empty() && !settings.brief) checkPrivilegePaths(check);
        check.tellWhatWasLeftOut();
    }
    settle(report, settings);
    return report;
}

std::string_view kindName(DocumentKind kind) {
    return kindNames[static_cast<std::size_t>(kind)];
}

std::optional<DocumentKind> kindOf(std::string_view name) {
    const auto known = std::find(kindNames.begin(), kindNames.end(), name);
    if (known == kindNames.end()) return std::nullopt;
    return static_cast<DocumentKind>(known - kindNames.begin());
}

} // namespace gw::policy::lint
