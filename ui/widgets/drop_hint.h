// Says over the whole screen that what is being dragged can be let go here.
#pragma once

#include <QWidget>

namespace gw::ui {

class DropHint : public QWidget {
    Q_OBJECT
public:
    // `words`: "Let go to inspect it". Covers its parent while it is shown.
    DropHint(const QString& words, QWidget* parent);
    void appear();
    void setWords(const QString& words) { words_ = words; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QString words_;
};

} // namespace gw::ui
