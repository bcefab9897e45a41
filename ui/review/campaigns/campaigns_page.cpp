#include "ui/review/campaigns/campaigns_page.h"

#include "models/estate/campaign/report.h"
#include "models/store/on_worker.h"
#include "models/store/when_done.h"
#include "ui/errors/utf8.h"
#include "ui/errors_text.h"
#include "ui/review/calendar/dates.h"
#include "ui/review/campaigns/campaign_words.h"
#include "ui/review/campaigns/report_html.h"

#include <QFileDialog>
#include <QLocale>
#include <QPointer>
#include <QSaveFile>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace gw::ui {

using estate::campaign::State;
using Step = CampaignDesk::Step;

namespace {

const QString noteId = QStringLiteral("campaigns");

QByteArray reportOf(const CampaignPtr& of, ReportFormat format, UtcTime now) {
    switch (format) {
    case ReportFormat::Html:
        return reportHtml(of->campaign, now);
    case ReportFormat::Json:
        return QByteArray::fromStdString(estate::campaign::reportJson(of->campaign, now));
    case ReportFormat::Csv:
        break;
    }
    return QByteArray::fromStdString(estate::campaign::reportCsv(of->campaign));
}

} // namespace

CampaignsPage::CampaignsPage(const ReviewContext& context, QWidget* parent) : ReviewTab(parent), context_(context), desk_(context.store, context.clock, context.person) {
    setObjectName(QStringLiteral("review.campaigns"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    stack_ = new QStackedWidget;
    column->addWidget(stack_);
    loading_ = new LoadingRows(tr("Campaigns are being read"));
    empty_ = buildEmpty();
    failed_ = buildFailed();
    list_ = new CampaignList;
    list_->setProperty(MainWindow::paneProperty, true);
    form_ = new CampaignForm;
    work_ = new CampaignWork(desk_, context.clock);
    for (QWidget* each : std::initializer_list<QWidget*>{loading_, empty_, failed_, list_, form_, work_}) stack_->addWidget(each);
    connect(list_, &CampaignList::opened, this, &CampaignsPage::open);
    connect(list_, &CampaignList::newWanted, this, [this] { beginNew({}); });
    connect(form_, &CampaignForm::left, this, &CampaignsPage::rest);
    connect(form_, &CampaignForm::made, this, [this](const CampaignDesk::Asked& asked) {
        form_->setBusy(true);
        desk_.make(review_, asked);
    });
    connect(work_, &CampaignWork::left, this, [this] {
        desk_.close();
        rest();
    });
    connect(work_, &CampaignWork::explainWanted, this, [this](const QString& role) { context_.explain(role); });
    connect(work_, &CampaignWork::exportWanted, this, &CampaignsPage::exportReport);
    connect(&desk_, &CampaignDesk::listed, this, &CampaignsPage::listed);
    connect(&desk_, &CampaignDesk::remind, this, &CampaignsPage::remind);
    connect(&desk_, &CampaignDesk::done, this, [this](Step step) {
        form_->setBusy(false);
        if (step == Step::Make || step == Step::Open) {
            stack_->setCurrentWidget(work_);
            work_->enter();
        }
        if (step == Step::Sign) Q_EMIT signedOff();
    });
    connect(&desk_, &CampaignDesk::failed, this, [this](const Error& error, Step step) { failed(error, step); });
    rest();
}

QWidget* CampaignsPage::buildEmpty() {
    auto* page = new Panel(Color::BgSurface);
    auto* column = new QVBoxLayout(page);
    emptyState_ = new EmptyState(QStringLiteral("attest"), {}, {});
    emptyState_->setObjectName(QStringLiteral("review.campaigns.empty"));
    column->addStretch(2);
    column->addWidget(emptyState_);
    column->addStretch(3);
    return page;
}

QWidget* CampaignsPage::buildFailed() {
    auto* page = new Panel(Color::BgSurface);
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(space::s6, space::s6, space::s6, space::s6);
    auto* card = new Card;
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(0, 0, 0, 0);
    failure_ = new ErrorState;
    failure_->setObjectName(QStringLiteral("review.campaigns.failure"));
    inside->addWidget(failure_);
    column->addWidget(card);
    column->addStretch(1);
    auto* again = failure_->addAction(tr("Try again"), QStringLiteral("refresh"), ButtonKind::Primary);
    again->setObjectName(QStringLiteral("review.campaigns.again"));
    connect(again, &QPushButton::clicked, this, [this] {
        stack_->setCurrentWidget(loading_);
        desk_.refresh();
    });
    return page;
}

void CampaignsPage::setOutside(items::Matcher::Outside outside, items::OutsideValues values) {
    form_->setOutside(std::move(outside), std::move(values));
}

void CampaignsPage::setReview(const ReviewedPtr& review) {
    review_ = review;
    form_->setReview(review);
    work_->setReview(review);
    list_->setNewProblem(review_ ? QString() : tr("Open files of the organisation first"));
    if (stack_->currentWidget() == empty_) rest();
}

void CampaignsPage::refresh() {
    form_->refresh();
}

void CampaignsPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    desk_.setWatched(true);
    desk_.refresh();
}

void CampaignsPage::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    desk_.setWatched(false);
}

void CampaignsPage::rest() {
    if (!desk_.isThere()) {
        emptyState_->set(QStringLiteral("attest"), tr("There is no store"), tr("Campaigns are kept in a store, and this console has none."));
        return stack_->setCurrentWidget(empty_);
    }
    if (!desk_.list()) return stack_->setCurrentWidget(loading_);
    if (!desk_.list()->empty()) {
        stack_->setCurrentWidget(list_);
        return list_->enter();
    }
    emptyState_->clearActions();
    emptyState_->set(QStringLiteral("attest"), tr("No review campaign yet"),
                     review_ ? tr("A campaign asks people to look once at every way into your roles, and to say of each whether it stays. What they say is kept and signed.")
                             : tr("A campaign asks people to look once at every way into your roles. Open files of the organisation first: its rows are what is looked at."));
    if (review_) {
        auto* make = emptyState_->addAction(tr("New campaign…"), QStringLiteral("add"), ButtonKind::Primary);
        make->setObjectName(QStringLiteral("review.campaigns.first"));
        connect(make, &QPushButton::clicked, this, [this] { beginNew({}); });
    }
    stack_->setCurrentWidget(empty_);
}

void CampaignsPage::listed() {
    list_->setList(*desk_.list(), context_.clock.now());
    QWidget* const now = stack_->currentWidget();
    if (now == loading_ || now == failed_ || now == empty_) {
        if (desk_.current() && now == failed_)
            stack_->setCurrentWidget(work_);
        else
            rest();
    }
    tellStatus();
    Q_EMIT changed();
}

// Only what hinders everything takes the place; what hinders a step is said where the step was.
void CampaignsPage::failed(const Error& error, Step step) {
    form_->setBusy(false);
    if (step == Step::Make) return form_->setProblem(error);
    if (step != Step::List && step != Step::Open) return;
    // Somebody is in the middle of something: the next time it works he never knew.
    if (stack_->currentWidget() == form_ || stack_->currentWidget() == work_) {
        const ErrorText words = explain(error);
        context_.window.showToast({QStringLiteral("review.campaigns.store"), ToastKind::Error, words.title, words.why, {}, {}});
        return;
    }
    const ErrorText words = explain(error);
    failure_->set(words.title, words.why, words.whatToDo, words.details);
    stack_->setCurrentWidget(failed_);
}

QString CampaignsPage::title() const {
    const QString beside = note();
    return beside.isEmpty() ? tr("Campaigns") : QStringLiteral("%1  %2").arg(tr("Campaigns"), beside);
}

QString CampaignsPage::note() const {
    if (!desk_.list()) return {};
    std::size_t waiting = 0, running = 0;
    for (const auto& each : *desk_.list()) {
        if (each.state != State::Open) continue;
        ++running;
        waiting += each.waiting;
    }
    const QLocale locale;
    if (waiting > 0) return tr("%1 due").arg(locale.toString(static_cast<qulonglong>(waiting)));
    return running > 0 ? locale.toString(static_cast<qulonglong>(running)) : QString();
}

// The next of those that wait, in the status bar.
void CampaignsPage::tellStatus() {
    const CampaignDesk::Listed* first = nullptr;
    for (const auto& each : *desk_.list())
        if (each.state == State::Open && each.waiting > 0 && (first == nullptr || each.due < first->due)) first = &each;
    if (first == nullptr) {
        context_.window.setStatus(noteId, {}, {}, false);
        return context_.window.hideBanner(noteId);
    }
    const UtcTime now = context_.clock.now();
    const QString items = tr("%n item(s) to review", nullptr, static_cast<int>(first->waiting));
    context_.window.setStatus(noteId, QStringLiteral("attest"), first->due < now ? tr("%1, overdue").arg(items) : tr("%1 by %2").arg(items, dayText(first->due, now)), false);
}

void CampaignsPage::remind(const QString& id, const QString& title, int open, bool overdue) {
    Banner banner;
    banner.id = noteId;
    banner.kind = overdue ? BannerKind::Warning : BannerKind::Notice;
    banner.icon = QStringLiteral("attest");
    banner.strong = overdue ? tr("%1 is overdue.").arg(title) : tr("%1 ends soon.").arg(title);
    banner.text = tr("%n item(s) wait for you.", nullptr, open);
    banner.linkText = tr("Review them");
    banner.link = [self = QPointer<CampaignsPage>(this), id] {
        if (!self) return;
        self->context_.window.hideBanner(noteId);
        Q_EMIT self->wanted();
        self->open(id);
    };
    context_.window.showBanner(banner);
}

void CampaignsPage::beginNew(const QString& scope) {
    if (!desk_.isThere() || !review_) return;
    stack_->setCurrentWidget(form_);
    form_->begin(desk_.me(), context_.clock.now(), scope);
}

void CampaignsPage::open(const QString& id) {
    desk_.open(id.toStdString());
}

TablePage* CampaignsPage::rows() {
    return stack_->currentWidget() == work_ ? &work_->table() : nullptr;
}

bool CampaignsPage::explainRow() {
    const auto row = rows() != nullptr && desk_.current() ? work_->table().view().current() : std::nullopt;
    if (!row) return false;
    context_.explain(fromUtf8(desk_.current()->item(*row).subject.role));
    return true;
}

QByteArray CampaignsPage::report(ReportFormat format) const {
    return desk_.current() ? reportOf(desk_.current(), format, context_.clock.now()) : QByteArray();
}

void CampaignsPage::exportReport(ReportFormat format) {
    if (!desk_.current()) return;
    const QString ending = format == ReportFormat::Html ? QStringLiteral("html") : format == ReportFormat::Json ? QStringLiteral("json") : QStringLiteral("csv");
    auto* dialog = new QFileDialog(this, tr("Save the report"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(ending);
    dialog->selectFile(QStringLiteral("campaign.") + ending);
    connect(dialog, &QFileDialog::fileSelected, this, [this, format, of = desk_.current()](const QString& path) {
        // Making it of many items and writing it wait for the disk.
        const auto write = [of, format, path, now = context_.clock.now()] {
            QSaveFile file(path);
            const bool saved = file.open(QIODevice::WriteOnly) && file.write(reportOf(of, format, now)) >= 0 && file.commit();
            return saved ? QString() : file.errorString();
        };
        whenDone(onWorker(write), this, [this, path](const QString& problem) {
            context_.window.showToast({QStringLiteral("review.campaign.export"), problem.isEmpty() ? ToastKind::Good : ToastKind::Error,
                                       problem.isEmpty() ? tr("The report was saved") : tr("The file cannot be written"), problem.isEmpty() ? path : problem, {}, {}});
        });
    });
    dialog->open();
}

} // namespace gw::ui
