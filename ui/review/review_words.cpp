#include "ui/review/review_words.h"

#include "models/items/review/mapping_rows.h"
#include "ui/errors/utf8.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <utility>

namespace gw::ui {
namespace {

struct ReviewWords {
    Q_DECLARE_TR_FUNCTIONS(ReviewWords)
};

} // namespace

QString granteeWord(estate::GranteeKind kind) {
    using estate::GranteeKind;
    switch (kind) {
    case GranteeKind::Group:
        return {};
    case GranteeKind::Person:
        return ReviewWords::tr("one person");
    case GranteeKind::Claim:
        return ReviewWords::tr("whoever has the claim");
    case GranteeKind::Provider:
        return ReviewWords::tr("whoever the provider sends");
    case GranteeKind::WebIdentity:
        return ReviewWords::tr("web identity");
    case GranteeKind::Account:
        return ReviewWords::tr("principal of an account");
    case GranteeKind::Service:
        return ReviewWords::tr("AWS service");
    case GranteeKind::Anyone:
        return ReviewWords::tr("anyone with an AWS account");
    }
    return {};
}

QString granteeName(estate::GranteeKind kind, const std::string& grantee) {
    using estate::GranteeKind;
    const QString who = fromUtf8(grantee);
    switch (kind) {
    case GranteeKind::Provider:
        return ReviewWords::tr("all from %1", "a provider").arg(fromUtf8(items::shortName(grantee)));
    case GranteeKind::Account: {
        const QString name = fromUtf8(items::shortName(grantee));
        if (name == QLatin1String("root") || name == who) return ReviewWords::tr("account %1").arg(name == who ? who : fromUtf8(items::accountIn(grantee)));
        return name;
    }
    case GranteeKind::Anyone:
        return ReviewWords::tr("any AWS account");
    default:
        return who;
    }
}

QString granteeName(const estate::Mapping& mapping) {
    return granteeName(mapping.kind, mapping.who);
}

QString granteeName(const estate::campaign::Subject& subject) {
    const auto kind = granteeKindNamed(subject.kind);
    return kind ? granteeName(*kind, subject.who) : fromUtf8(subject.who);
}

std::optional<estate::GranteeKind> granteeKindNamed(std::string_view name) {
    using estate::GranteeKind;
    for (int i = 0; i <= static_cast<int>(GranteeKind::Anyone); ++i)
        if (estate::granteeKindName(static_cast<GranteeKind>(i)) == name) return static_cast<GranteeKind>(i);
    return std::nullopt;
}

QString granteeIcon(estate::GranteeKind kind) {
    using estate::GranteeKind;
    switch (kind) {
    case GranteeKind::Group:
        return QStringLiteral("group");
    case GranteeKind::Person:
        return QStringLiteral("person");
    case GranteeKind::Claim:
        return QStringLiteral("claim");
    case GranteeKind::Provider:
    case GranteeKind::WebIdentity:
        return QStringLiteral("provider");
    case GranteeKind::Account:
        return QStringLiteral("account");
    case GranteeKind::Service:
        return QStringLiteral("automation");
    case GranteeKind::Anyone:
        break;
    }
    return QStringLiteral("globe");
}

QString privilegeWord(estate::Privilege privilege) {
    using estate::Privilege;
    switch (privilege) {
    case Privilege::Unknown:
        return ReviewWords::tr("not known");
    case Privilege::None:
        return ReviewWords::tr("nothing");
    case Privilege::Read:
        return ReviewWords::tr("read");
    case Privilege::Write:
        return ReviewWords::tr("write");
    case Privilege::Escalating:
        return ReviewWords::tr("can make itself an administrator");
    case Privilege::Admin:
        break;
    }
    return ReviewWords::tr("administrator");
}

QString reachWords(const estate::ReachCounts& reach) {
    const std::pair<std::uint32_t, const char*> kinds[] = {{reach.routes, QT_TRANSLATE_N_NOOP("ReviewWords", "%n route(s)")},
                                                           {reach.meshServices, QT_TRANSLATE_N_NOOP("ReviewWords", "%n mesh service(s)")},
                                                           {reach.functions, QT_TRANSLATE_N_NOOP("ReviewWords", "%n function(s)")},
                                                           {reach.tasks, QT_TRANSLATE_N_NOOP("ReviewWords", "%n task(s)")},
                                                           {reach.roles, QT_TRANSLATE_N_NOOP("ReviewWords", "%n role(s)")},
                                                           {reach.services, QT_TRANSLATE_N_NOOP("ReviewWords", "%n service(s)")}};
    QStringList words;
    for (const auto& [count, text] : kinds)
        if (count > 0 && words.size() < 2) words.append(ReviewWords::tr(text, nullptr, static_cast<int>(count)));
    if (words.isEmpty() && reach.other > 0) words.append(ReviewWords::tr("%n resource(s)", nullptr, static_cast<int>(reach.other)));
    return words.join(QStringLiteral(", "));
}

QString rowReachWords(const estate::Mapping& mapping) {
    using estate::Privilege;
    if (mapping.found == nullptr) return ReviewWords::tr("role does not exist");
    switch (mapping.privilege) {
    case Privilege::Admin:
        return ReviewWords::tr("all actions");
    case Privilege::Unknown:
        return ReviewWords::tr("not known");
    case Privilege::None:
        return ReviewWords::tr("nothing");
    default:
        break;
    }
    const QString words = reachWords(mapping.reach);
    if (mapping.privilege == Privilege::Read) return words.isEmpty() ? ReviewWords::tr("read") : ReviewWords::tr("read, %1").arg(words);
    return words.isEmpty() ? privilegeWord(mapping.privilege) : words;
}

sessions::Environment environmentFor(estate::Environment environment) {
    switch (environment) {
    case estate::Environment::Prod:
        return sessions::Environment::Prod;
    case estate::Environment::Stage:
        return sessions::Environment::Stage;
    case estate::Environment::Dev:
        return sessions::Environment::Dev;
    case estate::Environment::Shared:
        return sessions::Environment::Shared;
    case estate::Environment::Unknown:
        break;
    }
    return sessions::Environment::None;
}

} // namespace gw::ui
