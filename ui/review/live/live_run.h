// A read from AWS while it runs and once it ended: how far each account and region is, what was refused, what to do next.
#pragma once

#include "ui/review/live/live_desk.h"
#include "ui/widgets/widgets.h"

class QProgressBar;
class QTreeWidget;

namespace gw::ui {

class LiveRun : public QWidget {
    Q_OBJECT
public:
    LiveRun(const LiveSource& source, LiveDesk& desk, QWidget* parent = nullptr);
    void refresh();
    // Under the whole: how much was read, or what is done about it now.
    [[nodiscard]] QString words() const;

private:
    void fillPlaces();
    void fillGaps();
    void copyGaps() const;

    const LiveSource& source_;
    LiveDesk& desk_;
    ScrollColumn* scroll_;
    Text* heading_;
    Text* far_;
    Text* slow_;
    QProgressBar* bar_;
    Card* failedCard_;
    ErrorState* failed_;
    QTreeWidget* places_;
    QWidget* gapsPart_;
    Text* gapsTitle_;
    QVBoxLayout* gaps_;
    bool gapsShown_ = false;
};

} // namespace gw::ui
