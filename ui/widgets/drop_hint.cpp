#include "ui/widgets/drop_hint.h"

#include "ui/style/paint.h"

#include <QEvent>
#include <QPainter>

namespace gw::ui {

DropHint::DropHint(const QString& words, QWidget* parent) : QWidget(parent), words_(words) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    parent->installEventFilter(this);
    hide();
}

void DropHint::appear() {
    resize(parentWidget()->size());
    raise();
    show();
}

bool DropHint::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parent() && event->type() == QEvent::Resize) resize(parentWidget()->size());
    return QWidget::eventFilter(watched, event);
}

void DropHint::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::of(this);
    QPainter painter(this);
    QColor ground = theme.color(Color::AccentTint);
    ground.setAlphaF(0.88F);
    painter.fillRect(rect(), ground);
    const QRectF frame = QRectF(rect()).adjusted(space::s3, space::s3, -space::s3, -space::s3);
    paintPanel(painter, frame, {}, theme.color(Color::AccentFill), radius::card, 2, Qt::DashLine);
    const QPixmap mark = iconPixmap(QStringLiteral("import"), size::iconEmpty, theme.color(Color::AccentText), devicePixelRatioF());
    painter.drawPixmap(QPointF(frame.center().x() - size::iconEmpty / 2.0, frame.center().y() - size::iconEmpty - space::s2), mark);
    painter.setFont(theme.font(TextStyle::Title));
    painter.setPen(theme.color(Color::TextPrimary));
    painter.drawText(frame.adjusted(0, frame.height() / 2, 0, 0), Qt::AlignHCenter | Qt::AlignTop, words_);
}

} // namespace gw::ui
