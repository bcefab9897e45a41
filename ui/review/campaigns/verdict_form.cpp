#include "ui/review/campaigns/verdict_form.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <array>

namespace gw::ui {
namespace {

using estate::campaign::Verdict;

// In the order in which they are offered.
constexpr std::array offered{Verdict::Keep, Verdict::Change, Verdict::Remove};
constexpr int reasonHeight = 56;

struct VerdictWords {
    Q_DECLARE_TR_FUNCTIONS(VerdictWords)
};

} // namespace

QString verdictWord(Verdict verdict) {
    switch (verdict) {
    case Verdict::Keep:
        return VerdictWords::tr("Keep");
    case Verdict::Change:
        return VerdictWords::tr("Change");
    case Verdict::Remove:
        break;
    }
    return VerdictWords::tr("Remove");
}

QString verdictIcon(Verdict verdict) {
    switch (verdict) {
    case Verdict::Keep:
        return QStringLiteral("check");
    case Verdict::Change:
        return QStringLiteral("edit");
    case Verdict::Remove:
        break;
    }
    return QStringLiteral("remove");
}

QString verdictState(Verdict verdict) {
    switch (verdict) {
    case Verdict::Keep:
        return VerdictWords::tr("kept");
    case Verdict::Change:
        return VerdictWords::tr("to be changed");
    case Verdict::Remove:
        break;
    }
    return VerdictWords::tr("to be removed");
}

VerdictForm::VerdictForm(const QString& name, const QString& button, bool keys, QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::s2);
    choice_ = new Segmented(tr("What is to become of it"));
    choice_->setObjectName(name + QStringLiteral(".verdict"));
    QStringList words;
    if (keys)
        words = {tr("Keep  K"), tr("Change  C"), tr("Remove  R")};
    else
        for (const Verdict each : offered) words.append(verdictWord(each));
    choice_->setItems(words);
    choice_->setCurrent(-1);
    column->addWidget(choice_);
    change_ = new QLineEdit;
    change_->setObjectName(name + QStringLiteral(".change"));
    change_->setAccessibleName(tr("What is to be changed"));
    change_->setPlaceholderText(change_->accessibleName());
    change_->setMaxLength(1000);
    column->addWidget(change_);
    reason_ = new QPlainTextEdit;
    reason_->setObjectName(name + QStringLiteral(".reason"));
    reason_->setAccessibleName(tr("Why"));
    reason_->setTabChangesFocus(true);
    reason_->setFixedHeight(reasonHeight);
    reason_->setFont(Theme::of(this).font(TextStyle::Body));
    column->addWidget(reason_);
    problem_ = new Text({}, TextStyle::Small, Color::DeniedText);
    problem_->setObjectName(name + QStringLiteral(".problem"));
    problem_->setWordWrap(true);
    problem_->hide();
    column->addWidget(problem_);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(space::s2);
    note_ = new Text({}, TextStyle::Small, Color::TextTertiary);
    note_->setObjectName(name + QStringLiteral(".last"));
    note_->setElide(Qt::ElideRight);
    foot->addWidget(note_, 1);
    button_ = new Button(button, {}, ButtonKind::Default);
    button_->setObjectName(name + QStringLiteral(".say"));
    button_->setKeyHint(tr("Ctrl Enter"));
    foot->addWidget(button_);
    column->addLayout(foot);
    connect(choice_, &Segmented::currentChanged, this, [this] {
        refresh();
        Q_EMIT edited();
    });
    connect(change_, &QLineEdit::textChanged, this, [this] {
        refresh();
        Q_EMIT edited();
    });
    connect(reason_, &QPlainTextEdit::textChanged, this, [this] {
        refresh();
        Q_EMIT edited();
    });
    connect(button_, &QPushButton::clicked, this, &VerdictForm::say);
    for (QWidget* each : std::initializer_list<QWidget*>{choice_, change_, reason_}) each->installEventFilter(this);
    refresh();
}

VerdictDraft VerdictForm::draft() const {
    VerdictDraft made;
    if (choice_->current() >= 0) made.verdict = offered[static_cast<std::size_t>(choice_->current())];
    made.reason = reason_->toPlainText();
    made.change = change_->text();
    return made;
}

void VerdictForm::setDraft(const VerdictDraft& draft) {
    const QSignalBlocker quiet(this);
    int place = -1;
    for (std::size_t i = 0; i < offered.size(); ++i)
        if (draft.verdict == offered[i]) place = static_cast<int>(i);
    choice_->setCurrent(place);
    change_->setText(draft.change);
    reason_->setPlainText(draft.reason);
    reason_->moveCursor(QTextCursor::End);
    problem_->hide();
    refresh();
}

void VerdictForm::choose(Verdict verdict) {
    for (std::size_t i = 0; i < offered.size(); ++i)
        if (verdict == offered[i]) choice_->setCurrent(static_cast<int>(i));
    refresh();
    Q_EMIT edited();
    if (verdict == Verdict::Change && change_->text().isEmpty())
        change_->setFocus(Qt::OtherFocusReason);
    else
        focusReason();
}

void VerdictForm::setNote(const QString& words) {
    note_->setFullText(words);
}

void VerdictForm::setBusy(bool busy) {
    busy_ = busy;
    refresh();
}

void VerdictForm::setProblem(const QString& words) {
    problem_->setFullText(words);
    problem_->setVisible(!words.isEmpty());
}

bool VerdictForm::hasFocusInside() const {
    return choice_->hasFocus() || change_->hasFocus() || reason_->hasFocus() || button_->hasFocus();
}

void VerdictForm::focusReason() {
    reason_->setFocus(Qt::OtherFocusReason);
}

void VerdictForm::refresh() {
    const VerdictDraft now = draft();
    change_->setVisible(now.verdict == Verdict::Change);
    reason_->setPlaceholderText(now.verdict == Verdict::Remove   ? tr("Why is it not needed? An auditor will read it.")
                                : now.verdict == Verdict::Change ? tr("Why is it not right as it is? An auditor will read it.")
                                                                 : tr("Why is this right? An auditor will read it."));
    button_->setEnabled(!busy_ && now.verdict && !now.reason.trimmed().isEmpty() &&
                        (now.verdict != Verdict::Change || !now.change.trimmed().isEmpty()));
    choice_->setEnabled(!busy_);
    change_->setReadOnly(busy_);
    reason_->setReadOnly(busy_);
}

void VerdictForm::say() {
    const VerdictDraft now = draft();
    if (!button_->isEnabled() || !now.verdict) return;
    setProblem({});
    Q_EMIT said(*now.verdict, now.reason.trimmed(), now.change.trimmed());
}

bool VerdictForm::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (enter && (key->modifiers() & Qt::ControlModifier)) {
        say();
        return true;
    }
    if (enter && watched == change_) {
        focusReason();
        return true;
    }
    if (key->key() == Qt::Key_Escape) {
        Q_EMIT left();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace gw::ui
