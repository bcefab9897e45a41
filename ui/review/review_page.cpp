#include "ui/review/review_page.h"

#include "models/store/on_worker.h"
#include "models/store/when_done.h"
#include "ui/errors/utf8.h"
#include "ui/errors_text.h"
#include "ui/review/calendar/calendar_tab.h"
#include "ui/review/calendar/next_dates.h"
#include "ui/review/campaigns/attested_cell.h"
#include "ui/review/campaigns/campaigns_page.h"
#include "ui/review/finding_words.h"
#include "ui/review/live/live_page.h"
#include "ui/review/review_words.h"
#include "ui/review/row_panel.h"
#include "ui/review/rules_file.h"
#include "ui/review/review_tab.h"
#include "ui/review/severity_strip.h"
#include "ui/review/state_pages.h"
#include "ui/review/table_page.h"
#include "ui/shell/header_tabs.h"

#include <QDateTime>
#include <QLocale>
#include <QPointer>
#include <QStackedWidget>

#include <algorithm>
#include <span>
#include <utility>

namespace gw::ui {
namespace {

using items::FindingColumn;
using items::MappingColumn;

const QString screenId = QStringLiteral("review");
constexpr int roomyHeight = 560; // from where on the strip of dates leaves the table enough

// Actions of AWS that hold what is typed; those that begin with it come first.
std::vector<std::string> actionsLike(const policy::Catalogue* catalogue, std::string_view typed, std::size_t most) {
    std::vector<std::string> found;
    if (catalogue == nullptr) return found;
    const std::size_t colon = typed.find(':');
    for (const std::string_view prefix : catalogue->services()) {
        if (found.size() == most) break;
        if (colon == std::string_view::npos ? !prefix.starts_with(typed) : prefix != typed.substr(0, colon)) continue;
        const policy::ServiceInfo* service = catalogue->service(prefix);
        if (colon == std::string_view::npos) {
            found.push_back(std::string(prefix) + ':');
            continue;
        }
        const QString wanted = fromUtf8(typed.substr(colon + 1)).toLower();
        for (const auto& [folded, action] : service->actions)
            if (found.size() < most && fromUtf8(folded).startsWith(wanted)) found.push_back(service->prefix + ':' + action.name);
    }
    return found;
}

} // namespace

ReviewPage::ReviewPage(const ReviewContext& context, QWidget* parent) : QWidget(parent), context_(context), attest_(context.store, context.clock, context.person),
      rules_(context.loadRules, context.saveRules) {
    setObjectName(screenId);
    setAcceptDrops(true);
    views_ = SavedViews::fromJson(context_.loadViews ? context_.loadViews() : QByteArray());
    build();
    connect(&runner_, &ReviewRunner::progress, this, [this](int percent) {
        pages_->setProgress(percent, 100, tr("Reviewing: %1 %").arg(percent));
    });
    connect(&runner_, &ReviewRunner::reviewed, this, [this](const ReviewedPtr& review) { show(review); });
    connect(&runner_, &ReviewRunner::known, mapping_, &TablePage::refresh);
    connectShelf();
    connectAttest();
    rest();
}

ReviewPage::~ReviewPage() = default;

bool ReviewPage::busy() const {
    return waiting_ || (live_ != nullptr && live_->busy()) || attest_.busy() || rules_.busy() || runner_.busy() || context_.shelf.loading() || std::any_of(others_.begin(), others_.end(), [](const ReviewTab* each) { return each->busy(); });
}

ReviewTab* ReviewPage::otherTab() const {
    const auto at = static_cast<std::size_t>(std::max(0, tabs_->currentIndex()));
    return at < firstOther ? nullptr : others_[at - firstOther];
}

QString ReviewPage::mappingFilter() const {
    return mapping_->bar().text();
}

TablePage* ReviewPage::rows() const {
    ReviewTab* other = otherTab();
    return !review_ ? nullptr : other != nullptr ? other->rows() : &table();
}

TablePage& ReviewPage::table() const {
    return tables_->currentWidget() == findings_ ? *findings_ : *mapping_;
}

// A review costs seconds where there is much: it waits until somebody looks.
void ReviewPage::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    context_.shelf.need();
    attest_.load();
    if (wanted_) start();
}

void ReviewPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    nextDates_->setRoomy(height() >= roomyHeight);
}

void ReviewPage::estateChanged() {
    runner_.cancel();
    running_ = false;
    panel_->showNothing();
    mapping_->setTable(nullptr, {}, {});
    findings_->setTable(nullptr, {}, {});
    for (ReviewTab* each : others_) each->setReview(nullptr);
    findingMatcher_.reset();
    review_.reset();
    wanted_ = context_.shelf.estate() != nullptr;
    tellTabs();
    rest();
    if (wanted_ && isVisible()) start();
}

void ReviewPage::start() {
    if (waiting_) return;
    pages_->showLoading(tr("Reviewing…"));
    if (!catalogueWanted_) {
        catalogueWanted_ = waiting_ = true;
        whenDone(context_.loadCatalogue(), this, [this](const std::shared_ptr<const policy::Catalogue>& catalogue) {
            waiting_ = false;
            catalogue_ = catalogue;
            start();
        });
        return;
    }
    wanted_ = false;
    run();
}

void ReviewPage::run() {
    running_ = true;
    rules_.load([this](const QByteArray& rules) {
        // Stopped, or another estate is there, meanwhile.
        if (!std::exchange(running_, false)) return;
        if (const auto& estate = context_.shelf.estate()) runner_.run(estate, catalogue_, rules.toStdString(), attest_.all(), context_.clock.now());
    });
}

// What has begun without it begins again; what is still to begin will know it.
void ReviewPage::attestedAnew() {
    if (running_) return;
    if (runner_.reviewsAll())
        run();
    else if (review_)
        runner_.attestAnew(review_, attest_.all(), context_.clock.now());
}

void ReviewPage::changeRules(std::function<QByteArray(const QByteArray&)> edit, std::function<void(const RulesDesk::Changed&)> then) {
    rules_.change(std::move(edit), [this, then = std::move(then)](const std::optional<RulesDesk::Changed>& changed) {
        if (!changed) {
            context_.window.showToast({QStringLiteral("review.rules"), ToastKind::Error, tr("The rules file cannot be written"), tr("Nothing was changed."), {}, {}});
            return;
        }
        // What is shown stays until the new review is there.
        run();
        then(*changed);
    });
}

void ReviewPage::suppress(std::uint32_t finding, const QString& reason, int days) {
    if (!review_ || !rules_.canChange()) return;
    const auto& found = review_->review.findings[finding];
    estate::review::AcceptedFinding accepted;
    accepted.rule = found.rule->id;
    accepted.object = found.object;
    accepted.reason = reason.toStdString();
    accept(accepted, tr("Suppressed until %1"), findingTitle(found), days);
}

void ReviewPage::accept(const estate::review::AcceptedFinding& accepted, const QString& done, const QString& title, int days) {
    if (!rules_.canChange()) return;
    const QDate until = QDateTime::fromMSecsSinceEpoch(context_.clock.now().unixMilliseconds()).date().addDays(days);
    changeRules([accepted, until](const QByteArray& before) { return withAccepted(before, accepted, until); },
                [this, done, title, until](const RulesDesk::Changed& changed) {
                    context_.window.showToast({QStringLiteral("review.suppressed"), ToastKind::Good, done.arg(QLocale().toString(until, QLocale::ShortFormat)), title, tr("Undo"),
                                               [self = QPointer<ReviewPage>(this), changed] {
                                                   if (!self) return;
                                                   // What others wrote meanwhile stays.
                                                   self->changeRules([changed](const QByteArray& now) { return now == changed.after ? changed.before : now; }, [](const RulesDesk::Changed&) {});
                                               }});
                });
}

void ReviewPage::show(const ReviewedPtr& review) {
    // The same rows, if only reviewed again.
    const bool again = review_ && review_->estate == review->estate;
    const auto row = again ? table().view().current() : std::nullopt;
    findingMatcher_.reset();
    sought_.clear();
    const ReviewedPtr former = std::exchange(review_, review);
    findingMatcher_ = std::make_unique<items::Matcher>(review_->findings);
    strip_->setCounts(review->review.counts);
    mapping_->setTable(
        std::shared_ptr<const items::Table>(review_, &review_->mapping.table), mappingView(), review->now,
        [this](std::size_t, const std::string& action) { return runner_.rowsThatCan(review_, action); },
        [this](std::size_t, std::string_view typed, std::size_t most) { return actionsLike(catalogue_.get(), typed, most); });
    findings_->setTable(std::shared_ptr<const items::Table>(review_, &review_->findings), findingView(), review->now);
    for (ReviewTab* each : others_) each->setReview(review_);
    tellTabs();
    tellPartial();
    if (row) table().view().setCurrent(*row);
    rest();
    showRow();
    // The keyboard waited here for the rows.
    if (hasFocus() && otherTab() == nullptr) table().view().setFocus(Qt::OtherFocusReason);
    const auto& counts = review->review.counts;
    context_.window.setBadge(screenId, static_cast<int>(counts[static_cast<std::size_t>(policy::lint::Severity::Critical)]));
    Q_EMIT shown();
}

std::vector<ViewColumn> ReviewPage::mappingView() const {
    const auto column = [](MappingColumn of, const QString& title, CellLook look, int least, int share, int rank) {
        ViewColumn made;
        made.column = items::columnOf(of);
        made.id = fromUtf8(items::mappingColumns()[*made.column].id);
        made.title = title;
        made.look = look;
        made.least = least;
        made.share = share;
        made.rank = rank;
        return made;
    };
    // What is borrowed here goes together with the table.
    const Reviewed* of = review_.get();
    std::vector<ViewColumn> columns;
    columns.push_back(column(MappingColumn::Finding, {}, CellLook::Severity, size::icon - 4, 0, 0));
    columns.push_back(column(MappingColumn::Who, tr("Group or claim"), CellLook::Text, 110, 4, 0));
    columns.back().text = [of](std::size_t row) { return granteeName(of->mappings[row]); };
    columns.push_back(column(MappingColumn::Role, tr("Role"), CellLook::Text, 120, 5, 0));
    columns.back().tone = [of](std::size_t row) { return of->mappings[row].found == nullptr ? CellTone::Bad : CellTone::Plain; };
    columns.push_back(column(MappingColumn::Env, tr("Environment"), CellLook::Environment, 72, 0, 3));
    columns.push_back(column(MappingColumn::Account, tr("Account"), CellLook::Text, 100, 2, 8));
    columns.back().shown = false;
    columns.push_back(column(MappingColumn::Provider, tr("Provider"), CellLook::Text, 90, 2, 9));
    columns.back().shown = false;
    columns.push_back(column(MappingColumn::Services, tr("Reaches"), CellLook::Text, 110, 4, 2));
    columns.back().text = [of](std::size_t row) { return rowReachWords(of->mappings[row]); };
    columns.back().tone = [](std::size_t) { return CellTone::Plain; };
    columns.push_back(column(MappingColumn::Privilege, tr("Privilege"), CellLook::Text, 80, 0, 7));
    columns.back().shown = false;
    columns.push_back(column(MappingColumn::Longest, tr("Longest"), CellLook::Duration, 46, 0, 4));
    columns.back().right = true;
    columns.back().tone = [of](std::size_t row) {
        for (const std::uint32_t each : of->mapping.findings.of(row))
            if (of->review.findings[each].rule->id == "sess-max-too-long") return CellTone::Warning;
        return CellTone::Plain;
    };
    columns.push_back(column(MappingColumn::LastUsed, tr("Last used"), CellLook::Age, 68, 0, 5));
    columns.push_back(column(MappingColumn::Attested, tr("Attested"), CellLook::Age, 90, 0, 6));
    columns.back().text = [this, of](std::size_t row) { return attestedWords(*of, row, attest_); };
    columns.back().tone = [this, of](std::size_t row) { return attestedTone(*of, row, attest_); };
    columns.push_back(column(MappingColumn::Owner, tr("Owner"), CellLook::Text, 80, 1, 10));
    columns.back().shown = false;
    columns.push_back(column(MappingColumn::People, tr("People"), CellLook::Number, 44, 0, 1));
    columns.back().right = true;
    return columns;
}

std::vector<ViewColumn> ReviewPage::findingView() const {
    const auto column = [](FindingColumn of, const QString& title, CellLook look, int least, int share, int rank) {
        ViewColumn made;
        made.column = items::columnOf(of);
        made.id = fromUtf8(items::findingColumns()[*made.column].id);
        made.title = title;
        made.look = look;
        made.least = least;
        made.share = share;
        made.rank = rank;
        return made;
    };
    const Reviewed* of = review_.get();
    std::vector<ViewColumn> columns;
    columns.push_back(column(FindingColumn::Severity, {}, CellLook::Severity, size::icon - 4, 0, 0));
    columns.push_back(column(FindingColumn::Title, tr("Finding"), CellLook::Text, 180, 8, 0));
    columns.back().tone = [of](std::size_t row) { return of->review.findings[row].suppressed ? CellTone::Quiet : CellTone::Plain; };
    columns.push_back(column(FindingColumn::Object, tr("About"), CellLook::Text, 110, 3, 0));
    columns.push_back(column(FindingColumn::Account, tr("Account"), CellLook::Text, 100, 2, 2));
    columns.push_back(column(FindingColumn::Rule, tr("Rule"), CellLook::Code, 120, 3, 3));
    columns.push_back(column(FindingColumn::Where, tr("Where"), CellLook::Text, 100, 2, 4));
    columns.back().shown = false; // the panel says it with the file's whole name
    columns.push_back(column(FindingColumn::State, tr("State"), CellLook::Text, 70, 0, 5));
    columns.back().shown = false;
    return columns;
}

void ReviewPage::tellTabs() {
    const QLocale locale;
    const auto tell = [&](int tab, const QString& title, std::optional<std::size_t> count) {
        tabs_->setTab(tab, title, review_ && count ? locale.toString(static_cast<qulonglong>(*count)) : QString());
    };
    tell(Mapping, tr("Mapping"), review_ ? review_->mappings.size() : 0);
    std::size_t open = 0;
    if (review_)
        for (const std::size_t each : review_->review.counts) open += each;
    tell(Findings, tr("Findings"), open);
    for (std::size_t i = 0; i < others_.size(); ++i) tell(static_cast<int>(firstOther + i), others_[i]->title(), others_[i]->count());
}

void ReviewPage::turn(int tab) {
    ReviewTab* const other = otherTab();
    outer_->setCurrentWidget(other == campaigns_ ? static_cast<QWidget*>(campaigns_) : pages_);
    if (other != nullptr) {
        if (other != campaigns_) bodies_->setCurrentWidget(other);
    } else {
        bodies_->setCurrentIndex(0);
        tables_->setCurrentWidget(tab == Findings ? findings_ : mapping_);
        showRow();
    }
    Q_EMIT shown();
}

void ReviewPage::showTab(Tab tab) {
    tabs_->setCurrentIndex(tab);
}

void ReviewPage::connectAttest() {
    campaigns_->setOutside([this](std::size_t, const std::string& action) { return review_ ? runner_.rowsThatCan(review_, action) : nullptr; },
                           [this](std::size_t, std::string_view typed, std::size_t most) { return actionsLike(catalogue_.get(), typed, most); });
    connect(&runner_, &ReviewRunner::known, campaigns_, &CampaignsPage::refresh);
    connect(campaigns_, &CampaignsPage::signedOff, &attest_, &AttestDesk::load);
    connect(campaigns_, &CampaignsPage::wanted, this, [this] {
        context_.window.showScreen(screenId);
        showTab(Campaigns);
    });
    panel_->setAttestDesk(&attest_);
    connect(&attest_, &AttestDesk::changed, this, [this] {
        mapping_->view().viewport()->update();
        // Its column, and what the rules make of it.
        attestedAnew();
        Q_EMIT shown();
    });
    connect(&attest_, &AttestDesk::attested, this, [this](const std::vector<std::int64_t>& numbers, estate::campaign::Verdict verdict) {
        const bool keeps = verdict == estate::campaign::Verdict::Keep;
        context_.window.showToast({QStringLiteral("review.attested"), ToastKind::Good,
                                   keeps ? tr("%n row(s) attested", nullptr, static_cast<int>(numbers.size())) : tr("%n row(s) noted", nullptr, static_cast<int>(numbers.size())),
                                   keeps ? QString() : verdictState(verdict), tr("Undo"), [self = QPointer<ReviewPage>(this), numbers] {
                                       if (self) self->attest_.withdraw(numbers);
                                   }});
    });
    connect(&attest_, &AttestDesk::failed, this, [this](const Error& error) {
        const ErrorText words = explain(error);
        context_.window.showToast({QStringLiteral("review.attest.failed"), ToastKind::Error, words.title, words.why, tr("Try again"), [self = QPointer<ReviewPage>(this)] {
                                       if (self) self->attest_.load();
                                   }});
    });
}

} // namespace gw::ui
