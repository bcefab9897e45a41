#include "ui/inspector/trust_picker.h"

#include "models/store/files.h"
#include "models/store/on_worker.h"
#include "models/store/when_done.h"
#include "ui/widgets/list_name.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QSignalBlocker>

#include <filesystem>

namespace gw::ui {

namespace {

constexpr int kindRole = Qt::UserRole;
constexpr int idRole = Qt::UserRole + 1;
constexpr std::size_t largestFile = 10'000'000;

enum Kind { Nobody, Provider, File, AskForFile };

// Certificates where there are any, else metadata.
Result<saml::TrustedProvider> readTrust(const std::filesystem::path& path, UtcTime now) {
    GW_TRY(const std::string content, store::readFile(path, largestFile));
    saml::TrustedProvider trusted;
    if (content.find("-----BEGIN CERTIFICATE-----") != std::string::npos) {
        GW_TRY(trusted.signingKeys, saml::Certificate::fromPem(content));
        return trusted;
    }
    GW_TRY(auto metadata, saml::parseMetadata(content, now));
    trusted.entityId = std::move(metadata.entityId);
    trusted.signingKeys = std::move(metadata.signingKeys);
    return trusted;
}

} // namespace

TrustPicker::TrustPicker(const InspectorContext& context, QWidget* parent) : QComboBox(parent), context_(context) {
    setAccessibleName(tr("Whose signature to believe"));
    setObjectName(QStringLiteral("inspector.trust"));
    nameList(*this);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(16);
    refresh();
    connect(this, &QComboBox::activated, this, &TrustPicker::picked);
}

void TrustPicker::refresh() {
    const QSignalBlocker quiet(this);
    const int kind = currentData(kindRole).toInt();
    const QString id = currentData(idRole).toString();
    clear();
    const auto add = [this](const QString& words, Kind of, const QString& value = {}) {
        addItem(words);
        setItemData(count() - 1, of, kindRole);
        setItemData(count() - 1, value, idRole);
    };
    add(tr("Nobody: only what the response says"), Nobody);
    for (const auto& provider : context_.providers()) add(QString::fromStdString(provider.name), Provider, QString::fromStdString(provider.id.value()));
    if (!file_.isEmpty()) add(QFileInfo(file_).fileName(), File, file_);
    add(tr("Metadata or certificate from a file…"), AskForFile);
    last_ = 0;
    for (int i = 0; i < count(); ++i)
        if (itemData(i, kindRole).toInt() == kind && itemData(i, idRole).toString() == id && kind != AskForFile) last_ = i;
    setCurrentIndex(last_);
}

void TrustPicker::picked(int index) {
    const QString id = itemData(index, idRole).toString();
    switch (itemData(index, kindRole).toInt()) {
    case Nobody: return chooseNobody();
    case Provider: return chooseProvider(sessions::ProviderId(id.toStdString()));
    case File: return chooseFile(id);
    default:
        setCurrentIndex(last_);
        return askForFile();
    }
}

void TrustPicker::chooseNobody() {
    setCurrentIndex(last_ = 0);
    take(ChosenTrust());
}

void TrustPicker::chooseProvider(const sessions::ProviderId& id) {
    const auto& all = context_.providers();
    const auto found = std::find_if(all.begin(), all.end(), [&](const sessions::Provider& one) { return one.id == id; });
    if (found == all.end()) return chooseNobody();
    const QString wanted = QString::fromStdString(id.value());
    for (int i = 0; i < count(); ++i)
        if (itemData(i, kindRole).toInt() == Provider && itemData(i, idRole).toString() == wanted) setCurrentIndex(last_ = i);
    loading_ = true;
    const quint64 mine = ++generation_;
    whenDone(context_.loadTrust(*found), this, [this, mine, acs = found->additionalAcs, duration = found->duration](Result<sessions::Trust> trust) {
        if (mine != generation_) return;
        if (!trust) return take(fail(std::move(trust).error()));
        take(ChosenTrust{std::move(trust->provider), std::move(trust->decryptionKeys), std::move(trust->keyProblems), acs, duration});
    });
}

void TrustPicker::chooseFile(const QString& path) {
    loading_ = true;
    const quint64 mine = ++generation_;
    whenDone(onWorker([file = std::filesystem::path(path.toStdString()), now = context_.clock.now()] { return readTrust(file, now); }), this,
             [this, mine, path](Result<saml::TrustedProvider> trusted) {
                 if (mine != generation_) return;
                 if (trusted) {
                     file_ = path;
                     refresh();
                     for (int i = 0; i < count(); ++i)
                         if (itemData(i, kindRole).toInt() == File) setCurrentIndex(last_ = i);
                 }
                 if (!trusted) return take(fail(std::move(trusted).error()));
                 take(ChosenTrust{std::move(*trusted), {}, {}, {}, {}});
             });
}

void TrustPicker::askForFile() {
    auto* dialog = new QFileDialog(this, tr("Choose metadata or a certificate"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Metadata and certificates (*.xml *.pem *.crt *.cer)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &TrustPicker::chooseFile);
    dialog->open();
}

void TrustPicker::take(Result<ChosenTrust> chosen) {
    ++generation_;
    loading_ = false;
    if (!chosen) {
        const Error error = std::move(chosen).error();
        if (itemData(currentIndex(), kindRole).toInt() != File) setCurrentIndex(last_ = 0);
        trust_ = {};
        Q_EMIT failed(error);
        Q_EMIT changed();
        return;
    }
    trust_ = std::move(*chosen);
    if (trust_.provider && trust_.provider->signingKeys.empty()) trust_.provider.reset();
    for (const Error& problem : trust_.keyProblems) Q_EMIT keyProblem(problem);
    Q_EMIT changed();
}

} // namespace gw::ui
