#include "ui/review/finding_words.h"

#include "saml/base/json.h"
#include "ui/errors/review_texts.h"
#include "ui/errors/utf8.h"

#include <QCoreApplication>

namespace gw::ui {
namespace {

using estate::review::Finding;

struct FindingWords {
    Q_DECLARE_TR_FUNCTIONS(FindingWords)
};

QStringList linesOf(const QString& pointer, const Json& value) {
    QStringList lines = fromUtf8(value.dump(2)).split(QLatin1Char('\n'));
    // "Condition": {…}, so that a bare value says what it is; a place in a list has no name.
    QString name = pointer.section(QLatin1Char('/'), -1);
    bool number = false;
    name.toInt(&number);
    if (number || name == QLatin1String("-") || name.isEmpty()) return lines;
    name.replace(QStringLiteral("~1"), QStringLiteral("/")).replace(QStringLiteral("~0"), QStringLiteral("~"));
    lines.front().prepend(QStringLiteral("\"%1\": ").arg(name));
    return lines;
}

} // namespace

QString findingTitle(const Finding& finding) {
    return reviewTitle(finding);
}

QString findingPlace(const Finding& finding) {
    QStringList parts{fromUtf8(finding.rule->id)};
    if (const auto statement = finding.fact("statement"); !statement.empty()) parts.append(FindingWords::tr("statement %1").arg(fromUtf8(statement)));
    if (!finding.place.file.empty()) {
        const QString file = fromUtf8(finding.place.file).section(QLatin1Char('/'), -1);
        parts.append(finding.place.position.line > 0 ? FindingWords::tr("%1 line %2").arg(file).arg(finding.place.position.line) : file);
    }
    return parts.join(QStringLiteral(", "));
}

FixLines fixLines(const Finding& finding) {
    FixLines lines;
    if (!finding.fix || finding.fix->patch.empty()) return lines;
    const auto patch = parseJson(finding.fix->patch);
    if (!patch || !patch->is_array()) return lines;
    for (const auto& step : *patch) {
        if (!step.is_object() || !step.contains("op") || !step.contains("path") || !step["op"].is_string() || !step["path"].is_string()) continue;
        const QString op = fromUtf8(step["op"].get_ref<const std::string&>()), pointer = fromUtf8(step["path"].get_ref<const std::string&>());
        if (op == QLatin1String("test") && step.contains("value")) lines.gone += linesOf(pointer, step["value"]);
        if (op == QLatin1String("remove")) lines.gone.append(pointer);
        if ((op == QLatin1String("add") || op == QLatin1String("replace")) && step.contains("value")) lines.added += linesOf(pointer, step["value"]);
    }
    return lines;
}

QString fixText(const Finding& finding) {
    if (finding.fix && !finding.fix->patch.empty()) return fromUtf8(finding.fix->patch);
    return explainReview(finding).fix;
}

} // namespace gw::ui
