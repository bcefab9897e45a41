// Short messages at the lower right.
#pragma once

#include "ui/shell/notices.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <chrono>
#include <vector>

namespace gw::ui {

class ToastCard : public QWidget {
    Q_OBJECT
public:
    ToastCard(Toast toast, std::chrono::milliseconds lifetime, QWidget* parent);
    [[nodiscard]] const QString& id() const { return toast_.id; }
    [[nodiscard]] int heightFor(int width) const;

Q_SIGNALS:
    void done();

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    // The clock stands while the toast is hovered or holds the focus.
    void weigh();
    Toast toast_;
    QTimer timer_;
    std::chrono::milliseconds lifetime_;
    bool hovered_ = false;
};

// Places up to three of them, the newest at the bottom; the oldest leaves for a fourth.
class Toasts : public QObject {
    Q_OBJECT
public:
    explicit Toasts(QWidget* window);
    void show(Toast toast);
    // Room that the status bar keeps at the bottom.
    void setBottom(int pixels);
    void setLifetime(std::chrono::milliseconds lifetime) { lifetime_ = lifetime; }
    void place();

    // A widget with this dynamic property set to true holds what is pressed next: toasts stand above it.
    static constexpr const char* footProperty = "gw.foot";

Q_SIGNALS:
    void shown(const QString& id);
    void gone(const QString& id);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void remove(ToastCard* card);
    [[nodiscard]] int topOfFeet() const;
    QWidget* window_;
    std::vector<ToastCard*> cards_; // oldest first
    std::chrono::milliseconds lifetime_{6000};
    int bottom_ = 0;
};

} // namespace gw::ui
