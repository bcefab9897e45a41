#include "app/gatewardenctl/gap_words.h"
#include "app/gatewardenctl/iam_explain_words.h"
#include "app/gatewardenctl/output.h"
#include "models/policy/catalogue.h"

#include <algorithm>

namespace gw::ctl {
namespace {

using policy::LayerVoice;
using policy::Truth;

class TextWriter {
public:
    explicit TextWriter(const Explained& explained) : explained_(explained) {}

    std::string run() {
        line(verdictSentence(explained_));
        if (const QString misfit = ui::misfitText(explained_.question, explained_.conclusion); !misfit.isEmpty())
            line(misfit.toStdString());
        if (const std::string aws = policy::awsMessage(explained_.question.request, explained_.conclusion.explanation.answer);
            !aws.empty())
            line("AWS's words for it: " + aws);
        request();
        line("");
        line("Layers, in the order in which AWS looks at them:");
        for (const policy::LayerReport& each : explained_.conclusion.explanation.layers) layer(each);
        witness();
        edits();
        gaps();
        origin();
        return std::move(out_);
    }

private:
    void line(const std::string& text) { out_ += columns({{text}}); }

    void request() {
        const estate::Question& question = explained_.question;
        line("");
        std::string who = question.request.principal.text();
        if (question.role != nullptr)
            who += "  (role " + question.role->arn + " in " + explained_.estate->targetName(question.role->account) + ")";
        line("  principal  " + who);
        line("  action     " + question.request.action);
        std::string what = question.request.resource;
        if (!question.writtenResource.empty()) what += "  (the account's masked digits are filled in)";
        if (question.resource != nullptr && !question.resource->name.empty()) what += "  (" + question.resource->name + ")";
        line("  resource   " + what);
        for (const estate::ToldKey& each : question.told) {
            std::string values;
            for (const std::string& value : each.values) values += (values.empty() ? "" : ", ") + value;
            line("  " + each.key + " = " + values);
        }
    }

    void layer(const policy::LayerReport& report) {
        line("  " + layerTitle(explained_, report) + ": " + voiceWords(report));
        if (!report.binds) return;
        constexpr std::size_t most = 3;
        std::size_t shown = 0;
        for (const policy::StatementReport& each : report.statements) {
            const bool near = report.voice == LayerVoice::Silent || each.applies != Truth::False;
            if (!near || shown == most) continue;
            ++shown;
            statement(each);
        }
        if (report.statements.empty()) line("    no policy");
    }

    void statement(const policy::StatementReport& report) {
        const bool deny = report.ref.get().effect() == policy::Effect::Deny;
        const char* applies = report.applies == Truth::True    ? "applies"
                              : report.applies == Truth::False ? "does not apply"
                                                               : "may apply";
        line("    " + statementName(explained_, report.ref) + ", " + (deny ? "Deny" : "Allow") + ": " + applies);
        const auto& document = report.ref.policy->document();
        if (const auto place = explained_.estate->placeOf(*report.ref.policy, document.statements()[report.ref.statement].value))
            line("      " + placeText(*place));
        for (const std::string& each : failures(report, explained_.question.request)) line("      " + each);
    }

    static std::string placeText(const estate::Place& place) {
        std::string text = place.file + ":" + std::to_string(place.position.line) + ":" + std::to_string(place.position.column) +
                           " " + place.pointer;
        if (place.quoted)
            text +=
                ", in it " + place.inner + " at " + std::to_string(place.within.line) + ":" + std::to_string(place.within.column);
        return text;
    }

    void witness() {
        const auto& found = explained_.conclusion.explanation.answer.witness;
        if (!found) return;
        line("");
        line("Allowed with " + additionWords(found->allowed) + "; denied with " + additionWords(found->denied));
    }

    void edits() {
        line("");
        if (explained_.edits.empty()) return line("No single edit changes the answer.");
        line("Any one of these changes the answer (each was tried):");
        for (const estate::PlacedEdit& each : explained_.edits) {
            line("  - " + editSentence(explained_, each) + " → " + std::string(policy::decisionName(each.edit.result)));
            // What is too much for a sentence.
            if (each.edit.after.is_structured()) line("    " + each.edit.pointer + (each.edit.pointer.empty() ? "" : " ") + each.edit.after.dump());
            const QString worth = ui::editWorth(each, explained_.question.gaps, explained_.names);
            if (!worth.isEmpty()) line("    " + worth.toStdString());
            if (each.place) line("    " + placeText(*each.place));
        }
    }

    void gaps() {
        const auto& all = explained_.question.gaps;
        if (all.empty()) return;
        line("");
        line("Not known from the estate:");
        const auto& turning = explained_.conclusion.turning;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const bool turns = std::find(turning.begin(), turning.end(), i) != turning.end();
            line("  - " + gapWords(all[i], explained_.names) + (turns ? "" : " (it would not change the answer)"));
        }
    }

    void origin() {
        line("");
        const std::size_t files = explained_.estate->files().size();
        std::string text = "By " + std::to_string(files) + (files == 1 ? " file" : " files");
        text += explained_.world.catalogue == nullptr ? "; without the action catalogue"
                                                      : "; action catalogue of " + explained_.world.catalogue->date();
        if (explained_.world.now) text += "; as of " + explained_.world.now->toRfc3339();
        line(text + "; AWS itself was not asked.");
    }

    const Explained& explained_;
    std::string out_;
};

} // namespace

std::string explainText(const Explained& explained) {
    return TextWriter(explained).run();
}

} // namespace gw::ctl
