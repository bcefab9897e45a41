#include "ui/style/focus_ring.h"

#include "ui/style/paint.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QCheckBox>
#include <QEvent>
#include <QPushButton>
#include <QRadioButton>
#include <QToolButton>

namespace gw::ui {
namespace {

constexpr const char* radiusProperty = "gw.focusRingRadius";
constexpr int outset = stroke::focus + stroke::focusGap;

int radiusFor(const QWidget* widget) {
    const QVariant asked = widget->property(radiusProperty);
    if (asked.isValid()) return asked.toInt();
    if (qobject_cast<const QCheckBox*>(widget) != nullptr || qobject_cast<const QRadioButton*>(widget) != nullptr)
        return radius::tag;
    return qobject_cast<const QAbstractButton*>(widget) != nullptr ? radius::control : -1;
}

class Overlay : public QWidget {
public:
    explicit Overlay(QWidget* window) : QWidget(window) {
        setObjectName(QStringLiteral("focus-ring"));
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setAttribute(Qt::WA_NoSystemBackground);
        setFocusPolicy(Qt::NoFocus);
    }
    int radius = 0;

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        paintFocusInside(painter, rect(), radius + outset, Theme::of(this));
    }
};

} // namespace

void setFocusRingRadius(QWidget* widget, int radius) {
    widget->setProperty(radiusProperty, radius);
}

FocusRing::FocusRing(QApplication& application, QObject* parent) : QObject(parent) {
    connect(&application, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) { follow(now); });
}

void FocusRing::follow(QWidget* widget) {
    for (const auto& watched : watched_) {
        if (watched) watched->removeEventFilter(this);
    }
    watched_.clear();
    target_ = widget != nullptr && radiusFor(widget) >= 0 ? widget : nullptr;
    if (!target_ || (overlay_ && overlay_->parentWidget() != target_->window())) {
        delete overlay_;
    }
    if (!target_) return;
    if (!overlay_) overlay_ = new Overlay(target_->window());
    for (QWidget* ancestor = target_; ancestor != nullptr; ancestor = ancestor->parentWidget()) {
        ancestor->installEventFilter(this);
        watched_.append(ancestor);
        if (ancestor->isWindow()) break;
    }
    place();
}

void FocusRing::place() {
    if (!target_ || !overlay_) return;
    QRect ring(target_->mapTo(target_->window(), QPoint()), target_->size());
    ring.adjust(-outset, -outset, outset, outset);
    QRegion visible(ring);
    for (QWidget* ancestor = target_; !ancestor->isWindow(); ancestor = ancestor->parentWidget()) {
        const auto* area = qobject_cast<QAbstractScrollArea*>(ancestor->parentWidget());
        if (area != nullptr && area->viewport() == ancestor) {
            visible &= QRect(ancestor->mapTo(target_->window(), QPoint()), ancestor->size());
        }
    }
    static_cast<Overlay*>(overlay_.data())->radius = radiusFor(target_);
    overlay_->setGeometry(ring);
    if (visible == QRegion(ring)) {
        overlay_->clearMask();
    } else {
        overlay_->setMask(visible.translated(-ring.topLeft()));
    }
    overlay_->setVisible(target_->isVisible() && !visible.isEmpty());
    overlay_->raise();
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::Show:
    case QEvent::Hide:
        place();
        break;
    case QEvent::ParentChange:
        QMetaObject::invokeMethod(
            this, [this, target = target_] { follow(target); }, Qt::QueuedConnection);
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace gw::ui
