// The tab of review campaigns: the list, making one, working through one; and what to say where the store cannot be used.
#pragma once

#include "ui/review/campaigns/campaign_desk.h"
#include "ui/review/campaigns/campaign_form.h"
#include "ui/review/campaigns/campaign_list.h"
#include "ui/review/campaigns/campaign_work.h"
#include "ui/review/review_context.h"
#include "ui/review/review_tab.h"

class QStackedWidget;

namespace gw::ui {

class CampaignsPage : public ReviewTab {
    Q_OBJECT
public:
    explicit CampaignsPage(const ReviewContext& context, QWidget* parent = nullptr);
    // With what waits for this person; else with how many campaigns run.
    [[nodiscard]] QString title() const override;
    void setReview(const ReviewedPtr& review) override;
    [[nodiscard]] TablePage* rows() override;
    bool explainRow() override;
    // Answers what is not in the mapping table, for the scope of a campaign.
    void setOutside(items::Matcher::Outside outside, items::OutsideValues values);
    // Something from outside the table is known now.
    void refresh();
    // Asks the store what there is, whether it is looked at or not: who is to be reminded.
    void load() { desk_.refresh(); }
    [[nodiscard]] bool busy() const override { return desk_.busy(); }
    // Beside the title: "4 due", "2"; empty where nothing runs.
    [[nodiscard]] QString note() const;
    void beginNew(const QString& scope);
    void open(const QString& id);
    [[nodiscard]] CampaignDesk& desk() { return desk_; }
    [[nodiscard]] CampaignWork& work() { return *work_; }
    // The report of the campaign that is open; empty where none is.
    [[nodiscard]] QByteArray report(ReportFormat format) const;

Q_SIGNALS:
    // A campaign was signed: what it attests counts.
    void signedOff();
    // To be seen, from wherever somebody is.
    void wanted();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* buildEmpty();
    QWidget* buildFailed();
    void rest(); // the list, or what stands in its place
    void listed();
    void failed(const Error& error, CampaignDesk::Step step);
    void remind(const QString& id, const QString& title, int open, bool overdue);
    void tellStatus();
    void exportReport(ReportFormat format);

    const ReviewContext& context_;
    CampaignDesk desk_;
    ReviewedPtr review_;
    QStackedWidget* stack_;
    QWidget* loading_;
    QWidget* empty_;
    EmptyState* emptyState_ = nullptr;
    QWidget* failed_;
    ErrorState* failure_ = nullptr;
    CampaignList* list_;
    CampaignForm* form_;
    CampaignWork* work_;
};

} // namespace gw::ui
