#include "ui/review/live/live_page.h"

#include "ui/errors/utf8.h"
#include "ui/shell/toasts.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace gw::ui {

LivePage::LivePage(const LiveSource& source, QWidget* parent)
    : QWidget(parent), desk_(source), form_(new LiveForm(source, desk_)), run_(new LiveRun(source, desk_)), stack_(new QStackedWidget),
      words_(new Text({}, TextStyle::Body, Color::TextSecondary)), back_(new Button({}, {}, ButtonKind::Ghost)), other_(new Button({}, {}, ButtonKind::Default)),
      primary_(new Button({}, {}, ButtonKind::Primary)) {
    setObjectName(QStringLiteral("review.live"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    stack_->addWidget(form_);
    stack_->addWidget(run_);
    column->addWidget(stack_, 1);
    auto* foot = new Panel(Color::BgSurface);
    foot->setEdges(Qt::TopEdge);
    foot->setProperty(Toasts::footProperty, true);
    auto* line = new QHBoxLayout(foot);
    line->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    line->setSpacing(space::s2);
    words_->setObjectName(QStringLiteral("review.live.words"));
    words_->setElide(Qt::ElideRight);
    line->addWidget(words_, 1);
    back_->setObjectName(QStringLiteral("review.live.back"));
    line->addWidget(back_);
    other_->setObjectName(QStringLiteral("review.live.other"));
    line->addWidget(other_);
    primary_->setObjectName(QStringLiteral("review.live.go"));
    line->addWidget(primary_);
    column->addWidget(foot);
    connect(form_, &LiveForm::changed, this, &LivePage::tell);
    connect(&desk_, &LiveDesk::changed, this, [this] {
        if (stack_->currentWidget() == run_) run_->refresh();
        tell();
    });
    connect(&desk_, &LiveDesk::ended, this, [this] {
        run_->refresh();
        tell();
        Q_EMIT ended();
    });
    connect(back_, &QPushButton::clicked, this, &LivePage::left);
    connect(other_, &QPushButton::clicked, this, [this] {
        if (stack_->currentWidget() != run_) return;
        if (desk_.outcome() != nullptr && desk_.outcome()->stopped && !files().isEmpty()) return Q_EMIT reviewWanted();
        form_->refresh();
        show(form_);
        form_->focusFirst();
    });
    connect(primary_, &QPushButton::clicked, this, &LivePage::act);
}

void LivePage::open() {
    if (desk_.busy()) return showRun();
    form_->refresh();
    show(form_);
    form_->focusFirst();
}

void LivePage::showRun() {
    run_->refresh();
    show(run_);
    primary_->setFocus(Qt::OtherFocusReason);
}

void LivePage::refreshSessions() {
    if (isVisible() && stack_->currentWidget() == form_) form_->refresh();
}

void LivePage::show(QWidget* part) {
    stack_->setCurrentWidget(part);
    tell();
}

QStringList LivePage::files() const {
    QStringList paths;
    if (desk_.outcome() != nullptr)
        for (const auto& each : desk_.outcome()->files) paths.append(fromUtf8(each.string()));
    return paths;
}

QString LivePage::name() const {
    const std::size_t accounts = desk_.outcome() == nullptr ? 0 : desk_.outcome()->accounts.size();
    return accounts == 1 ? tr("AWS, %1", "an account").arg(desk_.accountWords(desk_.outcome()->accounts.front())) : tr("AWS, %n account(s)", nullptr, static_cast<int>(accounts));
}

// What stands below: words, the way back, and what can be done now.
void LivePage::tell() {
    back_->setText(tr("Back to the review"));
    if (stack_->currentWidget() == form_) {
        words_->setFullText(form_->words());
        other_->hide();
        primary_->setText(tr("Read"));
        primary_->setKeyHint(tr("Ctrl Enter"));
        primary_->setIconName(QStringLiteral("import"));
        primary_->setEnabled(form_->choice().has_value() && !desk_.busy());
        return;
    }
    words_->setFullText(run_->words());
    primary_->setEnabled(!desk_.stopping());
    other_->setVisible(!desk_.busy());
    // Stopping is not what it is pressed twice for.
    primary_->setKeyHint(desk_.busy() ? QString() : tr("Ctrl Enter"));
    if (desk_.busy()) {
        primary_->setText(tr("Stop"));
        primary_->setIconName(QStringLiteral("close"));
        return;
    }
    const bool stopped = desk_.outcome() != nullptr && desk_.outcome()->stopped.has_value(), some = !files().isEmpty();
    other_->setText(stopped && some ? tr("Review what was read") : tr("Choose anew"));
    primary_->setText(stopped || !some ? tr("Read on") : tr("Review what was read"));
    primary_->setIconName(stopped || !some ? QStringLiteral("refresh") : QStringLiteral("review"));
}

void LivePage::act() {
    if (stack_->currentWidget() == form_) {
        auto choice = form_->choice();
        if (!choice || desk_.busy()) return;
        desk_.begin(std::move(*choice));
        return showRun();
    }
    if (desk_.busy()) return desk_.cancel();
    if (desk_.outcome() == nullptr) return;
    if (desk_.outcome()->stopped || files().isEmpty()) return desk_.goOn();
    Q_EMIT reviewWanted();
}

void LivePage::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return Q_EMIT left();
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && (event->modifiers() & Qt::ControlModifier)) {
        if (primary_->isEnabled() && !desk_.busy()) act();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace gw::ui
