#include "ui/explain/explain_view.h"

#include "ui/explain/answer_text.h"
#include "ui/explain/changes_section.h"
#include "ui/explain/facts_section.h"
#include "ui/explain/layer_path.h"
#include "ui/explain/try_bar.h"
#include "ui/explain/verdict_head.h"
#include "ui/shell/main_window.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QScrollBar>

namespace gw::ui {
namespace {

constexpr int sideBySideFrom = 860, panelWidth = 408, panelNarrow = 344;

} // namespace

ExplainView::ExplainView(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    try_ = new TryBar;
    column->addWidget(try_);
    auto* strip = new Panel(Color::BgSurface);
    strip->setEdges(Qt::BottomEdge);
    auto* stripRow = new QHBoxLayout(strip);
    stripRow->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    tabs_ = new Segmented(tr("What is shown"));
    tabs_->setObjectName(QStringLiteral("explain.tabs"));
    tabs_->setSmall(true);
    tabs_->setItems({tr("Why"), tr("Changes and facts")});
    tabs_->setCurrent(0);
    stripRow->addWidget(tabs_);
    stripRow->addStretch(1);
    tabStrip_ = strip;
    tabStrip_->hide();
    column->addWidget(tabStrip_);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(buildLeft(), 1);
    rightEdge_ = new Divider(Qt::Vertical);
    row->addWidget(rightEdge_);
    row->addWidget(buildRight());
    column->addLayout(row, 1);
    connect(tabs_, &Segmented::currentChanged, this, &ExplainView::arrange);
    connect(try_, &TryBar::backWanted, this, [this] { Q_EMIT trialWanted({}); });
    connect(path_, &LayerPath::statementWanted, this, &ExplainView::statementWanted);
    const auto trying = [this](auto change) {
        if (!answer_) return;
        Trial trial = answer_->trial;
        change(trial);
        Q_EMIT trialWanted(trial);
    };
    connect(changes_, &ChangesSection::editWanted, this,
            [trying](const policy::Edit& edit) { trying([&](Trial& trial) { trial.edit = edit; }); });
    connect(changes_, &ChangesSection::factsWanted, this, [trying](const policy::Additions& facts) {
        trying([&](Trial& trial) {
            for (const auto& each : facts) trial.tell(each.key, each.value);
        });
    });
    connect(facts_, &FactsSection::told, this,
            [trying](const policy::Key& key, const std::optional<policy::ContextValue>& value) {
                trying([&](Trial& trial) { trial.tell(key, value); });
            });
    connect(facts_, &FactsSection::untold, this,
            [trying](const policy::Key& key) { trying([&](Trial& trial) { trial.untell(key); }); });
    connect(facts_, &FactsSection::restored, this,
            [trying](const policy::Key& key) { trying([&](Trial& trial) { trial.forget(key); }); });
}

QWidget* ExplainView::buildLeft() {
    left_ = new ScrollColumn(860);
    left_->setProperty(MainWindow::paneProperty, true);
    QVBoxLayout* column = left_->column();
    column->setContentsMargins(space::s4, space::s4, space::s4, space::s4);
    column->setSpacing(space::s3);
    verdict_ = new VerdictHead;
    column->addWidget(verdict_);
    path_ = new LayerPath;
    column->addWidget(path_);
    saidHolder_ = new QWidget;
    auto* inner = new QVBoxLayout(saidHolder_);
    inner->setContentsMargins(44, 0, 0, 0);
    inner->setSpacing(space::s1);
    said_ = new CodeBlock(tr("What AWS would say"));
    said_->setObjectName(QStringLiteral("explain.said"));
    said_->setCopyObjectName(QStringLiteral("explain.said.copy"));
    said_->setTitle(tr("What AWS would say"));
    said_->setHighlighted(false);
    inner->addWidget(said_);
    inner->addWidget(new Text(tr("Predicted, not asked."), TextStyle::Small, Color::TextSecondary));
    column->addWidget(saidHolder_);
    column->addStretch(1);
    return left_;
}

QWidget* ExplainView::buildRight() {
    right_ = new ScrollColumn(0);
    right_->setProperty(MainWindow::paneProperty, true);
    right_->setFixedWidth(panelWidth);
    changes_ = new ChangesSection;
    facts_ = new FactsSection;
    notes_ = new QWidget;
    auto* notes = new QVBoxLayout(notes_);
    notes->setContentsMargins(space::s4, space::s3, space::s4, space::s4);
    notes->setSpacing(space::s1);
    right_->column()->addWidget(changes_);
    right_->column()->addWidget(facts_);
    right_->column()->addWidget(notes_);
    right_->column()->addStretch(1);
    return right_;
}

void ExplainView::show(const ExplainedPtr& answer) {
    const bool same = answer_ && answer_->question == answer->question;
    // The button that was pressed goes with what it offered.
    const bool tried =
        !answer->trial.empty() && QApplication::focusWidget() != nullptr && changes_->isAncestorOf(QApplication::focusWidget());
    answer_ = answer;
    setUpdatesEnabled(false);
    try_->show(*answer);
    verdict_->show(*answer);
    path_->show(answer, same);
    const std::string said = policy::awsMessage(answer->request, answer->explanation.answer);
    saidHolder_->setVisible(!said.empty());
    said_->setCode(QString::fromStdString(said));
    changes_->setLooking(answer);
    facts_->show(answer);
    showNotes(*answer);
    if (!same) {
        left_->verticalScrollBar()->setValue(0);
        right_->verticalScrollBar()->setValue(0);
    }
    if (tried) try_->focusBack();
    setUpdatesEnabled(true);
}

void ExplainView::setEdits(const ExplainedPtr& answer, const std::vector<estate::PlacedEdit>& edits) {
    if (answer == answer_) changes_->setEdits(answer, edits);
}

void ExplainView::addFact() {
    tabs_->setCurrent(1);
    arrange();
    facts_->addFact();
}

void ExplainView::showNotes(const ExplainedAnswer& answer) {
    emptyLayout(notes_->layout());
    auto* row = new QHBoxLayout;
    row->setSpacing(space::s2);
    auto* mark = new IconLabel(QStringLiteral("info"), Color::TextTertiary, 14);
    mark->setFixedHeight(Theme::lineHeight(TextStyle::Small));
    row->addWidget(mark, 0, Qt::AlignTop);
    auto* words = new Text(answerNotes(answer).join(QLatin1Char(' ')), TextStyle::Small, Color::TextSecondary);
    words->setObjectName(QStringLiteral("explain.notes"));
    words->setWordWrap(true);
    row->addWidget(words, 1);
    static_cast<QVBoxLayout*>(notes_->layout())->addLayout(row);
}

void ExplainView::arrange() {
    narrow_ = width() < sideBySideFrom;
    tabStrip_->setVisible(narrow_);
    const bool right = !narrow_ || tabs_->current() == 1;
    left_->setVisible(!narrow_ || tabs_->current() == 0);
    right_->setVisible(right);
    rightEdge_->setVisible(!narrow_);
    right_->setMinimumWidth(narrow_ ? 0 : width() < 1080 ? panelNarrow : panelWidth);
    right_->setMaximumWidth(narrow_ ? QWIDGETSIZE_MAX : right_->minimumWidth());
}

void ExplainView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace gw::ui
