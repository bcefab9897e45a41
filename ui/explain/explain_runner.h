// Answers one question at a time on a worker, first why, then what would change it; a new question makes what is under
// way for an older one worthless.
#pragma once

#include "ui/explain/explained.h"

#include <QObject>

namespace gw::ui {

class ExplainRunner : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    void run(const AskedPtr& question, const Trial& trial, const std::shared_ptr<const policy::Catalogue>& catalogue);
    // What is under way is not told any more.
    void cancel();
    [[nodiscard]] bool busy() const { return busy_; }

Q_SIGNALS:
    void started();
    void explained(const gw::ui::ExplainedPtr& answer);
    // Of the answer told last; empty where no single edit turns it.
    void editsFound(const std::vector<gw::estate::PlacedEdit>& edits);
    void failed(const gw::Error& error);

private:
    quint64 generation_ = 0;
    bool busy_ = false;
};

} // namespace gw::ui
