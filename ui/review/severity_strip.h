// How much of each severity was found; a click filters by it.
#pragma once

#include "models/policy/lint/rule.h"
#include "ui/widgets/icon_label.h"

#include <QAbstractButton>

#include <array>

namespace gw::ui {

class SeverityTile;

class SeverityStrip : public Panel {
    Q_OBJECT
public:
    explicit SeverityStrip(QWidget* parent = nullptr);
    void setCounts(const std::array<std::size_t, 5>& counts);

Q_SIGNALS:
    void chosen(gw::policy::lint::Severity severity);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    std::array<SeverityTile*, 5> tiles_{};
};

} // namespace gw::ui
