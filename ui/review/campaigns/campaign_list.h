// All campaigns of the store: those that run first to be seen, Enter opens one.
#pragma once

#include "models/store/campaign_store.h"
#include "ui/review/table_view.h"
#include "ui/widgets/widgets.h"

#include <memory>
#include <vector>

namespace gw::ui {

class CampaignList : public QWidget {
    Q_OBJECT
public:
    explicit CampaignList(QWidget* parent = nullptr);
    void setList(std::vector<store::CampaignStore::Listed> listed, UtcTime now);
    // Why none can be made now; empty: one can.
    void setNewProblem(const QString& why);
    void enter();

Q_SIGNALS:
    void opened(const QString& id);
    void newWanted();

private:
    [[nodiscard]] std::vector<ViewColumn> columns() const;
    std::vector<store::CampaignStore::Listed> listed_;
    std::unique_ptr<items::Table> table_;
    UtcTime now_;
    TableView* view_;
    Text* count_;
    Button* make_;
};

} // namespace gw::ui
