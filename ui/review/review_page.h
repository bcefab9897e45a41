// The Review screen: who gets which role and what is wrong with it. Everything is read and reviewed on a worker.
#pragma once

#include "ui/review/campaigns/attest_desk.h"
#include "ui/review/review_context.h"
#include "ui/review/review_runner.h"
#include "ui/review/saved_views.h"

#include <QWidget>

class QProgressBar;
class QStackedWidget;
class QTabBar;

namespace gw::ui {

class DropHint;
class EmptyState;
class ErrorState;
class RowPanel;
class SeverityStrip;
class TablePage;
class Text;

class ReviewPage : public QWidget {
    Q_OBJECT
public:
    explicit ReviewPage(const ReviewContext& context, QWidget* parent = nullptr);
    ~ReviewPage() override;

    enum Tab { Mapping, Findings };
    void showTab(Tab tab);
    // Once, after the page became a screen of the window: its tabs stand in the header.
    void addHeaderTabs();
    void askForFiles();
    void askForFolder();
    void focusFilter();
    void copyRow();
    enum class Format { Csv, Json };
    // What is shown, as it is shown; asks where to.
    void exportRows(Format format);
    [[nodiscard]] QByteArray exported(Format format) const;
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
    [[nodiscard]] TablePage& table() const;

Q_SIGNALS:
    // Something else is shown.
    void shown();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void build();
    QWidget* buildTables();
    QWidget* buildEmpty();
    QWidget* buildLoading();
    QWidget* buildFailed();
    void connectShelf();
    void connectAttest();
    void estateChanged();
    void start();
    void run();
    void putRules(const QByteArray& rules);
    void show(const ReviewedPtr& review);
    void rest();
    void showRow();
    void tellTabs();
    void tellPartial();
    [[nodiscard]] std::vector<ViewColumn> mappingView() const;
    [[nodiscard]] std::vector<ViewColumn> findingView() const;

    const ReviewContext& context_;
    ReviewRunner runner_;
    AttestDesk attest_;
    ReviewedPtr review_;
    std::shared_ptr<const policy::Catalogue> catalogue_;
    bool catalogueWanted_ = false, waiting_ = false, wanted_ = false;
    QTabBar* tabs_ = nullptr;
    QStackedWidget* stack_ = nullptr;
    QStackedWidget* tables_ = nullptr;
    QWidget* body_ = nullptr;
    QWidget* empty_ = nullptr;
    EmptyState* emptyState_ = nullptr;
    QWidget* loading_ = nullptr;
    QProgressBar* progress_ = nullptr;
    Text* progressText_ = nullptr;
    QWidget* failedPage_ = nullptr;
    ErrorState* failure_ = nullptr;
    SeverityStrip* strip_ = nullptr;
    QWidget* partial_ = nullptr;
    Text* partialText_ = nullptr;
    TablePage* mapping_ = nullptr;
    TablePage* findings_ = nullptr;
    RowPanel* panel_ = nullptr;
    DropHint* dropHint_ = nullptr;
    SavedViews views_;
};

} // namespace gw::ui
