#include "ui/shell/toasts.h"

#include "ui/style/fade.h"
#include "ui/style/paint.h"
#include "ui/widgets/button.h"
#include "ui/widgets/icon_label.h"
#include "ui/widgets/text.h"

#include <QAccessible>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace gw::ui {
namespace {

constexpr int shadowRoom = 20;
constexpr std::size_t mostToasts = 3;
constexpr int gap = space::s3;

struct Look {
    QString icon;
    Color ink;
};

Look lookOf(ToastKind kind) {
    switch (kind) {
    case ToastKind::Good:
        return {QStringLiteral("allow"), Color::AllowedText};
    case ToastKind::Warning:
        return {QStringLiteral("expiry"), Color::ExpiringText};
    case ToastKind::Error:
        return {QStringLiteral("error"), Color::DeniedText};
    case ToastKind::Info:
        break;
    }
    return {QStringLiteral("info"), Color::AccentText};
}

} // namespace

ToastCard::ToastCard(Toast toast, std::chrono::milliseconds lifetime, QWidget* parent)
    : QWidget(parent), toast_(std::move(toast)), lifetime_(lifetime) {
    setObjectName(QStringLiteral("toast.") + toast_.id);
    setAccessibleName(toast_.text.isEmpty() ? toast_.title : QStringLiteral("%1. %2").arg(toast_.title, toast_.text));
    const Look look = lookOf(toast_.kind);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(shadowRoom + space::s3, shadowRoom + space::s3, shadowRoom + space::s2, shadowRoom + space::s3);
    row->setSpacing(space::s2);
    auto* mark = new IconLabel(look.icon, look.ink, size::icon, this);
    mark->setFixedHeight(Theme::lineHeight(TextStyle::Strong));
    row->addWidget(mark, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    auto* title = new Text(toast_.title, TextStyle::Strong, Color::TextPrimary, this);
    title->setWordWrap(true);
    words->addWidget(title);
    if (!toast_.text.isEmpty()) {
        auto* text = new Text(toast_.text, TextStyle::Small, Color::TextSecondary, this);
        text->setWordWrap(true);
        words->addWidget(text);
    }
    row->addLayout(words, 1);
    if (!toast_.actionText.isEmpty()) {
        auto* action = new Button(toast_.actionText, QString(), ButtonKind::Default, this);
        action->setSize(ButtonSize::Small);
        action->setObjectName(objectName() + QStringLiteral(".action"));
        const int room = size::toast - 100 - action->sizeHint().width();
        if (title->fontMetrics().horizontalAdvance(toast_.title) <= room) {
            row->addWidget(action, 0, Qt::AlignTop);
        } else {
            words->addSpacing(space::s2);
            words->addWidget(action, 0, Qt::AlignLeft);
        }
        connect(action, &QAbstractButton::clicked, this, [this] {
            const auto run = toast_.action;
            Q_EMIT done();
            if (run) run();
        });
    }
    auto* close = new IconButton(QStringLiteral("close"), tr("Close"), this);
    close->setObjectName(objectName() + QStringLiteral(".close"));
    close->setFixedSize(size::controlSmall, size::controlSmall);
    row->addWidget(close, 0, Qt::AlignTop);
    connect(close, &QAbstractButton::clicked, this, &ToastCard::done);

    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &ToastCard::done);
    connect(qApp, &QApplication::focusChanged, this, [this] { weigh(); });
    weigh();
}

int ToastCard::heightFor(int width) const {
    return layout()->heightForWidth(width);
}

void ToastCard::weigh() {
    const QWidget* focused = QApplication::focusWidget();
    const bool kept = hovered_ || (focused != nullptr && isAncestorOf(focused));
    if (kept) {
        timer_.stop();
    } else if (!timer_.isActive()) {
        timer_.start(lifetime_);
    }
}

void ToastCard::enterEvent(QEnterEvent*) {
    hovered_ = true;
    weigh();
}

void ToastCard::leaveEvent(QEvent*) {
    hovered_ = false;
    weigh();
}

void ToastCard::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT done();
        return;
    }
    QWidget::keyPressEvent(event);
}

void ToastCard::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    const QRectF body = QRectF(rect()).adjusted(shadowRoom, shadowRoom, -shadowRoom, -shadowRoom);
    paintShadow(painter, body, radius::card, shadowRoom);
    paintPanel(painter, body, theme.color(Color::BgPopup), theme.color(Color::BorderDefault), radius::card);
}

Toasts::Toasts(QWidget* window) : QObject(window), window_(window) {}

void Toasts::setBottom(int pixels) {
    bottom_ = pixels;
    place();
}

void Toasts::show(Toast toast) {
    const auto same =
        std::find_if(cards_.begin(), cards_.end(), [&toast](const ToastCard* card) { return card->id() == toast.id; });
    if (same != cards_.end()) remove(*same);
    while (cards_.size() >= mostToasts) remove(cards_.front());
    auto* card = new ToastCard(std::move(toast), lifetime_, window_);
    connect(card, &ToastCard::done, this, [this, card] { remove(card); });
    cards_.push_back(card);
    // Feet come and go below them.
    if (cards_.size() == 1) qApp->installEventFilter(this);
    place();
    fadeIn(card);
    card->show();
    card->raise();
    QAccessibleEvent alert(card, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    Q_EMIT shown(card->id());
}

void Toasts::remove(ToastCard* card) {
    const auto found = std::find(cards_.begin(), cards_.end(), card);
    if (found == cards_.end()) return;
    cards_.erase(found);
    if (cards_.empty()) qApp->removeEventFilter(this);
    card->hide();
    card->deleteLater();
    place();
    Q_EMIT gone(card->id());
}

bool Toasts::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::Move:
    case QEvent::Resize:
        // Not before its layout has come to rest.
        if (watched->property(footProperty).toBool()) QMetaObject::invokeMethod(this, &Toasts::place, Qt::QueuedConnection);
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

// Of those that reach into the corner where toasts stand.
int Toasts::topOfFeet() const {
    const int least = window_->height() / 3; // above that a toast would be at no place where one looks for it
    int top = window_->height() - bottom_;
    const int left = window_->width() - size::toast - space::s4;
    for (const QWidget* each : window_->findChildren<QWidget*>()) {
        if (!each->isVisible() || !each->property(footProperty).toBool()) continue;
        // It may be scrolled away.
        const QRect seen = each->visibleRegion().boundingRect();
        if (seen.isEmpty()) continue;
        const QPoint at = each->mapTo(window_, seen.topLeft());
        if (at.x() + seen.width() > left && at.y() > least) top = std::min(top, at.y());
    }
    return top;
}

void Toasts::place() {
    if (cards_.empty()) return;
    int bottom = topOfFeet() - space::s4 + shadowRoom;
    const int width = size::toast + 2 * shadowRoom;
    for (auto card = cards_.rbegin(); card != cards_.rend(); ++card) {
        const int height = (*card)->heightFor(width);
        (*card)->setGeometry(window_->width() - width - space::s4 + shadowRoom, bottom - height, width, height);
        bottom -= height - 2 * shadowRoom + gap;
    }
}

} // namespace gw::ui
