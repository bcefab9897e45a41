// An exclusive choice in one strip.
#pragma once

#include "ui/style/theme.h"

#include <QWidget>

#include <vector>

namespace gw::ui {

// "15 min | 1 h | 2 h". Arrows, Home and End choose; an item that cannot be chosen says why in its tooltip. Width beyond
// the hint is shared out evenly.
class Segmented : public QWidget {
    Q_OBJECT
public:
    explicit Segmented(const QString& accessibleName, QWidget* parent = nullptr);
    // Keeps the current index where it still exists.
    void setItems(const QStringList& texts);
    // Emits nothing; -1 for none.
    void setCurrent(int index);
    void setItemEnabled(int index, bool enabled, const QString& reason = {});
    // 24 instead of 30 high, for filter bars.
    void setSmall(bool isSmall);
    [[nodiscard]] int current() const { return current_; }
    [[nodiscard]] int count() const { return static_cast<int>(items_.size()); }
    [[nodiscard]] QString text(int index) const { return items_[static_cast<std::size_t>(index)].text; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }
    // Where an item lies, for tests and tooltips.
    [[nodiscard]] QRect itemRect(int index) const;

Q_SIGNALS:
    // By a person only.
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] int itemAt(const QPoint& position) const;
    [[nodiscard]] int itemWidth(int index) const;
    void choose(int index);
    void describe();
    struct Item {
        QString text, reason;
        bool enabled = true;
    };
    std::vector<Item> items_;
    int current_ = -1;
    int hovered_ = -1;
    bool small_ = false;
};

} // namespace gw::ui
