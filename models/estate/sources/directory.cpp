#include "models/estate/sources/directory.h"

#include "saml/base/ascii.h"

#include <algorithm>
#include <optional>
#include <set>

namespace gw::estate {
namespace {

constexpr std::size_t mostMemberships = 20'000'000; // after nested groups are resolved

// Directories fold the case of names, mails and DNs alike.
class Names {
public:
    void put(const std::string& name, std::size_t index) {
        if (!name.empty()) places_.emplace(foldedAscii(name), index);
    }
    [[nodiscard]] std::optional<std::size_t> find(const std::string& name) const {
        const auto found = places_.find(foldedAscii(name));
        return found == places_.end() ? std::nullopt : std::optional(found->second);
    }

private:
    std::unordered_map<std::string, std::size_t> places_;
};

// Members of each group, those of its nested groups counted: by components, so that a circle is one of its own.
class Nesting {
public:
    explicit Nesting(std::size_t groups) : direct(groups), nested(groups), all(groups), state_(groups), low_(groups), order_(groups) {}

    std::vector<std::vector<std::size_t>> direct, nested; // people, groups
    std::vector<std::set<std::size_t>> all;
    std::vector<std::size_t> circles; // one group of each
    bool cut = false;

    void resolve() {
        for (std::size_t i = 0; i < direct.size(); ++i)
            if (state_[i] == Fresh) from(i);
    }

private:
    enum State : unsigned char { Fresh, Open, Done };
    struct Frame {
        std::size_t group, next;
    };

    // Tarjan's components, with a stack of its own since groups nest as deep as they like.
    void from(std::size_t root) {
        std::vector<Frame> frames{{root, 0}};
        open(root);
        while (!frames.empty()) {
            Frame& frame = frames.back();
            const std::size_t group = frame.group;
            if (frame.next < nested[group].size()) {
                const std::size_t child = nested[group][frame.next++];
                if (state_[child] == Fresh) {
                    open(child);
                    frames.push_back({child, 0});
                } else if (state_[child] == Open) {
                    low_[group] = std::min(low_[group], order_[child]);
                }
                continue;
            }
            frames.pop_back();
            if (!frames.empty()) low_[frames.back().group] = std::min(low_[frames.back().group], low_[group]);
            if (low_[group] == order_[group]) close(group);
        }
    }

    void open(std::size_t group) {
        state_[group] = Open;
        order_[group] = low_[group] = counter_++;
        stack_.push_back(group);
    }

    void close(std::size_t root) {
        const auto begin = std::find(stack_.rbegin(), stack_.rend(), root).base() - 1;
        const std::vector<std::size_t> component(begin, stack_.end());
        stack_.erase(begin, stack_.end());
        std::set<std::size_t> people;
        for (const std::size_t group : component) {
            people.insert(direct[group].begin(), direct[group].end());
            for (const std::size_t child : nested[group]) people.insert(all[child].begin(), all[child].end());
        }
        const bool selfNested = std::find(nested[root].begin(), nested[root].end(), root) != nested[root].end();
        if (component.size() > 1 || selfNested) circles.push_back(root);
        for (const std::size_t group : component) {
            state_[group] = Done;
            total_ += people.size();
            if (total_ > mostMemberships) {
                cut = true;
                continue;
            }
            all[group] = people;
        }
    }

    std::vector<State> state_;
    std::vector<std::size_t> low_, order_, stack_;
    std::size_t counter_ = 0, total_ = 0;
};

const std::string& idOf(const DirectoryCollector::Entry& entry) {
    return entry.id.empty() ? entry.name : entry.id;
}

// The same one read twice: the later tells what the earlier did not.
void join(std::vector<DirectoryCollector::Entry>& entries) {
    std::unordered_map<std::string, std::size_t> places;
    std::vector<DirectoryCollector::Entry> kept;
    for (DirectoryCollector::Entry& each : entries) {
        const auto [place, fresh] = places.emplace(foldedAscii(idOf(each)), kept.size());
        if (fresh) {
            kept.push_back(std::move(each));
            continue;
        }
        DirectoryCollector::Entry& known = kept[place->second];
        if (known.displayName.empty()) known.displayName = std::move(each.displayName);
        if (known.mail.empty()) known.mail = std::move(each.mail);
        if (known.name.empty()) known.name = std::move(each.name);
        known.active = known.active && each.active;
        known.membersKnown = known.membersKnown || each.membersKnown;
    }
    entries = std::move(kept);
}

// Of a DN the value of its first component.
std::string plainName(const std::string& text) {
    const std::string start = foldedAscii(std::string_view(text).substr(0, 4));
    const std::size_t value = start.starts_with("cn=") ? 3 : start.starts_with("uid=") ? 4 : 0;
    return value == 0 ? text : text.substr(value, text.find(',') - value);
}

Error problemAt(EstateError code, const Source& source) {
    return Error(code)
        .with("file", source.file != nullptr ? source.file->path : std::string())
        .with("line", std::to_string(source.position.line))
        .with("column", std::to_string(source.position.column));
}

} // namespace

void DirectoryCollector::addPerson(Entry person) {
    if (person.name.empty()) person.name = !person.mail.empty() ? person.mail : person.id;
    if (!person.name.empty()) people_.push_back(std::move(person));
}

void DirectoryCollector::addGroup(Entry group) {
    if (group.name.empty()) group.name = group.displayName.empty() ? group.id : group.displayName;
    if (!group.name.empty()) groups_.push_back(std::move(group));
}

void DirectoryCollector::addMember(std::string group, std::string member, const Source& source) {
    if (!group.empty() && !member.empty()) members_.push_back({std::move(group), std::move(member), source});
}

void DirectoryCollector::moveInto(EstateParts& parts) {
    join(people_);
    join(groups_);
    Names people, groups;
    // An id says more than a name, and a name more than what is shown for it.
    for (const auto part : {&Entry::id, &Entry::name, &Entry::mail, &Entry::displayName}) {
        for (std::size_t i = 0; i < people_.size(); ++i) people.put(people_[i].*part, i);
        for (std::size_t i = 0; i < groups_.size(); ++i) groups.put(groups_[i].*part, i);
    }
    // A table of members may be all there is.
    for (const Membership& each : members_) {
        if (!groups.find(each.group)) {
            groups.put(each.group, groups_.size());
            groups_.push_back({each.group, plainName(each.group), {}, {}, true, true, each.source});
        }
    }
    for (const Membership& each : members_) {
        if (people.find(each.member) || groups.find(each.member)) continue;
        people.put(each.member, people_.size());
        people_.push_back({each.member, plainName(each.member), {}, {}, true, false, each.source});
    }
    Nesting nesting(groups_.size());
    for (const Membership& each : members_) {
        const std::size_t group = *groups.find(each.group);
        groups_[group].membersKnown = true;
        if (const auto person = people.find(each.member))
            nesting.direct[group].push_back(*person);
        else
            nesting.nested[group].push_back(*groups.find(each.member));
    }
    nesting.resolve();
    for (const std::size_t each : nesting.circles)
        parts.problems.push_back(problemAt(EstateError::Conflict, groups_[each].source).with("object", groups_[each].name).with("seen", "nested_in_itself"));
    if (nesting.cut) parts.problems.push_back(problemAt(EstateError::TooMany, groups_.front().source).with("object", "members"));
    const std::size_t first = parts.people.size();
    for (Entry& each : people_)
        parts.people.push_back({idOf(each), each.name, std::move(each.displayName), {}, each.active, each.source});
    for (std::size_t i = 0; i < groups_.size(); ++i) {
        DirectoryGroup group{idOf(groups_[i]), groups_[i].name, {}, groups_[i].membersKnown, groups_[i].source};
        for (const std::size_t person : nesting.all[i]) {
            group.members.push_back(parts.people[first + person].id);
            parts.people[first + person].groups.push_back(group.id);
        }
        parts.directoryGroups.push_back(std::move(group));
    }
    *this = DirectoryCollector();
}

} // namespace gw::estate
