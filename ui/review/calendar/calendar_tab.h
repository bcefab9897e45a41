// The tab Calendar: what ends when, overdue first.
#pragma once

#include "ui/review/calendar/dates.h"
#include "ui/review/job.h"
#include "ui/review/review_context.h"
#include "ui/review/review_tab.h"

namespace gw::ui {

class PartialLine;
class StatePages;
class TabPanel;
struct ViewColumn;

class CalendarTab : public ReviewTab {
    Q_OBJECT
public:
    explicit CalendarTab(const ReviewContext& context, QWidget* parent = nullptr);
    [[nodiscard]] QString title() const override { return tr("Calendar"); }
    // What is overdue or due in the next 90 days.
    [[nodiscard]] std::optional<std::size_t> count() const override;
    void setReview(const ReviewedPtr& review) override;
    [[nodiscard]] bool busy() const override { return job_.busy(); }
    [[nodiscard]] TablePage* rows() override;
    bool explainRow() override;
    // Null while they are made.
    [[nodiscard]] const DatesPtr& dates() const { return dates_; }
    void showEntry(std::size_t entry);
    // All that is listed, as iCalendar; asks where to.
    void exportCalendar();
    [[nodiscard]] QByteArray calendar() const;

Q_SIGNALS:
    void datesChanged();

private:
    void start();
    void rest();
    void show(const DatesPtr& dates);
    void showRow();
    [[nodiscard]] std::vector<ViewColumn> columns() const;
    void tellPartial();

    const ReviewContext& context_;
    Job job_;
    ReviewedPtr review_;
    DatesPtr dates_;
    StatePages* pages_;
    PartialLine* partial_;
    TablePage* table_;
    TabPanel* panel_;
};

} // namespace gw::ui
