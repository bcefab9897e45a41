// What the palette offers of the organisation: "who can" of its routes, functions and roles, "what can" of its groups, roles and
// users, found by the words that are typed.
#pragma once

#include "models/estate/estate.h"

#include <QString>

#include <memory>
#include <string>
#include <vector>

namespace gw::ui {

struct ReachSuggestion {
    enum class Ask { WhoCanUse, WhoCanTake, WhatCan, WhatGroupCan } ask = Ask::WhatCan;
    std::string of; // an ARN; of a group its name
    QString title, detail, icon;
};

// Names of one estate, made ready to be searched at each key press. Made on a worker, then safe from any thread.
class ReachIndex {
public:
    explicit ReachIndex(const estate::Estate& estate);
    // Every word of `query` must be in the name, the place or the kind; "who", "what", "can" and the like say which question is
    // meant and are not looked for. The best first, at most `most` of them. None where nothing but the question is typed.
    [[nodiscard]] std::vector<ReachSuggestion> find(const QString& query, std::size_t most) const;

private:
    enum class Kind { Group, Role, User, Route, Function, Other };
    struct Entry {
        Kind kind = Kind::Role;
        std::size_t begin = 0, nameEnd = 0, end = 0; // in folded_: the name, then its place and its kind
        std::string of, name, place;
    };
    void add(Kind kind, const std::string& of, const std::string& name, const std::string& place);
    std::vector<Entry> entries_;
    std::string folded_; // of all entries, each with a line of its own
};

} // namespace gw::ui
