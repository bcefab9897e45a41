#include "ui/sessions/paste_page.h"

#include "models/store/files.h"
#include "ui/errors_text.h"
#include "ui/widgets/widgets.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLocale>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QShortcut>
#include <QTextOption>
#include <QVBoxLayout>

#include <filesystem>

namespace gw::ui {

namespace {

constexpr int columnWidth = 720;

QString sourceText(const saml::CapturedResponse& response) {
    const auto bytes = static_cast<qint64>(response.base64.size()) * 3 / 4;
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeTraditionalFormat);
}

// The first letter of base64 tells the first six bits: "P" begins "<", "77u/" a byte order mark before it.
bool holdsXml(const saml::CapturedResponse& response) {
    const auto base64 = response.base64.reveal();
    return base64.starts_with('P') || base64.starts_with("77u/");
}

} // namespace

PastePage::PastePage(const SessionsContext& context, sessions::Provider provider, QWidget* parent)
    : QWidget(parent), context_(context), provider_(std::move(provider)), address_(QString::fromStdString(provider_.loginUrl)) {
    setObjectName(QStringLiteral("paste"));
    setAcceptDrops(true);
    auto* column = new QWidget;
    column->setMaximumWidth(columnWidth);
    auto* layout = new QVBoxLayout(column);
    layout->setContentsMargins(space::s6, space::s6, space::s6, space::s6);
    layout->setSpacing(space::s3);

    layout->addWidget(new Text(QString::fromStdString(provider_.name), TextStyle::Heading));
    intro_ = new Text({}, TextStyle::Body, Color::TextSecondary);
    intro_->setWordWrap(true);
    layout->addWidget(intro_);
    steps_ = new Text({}, TextStyle::Body, Color::TextSecondary);
    steps_->setWordWrap(true);
    layout->addWidget(steps_);

    auto* browserRow = new QHBoxLayout;
    openBrowser_ = new Button(tr("Open the login page in the browser"), QStringLiteral("open-browser"), ButtonKind::Default);
    openBrowser_->setObjectName(QStringLiteral("paste.open-browser"));
    copyAddress_ = new Button(tr("Copy its address"), QStringLiteral("copy"), ButtonKind::Ghost);
    copyAddress_->setObjectName(QStringLiteral("paste.copy-address"));
    browserRow->addWidget(openBrowser_);
    browserRow->addWidget(copyAddress_);
    browserRow->addStretch();
    layout->addLayout(browserRow);
    layout->addSpacing(space::s2);

    text_ = new QPlainTextEdit;
    text_->setObjectName(QStringLiteral("paste.text"));
    text_->setAccessibleName(tr("SAML response"));
    text_->setPlaceholderText(tr("Base64, the form body, the page, or the XML"));
    text_->setFont(context.theme.font(TextStyle::Code));
    text_->setTabChangesFocus(true);
    text_->setUndoRedoEnabled(false);
    // A response is one line without a blank; looking for one to break at takes seconds of it.
    text_->setWordWrapMode(QTextOption::WrapAnywhere);
    text_->setAcceptDrops(false);
    text_->setMinimumHeight(180);
    layout->addWidget(text_, 1);
    feedback_ = new Text({}, TextStyle::Body, Color::TextSecondary);
    feedback_->setObjectName(QStringLiteral("paste.feedback"));
    feedback_->setWordWrap(true);
    layout->addWidget(feedback_);

    auto* actions = new QHBoxLayout;
    use_ = new Button(tr("Use this response"), QStringLiteral("sign-in"), ButtonKind::Primary);
    use_->setObjectName(QStringLiteral("paste.use"));
    use_->setKeyHint(tr("Ctrl Enter"));
    use_->setEnabled(false);
    auto* file = new Button(tr("Choose a file"), QStringLiteral("file"), ButtonKind::Default);
    file->setObjectName(QStringLiteral("paste.file"));
    auto* cancel = new Button(tr("Cancel"), {}, ButtonKind::Ghost);
    cancel->setObjectName(QStringLiteral("paste.cancel"));
    actions->addWidget(use_);
    actions->addWidget(file);
    actions->addWidget(cancel);
    actions->addStretch();
    layout->addLayout(actions);
    error_ = new ErrorState;
    error_->hide();
    layout->addWidget(error_);

    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* centre = new QWidget;
    auto* row = new QHBoxLayout(centre);
    row->setContentsMargins(0, 0, 0, 0);
    row->addStretch(1);
    row->addWidget(column, 20);
    row->addStretch(1);
    scroll->setWidget(centre);
    outer->addWidget(scroll);

    connect(text_, &QPlainTextEdit::textChanged, this, &PastePage::check);
    connect(use_, &QPushButton::clicked, this, &PastePage::use);
    connect(file, &QPushButton::clicked, this, &PastePage::chooseFile);
    connect(cancel, &QPushButton::clicked, this, &PastePage::cancelled);
    connect(openBrowser_, &QPushButton::clicked, this, &PastePage::openBrowserWanted);
    connect(copyAddress_, &QPushButton::clicked, this, [this] { copyText(address_, false); });
    for (const auto key : {Qt::Key_Return, Qt::Key_Enter})
        connect(new QShortcut(QKeySequence(Qt::CTRL | key), this), &QShortcut::activated, this, &PastePage::use);
    setBrowserMode(false);
    check();
}

void PastePage::setBrowserMode(bool browser) {
    intro_->setText(browser ? tr("The login page is open in the browser. Where the provider sends its answer to this computer, it arrives by "
                                 "itself. Otherwise bring it here:")
                            : tr("Sign in at the provider in any browser, catch the answer that it posts to AWS, and bring it here:"));
    steps_->setText(tr("1.  Before signing in, open the browser's developer tools (F12), tab Network.\n"
                       "2.  After signing in, find the POST to signin.aws.amazon.com/saml.\n"
                       "3.  Copy the value of SAMLResponse from its form data within five minutes, and paste it below."));
    openBrowser_->setText(browser ? tr("Open it again") : tr("Open the login page in the browser"));
}

void PastePage::focusText() { text_->setFocus(Qt::OtherFocusReason); }

void PastePage::check() {
    error_->hide();
    found_.reset();
    const QString pasted = text_->toPlainText();
    if (pasted.trimmed().isEmpty()) {
        feedback_->setColorToken(Color::TextTertiary);
        feedback_->setText(tr("The text stays in memory and is wiped when this page closes."));
        use_->setEnabled(false);
        return;
    }
    auto captured = saml::captureFromText(pasted.toStdString(), context_.clock.now());
    // Any word is base64 of something; only XML can be a response.
    if (captured && !holdsXml(*captured)) captured = fail(saml::CaptureError::NoResponseFound);
    if (captured) {
        feedback_->setColorToken(Color::AllowedText);
        feedback_->setText(tr("A SAML response of %1 was found. It has not been verified yet.").arg(sourceText(*captured)));
        found_ = std::make_shared<saml::CapturedResponse>(std::move(*captured));
    } else {
        const ErrorText why = explain(captured.error());
        feedback_->setColorToken(Color::DeniedText);
        feedback_->setText(why.title + QStringLiteral(". ") + why.whatToDo.value(0));
    }
    use_->setEnabled(found_ != nullptr);
}

void PastePage::use() {
    if (!found_) return;
    use_->setEnabled(false);
    feedback_->setColorToken(Color::TextSecondary);
    feedback_->setText(tr("Signature, audience, recipient and times are being checked."));
    Q_EMIT accepted(std::exchange(found_, nullptr));
}

void PastePage::showError(const Error& error) {
    const ErrorText text = explain(error);
    error_->set(text.title, text.why, text.whatToDo, text.details);
    error_->show();
    feedback_->setColorToken(Color::DeniedText);
    feedback_->setText(tr("This response was not accepted."));
    focusText();
    text_->selectAll();
}

void PastePage::chooseFile() {
    auto* dialog = new QFileDialog(this, tr("Choose a saved response"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &PastePage::readFile);
    dialog->open();
}

void PastePage::readFile(const QString& path) {
    auto content = store::readFile(std::filesystem::path(path.toStdString()), std::size_t{4} << 20);
    if (!content) return showError(content.error());
    text_->setPlainText(QString::fromStdString(*content));
    wipe(content->data(), content->size());
    focusText();
}

void PastePage::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText()) event->acceptProposedAction();
}

void PastePage::dropEvent(QDropEvent* event) {
    const auto urls = event->mimeData()->urls();
    if (!urls.isEmpty() && urls.first().isLocalFile())
        readFile(urls.first().toLocalFile());
    else
        text_->setPlainText(event->mimeData()->text());
    event->acceptProposedAction();
}

void PastePage::hideEvent(QHideEvent*) {
    // Not only when the page goes: a response is a credential for five minutes.
    text_->clear();
}

} // namespace gw::ui
