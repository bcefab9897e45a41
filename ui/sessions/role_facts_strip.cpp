#include "ui/sessions/role_facts_strip.h"

#include "ui/errors/render.h"
#include "ui/errors_text.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace gw::ui {

namespace {

constexpr int stripHeight = 56;

QString algorithmName(const std::string& uri) {
    const QString name = QString::fromStdString(uri).section(u'#', -1).section(u'/', -1);
    return name.toUpper();
}

QString formatName(const std::string& uri) { return QString::fromStdString(uri).section(u':', -1); }

QVBoxLayout* twoLines(QWidget* upper, QWidget* lower) {
    auto* lines = new QVBoxLayout;
    lines->setSpacing(0);
    lines->addStretch();
    lines->addWidget(upper);
    lines->addWidget(lower);
    lines->addStretch();
    return lines;
}

} // namespace

QString bothVerifiersText(const saml::SignatureFacts& signature) {
    return RoleFactsStrip::tr("Checked twice, independently: by xmlsec1 and by Gatewarden's own verifier on OpenSSL. Both accept it and saw the same "
                              "octets.\n%1, key %2")
        .arg(algorithmName(signature.algorithm), errors::fingerprintText(signature.keyFingerprint));
}

QString keyProblemsText(const std::vector<Error>& problems) {
    QStringList lines;
    for (const Error& problem : problems) {
        const ErrorText text = explain(problem);
        lines << text.title + QStringLiteral(". ") + text.why + u' ' + text.whatToDo.value(0);
    }
    return lines.join(u'\n');
}

RoleFactsStrip::RoleFactsStrip(const SignInAttempt& attempt, QWidget* parent) : Panel(Color::BgSunken, parent) {
    setEdges(Qt::BottomEdge);
    setFixedHeight(stripHeight);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::s4, 0, space::s4, 0);
    row->setSpacing(space::s3);
    const auto divide = [&] {
        row->addSpacing(space::s2);
        auto* line = new Divider(Qt::Vertical);
        line->setFixedHeight(28);
        row->addWidget(line);
        row->addSpacing(space::s2);
    };

    ring_ = new CountdownRing(32, false);
    ring_->setCalm(true);
    left_ = new Text({}, TextStyle::Strong);
    left_->setTabular(true);
    left_->setObjectName(QStringLiteral("chooser.time-left"));
    leftNote_ = new Text(tr("left in AWS's five minutes"), TextStyle::Small, Color::TextSecondary);
    row->addWidget(ring_);
    row->addLayout(twoLines(left_, leftNote_));
    divide();

    if (const auto* assertion = attempt.signIn()->assertion()) {
        addVerification(*row, attempt, *assertion);
        divide();
        addSubject(*row, attempt, *assertion);
    } else if (const auto* unreadable = attempt.signIn()->unreadable()) {
        addUnreadable(*row, *attempt.signIn(), *unreadable);
    }

    const auto& changes = attempt.signIn()->roleChanges();
    if (!attempt.firstSignIn() && !(changes.gained.empty() && changes.lost.empty())) {
        divide();
        auto* counts = new QHBoxLayout;
        counts->setSpacing(space::s2);
        auto* holder = new QWidget;
        counts->setContentsMargins(0, 0, 0, 0);
        if (!changes.gained.empty())
            counts->addWidget(new Text(tr("+%n role(s)", nullptr, static_cast<int>(changes.gained.size())), TextStyle::Strong, Color::AllowedText));
        if (!changes.lost.empty())
            counts->addWidget(new Text(QChar(0x2212) + tr("%n role(s)", nullptr, static_cast<int>(changes.lost.size())), TextStyle::Strong,
                                       Color::DeniedText));
        counts->addStretch();
        holder->setLayout(counts);
        QStringList names;
        for (const auto& pair : changes.gained) names << QStringLiteral("+ ") + QString::fromStdString(pair.role.value());
        for (const auto& pair : changes.lost) names << QChar(0x2212) + QStringLiteral(" ") + QString::fromStdString(pair.role.value());
        holder->setToolTip(names.mid(0, 20).join(u'\n'));
        row->addLayout(twoLines(holder, new Text(tr("since the last sign-in"), TextStyle::Small, Color::TextSecondary)));
    }
    row->addStretch(1);
}

void RoleFactsStrip::addVerification(QHBoxLayout& row, const SignInAttempt& attempt, const saml::VerifiedAssertion& assertion) {
    row.addWidget(new IconLabel(QStringLiteral("proof"), Color::AllowedText, 20));
    auto* verified = new Text(tr("Signature verified by both"), TextStyle::Strong, Color::AllowedText);
    verified->setObjectName(QStringLiteral("chooser.verified"));
    auto* by = new Text({}, TextStyle::Small, Color::TextSecondary);
    by->setElide(Qt::ElideRight);
    by->setFullText(tr("%1, %2, key %3")
                        .arg(QString::fromStdString(attempt.provider().name), algorithmName(assertion.signature().algorithm),
                             errors::fingerprintText(std::string_view(assertion.signature().keyFingerprint).substr(0, 8))));
    const QString details = bothVerifiersText(assertion.signature());
    by->setToolTip(details);
    verified->setToolTip(details);
    verified->setAccessibleDescription(details);
    if (assertion.signature().sha1) {
        verified->setColorToken(Color::ExpiringText);
        verified->setText(tr("Signature verified by both, but it is SHA-1"));
    }
    row.addLayout(twoLines(verified, by));
}

void RoleFactsStrip::addSubject(QHBoxLayout& row, const SignInAttempt& attempt, const saml::VerifiedAssertion& assertion) {
    const auto& claims = attempt.signIn()->claims();
    auto* who = new Text({}, TextStyle::Body);
    who->setElide(Qt::ElideMiddle);
    who->setFullText(claims.roleSessionName.empty() ? tr("No session name") : QString::fromStdString(claims.roleSessionName));
    if (claims.roleSessionName.empty()) who->setColorToken(Color::DeniedText);
    const QString format = formatName(assertion.nameId().format);
    auto* whoNote = new Text({}, TextStyle::Small, Color::TextSecondary);
    whoNote->setElide(Qt::ElideRight);
    whoNote->setFullText(format.isEmpty() ? tr("Session name") : tr("Session name, %1 subject").arg(format));
    whoNote->setToolTip(QString::fromStdString(assertion.nameId().value));
    row.addLayout(twoLines(who, whoNote));
}

// Only AWS has the key: nothing inside is verified, and the roles are those of the last sign-in.
void RoleFactsStrip::addUnreadable(QHBoxLayout& row, const sessions::SignIn& signIn, const saml::UnreadableAssertion& unreadable) {
    row.addWidget(new IconLabel(QStringLiteral("lock"), Color::ExpiringText, 20));
    const auto& problems = signIn.keyProblems();
    auto* title = new Text(problems.empty() ? tr("Encrypted for AWS") : tr("Encrypted, and a key is not usable"), TextStyle::Strong, Color::ExpiringText);
    title->setToolTip(keyProblemsText(problems));
    title->setObjectName(QStringLiteral("chooser.encrypted"));
    auto* note = new Text({}, TextStyle::Small, Color::TextSecondary);
    note->setElide(Qt::ElideRight);
    note->setFullText(unreadable.signedResponse ? tr("The answer's signature holds. Roles as offered last time; AWS decides.")
                                                : tr("Not verified here. Roles as offered last time; AWS decides."));
    row.addLayout(twoLines(title, note));
}

void RoleFactsStrip::tick(std::chrono::seconds left, std::chrono::seconds total) {
    ring_->set(left, left.count() > 0 ? total : std::chrono::seconds(0));
    left_->setText(countdownText(left));
    left_->setColorToken(left > std::chrono::minutes(1) ? Color::TextPrimary : left.count() > 0 ? Color::ExpiringText : Color::ExpiredText);
}

} // namespace gw::ui
