// The tab Drift: who gained and who lost access since a baseline, as a review of differences.
#pragma once

#include "ui/estate/estate_shelf.h"
#include "ui/review/drift/drifted.h"
#include "ui/review/review_context.h"
#include "ui/review/review_tab.h"

class QMenu;

namespace gw::ui {

class AcceptForm;
class Button;
class Chip;
class PartialLine;
class StatePages;
class TabPanel;
class Text;
struct ViewColumn;

class DriftTab : public ReviewTab {
    Q_OBJECT
public:
    explicit DriftTab(const ReviewContext& context, QWidget* parent = nullptr);
    ~DriftTab() override;
    [[nodiscard]] QString title() const override { return tr("Drift"); }
    // Those that nobody accepts.
    [[nodiscard]] std::optional<std::size_t> count() const override;
    void setReview(const ReviewedPtr& review) override;
    [[nodiscard]] bool busy() const override { return job_.busy() || diff_.busy() || baseline_.loading(); }
    [[nodiscard]] TablePage* rows() override;
    bool explainRow() override;
    bool take(const QStringList& files) override;
    [[nodiscard]] QString dropWords() const override { return tr("Let go to compare with it"); }
    // Null while there is none.
    [[nodiscard]] const DriftedPtr& drifted() const { return drifted_; }
    // The shelf of what it is compared with.
    [[nodiscard]] EstateShelf& baseline() { return baseline_; }
    void askForFiles();
    void askForFolder();
    void compareWithDeclared();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void buildBody();
    void fillBaselines(QMenu& menu);
    void start();
    void stop();
    void rest();
    void show(const DriftedPtr& drifted);
    void showRow();
    void showDocuments(std::size_t drift);
    void tellHead();
    void tellPartial();
    [[nodiscard]] std::vector<ViewColumn> columns() const;

    const ReviewContext& context_;
    EstateShelf baseline_;
    Job job_, diff_;
    ReviewedPtr review_;
    DriftedPtr drifted_;
    bool wanted_ = false;  // it waits until somebody looks
    bool stopped_ = false;
    bool declared_ = false; // the baseline is a part of what is reviewed
    StatePages* pages_;
    PartialLine* partial_ = nullptr;
    Text* against_ = nullptr;
    Chip* gained_ = nullptr;
    Chip* lost_ = nullptr;
    Chip* accepted_ = nullptr;
    TablePage* table_ = nullptr;
    TabPanel* panel_ = nullptr;
    QWidget* documents_ = nullptr; // of the row that is shown; where its documents go
};

} // namespace gw::ui
