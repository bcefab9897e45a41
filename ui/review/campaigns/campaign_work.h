// Working through a campaign: its items as a table, one of them at a time beside it. K, C and R say what becomes of it, J goes on
// to the next that is open, U takes the last decision back, D gives an item away.
#pragma once

#include "ui/review/campaigns/campaign_head.h"
#include "ui/review/campaigns/item_panel.h"
#include "ui/review/table_page.h"

#include <vector>

namespace gw::ui {

class CampaignWork : public QWidget {
    Q_OBJECT
public:
    CampaignWork(CampaignDesk& desk, const Clock& clock, QWidget* parent = nullptr);
    // Null: nothing is reviewed.
    void setReview(const ReviewedPtr& review);
    void enter();
    [[nodiscard]] TablePage& table() { return *table_; }
    // What was decided last on this console is open again.
    void undo();
    // To the next open item of this person, after the current one and around.
    void next();

Q_SIGNALS:
    void left();
    void explainWanted(const QString& role);
    void exportWanted(gw::ui::ReportFormat format);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void show(); // what the desk has
    using QWidget::show;
    void showItem();
    void look();
    void tellLast();
    void done(CampaignDesk::Step step, const QString& item);
    void failed(const Error& error, CampaignDesk::Step step, const QString& item);
    [[nodiscard]] std::optional<std::uint32_t> rowOf(const std::string& item) const;
    [[nodiscard]] std::optional<std::uint32_t> nextOpen() const;
    [[nodiscard]] std::vector<ViewColumn> columns() const;

    CampaignDesk& desk_;
    const Clock& clock_;
    ReviewedPtr review_;
    CampaignPtr campaign_;
    CampaignHead* head_;
    TablePage* table_;
    ItemPanel* panel_;
    QWidget* foot_;
    Text* last_; // what was decided last here, and the way back
    LinkLabel* undo_;
    std::vector<std::string> decided_; // here, the last one at the end
    std::string seen_;                 // the item that is before somebody
};

} // namespace gw::ui
