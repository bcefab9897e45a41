// The tab Unused: roles and permissions that nobody uses, with the evidence, and tighter policies that were tried.
#pragma once

#include "ui/review/review_context.h"
#include "ui/review/review_tab.h"
#include "ui/review/unused/unused_roles.h"

namespace gw::ui {

class PartialLine;
class StatePages;
class TabPanel;
struct ViewColumn;

class UnusedTab : public ReviewTab {
    Q_OBJECT
public:
    explicit UnusedTab(const ReviewContext& context, QWidget* parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Unused"); }
    // Roles of which something is not used; not those of which nothing tells.
    [[nodiscard]] std::optional<std::size_t> count() const override;
    void setReview(const ReviewedPtr& review) override;
    [[nodiscard]] bool busy() const override { return job_.busy() || detail_.busy(); }
    [[nodiscard]] TablePage* rows() override;
    bool explainRow() override;
    // Null while they are looked for.
    [[nodiscard]] const UnusedRolesPtr& unused() const { return unused_; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void start();
    void rest();
    void show(const UnusedRolesPtr& unused);
    void showRow();
    void showPolicies(const std::vector<ProposedPolicy>& policies);
    void tellPartial();
    [[nodiscard]] std::vector<ViewColumn> columns() const;

    const ReviewContext& context_;
    Job job_, detail_;
    ReviewedPtr review_;
    UnusedRolesPtr unused_;
    bool wanted_ = false; // it waits until somebody looks
    StatePages* pages_;
    PartialLine* partial_;
    TablePage* table_;
    TabPanel* panel_;
    QWidget* policies_ = nullptr; // of the row that is shown; where what is proposed goes
};

} // namespace gw::ui
