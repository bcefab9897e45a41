// What the Explain screen shows without an answer, and how files come into it.
#include "models/estate/inventory.h"
#include "models/store/on_worker.h"
#include "models/store/when_done.h"
#include "ui/errors/utf8.h"
#include "ui/errors_text.h"
#include "ui/estate/dragged_files.h"
#include "ui/explain/answers_view.h"
#include "ui/explain/explain_page.h"
#include "ui/explain/explain_view.h"
#include "ui/widgets/drop_hint.h"
#include "ui/widgets/scroll_column.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QProgressBar>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace gw::ui {
namespace {

PickItems principalItems(const estate::Estate& estate) {
    std::vector<PickItem> items;
    for (const auto& each : estate::principalsOf(estate))
        items.push_back({QStringLiteral("%1, %2").arg(fromUtf8(each.name), fromUtf8(each.accountName)), fromUtf8(each.arn),
                         each.kind == policy::PrincipalKind::User ? QStringLiteral("person") : QStringLiteral("role")});
    return std::make_shared<const std::vector<PickItem>>(std::move(items));
}

PickItems resourceItems(const estate::Estate& estate) {
    std::vector<PickItem> items;
    for (const auto& each : estate::resourcesOf(estate)) {
        const QString where = each.parent.empty() ? fromUtf8(each.accountName) : fromUtf8(each.parent);
        items.push_back({QStringLiteral("%1, %2").arg(fromUtf8(each.name.empty() ? each.arn : each.name), where), fromUtf8(each.arn), {}});
    }
    return std::make_shared<const std::vector<PickItem>>(std::move(items));
}

constexpr int progressWidth = 320;
// Files that cannot be used, named in the line below the question.
constexpr std::size_t mostNamed = 3;

QString problemText(const Error& problem) {
    const QString file = QFileInfo(fromUtf8(problem.fact("file"))).fileName();
    const QString line = fromUtf8(problem.fact("line"));
    const ErrorText words = explain(problem);
    const QString place = line.isEmpty() ? file : ExplainPage::tr("%1, line %2", "file, line").arg(file, line);
    return place.isEmpty() ? words.title : QStringLiteral("%1: %2").arg(place, words.title);
}

} // namespace

void ExplainPage::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    bar_ = new QuestionBar;
    bar_->setProperty(MainWindow::paneProperty, true);
    column->addWidget(bar_);
    auto* problems = new Panel(Color::BgSurface);
    problems->setEdges(Qt::BottomEdge);
    auto* row = new QHBoxLayout(problems);
    row->setContentsMargins(space::s4, space::s1 + 2, space::s4, space::s1 + 2);
    row->setSpacing(space::s2);
    row->addWidget(new IconLabel(QStringLiteral("warning"), Color::ExpiringText));
    problemsText_ = new Text({}, TextStyle::Small, Color::ExpiringText);
    problemsText_->setObjectName(QStringLiteral("explain.problems"));
    problemsText_->setWordWrap(true);
    row->addWidget(problemsText_, 1);
    problems_ = problems;
    problems_->hide();
    column->addWidget(problems_);
    stack_ = new QStackedWidget;
    column->addWidget(stack_, 1);
    column->addStretch(0); // takes the place of an answer that makes room
    view_ = new ExplainView;
    answers_ = new AnswersView;
    for (QWidget* page : std::initializer_list<QWidget*>{buildEmpty(), buildLoading(), buildFailed(), view_, answers_})
        stack_->addWidget(page);
    dropHint_ = new DropHint(tr("Let go to ask about it"), this);
}

QWidget* ExplainPage::buildEmpty() {
    // With a policy being written above it a small window has no room for all of it.
    auto* page = new ScrollColumn;
    auto* column = page->column();
    emptyState_ = new EmptyState(QStringLiteral("explain"), {}, {});
    emptyState_->setObjectName(QStringLiteral("explain.empty"));
    column->addStretch(2);
    column->addWidget(emptyState_);
    column->addStretch(3);
    return empty_ = page;
}

QWidget* ExplainPage::buildLoading() {
    auto* page = new Panel(Color::BgSurface);
    auto* column = new QVBoxLayout(page);
    column->setSpacing(space::s3);
    progressText_ = new Text({}, TextStyle::Body, Color::TextSecondary);
    progressText_->setObjectName(QStringLiteral("explain.progress.text"));
    progress_ = new QProgressBar;
    progress_->setObjectName(QStringLiteral("explain.progress"));
    progress_->setAccessibleName(tr("Progress"));
    progress_->setTextVisible(false);
    progress_->setFixedWidth(progressWidth);
    auto* cancel = new Button(tr("Cancel"), {}, ButtonKind::Default);
    cancel->setObjectName(QStringLiteral("explain.cancel"));
    connect(cancel, &QPushButton::clicked, this, [this] {
        ++asked_;
        stopList();
        context_.shelf.cancel();
        rest();
    });
    column->addStretch(2);
    column->addWidget(progressText_, 0, Qt::AlignHCenter);
    column->addWidget(progress_, 0, Qt::AlignHCenter);
    column->addWidget(cancel, 0, Qt::AlignHCenter);
    column->addStretch(3);
    return loading_ = page;
}

QWidget* ExplainPage::buildFailed() {
    auto* page = new Panel(Color::BgSurface);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(space::s6, space::s6, space::s6, space::s6);
    auto* card = new Card;
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(0, 0, 0, 0);
    failure_ = new ErrorState;
    failure_->setObjectName(QStringLiteral("explain.failure"));
    inside->addWidget(failure_);
    column->addWidget(card);
    column->addStretch(1);
    auto* again = failure_->addAction(tr("Open other files…"), QStringLiteral("file"), ButtonKind::Primary);
    again->setObjectName(QStringLiteral("explain.failure.open"));
    connect(again, &QPushButton::clicked, this, &ExplainPage::askForFiles);
    return failedPage_ = page;
}

void ExplainPage::connectShelf() {
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
    connect(&context_.shelf, &EstateShelf::changed, this, &ExplainPage::estateChanged);
    connect(&context_.shelf, &EstateShelf::failed, this, [this](const Error& error) {
        const ErrorText words = explain(error);
        failure_->set(words.title, words.why, words.whatToDo, words.details);
        stack_->setCurrentWidget(failedPage_);
    });
}

void ExplainPage::fillLists() {
    const std::shared_ptr<const estate::Estate> estate = context_.shelf.estate();
    if (!estate) {
        bar_->setPrincipals(nullptr);
        bar_->setResources(nullptr);
        return;
    }
    ++waiting_;
    whenDone(onWorker([estate] { return std::pair(principalItems(*estate), resourceItems(*estate)); }), this,
             [this, estate](const std::pair<PickItems, PickItems>& lists) {
                 --waiting_;
                 // Another estate came meanwhile, and with it other lists.
                 if (context_.shelf.estate() != estate) return;
                 bar_->setPrincipals(lists.first);
                 bar_->setResources(lists.second);
             });
}

void ExplainPage::estateChanged() {
    ++asked_;
    runner_.cancel();
    askable_.reset();
    question_.reset();
    answer_.reset();
    edits_.clear();
    const auto& estate = context_.shelf.estate();
    fillLists();
    showProblems();
    rest();
    tellSubtitle();
    Q_EMIT shown();
    if (estate && pasted_) makeQuestion(pasted_, pasted_->request);
}

// What is there to be seen when nothing is asked.
void ExplainPage::rest() {
    if (answer_) return stack_->setCurrentWidget(view_);
    stack_->setCurrentWidget(empty_);
    emptyState_->clearActions();
    const auto& estate = context_.shelf.estate();
    if (!estate && canAnswer()) {
        emptyState_->set(QStringLiteral("explain"), tr("Who may do what?"),
                         tr("Give a principal, an action and a resource above. What you pasted is all that counts; what is not "
                            "pasted does not exist here."));
        return;
    }
    if (!estate) {
        emptyState_->set(QStringLiteral("explain"), tr("Why is it denied?"),
                         tr("Open what AWS's command line says of your accounts, such as get-account-authorization-details and "
                            "get-rest-apis, as files or a folder. They stay on this computer."));
        auto* open = emptyState_->addAction(tr("Open files…"), QStringLiteral("file"), ButtonKind::Primary);
        open->setObjectName(QStringLiteral("explain.empty.open"));
        connect(open, &QPushButton::clicked, this, &ExplainPage::askForFiles);
        auto* folder = emptyState_->addAction(tr("Open a folder…"), QStringLiteral("import"), ButtonKind::Default);
        folder->setObjectName(QStringLiteral("explain.empty.folder"));
        connect(folder, &QPushButton::clicked, this, &ExplainPage::askForFolder);
        auto* byHand = emptyState_->addAction(tr("Paste a policy…"), QStringLiteral("edit"), ButtonKind::Default);
        byHand->setObjectName(QStringLiteral("explain.empty.policy"));
        connect(byHand, &QPushButton::clicked, this, &ExplainPage::addPolicy);
        return;
    }
    const QLocale locale;
    const auto principals = estate->roles().size() + estate->users().size();
    if (principals == 0) {
        emptyState_->set(
            QStringLiteral("warning"), tr("There is nobody in these files"),
            tr("None of them tells of roles or users. get-account-authorization-details tells of both, with their policies."));
        auto* open = emptyState_->addAction(tr("Open other files…"), QStringLiteral("file"), ButtonKind::Primary);
        open->setObjectName(QStringLiteral("explain.empty.open"));
        connect(open, &QPushButton::clicked, this, &ExplainPage::askForFiles);
        return;
    }
    emptyState_->set(QStringLiteral("explain"), tr("Who may do what?"),
                     tr("Choose a principal, an action and a resource above, or paste the error that AWS gave. %1 principals and "
                        "%2 resources are known, in %n account(s).",
                        nullptr, static_cast<int>(estate->accounts().size()))
                         .arg(locale.toString(static_cast<qulonglong>(principals)),
                              locale.toString(static_cast<qulonglong>(estate->resources().size()))));
}

void ExplainPage::showProblems() {
    const auto& estate = context_.shelf.estate();
    const std::size_t count = estate ? estate->problems().size() : 0;
    problems_->setVisible(count > 0);
    if (count == 0) return;
    QStringList named, all;
    for (const Error& problem : estate->problems()) {
        all.append(problemText(problem));
        if (static_cast<std::size_t>(named.size()) < mostNamed) named.append(all.last());
    }
    QString words = tr("Not all of it can be used. %1.").arg(named.join(QStringLiteral("; ")));
    if (count > mostNamed) words += QLatin1Char(' ') + tr("%n more", nullptr, static_cast<int>(count - mostNamed));
    problemsText_->setFullText(words);
    problemsText_->setToolTip(all.mid(0, 30).join(QLatin1Char('\n')));
}

void ExplainPage::tellSubtitle() {
    QString words = context_.shelf.name();
    if (const auto& estate = context_.shelf.estate())
        words += (words.isEmpty() ? QString() : QStringLiteral(", ")) +
                 tr("%n file(s)", nullptr, static_cast<int>(estate->files().size()));
    context_.window.setSubtitle(QStringLiteral("explain"), words);
}

void ExplainPage::askForFiles() {
    auto* dialog = new QFileDialog(this, tr("Choose what AWS's command line printed"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("JSON files (*.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, &context_.shelf, &EstateShelf::load);
    dialog->open();
}

void ExplainPage::askForFolder() {
    auto* dialog = new QFileDialog(this, tr("Choose a folder with what AWS's command line printed"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::filesSelected, &context_.shelf, &EstateShelf::load);
    dialog->open();
}

void ExplainPage::dragEnterEvent(QDragEnterEvent* event) {
    if (localFiles(event->mimeData()).isEmpty() && !event->mimeData()->hasText()) return;
    event->acceptProposedAction();
    dropHint_->appear();
}

void ExplainPage::dragLeaveEvent(QDragLeaveEvent*) {
    dropHint_->hide();
}

void ExplainPage::dropEvent(QDropEvent* event) {
    dropHint_->hide();
    event->acceptProposedAction();
    const QStringList files = localFiles(event->mimeData());
    if (!files.isEmpty())
        context_.shelf.load(files);
    else
        paste(event->mimeData()->text());
}

} // namespace gw::ui
