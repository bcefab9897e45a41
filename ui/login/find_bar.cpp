#include "ui/login/find_bar.h"

#include "ui/widgets/button.h"
#include "ui/widgets/field.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>
#include <QWebEngineFindTextResult>

namespace gw::ui {

FindBar::FindBar(QWidget* parent) : QWidget(parent) {
    setFixedHeight(size::filterBar);
    box_ = new SearchBox(tr("Find in the page"), this);
    box_->setObjectName(QStringLiteral("login.find"));
    box_->setPlaceholderText(tr("Find in the page"));
    box_->setSize(ButtonSize::Normal);
    box_->setMaximumWidth(320);
    auto* previous = new IconButton(QStringLiteral("chevron-up"), tr("Previous match"), this);
    previous->setObjectName(QStringLiteral("login.find-previous"));
    auto* next = new IconButton(QStringLiteral("chevron-down"), tr("Next match"), this);
    next->setObjectName(QStringLiteral("login.find-next"));
    auto* done = new IconButton(QStringLiteral("close"), tr("Close"), this);
    done->setObjectName(QStringLiteral("login.find-close"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::s3, 0, space::s3, 0);
    row->setSpacing(space::s1);
    row->addWidget(box_, 1);
    row->addWidget(previous);
    row->addWidget(next);
    row->addStretch(1);
    row->addWidget(done);
    for (QWidget* part : {static_cast<QWidget*>(box_), static_cast<QWidget*>(previous), static_cast<QWidget*>(next), static_cast<QWidget*>(done)})
        part->installEventFilter(this);
    connect(box_, &QLineEdit::textChanged, this, [this] { find({}); });
    connect(box_, &QLineEdit::returnPressed, this, [this] { findNext(false); });
    connect(previous, &QAbstractButton::clicked, this, [this] { findNext(true); });
    connect(next, &QAbstractButton::clicked, this, [this] { findNext(false); });
    connect(done, &QAbstractButton::clicked, this, &FindBar::close);
    hide();
}

void FindBar::setPage(QWebEnginePage* page) {
    if (page_ == page) return;
    if (page_) page_->findText(QString());
    page_ = page;
    if (isVisible()) find({});
}

void FindBar::open() {
    show();
    box_->setFocus(Qt::ShortcutFocusReason);
    box_->selectAll();
    find({});
}

void FindBar::close() {
    if (!isVisible()) return;
    hide();
    if (page_) page_->findText(QString());
    Q_EMIT closed();
}

void FindBar::findNext(bool backward) { find(backward ? QWebEnginePage::FindBackward : QWebEnginePage::FindFlags()); }

void FindBar::find(QWebEnginePage::FindFlags flags) {
    if (!page_) return;
    page_->findText(box_->text(), flags, [self = QPointer<FindBar>(this)](const QWebEngineFindTextResult& result) {
        if (!self) return;
        self->box_->setCounter(self->box_->text().isEmpty() ? QString()
                                                            : tr("%1 of %2").arg(result.activeMatch()).arg(result.numberOfMatches()));
    });
}

void FindBar::paintEvent(QPaintEvent*) {
    const auto& theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Color::BgWindow));
    painter.fillRect(0, 0, width(), 1, theme.color(Color::BorderSubtle));
}

bool FindBar::eventFilter(QObject* watched, QEvent* event) {
    // Before the field, which would only empty itself.
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        close();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace gw::ui
