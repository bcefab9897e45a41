#include "ui/style/fade.h"

#include "ui/style/theme.h"

#include <QEvent>
#include <QGraphicsOpacityEffect>
#include <QPropertyAnimation>
#include <QWidget>

#include <algorithm>

namespace gw::ui {

HoverFade::HoverFade(QWidget* widget) : QObject(widget), widget_(widget) {
    animation_.setEasingCurve(QEasingCurve::OutCubic);
    connect(&animation_, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) { set(value.toDouble()); });
    widget->installEventFilter(this);
}

bool HoverFade::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::Enter: go(1); break;
    case QEvent::Leave: go(0); break;
    case QEvent::Hide:
        // It may come back anywhere, with the pointer elsewhere.
        animation_.stop();
        set(0);
        break;
    default: break;
    }
    return QObject::eventFilter(watched, event);
}

void HoverFade::go(double target) {
    animation_.stop();
    const int duration = Theme::of(widget_).motion(motion::hover);
    if (duration == 0) return set(target);
    animation_.setStartValue(level_);
    animation_.setEndValue(target);
    animation_.setDuration(duration);
    animation_.start();
}

void HoverFade::set(double level) {
    if (level_ == level) return;
    level_ = level;
    widget_->update();
}

QColor blended(const QColor& from, const QColor& to, double share) {
    if (share <= 0) return from;
    if (share >= 1) return to;
    if (!from.isValid() && !to.isValid()) return {};
    QColor color = to.isValid() ? to : from;
    if (!from.isValid() || !to.isValid()) {
        color.setAlphaF(static_cast<float>(color.alphaF() * (to.isValid() ? share : 1 - share)));
        return color;
    }
    const auto mix = [share](float a, float b) { return std::clamp(static_cast<float>(a + (b - a) * share), 0.0F, 1.0F); };
    return QColor::fromRgbF(mix(from.redF(), to.redF()), mix(from.greenF(), to.greenF()), mix(from.blueF(), to.blueF()),
                            mix(from.alphaF(), to.alphaF()));
}

void fadeIn(QWidget* popup) {
    const int duration = Theme::of(popup).motion(motion::popup);
    if (duration == 0) return;
    auto* effect = new QGraphicsOpacityEffect(popup);
    effect->setOpacity(0);
    // Takes the place of the one before, where the popup is opened again at once.
    popup->setGraphicsEffect(effect);
    auto* animation = new QPropertyAnimation(effect, "opacity", effect);
    animation->setStartValue(0.0);
    animation->setEndValue(1.0);
    animation->setDuration(duration);
    animation->setEasingCurve(QEasingCurve::OutCubic);
    // An effect costs a picture of the whole popup at every paint, so it does not stay.
    QObject::connect(animation, &QAbstractAnimation::finished, popup, [popup] { popup->setGraphicsEffect(nullptr); }, Qt::QueuedConnection);
    animation->start();
}

} // namespace gw::ui
