// What an edit does, in words.
#include "ui/errors/answer_texts.h"
#include "ui/errors/utf8.h"

#include <QCoreApplication>
#include <QStringList>

namespace gw::ui {
namespace {

using policy::Edit;
using policy::EditKind;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(AnswerText)
};

// "statement 2" of "/Statement/1/Action"; nothing for a document whose only statement is no list.
QString statementOf(const Edit& edit) {
    static constexpr std::string_view start = "/Statement/";
    if (!edit.pointer.starts_with(start)) return {};
    const std::string_view rest = std::string_view(edit.pointer).substr(start.size());
    bool number = false;
    const int index = fromUtf8(rest.substr(0, rest.find('/'))).toInt(&number);
    return number ? Words::tr("statement %1").arg(index + 1) : QString();
}

QString placeOf(const Edit& edit, const PolicyNames& names) {
    const QString statement = statementOf(edit);
    return statement.isEmpty() ? names.of(edit.policy)
                               : Words::tr("%1 of %2", "statement 2 of a policy").arg(statement, names.of(edit.policy));
}

// What the list has after and had not before.
QString added(const Edit& edit) {
    if (edit.after.is_string()) return fromUtf8(edit.after.get_ref<const std::string&>());
    if (edit.after.is_array() && !edit.after.empty() && edit.after.back().is_string())
        return fromUtf8(edit.after.back().get_ref<const std::string&>());
    return {};
}

QString keyOf(const Edit& edit) {
    const auto slash = edit.pointer.rfind('/');
    return fromUtf8(edit.pointer.substr(slash + 1))
        .replace(QStringLiteral("~1"), QStringLiteral("/"))
        .replace(QStringLiteral("~0"), QStringLiteral("~"));
}

QString valueText(const std::optional<policy::ContextValue>& value) {
    if (!value) return Words::tr("absent", "a condition key");
    QStringList all;
    for (const std::string& each : value->values) all.append(each.empty() ? Words::tr("an empty text") : fromUtf8(each));
    return all.join(QStringLiteral(", "));
}

QString principalsOf(const Edit& edit) {
    if (!edit.after.is_object()) return {};
    for (const auto& [type, names] : edit.after.items()) {
        const Json before = edit.before.is_object() ? edit.before.value(type, Json()) : Json();
        if (before == names) continue;
        const Json last = names.is_array() && !names.empty() ? names.back() : names;
        if (!last.is_string()) continue;
        const auto principal = policy::Principal::parse(last.get_ref<const std::string&>());
        return principal ? shortPrincipal(*principal) : fromUtf8(last.get_ref<const std::string&>());
    }
    return {};
}

} // namespace

QString additionsText(const policy::Additions& additions) {
    QStringList lines;
    for (const auto& each : additions)
        lines.append(QStringLiteral("%1 = %2").arg(fromUtf8(each.key.written()), valueText(each.value)));
    return lines.join(QLatin1Char('\n'));
}

QString editTitle(const Edit& edit, const PolicyNames& names) {
    switch (edit.kind) {
    case EditKind::TellContext: {
        if (edit.context.size() != 1)
            return Words::tr("Ask with %1 other facts").arg(edit.context.size());
        const auto& only = edit.context.front();
        return only.value ? Words::tr("Ask with %1 = %2", "condition key, value")
                                .arg(fromUtf8(only.key.written()), valueText(only.value))
                          : Words::tr("Ask without %1", "condition key").arg(fromUtf8(only.key.written()));
    }
    case EditKind::ExtendActions:
        return Words::tr("Add %1 to the actions", "an action").arg(added(edit));
    case EditKind::ExtendResources:
        return Words::tr("Add %1 to the resources", "a resource").arg(shortResource(added(edit).toStdString()));
    case EditKind::ExtendPrincipals:
        return Words::tr("Name %1 in %2", "principal, the role's trust policy")
            .arg(principalsOf(edit), layerInSentence(edit.layer));
    case EditKind::ExtendCondition:
        return Words::tr("Let %1 also be %2", "condition key, value").arg(keyOf(edit), added(edit));
    case EditKind::DropCondition:
        return Words::tr("Drop the condition on %1", "condition key").arg(keyOf(edit));
    case EditKind::AddStatement:
        if (addsDenial(edit)) return Words::tr("Deny just this in %1", "a policy").arg(names.of(edit.policy));
        return Words::tr("Add a statement to %1", "a policy").arg(names.of(edit.policy));
    case EditKind::AddPolicy:
        if (addsDenial(edit)) return Words::tr("Attach a policy that denies just this");
        return edit.layer == policy::Layer::Identity ? Words::tr("Attach a policy that allows just this")
                                                     : Words::tr("Give the resource a policy that allows just this");
    case EditKind::NarrowActions:
        return Words::tr("Take the action out of %1", "statement 2 of a policy").arg(placeOf(edit, names));
    case EditKind::RemoveStatement:
        break;
    }
    return Words::tr("Remove %1", "statement 2 of a policy").arg(placeOf(edit, names));
}

QString editDetail(const Edit& edit, const PolicyNames& names) {
    if (edit.kind == EditKind::TellContext) return Words::tr("No policy changes; the call is made under other circumstances.");
    if (addsDenial(edit))
        return edit.kind == EditKind::AddPolicy
                   ? Words::tr("It takes this action on this resource from this principal, and nothing else.")
                   : Words::tr("In %1, %2. It takes this action on this resource, and nothing else.",
                               "layer in a sentence, a policy")
                         .arg(layerInSentence(edit.layer), names.of(edit.policy));
    if (edit.kind == EditKind::AddPolicy) return Words::tr("There is none so far. It names this action and this resource only.");
    const QString where = Words::tr("In %1, %2.", "layer in a sentence, statement 2 of a policy")
                              .arg(layerInSentence(edit.layer), placeOf(edit, names));
    if (!edit.wide) return where;
    return where + QLatin1Char(' ') +
           (edit.result == policy::Decision::Allowed ? Words::tr("It gives more than what was asked.")
                                                     : Words::tr("It takes more than what was asked."));
}

QString editWorth(const estate::PlacedEdit& edit, const std::vector<estate::Gap>& gaps, const PolicyNames& names) {
    QStringList words;
    if (edit.reach && edit.reach->gained > 1)
        words.append(Words::tr("Others of these files that gain it, too: %1.").arg(edit.reach->gained - 1));
    if (edit.reach && edit.reach->lost > 1)
        words.append(Words::tr("Others of these files that lose it, too: %1.").arg(edit.reach->lost - 1));
    if (!edit.turning.empty())
        words.append(Words::tr("It hangs on what these files do not tell: %1").arg(gapText(gaps[edit.turning.front()], names)));
    return words.join(QLatin1Char(' '));
}

} // namespace gw::ui
