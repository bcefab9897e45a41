// One examined message: structure, text and findings side by side, or behind tabs where the window is narrow.
#pragma once

#include "saml/base/clock.h"
#include "ui/inspector/examined.h"
#include "ui/inspector/verdict_banner.h"

#include <QTimer>
#include <QWidget>

class QSplitter;
class QStackedWidget;

namespace gw::ui {

class CanonicalPane;
class CodeArea;
class ComparePane;
class CoverageLegend;
class CoverageStrip;
class FindStrip;
class NodeTree;
class Panel;
class Segmented;
class SidePanel;
class StructureTree;
class Text;

class InspectorView : public QWidget {
    Q_OBJECT
public:
    enum class Tab : std::uint8_t { Coverage, Tree, Canonical, Hex, Compare, Findings };

    explicit InspectorView(const Clock& clock, QWidget* parent = nullptr);
    void show(const ExaminedPtr& examined);
    using QWidget::show;
    void showComparison(const Examined& other, const std::vector<inspect::DiffEntry>& entries);
    void clearComparison();
    // Lets go of everything of the message.
    void clear();
    void showTab(Tab tab);
    [[nodiscard]] Tab tab() const;
    void find();
    // The keyboard to the text.
    void focusText();
    void reveal(inspect::Range range);
    [[nodiscard]] VerdictBanner& verdict() { return *verdict_; }
    // Columns that fit the text's place now.
    [[nodiscard]] int columns() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildLeft();
    QWidget* buildCentre();
    void arrange();
    void fitHead();
    void fillTabs();
    void tick();
    void ensureHex();
    [[nodiscard]] CodeArea* areaInSight() const;

    const Clock& clock_;
    ExaminedPtr examined_;
    std::vector<Tab> tabs_;
    bool compared_ = false, narrow_ = false, hexReady_ = false, canonicalReady_ = false, treeReady_ = false;
    VerdictBanner* verdict_;
    QSplitter* splitter_;
    QWidget* left_;
    StructureTree* structure_;
    CoverageLegend* legend_;
    Segmented* choice_;
    Text* signedText_;
    CoverageStrip* strip_;
    FindStrip* find_;
    QStackedWidget* stack_;
    CodeArea* coverage_;
    NodeTree* nodes_;
    CanonicalPane* canonical_;
    CodeArea* hex_;
    ComparePane* compare_;
    QWidget* sideHolder_;
    SidePanel* side_;
    QTimer second_;
};

} // namespace gw::ui
