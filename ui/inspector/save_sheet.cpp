#include "ui/inspector/save_sheet.h"

#include "models/store/on_worker.h"
#include "models/store/when_done.h"
#include "ui/errors_text.h"
#include "ui/widgets/widgets.h"

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

namespace gw::ui {

namespace {

constexpr std::size_t saltBytes = 16;

} // namespace

SaveSheet::SaveSheet(const InspectorContext& context, QWidget* parent) : Panel(Color::BgSunken, parent), context_(context) {
    setEdges(Qt::BottomEdge);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::s6, space::s3, space::s4, space::s3);
    row->setSpacing(space::s3);
    icon_ = new IconLabel(QStringLiteral("evidence"), Color::TextSecondary, 20);
    row->addWidget(icon_, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(space::s1);
    title_ = new Text({}, TextStyle::Strong);
    text_ = new Text({}, TextStyle::Small, Color::TextSecondary);
    text_->setObjectName(QStringLiteral("inspector.save.contents"));
    text_->setWordWrap(true);
    original_ = new QCheckBox(tr("Include the response itself"));
    original_->setObjectName(QStringLiteral("inspector.save.original"));
    column->addWidget(title_);
    column->addWidget(text_);
    column->addWidget(original_);
    row->addLayout(column, 1);
    auto* cancel = new Button(tr("Cancel"), {}, ButtonKind::Ghost);
    cancel->setObjectName(QStringLiteral("inspector.save.cancel"));
    save_ = new Button(tr("Save…"), QStringLiteral("export"), ButtonKind::Primary);
    save_->setObjectName(QStringLiteral("inspector.save.go"));
    row->addWidget(cancel, 0, Qt::AlignTop);
    row->addWidget(save_, 0, Qt::AlignTop);
    connect(cancel, &QPushButton::clicked, this, &SaveSheet::close);
    connect(save_, &QPushButton::clicked, this, &SaveSheet::askForName);
    connect(original_, &QCheckBox::toggled, this, &SaveSheet::describe);
    hide();
}

void SaveSheet::ask(CopyKind kind, ExaminedPtr examined, const QString& trust) {
    kind_ = kind;
    examined_ = std::move(examined);
    trust_ = trust;
    original_->setChecked(false);
    original_->setVisible(kind == CopyKind::Evidence);
    describe();
    show();
    save_->setFocus(Qt::OtherFocusReason);
}

void SaveSheet::describe() {
    switch (kind_) {
    case CopyKind::Redacted:
        icon_->setIconName(QStringLiteral("eye-off"));
        title_->setFullText(tr("Save a redacted copy"));
        text_->setFullText(tr("Same structure, octet for octet. People, accounts, hosts and keys become pseudonyms, signatures and certificates are "
                              "blanked; algorithms, formats and times stay. Nobody can sign in with it."));
        break;
    case CopyKind::Resigned:
        icon_->setIconName(QStringLiteral("signature"));
        title_->setFullText(tr("Save a copy with new signatures"));
        text_->setFullText(tr("Signed anew by a key that is made for this and thrown away, so that a problem can be reproduced; the key's certificate is "
                              "saved beside it. People and accounts stay as they are: redact what you give away. AWS does not know the key."));
        break;
    case CopyKind::Evidence:
        icon_->setIconName(QStringLiteral("evidence"));
        title_->setFullText(tr("Keep as evidence"));
        text_->setFullText(original_->isChecked()
                               ? tr("Verdict, findings with what was seen, the document's SHA-256, whom was trusted, and the response itself: whoever has the "
                                    "file can read its claims and, while AWS takes it, sign in with it.")
                               : tr("Verdict, rules that were broken, the document's SHA-256, whom was trusted, and a redacted copy. No secret, no names."));
        break;
    }
}

void SaveSheet::askForName() {
    auto* dialog = new QFileDialog(this, title_->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->selectFile(suggestedName(kind_, *examined_));
    connect(dialog, &QFileDialog::fileSelected, this, &SaveSheet::save);
    dialog->open();
}

void SaveSheet::save(const QString& path) {
    // Wiped while a name was looked for.
    if (!examined_) {
        context_.window.showToast({QStringLiteral("inspector.saved"), ToastKind::Warning, tr("Nothing was saved"),
                                   tr("The captured response was wiped meanwhile."), {}, {}});
        return;
    }
    CopyRequest request{kind_, examined_, trust_, kind_ == CopyKind::Evidence && original_->isChecked(), context_.random.hex(saltBytes),
                        std::filesystem::path(path.toStdString())};
    close();
    whenDone(onWorker([request = std::move(request)] { return writeCopy(request); }), this, [this](const Result<WrittenCopy>& written) {
        const QString id = QStringLiteral("inspector.saved");
        if (!written) {
            const ErrorText why = explain(written.error());
            return context_.window.showToast({id, ToastKind::Error, why.title, why.why, {}, {}});
        }
        QString text = QDir::toNativeSeparators(QString::fromStdString(written->path.string()));
        if (!written->certificate.empty()) text += QLatin1Char('\n') + QString::fromStdString(written->certificate.filename().string());
        context_.window.showToast({id, ToastKind::Good, tr("Saved, readable by you alone"), text, {}, {}});
    });
}

void SaveSheet::forget() {
    hide();
    examined_.reset();
}

void SaveSheet::close() {
    forget();
    Q_EMIT closed();
}

void SaveSheet::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return close();
    Panel::keyPressEvent(event);
}

} // namespace gw::ui
