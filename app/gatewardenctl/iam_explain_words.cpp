#include "app/gatewardenctl/iam_explain_words.h"

namespace gw::ctl {
namespace {

using policy::Decision;
using policy::Layer;
using policy::LayerVoice;

ui::LayerMark markOf(const policy::LayerReport& layer) {
    if (!layer.binds) return ui::LayerMark::NoSay;
    switch (layer.voice) {
    case LayerVoice::Denies:
        return ui::LayerMark::Denies;
    case LayerVoice::Depends:
        return ui::LayerMark::Depends;
    case LayerVoice::Allows:
        return ui::LayerMark::Passes;
    case LayerVoice::Silent:
        break;
    }
    return ui::LayerMark::NoAllow;
}

} // namespace

std::string policyName(const Explained& explained, const policy::CompiledPolicy& policy) {
    const estate::PolicyDocument* document = explained.estate->documentOf(policy);
    return document == nullptr ? policy.name() : document->name;
}

std::string statementName(const Explained& explained, const policy::StatementRef& ref) {
    return policyName(explained, *ref.policy) + ", " + ui::statementName(ref).toStdString();
}

std::string verdictSentence(const Explained& explained) {
    const estate::Conclusion& conclusion = explained.conclusion;
    const ui::AnswerWords words =
        ui::answerWords(explained.question.request, explained.question.policies, conclusion.explanation, explained.names);
    const std::string known = (words.headline + QStringLiteral(". ") + words.sentence).toStdString();
    if (conclusion.turning.empty() || conclusion.explanation.answer.decision == Decision::Depends) return known;
    return "Depends on what the estate does not hold. By what it holds: " + known;
}

std::string layerTitle(const Explained& explained, const policy::LayerReport& layer) {
    const estate::Question& question = explained.question;
    const std::string title = ui::layerTitle(layer.layer).toStdString();
    if (layer.layer != Layer::Scp && layer.layer != Layer::Rcp) return title;
    const auto& targets = layer.layer == Layer::Scp ? question.scpTargets : question.rcpTargets;
    return layer.level < targets.size() && !targets[layer.level].empty() ? title + " of " + targets[layer.level] : title;
}

std::string voiceWords(const policy::LayerReport& layer) {
    QString words = ui::layerWord(layer.layer, markOf(layer));
    words[0] = words.at(0).toLower();
    return words.toStdString();
}

std::vector<std::string> failures(const policy::StatementReport& statement, const policy::Request& request) {
    std::vector<std::string> parts;
    for (const QString& each : ui::whySentences(statement, request)) parts.push_back(each.toStdString());
    return parts;
}

std::string additionWords(const policy::Additions& additions) {
    QString text = ui::additionsText(additions);
    return additions.empty() ? "nothing more" : text.replace(QLatin1Char('\n'), QStringLiteral(", ")).toStdString();
}

std::string editSentence(const Explained& explained, const estate::PlacedEdit& placed) {
    const policy::Edit& edit = placed.edit;
    QString text = ui::editTitle(edit, explained.names) + QStringLiteral(". ") + ui::editDetail(edit, explained.names);
    if (edit.kind == policy::EditKind::TellContext && edit.context.size() > 1)
        text += QLatin1Char(' ') + QString::fromStdString(additionWords(edit.context)) + QLatin1Char('.');
    return text.toStdString();
}

} // namespace gw::ctl
