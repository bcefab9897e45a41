#include "ui/sessions/role_chooser.h"

#include "ui/errors_text.h"
#include "ui/sessions/role_details_panel.h"
#include "ui/sessions/role_facts_strip.h"
#include "ui/sessions/role_grouping.h"
#include "ui/sessions/sign_in_coordinator.h"
#include "ui/sessions/text_of.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace gw::ui {

using sessions::RoleChoice;

namespace {

constexpr int footHeight = 56;
constexpr std::int64_t recentSeconds = std::int64_t{14} * 24 * 3600;

QString count(std::size_t number) { return QLocale().toString(static_cast<qulonglong>(number)); }

} // namespace

RoleChooser::RoleChooser(const SessionsContext& context, const SignInCoordinator& coordinator, const SignInAttempt& attempt, QWidget* parent)
    : QWidget(parent), context_(context), coordinator_(coordinator), attempt_(&attempt), provider_(attempt.provider()) {
    setObjectName(QStringLiteral("chooser"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    facts_ = new RoleFactsStrip(attempt);
    column->addWidget(facts_);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    column->addLayout(middle, 1);
    auto* left = new Panel(Color::BgSurface);
    middle->addWidget(left, 1);
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, 0);
    leftColumn->setSpacing(0);
    details_ = new RoleDetailsPanel(context);
    middle->addWidget(details_);
    buildList();
    leftColumn->addWidget(stack_, 1);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(space::s4, space::s3, space::s4, space::s2);
    top->setSpacing(space::s2);
    top->addWidget(field_);
    auto* filters = new QHBoxLayout;
    filters->addWidget(filter_);
    filters->addStretch();
    top->addLayout(filters);
    top->addWidget(notice_);
    leftColumn->insertLayout(0, top);
    more_ = new Text({}, TextStyle::Body, Color::TextSecondary);
    clear_ = new LinkLabel(tr("Clear the search"));
    clear_->setObjectName(QStringLiteral("chooser.clear"));
    connect(clear_, &QAbstractButton::clicked, this, [this] {
        field_->clear();
        focusSearch();
    });
    auto* moreRow = new QHBoxLayout;
    moreRow->setSpacing(space::s2);
    moreRow->addWidget(more_);
    moreRow->addWidget(clear_);
    moreRow->addStretch();
    auto* below = new QVBoxLayout;
    below->setContentsMargins(space::s4, space::s2, space::s4, space::s2);
    below->addLayout(moreRow);
    hints_ = new KeyHints({{tr("↑ ↓"), tr("move")},
                            {tr("Space"), tr("choose")},
                            {tr("Alt F"), tr("favourite")},
                            {tr("Alt D"), tr("duration")},
                            {tr("Enter"), tr("start")}});
    below->addWidget(hints_);
    leftColumn->addLayout(below);
    buildFoot();
    column->addWidget(foot_);

    connect(&coordinator, &SignInCoordinator::ticked, this, &RoleChooser::tick);
    connect(&context.book, &sessions::SessionBook::changed, this, [this] {
        const UtcTime now = context_.clock.now();
        for (std::uint32_t i = 0; i < search_.entries().size(); ++i) list_->setRow(i, rowOf(i, now));
    });
    connect(new QShortcut(QKeySequence(Qt::ALT | Qt::Key_D), this), &QShortcut::activated, details_, &RoleDetailsPanel::focusDuration);
    for (const QKeySequence& keys : {QKeySequence(Qt::ALT | Qt::Key_F), QKeySequence(Qt::CTRL | Qt::Key_D)})
        connect(new QShortcut(keys, this), &QShortcut::activated, this, [this] {
            if (const auto entry = list_->current()) toggleFavourite(*entry);
        });
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Space), this), &QShortcut::activated, list_, &RoleListView::toggleCurrent);
    fillRows();
    tick();
}

void RoleChooser::buildList() {
    field_ = new SearchBox(tr("Search roles"));
    field_->setObjectName(QStringLiteral("chooser.search"));
    field_->setPlaceholderText(tr("Role, account, environment or a part of the ARN"));
    field_->installEventFilter(this);
    filter_ = new Segmented(tr("Which roles"));
    filter_->setObjectName(QStringLiteral("chooser.filter"));
    filter_->setSmall(true);
    notice_ = new Text({}, TextStyle::Body, Color::ExpiringText);
    notice_->setWordWrap(true);
    notice_->hide();
    list_ = new RoleListView(context_.clock);
    list_->setObjectName(QStringLiteral("chooser.list"));
    list_->setAccessibleName(tr("Roles"));
    nothing_ = new EmptyState(QStringLiteral("search"), {}, {});
    staleState_ = new EmptyState(QStringLiteral("expired"), tr("This sign-in can start no more roles"),
                                 tr("AWS takes an assertion for five minutes after the provider issued it. What is chosen stays chosen."));
    auto* again = staleState_->addAction(tr("Sign in again"), QStringLiteral("sign-in"), ButtonKind::Primary);
    again->setObjectName(QStringLiteral("chooser.sign-in-again"));
    stack_ = new QStackedWidget;
    stack_->addWidget(list_);
    stack_->addWidget(nothing_);
    stack_->addWidget(staleState_);

    connect(field_, &QLineEdit::textChanged, this, [this] {
        listActive_ = false;
        find();
    });
    connect(filter_, &Segmented::currentChanged, this, [this] {
        find();
        focusSearch();
    });
    connect(list_, &RoleListView::currentChanged, this, &RoleChooser::showCurrent);
    connect(list_, &RoleListView::checkedChanged, this, &RoleChooser::updateFoot);
    connect(list_, &RoleListView::favouriteWanted, this, &RoleChooser::toggleFavourite);
    connect(list_, &RoleListView::activated, this, [this](quint32) { start(); });
    connect(again, &QPushButton::clicked, this, &RoleChooser::signInAgain);
    connect(details_, &RoleDetailsPanel::durationChanged, this, [this](std::chrono::seconds duration) {
        if (const auto entry = list_->current()) choiceFor(*entry).duration = duration;
    });
    connect(details_, &RoleDetailsPanel::regionChanged, this, [this](const aws::Region& region) {
        if (const auto entry = list_->current()) choiceFor(*entry).region = region;
    });
    connect(details_, &RoleDetailsPanel::profileChanged, this, [this](const sessions::ProfileName& profile) {
        const auto entry = list_->current();
        if (!entry) return;
        choiceFor(*entry).profile = profile;
        details_->setProfileError(profileProblem(*entry));
        updateFoot();
    });
}

void RoleChooser::buildFoot() {
    foot_ = new Panel(Color::BgWindow);
    foot_->setEdges(Qt::TopEdge);
    foot_->setFixedHeight(footHeight);
    auto* row = new QHBoxLayout(foot_);
    row->setContentsMargins(space::s4, 0, space::s4, 0);
    row->setSpacing(space::s3);
    footCount_ = new Text({}, TextStyle::Strong);
    footCount_->setObjectName(QStringLiteral("chooser.count"));
    row->addWidget(footCount_);
    footRoles_ = new QHBoxLayout;
    footRoles_->setSpacing(space::s2);
    row->addLayout(footRoles_);
    row->addStretch();
    footNote_ = new Text({}, TextStyle::Body, Color::TextSecondary);
    row->addWidget(footNote_);
    start_ = new Button({}, {}, ButtonKind::Primary);
    start_->setObjectName(QStringLiteral("chooser.start"));
    start_->setKeyHint(tr("Enter"));
    row->addWidget(start_);
    connect(start_, &QPushButton::clicked, this, &RoleChooser::start);
}

void RoleChooser::fillRows() {
    const auto& claims = attempt_->signIn()->claims();
    const auto& gained = attempt_->signIn()->roleChanges().gained;
    std::vector<items::RoleEntry> entries;
    entries.reserve(claims.roles.size());
    fresh_.clear();
    std::set<std::pair<std::string_view, std::string_view>> isNew;
    if (!attempt_->firstSignIn())
        for (const auto& pair : gained) isNew.emplace(pair.role.value(), pair.provider.value());
    for (const auto& pair : claims.roles) {
        entries.push_back({pair, provider_.roleLabel(pair.role), provider_.accountAlias(pair.role.account()), provider_.environmentOf(pair.role),
                           context_.memory.favourite(pair.role), context_.memory.lastUsed(pair.role)});
        fresh_.push_back(isNew.contains({pair.role.value(), pair.provider.value()}));
    }
    search_.setEntries(std::move(entries));
    const UtcTime now = context_.clock.now();
    std::vector<RoleRow> rows;
    rows.reserve(claims.roles.size());
    for (std::uint32_t i = 0; i < search_.entries().size(); ++i) rows.push_back(rowOf(i, now));
    list_->setRows(std::move(rows));
    QStringList problems;
    for (const auto& problem : claims.problems) problems << explain(problem).title;
    if (!claims.malformed.empty())
        problems << tr("%n value(s) of the Role attribute cannot be used", nullptr, static_cast<int>(claims.malformed.size()));
    if (!problems.isEmpty()) showNotice(problems.join(QStringLiteral(". ")));
    updateFilterCounts();
    filter_->setCurrent(All);
    find();
}

RoleRow RoleChooser::rowOf(std::uint32_t index, UtcTime now) const {
    const items::RoleEntry& entry = search_.entries()[index];
    RoleRow row;
    row.label = textOf(entry.label);
    row.accountAlias = textOf(entry.accountAlias);
    row.account = textOf(entry.pair.role.account().value());
    row.environment = entry.environment;
    row.favourite = entry.favourite;
    row.lastUsed = entry.lastUsed == 0 ? tr("never") : ageText(UtcTime::fromUnixSeconds(entry.lastUsed), now);
    if (const auto cap = context_.memory.cap(entry.pair.role)) row.longest = durationText(*cap);
    if (index < list_->rows().size()) row.checked = list_->rows()[index].checked;
    for (const auto& session : context_.book.sessions())
        if (session.live(now) && session.pair == entry.pair) {
            row.runningUntil = session.expiration;
            row.runningTotal = std::chrono::floor<std::chrono::seconds>(session.expiration - session.started);
        }
    if (const auto error = errors_.find(index); error != errors_.end()) row.problem = explain(error->second).title;
    return row;
}

void RoleChooser::updateFilterCounts() {
    const auto favourites =
        std::count_if(search_.entries().begin(), search_.entries().end(), [](const items::RoleEntry& entry) { return entry.favourite; });
    const auto fresh = std::count(fresh_.begin(), fresh_.end(), true);
    QStringList items{tr("All"), favourites > 0 ? tr("Favourites %1").arg(favourites) : tr("Favourites"), tr("Recent"),
                      fresh > 0 ? tr("New %1").arg(fresh) : tr("New")};
    filter_->setItems(items);
    filter_->setItemEnabled(Favourites, favourites > 0, tr("No role is a favourite yet"));
    const bool anyRecent = std::any_of(search_.entries().begin(), search_.entries().end(), [this](const items::RoleEntry& entry) { return recent(entry); });
    filter_->setItemEnabled(Recent, anyRecent, tr("No role was used in the last two weeks"));
    filter_->setItemEnabled(Fresh, fresh > 0, tr("No role is new since the last sign-in"));
}

bool RoleChooser::recent(const items::RoleEntry& entry) const {
    return entry.lastUsed > 0 && context_.clock.now().unixSeconds() - entry.lastUsed < recentSeconds;
}

bool RoleChooser::passes(std::uint32_t entry) const {
    const items::RoleEntry& role = search_.entries()[entry];
    switch (filter_->current()) {
    case Favourites: return role.favourite;
    case Recent: return recent(role);
    case Fresh: return fresh_[entry];
    default: return true;
    }
}

void RoleChooser::find() {
    const QString query = field_->text().trimmed();
    auto hits = search_.find(query.toStdString());
    if (filter_->current() > All) std::erase_if(hits, [this](const items::RoleHit& hit) { return !passes(hit.entry); });
    if (filter_->current() == Recent && query.isEmpty())
        std::stable_sort(hits.begin(), hits.end(), [this](const items::RoleHit& a, const items::RoleHit& b) {
            return search_.entries()[a.entry].lastUsed > search_.entries()[b.entry].lastUsed;
        });
    const std::size_t found = hits.size();
    const std::size_t all = search_.entries().size();
    field_->setCounter(query.isEmpty() && filter_->current() <= All ? tr("%n role(s)", nullptr, static_cast<int>(all))
                                                                    : tr("%1 of %2 roles").arg(count(found), count(all)));
    const auto grouping = filter_->current() == Recent && query.isEmpty() ? RoleGrouping::Recent
                          : query.isEmpty()                               ? RoleGrouping::ByAccount
                                                                          : RoleGrouping::Matches;
    list_->setGroups(groupRoles(search_, std::move(hits), grouping));
    more_->setText(query.isEmpty() || found == 0 ? QString()
                                                 : tr("%n more role(s) do not match.", nullptr, static_cast<int>(all - found)));
    more_->setVisible(!stale_ && !query.isEmpty() && found > 0 && found < all);
    clear_->setVisible(!more_->isHidden());
    hints_->setVisible(!stale_);
    if (stale_)
        stack_->setCurrentWidget(staleState_);
    else if (found == 0)
        showNothingFound(query);
    else
        stack_->setCurrentWidget(list_);
    updateFoot();
}

void RoleChooser::showNothingFound(const QString& query) {
    nothing_->clearActions();
    if (query.isEmpty()) {
        nothing_->set(QStringLiteral("filter"), tr("No role here"), tr("No role of this sign-in is in this list."));
    } else {
        const QString near = textOf(search_.nearest(query.toStdString()));
        nothing_->set(QStringLiteral("search"), tr("No role matches “%1”").arg(query.left(60)),
                      near.isEmpty() ? tr("Role, account, environment and ARN were searched.") : tr("The nearest name is %1.").arg(near));
        if (!near.isEmpty()) {
            auto* other = nothing_->addAction(tr("Search %1").arg(near), {}, ButtonKind::Default);
            other->setObjectName(QStringLiteral("chooser.search-nearest"));
            connect(other, &QPushButton::clicked, this, [this, near] {
                field_->setText(near);
                focusSearch();
            });
        }
    }
    auto* clear = nothing_->addAction(tr("Show all roles"), {}, ButtonKind::Ghost);
    clear->setObjectName(QStringLiteral("chooser.show-all"));
    connect(clear, &QPushButton::clicked, this, [this] {
        filter_->setCurrent(All);
        field_->clear();
        find();
        focusSearch();
    });
    stack_->setCurrentWidget(nothing_);
}

RoleChoice& RoleChooser::choiceFor(std::uint32_t entry) {
    const auto found = choices_.find(entry);
    if (found != choices_.end()) return found->second;
    std::vector<sessions::ProfileName> taken;
    for (const auto& [other, choice] : choices_)
        if (list_->rows()[other].checked) taken.push_back(choice.profile);
    return choices_.emplace(entry, coordinator_.defaultChoice(provider_, search_.entries()[entry].pair, taken)).first->second;
}

DurationLimit RoleChooser::limitOf(const aws::RoleArn& role) const {
    DurationLimit limit;
    const auto lower = [&](std::chrono::seconds longest, const QString& reason) {
        if (limit.longest && *limit.longest <= longest) return;
        limit = {longest, reason};
    };
    if (const auto cap = context_.memory.cap(role)) lower(*cap, tr("This role did not allow more than %1 before.").arg(durationText(*cap)));
    if (!attempt_ || !attempt_->signIn()) return limit;
    if (const auto sent = attempt_->signIn()->claims().sessionDuration) lower(*sent, tr("The provider allows %1.").arg(durationText(*sent)));
    if (const auto* assertion = attempt_->signIn()->assertion())
        if (const auto end = assertion->sessionNotOnOrAfter())
            lower(std::chrono::floor<std::chrono::seconds>(*end - context_.clock.now()),
                  tr("The provider's own session ends at %1.").arg(clockText(*end)));
    return limit;
}

QString RoleChooser::profileProblem(std::uint32_t entry) const {
    const auto found = choices_.find(entry);
    if (found == choices_.end()) return {};
    const sessions::ProfileName& profile = found->second.profile;
    if (profile.empty()) return tr("A profile needs a name");
    if (textOf(profile.value()).contains(u' ')) return tr("No blanks in a profile name");
    if (!sessions::isProfileName(profile.value())) return tr("Letters, digits and - _ . @ + : / = only");
    const UtcTime now = context_.clock.now();
    for (const auto& session : context_.book.sessions())
        if (session.live(now) && session.profile == profile && !(session.pair == found->second.pair))
            return tr("%1 uses this profile").arg(textOf(session.roleLabel));
    for (const auto& [other, choice] : choices_)
        if (other != entry && list_->rows()[other].checked && choice.profile == profile)
            return tr("%1 is to use this profile").arg(textOf(search_.entries()[other].label));
    return {};
}

std::vector<std::uint32_t> RoleChooser::chosen() const {
    auto checked = list_->checked();
    if (checked.empty())
        if (const auto entry = list_->current()) checked.push_back(*entry);
    return checked;
}

void RoleChooser::showCurrent() {
    const auto entry = list_->current();
    if (!entry) {
        details_->clear();
    } else {
        const items::RoleEntry& role = search_.entries()[*entry];
        std::vector<aws::Region> regions = provider_.regions;
        for (const auto& region : aws::knownRegions(role.pair.role.partition()))
            if (std::find(regions.begin(), regions.end(), region) == regions.end()) regions.push_back(region);
        details_->show(choiceFor(*entry), textOf(role.label), role.environment, limitOf(role.pair.role), regions);
        details_->setProfileError(profileProblem(*entry));
        const auto error = errors_.find(*entry);
        details_->setError(error == errors_.end() ? std::nullopt : std::optional(error->second));
    }
    updateFoot();
}

void RoleChooser::toggleFavourite(std::uint32_t entry) {
    const bool favourite = !search_.entries()[entry].favourite;
    search_.setFavourite(entry, favourite);
    context_.memory.setFavourite(search_.entries()[entry].pair.role, favourite);
    list_->setRow(entry, rowOf(entry, context_.clock.now()));
    updateFilterCounts();
    find();
    list_->setCurrent(entry);
}

void RoleChooser::focusSearch() { field_->setFocus(Qt::OtherFocusReason); }

void RoleChooser::showNotice(const QString& words) {
    notice_->setText(words);
    notice_->setVisible(!words.isEmpty());
}

} // namespace gw::ui
