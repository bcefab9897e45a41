#include "ui/errors/lint_texts.h"

#include "ui/errors/render.h"

#include <QCoreApplication>

#include <unordered_map>

namespace gw::ui {
namespace {

const errors::LintEntry* entryOf(std::string_view rule) {
    static const auto all = [] {
        std::unordered_map<std::string_view, const errors::LintEntry*> map;
        for (const auto table : {errors::lintFormTexts(), errors::lintAccessTexts()})
            for (const errors::LintEntry& entry : table) map.emplace(entry.rule, &entry);
        return map;
    }();
    const auto known = all.find(rule);
    return known == all.end() ? nullptr : known->second;
}

QString filled(const char* text, const policy::lint::Finding& finding) {
    if (*text == '\0') return {};
    Error facts(policy::DocumentError::WrongType);
    for (const Fact& fact : finding.facts) facts.with(fact.name, fact.value);
    return errors::render(QCoreApplication::translate("ErrorText", text), facts, QString());
}

} // namespace

LintText explainLint(const policy::lint::Finding& finding) {
    const errors::LintEntry* entry = entryOf(finding.rule->id);
    if (entry == nullptr) return {QString::fromUtf8(finding.rule->id.data(), static_cast<qsizetype>(finding.rule->id.size())), {}, {}};
    return {filled(entry->title, finding), filled(entry->detail, finding), filled(entry->fix, finding)};
}

QString lintMessage(const policy::lint::Finding& finding) {
    const LintText text = explainLint(finding);
    return text.detail.isEmpty() ? text.title : text.title + QStringLiteral(". ") + text.detail;
}

QString lintTitle(std::string_view rule) {
    const errors::LintEntry* entry = entryOf(rule);
    return entry == nullptr ? QString() : QCoreApplication::translate("ErrorText", entry->title);
}

} // namespace gw::ui
