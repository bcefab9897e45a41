#include "models/estate/campaign/campaign.h"

#include "models/estate/campaign/said.h"

#include "saml/dsig/sha256_hex.h"

#include <algorithm>
#include <array>
#include <set>

namespace gw::estate::campaign {
namespace {

constexpr std::int64_t day = 24 * 60 * 60;

template <std::size_t N>
std::optional<std::size_t> placeOf(const std::array<std::string_view, N>& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - names.begin()));
}

constexpr auto states = std::to_array<std::string_view>({"draft", "open", "signed", "cancelled"});
constexpr auto verdicts = std::to_array<std::string_view>({"keep", "remove", "change"});
constexpr auto events = std::to_array<std::string_view>(
    {"drafted", "opened", "looked", "decided", "withdrawn", "delegated", "extended", "reminded", "signed", "cancelled"});

} // namespace

std::string_view stateName(State state) {
    return states[static_cast<std::size_t>(state)];
}
std::optional<State> stateNamed(std::string_view name) {
    const auto place = placeOf(states, name);
    return place ? std::optional(static_cast<State>(*place)) : std::nullopt;
}
std::string_view verdictName(Verdict verdict) {
    return verdicts[static_cast<std::size_t>(verdict)];
}
std::optional<Verdict> verdictNamed(std::string_view name) {
    const auto place = placeOf(verdicts, name);
    return place ? std::optional(static_cast<Verdict>(*place)) : std::nullopt;
}
std::string_view eventName(EventKind kind) {
    return events[static_cast<std::size_t>(kind)];
}
std::optional<EventKind> eventNamed(std::string_view name) {
    const auto place = placeOf(events, name);
    return place ? std::optional(static_cast<EventKind>(*place)) : std::nullopt;
}

std::string itemId(const Subject& subject) {
    // Each with its length before it, so that no two of them run together.
    std::string text;
    for (const std::string* each : {&subject.kind, &subject.who, &subject.provider, &subject.role})
        text += std::to_string(each->size()) + ":" + *each;
    return saml::sha256Hex(text);
}

Result<Campaign> Campaign::draft(Plan plan, UtcTime now) {
    if (isBlank(plan.title)) return fail(CampaignError::NoTitle);
    if (isBlank(plan.owner)) return fail(CampaignError::NotTheOwner);
    for (const std::string* each : {&plan.title, &plan.scope, &plan.owner, &plan.id}) GW_CHECK(fits(*each));
    if (plan.items.empty()) return fail(CampaignError::NoItems);
    if (plan.items.size() > Limits::items)
        return fail(Error(CampaignError::TooMany)
                        .with("seen", std::to_string(plan.items.size()))
                        .with("most", std::to_string(Limits::items)));
    if (plan.reviewers.size() > Limits::reviewers)
        return fail(Error(CampaignError::TooMany)
                        .with("seen", std::to_string(plan.reviewers.size()))
                        .with("most", std::to_string(Limits::reviewers)));
    if (plan.due <= now) return fail(CampaignError::DueInThePast);
    Record record;
    record.id = std::move(plan.id);
    record.title = std::move(plan.title);
    record.scope = std::move(plan.scope);
    record.owner = std::move(plan.owner);
    record.created = now;
    record.due = plan.due;
    std::set<std::string> reviewers;
    for (const std::string& each : plan.reviewers)
        if (!isBlank(each) && reviewers.insert(each).second) record.reviewers.push_back(each);
    const std::size_t round = record.reviewers.size();
    std::size_t next = 0;
    record.items.reserve(plan.items.size());
    for (Plan::Planned& each : plan.items) {
        Item item;
        item.id = itemId(each.subject);
        item.reviewer = std::move(each.reviewer);
        // Whoever is next and does not have it himself.
        for (std::size_t tried = 0; item.reviewer.empty() && tried < round; ++tried, ++next)
            if (!isOwn(each.subject, record.reviewers[next % round])) item.reviewer = record.reviewers[next % round];
        if (item.reviewer.empty())
            return fail(Error(round == 0 ? CampaignError::NoReviewers : CampaignError::OwnAccess).with("item", item.id));
        if (isOwn(each.subject, item.reviewer))
            return fail(Error(CampaignError::OwnAccess).with("item", item.id).with("person", item.reviewer));
        if (reviewers.insert(item.reviewer).second) record.reviewers.push_back(item.reviewer);
        item.subject = std::move(each.subject);
        record.items.push_back(std::move(item));
    }
    Campaign campaign;
    campaign.record_ = std::move(record);
    campaign.note(EventKind::Drafted, now, campaign.record_.owner);
    return restore(std::move(campaign.record_));
}

Result<Campaign> Campaign::restore(Record record) {
    Campaign campaign;
    for (std::size_t i = 0; i < record.items.size(); ++i) {
        const Item& item = record.items[i];
        if (item.id != itemId(item.subject)) return fail(Error(CampaignError::NoSuchItem).with("item", item.id));
        if (!campaign.places_.emplace(item.id, i).second) return fail(Error(CampaignError::DuplicateItem).with("item", item.id));
        if (item.decision && record.state == State::Draft) return fail(Error(CampaignError::WrongState).with("item", item.id));
        if (!item.decision && record.state == State::Signed) return fail(Error(CampaignError::Undecided).with("item", item.id));
    }
    for (std::size_t i = 1; i < record.history.size(); ++i)
        if (record.history[i].at < record.history[i - 1].at) return fail(CampaignError::TimeRunsBack);
    campaign.record_ = std::move(record);
    return campaign;
}

const Item* Campaign::find(std::string_view item) const {
    const auto place = places_.find(item);
    return place == places_.end() ? nullptr : &record_.items[place->second];
}

const Event* Campaign::signing() const {
    const auto found = std::find_if(record_.history.rbegin(), record_.history.rend(),
                                    [](const Event& each) { return each.kind == EventKind::Signed; });
    return found == record_.history.rend() ? nullptr : &*found;
}

Status Campaign::inState(State state) const {
    if (record_.state != state)
        return fail(Error(CampaignError::WrongState).with("state", std::string(stateName(record_.state))));
    return {};
}

Status Campaign::atTime(UtcTime now) const {
    if (!record_.history.empty() && now < record_.history.back().at) return fail(CampaignError::TimeRunsBack);
    if (record_.history.size() >= Limits::history)
        return fail(Error(CampaignError::TooMany).with("most", std::to_string(Limits::history)));
    return {};
}

Result<Item*> Campaign::openItem(std::string_view item) {
    GW_CHECK(inState(State::Open));
    const auto place = places_.find(item);
    if (place == places_.end()) return fail(Error(CampaignError::NoSuchItem).with("item", std::string(item)));
    return &record_.items[place->second];
}

void Campaign::note(EventKind kind, UtcTime at, const std::string& by, std::string item, std::string detail, std::string reason) {
    record_.history.push_back({kind, at, by, std::move(item), std::move(detail), std::move(reason)});
}

Status Campaign::open(const std::string& by, UtcTime now) {
    GW_CHECK(inState(State::Draft));
    GW_CHECK(atTime(now));
    if (by != record_.owner) return fail(Error(CampaignError::NotTheOwner).with("person", by));
    if (record_.due <= now) return fail(CampaignError::DueInThePast);
    record_.state = State::Open;
    note(EventKind::Opened, now, by);
    return {};
}

Status Campaign::look(std::string_view item, const std::string& by, UtcTime now) {
    GW_TRY(Item* const found, openItem(item));
    GW_CHECK(atTime(now));
    if (found->reviewer != by) return fail(Error(CampaignError::NotTheReviewer).with("item", found->id).with("person", by));
    found->looked = now;
    note(EventKind::Looked, now, by, found->id);
    return {};
}

Status Campaign::decide(std::string_view item, const std::string& by, Verdict verdict, std::string reason, std::string change,
                        UtcTime now) {
    GW_TRY(Item* const found, openItem(item));
    GW_CHECK(atTime(now));
    if (found->reviewer != by) return fail(Error(CampaignError::NotTheReviewer).with("item", found->id).with("person", by));
    GW_CHECK(reasoned(reason));
    GW_CHECK(fits(change));
    if (verdict == Verdict::Change && isBlank(change)) return fail(Error(CampaignError::NoChange).with("item", found->id));
    if (verdict != Verdict::Change) change.clear();
    const std::int64_t seconds = found->looked ? now.unixSeconds() - found->looked->unixSeconds() : 0;
    note(EventKind::Decided, now, by, found->id, std::string(verdictName(verdict)), reason);
    found->decision = Decision{verdict, std::move(reason), std::move(change), by, now, seconds};
    found->looked.reset();
    return {};
}

Status Campaign::withdraw(std::string_view item, const std::string& by, UtcTime now) {
    GW_TRY(Item* const found, openItem(item));
    GW_CHECK(atTime(now));
    if (found->reviewer != by) return fail(Error(CampaignError::NotTheReviewer).with("item", found->id).with("person", by));
    if (!found->decision) return fail(Error(CampaignError::NotDecided).with("item", found->id));
    note(EventKind::Withdrawn, now, by, found->id, std::string(verdictName(found->decision->verdict)), found->decision->reason);
    found->decision.reset();
    found->looked = now;
    return {};
}

Status Campaign::delegate(std::string_view item, const std::string& by, const std::string& to, std::string reason, UtcTime now) {
    GW_TRY(Item* const found, openItem(item));
    GW_CHECK(atTime(now));
    if (found->reviewer != by && record_.owner != by)
        return fail(Error(CampaignError::NotTheReviewer).with("item", found->id).with("person", by));
    if (isBlank(to)) return fail(CampaignError::NoReviewers);
    GW_CHECK(fits(to));
    GW_CHECK(reasoned(reason));
    if (found->reviewer == to) return fail(Error(CampaignError::SamePerson).with("person", to));
    if (isOwn(found->subject, to)) return fail(Error(CampaignError::OwnAccess).with("item", found->id).with("person", to));
    if (std::find(record_.reviewers.begin(), record_.reviewers.end(), to) == record_.reviewers.end()) {
        if (record_.reviewers.size() >= Limits::reviewers)
            return fail(Error(CampaignError::TooMany).with("most", std::to_string(Limits::reviewers)));
        record_.reviewers.push_back(to);
    }
    note(EventKind::Delegated, now, by, found->id, to, std::move(reason));
    found->reviewer = to;
    found->decision.reset();
    found->looked.reset();
    return {};
}

Status Campaign::extend(const std::string& by, UtcTime due, std::string reason, UtcTime now) {
    GW_CHECK(inState(State::Open));
    GW_CHECK(atTime(now));
    if (by != record_.owner) return fail(Error(CampaignError::NotTheOwner).with("person", by));
    GW_CHECK(reasoned(reason));
    if (due <= now || due <= record_.due) return fail(CampaignError::DueInThePast);
    note(EventKind::Extended, now, by, {}, due.toRfc3339(), std::move(reason));
    record_.due = due;
    return {};
}

Status Campaign::cancel(const std::string& by, std::string reason, UtcTime now) {
    if (record_.state != State::Draft) GW_CHECK(inState(State::Open));
    GW_CHECK(atTime(now));
    if (by != record_.owner) return fail(Error(CampaignError::NotTheOwner).with("person", by));
    GW_CHECK(reasoned(reason));
    record_.state = State::Cancelled;
    note(EventKind::Cancelled, now, by, {}, {}, std::move(reason));
    return {};
}

Status Campaign::sign(const std::string& by, std::string statement, UtcTime now) {
    GW_CHECK(inState(State::Open));
    GW_CHECK(atTime(now));
    if (by != record_.owner) return fail(Error(CampaignError::NotTheOwner).with("person", by));
    GW_CHECK(reasoned(statement));
    for (const Item& each : record_.items)
        if (!each.decision) return fail(Error(CampaignError::Undecided).with("item", each.id).with("person", each.reviewer));
    record_.state = State::Signed;
    note(EventKind::Signed, now, by, {}, {}, std::move(statement));
    return {};
}

Result<std::vector<Reminder>> Campaign::remind(UtcTime now, std::string_view only) {
    GW_CHECK(inState(State::Open));
    GW_CHECK(atTime(now));
    UtcTime opened = record_.created;
    std::map<std::string, UtcTime, std::less<>> reminded;
    for (const Event& each : record_.history) {
        if (each.kind == EventKind::Opened) opened = each.at;
        if (each.kind == EventKind::Reminded) reminded[each.detail] = each.at;
    }
    const UtcTime from = record_.due - (record_.due - opened) / 4;
    std::vector<Reminder> reminders;
    if (now < from) return reminders;
    for (const Progress::Reviewer& each : progress(now).reviewers) {
        if (each.decided == each.items || (!only.empty() && each.person != only)) continue;
        const auto last = reminded.find(each.person);
        if (last != reminded.end() && now.unixSeconds() - last->second.unixSeconds() < day) continue;
        reminders.push_back({each.person, each.items - each.decided, record_.due < now});
        note(EventKind::Reminded, now, record_.owner, {}, each.person);
    }
    return reminders;
}

Progress Campaign::progress(UtcTime now) const {
    Progress progress;
    progress.items = record_.items.size();
    progress.secondsLeft = record_.due.unixSeconds() - now.unixSeconds();
    std::map<std::string, Progress::Reviewer> people;
    for (const Item& each : record_.items) {
        Progress::Reviewer& one = people[each.reviewer];
        ++one.items;
        if (!each.decision) continue;
        ++one.decided;
        ++progress.decided;
        ++(each.decision->verdict == Verdict::Keep     ? progress.keep
           : each.decision->verdict == Verdict::Remove ? progress.remove
                                                       : progress.change);
    }
    for (auto& [name, one] : people) {
        one.person = name;
        progress.reviewers.push_back(std::move(one));
    }
    return progress;
}

std::vector<RubberStamp> Campaign::rubberStamps(std::int64_t hastySeconds) const {
    constexpr std::size_t enough = 10;
    struct Pace {
        std::vector<std::int64_t> seconds;
        std::vector<std::pair<UtcTime, Verdict>> decisions;
    };
    std::map<std::string, Pace> people;
    for (const Item& each : record_.items) {
        if (!each.decision) continue;
        Pace& pace = people[each.decision->by];
        pace.seconds.push_back(each.decision->seconds);
        pace.decisions.emplace_back(each.decision->at, each.decision->verdict);
    }
    std::vector<RubberStamp> stamps;
    for (auto& [person, pace] : people) {
        RubberStamp one;
        one.person = person;
        one.decisions = pace.seconds.size();
        std::sort(pace.seconds.begin(), pace.seconds.end());
        one.medianSeconds = pace.seconds[pace.seconds.size() / 2];
        one.hasty = static_cast<std::size_t>(
            std::count_if(pace.seconds.begin(), pace.seconds.end(), [&](std::int64_t each) { return each < hastySeconds; }));
        std::stable_sort(pace.decisions.begin(), pace.decisions.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        std::size_t run = 0;
        for (std::size_t i = 0; i < pace.decisions.size(); ++i) {
            const bool keeps = pace.decisions[i].second == Verdict::Keep;
            const bool close =
                i > 0 && pace.decisions[i].first.unixSeconds() - pace.decisions[i - 1].first.unixSeconds() < hastySeconds;
            run = !keeps ? 0 : close ? run + 1 : 1;
            one.inARow = std::max(one.inARow, run);
        }
        if (one.decisions >= enough && one.hasty * 2 > one.decisions) stamps.push_back(std::move(one));
    }
    return stamps;
}

} // namespace gw::estate::campaign
