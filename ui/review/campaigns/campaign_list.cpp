#include "ui/review/campaigns/campaign_list.h"

#include "models/items/table/arrangement.h"
#include "ui/errors/utf8.h"
#include "ui/review/calendar/dates.h"
#include "ui/review/campaigns/campaign_shown.h"
#include "ui/review/campaigns/campaign_words.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

namespace gw::ui {

CampaignList::CampaignList(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* bar = new Panel(Color::BgSurface);
    bar->setEdges(Qt::BottomEdge);
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(space::s4, space::s1, space::s4, space::s1);
    row->setSpacing(space::s2);
    bar->setFixedHeight(size::filterBar);
    count_ = new Text({}, TextStyle::Body, Color::TextSecondary);
    count_->setObjectName(QStringLiteral("review.campaigns.count"));
    row->addWidget(count_, 1);
    make_ = new Button(tr("New campaign…"), QStringLiteral("add"), ButtonKind::Primary);
    make_->setObjectName(QStringLiteral("review.campaigns.new"));
    connect(make_, &QPushButton::clicked, this, &CampaignList::newWanted);
    row->addWidget(make_);
    column->addWidget(bar);
    view_ = new TableView(tr("Review campaigns"));
    view_->setObjectName(QStringLiteral("review.campaigns.rows"));
    connect(view_, &TableView::activated, this, [this](quint32 at) { Q_EMIT opened(fromUtf8(listed_[at].id)); });
    column->addWidget(view_, 1);
}

void CampaignList::setList(std::vector<store::CampaignStore::Listed> listed, UtcTime now) {
    const auto current = view_->current();
    const std::string id = current ? listed_[*current].id : std::string();
    view_->setTable(nullptr, {}, {});
    listed_ = std::move(listed);
    now_ = now;
    table_ = std::make_unique<items::Table>(campaignTable(listed_, now));
    view_->setTable(table_.get(), columns(), now);
    // What runs comes first, and of that what ends first.
    const items::Arrangement order(*table_, std::nullopt, {{columnOf(CampaignColumn::State), false}, {columnOf(CampaignColumn::Due), false}});
    view_->show(order.pick(items::RowSet(table_->rows(), true)), std::nullopt, std::nullopt);
    for (std::uint32_t i = 0; i < listed_.size(); ++i)
        if (listed_[i].id == id) view_->setCurrent(i);
    count_->setFullText(tr("%n campaign(s)", nullptr, static_cast<int>(listed_.size())));
}

void CampaignList::setNewProblem(const QString& why) {
    make_->setEnabled(why.isEmpty());
    make_->setToolTip(why);
}

void CampaignList::enter() {
    view_->setFocus(Qt::OtherFocusReason);
}

std::vector<ViewColumn> CampaignList::columns() const {
    std::vector<ViewColumn> columns;
    const auto add = [&](CampaignColumn of, const QString& title, CellLook look, int least, int share, int rank) -> ViewColumn& {
        ViewColumn made;
        made.column = columnOf(of);
        made.id = fromUtf8(table_->columns()[*made.column].id);
        made.title = title;
        made.look = look;
        made.least = least;
        made.share = share;
        made.rank = rank;
        columns.push_back(std::move(made));
        return columns.back();
    };
    add(CampaignColumn::Title, tr("Campaign"), CellLook::Text, 160, 4, 0);
    auto& state = add(CampaignColumn::State, tr("State"), CellLook::Text, 96, 0, 0);
    state.text = [this](std::size_t row) { return stateWords(listed_[row].state, listed_[row].due, now_).words; };
    state.tone = [this](std::size_t row) {
        const auto kind = stateWords(listed_[row].state, listed_[row].due, now_).kind;
        return kind == ChipKind::Expiring ? CellTone::Warning : kind == ChipKind::Expired ? CellTone::Quiet : CellTone::Plain;
    };
    auto& due = add(CampaignColumn::Due, tr("Due"), CellLook::Age, 84, 0, 2);
    due.text = [this](std::size_t row) { return dayText(listed_[row].due, now_); };
    due.tone = [this](std::size_t row) {
        return listed_[row].state == estate::campaign::State::Open && listed_[row].due < now_ ? CellTone::Warning : CellTone::Plain;
    };
    auto& progress = add(CampaignColumn::Decided, tr("Progress"), CellLook::Text, 130, 2, 1);
    progress.text = [this](std::size_t row) { return progressWords(listed_[row].decided, listed_[row].items); };
    auto& mine = add(CampaignColumn::Waiting, tr("Waits for you"), CellLook::Number, 90, 0, 1);
    mine.right = true;
    mine.text = [this](std::size_t row) {
        const bool open = listed_[row].state == estate::campaign::State::Open;
        return open && listed_[row].waiting > 0 ? QLocale().toString(static_cast<qulonglong>(listed_[row].waiting)) : QString();
    };
    add(CampaignColumn::Owner, tr("Owner"), CellLook::Text, 90, 1, 3);
    add(CampaignColumn::Scope, tr("Scope"), CellLook::Code, 120, 3, 4);
    return columns;
}

} // namespace gw::ui
