#include "ui/widgets/countdown_ring.h"

#include "ui/style/paint.h"
#include "ui/widgets/time_text.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace gw::ui {

using sessions::TimeLeft;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

// From this diameter on there is room for a sign inside.
constexpr int signDiameter = 26;

void paintArc(QPainter& painter, const QRectF& circle, qreal width, const QColor& color, qreal share) {
    painter.setPen(QPen(color, width, Qt::SolidLine, Qt::FlatCap));
    painter.setBrush(Qt::NoBrush);
    painter.drawArc(circle, 90 * 16, -static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * 360 * 16)));
}

void paintNumber(QPainter& painter, const QRectF& area, const QString& text, const QColor& ink, const Theme& theme) {
    QFont font = theme.font(TextStyle::Strong);
    const int wanted = area.width() >= size::ringLarge ? type::heading.px
                       : area.width() >= size::ring    ? type::body.px
                                                       : type::caption.px;
    font.setPixelSize(wanted);
    const qreal room = area.width() * 0.78;
    while (font.pixelSize() > 9 && tabularWidth(font, text) > room) font.setPixelSize(font.pixelSize() - 1);
    painter.setFont(font);
    painter.setPen(ink);
    paintTabular(painter, area, Qt::AlignHCenter, text);
}

} // namespace

TimeLeft timeLeftStep(seconds left) {
    if (left <= seconds(0)) return TimeLeft::Over;
    if (left <= minutes(countdown::lastMinutes)) return TimeLeft::Last;
    if (left <= minutes(countdown::nearMinutes)) return TimeLeft::Near;
    if (left <= minutes(countdown::soonMinutes)) return TimeLeft::Soon;
    return TimeLeft::Plenty;
}

Color timeLeftColor(TimeLeft step) {
    switch (step) {
    case TimeLeft::Soon:
    case TimeLeft::Near:
        return Color::ExpiringText;
    case TimeLeft::Last:
        return Color::DeniedText;
    case TimeLeft::Over:
        return Color::ExpiredText;
    case TimeLeft::Plenty:
        break;
    }
    return Color::TextPrimary;
}

CountdownRing::CountdownRing(int diameter, bool withNumber, QWidget* parent)
    : QWidget(parent), diameter_(diameter), withNumber_(withNumber) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void CountdownRing::set(seconds left, seconds total) {
    if (left == left_ && total == total_) return;
    left_ = left;
    total_ = total;
    setAccessibleName(total.count() > 0 && left.count() > 0 ? tr("%1 left").arg(countdownText(left)) : tr("Expired"));
    update();
}

void CountdownRing::setCalm(bool calm) {
    calm_ = calm;
    update();
}

QSize CountdownRing::sizeHint() const {
    return {diameter_, diameter_};
}

void CountdownRing::paint(QPainter& painter, const QRect& area, seconds left, seconds total, bool withNumber,
                          const Theme& theme, bool calm) {
    const int diameter = std::min(area.width(), area.height());
    const QRectF box(area.left() + (area.width() - diameter) / 2.0, area.top() + (area.height() - diameter) / 2.0, diameter,
                     diameter);
    TimeLeft step = total.count() <= 0 ? TimeLeft::Over : timeLeftStep(left);
    if (calm && step != TimeLeft::Over) step = TimeLeft::Plenty;
    const bool roomForSign = diameter >= signDiameter;
    const bool number = withNumber && diameter >= size::ring;
    const QPointF centre = box.center();

    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (step == TimeLeft::Over) {
        QPen pen(theme.color(Color::ExpiredMark), 1.5, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({2, 2});
        painter.setPen(pen);
        painter.drawEllipse(box.adjusted(1, 1, -1, -1));
        if (diameter >= 28) {
            const qreal arm = diameter * 0.16;
            painter.setPen(QPen(theme.color(Color::ExpiredMark), stroke::icon, Qt::SolidLine, Qt::RoundCap));
            painter.drawLine(centre - QPointF(arm, arm), centre + QPointF(arm, arm));
            painter.drawLine(centre - QPointF(arm, -arm), centre + QPointF(arm, -arm));
        }
    } else if (step == TimeLeft::Last) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(Color::DangerFill));
        painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5));
        if (roomForSign) paintNumber(painter, box, QString::number(left.count()), theme.color(Color::DangerOn), theme);
    } else {
        const qreal scale = diameter >= size::ringLarge ? 1.4 : 1.0;
        const qreal width = (step == TimeLeft::Near ? stroke::ring + 1.0 : stroke::ring) * scale;
        const QRectF circle = box.adjusted(width / 2, width / 2, -width / 2, -width / 2);
        if (step == TimeLeft::Near) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.color(Color::ExpiringTint));
            painter.drawEllipse(circle);
        }
        const qreal share = static_cast<qreal>(left.count()) / static_cast<qreal>(std::max<std::int64_t>(1, total.count()));
        paintArc(painter, circle, width, theme.color(Color::BorderDefault), 1);
        paintArc(painter, circle, width, theme.color(step == TimeLeft::Plenty ? Color::AccentFill : Color::ExpiringMark), share);
        if (number) {
            paintNumber(painter, box, countdownText(left), theme.color(timeLeftColor(step)), theme);
        } else if (roomForSign && step == TimeLeft::Soon) {
            const qreal arm = diameter * 0.2;
            painter.setPen(QPen(theme.color(Color::ExpiringText), 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            const QPointF hands[] = {centre - QPointF(0, arm), centre, centre + QPointF(arm * 0.7, arm * 0.55)};
            painter.drawPolyline(hands, 3);
        } else if (roomForSign && step == TimeLeft::Near) {
            const qreal half = diameter * 0.17;
            painter.setPen(QPen(theme.color(Color::ExpiringText), 2.2, Qt::SolidLine, Qt::RoundCap));
            painter.drawLine(centre - QPointF(0, half + 1), centre + QPointF(0, half * 0.25));
            painter.drawPoint(centre + QPointF(0, half + 1));
        }
    }
    painter.restore();
}

void CountdownRing::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paint(painter, rect(), left_, total_, withNumber_, Theme::of(this), calm_);
}

} // namespace gw::ui
