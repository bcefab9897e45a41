#include "ui/sessions/provider_assistant.h"

#include "models/sessions/providers/templates.h"
#include "ui/sessions/metadata_input.h"
#include "ui/sessions/rows_editor.h"
#include "ui/sessions/template_help.h"
#include "ui/sessions/template_picker.h"
#include "ui/sessions/text_of.h"
#include "ui/widgets/widgets.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <array>

namespace gw::ui {

using sessions::Provider;

namespace {

constexpr int footHeight = 56;
constexpr std::array partitions{aws::Partition::Aws,    aws::Partition::AwsCn,  aws::Partition::AwsUsGov, aws::Partition::AwsEusc,
                                aws::Partition::AwsIso, aws::Partition::AwsIsoB, aws::Partition::AwsIsoE,  aws::Partition::AwsIsoF};
constexpr std::array<int, 5> durationMinutes{0, 60, 120, 240, 480};

// The list that a combo box opens is a widget of its own to a screen reader.
void nameList(QComboBox* box, const QString& name) {
    box->view()->setObjectName(box->objectName() + QStringLiteral(".list"));
    box->view()->setAccessibleName(name);
}

QVBoxLayout* addPart(QVBoxLayout* column, const QString& title, const QString& about) {
    column->addSpacing(space::s4);
    column->addWidget(new Divider);
    column->addSpacing(space::s2);
    column->addWidget(new Text(title, TextStyle::Title));
    if (!about.isEmpty()) {
        auto* words = new Text(about, TextStyle::Body, Color::TextSecondary);
        words->setWordWrap(true);
        column->addWidget(words);
    }
    return column;
}

} // namespace

ProviderAssistant::ProviderAssistant(const SessionsContext& context, Provider start, QWidget* parent)
    : QWidget(parent), context_(context), start_(std::move(start)) {
    setObjectName(QStringLiteral("assistant"));
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto* scroll = new ScrollColumn(pageColumn);
    outer->addWidget(scroll, 1);
    QVBoxLayout* column = scroll->column();
    column->setContentsMargins(space::s6, space::s4, space::s6, space::s6);
    column->setSpacing(space::s3);
    buildMain(column);
    buildMore(column);
    column->addStretch();
    outer->addWidget(buildFoot());
    fillFrom(start_);
}

void ProviderAssistant::buildMain(QVBoxLayout* column) {
    column->addWidget(new Text(tr("Product"), TextStyle::Title));
    kind_ = new TemplatePicker;
    column->addWidget(kind_);
    column->addSpacing(space::s2);
    name_ = new QLineEdit;
    name_->setObjectName(QStringLiteral("assistant.name"));
    nameField_ = new Field(tr("Name"), name_);
    column->addWidget(nameField_);
    login_ = new QLineEdit;
    login_->setObjectName(QStringLiteral("assistant.login"));
    loginField_ = new Field(tr("Login address"), login_);
    column->addWidget(loginField_);
    metadata_ = new MetadataInput(context_.clock);
    column->addWidget(metadata_);
    entity_ = new QLineEdit;
    entity_->setObjectName(QStringLiteral("assistant.entity"));
    entityField_ = new Field(tr("Entity id"), entity_);
    column->addWidget(entityField_);

    connect(kind_, &TemplatePicker::chosen, this, &ProviderAssistant::applyTemplate);
    connect(name_, &QLineEdit::textEdited, this, [this] {
        nameEdited_ = true;
        (void)checkName(false);
    });
    connect(login_, &QLineEdit::textEdited, this, [this](const QString& text) {
        // Pasting a whole address says which product it is.
        const auto guess = sessions::guessKind(text.toStdString());
        if (guess != "generic" && kind_->current() == "generic") applyTemplate(std::string(guess));
        (void)checkLogin(loginVisited_);
    });
    connect(login_, &QLineEdit::editingFinished, this, [this] {
        loginVisited_ = !login_->text().isEmpty();
        (void)checkLogin(loginVisited_);
    });
    connect(entity_, &QLineEdit::textEdited, this, [this](const QString& text) { metadata_->setEntityId(text.trimmed().toStdString()); });
    connect(metadata_, &MetadataInput::changed, this, [this] {
        say({}, true);
        entityField_->setVisible(metadata_->needsEntityId() || !entity_->text().isEmpty());
    });
}

void ProviderAssistant::buildMore(QVBoxLayout* column) {
    addPart(column, tr("Signing in"), {});
    mode_ = new Segmented(tr("Where people sign in"));
    mode_->setObjectName(QStringLiteral("assistant.mode"));
    mode_->setItems({tr("Built-in window"), tr("System browser")});
    auto* modeField = new Field(tr("Where people sign in"), mode_);
    modeField->setHelp(tr("The browser knows security keys and device checks that a built-in window may not."));
    column->addWidget(modeField);
    request_ = new QCheckBox(tr("Ask the provider at each sign-in, and take nothing but the answer to that"));
    request_->setObjectName(QStringLiteral("assistant.request"));
    request_->setToolTip(tr("A SAML request on AWS's behalf, where the metadata names an address for it; otherwise the login address is opened."));
    column->addWidget(request_);
    cookies_ = new QCheckBox(tr("Stay signed in to this provider: keep its cookies in a folder of their own"));
    cookies_->setObjectName(QStringLiteral("assistant.cookies"));
    column->addWidget(cookies_);
    acs_ = new QLineEdit;
    acs_->setObjectName(QStringLiteral("assistant.acs"));
    acs_->setPlaceholderText(QStringLiteral("http://127.0.0.1:35001/saml/acs"));
    acsField_ = new Field(tr("Other ACS addresses"), acs_);
    acsField_->setHelp(tr("Besides AWS's own, with blanks between. One on 127.0.0.1 lets the system browser bring the answer by itself."));
    column->addWidget(acsField_);

    addPart(column, tr("Encryption"), {});
    keys_ = new QLineEdit;
    keys_->setObjectName(QStringLiteral("assistant.keys"));
    keys_->setPlaceholderText(QStringLiteral("/home/ines/.config/gatewarden/decrypt.pem"));
    keysField_ = new Field(tr("Decryption keys"), keys_);
    keysField_->setHelp(tr("Only where the provider encrypts for you: PEM files of private keys that nobody else can read, with semicolons between."));
    column->addWidget(keysField_);
    legacy_ = new QCheckBox(tr("Take old encryption from this provider, too: AES-CBC and RSA 1.5"));
    legacy_->setObjectName(QStringLiteral("assistant.legacy"));
    legacy_->setToolTip(tr("Both can be broken by whoever can ask often enough. Better have the provider use AES-GCM and RSA-OAEP."));
    column->addWidget(legacy_);

    addPart(column, tr("AWS"), {});
    auto* place = new QHBoxLayout;
    place->setSpacing(space::s3);
    partition_ = new QComboBox;
    partition_->setObjectName(QStringLiteral("assistant.partition"));
    for (const auto partition : partitions) {
        const auto name = aws::partitionName(partition);
        partition_->addItem(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())));
    }
    place->addWidget(new Field(tr("Partition"), partition_), 1);
    region_ = new QComboBox;
    region_->setObjectName(QStringLiteral("assistant.region"));
    region_->setEditable(true);
    region_->lineEdit()->setObjectName(QStringLiteral("assistant.region.text"));
    region_->lineEdit()->setAccessibleName(tr("Region"));
    regionField_ = new Field(tr("Region"), region_);
    place->addWidget(regionField_, 1);
    nameList(partition_, tr("Partition"));
    nameList(region_, tr("Region"));
    column->addLayout(place);
    duration_ = new Segmented(tr("Usual duration"));
    duration_->setObjectName(QStringLiteral("assistant.duration"));
    QStringList durations{tr("AWS's own, 1 h")};
    for (std::size_t i = 1; i < durationMinutes.size(); ++i) durations << durationText(std::chrono::minutes(durationMinutes[i]));
    duration_->setItems(durations);
    column->addWidget(new Field(tr("Usual duration"), duration_));
    sts_ = new QLineEdit;
    sts_->setObjectName(QStringLiteral("assistant.sts"));
    stsField_ = new Field(tr("STS endpoint"), sts_);
    stsField_->setHelp(tr("Only for an endpoint of one's own, such as a VPC endpoint."));
    column->addWidget(stsField_);
    connect(partition_, &QComboBox::activated, this, &ProviderAssistant::applyPartition);

    addPart(column, tr("Accounts"), tr("Names for account numbers. AWS's sign-in page is never read for them."));
    accounts_ = new RowsEditor(RowsEditor::Second::Text, QStringLiteral("assistant.accounts"), tr("Account number"), tr("Name"), tr("Add an account"));
    column->addWidget(accounts_);
    addPart(column, tr("Roles"), tr("Names for roles whose own says too little, as they are shown in lists and suggested as profiles."));
    roles_ = new RowsEditor(RowsEditor::Second::Text, QStringLiteral("assistant.roles"), tr("Role ARN"), tr("Name"), tr("Name a role"));
    QStringList known;
    for (const auto& pair : context_.memory.knownRoles(start_.id)) known << textOf(pair.role.value());
    roles_->setSuggestions(known);
    column->addWidget(roles_);
    addPart(column, tr("Environments"),
            tr("The first rule that fits decides. A rule is compared with the account's number and name and with the role; * stands for anything."));
    environments_ = new RowsEditor(RowsEditor::Second::Environment, QStringLiteral("assistant.environments"), tr("Rule, such as *-prod-*"),
                                   tr("Environment"), tr("Add a rule"));
    column->addWidget(environments_);
}

QWidget* ProviderAssistant::buildFoot() {
    auto* foot = new Panel(Color::BgWindow);
    foot->setEdges(Qt::TopEdge);
    foot->setFixedHeight(footHeight);
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(space::s4, 0, space::s4, 0);
    row->setSpacing(space::s3);
    state_ = new Text({}, TextStyle::Body, Color::TextSecondary);
    state_->setObjectName(QStringLiteral("assistant.state"));
    state_->setElide(Qt::ElideRight);
    auto* cancel = new Button(tr("Cancel"), {}, ButtonKind::Ghost);
    cancel->setObjectName(QStringLiteral("assistant.cancel"));
    check_ = new Button(tr("Check"), QStringLiteral("refresh"), ButtonKind::Default);
    check_->setObjectName(QStringLiteral("assistant.check"));
    save_ = new Button(start_.id.empty() ? tr("Connect") : tr("Save"), {}, ButtonKind::Primary);
    save_->setObjectName(QStringLiteral("assistant.save"));
    row->addWidget(state_, 1);
    row->addWidget(cancel);
    row->addWidget(check_);
    row->addWidget(save_);
    connect(cancel, &QPushButton::clicked, this, &ProviderAssistant::cancelled);
    connect(check_, &QPushButton::clicked, this, &ProviderAssistant::check);
    connect(save_, &QPushButton::clicked, this, &ProviderAssistant::save);
    return foot;
}

void ProviderAssistant::applyTemplate(const std::string& kind) {
    const auto& from = sessions::providerTemplate(kind);
    kind_->setCurrent(kind);
    nameField_->setHelp(helpFor(from, sessions::ProviderField::Name));
    loginField_->setHelp(helpFor(from, sessions::ProviderField::LoginUrl));
    entityField_->setHelp(helpFor(from, sessions::ProviderField::EntityId));
    regionField_->setHelp(helpFor(from, sessions::ProviderField::Region));
    login_->setPlaceholderText(QString::fromUtf8(from.loginExample.data(), static_cast<qsizetype>(from.loginExample.size())));
    metadata_->setTemplate(from);
    if (start_.id.empty() && !nameEdited_ && start_.name.empty() && kind != "generic")
        name_->setText(QString::fromUtf8(from.productName.data(), static_cast<qsizetype>(from.productName.size())));
    if (start_.id.empty()) mode_->setCurrent(from.mode == sessions::SignInMode::SystemBrowser ? 1 : 0);
    (void)checkLogin(false);
}

void ProviderAssistant::applyPartition() {
    const auto partition = partitions[static_cast<std::size_t>(std::max(0, partition_->currentIndex()))];
    region_->clear();
    for (const auto& region : aws::knownRegions(partition)) region_->addItem(textOf(region.value()));
    region_->setCurrentText(textOf(aws::defaultRegion(partition).value()));
}

void ProviderAssistant::fillFrom(const Provider& provider) {
    name_->setText(textOf(provider.name));
    login_->setText(textOf(provider.loginUrl));
    entity_->setText(textOf(provider.entityId));
    entityField_->setVisible(!provider.entityId.empty());
    mode_->setCurrent(provider.mode == sessions::SignInMode::SystemBrowser ? 1 : 0);
    request_->setChecked(provider.requestsSignIn);
    cookies_->setChecked(provider.keepCookies);
    QStringList keys;
    for (const auto& path : provider.decryptionKeyFiles) keys << textOf(path);
    keys_->setText(keys.join(QStringLiteral("; ")));
    shownKeys_ = keys_->text();
    legacy_->setChecked(provider.legacyEncryption);
    QStringList acs;
    for (const auto& address : provider.additionalAcs) acs << textOf(address);
    acs_->setText(acs.join(u' '));
    sts_->setText(textOf(provider.stsEndpoint));
    const auto partition = std::find(partitions.begin(), partitions.end(), provider.partition) - partitions.begin();
    partition_->setCurrentIndex(static_cast<int>(partition));
    applyPartition();
    if (!provider.regions.empty()) region_->setCurrentText(textOf(provider.regions.front().value()));
    const auto minutes = provider.duration ? static_cast<int>(provider.duration->count() / 60) : 0;
    const auto duration = std::find(durationMinutes.begin(), durationMinutes.end(), minutes);
    duration_->setCurrent(duration == durationMinutes.end() ? 0 : static_cast<int>(duration - durationMinutes.begin()));
    std::vector<RowsEditor::Row> accounts, roles, environments;
    for (const auto& [account, alias] : provider.accountAliases) accounts.push_back({textOf(account.value()), textOf(alias), {}});
    for (const auto& [role, alias] : provider.roleAliases) roles.push_back({textOf(role), textOf(alias), {}});
    for (const auto& rule : provider.environments) environments.push_back({textOf(rule.pattern), {}, rule.environment});
    accounts_->setRows(accounts);
    roles_->setRows(roles);
    environments_->setRows(environments);
    applyTemplate(provider.kind);
    metadata_->setProvider(provider);
}

void ProviderAssistant::focusFirst() { (start_.id.empty() ? login_ : name_)->setFocus(Qt::OtherFocusReason); }

void ProviderAssistant::say(const QString& text, bool good) {
    state_->setColorToken(good ? Color::AllowedText : Color::DeniedText);
    state_->setFullText(text);
}

void completeProvider(const SessionsContext& context, Provider found) {
    const bool edits = !found.id.empty();
    auto* page = new ProviderAssistant(context, std::move(found));
    QObject::connect(page, &ProviderAssistant::cancelled, &context.window, [&context] { context.window.popPage(); });
    context.window.pushPage(page, edits ? ProviderAssistant::tr("Edit provider") : ProviderAssistant::tr("Connect a provider"),
                            [&context] { context.window.popPage(); });
    page->focusFirst();
}

void openProviderAssistant(const SessionsContext& context, const sessions::ProviderId& edit) {
    if (edit.empty()) return completeProvider(context, Provider());
    const Provider* known = context.providers.find(edit);
    if (known && !context.providers.isBuiltIn(edit)) completeProvider(context, *known);
}

} // namespace gw::ui
