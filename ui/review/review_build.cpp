// How the Review screen is put together, what it shows without a review, and how files come into it.
#include "models/store/on_worker.h"
#include "models/store/when_done.h"
#include "ui/errors/utf8.h"
#include "ui/errors_text.h"
#include "ui/estate/dragged_files.h"
#include "ui/review/calendar/calendar_tab.h"
#include "ui/review/calendar/next_dates.h"
#include "ui/review/campaigns/campaigns_page.h"
#include "ui/review/drift/drift_tab.h"
#include "ui/review/live/live_page.h"
#include "ui/review/review_page.h"
#include "ui/review/row_panel.h"
#include "ui/review/severity_strip.h"
#include "ui/review/state_pages.h"
#include "ui/review/unused/unused_tab.h"
#include "ui/shell/header_tabs.h"
#include "ui/widgets/drop_hint.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QPointer>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <set>

namespace gw::ui {
namespace {

const QString screenId = QStringLiteral("review");

} // namespace

void ReviewPage::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    pages_ = new StatePages(screenId);
    outer_ = new QStackedWidget;
    outer_->addWidget(pages_);
    column->addWidget(outer_);
    tabs_ = new HeaderTabs(QStringLiteral("review.tabs"), this);
    tabs_->setAccessibleName(tr("Review"));
    bodies_ = new QStackedWidget;
    bodies_->addWidget(buildTables());
    drift_ = new DriftTab(context_);
    addTab(drift_);
    unused_ = new UnusedTab(context_);
    addTab(unused_);
    calendar_ = new CalendarTab(context_);
    addTab(calendar_);
    campaigns_ = new CampaignsPage(context_);
    addTab(campaigns_);
    outer_->addWidget(campaigns_); // in place of the others' stack
    if (context_.live != nullptr) buildLive();
    connect(calendar_, &CalendarTab::datesChanged, this, [this] { nextDates_->setDates(calendar_->dates()); });
    connect(nextDates_, &NextDates::opened, this, [this](quint32 entry) {
        showTab(Calendar);
        calendar_->showEntry(entry);
    });
    pages_->setBody(bodies_);
    tellTabs();
    connect(tabs_, &QTabBar::currentChanged, this, &ReviewPage::turn);
    // The one that is current leads back from what stands in its place.
    connect(tabs_, &QTabBar::tabBarClicked, this, [this](int tab) {
        if (tab == tabs_->currentIndex() && live_ != nullptr && outer_->currentWidget() == live_) turn(tab);
    });
    connect(pages_, &StatePages::cancelWanted, this, [this] {
        context_.shelf.cancel();
        runner_.cancel();
        running_ = false;
        wanted_ = false;
        rest();
    });
    auto* again = pages_->addFailedAction(tr("Open other files…"), QStringLiteral("file"));
    again->setObjectName(QStringLiteral("review.failure.open"));
    connect(again, &QPushButton::clicked, this, &ReviewPage::askForFiles);
    dropHint_ = new DropHint({}, this);
}

void ReviewPage::buildLive() {
    live_ = new LivePage(*context_.live);
    live_->setProperty(MainWindow::paneProperty, true);
    outer_->addWidget(live_);
    connect(live_, &LivePage::left, this, [this] {
        turn(tabs_->currentIndex());
        setFocus(Qt::OtherFocusReason);
    });
    connect(live_, &LivePage::reviewWanted, this, &ReviewPage::reviewLive);
    connect(live_, &LivePage::ended, this, [this] {
        const cloud::ReadOutcome& outcome = *live_->desk().outcome();
        const bool whole = !outcome.stopped && outcome.gaps.empty() && !outcome.files.empty();
        if (live_->isVisible()) {
            if (whole) reviewLive();
            return;
        }
        context_.window.showToast({QStringLiteral("review.live"), outcome.stopped ? ToastKind::Error : ToastKind::Good, outcome.stopped ? explain(*outcome.stopped).title : tr("AWS was read"),
                                   outcome.gaps.empty() ? QString() : tr("%n call(s) not answered", nullptr, static_cast<int>(outcome.gaps.size())), tr("Show"),
                                   [self = QPointer<ReviewPage>(this)] {
                                       if (!self) return;
                                       self->context_.window.showScreen(screenId);
                                       self->outer_->setCurrentWidget(self->live_);
                                       self->live_->showRun();
                                   }});
    });
}

void ReviewPage::readAws() {
    if (live_ == nullptr) return;
    outer_->setCurrentWidget(live_);
    live_->open();
}

// What was read becomes what is reviewed, as files of it would.
void ReviewPage::reviewLive() {
    turn(tabs_->currentIndex());
    setFocus(Qt::OtherFocusReason);
    context_.shelf.loadAs(live_->files(), live_->name());
}

// In the order of their enumerators.
void ReviewPage::addTab(ReviewTab* widget) {
    bodies_->addWidget(widget);
    others_.push_back(widget);
    widget->setProperty(MainWindow::paneProperty, true);
    connect(widget, &ReviewTab::acceptWanted, this, [this](const estate::review::AcceptedFinding& accepted, const QString& title, int days) {
        accept(accepted, tr("Accepted until %1"), title, days);
    });
    connect(widget, &ReviewTab::changed, this, [this] {
        tellTabs();
        Q_EMIT shown();
    });
}

QWidget* ReviewPage::buildTables() {
    auto* body = new QWidget;
    auto* row = new QHBoxLayout(body);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* left = new QVBoxLayout;
    left->setSpacing(0);
    strip_ = new SeverityStrip;
    left->addWidget(strip_);
    partial_ = new PartialLine(screenId);
    left->addWidget(partial_);
    tables_ = new QStackedWidget;
    mapping_ = new TablePage(QStringLiteral("review.mapping"), tr("Mapping: who gets which role"));
    mapping_->setGroups({QStringLiteral("role"), QStringLiteral("group"), QStringLiteral("account"), QStringLiteral("provider"), QStringLiteral("env"), QStringLiteral("privilege")});
    mapping_->setOrder(QStringLiteral("finding"), true);
    findings_ = new TablePage(QStringLiteral("review.findings"), tr("Findings"));
    findings_->setGroups({QStringLiteral("rule"), QStringLiteral("object"), QStringLiteral("account")});
    for (TablePage* page : {mapping_, findings_}) {
        tables_->addWidget(page);
        page->setMoreMenu([this, page](QMenu& menu) {
            menu.addSection(tr("Views"));
            for (const SavedView& view : views_.all())
                if (view.table == page->objectName())
                    connect(menu.addAction(view.name), &QAction::triggered, this, [page, state = view.state] { page->setState(state); });
            connect(menu.addAction(tr("Save the view…")), &QAction::triggered, this, &ReviewPage::saveView);
        });
        page->setProperty(MainWindow::paneProperty, true);
        connect(&page->view(), &TableView::currentChanged, this, &ReviewPage::showRow);
        connect(&page->view(), &TableView::selectionChanged, this, &ReviewPage::showRow);
        connect(page, &TablePage::copied, this, [this](std::size_t rows) {
            if (rows > 1) context_.window.showToast({QStringLiteral("review.copied"), ToastKind::Good, tr("%n row(s) copied", nullptr, static_cast<int>(rows)), {}, {}, {}});
        });
        connect(&page->view(), &TableView::activated, this, [this] { panel_->enter(); });
        connect(page, &TablePage::rowsChanged, this, &ReviewPage::shown);
        if (page == mapping_) connect(page, &TablePage::rowsChanged, this, &ReviewPage::showSought);
        connect(&page->bar(), &FilterBar::named, this, [this, page](const QString& name) { nameView(*page, name); });
        connect(&page->view(), &TableView::menuWanted, this, [this](const QPoint& at) {
            auto* menu = new QMenu(this);
            menu->setAttribute(Qt::WA_DeleteOnClose);
            for (const char* id : {"review.attest", "review.explain", "review.who-can", "review.copy"})
                if (QAction* action = context_.actions.action(QLatin1String(id))) menu->addAction(action);
            menu->popup(at);
        });
    }
    left->addWidget(tables_, 1);
    nextDates_ = new NextDates;
    left->addWidget(nextDates_);
    row->addLayout(left, 1);
    panel_ = new RowPanel;
    panel_->setProperty(MainWindow::paneProperty, true);
    panel_->showNothing();
    row->addWidget(panel_);
    connect(panel_, &RowPanel::left, this, [this] { table().view().setFocus(Qt::TabFocusReason); });
    connect(panel_, &RowPanel::explainWanted, this, [this](const QString& role) {
        if (!role.isEmpty()) context_.explain(role);
    });
    connect(panel_, &RowPanel::actionWanted, this, [this](const QString& id) {
        if (QAction* action = context_.actions.action(id)) action->trigger();
    });
    connect(panel_, &RowPanel::suppressWanted, this, &ReviewPage::suppress);
    connect(strip_, &SeverityStrip::chosen, this, [this](policy::lint::Severity severity) {
        table().addTerm(QStringLiteral("finding:") + fromUtf8(policy::lint::severityName(severity)));
    });
    return body;
}

void ReviewPage::addHeaderTabs() {
    context_.window.setHeaderTabs(QStringLiteral("review"), tabs_);
}

void ReviewPage::connectShelf() {
    connect(&context_.shelf, &EstateShelf::started, this, [this] {
        // What has it goes, and it must not go astray.
        const QWidget* focused = QApplication::focusWidget();
        if (focused != nullptr && pages_->isAncestorOf(focused)) setFocus(Qt::OtherFocusReason);
        pages_->showLoading(tr("Reading…"));
    });
    connect(&context_.shelf, &EstateShelf::progress, this, [this](int done, int of) {
        const QLocale locale;
        pages_->setProgress(done, of, tr("%1 of %2 files read").arg(locale.toString(done), locale.toString(of)));
    });
    connect(&context_.shelf, &EstateShelf::changed, this, &ReviewPage::estateChanged);
    connect(&context_.shelf, &EstateShelf::changed, this, &ReviewPage::indexReach);
    indexReach();
    connect(&context_.shelf, &EstateShelf::failed, pages_, &StatePages::showFailed);
    wanted_ = context_.shelf.estate() != nullptr;
}

// What is there to be seen while nothing is under way.
void ReviewPage::rest() {
    if (review_) return pages_->showBody();
    if (context_.shelf.estate() && !wanted_) {
        auto& stopped = pages_->showEmpty(screenId, tr("The review was stopped"), tr("What was read is still there."));
        auto* again = stopped.addAction(tr("Review it"), QStringLiteral("review"), ButtonKind::Primary);
        again->setObjectName(QStringLiteral("review.empty.again"));
        connect(again, &QPushButton::clicked, this, &ReviewPage::start);
        return;
    }
    auto& empty = pages_->showEmpty(screenId, tr("Who gets which role, and is that right?"),
                                    tr("Open what AWS's command line says of your accounts, and who is in which group: files or a folder. They stay on "
                                       "this computer."));
    auto* open = empty.addAction(tr("Open files…"), QStringLiteral("file"), ButtonKind::Primary);
    open->setObjectName(QStringLiteral("review.empty.open"));
    connect(open, &QPushButton::clicked, this, &ReviewPage::askForFiles);
    auto* folder = empty.addAction(tr("Open a folder…"), QStringLiteral("import"), ButtonKind::Default);
    folder->setObjectName(QStringLiteral("review.empty.folder"));
    connect(folder, &QPushButton::clicked, this, &ReviewPage::askForFolder);
    if (live_ == nullptr) return;
    auto* aws = empty.addAction(tr("Read from AWS…"), QStringLiteral("globe"), ButtonKind::Default);
    aws->setObjectName(QStringLiteral("review.empty.aws"));
    connect(aws, &QPushButton::clicked, this, &ReviewPage::readAws);
}

// Rules that lacked their data are named, never silently passed.
void ReviewPage::tellPartial() {
    std::set<std::string_view> rules, needs;
    for (const auto& each : review_->review.notChecked) {
        rules.insert(each.rule);
        needs.insert(each.needs);
    }
    const std::size_t problems = review_->estate->problems().size();
    QStringList words;
    if (!rules.empty()) {
        QStringList missing;
        for (const std::string_view each : needs) missing.append(fromUtf8(each).replace(QLatin1Char('_'), QLatin1Char(' ')));
        words.append(tr("%n rule(s) not checked, for want of: %1", nullptr, static_cast<int>(rules.size())).arg(missing.join(QStringLiteral(", "))));
    }
    if (problems > 0) words.append(tr("%n problem(s) in what was read", nullptr, static_cast<int>(problems)));
    if (review_->rulesProblem) words.prepend(explain(*review_->rulesProblem).title);
    partial_->setWords(words);
}

void ReviewPage::askForFiles() {
    auto* dialog = new QFileDialog(this, tr("Choose what tells of the organisation"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, &context_.shelf, &EstateShelf::load);
    dialog->open();
}

void ReviewPage::askForFolder() {
    auto* dialog = new QFileDialog(this, tr("Choose a folder that tells of the organisation"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::filesSelected, &context_.shelf, &EstateShelf::load);
    dialog->open();
}

void ReviewPage::exportRows(ExportFormat format) {
    auto* dialog = new QFileDialog(this, tr("Save what the review shows"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    QStringList filters;
    for (const ExportFormat each : exportFormats) filters.append(exportFilter(each));
    dialog->setNameFilters(filters);
    const auto chosen = [filters](const QString& filter) { return exportFormats[std::max(qsizetype{0}, filters.indexOf(filter))]; };
    const auto turn = [dialog](ExportFormat to) {
        dialog->setDefaultSuffix(exportEnding(to));
        dialog->selectFile(QStringLiteral("review.") + exportEnding(to));
    };
    dialog->selectNameFilter(exportFilter(format));
    turn(format);
    connect(dialog, &QFileDialog::filterSelected, dialog, [chosen, turn](const QString& filter) { turn(chosen(filter)); });
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog, chosen](const QString& path) {
        const ExportFormat as = exportFormatOf(path).value_or(chosen(dialog->selectedNameFilter()));
        whenDone(onWorker([what = exported(), as, path] { return saveExport(what, as, path); }), this, [this, path](const QString& problem) {
            const bool saved = problem.isEmpty();
            context_.window.showToast({QStringLiteral("review.export"), saved ? ToastKind::Good : ToastKind::Error,
                                       saved ? tr("It was saved") : tr("The file cannot be written"), saved ? path : problem, {}, {}});
        });
    });
    dialog->open();
}

void ReviewPage::saveView() {
    if (!review_ || otherTab() != nullptr) return;
    QStringList taken;
    for (const SavedView& view : views_.all())
        if (view.table == table().objectName()) taken.append(view.name);
    table().bar().askName(taken);
}

void ReviewPage::nameView(TablePage& page, const QString& name) {
    views_.put({page.objectName(), name, page.state()});
    if (context_.saveViews) context_.saveViews(views_.toJson());
    context_.window.showToast({QStringLiteral("review.view"), ToastKind::Good, tr("The view was saved"), name, {}, {}});
}

void ReviewPage::dragEnterEvent(QDragEnterEvent* event) {
    if (localFiles(event->mimeData()).isEmpty()) return;
    event->acceptProposedAction();
    const ReviewTab* tab = review_ ? otherTab() : nullptr;
    const QString words = tab != nullptr ? tab->dropWords() : QString();
    dropHint_->setWords(words.isEmpty() ? tr("Let go to review it") : words);
    dropHint_->appear();
}

void ReviewPage::dragLeaveEvent(QDragLeaveEvent*) {
    dropHint_->hide();
}

void ReviewPage::dropEvent(QDropEvent* event) {
    dropHint_->hide();
    event->acceptProposedAction();
    const QStringList files = localFiles(event->mimeData());
    if (ReviewTab* tab = review_ ? otherTab() : nullptr; tab == nullptr || !tab->take(files)) context_.shelf.load(files);
}

} // namespace gw::ui
