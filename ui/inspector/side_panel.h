// What was found, beside the text: findings, both verifiers, AWS's answer, session, keys, clocks; or what metadata says.
#pragma once

#include "saml/protocol/finding.h"
#include "ui/inspector/examined.h"
#include "ui/widgets/scroll_column.h"

#include <vector>

namespace gw::ui {

class SidePanel : public ScrollColumn {
    Q_OBJECT
public:
    explicit SidePanel(QWidget* parent = nullptr);
    void show(const Examined& examined);
    using ScrollColumn::show;
    void clear();

Q_SIGNALS:
    void picked(gw::inspect::Range range);

private:
    void addFindings(const Examined& examined, const std::vector<saml::Finding>& all);
    void showResponse(const Examined& examined);
    void showMetadata(const Examined& examined);
    void showOther(const Examined& examined);
};

} // namespace gw::ui
