#include "ui/explain/try_bar.h"

#include "ui/errors/answer_texts.h"

#include <QHBoxLayout>
#include <QPainter>

namespace gw::ui {

TryBar::TryBar(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("explain.try"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::s4, space::s1, space::s3, space::s1);
    row->setSpacing(space::s2);
    icon_ = new IconLabel(QStringLiteral("edit"), Color::ChangedText);
    row->addWidget(icon_);
    strong_ = new Text({}, TextStyle::Strong, Color::ChangedText);
    strong_->setObjectName(QStringLiteral("explain.try.title"));
    strong_->setElide(Qt::ElideMiddle);
    row->addWidget(strong_, 3);
    words_ = new Text({}, TextStyle::Small, Color::TextPrimary);
    words_->setObjectName(QStringLiteral("explain.try.result"));
    row->addWidget(words_);
    back_ = new Button(tr("Back to the real answer"), QStringLiteral("undo"), ButtonKind::Default);
    back_->setObjectName(QStringLiteral("explain.try.back"));
    back_->setSize(ButtonSize::Small);
    back_->setKeyHint(tr("Esc"));
    row->addWidget(back_);
    connect(back_, &QPushButton::clicked, this, &TryBar::backWanted);
    hide();
}

void TryBar::show(const ExplainedAnswer& answer) {
    const Trial& trial = answer.trial;
    setVisible(!trial.empty());
    if (trial.empty()) return;
    const int facts = static_cast<int>(trial.told.size() + trial.untold.size());
    QString title = trial.edit ? tr("Trying: %1", "an edit").arg(editTitle(*trial.edit, answer.names))
                               : tr("Trying with %n other fact(s)", nullptr, facts);
    if (trial.edit && facts > 0) title += tr(", and %n other fact(s)", nullptr, facts);
    strong_->setFullText(title);
    const QString was = decisionWord(answer.before).toLower(), now = decisionWord(answer.decision).toLower();
    words_->setFullText(was == now ? tr("Still %1", "denied").arg(now)
                                   : tr("%1, was %2", "decision now, decision before").arg(decisionWord(answer.decision), was));
    setAccessibleName(title);
    setAccessibleDescription(words_->text());
}

void TryBar::focusBack() {
    back_->setFocus(Qt::OtherFocusReason);
}

void TryBar::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Color::ChangedTint));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color(Color::ChangedMark));
}

} // namespace gw::ui
