// Time left, as a ring and as words.
#pragma once

#include "models/sessions/session.h"
#include "ui/style/theme.h"

#include <QWidget>

#include <chrono>

namespace gw::ui {

// By the time left, with the limits of the tokens: more than 15 min, 15, 5, 1, over.
[[nodiscard]] sessions::TimeLeft timeLeftStep(std::chrono::seconds left);
// The ink of the time's text at that step.
[[nodiscard]] Color timeLeftColor(sessions::TimeLeft step);

// The countdown in its five states. The caller drives it; there is one timer for all.
class CountdownRing : public QWidget {
    Q_OBJECT
public:
    CountdownRing(int diameter, bool withNumber, QWidget* parent = nullptr);
    // `total` of 0 draws the expired ring.
    void set(std::chrono::seconds left, std::chrono::seconds total);
    // For a time that is short by nature, such as AWS's five minutes: no alarm before it is over.
    void setCalm(bool calm);
    [[nodiscard]] QSize sizeHint() const override;
    static void paint(QPainter& painter, const QRect& area, std::chrono::seconds left, std::chrono::seconds total,
                      bool withNumber, const Theme& theme, bool calm = false);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int diameter_;
    bool withNumber_;
    bool calm_ = false;
    std::chrono::seconds left_{0}, total_{0};
};

} // namespace gw::ui
