// The Review screen: who gets which role and what is wrong with it. Everything is read and reviewed on a worker.
#pragma once

#include "ui/review/campaigns/attest_desk.h"
#include "ui/review/review_context.h"
#include "ui/review/review_runner.h"
#include "ui/review/saved_views.h"
#include "ui/review/row_export.h"

#include <QWidget>

class QStackedWidget;
class QTabBar;

namespace gw::ui {

class CalendarTab;
class CampaignsPage;
class DriftTab;
class DropHint;
class NextDates;
class PartialLine;
class ReviewTab;
class RowPanel;
class SeverityStrip;
class StatePages;
class TablePage;
class UnusedTab;

class ReviewPage : public QWidget {
    Q_OBJECT
public:
    explicit ReviewPage(const ReviewContext& context, QWidget* parent = nullptr);
    ~ReviewPage() override;

    // In the order in which they stand in the header.
    enum Tab { Mapping, Findings, Drift, Unused, Calendar, Campaigns };
    void showTab(Tab tab);
    // Once, after the page became a screen of the window: its tabs stand in the header.
    void addHeaderTabs();
    void askForFiles();
    void askForFolder();
    void focusFilter();
    void copyRow();
    // What is shown, as it is shown, or all findings; asks where to and offers the other formats, too.
    void exportRows(ExportFormat format);
    [[nodiscard]] ExportedRows exported() const;
    // Asks for a name in place.
    void saveView();
    void explainRow();
    // Adds it to the rules file and reviews again; a toast offers the way back.
    void suppress(std::uint32_t finding, const QString& reason, int days);
    // To the form where the row is attested; or a form for all rows that are shown.
    void attestRow();
    void attestShown();
    // Null while nothing is reviewed.
    [[nodiscard]] const ReviewedPtr& review() const { return review_; }
    [[nodiscard]] bool busy() const;
    [[nodiscard]] DriftTab& drift() { return *drift_; }
    [[nodiscard]] UnusedTab& unused() { return *unused_; }
    [[nodiscard]] CalendarTab& calendar() { return *calendar_; }
    [[nodiscard]] CampaignsPage& campaigns() { return *campaigns_; }
    // Of the mapping or, on its tab, of the findings.
    [[nodiscard]] TablePage& table() const;
    // What of the mapping is shown.
    [[nodiscard]] QString mappingFilter() const;
    // Of the tab that is shown; null where it has none.
    [[nodiscard]] TablePage* rows() const;

Q_SIGNALS:
    // Something else is shown.
    void shown();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    QWidget* buildTables();
    void addTab(Tab tab, ReviewTab* widget);
    [[nodiscard]] ReviewTab* otherTab() const; // null on those with the two tables
    void turn(int tab);
    void connectShelf();
    void connectAttest();
    void estateChanged();
    void start();
    void run();
    [[nodiscard]] bool putRules(const QByteArray& rules);
    // `done` says so in the toast, with a place for the day.
    void accept(const estate::review::AcceptedFinding& accepted, const QString& done, const QString& title, int days);
    void show(const ReviewedPtr& review);
    void rest();
    void showRow();
    void tellTabs();
    void tellPartial();
    [[nodiscard]] std::vector<ViewColumn> mappingView() const;
    [[nodiscard]] std::vector<ViewColumn> findingView() const;

    static constexpr std::size_t firstOther = Findings + 1;
    const ReviewContext& context_;
    ReviewRunner runner_;
    AttestDesk attest_;
    ReviewedPtr review_;
    std::shared_ptr<const policy::Catalogue> catalogue_;
    bool catalogueWanted_ = false, waiting_ = false, wanted_ = false;
    QTabBar* tabs_ = nullptr;
    QStackedWidget* outer_ = nullptr;
    StatePages* pages_ = nullptr;
    QStackedWidget* bodies_ = nullptr; // the two tables together, then others_
    std::vector<ReviewTab*> others_;   // by Tab, from firstOther on
    DriftTab* drift_ = nullptr;
    UnusedTab* unused_ = nullptr;
    CalendarTab* calendar_ = nullptr;
    CampaignsPage* campaigns_ = nullptr; // beside pages_: it is there without a review too
    QStackedWidget* tables_ = nullptr;
    SeverityStrip* strip_ = nullptr;
    PartialLine* partial_ = nullptr;
    NextDates* nextDates_ = nullptr;
    TablePage* mapping_ = nullptr;
    TablePage* findings_ = nullptr;
    RowPanel* panel_ = nullptr;
    DropHint* dropHint_ = nullptr;
    SavedViews views_;
};

} // namespace gw::ui
