// One answer: verdict and path on the left, what would change it and the facts on the right, or behind a tab where the
// window is narrow.
#pragma once

#include "ui/explain/explained.h"

#include <QWidget>

namespace gw::ui {

class ChangesSection;
class CodeBlock;
class FactsSection;
class LayerPath;
class PanelSection;
class ScrollColumn;
class Segmented;
class TryBar;
class VerdictHead;

class ExplainView : public QWidget {
    Q_OBJECT
public:
    explicit ExplainView(QWidget* parent = nullptr);
    void show(const ExplainedPtr& answer);
    using QWidget::show;
    void setEdits(const ExplainedPtr& answer, const std::vector<estate::PlacedEdit>& edits);
    void addFact();

Q_SIGNALS:
    void trialWanted(const gw::ui::Trial& trial);
    void statementWanted(const gw::policy::StatementReport* statement);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildLeft();
    QWidget* buildRight();
    void arrange();
    void showNotes(const ExplainedAnswer& answer);
    ExplainedPtr answer_;
    bool narrow_ = false;
    TryBar* try_;
    QWidget* tabStrip_;
    Segmented* tabs_;
    ScrollColumn* left_;
    QWidget* rightEdge_;
    ScrollColumn* right_;
    VerdictHead* verdict_;
    LayerPath* path_;
    QWidget* saidHolder_;
    CodeBlock* said_;
    ChangesSection* changes_;
    FactsSection* facts_;
    QWidget* notes_;
};

} // namespace gw::ui
