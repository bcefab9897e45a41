#include "ui/sessions/use_it_tabs.h"

#include "models/store/on_worker.h"
#include "models/store/when_done.h"
#include "ui/errors_text.h"
#include "ui/sessions/text_of.h"
#include "ui/widgets/widgets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QRegularExpression>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace gw::ui {

using sessions::Shell;

namespace {

constexpr std::array shells{Shell::Bash, Shell::Zsh, Shell::Fish, Shell::PowerShell, Shell::Cmd};

// Everything between the quotes of the two secret assignments, or after the sign where the shell has no quotes.
QString hidden(const QString& assignments) {
    static const QRegularExpression secrets(
        QStringLiteral("(AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN)([\"']?\\s*[= ]\\s*[\"']?)([^\"'\\s;]+)"));
    QString out = assignments;
    return out.replace(secrets, QStringLiteral("\\1\\2••••••••"));
}

Shell usualShell() {
#ifdef Q_OS_WIN
    return Shell::PowerShell;
#else
    const QString name = qEnvironmentVariable("SHELL").section(u'/', -1);
    if (name == u"zsh") return Shell::Zsh;
    return name == u"fish" ? Shell::Fish : Shell::Bash;
#endif
}

} // namespace

UseItTabs::UseItTabs(const SessionsContext& context, QWidget* parent) : QWidget(parent), context_(context) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    tabs_ = new QTabBar;
    tabs_->setObjectName(QStringLiteral("sessions.use.tabs"));
    tabs_->setAccessibleName(tr("Use it"));
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    for (const QString& name : {tr("Profile"), tr("Shell"), tr("Process")}) tabs_->addTab(name);
    auto* tabRow = new QHBoxLayout;
    tabRow->setContentsMargins(space::s2, 0, space::s2, 0);
    tabRow->addWidget(tabs_);
    tabRow->addStretch();
    column->addLayout(tabRow);
    column->addWidget(new Divider);
    pages_ = new QStackedWidget;
    pages_->addWidget(buildProfile());
    pages_->addWidget(buildShell());
    pages_->addWidget(buildProcess());
    column->addWidget(pages_);
    connect(tabs_, &QTabBar::currentChanged, this, &UseItTabs::showTab);
    showTab(0);
}

void UseItTabs::showTab(int tab) {
    if (tabs_->currentIndex() != tab) return tabs_->setCurrentIndex(tab);
    // The stack is as high as the page that is shown.
    for (int i = 0; i < pages_->count(); ++i)
        pages_->widget(i)->setSizePolicy(QSizePolicy::Preferred, i == tab ? QSizePolicy::Preferred : QSizePolicy::Ignored);
    pages_->setCurrentIndex(tab);
    pages_->adjustSize();
    revealed_ = false;
    refreshShell();
}

QWidget* UseItTabs::buildProfile() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    column->setSpacing(space::s2);
    profile_ = new QLineEdit;
    profile_->setObjectName(QStringLiteral("sessions.use.profile"));
    profileField_ = new Field(tr("Profile"), profile_);
    column->addWidget(profileField_);
    auto* titleRow = new QHBoxLayout;
    configTitle_ = new Text({}, TextStyle::Body, Color::TextSecondary);
    configTitle_->setObjectName(QStringLiteral("sessions.use.config-state"));
    configTitle_->setElide(Qt::ElideMiddle);
    add_ = new Button(tr("Add"), QStringLiteral("add"), ButtonKind::Default);
    add_->setSize(ButtonSize::Small);
    add_->setObjectName(QStringLiteral("sessions.use.add"));
    titleRow->addWidget(configTitle_, 1);
    titleRow->addWidget(add_);
    column->addLayout(titleRow);
    section_ = new CodeBlock(tr("Section of the AWS configuration"));
    section_->setObjectName(QStringLiteral("sessions.use.section"));
    section_->setCopyObjectName(QStringLiteral("sessions.use.section.copy"));
    column->addWidget(section_);
    problem_ = new Text({}, TextStyle::Body, Color::DeniedText);
    problem_->setObjectName(QStringLiteral("sessions.use.problem"));
    problem_->setWordWrap(true);
    column->addWidget(problem_);
    auto* ways = new QHBoxLayout;
    takeOver_ = new Button(tr("Take the section over"), {}, ButtonKind::Default);
    takeOver_->setSize(ButtonSize::Small);
    takeOver_->setObjectName(QStringLiteral("sessions.use.take-over"));
    removeKeys_ = new Button(tr("Remove the stored keys"), {}, ButtonKind::Default);
    removeKeys_->setSize(ButtonSize::Small);
    removeKeys_->setObjectName(QStringLiteral("sessions.use.remove-keys"));
    ways->addWidget(takeOver_);
    ways->addWidget(removeKeys_);
    ways->addStretch();
    column->addLayout(ways);
    noSecret_ = new QWidget;
    auto* note = new QHBoxLayout(noSecret_);
    note->setContentsMargins(0, 0, 0, 0);
    note->setSpacing(space::s2);
    note->addWidget(new IconLabel(QStringLiteral("lock"), Color::AllowedText));
    note->addWidget(new Text(tr("No secret is written to disk"), TextStyle::Body, Color::AllowedText));
    note->addStretch();
    column->addWidget(noSecret_);
    tryIt_ = new CodeBlock(tr("Command to try"));
    tryIt_->setTitle(tr("Try it"));
    tryIt_->setCopyObjectName(QStringLiteral("sessions.use.try.copy"));
    column->addWidget(tryIt_);
    connect(profile_, &QLineEdit::textEdited, this, [this] { profileField_->setError({}); });
    connect(profile_, &QLineEdit::editingFinished, this, &UseItTabs::commitProfile);
    connect(add_, &QPushButton::clicked, this, &UseItTabs::addToConfig);
    connect(takeOver_, &QPushButton::clicked, this, [this] {
        replaceForeign_ = true;
        refreshProfile();
        add_->setFocus(Qt::OtherFocusReason);
    });
    connect(removeKeys_, &QPushButton::clicked, this, &UseItTabs::removeStaticKeys);
    return page;
}

QWidget* UseItTabs::buildShell() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    column->setSpacing(space::s2);
    auto* row = new QHBoxLayout;
    shell_ = new QComboBox;
    shell_->setObjectName(QStringLiteral("sessions.use.shell"));
    shell_->addItems({QStringLiteral("bash"), QStringLiteral("zsh"), QStringLiteral("fish"), QStringLiteral("PowerShell"), QStringLiteral("cmd")});
    const auto usual = std::find(shells.begin(), shells.end(), usualShell()) - shells.begin();
    shell_->setCurrentIndex(static_cast<int>(usual));
    column->addWidget(new Field(tr("Shell"), shell_));
    environment_ = new CodeBlock(tr("Environment variables"));
    environment_->setObjectName(QStringLiteral("sessions.use.environment"));
    environment_->setCopyObjectName(QStringLiteral("sessions.use.environment.copy"));
    environment_->setCopySource([this] { return environmentText(true); });
    column->addWidget(environment_);
    reveal_ = new Button(tr("Show the secrets"), QStringLiteral("eye"), ButtonKind::Ghost);
    reveal_->setSize(ButtonSize::Small);
    reveal_->setObjectName(QStringLiteral("sessions.use.reveal"));
    row->addWidget(reveal_);
    row->addStretch();
    column->addLayout(row);
    auto* note = new Text(tr("Copied secrets leave the clipboard after a minute. A profile is safer: it needs no secret in the shell."),
                          TextStyle::Small, Color::TextTertiary);
    note->setWordWrap(true);
    column->addWidget(note);
    connect(shell_, &QComboBox::activated, this, &UseItTabs::refreshShell);
    connect(reveal_, &QPushButton::clicked, this, [this] {
        revealed_ = !revealed_;
        refreshShell();
    });
    return page;
}

QWidget* UseItTabs::buildProcess() {
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    column->setSpacing(space::s2);
    process_ = new CodeBlock(tr("credential_process"));
    process_->setTitle(tr("credential_process"));
    process_->setObjectName(QStringLiteral("sessions.use.process"));
    process_->setCopyObjectName(QStringLiteral("sessions.use.process.copy"));
    column->addWidget(process_);
    auto* note = new Text(tr("Any AWS SDK or tool runs this line and reads the credentials from its output while the session is live."),
                          TextStyle::Small, Color::TextTertiary);
    note->setWordWrap(true);
    column->addWidget(note);
    return page;
}

void UseItTabs::show(const sessions::Session& session) {
    const bool other = session.id != id_;
    id_ = session.id;
    if (other) {
        revealed_ = false;
        replaceForeign_ = false;
        profileField_->setError({});
    }
    const QString profile = textOf(session.profile.value());
    if (other || !profile_->hasFocus()) profile_->setText(profile);
    QString command = QStringLiteral("aws sts get-caller-identity --profile ") + profile;
    // Practice keeps a configuration of its own, and an older AWS CLI does not read endpoints from it.
    if (context_.practice)
        command = QStringLiteral("AWS_CONFIG_FILE=%1 %2 --endpoint-url %3")
                      .arg(textOf(context_.paths.awsFiles.config.string()), command, textOf(context_.practiceEndpoint));
    tryIt_->setCode(command);
    process_->setCode(textOf(sessions::credentialProcessLine(context_.paths.credentialsHelper, session.profile, context_.practice)));
    refreshProfile();
    refreshShell();
}

void UseItTabs::refreshProfile() {
    const sessions::Session* known = session();
    if (!known) return;
    const sessions::ProfileEntry entry{known->profile,
                                       sessions::credentialProcessLine(context_.paths.credentialsHelper, known->profile, context_.practice),
                                       known->region.value(), context_.practiceEndpoint, known->id};
    const auto preview = sessions::previewProfile(context_.paths.awsFiles, entry, replaceForeign_);
    const QString file = textOf(context_.paths.awsFiles.config.string());
    const QString home = qEnvironmentVariable("HOME");
    const QString shown = !home.isEmpty() && file.startsWith(home + u'/') ? u'~' + file.mid(home.size()) : file;
    section_->setVisible(preview.has_value());
    noSecret_->setVisible(preview.has_value());
    if (!preview) {
        configTitle_->setFullText(tr("Not in %1").arg(shown));
        add_->hide();
        showProfileProblem(preview.error());
        return;
    }
    const bool added = preview->before == preview->after;
    configTitle_->setFullText(added ? tr("Added to %1").arg(shown) : tr("To be added to %1").arg(shown));
    add_->setVisible(!added);
    add_->setText(replaceForeign_ ? tr("Replace") : tr("Add"));
    section_->setCode(textOf(preview->section).trimmed());
    const bool shadowed = std::find(preview->warnings.begin(), preview->warnings.end(), "shadowed_by_static_keys") != preview->warnings.end();
    showProfileProblem(shadowed ? std::optional(Error(sessions::ProfileError::ShadowedByStaticKeys)
                                                    .with("profile", known->profile.value())
                                                    .with("path", context_.paths.awsFiles.credentials.string()))
                                : std::nullopt);
}

void UseItTabs::showProfileProblem(const std::optional<Error>& error) {
    problem_->setVisible(error.has_value());
    takeOver_->setVisible(error && error->code().is(sessions::ProfileError::NotOurs) && !replaceForeign_);
    removeKeys_->setVisible(error && error->code().is(sessions::ProfileError::ShadowedByStaticKeys));
    if (!error) return;
    const ErrorText text = explain(*error);
    problem_->setText(text.title + QStringLiteral(". ") + text.why);
}

void UseItTabs::commitProfile() {
    const sessions::Session* known = session();
    if (!known || textOf(known->profile.value()) == profile_->text()) return;
    const sessions::ProfileName wanted(profile_->text().trimmed().toStdString());
    replaceForeign_ = false;
    if (auto renamed = context_.book.setProfile(id_, wanted); !renamed) {
        const ErrorText text = explain(renamed.error());
        profileField_->setError(text.title);
        return;
    }
    profileField_->setError({});
    if (const auto* changed = session()) show(*changed);
}

void UseItTabs::addToConfig() {
    const sessions::Session* known = session();
    if (!known) return;
    const sessions::ProfileEntry entry{known->profile,
                                       sessions::credentialProcessLine(context_.paths.credentialsHelper, known->profile, context_.practice),
                                       known->region.value(), context_.practiceEndpoint, known->id};
    add_->setEnabled(false);
    runOnFiles(
        [files = context_.paths.awsFiles, entry, replace = replaceForeign_]() -> Status {
            GW_TRY(const auto preview, sessions::previewProfile(files, entry, replace));
            return sessions::addProfile(files, preview);
        },
        tr("%1 added").arg(textOf(known->profile.value())));
}

void UseItTabs::removeStaticKeys() {
    const sessions::Session* known = session();
    if (!known) return;
    runOnFiles([files = context_.paths.awsFiles, name = known->profile] { return sessions::removeStaticKeys(files, name); },
               tr("Stored keys of %1 removed").arg(textOf(known->profile.value())));
}

void UseItTabs::runOnFiles(std::function<Status()> work, const QString& done) {
    // Another console may hold the files' lock for seconds.
    whenDone(onWorker(std::move(work)), this, [this, done](const Status& status) {
        add_->setEnabled(true);
        refreshProfile();
        if (!status) return showProfileProblem(status.error());
        context_.window.showToast({QStringLiteral("profile.changed"), ToastKind::Good, done,
                                   tr("Tools get the credentials from here; no secret is on disk."), {}, {}});
    });
}

Shell UseItTabs::shell() const { return shells[static_cast<std::size_t>(std::max(0, shell_->currentIndex()))]; }

QString UseItTabs::environmentText(bool revealed) const {
    const sessions::Session* known = session();
    if (!known) return {};
    const auto credentials = context_.book.credentials(id_);
    if (!credentials) return explain(credentials.error()).title;
    const Secret assignments = sessions::environment(*known, *credentials, shell());
    const auto bytes = assignments.reveal();
    const QString all = QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size())).trimmed();
    return revealed ? all : hidden(all);
}

void UseItTabs::refreshShell() {
    if (pages_->currentIndex() != 1) return;
    environment_->setCode(environmentText(revealed_));
    reveal_->setText(revealed_ ? tr("Hide the secrets") : tr("Show the secrets"));
    reveal_->setIconName(revealed_ ? QStringLiteral("eye-off") : QStringLiteral("eye"));
}

void UseItTabs::copyEnvironment() { copyText(environmentText(true), true); }

void UseItTabs::editProfile() {
    showTab(0);
    profile_->setFocus(Qt::OtherFocusReason);
    profile_->selectAll();
}

} // namespace gw::ui
