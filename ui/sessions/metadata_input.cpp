#include "ui/sessions/metadata_input.h"

#include "models/store/files.h"
#include "ui/errors/render.h"
#include "ui/errors_text.h"
#include "ui/sessions/template_help.h"
#include "ui/sessions/text_of.h"
#include "ui/widgets/widgets.h"

#include <QDateTime>
#include <QDropEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLocale>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <filesystem>

namespace gw::ui {

using Kind = sessions::MetadataInput;

namespace {

constexpr std::size_t largest = std::size_t{8} << 20;
QString dateText(UtcTime time) {
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(time.unixMilliseconds()).date(), QStringLiteral("d MMM yyyy"));
}

constexpr std::string_view pemStart = "-----BEGIN CERTIFICATE-----";

} // namespace

MetadataInput::MetadataInput(const Clock& clock, QWidget* parent) : QWidget(parent), clock_(clock) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s2);
    edit_ = new QPlainTextEdit;
    edit_->setObjectName(QStringLiteral("assistant.metadata"));
    edit_->setFixedHeight(84);
    edit_->setTabChangesFocus(true);
    edit_->installEventFilter(this);
    edit_->viewport()->installEventFilter(this);
    field_ = new Field(tr("Metadata"), edit_);
    column->addWidget(field_);
    auto* file = new Button(tr("Choose a file"), QStringLiteral("file"), ButtonKind::Default);
    file->setSize(ButtonSize::Small);
    file->setObjectName(QStringLiteral("assistant.metadata.file"));
    auto* row = new QHBoxLayout;
    row->addWidget(file);
    row->addStretch();
    column->addLayout(row);
    summary_ = new Card;
    summary_->setObjectName(QStringLiteral("assistant.summary"));
    summary_->setColors(Color::BgSunken, Color::BorderSubtle);
    auto* inside = new QVBoxLayout(summary_);
    inside->setContentsMargins(space::s3, space::s3, space::s3, space::s3);
    inside->setSpacing(space::s1);
    entity_ = new Text({}, TextStyle::Strong);
    entity_->setObjectName(QStringLiteral("assistant.summary.entity"));
    entity_->setElide(Qt::ElideMiddle);
    inside->addWidget(entity_);
    keys_ = new QWidget;
    auto* keyColumn = new QVBoxLayout(keys_);
    keyColumn->setContentsMargins(0, 0, 0, 0);
    keyColumn->setSpacing(space::s1);
    inside->addWidget(keys_);
    column->addWidget(summary_);
    summary_->hide();
    connect(edit_, &QPlainTextEdit::textChanged, this, [this] {
        read();
        Q_EMIT changed();
    });
    connect(file, &QPushButton::clicked, this, &MetadataInput::chooseFile);
}

void MetadataInput::setTemplate(const sessions::ProviderTemplate& from) {
    template_ = from;
    field_->setHelp(helpFor(from, sessions::ProviderField::Metadata));
    const auto example = from.metadataExample;
    edit_->setPlaceholderText(example.empty() ? tr("Drop the file here, or paste the XML")
                                              : QString::fromUtf8(example.data(), static_cast<qsizetype>(example.size())));
    read();
}

void MetadataInput::setProvider(const sessions::Provider& provider) {
    entityId_ = provider.entityId;
    std::string shown = !provider.metadataUrl.empty() ? provider.metadataUrl : provider.metadataFile;
    for (const auto& pem : provider.certificatesPem)
        if (shown.empty() || shown.starts_with(pemStart)) shown += (shown.empty() ? "" : "\n") + pem;
    edit_->setPlainText(textOf(shown));
}

std::string MetadataInput::text() const { return edit_->toPlainText().trimmed().toStdString(); }

std::string MetadataInput::fill(sessions::Provider& provider) const {
    const std::string given = text();
    if (given.starts_with(pemStart)) {
        provider.certificatesPem = {given};
        provider.metadataUrl.clear();
        provider.metadataFile.clear();
        return {};
    }
    switch (sessions::metadataInputKind(given)) {
    case Kind::Url:
        provider.metadataUrl = given;
        provider.metadataFile.clear();
        return {};
    case Kind::FilePath:
        provider.metadataFile = given;
        provider.metadataUrl.clear();
        return {};
    case Kind::Xml: return given;
    case Kind::Empty: break;
    }
    provider.metadataUrl.clear();
    provider.metadataFile.clear();
    return {};
}

void MetadataInput::setEntityId(const std::string& entityId) {
    if (entityId == entityId_) return;
    entityId_ = entityId;
    read();
}

bool MetadataInput::check(const std::string& entityId) {
    setEntityId(entityId);
    if (text().empty()) {
        field_->setError(tr("Without metadata no answer can be checked"));
        return false;
    }
    return !problem_;
}

void MetadataInput::read() {
    const std::string given = text();
    problem_.reset();
    needsEntityId_ = false;
    hideSummary();
    if (given.empty()) return field_->setError({});
    const auto useXml = [this](std::string_view xml) {
        auto parsed = saml::parseMetadata(xml, clock_.now(), entityId_);
        if (!parsed) {
            needsEntityId_ = parsed.error().code().is(saml::MetadataError::SeveralIdentityProviders);
            problem_ = std::move(parsed).error();
            return;
        }
        showSummary(parsed->entityId, parsed->signingKeys, parsed->validUntil);
        Q_EMIT entityIdFound(textOf(parsed->entityId));
    };
    if (given.starts_with(pemStart)) {
        auto keys = saml::Certificate::fromPem(given);
        if (keys)
            showSummary({}, *keys, std::nullopt);
        else
            problem_ = std::move(keys).error();
    } else {
        switch (sessions::metadataInputKind(given)) {
        case Kind::Xml: useXml(given); break;
        case Kind::Url:
            if (auto checked = sessions::checkMetadataUrl(template_, given);
                !checked && !checked.error().code().is(sessions::ProviderFieldError::UnlikeTemplate))
                problem_ = std::move(checked).error();
            break;
        case Kind::FilePath: {
            auto content = store::readFile(std::filesystem::path(given), largest);
            if (content)
                useXml(*content);
            else
                problem_ = std::move(content).error();
            break;
        }
        case Kind::Empty: break;
        }
    }
    if (!problem_) return field_->setError({});
    const ErrorText why = explain(*problem_);
    field_->setError(why.title + QStringLiteral(". ") + why.whatToDo.value(0));
}

void MetadataInput::showTrust(const Result<sessions::Trust>& trust) {
    if (!trust) {
        hideSummary();
        const ErrorText why = explain(trust.error());
        return field_->setError(why.title + QStringLiteral(". ") + why.why);
    }
    field_->setError({});
    showSummary(trust->provider.entityId, trust->provider.signingKeys, trust->validUntil);
}

void MetadataInput::hideSummary() { summary_->hide(); }

void MetadataInput::showSummary(const std::string& entityId, const std::vector<saml::Certificate>& keys, std::optional<UtcTime> validUntil) {
    entity_->setFullText(entityId.empty() ? tr("Any issuer that signs with these keys") : textOf(entityId));
    auto* column = keys_->layout();
    while (QLayoutItem* item = column->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    const UtcTime now = clock_.now();
    for (const auto& key : keys) {
        const bool over = key.notAfter() <= now;
        auto* line = new Text({}, TextStyle::Body, over ? Color::DeniedText : Color::TextSecondary);
        line->setElide(Qt::ElideRight);
        line->setFullText(tr("Signing key %1, %2, %3 %4")
                              .arg(errors::fingerprintText(key.fingerprint()), textOf(key.keyDescription()), over ? tr("ended") : tr("ends"),
                                   dateText(key.notAfter())));
        line->setToolTip(textOf(key.fingerprint()) + u'\n' + textOf(key.subject()));
        column->addWidget(line);
    }
    if (validUntil) column->addWidget(new Text(tr("The metadata is valid until %1").arg(dateText(*validUntil)), TextStyle::Body, Color::TextSecondary));
    summary_->show();
}

void MetadataInput::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("Choose the metadata"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Metadata and certificates (*.xml *.pem *.crt *.cer)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &MetadataInput::takeFile);
    dialog->open();
}

void MetadataInput::takeFile(const QString& path) {
    auto content = store::readFile(std::filesystem::path(path.toStdString()), largest);
    // A certificate is kept in the configuration itself; metadata stays in its file.
    if (content && content->find(pemStart) != std::string::npos && content->find("<") == std::string::npos)
        edit_->setPlainText(textOf(*content));
    else
        edit_->setPlainText(path);
}

bool MetadataInput::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::DragEnter || event->type() == QEvent::DragMove) {
        auto* drag = static_cast<QDragMoveEvent*>(event);
        if (drag->mimeData()->hasUrls()) {
            drag->acceptProposedAction();
            return true;
        }
    }
    if (event->type() == QEvent::Drop) {
        auto* drop = static_cast<QDropEvent*>(event);
        const auto urls = drop->mimeData()->urls();
        if (!urls.isEmpty()) {
            if (urls.first().isLocalFile())
                takeFile(urls.first().toLocalFile());
            else
                edit_->setPlainText(urls.first().toString());
            drop->acceptProposedAction();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace gw::ui
