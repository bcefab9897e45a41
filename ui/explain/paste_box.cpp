#include "ui/explain/paste_box.h"

#include "models/store/on_worker.h"
#include "models/store/when_done.h"
#include "ui/errors_text.h"

#include <QAbstractTextDocumentLayout>
#include <QHBoxLayout>
#include <QRegularExpression>
#include <QScrollBar>

#include <algorithm>

namespace gw::ui {
namespace {

constexpr int frame = 16, statusWidth = 250, mostLines = 3;

// What AWS's own call needs to decode it; only its caller may.
QString decodeCommand(const QString& text) {
    static const QRegularExpression blob(QStringLiteral("ncoded authorization failure message:?\\s*([A-Za-z0-9_+/=-]{20,})"));
    const auto found = blob.match(text);
    return QStringLiteral("aws sts decode-authorization-message --encoded-message %1 --query DecodedMessage --output text")
        .arg(found.hasMatch() ? found.captured(1) : QStringLiteral("MESSAGE"));
}

} // namespace

PasteBox::PasteBox(QWidget* parent) : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s3);
    editor_ = new QPlainTextEdit;
    editor_->setObjectName(QStringLiteral("explain.paste"));
    editor_->setAccessibleName(tr("AWS's error, pasted"));
    editor_->setPlaceholderText(tr("Paste AWS's error here: “User: … is not authorized to perform: …”, or a decoded message"));
    editor_->setFont(Theme::of(this).font(TextStyle::Code));
    editor_->setTabChangesFocus(true);
    row->addWidget(editor_, 1, Qt::AlignTop);
    auto* side = new QVBoxLayout;
    side->setSpacing(space::s1);
    auto* line = new QHBoxLayout;
    line->setSpacing(space::s2);
    mark_ = new IconLabel(QStringLiteral("check"), Color::AllowedText, 14);
    mark_->setFixedHeight(Theme::lineHeight(TextStyle::Small));
    line->addWidget(mark_, 0, Qt::AlignTop);
    status_ = new Text({}, TextStyle::Small, Color::TextSecondary);
    status_->setObjectName(QStringLiteral("explain.paste.status"));
    status_->setWordWrap(true);
    line->addWidget(status_, 1);
    side->addLayout(line);
    command_ = new Button(tr("Copy the command"), QStringLiteral("copy"), ButtonKind::Default);
    command_->setObjectName(QStringLiteral("explain.paste.command"));
    command_->setSize(ButtonSize::Small);
    side->addWidget(command_, 0, Qt::AlignLeft);
    side->addStretch(1);
    auto* sideWidget = new QWidget;
    sideWidget->setLayout(side);
    side->setContentsMargins(0, 0, 0, 0);
    sideWidget->setFixedWidth(statusWidth);
    row->addWidget(sideWidget);
    connect(editor_, &QPlainTextEdit::textChanged, this, &PasteBox::read);
    connect(editor_->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this, &PasteBox::fit);
    connect(command_, &QPushButton::clicked, this, [this] { copyText(commandText_, false); });
    say({}, Color::TextTertiary, tr("It fills in the question."));
    command_->hide();
    fit();
}

// As many lines as the text has, so that an empty box takes no room.
void PasteBox::fit() {
    const auto lines = editor_->toPlainText().isEmpty() ? 1.0 : editor_->document()->size().height();
    editor_->setVerticalScrollBarPolicy(lines > mostLines ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
    editor_->setFixedHeight(frame + type::code.line * static_cast<int>(std::clamp(lines, 1.0, double{mostLines})));
    if (lines <= mostLines) editor_->verticalScrollBar()->setValue(0);
}

void PasteBox::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fit();
}

void PasteBox::setText(const QString& text) {
    editor_->setPlainText(text);
}

void PasteBox::clear() {
    const QSignalBlocker quiet(editor_);
    editor_->clear();
    fit();
    ++generation_;
    command_->hide();
    say({}, Color::TextTertiary, tr("It fills in the question."));
}

void PasteBox::focusEditor() {
    editor_->setFocus(Qt::OtherFocusReason);
    editor_->selectAll();
}

void PasteBox::say(const QString& iconName, Color color, const QString& words) {
    mark_->setVisible(!iconName.isEmpty());
    if (!iconName.isEmpty()) {
        mark_->setIconName(iconName);
        mark_->setColorToken(color);
    }
    status_->setColorToken(color);
    status_->setFullText(words);
    editor_->setAccessibleDescription(words);
}

void PasteBox::read() {
    const quint64 mine = ++generation_;
    const QString entered = editor_->toPlainText();
    command_->hide();
    fit();
    if (entered.trimmed().isEmpty()) return say({}, Color::TextTertiary, tr("It fills in the question."));
    whenDone(onWorker([utf8 = entered.toStdString()] { return policy::readDenial(utf8); }), this,
             [this, mine, entered](const Result<policy::Denial>& denial) {
                 if (mine != generation_) return;
                 if (denial) {
                     say(QStringLiteral("check"), Color::AllowedText, tr("Recognised"));
                     Q_EMIT recognised(*denial);
                     return;
                 }
                 const ErrorText words = explain(denial.error());
                 if (denial.error().code().is(policy::DenialError::Encoded)) {
                     say(QStringLiteral("lock"), Color::DependsText, tr("Encoded. Decode it, then paste what that prints."));
                     commandText_ = decodeCommand(entered);
                     command_->setToolTip(commandText_);
                     command_->show();
                     return;
                 }
                 say(QStringLiteral("warning"), Color::ExpiringText, QStringLiteral("%1. %2").arg(words.title, words.why));
             });
}

} // namespace gw::ui
