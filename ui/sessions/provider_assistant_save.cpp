// The assistant's part about checking and saving.
#include "ui/sessions/provider_assistant.h"

#include "models/sessions/providers/templates.h"
#include "models/sessions/providers/url_check.h"
#include "models/store/files.h"
#include "models/store/when_done.h"
#include "ui/errors_text.h"
#include "ui/sessions/metadata_input.h"
#include "ui/sessions/rows_editor.h"
#include "ui/sessions/template_picker.h"
#include "ui/sessions/text_of.h"
#include "ui/widgets/widgets.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>

namespace gw::ui {

using sessions::Provider;

namespace {

QString inOneLine(const Error& error) {
    const ErrorText text = explain(error);
    return text.whatToDo.isEmpty() ? text.title : text.title + QStringLiteral(". ") + text.whatToDo.first();
}

// Puts back what the assistant replaced, unless somebody changed it since.
void undoEdit(const SessionsContext& context, const Provider& former, const Provider& edited, const std::optional<std::string>& metadata) {
    const Provider* now = context.providers.find(former.id);
    Toast toast{QStringLiteral("providers.saved"), ToastKind::Error, ProviderAssistant::tr("%1 was not put back").arg(textOf(former.name)), {}, {}, {}};
    if (!now || !(*now == edited)) {
        toast.text = ProviderAssistant::tr("It was changed again since.");
        return context.window.showToast(std::move(toast));
    }
    Status done;
    if (metadata) done = store::writeFileAtomically(former.metadataFile, *metadata);
    if (done) done = context.providers.save(former);
    if (done) return;
    toast.text = explainBriefly(done.error());
    context.window.showToast(std::move(toast));
}

} // namespace

bool ProviderAssistant::checkName(bool demand) {
    const std::string name = name_->text().trimmed().toStdString();
    if (name.empty() && !demand) {
        nameField_->setError({});
        return false;
    }
    const auto checked = sessions::checkName(name, context_.providers.providers(), start_.id);
    nameField_->setError(checked ? QString() : inOneLine(checked.error()));
    return checked.has_value();
}

bool ProviderAssistant::checkLogin(bool demand) {
    const std::string url = login_->text().trimmed().toStdString();
    if (url.empty() && !demand) {
        loginField_->setError({});
        return false;
    }
    const auto checked = sessions::checkLoginUrl(sessions::providerTemplate(kind_->current()), url);
    // While an address is still being typed only what cannot get better is said.
    const bool doubt = !checked && checked.error().code().is(sessions::ProviderFieldError::UnlikeTemplate);
    const bool early = !checked && !demand && !checked.error().code().is(sessions::ProviderFieldError::AdminPage) &&
                       !checked.error().code().is(sessions::ProviderFieldError::AwsPage);
    loginField_->setError(checked || early ? QString() : inOneLine(checked.error()));
    return checked || doubt;
}

bool ProviderAssistant::readTables(Provider& provider) {
    bool good = true;
    provider.accountAliases.clear();
    accounts_->setError(-1, {});
    int row = 0;
    for (const auto& line : accounts_->rows()) {
        QString digits = line.first;
        digits.remove(u'-').remove(u' ');
        const auto account = aws::AccountId::parse(digits.toStdString());
        if (account) {
            if (!line.second.isEmpty()) provider.accountAliases[*account] = line.second.toStdString();
        } else if (good) {
            accounts_->setError(row, tr("An AWS account number has twelve digits"));
            good = false;
        }
        ++row;
    }
    provider.roleAliases.clear();
    roles_->setError(-1, {});
    row = 0;
    bool rolesGood = true;
    for (const auto& line : roles_->rows()) {
        const auto role = aws::RoleArn::parse(line.first.toStdString());
        if (role) {
            if (!line.second.isEmpty()) provider.roleAliases[role->value()] = line.second.toStdString();
        } else if (rolesGood) {
            roles_->setError(row, tr("A role is named by its whole ARN, such as arn:aws:iam::111122223333:role/NAME"));
            rolesGood = false;
        }
        ++row;
    }
    provider.environments.clear();
    for (const auto& line : environments_->rows()) provider.environments.push_back({line.first.toStdString(), line.environment});
    return good && rolesGood;
}

bool ProviderAssistant::readAddresses(Provider& provider) {
    bool good = true;
    acsField_->setError({});
    provider.additionalAcs.clear();
    const auto addresses = acs_->text().split(u' ', Qt::SkipEmptyParts);
    for (const QString& address : addresses) {
        if (const auto checked = sessions::checkUrl(address.toStdString()); !checked) {
            acsField_->setError(inOneLine(checked.error()));
            good = false;
        }
        provider.additionalAcs.push_back(address.toStdString());
    }
    stsField_->setError({});
    provider.stsEndpoint = sts_->text().trimmed().toStdString();
    if (!provider.stsEndpoint.empty())
        if (const auto checked = sessions::checkUrl(provider.stsEndpoint); !checked) {
            stsField_->setError(inOneLine(checked.error()));
            good = false;
        }
    return good;
}

bool ProviderAssistant::readDecryption(Provider& provider) {
    keysField_->setError({});
    provider.legacyEncryption = legacy_->isChecked();
    // A path with a semicolon in it comes from the configuration only.
    if (keys_->text() != shownKeys_) {
        provider.decryptionKeyFiles.clear();
        for (const QString& part : keys_->text().split(u';'))
            if (const QString path = part.trimmed(); !path.isEmpty()) provider.decryptionKeyFiles.push_back(path.toStdString());
    }
    for (const std::string& path : provider.decryptionKeyFiles) {
        const auto key = sessions::readDecryptionKey(path);
        if (key) continue;
        keysField_->setError(inOneLine(*key.error().cause()));
        return false;
    }
    return true;
}

std::optional<Provider> ProviderAssistant::read(bool demandAll) {
    Provider provider = start_;
    provider.kind = kind_->current();
    provider.name = name_->text().trimmed().toStdString();
    provider.loginUrl = login_->text().trimmed().toStdString();
    provider.entityId = entity_->text().trimmed().toStdString();
    provider.mode = mode_->current() == 1 ? sessions::SignInMode::SystemBrowser : sessions::SignInMode::EmbeddedView;
    provider.requestsSignIn = request_->isChecked();
    provider.keepCookies = cookies_->isChecked();
    const auto partition = aws::parsePartition(partition_->currentText().toStdString());
    if (partition) provider.partition = *partition;
    static constexpr std::array<int, 5> minutes{0, 60, 120, 240, 480};
    const int chosen = minutes[static_cast<std::size_t>(std::max(0, duration_->current()))];
    provider.duration = chosen == 0 ? std::nullopt : std::optional<std::chrono::seconds>(std::chrono::minutes(chosen));

    // Each is asked, so that all fields are marked at once.
    bool good = true;
    good &= checkName(demandAll) || !demandAll;
    good &= checkLogin(demandAll) || !demandAll;
    good &= metadata_->check(provider.entityId);
    good &= readTables(provider);
    good &= readAddresses(provider);
    good &= readDecryption(provider);
    const std::string region = region_->currentText().trimmed().toStdString();
    const auto regionChecked = sessions::checkRegion(region);
    regionField_->setError(regionChecked ? QString() : inOneLine(regionChecked.error()));
    good &= regionChecked.has_value();
    std::vector<aws::Region> others(provider.regions.begin() + (provider.regions.empty() ? 0 : 1), provider.regions.end());
    std::erase(others, aws::Region(region));
    provider.regions = {aws::Region(region)};
    provider.regions.insert(provider.regions.end(), others.begin(), others.end());
    if (!good) return std::nullopt;
    return provider;
}

void ProviderAssistant::check() {
    auto provider = read(false);
    if (!provider) return say(tr("Some fields cannot be used yet"), false);
    if (!metadata_->fill(*provider).empty()) return say(tr("The pasted metadata can be read"), true);
    check_->setEnabled(false);
    state_->setColorToken(Color::TextSecondary);
    state_->setFullText(tr("The metadata is being fetched"));
    // Not under its own id: the copy that is kept must stay until this is saved.
    provider->id = sessions::ProviderId("check");
    whenDone(context_.trust.load(*provider), this, [this](const Result<sessions::Trust>& trust) {
        check_->setEnabled(true);
        metadata_->showTrust(trust);
        if (!trust) return say(explain(trust.error()).title, false);
        if (trust->refreshProblem && !trust->refreshProblem->code().is(sessions::TrustError::NotKept))
            return say(inOneLine(*trust->refreshProblem), false);
        say(tr("The provider answers and %n key(s) can be trusted", nullptr, static_cast<int>(trust->provider.signingKeys.size())), true);
    });
}

void ProviderAssistant::save() {
    auto provider = read(true);
    if (!provider) return say(tr("Some fields cannot be used yet"), false);
    if (provider->id.empty()) provider->id = sessions::makeProviderId(provider->name, context_.providers.providers());
    std::optional<std::string> formerMetadata;
    if (const std::string xml = metadata_->fill(*provider); !xml.empty()) {
        const auto file = context_.paths.data / "metadata" / (provider->id.value() + ".xml");
        if (auto former = store::readFile(file); former && start_.metadataFile == file.string()) formerMetadata = std::move(*former);
        if (auto written = store::writeFileAtomically(file, xml); !written) return say(inOneLine(written.error()), false);
        provider->metadataFile = file.string();
        provider->metadataUrl.clear();
    }
    if (auto kept = context_.providers.save(*provider); !kept) {
        const ErrorText text = explain(kept.error());
        return say(text.title + QStringLiteral(". ") + text.why, false);
    }
    const SessionsContext& context = context_;
    tellSaved(*provider, std::move(formerMetadata));
    Q_EMIT saved(provider->id);
    context.window.popPage();
}

void ProviderAssistant::tellSaved(const Provider& provider, std::optional<std::string> formerMetadata) {
    const SessionsContext& context = context_;
    const bool added = start_.id.empty();
    const QString name = textOf(provider.name);
    Toast toast{QStringLiteral("providers.saved"), ToastKind::Good, added ? tr("%1 connected").arg(name) : tr("%1 saved").arg(name), {}, {}, {}};
    if (added) {
        toast.actionText = tr("Sign in");
        toast.action = [&actions = context.actions] {
            if (QAction* signIn = actions.action(QStringLiteral("sessions.sign-in"))) signIn->trigger();
        };
    } else {
        toast.actionText = tr("Undo");
        toast.action = [&context, former = start_, provider, formerMetadata = std::move(formerMetadata)] {
            undoEdit(context, former, provider, formerMetadata);
        };
    }
    context.window.showToast(std::move(toast));
}

} // namespace gw::ui
