#include "ui/explain/policy_box.h"

#include "models/store/on_worker.h"
#include "models/store/when_done.h"
#include "ui/errors_text.h"
#include "ui/widgets/flow_layout.h"

#include <QHBoxLayout>
#include <QTextBlock>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace gw::ui {
namespace {

using policy::DocumentKind;

// In a low window there must be room for what is wrong with the document, and for the answer.
constexpr int editorHeight = 150, lowEditorHeight = 64, lowWindow = 800;
// In the order of the segments.
constexpr auto kindsInOrder = std::to_array({DocumentKind::Identity, DocumentKind::Resource, DocumentKind::Trust,
                                             DocumentKind::Scp, DocumentKind::Boundary, DocumentKind::Session});

int placeOf(DocumentKind kind) {
    const auto* at = std::find(kindsInOrder.begin(), kindsInOrder.end(), kind);
    return static_cast<int>(at - kindsInOrder.begin());
}

// By what only such a document has: principals, and of a trust policy no resources. The other kinds look alike.
DocumentKind kindOf(const policy::SourceTree& source) {
    const policy::Value statements = source.root().member("Statement");
    const policy::Value first = statements.is(policy::ValueKind::Array) ? statements.first() : statements;
    if (!first.is(policy::ValueKind::Object)) return DocumentKind::Identity;
    if (!first.member("Principal") && !first.member("NotPrincipal")) return DocumentKind::Identity;
    return first.member("Resource") || first.member("NotResource") ? DocumentKind::Resource : DocumentKind::Trust;
}

struct Read {
    std::optional<DocumentKind> looksLike;
    Result<policy::PolicyRef> policy;
};

// What a policy of each kind would be called, in the order of the segments.
using Names = std::array<std::string, kindsInOrder.size()>;

Read readPolicy(const std::string& text, DocumentKind kind, bool chosen, const Names& names) {
    std::optional<DocumentKind> looksLike;
    if (!chosen)
        if (const auto source = policy::Document::readSource(text)) looksLike = kindOf(*source);
    kind = looksLike.value_or(kind);
    return {looksLike, policy::CompiledPolicy::parse(text, kind, names[static_cast<std::size_t>(placeOf(kind))])};
}

} // namespace

PolicyBox::PolicyBox(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s2);
    row_ = new FlowLayout(space::s2);
    column->addLayout(row_);
    column->addWidget(buildEditor());
    editor_->hide();
    fillRow();
}

QWidget* PolicyBox::buildEditor() {
    editor_ = new QWidget;
    auto* column = new QVBoxLayout(editor_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s2);
    kinds_ = new Segmented(tr("Kind of policy"));
    kinds_->setObjectName(QStringLiteral("explain.policy.kind"));
    kinds_->setSmall(true);
    kinds_->setItems({tr("Identity"), tr("Resource"), tr("Trust"), tr("SCP"), tr("Boundary"), tr("Session")});
    kinds_->setCurrent(0);
    column->addWidget(kinds_, 0, Qt::AlignLeft);
    text_ = new QPlainTextEdit;
    text_->setObjectName(QStringLiteral("explain.policy.text"));
    text_->setAccessibleName(tr("Policy document"));
    text_->setPlaceholderText(tr("Paste a policy document: JSON, or as AWS's APIs give it"));
    text_->setFont(Theme::of(this).font(TextStyle::Code));
    text_->setTabChangesFocus(true);
    text_->setFixedHeight(editorHeight);
    column->addWidget(text_);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(space::s2);
    mark_ = new IconLabel(QStringLiteral("check"), Color::AllowedText, 14);
    mark_->setFixedHeight(Theme::lineHeight(TextStyle::Small));
    foot->addWidget(mark_, 0, Qt::AlignTop);
    status_ = new Text({}, TextStyle::Small, Color::TextSecondary);
    status_->setObjectName(QStringLiteral("explain.policy.status"));
    status_->setWordWrap(true);
    status_->setMinimumHeight(Theme::lineHeight(TextStyle::Small));
    foot->addWidget(status_, 1);
    const auto button = [&](const QString& words, const char* name, ButtonKind look) {
        auto* made = new Button(words, {}, look);
        made->setObjectName(QString::fromLatin1(name));
        made->setSize(ButtonSize::Small);
        foot->addWidget(made);
        return made;
    };
    remove_ = button(tr("Remove"), "explain.policy.remove", ButtonKind::Ghost);
    auto* closing = button(tr("Close"), "explain.policy.close", ButtonKind::Default);
    use_ = button(tr("Use it"), "explain.policy.use", ButtonKind::Default);
    column->addLayout(foot);
    connect(text_, &QPlainTextEdit::textChanged, this, &PolicyBox::read);
    connect(kinds_, &Segmented::currentChanged, this, [this] {
        kindChosen_ = true;
        read();
    });
    connect(use_, &QPushButton::clicked, this, &PolicyBox::take);
    connect(remove_, &QPushButton::clicked, this, &PolicyBox::remove);
    connect(closing, &QPushButton::clicked, this, &PolicyBox::close);
    return editor_;
}

void PolicyBox::showEditor() {
    fitEditor();
    editor_->show();
    Q_EMIT writingChanged();
}

void PolicyBox::fitEditor() {
    text_->setFixedHeight(window()->height() < lowWindow ? lowEditorHeight : editorHeight);
}

void PolicyBox::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fitEditor();
}

std::vector<estate::HandedPolicy> PolicyBox::policies() const {
    std::vector<estate::HandedPolicy> all;
    for (const Entry& each : entries_) all.push_back({each.kind, each.policy});
    return all;
}

DocumentKind PolicyBox::kind() const {
    return kindsInOrder[static_cast<std::size_t>(std::max(0, kinds_->current()))];
}

QString PolicyBox::nameFor(DocumentKind kind) const {
    const auto name = [&] {
        switch (kind) {
        case DocumentKind::Resource:
            return tr("pasted resource policy");
        case DocumentKind::Trust:
            return tr("pasted trust policy");
        case DocumentKind::Scp:
            return tr("pasted SCP");
        case DocumentKind::Boundary:
            return tr("pasted boundary");
        case DocumentKind::Session:
            return tr("pasted session policy");
        default:
            return tr("pasted identity policy");
        }
    }();
    const auto taken = [&](const QString& wanted) {
        for (std::size_t i = 0; i < entries_.size(); ++i)
            if (i != edited_ && entries_[i].name() == wanted) return true;
        return gone_ && gone_->name() == wanted; // it may come back
    };
    for (int number = 1;; ++number) {
        const QString numbered = number == 1 ? name : QStringLiteral("%1 %2").arg(name).arg(number);
        if (!taken(numbered)) return numbered;
    }
}

void PolicyBox::openEditor() {
    if (edited_) {
        edited_.reset();
        kindChosen_ = false;
        text_->clear();
    }
    remove_->hide();
    showEditor();
    text_->setFocus(Qt::OtherFocusReason);
    read();
}

void PolicyBox::edit(std::size_t index) {
    edited_ = index;
    kindChosen_ = true;
    kinds_->setCurrent(placeOf(entries_[index].kind));
    remove_->show();
    showEditor();
    text_->setPlainText(entries_[index].text);
    text_->setFocus(Qt::OtherFocusReason);
}

void PolicyBox::say(const QString& iconName, Color color, const QString& words) {
    mark_->setVisible(!iconName.isEmpty());
    if (!iconName.isEmpty()) {
        mark_->setIconName(iconName);
        mark_->setColorToken(color);
    }
    status_->setColorToken(color);
    status_->setFullText(words);
    text_->setAccessibleDescription(words);
}

void PolicyBox::read() {
    const quint64 mine = ++generation_;
    valid_.reset();
    use_->setEnabled(false);
    const QString entered = text_->toPlainText();
    if (entered.trimmed().isEmpty()) {
        if (!edited_) kindChosen_ = false;
        return say({}, Color::TextTertiary, tr("It counts beside the files, or alone where there are none."));
    }
    ++waiting_;
    Names names;
    for (std::size_t i = 0; i < names.size(); ++i) names[i] = nameFor(kindsInOrder[i]).toStdString();
    whenDone(onWorker([utf8 = entered.toStdString(), kind = kind(), chosen = kindChosen_, names] {
                 return readPolicy(utf8, kind, chosen, names);
             }),
             this, [this, mine](const Read& read) {
                 --waiting_;
                 if (mine != generation_) return;
                 if (read.looksLike) kinds_->setCurrent(placeOf(*read.looksLike));
                 if (read.policy) {
                     valid_ = *read.policy;
                     use_->setEnabled(true);
                     return say(QStringLiteral("check"), Color::AllowedText,
                                tr("%n statement(s)", nullptr, static_cast<int>(valid_->statements().size())));
                 }
                 const Error& error = read.policy.error();
                 const ErrorText words = explain(error);
                 const int line = QString::fromUtf8(error.fact("line").data(), int(error.fact("line").size())).toInt();
                 const int column = QString::fromUtf8(error.fact("column").data(), int(error.fact("column").size())).toInt();
                 QString text = QStringLiteral("%1. %2").arg(words.title, words.why);
                 if (line > 0) text = tr("Line %1, column %2: %3", "place, error").arg(line).arg(column).arg(text);
                 say(QStringLiteral("warning"), Color::ExpiringText, text);
             });
}

void PolicyBox::take() {
    if (!valid_) return;
    Entry entry{valid_->document().kind(), text_->toPlainText(), valid_};
    if (edited_)
        entries_[*edited_] = std::move(entry);
    else
        entries_.push_back(std::move(entry));
    close();
    fillRow();
    Q_EMIT changed();
}

void PolicyBox::remove() {
    if (!edited_) return;
    goneFrom_ = *edited_;
    gone_ = entries_[goneFrom_];
    entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(goneFrom_));
    close();
    fillRow();
    Q_EMIT removed(gone_->name());
    Q_EMIT changed();
}

void PolicyBox::restore() {
    if (!gone_) return;
    // Others may have gone since.
    const auto place = static_cast<std::ptrdiff_t>(std::min(goneFrom_, entries_.size()));
    entries_.insert(entries_.begin() + place, std::move(*gone_));
    gone_.reset();
    if (edited_ && static_cast<std::ptrdiff_t>(*edited_) >= place) ++*edited_;
    fillRow();
    Q_EMIT changed();
}

void PolicyBox::stopWriting() {
    if (isWriting()) close();
}

void PolicyBox::close() {
    // What was written and not used is still there when the editor is opened again.
    const bool used = edited_ || (valid_ && !entries_.empty() && entries_.back().text == text_->toPlainText());
    editor_->hide();
    Q_EMIT writingChanged();
    if (!used) return;
    edited_.reset();
    kindChosen_ = false;
    text_->clear();
    kinds_->setCurrent(0);
}

void PolicyBox::fillRow() {
    while (QLayoutItem* item = row_->takeAt(0)) {
        if (item->widget() != nullptr) item->widget()->deleteLater();
        delete item;
    }
    auto* add = new Button(tr("Paste a policy…"), QStringLiteral("edit"), ButtonKind::Ghost);
    add->setObjectName(QStringLiteral("explain.policy.add"));
    add->setSize(ButtonSize::Small);
    connect(add, &QPushButton::clicked, this, &PolicyBox::openEditor);
    row_->addWidget(add);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        auto* one = new Button(entries_[i].name(), QStringLiteral("file"), ButtonKind::Default);
        one->setObjectName(QStringLiteral("explain.policy.%1").arg(i + 1));
        one->setAccessibleName(tr("Edit: %1").arg(entries_[i].name()));
        one->setSize(ButtonSize::Small);
        connect(one, &QPushButton::clicked, this, [this, i] { edit(i); });
        row_->addWidget(one);
    }
}

} // namespace gw::ui
