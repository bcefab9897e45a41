// A review campaign: people look at who gets which role, one item after the other, and say whether it stays. What each may do
// when is here; where it is kept is models/store/campaign_store.h. Value type, one thread at a time.
//
// Draft → Open → Signed, or Cancelled from either of the first two. Items are decided while it is open, by the reviewer who has
// them, and may be decided anew until it is signed; every step is kept in the history.
#pragma once

#include "models/estate/mapping.h"
#include "saml/base/result.h"
#include "saml/base/utc_time.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::estate::campaign {

// Facts: "item", "person", "state", "seen", "most".
#define GW_CAMPAIGN_ERRORS(X)                                                                                                    \
    X(NoTitle, "no_title")                                                                                                       \
    X(NoItems, "no_items")                                                                                                       \
    X(NoReviewers, "no_reviewers")                                                                                               \
    X(TooMany, "too_many")                                                                                                       \
    X(TooLong, "too_long")                                                                                                       \
    X(DuplicateItem, "duplicate_item")                                                                                           \
    X(DueInThePast, "due_in_the_past")                                                                                           \
    X(WrongState, "wrong_state")                                                                                                 \
    X(NotTheOwner, "not_the_owner")                                                                                              \
    X(NoSuchItem, "no_such_item")                                                                                                \
    X(NotTheReviewer, "not_the_reviewer")                                                                                        \
    X(OwnAccess, "own_access")                                                                                                   \
    X(NoReason, "no_reason")                                                                                                     \
    X(NoChange, "no_change")                                                                                                     \
    X(NotDecided, "not_decided")                                                                                                 \
    X(Undecided, "undecided")                                                                                                    \
    X(TimeRunsBack, "time_runs_back")                                                                                            \
    X(SamePerson, "same_person")
// OwnAccess: nobody reviews what he has himself. NoChange: Change without saying what. Undecided: signing with items open.
GW_ERROR_ENUM(CampaignError, "campaign", GW_CAMPAIGN_ERRORS);

enum class State { Draft, Open, Signed, Cancelled };
// "draft", "open", "signed", "cancelled": stable, for programs and the store.
[[nodiscard]] std::string_view stateName(State state);
[[nodiscard]] std::optional<State> stateNamed(std::string_view name);

enum class Verdict { Keep, Remove, Change };
// "keep", "remove", "change".
[[nodiscard]] std::string_view verdictName(Verdict verdict);
[[nodiscard]] std::optional<Verdict> verdictNamed(std::string_view name);

// What is reviewed: one way into one role, as it was when the campaign was made.
struct Subject {
    std::string kind;     // granteeKindName()
    std::string who;      // the group, person, claim, …
    std::string provider; // ARN; may be empty
    std::string role;     // ARN
    std::string environment, privilege;
    std::optional<std::uint64_t> people;
    std::vector<std::string> findings; // ids of rules
    friend bool operator==(const Subject&, const Subject&) = default;
};

struct Decision {
    Verdict verdict = Verdict::Keep;
    std::string reason; // always needed
    std::string change; // of Change: what to change
    std::string by;
    UtcTime at;
    std::int64_t seconds = 0; // between looking at the item and deciding it; 0: it was never looked at
    friend bool operator==(const Decision&, const Decision&) = default;
};

struct Item {
    std::string id; // itemId()
    Subject subject;
    std::string reviewer; // who has it now
    std::optional<Decision> decision;
    std::optional<UtcTime> looked; // since when the reviewer has it before him
    friend bool operator==(const Item&, const Item&) = default;
};

// The same for the same way into the same role, whatever else is known of it: SHA-256, lower-case hexadecimal.
[[nodiscard]] std::string itemId(const Subject& subject);
[[nodiscard]] Subject subjectOf(const Mapping& mapping);

enum class EventKind { Drafted, Opened, Looked, Decided, Withdrawn, Delegated, Extended, Reminded, Signed, Cancelled };
// "drafted", "opened", ….
[[nodiscard]] std::string_view eventName(EventKind kind);
[[nodiscard]] std::optional<EventKind> eventNamed(std::string_view name);

struct Event {
    EventKind kind = EventKind::Drafted;
    UtcTime at;
    std::string by;
    std::string item;   // empty: the whole campaign
    std::string detail; // the verdict, to whom it was delegated, the new end, …
    std::string reason;
    friend bool operator==(const Event&, const Event&) = default;
};

// All of it, as it is kept.
struct Record {
    std::string id;           // whatever names it where it is kept
    std::string title, scope; // `scope`: the filter that chose the items, as it was written
    std::string owner;        // who made it, opens it and signs it
    State state = State::Draft;
    UtcTime created, due;
    std::vector<std::string> reviewers;
    std::vector<Item> items;
    std::vector<Event> history;
    friend bool operator==(const Record&, const Record&) = default;
};

struct Plan {
    std::string id, title, scope, owner;
    UtcTime due;
    std::vector<std::string> reviewers; // items without a reviewer of their own go round among them
    struct Planned {
        Subject subject;
        std::string reviewer; // empty: the next one
    };
    std::vector<Planned> items;
};

struct Progress {
    std::size_t items = 0, decided = 0, keep = 0, remove = 0, change = 0;
    std::int64_t secondsLeft = 0; // until it is due; negative: overdue
    struct Reviewer {
        std::string person;
        std::size_t items = 0, decided = 0;
        friend bool operator==(const Reviewer&, const Reviewer&) = default;
    };
    std::vector<Reviewer> reviewers; // by name
};

// Decisions that came too fast to have been thought about.
struct RubberStamp {
    std::string person;
    std::size_t decisions = 0, hasty = 0; // of his own
    std::int64_t medianSeconds = 0;
    std::size_t inARow = 0; // the longest run of "keep" within hastySeconds of each other
};

struct Reminder {
    std::string person;
    std::size_t open = 0;
    bool overdue = false;
};

struct Limits {
    static constexpr std::size_t items = 100'000, reviewers = 1'000, text = 4'000, history = 2'000'000;
};

class Campaign {
public:
    // In the state Draft.
    [[nodiscard]] static Result<Campaign> draft(Plan plan, UtcTime now);
    // As it was kept. Errors: what no campaign can have come to.
    [[nodiscard]] static Result<Campaign> restore(Record record);

    [[nodiscard]] const Record& record() const { return record_; }
    [[nodiscard]] const Item* find(std::string_view item) const;
    // Who signed it and when; null before.
    [[nodiscard]] const Event* signing() const;

    [[nodiscard]] Status open(const std::string& by, UtcTime now);
    // The reviewer has the item before him: from here his time on it counts.
    [[nodiscard]] Status look(std::string_view item, const std::string& by, UtcTime now);
    [[nodiscard]] Status decide(std::string_view item, const std::string& by, Verdict verdict, std::string reason,
                                std::string change, UtcTime now);
    // By the reviewer: the item is open again, and his time on it counts anew. Its decision stays in the history.
    [[nodiscard]] Status withdraw(std::string_view item, const std::string& by, UtcTime now);
    // By whoever has it, or the owner; a decision that was made is given up with it.
    [[nodiscard]] Status delegate(std::string_view item, const std::string& by, const std::string& to, std::string reason,
                                  UtcTime now);
    // By the owner.
    [[nodiscard]] Status extend(const std::string& by, UtcTime due, std::string reason, UtcTime now);
    [[nodiscard]] Status cancel(const std::string& by, std::string reason, UtcTime now);
    // When everything is decided. Nothing changes after it.
    [[nodiscard]] Status sign(const std::string& by, std::string statement, UtcTime now);
    // Whom to remind now: reviewers with open items, in the last quarter of the time and at most once a day. What it returns
    // counts as done. `only`: nobody but this reviewer, where it is not empty.
    [[nodiscard]] Result<std::vector<Reminder>> remind(UtcTime now, std::string_view only = {});

    [[nodiscard]] Progress progress(UtcTime now) const;
    // People of whose decisions more than half took less than `hastySeconds`, ten at least.
    [[nodiscard]] std::vector<RubberStamp> rubberStamps(std::int64_t hastySeconds = 5) const;

private:
    Campaign() = default;
    [[nodiscard]] Status inState(State state) const;
    [[nodiscard]] Result<Item*> openItem(std::string_view item);
    [[nodiscard]] Status atTime(UtcTime now) const;
    void note(EventKind kind, UtcTime at, const std::string& by, std::string item = {}, std::string detail = {},
              std::string reason = {});

    Record record_;
    std::map<std::string, std::size_t, std::less<>> places_; // of items, by id
};

} // namespace gw::estate::campaign
