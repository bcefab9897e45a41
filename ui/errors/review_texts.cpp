#include "ui/errors/review_texts.h"

#include "ui/errors/lint_texts.h"
#include "ui/errors/render.h"

#include <QCoreApplication>

#include <algorithm>

namespace gw::ui {
namespace {

const errors::ReviewEntry* entryOf(std::string_view rule) {
    const auto all = errors::reviewRuleTexts();
    const auto known = std::find_if(all.begin(), all.end(), [&](const errors::ReviewEntry& each) { return each.rule == rule; });
    return known == all.end() ? nullptr : &*known;
}

QString filled(const char* text, const Error& facts) {
    if (*text == '\0') return {};
    return errors::render(QCoreApplication::translate("ErrorText", text), facts, QString());
}

Error factsOf(const estate::review::Finding& finding) {
    Error facts(policy::DocumentError::WrongType);
    facts.with("object", finding.object);
    for (const Fact& each : finding.evidence) facts.with(each.name, each.value);
    if (finding.fix)
        for (const Fact& each : finding.fix->facts) facts.with("fix_" + each.name, each.value);
    return facts;
}

} // namespace

ReviewText explainReview(const estate::review::Finding& finding) {
    const Error facts = factsOf(finding);
    if (const errors::ReviewEntry* entry = entryOf(finding.rule->id))
        return {filled(entry->title, facts), filled(entry->detail, facts), filled(entry->fix, facts)};
    policy::lint::Finding alike;
    alike.rule = finding.rule;
    alike.facts = finding.evidence;
    const LintText text = explainLint(alike);
    return {text.title, text.detail, text.fix};
}

QString reviewTitle(const estate::review::Finding& finding) {
    const errors::ReviewEntry* entry = entryOf(finding.rule->id);
    if (entry == nullptr) return explainReview(finding).title;
    // Most titles have no facts in them.
    const QString title = QCoreApplication::translate("ErrorText", entry->title);
    return title.contains(QLatin1Char('{')) ? errors::render(title, factsOf(finding), QString()) : title;
}

QString reviewMessage(const estate::review::Finding& finding) {
    const ReviewText text = explainReview(finding);
    return text.detail.isEmpty() ? text.title : text.title + QStringLiteral(". ") + text.detail;
}

QString reviewTitle(std::string_view rule) {
    const errors::ReviewEntry* entry = entryOf(rule);
    return entry == nullptr ? lintTitle(rule) : QCoreApplication::translate("ErrorText", entry->title);
}

} // namespace gw::ui
