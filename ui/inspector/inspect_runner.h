// Examines on a worker, one message at a time: a new request makes the answer to an older one worthless.
#pragma once

#include "ui/inspector/examined.h"

#include <QObject>

namespace gw::ui {

class InspectRunner : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    void run(InspectRequest request);
    // What is under way is not told any more.
    void cancel();
    [[nodiscard]] bool busy() const { return busy_; }

Q_SIGNALS:
    void started();
    void finished(const gw::ui::ExaminedPtr& examined);
    void failed(const gw::Error& error);

private:
    quint64 generation_ = 0;
    bool busy_ = false;
};

} // namespace gw::ui
