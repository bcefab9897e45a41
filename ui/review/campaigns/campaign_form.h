// Making a campaign: what is reviewed (a filter of the mapping table), by whom, until when.
#pragma once

#include "models/items/table/matcher.h"
#include "ui/review/campaigns/campaign_desk.h"
#include "ui/review/filter_field.h"
#include "ui/widgets/widgets.h"

#include <memory>

class QDateEdit;

namespace gw::ui {

class CampaignForm : public QWidget {
    Q_OBJECT
public:
    explicit CampaignForm(QWidget* parent = nullptr);
    // Answers what is not in the table.
    void setOutside(items::Matcher::Outside outside, items::OutsideValues values);
    // What can be chosen from; null for none. What is written stays.
    void setReview(const ReviewedPtr& review);
    // An empty form for this person.
    void begin(const std::string& me, UtcTime now, const QString& scope);
    // Something from outside is known now.
    void refresh();
    void setBusy(bool busy);
    // What the store or the campaign's rules have against it.
    void setProblem(const Error& error);

Q_SIGNALS:
    void made(const gw::ui::CampaignDesk::Asked& asked);
    void left();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void tell();
    void make();
    ReviewedPtr review_;
    items::Matcher::Outside outside_;
    items::OutsideValues values_;
    std::unique_ptr<items::Matcher> matcher_;
    std::vector<std::uint32_t> rows_;
    std::string me_;
    UtcTime now_;
    bool busy_ = false;
    QLineEdit* title_;
    FilterField* scope_;
    QLineEdit* reviewers_;
    QDateEdit* due_;
    Field* titleField_;
    Field* scopeField_;
    Field* reviewersField_;
    Field* dueField_;
    Text* problem_;
    Button* make_;
};

} // namespace gw::ui
