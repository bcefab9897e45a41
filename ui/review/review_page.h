// The Review screen: who gets which role and what is wrong with it. Everything is read and reviewed on a worker.
#pragma once

#include "ui/review/campaigns/attest_desk.h"
#include "ui/review/review_context.h"
#include "ui/review/review_runner.h"
#include "ui/review/saved_views.h"
#include "ui/review/row_export.h"
#include "ui/review/rules_file.h"

#include <QWidget>

class QStackedWidget;

namespace gw::ui {

class CalendarTab;
class CampaignsPage;
class DriftTab;
class DropHint;
class HeaderTabs;
class LivePage;
class NextDates;
class PartialLine;
class ReachIndex;
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
    // In place of what is shown: what to read, then the read itself.
    void readAws();
    // Null where AWS is not read.
    [[nodiscard]] LivePage* live() { return live_; }
    void focusFilter();
    void copyRow();
    // What is shown, as it is shown, or all findings; asks where to and offers the other formats, too.
    void exportRows(ExportFormat format);
    [[nodiscard]] ExportedRows exported() const;
    // Asks for a name in place.
    void saveView();
    void explainRow();
    // Who can take the role of the row, or use the resource that a finding is about.
    void whoCanRow();
    // The rows by which a group, or whoever else gets a role, has it.
    void showRowsOf(const QString& group);
    // What is asked of the organisation by the palette.
    [[nodiscard]] std::vector<PaletteItem> reachItems(const QString& query);
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
    void addTab(ReviewTab* widget);
    [[nodiscard]] ReviewTab* otherTab() const; // null on those with the two tables
    void turn(int tab);
    void connectShelf();
    void connectAttest();
    void indexReach();
    void nameView(TablePage& page, const QString& name);
    void buildLive();
    void reviewLive();
    void estateChanged();
    void start();
    void run();
    void changeRules(std::function<QByteArray(const QByteArray&)> edit, std::function<void(const RulesDesk::Changed&)> then);
    void attestedAnew();
    // The filter asks for another one of the same row.
    void showSought();
    // Of a row's findings the one that the filter asks for, where it asks for any.
    [[nodiscard]] std::optional<std::uint32_t> soughtFinding(std::size_t row);
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
    RulesDesk rules_;
    ReviewedPtr review_;
    std::shared_ptr<const policy::Catalogue> catalogue_;
    bool catalogueWanted_ = false, waiting_ = false, wanted_ = false;
    bool running_ = false; // its rules are being read
    std::unique_ptr<items::Matcher> findingMatcher_; // over the findings of review_
    std::optional<std::uint32_t> soughtShown_;       // that the panel has open
    QString sought_;                                 // that soughtRows_ was asked for
    items::RowSet soughtRows_;
    HeaderTabs* tabs_ = nullptr;
    QStackedWidget* outer_ = nullptr;
    StatePages* pages_ = nullptr;
    QStackedWidget* bodies_ = nullptr; // the two tables together, then others_
    std::vector<ReviewTab*> others_;   // by Tab, from firstOther on
    DriftTab* drift_ = nullptr;
    UnusedTab* unused_ = nullptr;
    CalendarTab* calendar_ = nullptr;
    CampaignsPage* campaigns_ = nullptr; // beside pages_: it is there without a review too
    LivePage* live_ = nullptr;           // likewise
    QStackedWidget* tables_ = nullptr;
    SeverityStrip* strip_ = nullptr;
    PartialLine* partial_ = nullptr;
    NextDates* nextDates_ = nullptr;
    TablePage* mapping_ = nullptr;
    TablePage* findings_ = nullptr;
    RowPanel* panel_ = nullptr;
    DropHint* dropHint_ = nullptr;
    SavedViews views_;
    std::shared_ptr<const ReachIndex> reach_; // of the shelf's estate; null until it is made
};

} // namespace gw::ui
