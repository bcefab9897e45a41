#include "ui/review/campaigns/campaign_desk.h"

#include "models/store/when_done.h"
#include "ui/errors/utf8.h"

#include <QUuid>

#include <algorithm>
#include <set>

namespace gw::ui {

namespace campaign = estate::campaign;
using store::CampaignStore;

namespace {

constexpr std::chrono::seconds watchEvery{5};
// So far the clocks of two consoles may be apart: what one of them does then happens when the other's last step did.
constexpr std::chrono::seconds clocksApart{60};

UtcTime notBefore(const campaign::Campaign& of, UtcTime now) {
    const auto& history = of.record().history;
    if (history.empty() || history.back().at <= now || history.back().at - now > clocksApart) return now;
    return history.back().at;
}

struct Reminded {
    std::string id, title;
    std::size_t open = 0;
    bool overdue = false;
};

struct Refreshed {
    std::vector<CampaignStore::Listed> list;
    CampaignPtr shown; // null: as it was
    std::vector<Reminded> reminded;
};

// At most once a day, and only of what is near its end: the store knows who was reminded.
Result<std::vector<Reminded>> remindOf(CampaignStore& store, const std::vector<CampaignStore::Listed>& list, const std::string& person, UtcTime now) {
    std::vector<Reminded> all;
    for (const auto& each : list) {
        if (each.state != campaign::State::Open || each.waiting == 0 || now < each.due - (each.due - each.created) / 4) continue;
        GW_TRY(CampaignStore::Kept kept, store.load(each.id));
        campaign::Campaign tried = kept.campaign;
        const auto any = tried.remind(notBefore(tried, now), person);
        if (!any || any->empty()) continue;
        std::vector<campaign::Reminder> reminders;
        GW_CHECK(store.change(kept, [&](campaign::Campaign& changed) -> Status {
            GW_TRY(reminders, changed.remind(notBefore(changed, now), person));
            return {};
        }));
        for (const auto& one : reminders) all.push_back({each.id, each.title, one.open, one.overdue});
    }
    return all;
}

} // namespace

struct CampaignDesk::Shelf {
    std::optional<CampaignStore::Kept> kept;
};

CampaignDesk::CampaignDesk(store::DatabaseThread* store, const Clock& clock, std::function<std::string()> person, QObject* parent)
    : QObject(parent), store_(store), clock_(clock), person_(std::move(person)), shelf_(std::make_shared<Shelf>()) {
    watch_.setInterval(watchEvery);
    connect(&watch_, &QTimer::timeout, this, [this] {
        if (asked_ == 0) refresh();
    });
}

CampaignDesk::~CampaignDesk() = default;

void CampaignDesk::setWatched(bool watched) {
    if (watched && store_ != nullptr)
        watch_.start();
    else
        watch_.stop();
}

void CampaignDesk::take(const CampaignPtr& shown) {
    if (!shown || shown->campaign.record().id != wanted_) return;
    current_ = shown;
    Q_EMIT this->shown();
}

void CampaignDesk::refresh() {
    if (store_ == nullptr) return;
    ++asked_;
    const auto work = [shelf = shelf_, me = me(), now = clock_.now()](store::Database& database) -> Result<Refreshed> {
        CampaignStore store(database);
        Refreshed fresh;
        GW_TRY(fresh.list, store.list(me));
        GW_TRY(fresh.reminded, remindOf(store, fresh.list, me, now));
        if (shelf->kept) {
            GW_TRY(const std::int64_t revision, store.revision(shelf->kept->campaign.record().id));
            if (revision != shelf->kept->revision) {
                GW_TRY(shelf->kept, store.load(shelf->kept->campaign.record().id));
                fresh.shown = showCampaign(*shelf->kept, now);
            }
        }
        return fresh;
    };
    whenDone(store_->ask(work), this, [this](Result<Refreshed> fresh) {
        --asked_;
        if (!fresh) return Q_EMIT failed(fresh.error(), Step::List, {});
        list_ = std::move(fresh->list);
        Q_EMIT listed();
        take(fresh->shown);
        for (const Reminded& each : fresh->reminded) Q_EMIT remind(fromUtf8(each.id), fromUtf8(each.title), static_cast<int>(each.open), each.overdue);
    });
}

void CampaignDesk::make(const ReviewedPtr& review, const Asked& asked) {
    if (store_ == nullptr || !review) return;
    ++asked_;
    const std::string id = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
    wanted_ = id;
    const auto work = [shelf = shelf_, review, asked, id, me = me(), now = clock_.now()](store::Database& database) -> Result<CampaignPtr> {
        campaign::Plan plan;
        plan.id = id;
        plan.title = asked.title.toStdString();
        plan.scope = asked.scope.toStdString();
        plan.owner = me;
        plan.due = asked.due;
        plan.reviewers = asked.reviewers;
        std::set<std::string_view> taken;
        for (const std::uint32_t row : asked.rows)
            if (taken.insert(review->items[row]).second) plan.items.push_back({review->subjectOf(row), {}});
        GW_TRY(campaign::Campaign made, campaign::Campaign::draft(std::move(plan), now));
        GW_CHECK(made.open(me, now));
        GW_TRY(const std::int64_t revision, CampaignStore(database).save(made, 0));
        shelf->kept = CampaignStore::Kept{std::move(made), revision};
        return showCampaign(*shelf->kept, now);
    };
    whenDone(store_->ask(work), this, [this](Result<CampaignPtr> made) {
        --asked_;
        if (!made) return Q_EMIT failed(made.error(), Step::Make, {});
        take(*made);
        Q_EMIT done(Step::Make, {});
        refresh();
    });
}

void CampaignDesk::open(const std::string& id) {
    if (store_ == nullptr) return;
    ++asked_;
    wanted_ = id;
    const auto work = [shelf = shelf_, id, now = clock_.now()](store::Database& database) -> Result<CampaignPtr> {
        GW_TRY(shelf->kept, CampaignStore(database).load(id));
        return showCampaign(*shelf->kept, now);
    };
    whenDone(store_->ask(work), this, [this](Result<CampaignPtr> loaded) {
        --asked_;
        if (!loaded) return Q_EMIT failed(loaded.error(), Step::Open, {});
        take(*loaded);
        Q_EMIT done(Step::Open, {});
    });
}

void CampaignDesk::close() {
    wanted_.clear();
    current_.reset();
    refresh();
}

void CampaignDesk::change(Step step, const std::string& item, Change work) {
    if (store_ == nullptr || !current_) return;
    ++asked_;
    struct Changed {
        std::optional<Error> error;
        CampaignPtr shown;
    };
    const auto ask = [shelf = shelf_, id = wanted_, work = std::move(work), now = clock_.now()](store::Database& database) -> Result<Changed> {
        CampaignStore store(database);
        if (!shelf->kept || shelf->kept->campaign.record().id != id) {
            GW_TRY(shelf->kept, store.load(id));
        }
        const std::int64_t before = shelf->kept->revision;
        const Status done = store.change(*shelf->kept, [&](campaign::Campaign& changed) { return work(changed, notBefore(changed, now)); });
        Changed changed;
        if (!done) changed.error = done.error();
        // Also what somebody else did is to be seen.
        if (shelf->kept->revision != before) changed.shown = showCampaign(*shelf->kept, now);
        return changed;
    };
    whenDone(store_->ask(ask), this, [this, step, item = fromUtf8(item)](Result<Changed> changed) {
        --asked_;
        if (!changed) return Q_EMIT failed(changed.error(), step, item);
        take(changed->shown);
        if (changed->error) return Q_EMIT failed(*changed->error, step, item);
        Q_EMIT done(step, item);
        if (step != Step::Look) refresh();
    });
}

void CampaignDesk::look(const std::string& item) {
    change(Step::Look, item, [item, me = me()](campaign::Campaign& of, UtcTime now) { return of.look(item, me, now); });
}

void CampaignDesk::decide(const std::string& item, campaign::Verdict verdict, const QString& reason, const QString& change) {
    if (!current_) return;
    const campaign::Item* const now = current_->campaign.find(item);
    if (now == nullptr) return;
    this->change(Step::Decide, item,
                 [item, seen = now->decision, verdict, reason = reason.toStdString(), change = change.toStdString(), me = me()](campaign::Campaign& of, UtcTime at) -> Status {
                     const campaign::Item* const there = of.find(item);
                     if (there != nullptr && there->decision != seen) return fail(store::DatabaseError::ChangedMeanwhile);
                     return of.decide(item, me, verdict, reason, change, at);
                 });
}

void CampaignDesk::withdraw(const std::string& item) {
    change(Step::Withdraw, item, [item, me = me()](campaign::Campaign& of, UtcTime now) { return of.withdraw(item, me, now); });
}

void CampaignDesk::delegate(const std::string& item, const QString& to, const QString& reason) {
    change(Step::Delegate, item,
           [item, to = to.toStdString(), reason = reason.toStdString(), me = me()](campaign::Campaign& of, UtcTime now) { return of.delegate(item, me, to, reason, now); });
}

void CampaignDesk::extend(UtcTime due, const QString& reason) {
    change(Step::Extend, {}, [due, reason = reason.toStdString(), me = me()](campaign::Campaign& of, UtcTime now) { return of.extend(me, due, reason, now); });
}

void CampaignDesk::cancel(const QString& reason) {
    change(Step::Cancel, {}, [reason = reason.toStdString(), me = me()](campaign::Campaign& of, UtcTime now) { return of.cancel(me, reason, now); });
}

void CampaignDesk::sign(const QString& statement) {
    change(Step::Sign, {}, [statement = statement.toStdString(), me = me()](campaign::Campaign& of, UtcTime now) { return of.sign(me, statement, now); });
}

} // namespace gw::ui
