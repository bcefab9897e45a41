#include "ui/review/unused/unused_tab.h"

#include "models/items/review/mapping_rows.h"
#include "ui/errors/utf8.h"
#include "ui/estate/code_lines.h"
#include "ui/estate/panel_section.h"
#include "ui/review/state_pages.h"
#include "ui/review/tab_panel.h"
#include "ui/review/table_page.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QVBoxLayout>

#include <utility>

namespace gw::ui {

using estate::UnusedRole;
using items::UnusedColumn;

namespace {

QString stateTitle(const UnusedRole* role) {
    if (role == nullptr) return UnusedTab::tr("Nothing tells");
    return role->isStale ? UnusedTab::tr("Roles that nobody uses") : UnusedTab::tr("Permissions that nobody uses");
}

QString listed(const std::vector<std::string>& texts) {
    QStringList all;
    for (const std::string& each : texts) all.append(fromUtf8(each));
    return all.join(QStringLiteral(", "));
}

} // namespace

UnusedTab::UnusedTab(const ReviewContext& context, QWidget* parent) : ReviewTab(parent), context_(context) {
    setObjectName(QStringLiteral("review.unused"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    pages_ = new StatePages(objectName());
    column->addWidget(pages_);
    partial_ = new PartialLine(objectName());
    table_ = new TablePage(QStringLiteral("review.unused.roles"), tr("Roles with something that nobody uses"));
    table_->setGroups({QStringLiteral("state"), QStringLiteral("account"), QStringLiteral("env"), QStringLiteral("owner")});
    table_->groupBy(QStringLiteral("state"));
    table_->setOrder(QStringLiteral("since"), false);
    panel_ = new TabPanel(QStringLiteral("review.unused.panel"));
    pages_->setBody(tableAndPanel({partial_}, table_, panel_));
    connect(pages_, &StatePages::cancelWanted, this, [this] {
        job_.cancel();
        rest();
    });
    connect(&job_, &Job::progress, this, [this](int percent) { pages_->setProgress(percent, 100, tr("Looking at what is used: %1 %").arg(percent)); });
    connect(&table_->view(), &TableView::currentChanged, this, &UnusedTab::showRow);
    connect(&table_->view(), &TableView::activated, this, [this] { panel_->enter(); });
    connect(table_, &TablePage::rowsChanged, this, &UnusedTab::changed);
    connect(panel_, &TabPanel::left, this, [this] { table_->view().setFocus(Qt::TabFocusReason); });
    rest();
}

std::optional<std::size_t> UnusedTab::count() const {
    return unused_ ? std::optional(unused_->report.roles.size()) : std::nullopt;
}

TablePage* UnusedTab::rows() {
    return pages_->showsBody() ? table_ : nullptr;
}

void UnusedTab::setReview(const ReviewedPtr& review) {
    // Where only attestations are others, use is as it was.
    if (review && review_ && review->ways == review_->ways) {
        review_ = review;
        return;
    }
    job_.cancel();
    const bool same = review && unused_ && unused_->review->estate == review->estate;
    review_ = review;
    if (!same) show(nullptr);
    wanted_ = review_ != nullptr;
    // Its number stands in the header, whatever tab is shown. Anew it waits until somebody looks.
    if (wanted_ && (isVisible() || !same))
        start();
    else if (!same)
        rest();
}

void UnusedTab::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (wanted_) start();
}

void UnusedTab::start() {
    wanted_ = false;
    // Looked at again, the rows that are shown stay until the new ones are there.
    if (!unused_) pages_->showLoading(tr("Looking at what is used…"));
    job_.run([review = review_](const Job::Tell& tell) { return findUnused(review, tell); },
             [this](const UnusedRolesPtr& unused) {
                 if (unused) show(unused);
             });
}

void UnusedTab::show(const UnusedRolesPtr& unused) {
    const auto row = unused_ && unused ? table_->view().current() : std::nullopt;
    const UnusedRolesPtr former = std::exchange(unused_, unused);
    table_->setTable(unused_ ? std::shared_ptr<const items::Table>(unused_, &unused_->table) : nullptr, unused_ ? columns() : std::vector<ViewColumn>(), unused_ ? unused_->review->now : UtcTime());
    if (row) table_->view().setCurrent(*row);
    if (unused_) {
        tellPartial();
        rest();
    }
    showRow();
    Q_EMIT changed();
}

void UnusedTab::rest() {
    if (unused_ && unused_->table.rows() > 0) return pages_->showBody();
    if (unused_) {
        pages_->showEmpty(QStringLiteral("check"), tr("Everything is used"),
                          tr("%1 roles were looked at; each was used lately, and all that it may do, as far as the evidence goes.").arg(QLocale().toString(static_cast<qulonglong>(unused_->report.looked))));
        return;
    }
    auto& stopped = pages_->showEmpty(QStringLiteral("role"), tr("What is used was not looked at"), tr("What was read is still there."));
    auto* again = stopped.addAction(tr("Look at what is used"), QStringLiteral("search"), ButtonKind::Primary);
    again->setObjectName(QStringLiteral("review.unused.empty.again"));
    again->setEnabled(review_ != nullptr);
    connect(again, &QPushButton::clicked, this, &UnusedTab::start);
}

void UnusedTab::tellPartial() {
    const auto& usage = unused_->review->estate->usage();
    QStringList words;
    if (!unused_->report.untold.empty())
        words.append(tr("of %1 of %2 roles nothing tells whether they are used")
                         .arg(QLocale().toString(static_cast<qulonglong>(unused_->report.untold.size())), QLocale().toString(static_cast<qulonglong>(unused_->report.looked))));
    if (usage.services.empty()) words.append(tr("nothing was read from Access Advisor"));
    if (usage.events == 0) words.append(tr("no events of CloudTrail were read"));
    partial_->setWords(words);
}

std::vector<ViewColumn> UnusedTab::columns() const {
    // Borrowed: it goes together with the table.
    const UnusedRoles* of = unused_.get();
    const auto column = [of](UnusedColumn which, const QString& title, CellLook look, int least, int share, int rank) {
        ViewColumn made;
        made.column = items::columnOf(which);
        made.id = fromUtf8(of->table.columns()[*made.column].id);
        made.title = title;
        made.look = look;
        made.least = least;
        made.share = share;
        made.rank = rank;
        return made;
    };
    std::vector<ViewColumn> columns;
    columns.push_back(column(UnusedColumn::Role, tr("Role"), CellLook::Text, 130, 3, 0));
    columns.back().mark = [of](std::size_t row) {
        const UnusedRole* role = of->told(row);
        if (role == nullptr) return CellMark{QStringLiteral("help"), Color::TextTertiary};
        return role->isStale ? CellMark{QStringLiteral("expired"), Color::ExpiringText} : CellMark{QStringLiteral("policy"), Color::TextSecondary};
    };
    columns.back().tone = [of](std::size_t row) { return of->told(row) == nullptr ? CellTone::Quiet : CellTone::Plain; };
    columns.push_back(column(UnusedColumn::Env, tr("Environment"), CellLook::Environment, 72, 0, 4));
    columns.push_back(column(UnusedColumn::LastUsed, tr("Last used"), CellLook::Age, 76, 0, 1));
    columns.push_back(column(UnusedColumn::Since, tr("Unused since"), CellLook::Age, 96, 0, 3));
    columns.push_back(column(UnusedColumn::Services, tr("Services not used"), CellLook::Text, 130, 4, 0));
    columns.back().text = [of](std::size_t row) {
        const UnusedRole* role = of->told(row);
        if (role == nullptr) return tr("nothing tells");
        return role->isStale ? tr("all") : listed(role->use.unusedServices);
    };
    columns.push_back(column(UnusedColumn::Proposal, tr("Tighter policy"), CellLook::Text, 100, 0, 2));
    columns.back().text = [of](std::size_t row) {
        const UnusedRole* role = of->told(row);
        return role != nullptr && role->tightening ? tr("proved") : QString();
    };
    columns.push_back(column(UnusedColumn::Account, tr("Account"), CellLook::Text, 100, 2, 5));
    columns.push_back(column(UnusedColumn::Owner, tr("Owner"), CellLook::Text, 80, 1, 6));
    columns.back().shown = false;
    columns.push_back(column(UnusedColumn::State, tr("State"), CellLook::Text, 90, 1, 7));
    columns.back().groupText = [of](std::size_t row) { return stateTitle(of->told(row)); };
    columns.back().shown = false;
    return columns;
}

void UnusedTab::showRow() {
    const auto row = table_->view().current();
    detail_.cancel();
    policies_ = nullptr;
    if (!unused_ || !row) return panel_->showNothing(tr("Choose a role to see the evidence, and what could be taken away."));
    const UtcTime now = unused_->review->now;
    const UnusedRole* role = unused_->told(*row);
    panel_->clear();
    panel_->addHead(QStringLiteral("role"), Color::TextSecondary, fromUtf8(unused_->role(*row).name), fromUtf8(unused_->role(*row).arn));
    if (role == nullptr) {
        auto* section = panel_->addSection(tr("Nothing tells"));
        panel_->addText(section, "untold",
                        tr("Neither its last use, nor Access Advisor, nor events were read, so nothing is said. Read get-role, generate-service-last-accessed-details or CloudTrail as well."));
    } else {
        auto* section = panel_->addSection(role->isStale ? tr("Nobody uses it") : stateTitle(role));
        const auto since = role->activity.unusedSince();
        if (role->isStale && since)
            panel_->addText(section, "since",
                            role->activity.last ? tr("Last used %1.").arg(exactText(*since)) : tr("Never used since it was made, %1.").arg(exactText(*since)), Color::ExpiringText);
        if (!role->use.unusedServices.empty()) panel_->addText(section, "services", tr("Not used: %1").arg(listed(role->use.unusedServices)), Color::TextPrimary);
        if (!role->use.usedActions.empty()) panel_->addText(section, "used", tr("Used: %1").arg(listed(role->use.usedActions)));
        auto* told = panel_->addSection(tr("Evidence"));
        QStringList lines;
        for (const auto* evidence : {&role->activity.evidence, &role->use.evidence})
            for (const estate::Evidence& each : *evidence)
                if (const QString words = evidenceWords(each, now); !lines.contains(words)) lines.append(words);
        panel_->addText(told, "evidence", lines.join(QLatin1Char('\n')));
        if (role->isStale) panel_->addText(panel_->addSection(tr("What to do")), "advice", tr("Tell its owner, take it out of what the provider hands out, and delete it once nobody missed it."));
        auto* proposal = panel_->addSection(tr("Tighter policy"));
        panel_->addText(proposal, "proof", role->tightening ? proofWords(*role->tightening) : noProposalWords(*role));
        policies_ = new QWidget;
        auto* inside = new QVBoxLayout(policies_);
        inside->setContentsMargins(space::s4, 0, space::s4, space::s2);
        inside->setSpacing(space::s2);
        policies_->hide();
        panel_->addWidget(policies_);
        if (role->tightening)
            detail_.run([unused = unused_, at = *row](const Job::Tell&) { return std::make_shared<const std::vector<ProposedPolicy>>(proposedPolicies(*unused, at)); },
                        [this](const auto& policies) { showPolicies(*policies); });
    }
    auto* foot = new QHBoxLayout;
    foot->setSpacing(space::s2);
    panel_->addSection()->addLayout(foot);
    connect(panel_->addButton(foot, "explain", tr("What can it do?"), QStringLiteral("explain"), ButtonKind::Default), &QPushButton::clicked, this, [this] { explainRow(); });
    foot->addStretch(1);
    panel_->finish();
}

void UnusedTab::showPolicies(const std::vector<ProposedPolicy>& policies) {
    if (policies_ == nullptr) return;
    auto* column = static_cast<QVBoxLayout*>(policies_->layout());
    int number = 0;
    for (const ProposedPolicy& each : policies) {
        ++number;
        auto* head = new QHBoxLayout;
        head->setSpacing(space::s2);
        auto* name = new Text(each.after.isEmpty() ? tr("%1 can go").arg(each.name) : each.name, TextStyle::Strong);
        name->setElide(Qt::ElideMiddle);
        head->addWidget(name, 1);
        if (!each.text.isEmpty()) {
            auto* copy = new Button(tr("Copy"), QStringLiteral("copy"), ButtonKind::Primary);
            copy->setSize(ButtonSize::Small);
            copy->setObjectName(QStringLiteral("review.unused.panel.copy.%1").arg(number));
            copy->setAccessibleName(tr("Copy the tighter policy %1").arg(each.name));
            connect(copy, &QPushButton::clicked, this, [text = each.text] { copyText(text, false); });
            head->addWidget(copy);
        }
        column->addLayout(head);
        auto* lines = new CodeLines;
        lines->setObjectName(QStringLiteral("review.unused.panel.policy.%1").arg(number));
        lines->setAccessibleName(tr("What changes in %1").arg(each.name));
        lines->setDiff(each.before, each.after);
        column->addWidget(lines);
    }
    policies_->setVisible(number > 0);
}

bool UnusedTab::explainRow() {
    const auto row = table_->view().current();
    if (!unused_ || !row) return false;
    context_.explain(fromUtf8(unused_->role(*row).arn));
    return true;
}

} // namespace gw::ui
