#include "ui/review/state_pages.h"

#include "ui/errors_text.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QVBoxLayout>

namespace gw::ui {

StatePages::StatePages(const QString& name, QWidget* parent)
    : QStackedWidget(parent), name_(name), empty_(new ui::Panel(Color::BgSurface)), loading_(new ui::Panel(Color::BgSurface)),
      failed_(new ui::Panel(Color::BgSurface)) {
    auto* column = new QVBoxLayout(empty_);
    emptyState_ = new EmptyState({}, {}, {});
    emptyState_->setObjectName(name + QStringLiteral(".empty"));
    column->addStretch(2);
    column->addWidget(emptyState_);
    column->addStretch(3);
    buildLoading();
    auto* outside = new QVBoxLayout(failed_);
    outside->setContentsMargins(space::s6, space::s6, space::s6, space::s6);
    auto* card = new Card;
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(0, 0, 0, 0);
    failure_ = new ErrorState;
    failure_->setObjectName(name + QStringLiteral(".failure"));
    inside->addWidget(failure_);
    outside->addWidget(card);
    outside->addStretch(1);
    for (QWidget* each : {empty_, loading_, failed_}) addWidget(each);
}

void StatePages::buildLoading() {
    auto* column = new QVBoxLayout(loading_);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    words_ = new Text({}, TextStyle::Body, Color::TextPrimary);
    words_->setObjectName(name_ + QStringLiteral(".progress.text"));
    row->addWidget(words_, 1);
    auto* cancel = new Button(tr("Cancel"), {}, ButtonKind::Default);
    cancel->setObjectName(name_ + QStringLiteral(".cancel"));
    connect(cancel, &QPushButton::clicked, this, &StatePages::cancelWanted);
    row->addWidget(cancel);
    column->addLayout(row);
    progress_ = new QProgressBar;
    progress_->setObjectName(name_ + QStringLiteral(".progress"));
    progress_->setAccessibleName(tr("Progress"));
    progress_->setTextVisible(false);
    column->addWidget(progress_);
    column->addWidget(new LoadingRows(tr("Rows are being made")), 1);
}

void StatePages::setBody(QWidget* body) {
    body_ = body;
    insertWidget(0, body);
}

EmptyState& StatePages::showEmpty(const QString& icon, const QString& title, const QString& text) {
    emptyState_->clearActions();
    emptyState_->set(icon, title, text);
    setCurrentWidget(empty_);
    return *emptyState_;
}

void StatePages::showLoading(const QString& words) {
    setProgress(0, 0, words);
    setCurrentWidget(loading_);
}

void StatePages::setProgress(int done, int of, const QString& words) {
    progress_->setRange(0, of);
    progress_->setValue(done);
    words_->setFullText(words);
}

void StatePages::showFailed(const Error& error) {
    const ErrorText words = explain(error);
    failure_->set(words.title, words.why, words.whatToDo, words.details);
    setCurrentWidget(failed_);
}

PartialLine::PartialLine(const QString& name, QWidget* parent) : Panel(Color::BgSurface, parent) {
    setEdges(Qt::BottomEdge);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(space::s4, space::s1 + 2, space::s4, space::s1 + 2);
    line->setSpacing(space::s2);
    line->addWidget(new IconLabel(QStringLiteral("info"), Color::TextTertiary));
    text_ = new Text({}, TextStyle::Small, Color::TextSecondary);
    text_->setObjectName(name + QStringLiteral(".partial"));
    text_->setElide(Qt::ElideRight);
    line->addWidget(text_, 1);
    hide();
}

void PartialLine::setWords(const QStringList& words) {
    QString line = words.join(QStringLiteral("; "));
    if (!line.isEmpty()) line[0] = line[0].toUpper();
    text_->setFullText(line);
    setVisible(!words.isEmpty());
}

} // namespace gw::ui
