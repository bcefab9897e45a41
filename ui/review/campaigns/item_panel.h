// One item of a campaign: what it is, what is known of it now, and what is to become of it.
#pragma once

#include "ui/review/campaigns/campaign_desk.h"
#include "ui/review/campaigns/verdict_form.h"

#include <map>

class QLineEdit;

namespace gw::ui {

class ItemPanel : public Panel {
    Q_OBJECT
public:
    explicit ItemPanel(CampaignDesk& desk, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    // `review` may be null, or know nothing of the item: what the campaign kept is shown then.
    void showItem(const CampaignPtr& campaign, std::size_t row, const ReviewedPtr& review, UtcTime now);
    void showNothing();
    [[nodiscard]] const std::string& item() const { return item_; }
    // Keep, change or remove: its reason is asked for. False where it is not this person's to say.
    bool choose(estate::campaign::Verdict verdict);
    // Asks to whom.
    void delegate();
    void setBusy(bool busy);
    void setProblem(const Error& error);
    // What was written about the item counts now.
    void forget(const std::string& item);

Q_SIGNALS:
    void explainWanted(const QString& role);
    void left();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void clear();
    void addHead(const estate::campaign::Item& item, const ReviewedPtr& review);
    void addDecision(const estate::campaign::Item& item, UtcTime now);
    void addFacts(const estate::campaign::Item& item, const ReviewedPtr& review, UtcTime now);
    void addFindings(const estate::campaign::Item& item, const ReviewedPtr& review);
    void addForm(const estate::campaign::Item& item);
    QWidget* buildDelegation();

    CampaignDesk& desk_;
    CampaignPtr campaign_;
    std::string item_;
    std::map<std::string, VerdictDraft> drafts_;
    ScrollColumn* scroll_;
    QWidget* foot_; // the form stays in view whatever is scrolled
    VerdictForm* form_ = nullptr;
    QWidget* delegation_ = nullptr;
    QLineEdit* to_ = nullptr;
    QLineEdit* why_ = nullptr;
};

} // namespace gw::ui
