// The ring around the control that has the keyboard. It lies in the window above the control, so that a control's own
// size need not hold room for it.
#pragma once

#include <QPointer>
#include <QWidget>

class QApplication;

namespace gw::ui {

// Buttons, check boxes and radio buttons get the ring by themselves. Any other widget asks for it with this radius;
// -1 declines it (rows and fields draw theirs inside).
void setFocusRingRadius(QWidget* widget, int radius);

class FocusRing : public QObject {
    Q_OBJECT
public:
    FocusRing(QApplication& application, QObject* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void follow(QWidget* widget);
    void place();

    QPointer<QWidget> target_;
    QPointer<QWidget> overlay_;
    QList<QPointer<QWidget>> watched_;
};

} // namespace gw::ui
