// The two movements that every part shares: the pointer's presence fades in and out over a control, and what opens over
// the window fades in. Both take their time from the motion tokens and are not there with reduced motion.
#pragma once

#include <QColor>
#include <QObject>
#include <QVariantAnimation>

class QWidget;

namespace gw::ui {

// Owned by the widget that it follows.
class HoverFade : public QObject {
    Q_OBJECT
public:
    explicit HoverFade(QWidget* widget);
    // From 0, the pointer is not here, to 1. The widget is asked to paint at every change.
    [[nodiscard]] double level() const { return level_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void go(double target);
    void set(double level);
    QWidget* widget_;
    QVariantAnimation animation_;
    double level_ = 0;
};

// A share of `to`, from 0 to 1, over `from`. Of two colours of which one is invalid the other one appears or vanishes.
[[nodiscard]] QColor blended(const QColor& from, const QColor& to, double share);

// Call it as the popup is shown; it must lie inside a window.
void fadeIn(QWidget* popup);

} // namespace gw::ui
