#include "ui/review/calendar/calendar_tab.h"

#include "ui/errors/date_texts.h"
#include "ui/errors/utf8.h"
#include "ui/review/state_pages.h"
#include "ui/review/tab_panel.h"
#include "ui/review/table_page.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QSaveFile>

namespace gw::ui {

using estate::CalendarEntry;
using items::DateColumn;
using items::DateTerm;

namespace {

QString termWord(DateTerm term) {
    switch (term) {
    case DateTerm::Overdue:
        return CalendarTab::tr("Overdue");
    case DateTerm::Soon:
        return CalendarTab::tr("Next 90 days");
    case DateTerm::Later:
        return CalendarTab::tr("Later");
    case DateTerm::Past:
        break;
    }
    return CalendarTab::tr("Past");
}

QString kindWord(estate::DateKind kind) {
    switch (kind) {
    case estate::DateKind::SigningCertificate:
        return CalendarTab::tr("Certificate");
    case estate::DateKind::MetadataValidity:
        return CalendarTab::tr("Metadata");
    case estate::DateKind::ProviderValidity:
        return CalendarTab::tr("Provider");
    case estate::DateKind::Attestation:
        return CalendarTab::tr("Attestation");
    case estate::DateKind::SecretRotation:
        return CalendarTab::tr("Secret");
    case estate::DateKind::GrantStart:
    case estate::DateKind::GrantEnd:
        break;
    }
    return CalendarTab::tr("Grant");
}

} // namespace

CalendarTab::CalendarTab(const ReviewContext& context, QWidget* parent) : ReviewTab(parent), context_(context) {
    setObjectName(QStringLiteral("review.calendar"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    pages_ = new StatePages(objectName());
    column->addWidget(pages_);
    partial_ = new PartialLine(objectName());
    table_ = new TablePage(QStringLiteral("review.calendar.dates"), tr("Dates"));
    table_->setGroups({QStringLiteral("when"), QStringLiteral("kind"), QStringLiteral("account")});
    table_->groupBy(QStringLiteral("when"));
    table_->setMoreMenu([this](QMenu& menu) {
        menu.addSection(tr("Calendar"));
        connect(menu.addAction(tr("Save as iCalendar…")), &QAction::triggered, this, &CalendarTab::exportCalendar);
    });
    panel_ = new TabPanel(QStringLiteral("review.calendar.panel"));
    pages_->setBody(tableAndPanel({partial_}, table_, panel_));
    connect(pages_, &StatePages::cancelWanted, this, [this] {
        job_.cancel();
        rest();
    });
    connect(&table_->view(), &TableView::currentChanged, this, &CalendarTab::showRow);
    connect(&table_->view(), &TableView::activated, this, [this] { panel_->enter(); });
    connect(table_, &TablePage::rowsChanged, this, &CalendarTab::changed);
    connect(panel_, &TabPanel::left, this, [this] { table_->view().setFocus(Qt::TabFocusReason); });
    rest();
}

std::optional<std::size_t> CalendarTab::count() const {
    return dates_ ? std::optional(dates_->overdue + dates_->soon) : std::nullopt;
}

TablePage* CalendarTab::rows() {
    return pages_->showsBody() ? table_ : nullptr;
}

void CalendarTab::setReview(const ReviewedPtr& review) {
    job_.cancel();
    review_ = review;
    if (!review_) {
        show(nullptr);
        return rest();
    }
    start();
}

void CalendarTab::start() {
    // Reviewed again, the dates that are shown stay until the new ones are there.
    if (!dates_) pages_->showLoading(tr("Looking for dates…"));
    job_.run([review = review_](const Job::Tell&) { return datesOf(review); }, [this](const DatesPtr& dates) { show(dates); });
}

void CalendarTab::show(const DatesPtr& dates) {
    const bool same = dates && dates_ && dates->review->estate == dates_->review->estate;
    const auto row = same ? table_->view().current() : std::nullopt;
    const DatesPtr former = std::exchange(dates_, dates);
    table_->setTable(dates_ ? std::shared_ptr<const items::Table>(dates_, &dates_->table) : nullptr, dates_ ? columns() : std::vector<ViewColumn>(), dates_ ? dates_->review->now : UtcTime());
    if (row) table_->view().setCurrent(*row);
    if (dates_) {
        tellPartial();
        rest();
    }
    showRow();
    Q_EMIT datesChanged();
    Q_EMIT changed();
}

void CalendarTab::rest() {
    if (dates_ && !dates_->entries.empty()) return pages_->showBody();
    if (dates_) {
        pages_->showEmpty(QStringLiteral("calendar"), tr("Nothing here has a date"),
                          tr("No provider's metadata, secret, dated statement or trust policy was read. Open more of what AWS's command line says."));
        return;
    }
    auto& stopped = pages_->showEmpty(QStringLiteral("calendar"), tr("The dates were not looked for"), tr("What was read is still there."));
    auto* again = stopped.addAction(tr("Look for dates"), QStringLiteral("calendar"), ButtonKind::Primary);
    again->setObjectName(QStringLiteral("review.calendar.empty.again"));
    again->setEnabled(review_ != nullptr);
    connect(again, &QPushButton::clicked, this, &CalendarTab::start);
}

void CalendarTab::tellPartial() {
    const estate::Estate& estate = *dates_->review->estate;
    std::size_t without = 0;
    for (const estate::SamlProvider& each : estate.samlProviders()) without += each.metadata.empty();
    QStringList words;
    if (without > 0) words.append(tr("of %n provider(s) the metadata was not read", nullptr, static_cast<int>(without)));
    if (!estate.problems().empty()) words.append(tr("%n problem(s) in what was read", nullptr, static_cast<int>(estate.problems().size())));
    partial_->setWords(words);
}

std::vector<ViewColumn> CalendarTab::columns() const {
    const auto column = [](DateColumn of, const QString& title, int least, int share, int rank) {
        ViewColumn made;
        made.column = items::columnOf(of);
        made.id = QString();
        made.title = title;
        made.least = least;
        made.share = share;
        made.rank = rank;
        return made;
    };
    // Borrowed: it goes together with the table.
    const Dates* of = dates_.get();
    const UtcTime now = of->review->now;
    const auto overdue = [of, now](std::size_t row) { return items::dateTermOf(of->entries[row], now) == DateTerm::Overdue; };
    std::vector<ViewColumn> columns;
    columns.push_back(column(DateColumn::Date, tr("Date"), 92, 0, 0));
    columns.back().look = CellLook::Age;
    columns.back().text = [of, now](std::size_t row) { return dayText(of->entries[row].at, now); };
    columns.back().tone = [](std::size_t) { return CellTone::Plain; };
    columns.push_back(column(DateColumn::When, tr("When"), 96, 0, 1));
    columns.back().text = [of, now](std::size_t row) { return untilText(of->entries[row], now); };
    columns.back().tone = [overdue](std::size_t row) { return overdue(row) ? CellTone::Warning : CellTone::Quiet; };
    columns.back().groupText = [of, now](std::size_t row) { return termWord(items::dateTermOf(of->entries[row], now)); };
    columns.push_back(column(DateColumn::Kind, tr("Kind"), 116, 0, 3));
    columns.back().text = [of](std::size_t row) { return kindWord(of->entries[row].kind); };
    columns.back().mark = [of, overdue](std::size_t row) { return CellMark{dateIcon(of->entries[row].kind), overdue(row) ? Color::ExpiringText : Color::TextSecondary}; };
    columns.push_back(column(DateColumn::What, tr("What"), 140, 2, 0));
    columns.push_back(column(DateColumn::Object, tr("Which"), 120, 4, 0));
    columns.back().text = [of](std::size_t row) {
        const CalendarEntry& entry = of->entries[row];
        return entry.object.empty() ? tr("%n trust policy(s)", nullptr, static_cast<int>(entry.count))
                                    : fromUtf8(of->table.text(items::columnOf(DateColumn::Object), row));
    };
    columns.push_back(column(DateColumn::Account, tr("Account"), 100, 2, 4));
    columns.push_back(column(DateColumn::Detail, tr("Detail"), 110, 2, 5));
    columns.back().shown = false;
    columns.push_back(column(DateColumn::Where, tr("Where"), 110, 2, 6));
    columns.back().shown = false;
    for (ViewColumn& each : columns) each.id = fromUtf8(of->table.columns()[*each.column].id);
    return columns;
}

void CalendarTab::showRow() {
    const auto row = table_->view().current();
    if (!dates_ || !row) return panel_->showNothing(tr("Choose a date to see what comes of it."));
    const CalendarEntry& entry = dates_->entries[*row];
    const UtcTime now = dates_->review->now;
    const bool overdue = items::dateTermOf(entry, now) == DateTerm::Overdue;
    panel_->clear();
    const QString which = entry.object.empty() ? tr("%n trust policy(s) that nobody attested yet", nullptr, static_cast<int>(entry.count)) : fromUtf8(entry.object);
    panel_->addHead(dateIcon(entry.kind), overdue ? Color::ExpiringText : Color::TextSecondary, dateTitle(entry), which);
    auto* when = panel_->addSection(tr("When"));
    panel_->addText(when, "when", QStringLiteral("%1 · %2").arg(exactText(entry.at), untilText(entry, now)), overdue ? Color::ExpiringText : Color::TextPrimary);
    if (!entry.detail.empty()) panel_->addText(when, "fact", fromUtf8(entry.detail))->setStyleToken(TextStyle::Code);
    panel_->addText(panel_->addSection(tr("What comes of it")), "consequence", dateConsequence(entry.kind));
    panel_->addText(panel_->addSection(tr("What to do")), "advice", dateAdvice(entry.kind));
    if (entry.source.file) {
        auto* told = panel_->addSection(tr("Told by"));
        const QString place = entry.source.position.line > 0 ? tr("%1, line %2").arg(fromUtf8(entry.source.file->path)).arg(entry.source.position.line)
                                                             : fromUtf8(entry.source.file->path);
        panel_->addText(told, "source", place)->setStyleToken(TextStyle::Small);
    }
    auto* foot = new QHBoxLayout;
    foot->setSpacing(space::s2);
    panel_->addSection()->addLayout(foot);
    connect(panel_->addButton(foot, "copy", tr("Copy"), QStringLiteral("copy"), ButtonKind::Default), &QPushButton::clicked, this,
            [this, row = *row] { copyText(dateSentence(dates_->entries[row]) + QLatin1Char('\t') + fromUtf8(dates_->entries[row].at.toRfc3339()), false); });
    if (dates_->review->estate->role(entry.object) != nullptr)
        connect(panel_->addButton(foot, "explain", tr("Explain"), {}, ButtonKind::Default), &QPushButton::clicked, this, [this] { explainRow(); });
    foot->addStretch(1);
    connect(panel_->addButton(foot, "ics", tr("iCalendar…"), QStringLiteral("export"), ButtonKind::Ghost), &QPushButton::clicked, this,
            &CalendarTab::exportCalendar);
    panel_->finish();
}

bool CalendarTab::explainRow() {
    const auto row = table_->view().current();
    if (!dates_ || !row || dates_->review->estate->role(dates_->entries[*row].object) == nullptr) return false;
    context_.explain(fromUtf8(dates_->entries[*row].object));
    return true;
}

void CalendarTab::showEntry(std::size_t entry) {
    if (!dates_ || entry >= dates_->entries.size()) return;
    const auto row = static_cast<std::uint32_t>(entry);
    if (!table_->view().setCurrent(row)) {
        table_->bar().setText({});
        table_->view().setCurrent(row);
    }
    table_->view().setFocus(Qt::OtherFocusReason);
}

QByteArray CalendarTab::calendar() const {
    if (!dates_) return {};
    std::vector<CalendarEntry> shown;
    for (const std::uint32_t row : table_->shown().rows) shown.push_back(dates_->entries[row]);
    return QByteArray::fromStdString(calendarFile(shown, dates_->review->now));
}

void CalendarTab::exportCalendar() {
    if (!dates_) return;
    auto* dialog = new QFileDialog(this, tr("Save the dates that are shown"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("ics"));
    dialog->selectFile(QStringLiteral("gatewarden.ics"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        QSaveFile file(path);
        const bool saved = file.open(QIODevice::WriteOnly) && file.write(calendar()) >= 0 && file.commit();
        context_.window.showToast({QStringLiteral("review.calendar.export"), saved ? ToastKind::Good : ToastKind::Error,
                                   saved ? tr("The dates were saved") : tr("The file cannot be written"), saved ? path : file.errorString(), {}, {}});
    });
    dialog->open();
}

} // namespace gw::ui
