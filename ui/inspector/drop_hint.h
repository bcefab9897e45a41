// Says over the whole screen that what is being dragged can be let go here.
#pragma once

#include <QWidget>

namespace gw::ui {

class DropHint : public QWidget {
    Q_OBJECT
public:
    explicit DropHint(QWidget* parent);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace gw::ui
