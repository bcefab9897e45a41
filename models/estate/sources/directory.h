// What readers of directories put together: people and groups under the names that their files have for them, joined to
// People and DirectoryGroups when all is read.
#pragma once

#include "models/estate/estate_parts.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gw::estate {

class DirectoryCollector {
public:
    struct Entry {
        std::string id; // unique in its directory: an id, a DN; empty: the name is
        std::string name; // of a person the user name
        std::string displayName, mail;
        bool active = true;
        bool membersKnown = false; // of a group: its members were listed, if there are any
        Source source;
    };

    void addPerson(Entry person);
    void addGroup(Entry group);
    // By whatever of id, name, mail or display name the file has; the member a person or a group.
    void addMember(std::string group, std::string member, const Source& source);

    // Nested groups are resolved; circles of them are told.
    void moveInto(EstateParts& parts);

private:
    struct Membership {
        std::string group, member;
        Source source;
    };
    std::vector<Entry> people_, groups_;
    std::vector<Membership> members_;
};

} // namespace gw::estate
