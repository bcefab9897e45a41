#include "ui/inspector/response_sections.h"

#include "saml/xml/namespaces.h"
#include "ui/errors/render.h"
#include "ui/errors_text.h"
#include "ui/inspector/section.h"

#include <QLocale>

#include <algorithm>
#include <set>

namespace gw::ui {

namespace {

using inspect::noNode;
using inspect::VoteState;

constexpr std::size_t mostRoles = 40;
constexpr int leastText = 60;

QString textOf(std::string_view utf8) { return shownText(utf8); }

const QString good = QStringLiteral("check");
const QString bad = QStringLiteral("close");

QString signedWhat(const inspect::Inspection& inspection, const inspect::SignatureReport& signature) {
    const auto target = signature.target();
    if (target == noNode) return Section::tr("signature of nothing");
    // IDs are long and random as a rule; their ends tell them apart.
    constexpr qsizetype head = 6, tail = 4;
    QString id = textOf(inspection.tree.attribute(target, "ID").value_or(std::string()));
    if (id.size() > 2 * (head + tail)) id = id.left(head) + QChar(0x2026) + id.right(tail);
    return Section::tr("signature of %1").arg(textOf(inspection.tree.localName(target)) + QLatin1Char(' ') + id);
}

// The last words of an algorithm's URI: "rsa-sha256".
QString algorithmName(std::string_view uri) {
    const auto cut = uri.find_last_of("#/");
    return textOf(cut == std::string_view::npos ? uri : uri.substr(cut + 1));
}

QString roleName(const inspect::RoleForecast& role) {
    if (!role.pair) return textOf(std::string_view(role.value).substr(0, 80));
    return Section::tr("%1 in %2", "role, account")
        .arg(textOf(role.pair->role.name()), textOf(role.pair->role.account().value()));
}

} // namespace

QWidget* verifiersSection(const inspect::Inspection& inspection) {
    auto* section = new Section(Section::tr("The two verifiers"));
    section->setObjectName(QStringLiteral("inspector.verifiers"));
    if (inspection.signatures.empty() && inspection.stated.decrypted) {
        for (const char* name : {"xmlsec1", "OpenSSL"})
            section->addLine(good, Color::AllowedText, QString::fromLatin1(name), Section::tr("the signature inside the encrypted assertion is good"));
        return section;
    }
    if (inspection.signatures.empty()) {
        section->addLine(bad, Color::DeniedText, Section::tr("Structure"),
                         Section::tr("there is no signature to check"));
        return section;
    }
    bool refused = false;
    for (const auto& signature : inspection.signatures) {
        const QString what = signedWhat(inspection, signature);
        if (!signature.checked) {
            section->addLine(QStringLiteral("info"), Color::TextTertiary, Section::tr("Not checked"),
                             Section::tr("%1: more signatures than are examined").arg(what));
            continue;
        }
        for (const auto& vote : signature.votes) {
            const QString name = textOf(vote.verifier);
            switch (vote.state) {
            case VoteState::Good:
                if (inspection.trustConfigured && !signature.holdsTrusted())
                    section->addLine(bad, Color::DeniedText, name,
                                     Section::tr("%1 fits the key in the response, which is not trusted").arg(what));
                else
                    section->addLine(good, Color::AllowedText, name, Section::tr("%1 is good").arg(what));
                break;
            case VoteState::Bad:
                section->addLine(bad, Color::DeniedText, name,
                                 vote.reason ? Section::tr("%1: %2", "whose signature, why it is bad")
                                                   .arg(what, explain(*vote.reason).title)
                                             : Section::tr("%1 does not hold").arg(what));
                break;
            case VoteState::Refused: refused = true; break;
            case VoteState::NoKey:
                section->addLine(QStringLiteral("info"), Color::TextTertiary, name, Section::tr("%1: there is no key to check it with").arg(what));
                break;
            }
        }
    }
    const auto* decisive = inspection.decisive();
    if (refused)
        section->addLine(bad, Color::DeniedText, Section::tr("Structure"),
                         Section::tr("refuses the document before both"));
    else if (decisive == nullptr || inspection.signedPart)
        section->addLine(good, Color::AllowedText, Section::tr("Structure"),
                         Section::tr("one reading only, by position"));
    if (!inspection.trustConfigured)
        section->addText(Section::tr("With the certificate from the response: whether it is the provider's was not checked."));
    return section;
}

QWidget* encryptionSection(const inspect::Inspection& inspection) {
    if (inspection.stated.encryptedAssertions.empty()) return nullptr;
    auto* section = new Section(Section::tr("Encrypted assertion"));
    section->setObjectName(QStringLiteral("inspector.encryption"));
    const auto& tree = inspection.tree;
    const auto encrypted = inspection.stated.encryptedAssertions.front();
    bool data = true;
    for (inspect::NodeIndex node = encrypted; node < tree.nodes().size() && tree.within(node, encrypted); ++node) {
        if (tree.node(node).kind != inspect::NodeKind::Element || tree.localName(node) != "EncryptionMethod") continue;
        section->addFact(data ? Section::tr("Content") : Section::tr("Key"),
                         algorithmName(tree.attribute(node, "Algorithm").value_or(std::string())), true);
        data = false;
    }
    if (inspection.stated.decrypted) {
        section->addText(Section::tr("Opened with the provider's decryption key. The claims are those inside it; the text shows what came."));
        return section;
    }
    section->addText(Section::tr("The claims cannot be read here: the private key is with AWS, or was not given to Gatewarden. So no roles are listed. "
                            "AWS takes the response as it is, for a role that is known from elsewhere."));
    return section;
}

QWidget* awsSection(const inspect::Inspection& inspection) {
    const auto& forecast = inspection.aws;
    auto* section = new Section(Section::tr("What AWS would say"));
    section->setObjectName(QStringLiteral("inspector.aws"));
    const auto answer = [](const inspect::AwsAnswer& said) { return textOf(said.code) + QStringLiteral(": ") + textOf(said.message); };
    std::set<std::string> differing;
    for (const auto& role : forecast.roles) differing.insert(role.answer.accepted ? std::string() : std::string(role.answer.code) + role.answer.message);
    inspect::Confidence confidence = forecast.overall.confidence;
    if (!forecast.overall.accepted) {
        section->addCode(Section::tr("AWS's predicted answer"), answer(forecast.overall), QStringLiteral("inspector.aws.answer"), false);
    } else if (forecast.roles.empty()) {
        section->addText(Section::tr("Nothing to ask for: no role is named."));
    }
    for (std::size_t i = 0; i < std::min(forecast.roles.size(), mostRoles); ++i) {
        const auto& role = forecast.roles[i];
        const bool yes = role.answer.accepted && forecast.overall.accepted;
        auto* line = new QWidget;
        auto* row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(space::s2);
        auto* mark = new IconLabel(yes ? good : bad, yes ? Color::AllowedText : Color::DeniedText, 14);
        mark->setFixedHeight(Theme::lineHeight(TextStyle::Small));
        row->addWidget(mark, 0, Qt::AlignTop);
        QString words = roleName(role);
        if (!role.answer.accepted && (forecast.overall.accepted || differing.size() > 1)) words += QLatin1Char('\n') + answer(role.answer);
        auto* text = new Text(words, TextStyle::Small, Color::TextPrimary);
        text->setWordWrap(true);
        text->setMinimumWidth(leastText);
        text->setToolTip(textOf(role.value));
        row->addWidget(text, 1);
        section->addWidget(line);
    }
    if (forecast.roles.size() > mostRoles)
        section->addText(Section::tr("%n more role(s)", nullptr, static_cast<int>(forecast.roles.size() - mostRoles)));
    if (forecast.overall.accepted && !forecast.roles.empty()) {
        section->addText(Section::tr("As far as the response decides; the role's trust policy has the last word."));
        confidence = forecast.roles.front().answer.confidence;
    }
    section->addFact(Section::tr("Size"),
                     Section::tr("%1 of %2 characters")
                         .arg(QLocale().toString(static_cast<qulonglong>(forecast.size)), QLocale().toString(static_cast<qulonglong>(forecast.sizeLimit))));
    section->addText(confidence == inspect::Confidence::Certain ? Section::tr("Predicted, not asked. Confidence: certain.")
                                                                : Section::tr("Predicted, not asked. Confidence: likely."),
                     TextStyle::Small, Color::TextTertiary);
    return section;
}

QWidget* carelessSection(const Examined& examined) {
    const auto& inspection = *examined.response();
    const auto& shadow = inspection.shadow;
    if (!shadow.misled) return nullptr;
    auto* section = new Section(Section::tr("What a careless reader believes"));
    section->setObjectName(QStringLiteral("inspector.careless"));
    const auto at = [&](inspect::NodeIndex node) {
        return node == noNode ? QString()
                              : Section::tr(" (line %1)").arg(examined.lineOf(inspection.tree.node(node).whole.begin));
    };
    if (!shadow.nameId.empty()) section->addFact(Section::tr("Person"), textOf(shadow.nameId) + at(shadow.nameIdElement), true);
    for (std::size_t i = 0; i < std::min<std::size_t>(shadow.roles.size(), 5); ++i)
        section->addFact(i == 0 ? Section::tr("Role") : QString(),
                         textOf(shadow.roles[i]) + (i == 0 ? at(shadow.roleElement) : QString()), true);
    const bool anyHolds = std::any_of(inspection.signatures.begin(), inspection.signatures.end(), [](const auto& one) { return one.holdsSomehow(); });
    section->addText(shadow.truncated ? Section::tr("It stops at a comment inside a value and takes what stands before.")
                     : anyHolds       ? Section::tr("It checks one part of the document and reads another.")
                                      : Section::tr("It reads the claims and leaves the signature unchecked."));
    return section;
}

} // namespace gw::ui
