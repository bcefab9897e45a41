#include "ui/inspector/verdict_banner.h"

#include "saml/inspect/inspect_rules.h"
#include "ui/inspector/finding_list.h"
#include "ui/widgets/widgets.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace gw::ui {

namespace {

using inspect::noNode;

constexpr int narrow = 560;

struct Look {
    QString icon;
    Color ink, ground;
};

Look lookOf(VerdictKind kind) {
    switch (kind) {
    case VerdictKind::Plain: return {QStringLiteral("info"), Color::TextPrimary, Color::BgSunken};
    case VerdictKind::Good: return {QStringLiteral("shield"), Color::AllowedText, Color::AllowedTint};
    case VerdictKind::Undecided: return {QStringLiteral("depends"), Color::DependsText, Color::DependsTint};
    case VerdictKind::Bad: return {QStringLiteral("shield"), Color::DeniedText, Color::DeniedTint};
    }
    return {};
}

// As it stands after a colon: names and abbreviations keep their capitals.
QString afterColon(QString title) {
    if (title.size() > 1 && title.at(0).isUpper() && title.at(1).isLower()) {
        static const QStringList names{QStringLiteral("Response"), QStringLiteral("Assertion"), QStringLiteral("Issuer"), QStringLiteral("Audience")};
        const bool name = std::any_of(names.begin(), names.end(), [&](const QString& one) { return title.startsWith(one + QLatin1Char(' ')); });
        if (!name) title[0] = title.at(0).toLower();
    }
    return title;
}

QString lastPart(const std::string& role) {
    const std::string_view first = std::string_view(role).substr(0, role.find(','));
    const auto slash = first.rfind('/');
    return shownText(slash == std::string_view::npos ? first : first.substr(slash + 1));
}

// "A careless reader would take payments-admin from line 7. The signature covers only lines 9 to 28."
QString attackSentence(const Examined& examined) {
    const auto& inspection = *examined.response();
    const auto& tree = inspection.tree;
    QStringList sentences;
    const auto& shadow = inspection.shadow;
    if (shadow.misled) {
        const bool role = !shadow.roles.empty() && shadow.roleElement != noNode;
        const inspect::NodeIndex at = role ? shadow.roleElement : shadow.nameIdElement;
        const QString what = role ? lastPart(shadow.roles.front()) : shownText(shadow.nameId);
        if (at != noNode && !what.isEmpty())
            sentences.append(VerdictBanner::tr("A careless reader would take %1 from line %2.").arg(what).arg(examined.lineOf(tree.node(at).whole.begin)));
    }
    for (const auto& signature : inspection.signatures) {
        if (!signature.holdsSomehow() || signature.target() == noNode) continue;
        const inspect::Range range = tree.node(signature.target()).whole;
        sentences.append(VerdictBanner::tr("The signature covers only lines %1 to %2.").arg(examined.lineOf(range.begin)).arg(examined.lineOf(range.end - 1)));
        break;
    }
    const saml::Rule* rule = &inspect::ruleOf(inspection.attacks.front().attack);
    const auto finding = std::find_if(inspection.findings.begin(), inspection.findings.end(), [&](const saml::Finding& one) { return one.rule == rule; });
    if (finding != inspection.findings.end())
        sentences.append(VerdictBanner::tr("This is %1.", "the name of an attack").arg(afterColon(textOf(*finding, examined).title)));
    return sentences.join(QLatin1Char(' '));
}

QString offered(const inspect::Inspection& inspection) {
    const int roles = static_cast<int>(inspection.stated.aws.roles.size());
    const QString who = shownText(inspection.stated.aws.roleSessionName.empty() ? inspection.stated.nameId : inspection.stated.aws.roleSessionName);
    return VerdictBanner::tr("It offers %n role(s) to %1.", nullptr, roles).arg(who.isEmpty() ? VerdictBanner::tr("nobody by name") : who);
}

VerdictWords responseVerdict(const Examined& examined) {
    const auto& inspection = *examined.response();
    const auto& left = inspection.clocks.leftForExchange;
    switch (inspection.verdict) {
    case inspect::Verdict::Accepted: {
        QString sentence = offered(inspection);
        if (left && left->count() <= 0) sentence += QLatin1Char(' ') + VerdictBanner::tr("AWS's five minutes for it are over.");
        return {VerdictKind::Good, VerdictBanner::tr("Accepted: signed by the trusted key, both verifiers agree"), sentence};
    }
    case inspect::Verdict::Consistent:
        return {VerdictKind::Undecided, VerdictBanner::tr("Consistent in itself; whose key signed it was not checked"),
                offered(inspection) + QLatin1Char(' ') + VerdictBanner::tr("Choose whom to trust to have it checked.")};
    case inspect::Verdict::Rejected: break;
    }
    VerdictWords words{VerdictKind::Bad, VerdictBanner::tr("Rejected"), {}};
    if (const auto* decisive = inspection.decisive()) {
        const FindingText text = textOf(*decisive, examined);
        words.title = VerdictBanner::tr("Rejected: %1").arg(afterColon(text.title));
        words.sentence = text.detail;
    }
    // Whose words a forgery puts first says more than the rule that stops it.
    if (inspection.shadow.misled && !inspection.attacks.empty()) words.sentence = attackSentence(examined);
    return words;
}

VerdictWords metadataVerdict(const Examined& examined) {
    const auto& report = *examined.metadata();
    if (!report.findings.empty() && report.findings.front().severity >= saml::Severity::Error) {
        const FindingText text = textOf(report.findings.front(), examined);
        return {VerdictKind::Bad, VerdictBanner::tr("Metadata: %1").arg(afterColon(text.title)), text.detail};
    }
    VerdictWords words{VerdictKind::Good, {}, {}};
    if (report.entityCount == 1)
        words.title = VerdictBanner::tr("Metadata of %1").arg(shownText(report.entities.front().entityId));
    else
        words.title = VerdictBanner::tr("Metadata of %n entities", nullptr, static_cast<int>(report.entityCount));
    const bool warned = !report.findings.empty() && report.findings.front().severity == saml::Severity::Warning;
    if (warned) {
        words.kind = VerdictKind::Undecided;
        words.sentence = textOf(report.findings.front(), examined).title;
    } else if (!report.calendar.empty()) {
        const QDate end = QDateTime::fromSecsSinceEpoch(report.calendar.front().notAfter.unixSeconds(), Qt::UTC).date();
        words.sentence = VerdictBanner::tr("The next key ends on %1.").arg(QLocale().toString(end, QStringLiteral("d MMM yyyy")));
    }
    return words;
}

} // namespace

VerdictWords verdictOf(const Examined& examined) {
    if (examined.response() != nullptr) return responseVerdict(examined);
    if (examined.metadata() != nullptr) return metadataVerdict(examined);
    if (examined.summary().kind == inspect::MessageKind::AuthnRequest)
        return {VerdictKind::Plain, VerdictBanner::tr("A request for sign-in"), VerdictBanner::tr("Nothing in it is checked; nobody's rights follow from it.")};
    return {VerdictKind::Plain, VerdictBanner::tr("Neither a response nor metadata"), VerdictBanner::tr("It is shown as it stands.")};
}

VerdictBanner::VerdictBanner(QWidget* parent) : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::s6, space::s2, space::s4, space::s2);
    row->setSpacing(space::s3);
    icon_ = new IconLabel(QStringLiteral("info"), Color::TextPrimary, 20);
    row->addWidget(icon_);
    auto* column = new QVBoxLayout;
    column->setSpacing(0);
    title_ = new Text({}, TextStyle::Title);
    title_->setObjectName(QStringLiteral("inspector.verdict.title"));
    title_->setWordWrap(true);
    sentence_ = new Text({}, TextStyle::Small);
    sentence_->setObjectName(QStringLiteral("inspector.verdict.sentence"));
    sentence_->setWordWrap(true);
    column->addWidget(title_);
    column->addWidget(sentence_);
    row->addLayout(column, 1);
    countdown_ = new Text({}, TextStyle::Small);
    countdown_->setObjectName(QStringLiteral("inspector.left"));
    countdown_->setTabular(true);
    countdown_->hide();
    row->addWidget(countdown_);
    evidence_ = new Button(tr("Keep as evidence"), QStringLiteral("evidence"), ButtonKind::Default);
    evidence_->setObjectName(QStringLiteral("inspector.verdict.evidence"));
    evidence_->setSize(ButtonSize::Small);
    row->addWidget(evidence_);
    connect(evidence_, &QPushButton::clicked, this, &VerdictBanner::evidenceWanted);
}

void VerdictBanner::set(const VerdictWords& words) {
    kind_ = words.kind;
    const Look look = lookOf(words.kind);
    icon_->setIconName(look.icon);
    icon_->setColorToken(look.ink);
    title_->setColorToken(look.ink);
    title_->setFullText(words.title);
    sentence_->setFullText(words.sentence);
    sentence_->setVisible(!words.sentence.isEmpty());
    setAccessibleName(words.title);
    setAccessibleDescription(words.sentence);
    update();
}

void VerdictBanner::setCountdown(std::optional<std::chrono::seconds> left) {
    const bool shown = left && left->count() > 0 && width() >= narrow;
    countdown_->setVisible(shown);
    if (shown) countdown_->setFullText(tr("AWS takes it for %1").arg(countdownText(*left)));
}

void VerdictBanner::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    evidence_->setVisible(width() >= narrow);
}

void VerdictBanner::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(lookOf(kind_).ground));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color(Color::BorderSubtle));
}

} // namespace gw::ui
