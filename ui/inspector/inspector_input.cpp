// How things come into the Inspector: files, the clipboard, drops, captures.
#include "models/store/files.h"
#include "models/store/on_worker.h"
#include "models/store/when_done.h"
#include "ui/inspector/inspector_bar.h"
#include "ui/inspector/inspector_page.h"
#include "ui/widgets/drop_hint.h"
#include "ui/widgets/time_text.h"

#include <QClipboard>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QMimeData>
#include <QUrl>

#include <filesystem>

namespace gw::ui {

namespace {

constexpr std::size_t largestFile = std::size_t{32} << 20;

InputOrigin originOf(const ShelvedCapture& capture) {
    InputOrigin origin;
    origin.name = InspectorPage::tr("%1, captured %2").arg(capture.providerName, clockText(capture.at));
    origin.provider = capture.provider;
    origin.acs = capture.acs;
    origin.captured = capture.at;
    origin.capture = capture.number;
    origin.requestId = capture.requestId;
    return origin;
}

QFileDialog* fileDialog(QWidget* parent, const QString& title) {
    auto* dialog = new QFileDialog(parent, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({InspectorPage::tr("Responses and metadata (*.xml *.b64 *.txt *.html *.htm *.har *.saml)"), InspectorPage::tr("All files (*)")});
    return dialog;
}

} // namespace

void InspectorPage::readThen(const QString& path, std::function<void(Secret, const QString&)> then) {
    const quint64 mine = ++inputNumber_;
    const QString name = QFileInfo(path).fileName();
    whenDone(onWorker([file = std::filesystem::path(path.toStdString())] { return store::readFile(file, largestFile); }), this,
             [this, mine, name, then = std::move(then)](Result<std::string> content) {
                 // Something newer is being shown already.
                 if (mine != inputNumber_) return;
                 if (!content) return showFailure(content.error(), name);
                 then(Secret(std::move(*content)), name);
             });
}

void InspectorPage::openFile(const QString& path) {
    readThen(path, [this](Secret text, const QString& name) {
        InputOrigin origin;
        origin.name = name;
        openText(std::move(text), std::move(origin));
    });
}

void InspectorPage::compareWithFile(const QString& path) {
    readThen(path, [this](Secret text, const QString& name) {
        InputOrigin origin;
        origin.name = name;
        compareWithText(std::move(text), std::move(origin));
    });
}

void InspectorPage::compareWithText(Secret text, InputOrigin origin) {
    if (!examined_) return;
    InspectRequest request;
    request.input = std::make_shared<const Secret>(std::move(text));
    request.origin = std::move(origin);
    request.now = context_.clock.now();
    second_.run(std::move(request));
}

void InspectorPage::askForFile() {
    auto* dialog = fileDialog(this, tr("Choose a response or metadata"));
    connect(dialog, &QFileDialog::fileSelected, this, &InspectorPage::openFile);
    dialog->open();
}

void InspectorPage::compareWithCapture(quint64 number) {
    if (const ShelvedCapture* capture = context_.captures.find(number)) compareWithText(capture->base64->clone(), originOf(*capture));
}

void InspectorPage::askForComparison() {
    const auto& all = context_.captures.captures();
    if (std::any_of(all.begin(), all.end(), [this](const ShelvedCapture& one) { return one.number != origin_.capture; })) return compareMenu();
    askForFileToCompare();
}

void InspectorPage::askForFileToCompare() {
    auto* dialog = fileDialog(this, tr("Choose the response to compare with"));
    connect(dialog, &QFileDialog::fileSelected, this, &InspectorPage::compareWithFile);
    dialog->open();
}

void InspectorPage::paste() {
    const QString text = QGuiApplication::clipboard()->text();
    InputOrigin origin;
    origin.name = tr("Pasted");
    openText(Secret(text.toStdString()), std::move(origin));
}

void InspectorPage::openCapture(quint64 number) {
    if (const ShelvedCapture* capture = context_.captures.find(number)) openText(capture->base64->clone(), originOf(*capture));
}

bool InspectorPage::openCaptureOf(const sessions::ProviderId& provider) {
    const ShelvedCapture* capture = context_.captures.newestOf(provider);
    if (capture == nullptr) return false;
    openText(capture->base64->clone(), originOf(*capture));
    return true;
}

void InspectorPage::captureMenu(const QPoint& at) {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("inspector.captures"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const ShelvedCapture& capture : context_.captures.captures()) {
        const QString words = tr("%1, %2", "provider, time").arg(capture.providerName, clockText(capture.at));
        QAction* action = menu->addAction(words, this, [this, number = capture.number] { openCapture(number); });
        action->setObjectName(QStringLiteral("inspector.capture.%1").arg(capture.number));
        action->setToolTip(exactText(capture.at));
    }
    menu->popup(at);
}

void InspectorPage::compareMenu() {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("inspector.compare.menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const ShelvedCapture& capture : context_.captures.captures()) {
        if (capture.number == origin_.capture) continue;
        QAction* action = menu->addAction(tr("%1, captured %2").arg(capture.providerName, clockText(capture.at)), this,
                                          [this, number = capture.number] { compareWithCapture(number); });
        action->setObjectName(QStringLiteral("inspector.compare.capture.%1").arg(capture.number));
        action->setToolTip(exactText(capture.at));
    }
    menu->addSeparator();
    menu->addAction(tr("A file…"), this, &InspectorPage::askForFileToCompare)->setObjectName(QStringLiteral("inspector.compare.file"));
    menu->setActiveAction(menu->actions().first());
    menu->popup(bar_->mapToGlobal(QPoint(std::max(0, bar_->width() - menu->sizeHint().width() - space::s3), bar_->height())));
}

void InspectorPage::dragEnterEvent(QDragEnterEvent* event) {
    const QMimeData* dragged = event->mimeData();
    const bool file = dragged->hasUrls() && dragged->urls().first().isLocalFile();
    if (!file && !dragged->hasText()) return;
    event->acceptProposedAction();
    dropHint_->appear();
}

void InspectorPage::dragLeaveEvent(QDragLeaveEvent*) { dropHint_->hide(); }

void InspectorPage::dropEvent(QDropEvent* event) {
    dropHint_->hide();
    const QMimeData* dragged = event->mimeData();
    event->acceptProposedAction();
    if (dragged->hasUrls() && dragged->urls().first().isLocalFile()) return openFile(dragged->urls().first().toLocalFile());
    InputOrigin origin;
    origin.name = tr("Dropped text");
    openText(Secret(dragged->text().toStdString()), std::move(origin));
}

} // namespace gw::ui
