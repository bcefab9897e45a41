#include "models/policy/lint/rule_settings.h"

#include "models/policy/lint/rules.h"
#include "models/policy/source_tree.h"

#include <algorithm>

namespace gw::policy::lint {
namespace {

tl::unexpected<Error> wrong(RuleSettingsError code, const SourceTree& tree, Value at, std::string_view expected = {}) {
    Error error(code);
    error.with("pointer", tree.pointerTo(at)).with("seen", std::string(at.text().substr(0, 80)));
    if (!expected.empty()) error.with("expected", std::string(expected));
    return fail(std::move(error));
}

bool isRule(std::string_view id) {
    const auto all = allRules();
    return std::any_of(all.begin(), all.end(), [&](const Rule* each) { return each->id == id; });
}

Result<Suppression> suppressionOf(const SourceTree& tree, Value entry) {
    Suppression out;
    std::string until;
    for (Value member = entry.first(); member; member = member.next()) {
        const std::string_view name = member.name();
        std::string* into = name == "rule"      ? &out.rule
                            : name == "pointer" ? &out.pointer
                            : name == "file"    ? &out.file
                            : name == "reason"  ? &out.reason
                            : name == "until"   ? &until
                                                : nullptr;
        if (into == nullptr || !member.is(ValueKind::String)) return wrong(RuleSettingsError::UnknownKey, tree, member, "rule, pointer, file, reason, until");
        *into = member.text();
    }
    if (!isRule(out.rule)) return wrong(RuleSettingsError::UnknownRule, tree, entry.member("rule") ? entry.member("rule") : entry);
    if (out.reason.find_first_not_of(' ') == std::string::npos) return wrong(RuleSettingsError::Missing, tree, entry, "reason");
    // A date counts to its end.
    const auto time = UtcTime::parse(until.size() == 10 ? until + "T23:59:59Z" : until);
    if (!time) return wrong(RuleSettingsError::BadTime, tree, entry.member("until") ? entry.member("until") : entry, "until");
    out.until = *time;
    return out;
}

} // namespace

Result<RuleSettings> RuleSettings::parse(std::string text) {
    auto tree = SourceTree::parse(std::move(text));
    if (!tree || !tree->root().is(ValueKind::Object)) {
        Error error(RuleSettingsError::NotJson);
        return fail(tree ? std::move(error) : std::move(error).because(tree.error()));
    }
    RuleSettings out;
    for (Value member = tree->root().first(); member; member = member.next()) {
        if (member.name() == "severity" && member.is(ValueKind::Object)) {
            for (Value each = member.first(); each; each = each.next()) {
                if (!isRule(each.name())) return wrong(RuleSettingsError::UnknownRule, *tree, each);
                const auto severity = severityOf(each.text());
                if (!severity && each.text() != "off") return wrong(RuleSettingsError::BadSeverity, *tree, each, "low, medium, high, critical, error, off");
                out.severities[std::string(each.name())] = severity;
            }
        } else if (member.name() == "suppressions" && member.is(ValueKind::Array)) {
            for (Value each = member.first(); each; each = each.next()) {
                GW_TRY(out.suppressions.emplace_back(), suppressionOf(*tree, each));
            }
        } else {
            return wrong(RuleSettingsError::UnknownKey, *tree, member, "severity, suppressions");
        }
    }
    return out;
}

} // namespace gw::policy::lint
