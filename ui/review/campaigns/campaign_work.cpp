#include "ui/review/campaigns/campaign_work.h"

#include "ui/errors/utf8.h"
#include "ui/errors_text.h"
#include "ui/review/review_words.h"
#include "ui/shell/main_window.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace gw::ui {

using estate::campaign::Item;
using estate::campaign::State;
using estate::campaign::Verdict;
using Step = CampaignDesk::Step;

CampaignWork::CampaignWork(CampaignDesk& desk, const Clock& clock, QWidget* parent) : QWidget(parent), desk_(desk), clock_(clock) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* left = new QVBoxLayout;
    left->setSpacing(0);
    head_ = new CampaignHead(desk_);
    connect(head_, &CampaignHead::left, this, &CampaignWork::left);
    connect(head_, &CampaignHead::exportWanted, this, &CampaignWork::exportWanted);
    left->addWidget(head_);
    table_ = new TablePage(QStringLiteral("review.campaign"), tr("Items of the campaign"));
    table_->setGroups({QStringLiteral("decision"), QStringLiteral("reviewer"), QStringLiteral("role"), QStringLiteral("env")});
    table_->setProperty(MainWindow::paneProperty, true);
    table_->view().installEventFilter(this);
    connect(&table_->view(), &TableView::currentChanged, this, &CampaignWork::showItem);
    left->addWidget(table_, 1);
    auto* foot = new Panel(Color::BgSunken);
    foot_ = foot;
    foot->setEdges(Qt::TopEdge);
    auto* hints = new QHBoxLayout(foot);
    hints->setSpacing(space::s2);
    hints->setContentsMargins(space::s4, space::s1, space::s4, space::s1);
    auto* keys = new KeyHints({{QStringLiteral("K"), tr("keep")},
                                   {QStringLiteral("C"), tr("change")},
                                   {QStringLiteral("R"), tr("remove")},
                                   {QStringLiteral("J"), tr("next")},
                                   {QStringLiteral("U"), tr("take back")},
                                   {QStringLiteral("D"), tr("give away")}});
    hints->addWidget(keys, 1);
    last_ = new Text({}, TextStyle::Small, Color::TextSecondary);
    last_->setObjectName(QStringLiteral("review.campaign.last"));
    last_->setElide(Qt::ElideMiddle);
    hints->addWidget(last_);
    undo_ = new LinkLabel(tr("Undo"));
    undo_->setObjectName(QStringLiteral("review.campaign.undo"));
    undo_->setAccessibleName(tr("Take the last decision back"));
    connect(undo_, &QAbstractButton::clicked, this, &CampaignWork::undo);
    hints->addWidget(undo_);
    left->addWidget(foot);
    tellLast();
    row->addLayout(left, 1);
    panel_ = new ItemPanel(desk_);
    panel_->setProperty(MainWindow::paneProperty, true);
    connect(panel_, &ItemPanel::left, this, [this] { table_->view().setFocus(Qt::TabFocusReason); });
    connect(panel_, &ItemPanel::explainWanted, this, &CampaignWork::explainWanted);
    row->addWidget(panel_);
    connect(&desk_, &CampaignDesk::shown, this, qOverload<>(&CampaignWork::show));
    connect(&desk_, &CampaignDesk::done, this, &CampaignWork::done);
    connect(&desk_, &CampaignDesk::failed, this, &CampaignWork::failed);
}

void CampaignWork::setReview(const ReviewedPtr& review) {
    review_ = review;
    if (campaign_) showItem();
}

void CampaignWork::enter() {
    table_->view().setFocus(Qt::OtherFocusReason);
}

void CampaignWork::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (desk_.current() && desk_.current() != campaign_) show();
    look();
}

void CampaignWork::show() {
    const CampaignPtr& fresh = desk_.current();
    if (!fresh) return;
    const bool same = campaign_ && campaign_->campaign.record().id == fresh->campaign.record().id;
    const auto row = same ? table_->view().current() : std::nullopt;
    if (!same) {
        decided_.clear();
        seen_.clear();
        tellLast();
        panel_->showNothing();
    }
    const QSignalBlocker quiet(table_->view());
    const CampaignPtr former = std::exchange(campaign_, fresh); // the view borrows its table until it has the other
    table_->setTable(std::shared_ptr<const items::Table>(campaign_, &campaign_->table), columns(), clock_.now());
    head_->showCampaign(campaign_, clock_.now());
    foot_->setVisible(campaign_->campaign.record().state == State::Open); // else its keys do nothing
    if (row)
        table_->view().setCurrent(*row);
    else if (const auto first = table_->view().current(); !first || campaign_->item(*first).decision || campaign_->item(*first).reviewer != desk_.me())
        if (const auto open = nextOpen()) table_->view().setCurrent(*open);
    showItem();
}

void CampaignWork::showItem() {
    if (!campaign_) return;
    const auto row = table_->view().current();
    if (!row) return panel_->showNothing();
    panel_->showItem(campaign_, *row, review_, clock_.now());
    look();
}

void CampaignWork::tellLast() {
    const bool open = campaign_ && campaign_->campaign.record().state == State::Open;
    const Item* const last = open && !decided_.empty() ? campaign_->campaign.find(decided_.back()) : nullptr;
    const bool there = last != nullptr && last->decision;
    last_->setFullText(there ? tr("%1: %2", "who, what was decided").arg(granteeName(last->subject), verdictState(last->decision->verdict)) : QString());
    undo_->setVisible(there);
}

// A reviewer's time on an item counts from when he first sees it here.
void CampaignWork::look() {
    if (!isVisible() || !campaign_ || panel_->item() == seen_) return;
    seen_ = panel_->item();
    const Item* const item = campaign_->campaign.find(seen_);
    if (item != nullptr && item->reviewer == desk_.me() && !item->decision && campaign_->campaign.record().state == State::Open) desk_.look(seen_);
}

std::optional<std::uint32_t> CampaignWork::rowOf(const std::string& item) const {
    const auto& items = campaign_->campaign.record().items;
    const Item* const found = campaign_->campaign.find(item);
    return found == nullptr ? std::nullopt : std::optional(static_cast<std::uint32_t>(found - items.data()));
}

// As they are shown: the next below, else from the top.
std::optional<std::uint32_t> CampaignWork::nextOpen() const {
    const auto& rows = table_->shown().rows;
    const auto current = table_->view().current();
    const auto at = current ? std::find(rows.begin(), rows.end(), *current) : rows.end();
    const auto isOpen = [this](std::uint32_t row) {
        const Item& item = campaign_->item(row);
        return !item.decision && item.reviewer == desk_.me();
    };
    if (at != rows.end())
        if (const auto below = std::find_if(at + 1, rows.end(), isOpen); below != rows.end()) return *below;
    const auto above = std::find_if(rows.begin(), at, isOpen);
    return above == at ? std::nullopt : std::optional(*above);
}

void CampaignWork::next() {
    if (!campaign_) return;
    if (const auto row = nextOpen())
        table_->view().setCurrent(*row);
    else
        table_->view().moveCurrent(1);
}

void CampaignWork::undo() {
    if (!campaign_ || decided_.empty()) return;
    desk_.withdraw(decided_.back());
}

void CampaignWork::done(Step step, const QString& item) {
    const std::string id = item.toStdString();
    if (!campaign_) return;
    switch (step) {
    case Step::Decide: {
        panel_->forget(id);
        std::erase(decided_, id);
        decided_.push_back(id);
        tellLast();
        if (panel_->item() == id) next();
        table_->view().setFocus(Qt::OtherFocusReason);
        break;
    }
    case Step::Withdraw:
        std::erase(decided_, id);
        tellLast();
        if (const auto row = rowOf(id)) table_->view().setCurrent(*row);
        break;
    case Step::Delegate:
        panel_->forget(id);
        next();
        table_->view().setFocus(Qt::OtherFocusReason);
        break;
    case Step::Sign:
    case Step::Extend:
    case Step::Cancel:
        head_->endAsking();
        tellLast();
        enter();
        break;
    default:
        break;
    }
}

// What was written stays where it was written.
void CampaignWork::failed(const Error& error, Step step, const QString& item) {
    switch (step) {
    case Step::Decide:
    case Step::Withdraw:
    case Step::Delegate:
    case Step::Look:
        if (item.toStdString() != panel_->item()) return;
        panel_->setBusy(false);
        panel_->setProblem(error);
        break;
    case Step::Sign:
    case Step::Extend:
    case Step::Cancel:
        head_->setProblem(explainBriefly(error));
        break;
    default:
        break;
    }
}

// Before the table takes K for "up".
bool CampaignWork::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool undoes = key->matches(QKeySequence::Undo);
    if (!undoes && (key->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))) return QWidget::eventFilter(watched, event);
    switch (key->key()) {
    case Qt::Key_K:
        return panel_->choose(Verdict::Keep), true;
    case Qt::Key_C:
        return panel_->choose(Verdict::Change), true;
    case Qt::Key_R:
        return panel_->choose(Verdict::Remove), true;
    case Qt::Key_J:
        return next(), true;
    case Qt::Key_U:
    case Qt::Key_Z:
        if (key->key() == Qt::Key_Z && !undoes) break;
        return undo(), true;
    case Qt::Key_D:
        return panel_->delegate(), true;
    case Qt::Key_Escape:
        if (!table_->bar().text().isEmpty()) break;
        Q_EMIT left();
        return true;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

std::vector<ViewColumn> CampaignWork::columns() const {
    std::vector<ViewColumn> columns;
    const CampaignShown* of = campaign_.get();
    const auto add = [&](ItemColumn column, const QString& title, CellLook look, int least, int share, int rank) -> ViewColumn& {
        ViewColumn made;
        made.column = columnOf(column);
        made.id = fromUtf8(of->table.columns()[*made.column].id);
        made.title = title;
        made.look = look;
        made.least = least;
        made.share = share;
        made.rank = rank;
        columns.push_back(std::move(made));
        return columns.back();
    };
    auto& decision = add(ItemColumn::Decision, tr("Decision"), CellLook::Text, 72, 0, 0);
    decision.text = [of, me = desk_.me()](std::size_t row) {
        const Item& item = of->item(row);
        return item.decision ? verdictWord(item.decision->verdict) : item.reviewer == me ? tr("yours") : tr("open");
    };
    decision.tone = [of](std::size_t row) {
        const auto& said = of->item(row).decision;
        return !said ? CellTone::Quiet : said->verdict == Verdict::Keep ? CellTone::Plain : said->verdict == Verdict::Remove ? CellTone::Bad : CellTone::Warning;
    };
    add(ItemColumn::Who, tr("Group or claim"), CellLook::Text, 110, 3, 0).text = [of](std::size_t row) { return granteeName(of->item(row).subject); };
    add(ItemColumn::Role, tr("Role"), CellLook::Text, 110, 3, 0);
    add(ItemColumn::Env, tr("Environment"), CellLook::Environment, 72, 0, 3);
    add(ItemColumn::Privilege, tr("Privilege"), CellLook::Text, 80, 0, 4);
    add(ItemColumn::Findings, tr("Findings"), CellLook::Number, 60, 0, 2).right = true;
    add(ItemColumn::People, tr("People"), CellLook::Number, 52, 0, 5).right = true;
    add(ItemColumn::Reviewer, tr("Reviewer"), CellLook::Text, 80, 1, 1);
    add(ItemColumn::Reason, tr("Reason"), CellLook::Text, 100, 4, 6);
    auto& seconds = add(ItemColumn::Seconds, tr("Time on it"), CellLook::Duration, 64, 0, 7);
    seconds.right = true;
    seconds.shown = false;
    return columns;
}

} // namespace gw::ui
