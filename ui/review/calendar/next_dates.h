// The strip below the mapping: what is due in the next 90 days, on a line of weeks.
#pragma once

#include "ui/review/calendar/dates.h"
#include "ui/style/theme.h"

#include <QWidget>

namespace gw::ui {

// Left and right go from date to date, Enter opens one. Hidden while nothing is due.
class NextDates : public QWidget {
    Q_OBJECT
public:
    explicit NextDates(QWidget* parent = nullptr);
    // Null: none.
    void setDates(const DatesPtr& dates);
    [[nodiscard]] QSize sizeHint() const override;
    // Whether the place has room for it beside what matters more.
    void setRoomy(bool roomy);
    // For tests: which dates have a place on the line, and where.
    [[nodiscard]] std::size_t placed() const { return marks_.size(); }
    [[nodiscard]] QPoint placeOf(std::size_t mark) const { return {marks_[mark].x, axisY()}; }

Q_SIGNALS:
    // Its place among the dates.
    void opened(quint32 entry);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Mark {
        std::uint32_t entry = 0; // the first of them
        std::size_t count = 1;   // on the same day, of the same kind
        int x = 0;
        QString label;
        QRect words;    // where the label stands; empty: there is no room for it
    };
    [[nodiscard]] int axisY() const;
    void layOut();
    [[nodiscard]] int markAt(const QPoint& at) const;
    [[nodiscard]] QString tip(const Mark& mark) const;
    void describe();

    void decide();
    DatesPtr dates_;
    bool roomy_ = true;
    std::vector<Mark> marks_;
    int current_ = 0;
};

} // namespace gw::ui
