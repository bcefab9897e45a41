// Of the side panel for a response: how long a session lasts, what trust policies need, keys, clocks.
#include "ui/errors/render.h"
#include "ui/inspector/response_sections.h"
#include "ui/inspector/section.h"

#include <QDateTime>
#include <QLocale>

namespace gw::ui {

namespace {

using inspect::KeyFinding;
using inspect::SessionLimit;

QString textOf(std::string_view utf8) { return shownText(utf8); }

QString limitName(SessionLimit limit) {
    switch (limit) {
    case SessionLimit::Default: return Section::tr("AWS's default");
    case SessionLimit::Requested: return Section::tr("what is asked for");
    case SessionLimit::RoleMaximum: return Section::tr("the role's maximum");
    case SessionLimit::ProviderSession: return Section::tr("the end of the provider's session");
    case SessionLimit::SessionDuration: return QStringLiteral("SessionDuration");
    }
    return {};
}

QString keyWords(KeyFinding finding) {
    switch (finding) {
    case KeyFinding::NotSigned: return Section::tr("Nothing is signed.");
    case KeyFinding::Trusted: return Section::tr("The provider's key.");
    case KeyFinding::Unknown:
        return Section::tr("The key in the response holds. Whether it is the provider's was not checked: choose the provider above.");
    case KeyFinding::Rotated:
        return Section::tr("Probably the provider's new key: same subject or same key as a trusted certificate. Compare the "
                                                        "fingerprint with the provider's administrator, then renew the metadata here and in IAM.");
    case KeyFinding::Remembered:
        return Section::tr("A key of an earlier sign-in that the metadata does not name any more. The provider may still sign with the old one.");
    case KeyFinding::Stranger:
        return Section::tr("A stranger's key: it has nothing in common with the provider's. Another tenant or environment, or a forgery.");
    case KeyFinding::Altered:
        return Section::tr("No key at hand fits, though the content is as it was signed: the signature was changed, or its key is not in the response.");
    case KeyFinding::ContentAltered: return Section::tr("The content was changed after it was signed.");
    }
    return {};
}

QString dayText(UtcTime time) { return QLocale().toString(QDateTime::fromSecsSinceEpoch(time.unixSeconds(), Qt::UTC).date(), QStringLiteral("d MMM yyyy")); }

void addCertificate(Section& section, const QString& name, const saml::Certificate& certificate, UtcTime now) {
    section.addFact(name, errors::fingerprintText(certificate.fingerprint()), true);
    section.addFact({}, textOf(certificate.subject()));
    section.addFact({}, certificate.notAfter() <= now
                            ? Section::tr("%1, ended %2").arg(textOf(certificate.keyDescription()), dayText(certificate.notAfter()))
                            : Section::tr("%1, ends %2").arg(textOf(certificate.keyDescription()), dayText(certificate.notAfter())));
}

QString signedText(std::chrono::seconds offset) {
    const QString sign = offset.count() < 0 ? QString(QChar(0x2212)) : QStringLiteral("+");
    return sign + durationText(std::chrono::abs(offset));
}

} // namespace

QWidget* sessionSection(const inspect::Inspection& inspection) {
    if (inspection.aws.roles.empty()) return nullptr;
    const auto& session = inspection.aws.session;
    auto* section = new Section(Section::tr("Session length"), durationText(session.length));
    section->setObjectName(QStringLiteral("inspector.session"));
    section->addText(Section::tr("Decided by %1.").arg(limitName(session.decidedBy)));
    for (const auto& part : session.parts) section->addFact(limitName(part.limit), durationText(part.seconds));
    if (session.console) section->addFact(Section::tr("AWS console"), durationText(*session.console));
    return section;
}

QWidget* trustPolicySection(const inspect::Inspection& inspection) {
    const auto& needs = inspection.aws.trust;
    if (needs.statement.empty() || inspection.aws.roles.empty()) return nullptr;
    auto* section = new Section(Section::tr("What each role's trust policy needs"));
    section->setObjectName(QStringLiteral("inspector.trust-policy"));
    QStringList actions;
    for (const auto& action : needs.actions) actions.append(textOf(action));
    section->addFact(Section::tr("Actions"), actions.join(QLatin1Char('\n')), true);
    section->addFact(QStringLiteral("SAML:aud"), textOf(needs.audience), true);
    section->addCode(Section::tr("Trust policy statement"), QString::fromStdString(needs.statement),
                     QStringLiteral("inspector.trust-policy.statement"), true);
    return section;
}

QWidget* keysSection(const inspect::Inspection& inspection, UtcTime now) {
    const auto& keys = inspection.keys;
    auto* section = new Section(Section::tr("Whose key"));
    section->setObjectName(QStringLiteral("inspector.keys"));
    section->addText(keys.finding == KeyFinding::NotSigned && inspection.stated.decrypted
                         ? Section::tr("The provider's key, by the signature inside the encrypted assertion.")
                         : keyWords(keys.finding));
    if (keys.signedBy) addCertificate(*section, Section::tr("Signed by"), *keys.signedBy, now);
    if (keys.counterpart) addCertificate(*section, Section::tr("In place of"), *keys.counterpart, now);
    if (keys.finding == KeyFinding::Stranger || keys.finding == KeyFinding::Altered)
        for (std::size_t i = 0; i < std::min<std::size_t>(keys.trusted.size(), 4); ++i)
            addCertificate(*section, i == 0 ? Section::tr("Trusted") : QString(), keys.trusted[i], now);
    if (keys.trustedExpired)
        section->addText(Section::tr("Every trusted certificate is past its end."), TextStyle::Small, Color::ExpiringText);
    if (keys.finding == KeyFinding::Rotated) {
        std::string arn = "arn:aws:iam::ACCOUNT:saml-provider/NAME";
        if (!inspection.stated.aws.roles.empty()) arn = inspection.stated.aws.roles.front().provider.value();
        section->addCode(Section::tr("Command that renews the metadata in IAM"),
                         QStringLiteral("aws iam update-saml-provider --saml-metadata-document file://metadata.xml --saml-provider-arn ") + textOf(arn),
                         QStringLiteral("inspector.keys.command"), true);
    }
    return section;
}

QWidget* clocksSection(const inspect::Inspection& inspection) {
    using inspect::ClockFinding;
    const auto& clocks = inspection.clocks;
    if (!clocks.age && !clocks.provider && !clocks.aws) return nullptr;
    auto* section = new Section(Section::tr("Clocks"));
    section->setObjectName(QStringLiteral("inspector.clocks"));
    switch (clocks.finding) {
    case ClockFinding::Unknown: break;
    case ClockFinding::Agree: section->addText(Section::tr("No clock is known to be wrong.")); break;
    case ClockFinding::ProviderAhead:
        section->addText(Section::tr("The provider's clock is ahead: AWS may find its responses not yet valid."));
        break;
    case ClockFinding::ProviderBehind:
        section->addText(Section::tr("The provider's clock is behind: its responses reach AWS half spent."));
        break;
    case ClockFinding::ThisComputer: section->addText(Section::tr("This computer's clock is wrong, by AWS's word.")); break;
    case ClockFinding::Stale: section->addText(Section::tr("No clock is wrong; the response is old.")); break;
    }
    if (clocks.age) section->addFact(Section::tr("Issued"), clocks.age->count() >= 0
                                         ? Section::tr("%1 ago").arg(durationText(*clocks.age))
                                         : Section::tr("%1 from now").arg(durationText(-*clocks.age)));
    const auto left = [&](const QString& name, std::chrono::seconds time) {
        section->addFact(name, time.count() > 0 ? Section::tr("%1 left").arg(durationText(time))
                                                : Section::tr("over since %1").arg(durationText(-time)));
    };
    if (clocks.leftForExchange) left(Section::tr("AWS's five minutes"), *clocks.leftForExchange);
    if (clocks.leftByConditions) left(Section::tr("Its own limits"), *clocks.leftByConditions);
    if (clocks.provider) section->addFact(Section::tr("Provider"), signedText(*clocks.provider));
    if (clocks.aws) section->addFact(QStringLiteral("AWS"), signedText(*clocks.aws));
    return section;
}

} // namespace gw::ui
