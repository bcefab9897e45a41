// Why a statement applies or does not, with the values that were compared.
#include "ui/errors/answer_texts.h"
#include "ui/errors/utf8.h"

#include <QCoreApplication>
#include <QStringList>

namespace gw::ui {
namespace {

using policy::Comparison;
using policy::Truth;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(AnswerText)
};

constexpr int mostValues = 3;

QString listed(const std::vector<std::string>& values) {
    QStringList shown;
    for (const std::string& each : values) {
        if (shown.size() == mostValues) break;
        shown.append(each.empty() ? Words::tr("an empty text") : fromUtf8(each));
    }
    const int more = static_cast<int>(values.size()) - static_cast<int>(shown.size());
    const QString last = shown.size() > 1 && more == 0 ? shown.takeLast() : QString();
    QString all = shown.join(QStringLiteral(", "));
    if (!last.isEmpty()) return Words::tr("%1 or %2").arg(all, last);
    return more > 0 ? Words::tr("%1 or one of %2 more").arg(all, QString::number(more)) : all;
}

struct Phrases {
    QString must; // "it must %1"
    QString does; // "… is x, which %1"
};

Phrases phrasesOf(const policy::Operator& op, const QString& values) {
    const bool no = op.negated;
    switch (op.comparison) {
    case Comparison::StringEquals:
    case Comparison::NumericEquals:
    case Comparison::DateEquals:
    case Comparison::BinaryEquals:
    case Comparison::Bool:
        return no ? Phrases{Words::tr("must not be %1").arg(values), Words::tr("is not %1").arg(values)}
                  : Phrases{Words::tr("must be %1").arg(values), Words::tr("is %1").arg(values)};
    case Comparison::StringEqualsIgnoreCase:
        return no ? Phrases{Words::tr("must not be %1, in any case").arg(values), Words::tr("is not %1, in any case").arg(values)}
                  : Phrases{Words::tr("must be %1, in any case").arg(values), Words::tr("is %1, in any case").arg(values)};
    case Comparison::StringLike:
    case Comparison::ArnLike:
        return no ? Phrases{Words::tr("must not match %1").arg(values), Words::tr("does not match %1").arg(values)}
                  : Phrases{Words::tr("must match %1").arg(values), Words::tr("matches %1").arg(values)};
    case Comparison::NumericLessThan:
        return {Words::tr("must be less than %1").arg(values), Words::tr("is less than %1").arg(values)};
    case Comparison::NumericLessThanEquals:
        return {Words::tr("must be at most %1").arg(values), Words::tr("is at most %1").arg(values)};
    case Comparison::NumericGreaterThan:
        return {Words::tr("must be more than %1").arg(values), Words::tr("is more than %1").arg(values)};
    case Comparison::NumericGreaterThanEquals:
        return {Words::tr("must be at least %1").arg(values), Words::tr("is at least %1").arg(values)};
    case Comparison::DateLessThan:
    case Comparison::DateLessThanEquals:
        return {Words::tr("must be before %1").arg(values), Words::tr("is before %1").arg(values)};
    case Comparison::DateGreaterThan:
    case Comparison::DateGreaterThanEquals:
        return {Words::tr("must be after %1").arg(values), Words::tr("is after %1").arg(values)};
    case Comparison::IpAddress:
        return no ? Phrases{Words::tr("must lie outside %1").arg(values), Words::tr("lies outside %1").arg(values)}
                  : Phrases{Words::tr("must lie in %1").arg(values), Words::tr("lies in %1").arg(values)};
    case Comparison::Null:
        break;
    }
    return {};
}

QString subject(const policy::ConditionReport& condition, policy::Quantifier quantifier) {
    const QString key = fromUtf8(condition.key);
    if (quantifier == policy::Quantifier::ForAllValues) return Words::tr("each value of %1", "a condition key").arg(key);
    if (quantifier == policy::Quantifier::ForAnyValue) return Words::tr("some value of %1", "a condition key").arg(key);
    return Words::tr("it");
}

QString sentence(QString words) {
    // A condition key begins as it is written.
    if (!words.isEmpty() && !words.section(QLatin1Char(' '), 0, 0).contains(QLatin1Char(':'))) words[0] = words.at(0).toUpper();
    return words + QLatin1Char('.');
}

QString principalsText(const policy::StatementReport& statement, const policy::Request& request) {
    const auto& compiled = statement.ref.get();
    if (compiled.isNotPrincipal())
        return Words::tr("It speaks of everyone but those named, and %1 is named.").arg(shortPrincipal(request.principal));
    return Words::tr("%1 is not among those whom it names.").arg(shortPrincipal(request.principal));
}

} // namespace

QString conditionText(const policy::ConditionReport& condition, policy::Effect effect) {
    const QString key = fromUtf8(condition.key);
    const auto op = policy::Operator::parse(condition.op);
    if (!op) return key;
    if (op->comparison == Comparison::Null) {
        const bool absent = !condition.expected.empty() && foldedAscii(condition.expected.front()) == "true";
        if (condition.holds == Truth::Unknown)
            return absent ? Words::tr("%1 must be absent, and it is not known whether it is").arg(key)
                          : Words::tr("%1 must be there, and it is not known whether it is").arg(key);
        return condition.seen ? Words::tr("%1 is there", "a condition key").arg(key)
                              : Words::tr("%1 is absent", "a condition key").arg(key);
    }
    const Phrases phrases = phrasesOf(*op, listed(condition.expected));
    // What a denial asks for is nothing that must be so.
    const bool denies = effect == policy::Effect::Deny;
    const QString wanted =
        denies ? Words::tr("it denies where %1 %2", "it, is x").arg(subject(condition, op->quantifier), phrases.does)
               : QStringLiteral("%1 %2").arg(subject(condition, op->quantifier), phrases.must);
    if (condition.holds == Truth::Unknown) return Words::tr("%1 was not told; %2", "key; it must be x").arg(key, wanted);
    if (!condition.seen) {
        // IfExists and negated operators hold for a key that is not there.
        if (condition.holds == Truth::True)
            return Words::tr("%1 is not in the request, which satisfies %2", "key, operator").arg(key, fromUtf8(condition.op));
        return Words::tr("%1 is not in the request; %2", "key; it must be x").arg(key, wanted);
    }
    QStringList values;
    for (const std::string& each : *condition.seen) values.append(each.empty() ? Words::tr("an empty text") : fromUtf8(each));
    const QString seen = values.isEmpty() ? Words::tr("an empty list") : values.join(QStringLiteral(", "));
    if (condition.holds == Truth::False) return Words::tr("%1 is %2; %3", "key, value; it must be x").arg(key, seen, wanted);
    // "is eu-west-1, which is eu-west-1" says nothing.
    if (values.size() == 1 && condition.expected.size() == 1 && values.front() == fromUtf8(condition.expected.front()))
        return Words::tr("%1 is %2, as it must be", "key, value").arg(key, seen);
    return Words::tr("%1 is %2, which %3", "key, value, is less than x").arg(key, seen, phrases.does);
}

QStringList whySentences(const policy::StatementReport& statement, const policy::Request& request) {
    const auto& compiled = statement.ref.get();
    QStringList sentences;
    if (!statement.action)
        sentences.append(compiled.isNotAction()
                             ? Words::tr("%1 is among the actions that it leaves out.").arg(fromUtf8(request.action))
                             : Words::tr("Its actions do not cover %1.").arg(fromUtf8(request.action)));
    if (!statement.principal) sentences.append(principalsText(statement, request));
    if (statement.resource == Truth::False)
        sentences.append(compiled.isNotResource()
                             ? Words::tr("%1 is among the resources that it leaves out.").arg(shortResource(request.resource))
                             : Words::tr("Its resources do not cover %1.").arg(shortResource(request.resource)));
    if (statement.resource == Truth::Unknown)
        sentences.append(Words::tr("Whether its resources cover %1 hangs on a variable that was not told.")
                             .arg(shortResource(request.resource)));
    // What fails before a condition is looked at makes the condition uninteresting.
    const bool reached = sentences.isEmpty();
    for (const auto& condition : statement.conditions)
        if (reached && (condition.holds != Truth::True || statement.applies == Truth::True))
            sentences.append(sentence(conditionText(condition, compiled.effect())));
    if (statement.applies == Truth::True)
        sentences.prepend(compiled.effect() == policy::Effect::Deny ? Words::tr("It denies: action and resource match.")
                                                                    : Words::tr("It allows: action and resource match."));
    return sentences;
}

QString whyText(const policy::StatementReport& statement, const policy::Request& request) {
    return whySentences(statement, request).join(QLatin1Char(' '));
}

} // namespace gw::ui
