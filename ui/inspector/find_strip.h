// The find field over the text.
#pragma once

#include "ui/widgets/icon_label.h"

#include <QPointer>

namespace gw::ui {

class CodeArea;
class SearchBox;

class FindStrip : public Panel {
    Q_OBJECT
public:
    explicit FindStrip(QWidget* parent = nullptr);
    // Searches in `area` from now on.
    void open(CodeArea* area);
    void close();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search();
    void step(int by);
    void count();
    QPointer<CodeArea> area_;
    SearchBox* field_;
};

} // namespace gw::ui
