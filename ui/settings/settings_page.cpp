#include "ui/settings/settings_page.h"

#include "ui/errors_text.h"
#include "ui/widgets/widgets.h"

#include <QCheckBox>
#include <QDir>
#include <QHBoxLayout>
#include <QUrl>
#include <QVBoxLayout>

#include <array>

namespace gw::ui {

using sessions::Preferences;
using sessions::Provider;

namespace {

constexpr std::array<const char*, 3> themes{"system", "light", "dark"};

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

QString shortPath(const std::filesystem::path& path) {
    const QString home = QDir::homePath();
    const QString whole = text(path.string());
    return whole.startsWith(home + u'/') ? u'~' + whole.mid(home.size()) : whole;
}

void empty(QVBoxLayout* column) {
    while (QLayoutItem* item = column->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

// "Name   value", the value selectable.
QWidget* factRow(const QString& name, const QString& value, TextStyle style = TextStyle::Body, const QString& tip = {}) {
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::s4);
    auto* label = new Text(name, TextStyle::Body, Color::TextSecondary);
    label->setFixedWidth(180);
    auto* shown = new Text({}, style);
    shown->setElide(Qt::ElideMiddle);
    shown->setFullText(value);
    shown->setToolTip(tip.isEmpty() ? value : tip);
    shown->setAccessibleName(name + QStringLiteral(": ") + value);
    line->addWidget(label);
    line->addWidget(shown, 1);
    return row;
}

} // namespace

SettingsPage::SettingsPage(SettingsContext context, QWidget* parent) : QWidget(parent), context_(std::move(context)) {
    setObjectName(QStringLiteral("settings"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* scroll = new ScrollColumn(pageColumn);
    outer->addWidget(scroll);
    QVBoxLayout* column = scroll->column();
    column->setContentsMargins(space::s6, space::s2, space::s6, space::s6);
    column->setSpacing(space::s3);
    problems_ = new QVBoxLayout;
    problems_->setSpacing(space::s2);
    column->addLayout(problems_);
    buildProviders(column);
    buildBehaviour(column);
    buildConnections(column);
    buildFiles(column);
    column->addStretch();
    refresh();
}

QVBoxLayout* SettingsPage::addPart(QVBoxLayout* column, const QString& title) {
    column->addSpacing(space::s2);
    column->addWidget(new Text(title, TextStyle::Title));
    auto* part = new QVBoxLayout;
    part->setSpacing(space::s3);
    column->addLayout(part);
    column->addSpacing(space::s2);
    return part;
}

void SettingsPage::buildProviders(QVBoxLayout* column) {
    auto* part = addPart(column, tr("Identity providers"));
    providers_ = new QVBoxLayout;
    providers_->setSpacing(0);
    part->addLayout(providers_);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::s2);
    const auto add = [&](const QString& actionId, const QString& name, const QString& words, const QString& iconName) {
        auto* button = new Button(words, iconName, ButtonKind::Default);
        button->setObjectName(name);
        connect(button, &QPushButton::clicked, this, [this, actionId] {
            if (QAction* action = context_.actions.action(actionId)) action->trigger();
        });
        buttons->addWidget(button);
    };
    add(QStringLiteral("providers.add"), QStringLiteral("settings.providers.add"), tr("Connect a provider"), QStringLiteral("add"));
    add(QStringLiteral("providers.import"), QStringLiteral("settings.providers.import"), tr("Import from other tools"), QStringLiteral("import"));
    buttons->addStretch();
    part->addLayout(buttons);
}

void SettingsPage::buildBehaviour(QVBoxLayout* column) {
    column->addWidget(new Divider);
    auto* part = addPart(column, tr("Behaviour"));
    theme_ = new Segmented(tr("Theme"));
    theme_->setObjectName(QStringLiteral("settings.theme"));
    theme_->setItems({tr("As the system"), tr("Light"), tr("Dark")});
    auto* themeRow = new QHBoxLayout;
    themeRow->addWidget(new Field(tr("Theme"), theme_));
    themeRow->addStretch();
    part->addLayout(themeRow);
    renew_ = new QCheckBox(tr("Renew sessions in use without asking, while the provider's own session lasts"));
    renew_->setObjectName(QStringLiteral("settings.renew"));
    part->addWidget(renew_);
    keepRunning_ = new QCheckBox(tr("Keep running in the tray when the window is closed"));
    keepRunning_->setObjectName(QStringLiteral("settings.keep-running"));
    part->addWidget(keepRunning_);
    if (context_.trayAvailable && !context_.trayAvailable()) {
        keepRunning_->setEnabled(false);
        part->addWidget(new Text(tr("This desktop has no tray, so closing the window ends the program."), TextStyle::Small, Color::TextTertiary));
    }
    const QString language = QLocale().nativeLanguageName();
    part->addWidget(factRow(tr("Language"), language.isEmpty() ? tr("As the system") : tr("As the system (%1)").arg(language)));

    connect(theme_, &Segmented::currentChanged, this, [this](int index) {
        change([index](Preferences& preferences) { preferences.theme = themes[static_cast<std::size_t>(index)]; });
    });
    connect(renew_, &QCheckBox::clicked, this, [this](bool on) { change([on](Preferences& preferences) { preferences.renewWithoutAsking = on; }); });
    connect(keepRunning_, &QCheckBox::clicked, this, [this](bool on) { change([on](Preferences& preferences) { preferences.keepRunning = on; }); });
}

void SettingsPage::buildConnections(QVBoxLayout* column) {
    column->addWidget(new Divider);
    auto* part = addPart(column, tr("Connections"));
    auto* keychainRow = new QHBoxLayout;
    keychainRow->setSpacing(space::s2);
    keychainIcon_ = new IconLabel(QStringLiteral("lock"), Color::AllowedText);
    keychain_ = new Text({}, TextStyle::Body);
    keychain_->setObjectName(QStringLiteral("settings.keychain"));
    keychainRow->addWidget(keychainIcon_);
    keychainRow->addWidget(keychain_, 1);
    part->addLayout(keychainRow);
    keychainWhy_ = new Text({}, TextStyle::Small, Color::TextTertiary);
    keychainWhy_->setWordWrap(true);
    part->addWidget(keychainWhy_);
    endpoint_ = new QVBoxLayout;
    part->addLayout(endpoint_);
    const QString proxy = qEnvironmentVariable("https_proxy", qEnvironmentVariable("HTTPS_PROXY"));
    // A proxy's address may carry a password.
    const QString host = QUrl(proxy).host();
    part->addWidget(factRow(tr("Proxy"), host.isEmpty() ? tr("As the system says") : tr("%1, from the environment").arg(host)));
    part->addWidget(factRow(tr("Trusted TLS roots"), tr("The system's")));
}

void SettingsPage::buildFiles(QVBoxLayout* column) {
    column->addWidget(new Divider);
    auto* part = addPart(column, tr("Files"));
    const auto file = [&](const QString& name, const std::filesystem::path& path) {
        if (!path.empty()) part->addWidget(factRow(name, shortPath(path), TextStyle::Code, text(path.string())));
    };
    file(tr("Configuration"), context_.configFile);
    file(tr("Favourites, last used"), context_.dataFolder);
    file(tr("AWS configuration"), context_.awsConfig);
    file(tr("AWS credentials, only read"), context_.awsCredentials);
    file(tr("Program for tools"), context_.credentialsHelper);
}

void SettingsPage::refresh() {
    showProblems();
    showProviders();
    showPreferences();
    showKeychain();
    showEndpoint();
}

void SettingsPage::showProblems() {
    empty(problems_);
    if (!context_.problems) return;
    for (const Error& problem : context_.problems()) {
        const ErrorText words = explain(problem);
        auto* card = new Card;
        card->setColors(Color::ChangedTint, Color::ChangedMark);
        auto* row = new QHBoxLayout(card);
        row->setContentsMargins(space::s3, space::s2, space::s3, space::s2);
        row->setSpacing(space::s2);
        row->addWidget(new IconLabel(QStringLiteral("warning"), Color::ChangedText), 0, Qt::AlignTop);
        auto* line = new Text(words.title + QStringLiteral(". ") + words.why, TextStyle::Body);
        line->setWordWrap(true);
        row->addWidget(line, 1);
        problems_->addWidget(card);
    }
}

void SettingsPage::showProviders() {
    const auto all = context_.providers();
    if (!all.empty() && all == shown_) return;
    shown_ = all;
    empty(providers_);
    if (all.empty()) {
        providers_->addWidget(new Text(tr("No provider is connected yet."), TextStyle::Body, Color::TextSecondary));
        return;
    }
    for (const Provider& provider : all) {
        const QString own = QStringLiteral("settings.provider.") + text(provider.id.value());
        auto* row = new QWidget;
        row->setObjectName(own);
        row->setFixedHeight(size::rowTwoLine);
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(space::s3);
        line->addWidget(new IconLabel(QStringLiteral("provider"), Color::AccentText));
        auto* words = new QVBoxLayout;
        words->setSpacing(0);
        auto* name = new Text({}, TextStyle::Strong);
        name->setElide(Qt::ElideRight);
        name->setFullText(text(provider.name));
        auto* host = new Text({}, TextStyle::Small, Color::TextSecondary);
        host->setElide(Qt::ElideMiddle);
        host->setFullText(QUrl(text(provider.loginUrl)).host());
        words->addStretch();
        words->addWidget(name);
        words->addWidget(host);
        words->addStretch();
        line->addLayout(words, 1);
        if (context_.isBuiltIn(provider.id)) {
            line->addWidget(new Chip(ChipKind::Depends, QStringLiteral("practice"), tr("Practice")));
        } else {
            auto* edit = new Button(tr("Edit"), {}, ButtonKind::Default);
            edit->setSize(ButtonSize::Small);
            edit->setObjectName(own + QStringLiteral(".edit"));
            edit->setAccessibleName(tr("Edit %1").arg(text(provider.name)));
            auto* remove = new IconButton(QStringLiteral("delete"), tr("Remove %1").arg(text(provider.name)));
            remove->setObjectName(own + QStringLiteral(".remove"));
            line->addWidget(edit);
            line->addWidget(remove);
            connect(edit, &QPushButton::clicked, this, [this, id = provider.id] { context_.editProvider(id); });
            connect(remove, &QToolButton::clicked, this, [this, id = provider.id] { context_.removeProvider(id); });
        }
        providers_->addWidget(row);
        providers_->addWidget(new Divider);
    }
}

void SettingsPage::showPreferences() {
    const Preferences preferences = context_.preferences();
    for (std::size_t i = 0; i < themes.size(); ++i)
        if (preferences.theme == themes[i]) theme_->setCurrent(static_cast<int>(i));
    renew_->setChecked(preferences.renewWithoutAsking);
    keepRunning_->setChecked(preferences.keepRunning);
}

void SettingsPage::showKeychain() {
    const bool works = context_.keychainWorks && context_.keychainWorks();
    keychainIcon_->setIconName(works ? QStringLiteral("lock") : QStringLiteral("unlock"));
    keychainIcon_->setColorToken(works ? Color::AllowedText : Color::ExpiringText);
    keychain_->setColorToken(works ? Color::TextPrimary : Color::ExpiringText);
    keychain_->setText(works ? tr("Live sessions are kept in the system's keychain") : tr("Live sessions are kept in memory only"));
    const auto problem = context_.keychainProblem ? context_.keychainProblem() : std::nullopt;
    keychainWhy_->setVisible(!works);
    if (problem)
        keychainWhy_->setText(explain(*problem).why);
    else
        keychainWhy_->setText(tr("They are gone when Gatewarden quits, and never written to a plain file."));
}

void SettingsPage::showEndpoint() {
    const std::string practice = context_.practiceEndpoint ? context_.practiceEndpoint() : std::string();
    if (shownEndpoint_ == practice) return;
    shownEndpoint_ = practice;
    empty(endpoint_);
    if (practice.empty())
        endpoint_->addWidget(factRow(tr("AWS endpoints"), tr("Regional STS of each role's partition"), TextStyle::Body,
                                     tr("https://sts.REGION.amazonaws.com and its kin; a provider may name another one")));
    else
        endpoint_->addWidget(factRow(tr("Practice endpoint"), text(practice), TextStyle::Code));
}

void SettingsPage::change(const std::function<void(Preferences&)>& edit) {
    Preferences preferences = context_.preferences();
    edit(preferences);
    if (auto saved = context_.savePreferences(preferences); !saved) {
        const ErrorText words = explain(saved.error());
        context_.window.showToast({QStringLiteral("settings.not-saved"), ToastKind::Error, words.title, words.why, {}, {}});
    }
    showPreferences();
}

} // namespace gw::ui
