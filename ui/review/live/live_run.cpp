#include "ui/review/live/live_run.h"

#include "ui/errors/utf8.h"
#include "ui/errors_text.h"
#include "ui/estate/panel_section.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QProgressBar>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <map>
#include <tuple>

namespace gw::ui {
namespace {

enum PlaceColumn { Account, Region, Calls, State };
constexpr int mostGaps = 60; // lines; the rest is counted and copied
constexpr int mostPlaces = 10;
constexpr int regionWidth = 128, callsWidth = 88, stateWidth = 200;

// A call that is refused for every object of a place is one line.
struct GapLine {
    const cloud::ReadGap* gap = nullptr;
    int times = 0;
};

std::vector<GapLine> gapLines(const std::vector<cloud::ReadGap>& gaps) {
    std::map<std::tuple<std::string, std::string, std::string, std::string, std::string>, std::size_t> at;
    std::vector<GapLine> lines;
    for (const cloud::ReadGap& each : gaps) {
        const auto [found, fresh] = at.emplace(std::tuple(each.account.empty() ? each.session : each.account, each.region, each.service, each.call, std::string(each.error.code().id())), lines.size());
        if (fresh) lines.push_back({&each, 0});
        ++lines[found->second].times;
    }
    return lines;
}

QString whatOf(const cloud::ReadGap& gap) {
    if (const std::string_view action = gap.error.fact("action"); !action.empty()) return fromUtf8(action);
    if (gap.service.empty()) return {};
    return gap.call.empty() ? fromUtf8(gap.service) : fromUtf8(gap.service + " " + gap.call);
}

} // namespace

LiveRun::LiveRun(const LiveSource& source, LiveDesk& desk, QWidget* parent)
    : QWidget(parent), source_(source), desk_(desk), scroll_(new ScrollColumn(pageColumn)), heading_(new Text({}, TextStyle::Heading)),
      far_(new Text({}, TextStyle::Body, Color::TextSecondary)), slow_(new Text({}, TextStyle::Body, Color::ExpiringText)), bar_(new QProgressBar),
      failedCard_(new Card), failed_(new ErrorState), places_(new QTreeWidget), gapsPart_(new QWidget), gapsTitle_(new Text({}, TextStyle::Strong)), gaps_(new QVBoxLayout) {
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll_);
    scroll_->setObjectName(QStringLiteral("review.live.run"));
    QVBoxLayout* column = scroll_->column();
    column->setContentsMargins(space::s6, space::s6, space::s6, space::s6);
    column->setSpacing(space::s4);
    heading_->setObjectName(QStringLiteral("review.live.heading"));
    column->addWidget(heading_);
    auto* inside = new QVBoxLayout(failedCard_);
    inside->setContentsMargins(0, 0, 0, 0);
    failed_->setObjectName(QStringLiteral("review.live.failure"));
    inside->addWidget(failed_);
    column->addWidget(failedCard_);
    bar_->setObjectName(QStringLiteral("review.live.bar"));
    bar_->setAccessibleName(tr("Calls answered"));
    bar_->setTextVisible(false);
    column->addWidget(bar_);
    far_->setObjectName(QStringLiteral("review.live.far"));
    far_->setWordWrap(true);
    far_->setTabular(true);
    column->addWidget(far_);
    slow_->setObjectName(QStringLiteral("review.live.slow"));
    slow_->setWordWrap(true);
    column->addWidget(slow_);
    places_->setObjectName(QStringLiteral("review.live.places"));
    places_->setAccessibleName(tr("Accounts and regions"));
    places_->setHeaderLabels({tr("Account"), tr("Region"), tr("Calls"), tr("State")});
    places_->setRootIsDecorated(false);
    places_->setUniformRowHeights(true);
    places_->setFrameShape(QFrame::NoFrame);
    places_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    places_->header()->setStretchLastSection(false);
    places_->header()->setSectionsMovable(false);
    places_->header()->setSectionResizeMode(Account, QHeaderView::Stretch);
    places_->header()->resizeSection(State, stateWidth);
    places_->headerItem()->setTextAlignment(Calls, Qt::AlignRight | Qt::AlignVCenter);
    places_->header()->resizeSection(Region, regionWidth);
    places_->header()->resizeSection(Calls, callsWidth);
    column->addWidget(places_);
    auto* gapsColumn = new QVBoxLayout(gapsPart_);
    gapsColumn->setContentsMargins(0, 0, 0, 0);
    gapsColumn->setSpacing(space::s2);
    auto* head = new QHBoxLayout;
    gapsTitle_->setObjectName(QStringLiteral("review.live.gaps"));
    head->addWidget(gapsTitle_, 1);
    auto* copy = new Button(tr("Copy the list"), QStringLiteral("copy"), ButtonKind::Default);
    copy->setSize(ButtonSize::Small);
    copy->setObjectName(QStringLiteral("review.live.gaps.copy"));
    connect(copy, &QPushButton::clicked, this, &LiveRun::copyGaps);
    head->addWidget(copy);
    gapsColumn->addLayout(head);
    gaps_->setSpacing(space::s2);
    gapsColumn->addLayout(gaps_);
    column->addWidget(gapsPart_);
    column->addStretch(1);
}

void LiveRun::refresh() {
    const QLocale locale;
    const auto number = [&](std::size_t of) { return locale.toString(static_cast<qulonglong>(of)); };
    const cloud::ReadProgress& progress = desk_.progress();
    const cloud::ReadOutcome* outcome = desk_.outcome();
    const bool busy = desk_.busy();
    heading_->setFullText(busy                                           ? tr("Reading from AWS")
                          : outcome == nullptr                           ? QString()
                          : outcome->stopped                             ? tr("AWS was read in part")
                          : outcome->gaps.empty()                        ? tr("AWS was read")
                                                                         : tr("AWS was read, with gaps"));
    failedCard_->setVisible(!busy && outcome != nullptr && outcome->stopped.has_value());
    if (failedCard_->isVisibleTo(this)) {
        const ErrorText words = explain(*outcome->stopped);
        failed_->set(words.title, words.why, words.whatToDo, words.details);
    }
    bar_->setVisible(busy);
    // Nobody knows how much it is before the first answers tell.
    bar_->setRange(0, progress.known == 0 ? 0 : static_cast<int>(progress.known));
    bar_->setValue(static_cast<int>(progress.done));
    QStringList far{tr("%1 of %2 calls answered", "count, count").arg(number(progress.done), number(progress.known)), tr("%n object(s) read", nullptr, static_cast<int>(progress.objects))};
    if (!busy && outcome != nullptr && outcome->kept > 0 && outcome->oldest)
        far.append(tr("%n answer(s) from an earlier read, the oldest %1", nullptr, static_cast<int>(outcome->kept)).arg(ageText(*outcome->oldest, source_.clock.now())));
    if (!busy && outcome != nullptr && outcome->repeated > 0) far.append(tr("%n call(s) repeated", nullptr, static_cast<int>(outcome->repeated)));
    far_->setFullText(far.join(QStringLiteral("; ")));
    slow_->setFullText(tr("AWS asks to go more slowly. Reading pauses where it does, and goes on by itself."));
    slow_->setVisible(busy && progress.throttled && !desk_.stopping());
    fillPlaces();
    fillGaps();
}

void LiveRun::fillPlaces() {
    const QLocale locale;
    const auto& places = desk_.progress().places;
    const bool busy = desk_.busy();
    places_->setVisible(!places.empty());
    while (places_->topLevelItemCount() > static_cast<int>(places.size())) delete places_->takeTopLevelItem(places_->topLevelItemCount() - 1);
    while (places_->topLevelItemCount() < static_cast<int>(places.size())) {
        auto* item = new QTreeWidgetItem(places_);
        item->setTextAlignment(Calls, Qt::AlignRight | Qt::AlignVCenter);
    }
    const auto put = [](QTreeWidgetItem* item, int column, const QString& text) {
        if (item->text(column) != text) item->setText(column, text);
    };
    for (std::size_t i = 0; i < places.size(); ++i) {
        const cloud::ReadPlace& each = places[i];
        QTreeWidgetItem* item = places_->topLevelItem(static_cast<int>(i));
        put(item, Account, each.account.empty() ? fromUtf8(each.session) : desk_.accountWords(each.account));
        put(item, Region, each.region.empty() ? tr("the account itself") : fromUtf8(each.region));
        put(item, Calls, tr("%1 of %2", "count, count").arg(locale.toString(static_cast<qulonglong>(each.done)), locale.toString(static_cast<qulonglong>(each.known))));
        QString state = each.done < each.known ? (busy ? tr("asking") : tr("not finished")) : tr("done");
        if (busy && each.throttled) state = tr("AWS asks to go more slowly");
        if (each.gaps > 0) state = tr("%1, %n not read", nullptr, static_cast<int>(each.gaps)).arg(state);
        put(item, State, state);
    }
    const int rows = std::min(static_cast<int>(places.size()), mostPlaces);
    const int row = places.empty() ? 0 : places_->sizeHintForRow(0);
    places_->setFixedHeight(places_->header()->sizeHint().height() + rows * row + 2);
}

void LiveRun::fillGaps() {
    const cloud::ReadOutcome* outcome = desk_.outcome();
    const bool any = outcome != nullptr && !outcome->gaps.empty();
    gapsPart_->setVisible(any);
    if (!any) {
        gapsShown_ = false;
        return;
    }
    if (gapsShown_) return;
    gapsShown_ = true;
    emptyLayout(gaps_);
    const auto lines = gapLines(outcome->gaps);
    gapsTitle_->setFullText(tr("Not read: %n call(s)", nullptr, static_cast<int>(outcome->gaps.size())));
    int shown = 0;
    for (const GapLine& line : lines) {
        if (shown == mostGaps) break;
        const cloud::ReadGap& gap = *line.gap;
        const ErrorText why = explain(gap.error);
        auto* row = new QHBoxLayout;
        row->setSpacing(space::s2);
        row->addWidget(new IconLabel(QStringLiteral("deny"), Color::DeniedText), 0, Qt::AlignTop);
        QStringList where{gap.account.empty() ? fromUtf8(gap.session) : desk_.accountWords(gap.account)};
        if (!gap.region.empty()) where.append(fromUtf8(gap.region));
        auto* words = new QVBoxLayout;
        words->setSpacing(0);
        const QString what = whatOf(gap);
        auto* title = new Text(what.isEmpty() ? where.join(QStringLiteral(", ")) : tr("%1 in %2", "action, place").arg(what, where.join(QStringLiteral(", "))), TextStyle::Body);
        title->setObjectName(QStringLiteral("review.live.gap.%1").arg(++shown));
        title->setWordWrap(true);
        title->setToolTip(why.details);
        words->addWidget(title);
        auto* reason = new Text(line.times > 1 ? tr("%1, %n time(s)", nullptr, line.times).arg(why.title) : why.title, TextStyle::Small, Color::TextSecondary);
        reason->setWordWrap(true);
        words->addWidget(reason);
        row->addLayout(words, 1);
        gaps_->addLayout(row);
    }
    if (const int more = static_cast<int>(lines.size()) - shown; more > 0) gaps_->addWidget(new Text(tr("and %n more line(s), in what is copied", nullptr, more), TextStyle::Small, Color::TextTertiary));
}

void LiveRun::copyGaps() const {
    if (desk_.outcome() == nullptr) return;
    QStringList lines;
    for (const GapLine& line : gapLines(desk_.outcome()->gaps)) {
        const cloud::ReadGap& gap = *line.gap;
        lines.append(QStringList{fromUtf8(gap.account.empty() ? gap.session : gap.account), fromUtf8(gap.region), whatOf(gap), explain(gap.error).title, QString::number(line.times)}.join(QLatin1Char('\t')));
    }
    copyText(lines.join(QLatin1Char('\n')), false);
}

QString LiveRun::words() const {
    if (desk_.stopping()) return tr("Stopping; what was answered is kept");
    if (desk_.busy()) return tr("You can go on working meanwhile");
    const cloud::ReadOutcome* outcome = desk_.outcome();
    if (outcome == nullptr) return {};
    if (outcome->files.empty()) return tr("Nothing was read");
    return outcome->stopped ? tr("%n answer(s) are kept; reading on asks only for the rest", nullptr, static_cast<int>(outcome->files.size()))
                            : tr("%n answer(s) to review", nullptr, static_cast<int>(outcome->files.size()));
}

} // namespace gw::ui
