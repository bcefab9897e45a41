// How the Review screen is put together, what it shows without a review, and how files come into it.
#include "ui/errors/utf8.h"
#include "ui/errors_text.h"
#include "ui/review/review_page.h"
#include "ui/review/row_panel.h"
#include "ui/review/severity_strip.h"
#include "ui/widgets/drop_hint.h"
#include "ui/widgets/states.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLocale>
#include <QMenu>
#include <QMimeData>
#include <QProgressBar>
#include <QSaveFile>
#include <QStackedWidget>
#include <QTabBar>
#include <QUrl>
#include <QVBoxLayout>

#include <set>

namespace gw::ui {
namespace {

constexpr int progressWidth = 320;

// As high as the header, so that their words stand on the line of its title.
class HeaderTabs : public QTabBar {
public:
    using QTabBar::QTabBar;

protected:
    [[nodiscard]] QSize tabSizeHint(int index) const override { return {QTabBar::tabSizeHint(index).width(), size::header - 1}; }
};

QStringList localFiles(const QMimeData* dragged) {
    QStringList files;
    for (const QUrl& url : dragged->urls())
        if (url.isLocalFile()) files.append(url.toLocalFile());
    return files;
}

} // namespace

void ReviewPage::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    stack_ = new QStackedWidget;
    column->addWidget(stack_);
    for (QWidget* page : std::initializer_list<QWidget*>{buildTables(), buildEmpty(), buildLoading(), buildFailed()}) stack_->addWidget(page);
    dropHint_ = new DropHint(tr("Let go to review it"), this);
}

QWidget* ReviewPage::buildTables() {
    tabs_ = new HeaderTabs(this);
    tabs_->setObjectName(QStringLiteral("review.tabs"));
    tabs_->setAccessibleName(tr("Review"));
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    tabs_->addTab(tr("Mapping"));
    tabs_->addTab(tr("Findings"));
    body_ = new QWidget;
    auto* row = new QHBoxLayout(body_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* left = new QVBoxLayout;
    left->setSpacing(0);
    strip_ = new SeverityStrip;
    left->addWidget(strip_);
    auto* partial = new Panel(Color::BgSurface);
    partial->setEdges(Qt::BottomEdge);
    auto* line = new QHBoxLayout(partial);
    line->setContentsMargins(space::s4, space::s1 + 2, space::s4, space::s1 + 2);
    line->setSpacing(space::s2);
    line->addWidget(new IconLabel(QStringLiteral("info"), Color::TextTertiary));
    partialText_ = new Text({}, TextStyle::Small, Color::TextSecondary);
    partialText_->setObjectName(QStringLiteral("review.partial"));
    partialText_->setElide(Qt::ElideRight);
    line->addWidget(partialText_, 1);
    partial_ = partial;
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
        connect(&page->view(), &TableView::activated, this, [this] { panel_->enter(); });
        connect(page, &TablePage::rowsChanged, this, &ReviewPage::shown);
        connect(&page->view(), &TableView::menuWanted, this, [this](const QPoint& at) {
            auto* menu = new QMenu(this);
            menu->setAttribute(Qt::WA_DeleteOnClose);
            for (const char* id : {"review.attest", "review.explain", "review.copy"})
                if (QAction* action = context_.actions.action(QLatin1String(id))) menu->addAction(action);
            menu->popup(at);
        });
    }
    left->addWidget(tables_, 1);
    row->addLayout(left, 1);
    panel_ = new RowPanel;
    panel_->setProperty(MainWindow::paneProperty, true);
    panel_->showNothing();
    row->addWidget(panel_);
    connect(panel_, &RowPanel::left, this, [this] { table().view().setFocus(Qt::TabFocusReason); });
    connect(panel_, &RowPanel::explainWanted, this, [this](const QString& role) {
        if (!role.isEmpty()) context_.explain(role);
    });
    connect(panel_, &RowPanel::suppressWanted, this, &ReviewPage::suppress);
    connect(strip_, &SeverityStrip::chosen, this, [this](policy::lint::Severity severity) {
        table().addTerm(QStringLiteral("finding:") + fromUtf8(policy::lint::severityName(severity)));
    });
    connect(tabs_, &QTabBar::currentChanged, this, [this](int tab) {
        tables_->setCurrentWidget(tab == Findings ? findings_ : mapping_);
        showRow();
        Q_EMIT shown();
    });
    return body_;
}

void ReviewPage::addHeaderTabs() {
    context_.window.setHeaderTabs(QStringLiteral("review"), tabs_);
}

QWidget* ReviewPage::buildEmpty() {
    auto* page = new Panel(Color::BgSurface);
    auto* column = new QVBoxLayout(page);
    emptyState_ = new EmptyState(QStringLiteral("review"), {}, {});
    emptyState_->setObjectName(QStringLiteral("review.empty"));
    column->addStretch(2);
    column->addWidget(emptyState_);
    column->addStretch(3);
    return empty_ = page;
}

QWidget* ReviewPage::buildLoading() {
    auto* page = new Panel(Color::BgSurface);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(space::s4, space::s3, space::s4, space::s3);
    progressText_ = new Text({}, TextStyle::Body, Color::TextPrimary);
    progressText_->setObjectName(QStringLiteral("review.progress.text"));
    row->addWidget(progressText_, 1);
    auto* cancel = new Button(tr("Cancel"), {}, ButtonKind::Default);
    cancel->setObjectName(QStringLiteral("review.cancel"));
    connect(cancel, &QPushButton::clicked, this, [this] {
        context_.shelf.cancel();
        runner_.cancel();
        wanted_ = false;
        rest();
    });
    row->addWidget(cancel);
    column->addLayout(row);
    progress_ = new QProgressBar;
    progress_->setObjectName(QStringLiteral("review.progress"));
    progress_->setAccessibleName(tr("Progress"));
    progress_->setTextVisible(false);
    progress_->setMinimumWidth(progressWidth);
    column->addWidget(progress_);
    column->addWidget(new LoadingRows(tr("Rows are being made")), 1);
    return loading_ = page;
}

QWidget* ReviewPage::buildFailed() {
    auto* page = new Panel(Color::BgSurface);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(space::s6, space::s6, space::s6, space::s6);
    auto* card = new Card;
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(0, 0, 0, 0);
    failure_ = new ErrorState;
    failure_->setObjectName(QStringLiteral("review.failure"));
    inside->addWidget(failure_);
    column->addWidget(card);
    column->addStretch(1);
    auto* again = failure_->addAction(tr("Open other files…"), QStringLiteral("file"), ButtonKind::Primary);
    again->setObjectName(QStringLiteral("review.failure.open"));
    connect(again, &QPushButton::clicked, this, &ReviewPage::askForFiles);
    return failedPage_ = page;
}

void ReviewPage::connectShelf() {
    connect(&context_.shelf, &EstateShelf::started, this, [this] {
        progress_->setRange(0, 0);
        progressText_->setFullText(tr("Reading…"));
        stack_->setCurrentWidget(loading_);
    });
    connect(&context_.shelf, &EstateShelf::progress, this, [this](int done, int of) {
        progress_->setRange(0, of);
        progress_->setValue(done);
        const QLocale locale;
        progressText_->setFullText(tr("%1 of %2 files read").arg(locale.toString(done), locale.toString(of)));
    });
    connect(&context_.shelf, &EstateShelf::changed, this, &ReviewPage::estateChanged);
    connect(&context_.shelf, &EstateShelf::failed, this, [this](const Error& error) {
        const ErrorText words = explain(error);
        failure_->set(words.title, words.why, words.whatToDo, words.details);
        stack_->setCurrentWidget(failedPage_);
    });
    wanted_ = context_.shelf.estate() != nullptr;
}

// What is there to be seen while nothing is under way.
void ReviewPage::rest() {
    if (review_) return stack_->setCurrentWidget(body_);
    stack_->setCurrentWidget(empty_);
    emptyState_->clearActions();
    if (context_.shelf.estate() && !wanted_) {
        emptyState_->set(QStringLiteral("review"), tr("The review was stopped"), tr("What was read is still there."));
        auto* again = emptyState_->addAction(tr("Review it"), QStringLiteral("review"), ButtonKind::Primary);
        again->setObjectName(QStringLiteral("review.empty.again"));
        connect(again, &QPushButton::clicked, this, &ReviewPage::start);
        return;
    }
    emptyState_->set(QStringLiteral("review"), tr("Who gets which role, and is that right?"),
                     tr("Open what AWS's command line says of your accounts, and who is in which group: files or a folder. They stay on "
                        "this computer."));
    auto* open = emptyState_->addAction(tr("Open files…"), QStringLiteral("file"), ButtonKind::Primary);
    open->setObjectName(QStringLiteral("review.empty.open"));
    connect(open, &QPushButton::clicked, this, &ReviewPage::askForFiles);
    auto* folder = emptyState_->addAction(tr("Open a folder…"), QStringLiteral("import"), ButtonKind::Default);
    folder->setObjectName(QStringLiteral("review.empty.folder"));
    connect(folder, &QPushButton::clicked, this, &ReviewPage::askForFolder);
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
    partialText_->setFullText(words.join(QStringLiteral("; ")));
    partial_->setVisible(!words.isEmpty());
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

void ReviewPage::exportRows(Format format) {
    const QString ending = format == Format::Csv ? QStringLiteral("csv") : QStringLiteral("json");
    auto* dialog = new QFileDialog(this, tr("Save the rows that are shown"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(ending);
    dialog->selectFile(QStringLiteral("review.") + ending);
    connect(dialog, &QFileDialog::fileSelected, this, [this, format](const QString& path) {
        QSaveFile file(path);
        const bool saved = file.open(QIODevice::WriteOnly) && file.write(exported(format)) >= 0 && file.commit();
        context_.window.showToast({QStringLiteral("review.export"), saved ? ToastKind::Good : ToastKind::Error,
                                   saved ? tr("The rows were saved") : tr("The file cannot be written"), saved ? path : file.errorString(), {}, {}});
    });
    dialog->open();
}

void ReviewPage::saveView() {
    if (!review_) return;
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("review.view-name"));
    dialog->setWindowTitle(tr("Save the view"));
    dialog->setLabelText(tr("Name of the view"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& name) {
        if (name.trimmed().isEmpty()) return;
        views_.put({table().objectName(), name.trimmed(), table().state()});
        if (context_.saveViews) context_.saveViews(views_.toJson());
        context_.window.showToast({QStringLiteral("review.view"), ToastKind::Good, tr("The view was saved"), name.trimmed(), {}, {}});
    });
    dialog->open();
}

void ReviewPage::dragEnterEvent(QDragEnterEvent* event) {
    if (localFiles(event->mimeData()).isEmpty()) return;
    event->acceptProposedAction();
    dropHint_->appear();
}

void ReviewPage::dragLeaveEvent(QDragLeaveEvent*) {
    dropHint_->hide();
}

void ReviewPage::dropEvent(QDropEvent* event) {
    dropHint_->hide();
    event->acceptProposedAction();
    context_.shelf.load(localFiles(event->mimeData()));
}

} // namespace gw::ui
