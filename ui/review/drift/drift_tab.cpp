#include "ui/review/drift/drift_tab.h"

#include "models/estate/review/drift_acceptance.h"
#include "ui/errors/answer_texts.h"
#include "ui/errors/utf8.h"
#include "ui/review/state_pages.h"
#include "ui/review/tab_panel.h"
#include "ui/review/table_page.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>

#include <algorithm>
#include <utility>

namespace gw::ui {

using estate::Drift;
using estate::DriftDirection;
using items::DriftColumn;

DriftTab::DriftTab(const ReviewContext& context, QWidget* parent) : ReviewTab(parent), context_(context) {
    setObjectName(QStringLiteral("review.drift"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    pages_ = new StatePages(objectName());
    column->addWidget(pages_);
    buildBody();
    connect(pages_, &StatePages::cancelWanted, this, &DriftTab::stop);
    auto* again = pages_->addFailedAction(tr("Compare with other files…"), QStringLiteral("file"));
    again->setObjectName(QStringLiteral("review.drift.failure.open"));
    connect(again, &QPushButton::clicked, this, &DriftTab::askForFiles);
    connect(&job_, &Job::progress, this, [this](int percent) { pages_->setProgress(percent, 100, tr("Comparing: %1 %").arg(percent)); });
    connect(&baseline_, &EstateShelf::started, this, [this] {
        declared_ = false;
        pages_->showLoading(tr("Reading the baseline…"));
    });
    connect(&baseline_, &EstateShelf::progress, this, [this](int done, int of) {
        const QLocale locale;
        pages_->setProgress(done, of, tr("Baseline: %1 of %2 files read").arg(locale.toString(done), locale.toString(of)));
    });
    connect(&baseline_, &EstateShelf::failed, pages_, &StatePages::showFailed);
    connect(&baseline_, &EstateShelf::changed, this, [this] {
        show(nullptr);
        if (review_ && baseline_.estate()) start();
    });
    rest();
}

DriftTab::~DriftTab() = default;

void DriftTab::buildBody() {
    auto* head = new Panel(Color::BgSurface);
    head->setEdges(Qt::BottomEdge);
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    row->setSpacing(space::s2);
    row->addWidget(new IconLabel(QStringLiteral("drift"), Color::DriftText));
    against_ = new Text({}, TextStyle::Strong);
    against_->setObjectName(QStringLiteral("review.drift.against"));
    against_->setElide(Qt::ElideMiddle);
    row->addWidget(against_, 1);
    gained_ = new Chip(ChipKind::Allowed, QStringLiteral("gain"), {});
    lost_ = new Chip(ChipKind::Denied, QStringLiteral("lose"), {});
    accepted_ = new Chip(ChipKind::Neutral, QStringLiteral("eye-off"), {});
    for (Chip* each : {gained_, lost_, accepted_}) row->addWidget(each);
    auto* other = new Button(tr("Other baseline…"), QStringLiteral("compare"), ButtonKind::Default);
    other->setSize(ButtonSize::Small);
    other->setObjectName(QStringLiteral("review.drift.other"));
    connect(other, &QPushButton::clicked, this, [this, other] {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        fillBaselines(*menu);
        menu->popup(other->mapToGlobal(QPoint(0, other->height() + 2)));
    });
    row->addWidget(other);
    partial_ = new PartialLine(objectName());
    table_ = new TablePage(QStringLiteral("review.drift.rows"), tr("Access gained and lost"));
    table_->setGroups({QStringLiteral("object"), QStringLiteral("change"), QStringLiteral("who"), QStringLiteral("cause"), QStringLiteral("account")});
    table_->groupBy(QStringLiteral("object"));
    panel_ = new TabPanel(QStringLiteral("review.drift.panel"));
    pages_->setBody(tableAndPanel({head, partial_}, table_, panel_));
    connect(&table_->view(), &TableView::currentChanged, this, &DriftTab::showRow);
    connect(&table_->view(), &TableView::activated, this, [this] { panel_->enter(); });
    connect(table_, &TablePage::rowsChanged, this, &DriftTab::changed);
    connect(panel_, &TabPanel::left, this, [this] { table_->view().setFocus(Qt::TabFocusReason); });
}

void DriftTab::fillBaselines(QMenu& menu) {
    connect(menu.addAction(tr("Files…")), &QAction::triggered, this, &DriftTab::askForFiles);
    connect(menu.addAction(tr("A folder…")), &QAction::triggered, this, &DriftTab::askForFolder);
    if (review_ && review_->estate->declared() != nullptr)
        connect(menu.addAction(tr("What templates and states declare")), &QAction::triggered, this, &DriftTab::compareWithDeclared);
}

std::optional<std::size_t> DriftTab::count() const {
    if (!drifted_) return std::nullopt;
    return drifted_->report.count(DriftDirection::Gained) + drifted_->report.count(DriftDirection::Lost);
}

TablePage* DriftTab::rows() {
    return pages_->showsBody() ? table_ : nullptr;
}

void DriftTab::setReview(const ReviewedPtr& review) {
    // Where only attestations are others, access is as it was.
    if (review && review_ && review->ways == review_->ways) {
        review_ = review;
        return;
    }
    const bool same = review && drifted_ && drifted_->review->estate == review->estate;
    job_.cancel();
    review_ = review;
    if (same) {
        // Only what is accepted may have changed.
        job_.run([drifted = drifted_, review](const Job::Tell&) { return settledAnew(*drifted, review); }, [this](const DriftedPtr& drifted) { show(drifted); });
        return;
    }
    show(nullptr);
    if (std::exchange(declared_, false)) baseline_.set(nullptr, {});
    // What templates and states declare is there to be compared with at once, so that its number stands in the header.
    if (!baseline_.estate() && review_ && review_->estate->declared() != nullptr) return compareWithDeclared();
    wanted_ = review_ && baseline_.estate();
    rest();
    if (wanted_) start();
}

void DriftTab::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (wanted_) start();
}

void DriftTab::start() {
    wanted_ = stopped_ = false;
    pages_->showLoading(tr("Comparing…"));
    job_.run([review = review_, baseline = baseline_.estate(), name = baseline_.name()](const Job::Tell& tell) { return compareEstates(review, baseline, name, tell); },
             [this](const DriftedPtr& drifted) {
                 if (drifted) show(drifted);
             });
}

void DriftTab::stop() {
    baseline_.cancel();
    job_.cancel();
    stopped_ = baseline_.estate() != nullptr;
    rest();
}

void DriftTab::show(const DriftedPtr& drifted) {
    const auto row = drifted_ && drifted ? table_->view().current() : std::nullopt;
    const DriftedPtr former = std::exchange(drifted_, drifted);
    table_->setTable(drifted_ ? std::shared_ptr<const items::Table>(drifted_, &drifted_->table) : nullptr, drifted_ ? columns() : std::vector<ViewColumn>(), drifted_ ? drifted_->review->now : UtcTime());
    if (row) table_->view().setCurrent(*row);
    if (drifted_) {
        tellHead();
        tellPartial();
        rest();
    }
    showRow();
    Q_EMIT changed();
}

void DriftTab::rest() {
    if (drifted_ && !drifted_->report.drifts.empty()) return pages_->showBody();
    const auto offer = [this](EmptyState& state, const char* name, const QString& words, const char* icon, ButtonKind kind, void (DriftTab::*run)()) {
        auto* button = state.addAction(words, QString::fromLatin1(icon), kind);
        button->setObjectName(QStringLiteral("review.drift.empty.") + QLatin1String(name));
        connect(button, &QPushButton::clicked, this, run);
    };
    if (drifted_) {
        QString words = tr("%1 roles, users and resources were compared with %2.")
                            .arg(QLocale().toString(static_cast<qulonglong>(drifted_->report.compared)), drifted_->baselineName.isEmpty() ? tr("the baseline") : drifted_->baselineName);
        if (!drifted_->report.unknown.empty())
            words += QLatin1Char(' ') + tr("Of %1 things only one side tells.").arg(QLocale().toString(static_cast<qulonglong>(drifted_->report.unknown.size())));
        offer(pages_->showEmpty(QStringLiteral("check"), tr("Nobody gained or lost access"), words), "open", tr("Other files…"), "file", ButtonKind::Default, &DriftTab::askForFiles);
        return;
    }
    if (stopped_) {
        offer(pages_->showEmpty(QStringLiteral("drift"), tr("The comparison was stopped"), tr("The baseline is still there.")), "again", tr("Compare again"), "compare",
              ButtonKind::Primary, &DriftTab::start);
        return;
    }
    auto& state = pages_->showEmpty(QStringLiteral("drift"), tr("Who gained access since when?"),
                                    tr("Compare with a saved estate, earlier files of AWS's command line, or templates and states. It is told as access, in "
                                       "people and resources, and not as text."));
    offer(state, "open", tr("Compare with files…"), "file", ButtonKind::Primary, &DriftTab::askForFiles);
    offer(state, "folder", tr("Compare with a folder…"), "import", ButtonKind::Default, &DriftTab::askForFolder);
}

void DriftTab::tellHead() {
    const QLocale locale;
    const auto number = [&](std::size_t count) { return locale.toString(static_cast<qulonglong>(count)); };
    const auto& report = drifted_->report;
    against_->setFullText(drifted_->baselineName.isEmpty() ? tr("Against the baseline") : tr("Against %1").arg(drifted_->baselineName));
    gained_->set(ChipKind::Allowed, QStringLiteral("gain"), tr("%1 gained").arg(number(report.count(DriftDirection::Gained))));
    lost_->set(ChipKind::Denied, QStringLiteral("lose"), tr("%1 lost").arg(number(report.count(DriftDirection::Lost))));
    const auto accepted = static_cast<std::size_t>(std::count_if(report.drifts.begin(), report.drifts.end(), [](const Drift& each) { return each.isAccepted(); }));
    accepted_->set(ChipKind::Neutral, QStringLiteral("eye-off"), tr("%1 accepted").arg(number(accepted)));
    accepted_->setVisible(accepted > 0);
}

void DriftTab::tellPartial() {
    const auto& report = drifted_->report;
    QStringList words;
    if (!report.unknown.empty())
        words.append(tr("not compared, since only one side tells: %n", nullptr, static_cast<int>(report.unknown.size())) + QStringLiteral(" (") +
                     gapText(report.unknown.front()) + (report.unknown.size() > 1 ? QStringLiteral(" …)") : QStringLiteral(")")));
    if (!report.exhaustive) words.append(tr("there may be more: not everything could be tried"));
    if (const auto problems = drifted_->baseline->problems().size(); problems > 0) words.append(tr("problems in the baseline's files: %n", nullptr, static_cast<int>(problems)));
    if (drifted_->review->rulesProblem) words.append(tr("the rules file cannot be used, so nothing is accepted"));
    partial_->setWords(words);
}

std::vector<ViewColumn> DriftTab::columns() const {
    // Borrowed: it goes together with the table.
    const Drifted* of = drifted_.get();
    const auto drift = [of](std::size_t row) -> const Drift& { return of->report.drifts[row]; };
    const auto column = [of](DriftColumn which, const QString& title, int least, int share, int rank, CellLook look = CellLook::Text) {
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
    const auto quiet = [drift](std::size_t row) { return drift(row).isAccepted() ? CellTone::Quiet : CellTone::Plain; };
    std::vector<ViewColumn> columns;
    columns.push_back(column(DriftColumn::Change, tr("Change"), 84, 0, 0));
    columns.back().text = [drift](std::size_t row) { return directionWord(drift(row).direction); };
    columns.back().mark = [drift](std::size_t row) {
        const bool gained = drift(row).direction == DriftDirection::Gained;
        const Color color = drift(row).isAccepted() ? Color::TextTertiary : gained ? Color::AllowedText : Color::DeniedText;
        return CellMark{gained ? QStringLiteral("gain") : QStringLiteral("lose"), color};
    };
    columns.push_back(column(DriftColumn::Who, tr("Who"), 120, 3, 0));
    columns.back().text = [drift](std::size_t row) { return drift(row).principal.empty() ? tr("the resource") : whoWords(drift(row)); };
    columns.push_back(column(DriftColumn::What, tr("What"), 110, 8, 0));
    columns.push_back(column(DriftColumn::Group, tr("By"), 90, 2, 3));
    columns.back().text = [drift](std::size_t row) {
        const auto& groups = drift(row).groups;
        if (groups.empty()) return QString();
        return groups.size() == 1 ? fromUtf8(groups.front()) : tr("%1 and %2 more").arg(fromUtf8(groups.front())).arg(groups.size() - 1);
    };
    columns.push_back(column(DriftColumn::People, tr("People"), 56, 0, 1, CellLook::Number));
    columns.back().right = true;
    columns.push_back(column(DriftColumn::Cause, tr("Cause"), 100, 0, 4));
    columns.back().text = [drift](std::size_t row) { return causeWord(drift(row).cause); };
    columns.push_back(column(DriftColumn::State, tr("State"), 84, 0, 2));
    columns.back().text = [drift](std::size_t row) {
        const Drift& each = drift(row);
        return each.isAccepted() ? tr("accepted") : each.acceptance ? tr("acceptance ended") : tr("open");
    };
    for (ViewColumn& each : columns) each.tone = quiet;
    columns.back().tone = [drift](std::size_t row) {
        const Drift& each = drift(row);
        return each.acceptance && !each.isAccepted() ? CellTone::Warning : CellTone::Quiet;
    };
    columns.push_back(column(DriftColumn::Object, tr("Object"), 120, 2, 5));
    columns.back().shown = false;
    columns.push_back(column(DriftColumn::Account, tr("Account"), 100, 2, 6));
    columns.back().shown = false;
    return columns;
}

void DriftTab::askForFiles() {
    auto* dialog = new QFileDialog(this, tr("Choose what to compare with"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, &baseline_, &EstateShelf::load);
    dialog->open();
}

void DriftTab::askForFolder() {
    auto* dialog = new QFileDialog(this, tr("Choose a folder to compare with"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::filesSelected, &baseline_, &EstateShelf::load);
    dialog->open();
}

void DriftTab::compareWithDeclared() {
    if (!review_ || review_->estate->declared() == nullptr) return;
    // It is a part of the estate, and lives as long.
    declared_ = true;
    baseline_.set({review_->estate, review_->estate->declared()}, tr("what is declared"));
}

bool DriftTab::take(const QStringList& files) {
    baseline_.load(files);
    return true;
}

bool DriftTab::explainRow() {
    const auto row = table_->view().current();
    if (!drifted_ || !row) return false;
    const Drift& drift = drifted_->report.drifts[*row];
    if (context_.ask && !drift.action.empty() && !drift.principal.empty() && drift.cause != estate::DriftCause::Assignment) {
        context_.ask(fromUtf8(drift.principal), fromUtf8(drift.action), fromUtf8(drift.resource));
        return true;
    }
    if (drifted_->review->estate->role(drift.object) == nullptr) return false;
    context_.explain(fromUtf8(drift.object));
    return true;
}

} // namespace gw::ui
