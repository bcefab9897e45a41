#include "ui/review/table_page.h"

#include "ui/errors/utf8.h"
#include "ui/errors_text.h"
#include "ui/widgets/clipboard.h"
#include "ui/widgets/states.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace gw::ui {

TablePage::TablePage(const QString& name, const QString& what, QWidget* parent) : QWidget(parent), name_(name) {
    setObjectName(name);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    bar_ = new FilterBar(name);
    bar_->setWords([this](const QString& term) { return words(term); });
    column->addWidget(bar_);
    stack_ = new QStackedWidget;
    view_ = new TableView(what);
    view_->setObjectName(name + QStringLiteral(".rows"));
    stack_->addWidget(view_);
    auto* empty = new Panel(Color::BgSurface);
    auto* inside = new QVBoxLayout(empty);
    nothing_ = new EmptyState(QStringLiteral("search"), {}, {});
    nothing_->setObjectName(name + QStringLiteral(".nothing"));
    inside->addStretch(2);
    inside->addWidget(nothing_);
    inside->addStretch(3);
    stack_->addWidget(empty);
    column->addWidget(stack_, 1);
    connect(bar_, &FilterBar::changed, this, &TablePage::apply);
    connect(bar_, &FilterBar::left, this, [this] { view_->setFocus(Qt::TabFocusReason); });
    connect(view_, &TableView::sortWanted, this, &TablePage::sortBy);
    connect(view_, &TableView::selectionChanged, this, &TablePage::tellCount);
    connect(view_, &TableView::copyWanted, this, &TablePage::copySelection);
    copying_.callOnTimeout(this, &TablePage::copySome);
    connect(&bar_->menuButton(), &QAbstractButton::clicked, this, [this] {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillMenu(*menu);
        const QPoint below = bar_->menuButton().mapToGlobal(QPoint(bar_->menuButton().width(), bar_->menuButton().height() + 2));
        menu->popup(below - QPoint(menu->sizeHint().width(), 0));
    });
}

void TablePage::setTable(std::shared_ptr<const items::Table> table, std::vector<ViewColumn> columns, UtcTime now, items::Matcher::Outside outside,
                         items::OutsideValues outsideValues) {
    copying_.stop();
    matcher_.reset();
    arrangement_.reset();
    table_ = std::move(table);
    now_ = now;
    filter_ = {};
    for (ViewColumn& each : columns)
        if (hidden_.contains(each.id)) each.shown = false;
    hidden_.clear();
    for (const ViewColumn& each : columns)
        if (!each.shown) hidden_.append(each.id);
    bar_->field().setTable(table_.get(), std::move(outsideValues));
    view_->setTable(table_.get(), std::move(columns), now);
    if (table_ == nullptr) return;
    matcher_ = std::make_unique<items::Matcher>(*table_, std::move(outside));
    arrange();
    apply();
}

std::optional<std::size_t> TablePage::columnNamed(const QString& id) const {
    return table_ == nullptr || id.isEmpty() ? std::nullopt : items::findColumn(table_->columns(), id.toStdString());
}

void TablePage::arrange() {
    std::vector<items::SortKey> keys;
    if (const auto column = columnNamed(sort_)) keys.push_back({*column, descending_});
    const auto group = columnNamed(group_);
    arrangement_ = std::make_unique<items::Arrangement>(*table_, group, keys);
    view_->setGroupTitle(group ? std::function<QString(std::uint32_t)>([this, column = *group](std::uint32_t row) {
        ViewColumn look;
        look.column = column;
        for (const ViewColumn& each : view_->viewColumns())
            if (each.column == column && each.groupText) look.text = each.groupText;
        const QString title = view_->cellWords(row, look);
        return title.isEmpty() ? tr("none") : title;
    })
                               : std::function<QString(std::uint32_t)>());
}

void TablePage::apply() {
    if (table_ == nullptr) return;
    const QByteArray text = bar_->text().toUtf8();
    auto filter = items::parseFilter({text.constData(), static_cast<std::size_t>(text.size())}, table_->columns(), now_);
    if (filter) {
        filter_ = std::move(*filter);
        bar_->field().setProblem(0, -1);
        bar_->setProblem({});
    } else {
        const Error& error = filter.error();
        const int at = fromUtf8(error.fact("at")).toInt() - bar_->typedFrom(), length = fromUtf8(error.fact("length")).toInt();
        const ErrorText words = explain(error);
        bar_->field().setProblem(std::max(0, at), length);
        bar_->setProblem(words.why + (words.whatToDo.isEmpty() ? QString() : QLatin1Char(' ') + words.whatToDo.front()));
        // The other terms hold all the same.
        const auto place = static_cast<std::size_t>(fromUtf8(error.fact("at")).toULongLong());
        QByteArray rest = text;
        for (const auto& token : items::tokensOf({text.constData(), static_cast<std::size_t>(text.size())}))
            if (place >= token.begin && place <= token.end) rest = text.left(static_cast<qsizetype>(token.begin)) + text.mid(static_cast<qsizetype>(token.end));
        auto others = items::parseFilter({rest.constData(), static_cast<std::size_t>(rest.size())}, table_->columns(), now_);
        if (others) filter_ = std::move(*others);
    }
    items::Shown shown = arrangement_->pick(matcher_->match(filter_));
    const std::size_t found = shown.rows.size();
    std::optional<items::SortKey> sorted;
    if (const auto column = columnNamed(sort_)) sorted = items::SortKey{*column, descending_};
    view_->show(std::move(shown), sorted, columnNamed(group_));
    tellCount();
    if (found == 0) {
        const std::size_t all = table_->rows();
        nothing_->clearActions();
        nothing_->set(QStringLiteral("search"), all == 0 ? tr("There is nothing to list") : tr("No row matches"),
                      all == 0 ? tr("What was read tells of nothing that belongs here.") : tr("Each term must hold; take one away to see more."));
        if (all > 0) {
            auto* clear = nothing_->addAction(tr("Show all rows"), QStringLiteral("close"), ButtonKind::Default);
            clear->setObjectName(name_ + QStringLiteral(".clear"));
            connect(clear, &QPushButton::clicked, this, [this] {
                bar_->setText({});
                focusFilter();
            });
        }
    }
    stack_->setCurrentIndex(found == 0 ? 1 : 0);
    Q_EMIT rowsChanged();
}

void TablePage::tellCount() {
    if (table_ == nullptr || !matcher_) return;
    const auto words = [locale = QLocale()](std::size_t number) { return locale.toString(static_cast<qulonglong>(number)); };
    const std::size_t found = shown().rows.size(), all = table_->rows(), chosen = view_->selectedCount();
    QString count = found == all ? tr("%1 rows").arg(words(all)) : tr("%1 of %2 rows").arg(words(found), words(all));
    if (chosen > 1) count = tr("%1 of %2 rows chosen").arg(words(chosen), words(found));
    if (matcher_->waits()) count = tr("Asking who can…");
    bar_->setCount(count);
}

void TablePage::copySelection() {
    copyRows_ = view_->selection();
    copyAt_ = 0;
    copyText_.clear();
    if (!copyRows_.empty()) copySome();
}

void TablePage::copySome() {
    constexpr std::size_t slice = 500;
    const std::size_t end = std::min(copyRows_.size(), copyAt_ + slice);
    for (; copyAt_ < end; ++copyAt_) {
        if (copyAt_ > 0) copyText_ += QLatin1Char('\n');
        copyText_ += view_->rowText(copyRows_[copyAt_]);
    }
    if (copyAt_ < copyRows_.size()) return copying_.start(0);
    copying_.stop();
    copyText(copyText_, false);
    const std::size_t rows = copyRows_.size();
    copyText_.clear();
    copyRows_.clear();
    Q_EMIT copied(rows);
}

void TablePage::refresh() {
    apply();
}

TableState TablePage::state() const {
    return {bar_->text(), group_, sort_, descending_, hidden_};
}

void TablePage::setState(const TableState& state) {
    group_ = state.group;
    sort_ = state.sort;
    descending_ = state.descending;
    hidden_ = state.hidden;
    for (const ViewColumn& each : std::vector<ViewColumn>(view_->viewColumns())) view_->showColumn(each.id, !hidden_.contains(each.id));
    if (table_ != nullptr) arrange();
    bar_->setText(state.filter);
}

void TablePage::addTerm(const QString& term) {
    const QByteArray text = bar_->text().toUtf8(), added = term.toUtf8();
    const auto fresh = items::tokensOf({added.constData(), static_cast<std::size_t>(added.size())});
    QStringList kept;
    for (const auto& token : items::tokensOf({text.constData(), static_cast<std::size_t>(text.size())}))
        if (fresh.empty() || token.field != fresh.front().field || token.field.empty())
            kept.append(QString::fromUtf8(text.mid(static_cast<qsizetype>(token.begin), static_cast<qsizetype>(token.end - token.begin))));
    kept.append(term);
    bar_->setText(kept.join(QLatin1Char(' ')));
}

void TablePage::sortBy(const QString& id) {
    // Once, the other way round, and as it was.
    if (sort_ != id) {
        sort_ = id;
        descending_ = false;
    } else if (!descending_) {
        descending_ = true;
    } else {
        sort_.clear();
        descending_ = false;
    }
    if (table_ == nullptr) return;
    arrange();
    apply();
}

void TablePage::setOrder(const QString& id, bool descending) {
    sort_ = id;
    descending_ = descending;
}

void TablePage::groupBy(const QString& id) {
    group_ = id;
    if (table_ == nullptr) return;
    arrange();
    apply();
}

void TablePage::focusFilter() {
    bar_->field().setFocus(Qt::ShortcutFocusReason);
    bar_->field().selectAll();
}

std::vector<std::size_t> TablePage::shownColumns() const {
    std::vector<std::size_t> columns;
    for (const ViewColumn& each : view_->viewColumns())
        if (each.shown && each.column) columns.push_back(*each.column);
    return columns;
}

void TablePage::fillMenu(QMenu& menu) {
    menu.addSection(tr("Columns"));
    for (const ViewColumn& each : view_->viewColumns()) {
        if (each.title.isEmpty()) continue;
        QAction* action = menu.addAction(each.title);
        action->setObjectName(QStringLiteral("%1.column.%2").arg(name_, each.id));
        action->setCheckable(true);
        action->setChecked(each.shown);
        connect(action, &QAction::toggled, this, [this, id = each.id](bool on) {
            view_->showColumn(id, on);
            if (on)
                hidden_.removeAll(id);
            else
                hidden_.append(id);
        });
    }
    menu.addSection(tr("Group by"));
    for (const QString& id : QStringList{QString()} + groupIds_) {
        QString title = tr("Nothing");
        for (const ViewColumn& each : view_->viewColumns())
            if (each.id == id && !id.isEmpty()) title = each.title;
        QAction* action = menu.addAction(title);
        action->setObjectName(QStringLiteral("%1.group.%2").arg(name_, id.isEmpty() ? QStringLiteral("none") : id));
        action->setCheckable(true);
        action->setChecked(group_ == id);
        connect(action, &QAction::triggered, this, [this, id] { groupBy(id); });
    }
    if (more_) more_(menu);
}

QString TablePage::words(const QString& term) const {
    const QByteArray text = term.toUtf8();
    const auto tokens = items::tokensOf({text.constData(), static_cast<std::size_t>(text.size())});
    if (tokens.empty() || tokens.front().field.empty()) return term;
    const QString field = fromUtf8(tokens.front().field);
    const QString value = QString::fromUtf8(text.mid(static_cast<qsizetype>(tokens.front().value)));
    const auto column = columnNamed(field);
    QString title = field;
    for (const ViewColumn& each : view_->viewColumns())
        if (column && each.column == column && !each.title.isEmpty()) title = each.title;
    if (column && field == QLatin1String("finding")) title = tr("Finding");
    return tokens.front().negated ? tr("%1: not %2").arg(title, value) : QStringLiteral("%1: %2").arg(title, value);
}

void TablePage::keyPressEvent(QKeyEvent* event) {
    if (event->text() == QLatin1String("/")) return focusFilter();
    if (event->key() == Qt::Key_Escape && !bar_->text().isEmpty()) {
        if (bar_->field().hasFocus()) return view_->setFocus(Qt::TabFocusReason);
    }
    QWidget::keyPressEvent(event);
}

} // namespace gw::ui
