// What the Review screen does with the chosen rows of its two tables.
#include "models/store/on_worker.h"
#include "models/store/when_done.h"
#include "ui/errors/utf8.h"
#include "ui/review/reach_suggestions.h"
#include "ui/review/review_page.h"
#include "ui/review/review_tab.h"
#include "ui/review/row_panel.h"
#include "ui/review/table_page.h"
#include "ui/shell/header_tabs.h"

#include <QPointer>

namespace gw::ui {

void ReviewPage::showRow() {
    const auto row = table().view().current();
    if (!review_ || !row)
        panel_->showNothing();
    else if (table().view().selectedCount() > 1)
        panel_->showRows(review_, table().view().selection(), &table() == mapping_);
    else if (&table() == findings_)
        panel_->showFinding(review_, *row);
    else
        panel_->showMapping(review_, *row, soughtShown_ = soughtFinding(*row));
}

void ReviewPage::showSought() {
    const auto row = mapping_->view().current();
    if (!review_ || !row || &table() != mapping_ || mapping_->view().selectedCount() > 1) return;
    if (soughtFinding(*row) != soughtShown_) showRow();
}

std::optional<std::uint32_t> ReviewPage::soughtFinding(std::size_t row) {
    const QByteArray text = mapping_->bar().text().toUtf8();
    QStringList terms;
    for (const auto& token : items::tokensOf({text.constData(), static_cast<std::size_t>(text.size())}))
        if (!token.negated && (token.field == "rule" || token.field == "finding"))
            terms.append(QString::fromUtf8(text.mid(static_cast<qsizetype>(token.begin), static_cast<qsizetype>(token.end - token.begin))));
    if (terms.isEmpty()) return std::nullopt;
    if (const QString sought = terms.join(QLatin1Char(' ')); sought != sought_) {
        const QByteArray asked = sought.toUtf8();
        const auto filter = items::parseFilter({asked.constData(), static_cast<std::size_t>(asked.size())}, review_->findings.columns(), review_->now);
        if (!filter) return std::nullopt;
        soughtRows_ = findingMatcher_->match(*filter);
        sought_ = sought;
    }
    for (const std::uint32_t each : review_->mapping.findings.of(row))
        if (soughtRows_.has(each) && !review_->review.findings[each].suppressed) return each;
    return std::nullopt;
}

void ReviewPage::focusFilter() {
    if (TablePage* page = rows()) page->focusFilter();
}

void ReviewPage::copyRow() {
    if (TablePage* page = rows()) page->copySelection();
}

ExportedRows ReviewPage::exported() const {
    ExportedRows what;
    what.review = review_;
    TablePage* page = rows();
    if (page == nullptr || page->table() == nullptr) return what;
    what.table = page->table();
    what.rows = page->view().selectedCount() > 1 ? page->view().selection() : page->shown().rows;
    what.columns = page->shownColumns();
    for (const ViewColumn& each : page->view().viewColumns())
        if (each.shown && each.column) what.titles.append(each.title.isEmpty() ? tr("Finding") : each.title);
    what.sheet = tabs_->tabText(tabs_->currentIndex()).section(QLatin1Char('\t'), 0, 0);
    return what;
}

void ReviewPage::attestRow() {
    if (!review_ || !attest_.isThere()) return;
    showTab(Mapping);
    if (mapping_->view().selectedCount() > 1) return panel_->attestRows(review_, mapping_->view().selection());
    showRow();
    panel_->enterAttest();
}

void ReviewPage::attestShown() {
    if (!review_ || !attest_.isThere()) return;
    showTab(Mapping);
    const auto& rows = mapping_->shown().rows;
    if (!rows.empty()) panel_->attestRows(review_, {rows.begin(), rows.end()});
}

void ReviewPage::explainRow() {
    if (ReviewTab* other = otherTab()) {
        other->explainRow();
        return;
    }
    const auto row = table().view().current();
    if (!review_ || !row) return;
    const std::string& role = &table() == findings_ ? review_->review.findings[*row].object : review_->mappings[*row].role;
    if (review_->estate->role(role) != nullptr) context_.explain(fromUtf8(role));
}

void ReviewPage::whoCanRow() {
    const auto row = table().view().current();
    if (!review_ || !row || otherTab() != nullptr || !context_.askWho) return;
    const std::string& object = &table() == findings_ ? review_->review.findings[*row].object : review_->mappings[*row].role;
    if (review_->estate->role(object) != nullptr)
        context_.askWho(QStringLiteral("sts:AssumeRole"), fromUtf8(object));
    else if (object.starts_with("arn:"))
        context_.askWho({}, fromUtf8(object));
}

void ReviewPage::showRowsOf(const QString& group) {
    context_.window.showScreen(objectName());
    showTab(Mapping);
    const bool blank = group.contains(QLatin1Char(' '));
    mapping_->bar().setText(blank ? QStringLiteral("group:\"%1\"").arg(group) : QStringLiteral("group:%1").arg(group));
    mapping_->view().setFocus(Qt::OtherFocusReason);
}

void ReviewPage::indexReach() {
    reach_.reset();
    const auto& estate = context_.shelf.estate();
    if (!estate) return;
    whenDone(onWorker([estate] { return std::make_shared<const ReachIndex>(*estate); }), this, [this, estate](const std::shared_ptr<const ReachIndex>& made) {
        if (context_.shelf.estate() == estate) reach_ = made;
    });
}

std::vector<PaletteItem> ReviewPage::reachItems(const QString& query) {
    context_.shelf.need();
    std::vector<PaletteItem> items;
    if (!reach_) return items;
    constexpr std::size_t most = 12;
    for (ReachSuggestion& each : reach_->find(query, most)) {
        using Ask = ReachSuggestion::Ask;
        PaletteItem item;
        item.kind = tr("Reach");
        item.id = QStringLiteral("reach.%1.%2").arg(each.ask == Ask::WhatCan || each.ask == Ask::WhatGroupCan ? QStringLiteral("what") : QStringLiteral("who"), fromUtf8(each.of));
        item.icon = each.icon;
        item.title = each.title;
        item.detail = each.detail;
        item.keywords = tr("reach which may call use take invoke role group user route function");
        item.run = [self = QPointer<ReviewPage>(this), ask = each.ask, of = fromUtf8(each.of)] {
            if (!self) return;
            const ReviewContext& to = self->context_;
            switch (ask) {
            case Ask::WhatCan:
                return to.explain(of);
            case Ask::WhatGroupCan:
                return self->showRowsOf(of);
            case Ask::WhoCanTake:
                return to.askWho(QStringLiteral("sts:AssumeRole"), of);
            case Ask::WhoCanUse:
                return to.askWho({}, of);
            }
        };
        items.push_back(std::move(item));
    }
    return items;
}

} // namespace gw::ui
