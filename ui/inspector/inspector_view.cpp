#include "ui/inspector/inspector_view.h"

#include "ui/inspector/canonical_pane.h"
#include "ui/inspector/code_area.h"
#include "ui/inspector/compare_pane.h"
#include "ui/inspector/coverage_bar.h"
#include "ui/inspector/find_strip.h"
#include "ui/inspector/hex_source.h"
#include "ui/inspector/node_tree.h"
#include "ui/inspector/side_panel.h"
#include "ui/inspector/structure_tree.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/widgets.h"

#include <QFontMetricsF>
#include <QHBoxLayout>
#include <QLocale>
#include <QResizeEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace gw::ui {

namespace {

constexpr int leftWidth = 208, sideWidth = 344;
// Narrower views give up the structure, then put the findings behind a tab.
constexpr int leftFrom = 960, sideFrom = 780;

} // namespace

InspectorView::InspectorView(const Clock& clock, QWidget* parent) : QWidget(parent), clock_(clock) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    verdict_ = new VerdictBanner;
    verdict_->setObjectName(QStringLiteral("inspector.verdict"));
    column->addWidget(verdict_);
    splitter_ = new QSplitter(Qt::Horizontal);
    splitter_->setHandleWidth(1);
    splitter_->setChildrenCollapsible(false);
    column->addWidget(splitter_, 1);
    left_ = buildLeft();
    splitter_->addWidget(left_);
    splitter_->addWidget(buildCentre());
    sideHolder_ = new Panel(Color::BgSurface);
    auto* sideColumn = new QVBoxLayout(sideHolder_);
    sideColumn->setContentsMargins(1, 0, 0, 0);
    side_ = new SidePanel;
    side_->setObjectName(QStringLiteral("inspector.side"));
    side_->setProperty(MainWindow::paneProperty, true);
    sideColumn->addWidget(side_);
    static_cast<Panel*>(sideHolder_)->setEdges(Qt::LeftEdge);
    splitter_->addWidget(sideHolder_);
    splitter_->setStretchFactor(0, 0);
    splitter_->setStretchFactor(1, 1);
    splitter_->setStretchFactor(2, 0);
    splitter_->setSizes({leftWidth, 600, sideWidth});
    connect(splitter_, &QSplitter::splitterMoved, this, &InspectorView::fitHead);

    connect(structure_, &StructureTree::picked, this, &InspectorView::reveal);
    connect(nodes_, &NodeTree::picked, this, &InspectorView::reveal);
    connect(side_, &SidePanel::picked, this, &InspectorView::reveal);
    connect(canonical_, &CanonicalPane::picked, this, &InspectorView::reveal);
    for (CodeArea* area : {coverage_, hex_})
        connect(area, &CodeArea::caretMoved, this, [this, area](quint32 offset) {
            if (area == areaInSight()) structure_->follow(offset);
        });
    for (CodeArea* area : {coverage_, hex_, canonical_->area()}) connect(area, &CodeArea::findWanted, this, &InspectorView::find);
    second_.setInterval(1000);
    connect(&second_, &QTimer::timeout, this, &InspectorView::tick);
    fillTabs();
}

QWidget* InspectorView::buildLeft() {
    auto* panel = new Panel(Color::BgSurface);
    panel->setEdges(Qt::RightEdge);
    panel->setProperty(MainWindow::paneProperty, true);
    panel->setMinimumWidth(150);
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 1, 0);
    column->setSpacing(0);
    auto* title = new Text(tr("Structure"), TextStyle::Strong);
    title->setContentsMargins(space::s3, space::s3, space::s3, space::s2);
    column->addWidget(title);
    structure_ = new StructureTree;
    structure_->setObjectName(QStringLiteral("inspector.structure"));
    column->addWidget(structure_, 1);
    column->addWidget(new Divider);
    legend_ = new CoverageLegend;
    legend_->setObjectName(QStringLiteral("inspector.legend"));
    column->addWidget(legend_);
    return panel;
}

QWidget* InspectorView::buildCentre() {
    auto* panel = new Panel(Color::BgSurface);
    panel->setProperty(MainWindow::paneProperty, true);
    panel->setMinimumWidth(240);
    auto* column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new Panel(Color::BgSurface);
    head->setEdges(Qt::BottomEdge);
    head->setFixedHeight(size::filterBar);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(space::s3, 0, space::s3, 0);
    row->setSpacing(space::s2);
    choice_ = new Segmented(tr("How to show it"));
    choice_->setObjectName(QStringLiteral("inspector.tabs"));
    choice_->setSmall(true);
    row->addWidget(choice_);
    row->addStretch(1);
    signedText_ = new Text({}, TextStyle::Small, Color::TextSecondary);
    signedText_->setObjectName(QStringLiteral("inspector.signed"));
    row->addWidget(signedText_);
    strip_ = new CoverageStrip;
    row->addWidget(strip_);
    column->addWidget(head);
    find_ = new FindStrip;
    column->addWidget(find_);
    stack_ = new QStackedWidget;
    coverage_ = new CodeArea(tr("The document with its coverage"));
    coverage_->setObjectName(QStringLiteral("inspector.coverage"));
    nodes_ = new NodeTree;
    nodes_->setObjectName(QStringLiteral("inspector.nodes"));
    canonical_ = new CanonicalPane;
    hex_ = new CodeArea(tr("The octets of the document"));
    hex_->setObjectName(QStringLiteral("inspector.hex"));
    compare_ = new ComparePane;
    for (CodeArea* area : {coverage_, hex_, canonical_->area()}) area->setSecret(true);
    for (QWidget* page : std::initializer_list<QWidget*>{coverage_, nodes_, canonical_, hex_, compare_}) stack_->addWidget(page);
    column->addWidget(stack_, 1);
    connect(choice_, &Segmented::currentChanged, this, [this](int index) { showTab(tabs_[static_cast<std::size_t>(index)]); });
    return panel;
}

void InspectorView::fillTabs() {
    const Tab kept = tabs_.empty() ? Tab::Coverage : tab();
    tabs_ = {Tab::Coverage, Tab::Tree, Tab::Canonical, Tab::Hex};
    QStringList words{tr("Coverage"), tr("Tree"), tr("Canonical bytes"), tr("Hex")};
    if (examined_ != nullptr && examined_->response() == nullptr) {
        words[0] = tr("Text");
        tabs_.erase(tabs_.begin() + 2);
        words.removeAt(2);
    }
    if (compared_) {
        tabs_.push_back(Tab::Compare);
        words.append(tr("Compare"));
    }
    if (narrow_) {
        tabs_.push_back(Tab::Findings);
        words.append(tr("Findings"));
        words.replaceInStrings(tr("Canonical bytes"), tr("Canonical"));
    }
    choice_->setItems(words);
    const auto at = std::find(tabs_.begin(), tabs_.end(), kept);
    showTab(at == tabs_.end() ? Tab::Coverage : kept);
}

InspectorView::Tab InspectorView::tab() const {
    return choice_->current() < 0 ? Tab::Coverage : tabs_[static_cast<std::size_t>(choice_->current())];
}

void InspectorView::showTab(Tab tab) {
    const auto at = std::find(tabs_.begin(), tabs_.end(), tab);
    if (at == tabs_.end()) return;
    choice_->setCurrent(static_cast<int>(at - tabs_.begin()));
    find_->hide();
    QWidget* page = coverage_;
    switch (tab) {
    case Tab::Coverage: break;
    case Tab::Tree:
        page = nodes_;
        if (!treeReady_ && examined_) nodes_->setDocument(examined_->nodes());
        treeReady_ = true;
        break;
    case Tab::Canonical:
        page = canonical_;
        if (!canonicalReady_ && examined_) canonical_->show(examined_);
        canonicalReady_ = true;
        break;
    case Tab::Hex:
        page = hex_;
        ensureHex();
        break;
    case Tab::Compare: page = compare_; break;
    case Tab::Findings: page = sideHolder_; break;
    }
    stack_->setCurrentWidget(page);
}

void InspectorView::ensureHex() {
    if (hexReady_ || !examined_) return;
    hexReady_ = true;
    hex_->setSource(std::make_shared<HexSource>(examined_->text(), 16));
}

CodeArea* InspectorView::areaInSight() const {
    QWidget* page = stack_->currentWidget();
    return page == hex_ ? hex_ : page == canonical_ ? canonical_->area() : page == coverage_ ? coverage_ : nullptr;
}

int InspectorView::columns() const {
    const qreal cell = QFontMetricsF(Theme::of(this).font(TextStyle::Code)).horizontalAdvance(QLatin1Char('0'));
    return std::clamp(static_cast<int>((coverage_->viewport()->width() - 70) / cell), 60, 200);
}

void InspectorView::show(const ExaminedPtr& examined) {
    const bool same = examined_ != nullptr && examined_->origin.name == examined->origin.name && examined_->tree().text() == examined->tree().text();
    // The caret stays where only the trust was changed.
    const std::uint32_t caret = same ? coverage_->caret() : 0;
    if (!same) compared_ = false;
    examined_ = examined;
    hexReady_ = canonicalReady_ = treeReady_ = false;
    verdict_->set(verdictOf(*examined));
    structure_->setItems(examined->structure);
    coverage_->setSource(examined->flow);
    side_->show(*examined);
    const bool response = examined->response() != nullptr;
    legend_->setVisible(response);
    if (response) {
        legend_->set(examined->document->shading);
        const auto& map = examined->response()->coverage;
        const QLocale locale;
        const bool trusted = map.verified > 0 || map.covered == 0;
        const QString counts = trusted ? tr("signed %1 of %2 bytes") : tr("consistent %1 of %2 bytes");
        signedText_->setFullText(counts.arg(locale.toString(static_cast<qulonglong>(trusted ? map.verified : map.covered)),
                                            locale.toString(static_cast<qulonglong>(map.total))));
        strip_->set(examined->document->shading, map.total, signedText_->text());
        for (const auto& signature : examined->response()->signatures)
            for (const auto& reference : signature.references)
                if (!reference.holds && reference.firstDifference)
                    coverage_->setPointer(static_cast<std::uint32_t>(*reference.firstDifference), tr("The first place where it differs from what was signed"));
    }
    fillTabs();
    fitHead();
    if (same) {
        coverage_->setCaret(caret);
    } else if (response && !examined->response()->attacks.empty() && examined->response()->attacks.front().evil != inspect::noNode) {
        structure_->follow(examined->tree().node(examined->response()->attacks.front().evil).whole.begin);
    }
    tick();
    second_.start();
}

void InspectorView::showComparison(const Examined& other, const std::vector<inspect::DiffEntry>& entries) {
    compare_->show(*examined_, other, entries);
    compared_ = true;
    fillTabs();
    showTab(Tab::Compare);
}

void InspectorView::clearComparison() {
    compare_->clear();
    compared_ = false;
    fillTabs();
}

void InspectorView::clear() {
    second_.stop();
    examined_.reset();
    hexReady_ = canonicalReady_ = treeReady_ = false;
    find_->hide();
    structure_->setItems({});
    coverage_->setSource(nullptr);
    hex_->setSource(nullptr);
    canonical_->clear();
    nodes_->setDocument({});
    side_->clear();
    verdict_->set({VerdictKind::Plain, {}, {}});
    legend_->hide();
    clearComparison();
}

void InspectorView::tick() {
    const auto* response = examined_ ? examined_->response() : nullptr;
    const auto left = response != nullptr && response->verdict != inspect::Verdict::Rejected ? response->clocks.leftForExchange : std::nullopt;
    if (!left) return verdict_->setCountdown(std::nullopt);
    verdict_->setCountdown(*left - std::chrono::duration_cast<std::chrono::seconds>(clock_.now() - examined_->at));
}

void InspectorView::find() {
    CodeArea* area = areaInSight();
    if (area == nullptr) {
        showTab(Tab::Coverage);
        area = coverage_;
    }
    find_->open(area);
}

void InspectorView::focusText() {
    if (CodeArea* area = areaInSight()) area->setFocus(Qt::OtherFocusReason);
}

void InspectorView::reveal(inspect::Range range) {
    if (range.empty()) return;
    if (stack_->currentWidget() != hex_) {
        if (stack_->currentWidget() != coverage_) showTab(Tab::Coverage);
        return coverage_->reveal(range);
    }
    hex_->reveal(range);
}

// The tabs first; how much is signed stands beside them where there is room.
void InspectorView::fitHead() {
    const bool response = examined_ && examined_->response() != nullptr;
    const int side = narrow_ ? 0 : sideHolder_->width();
    const int room = width() - side - (left_->isVisibleTo(this) ? left_->width() : 0) - choice_->sizeHint().width() - 3 * space::s3;
    strip_->setVisible(response && room >= strip_->sizeHint().width() + space::s2);
    signedText_->setVisible(response && room >= strip_->sizeHint().width() + signedText_->sizeHint().width() + 2 * space::s2);
}

void InspectorView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void InspectorView::arrange() {
    left_->setVisible(width() >= leftFrom);
    fitHead();
    const bool narrow = width() < sideFrom;
    if (narrow == narrow_) return;
    narrow_ = narrow;
    if (narrow)
        stack_->addWidget(sideHolder_);
    else
        splitter_->addWidget(sideHolder_);
    sideHolder_->setVisible(!narrow || tab() == Tab::Findings);
    if (!narrow) splitter_->setSizes({leftWidth, std::max(240, width() - sideWidth - (left_->isVisible() ? leftWidth : 0)), sideWidth});
    fillTabs();
    fitHead();
    tick();
}

} // namespace gw::ui
