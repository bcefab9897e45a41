#include "ui/explain/answer_text.h"

#include "ui/errors/answer_texts.h"
#include "ui/errors/utf8.h"
#include "ui/errors_text.h"
#include "ui/explain/layer_view.h"
#include "ui/widgets/time_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace gw::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(AnswerCopy)
};

QString readFrom(const estate::Estate& estate) {
    const int files = static_cast<int>(estate.files().size());
    std::optional<UtcTime> newest;
    for (const auto& file : estate.files())
        if (file && file->modified && (!newest || *newest < *file->modified)) newest = file->modified;
    if (!newest) return Words::tr("Evaluated from %n file(s).", nullptr, files);
    const QString when =
        QLocale().toString(QDateTime::fromSecsSinceEpoch(newest->unixSeconds()), QStringLiteral("d MMM yyyy HH:mm"));
    return Words::tr("Evaluated from %n file(s), the newest of %1.", nullptr, files).arg(when);
}

} // namespace

QStringList answerNotes(const ExplainedAnswer& answer) {
    QStringList notes;
    const auto& question = *answer.question;
    if (question.estate && !question.estate->files().empty()) notes.append(readFrom(*question.estate));
    if (question.handed > 0)
        notes.append(question.estate && !question.estate->files().empty()
                         ? Words::tr("With %n pasted policy(s).", nullptr, static_cast<int>(question.handed))
                         : Words::tr("Evaluated from %n pasted policy(s) alone: what is not pasted does not exist here.", nullptr,
                                     static_cast<int>(question.handed)));
    if (answer.catalogue) notes.append(Words::tr("Action catalogue of %1.").arg(fromUtf8(answer.catalogue->date())));
    for (const auto& gap : question.base.gaps) {
        QString words = gapText(gap, answer.names);
        if (gap.cause) words += QLatin1Char(' ') + explainBriefly(*gap.cause);
        if (!notes.contains(words)) notes.append(words);
    }
    if (!answer.policies.scp && question.base.gaps.empty())
        notes.append(Words::tr("No service control policy binds this account."));
    notes.append(Words::tr("AWS itself was not asked."));
    return notes;
}

QString answerText(const ExplainedAnswer& answer, const std::vector<estate::PlacedEdit>& edits) {
    QStringList lines;
    const AnswerWords words = answerWords(answer.request, answer.policies, answer.explanation, answer.names);
    lines << words.headline + QLatin1Char('.') << words.sentence << QString();
    lines << Words::tr("Principal: %1").arg(fromUtf8(answer.request.principal.text()));
    lines << Words::tr("Action: %1").arg(fromUtf8(answer.request.action));
    lines << Words::tr("Resource: %1").arg(fromUtf8(answer.request.resource));
    if (answer.trial.edit) lines << Words::tr("Tried: %1").arg(editTitle(*answer.trial.edit, answer.names));
    lines << QString() << Words::tr("Layers, in AWS's order:");
    for (const LayerView& layer : layerViews(answer)) {
        lines << QStringLiteral("- %1, %2: %3").arg(layer.title, layer.document, layer.word);
        for (const StatementView& statement : layer.statements)
            if (statement.decides) lines << QStringLiteral("    %1: %2").arg(statement.name, statement.why);
    }
    if (!answer.facts.empty()) lines << QString() << Words::tr("Facts:");
    for (const UsedFact& fact : answer.facts) {
        QStringList values;
        for (const std::string& each : fact.value.values) values << fromUtf8(each);
        const QString value = fact.state == UsedFact::State::Present  ? values.join(QStringLiteral(", "))
                              : fact.state == UsedFact::State::Absent ? Words::tr("not in the request")
                                                                      : Words::tr("not told");
        lines << QStringLiteral("- %1 = %2%3")
                     .arg(fromUtf8(fact.key.written()), value, fact.matters ? QString() : Words::tr(" (would not matter)"));
    }
    if (!edits.empty()) lines << QString() << Words::tr("What would change the answer:");
    for (const estate::PlacedEdit& each : edits) {
        QString line = QStringLiteral("- %1. %2").arg(editTitle(each.edit, answer.names), editDetail(each.edit, answer.names));
        if (const QString worth = editWorth(each, answer.question->base.gaps, answer.names); !worth.isEmpty()) line += QLatin1Char(' ') + worth;
        lines << line;
    }
    if (const std::string said = policy::awsMessage(answer.request, answer.explanation.answer); !said.empty())
        lines << QString() << Words::tr("AWS would say:") << fromUtf8(said);
    lines << QString() << answerNotes(answer);
    return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

} // namespace gw::ui
