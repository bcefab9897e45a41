// What a condition may look at: the request's context, the keys that follow from the request itself, and whether a key
// that is in neither is absent or merely not told.
#pragma once

#include "models/policy/context.h"

#include <array>
#include <span>
#include <string_view>
#include <vector>

namespace gw::policy {

class Catalogue;

struct DerivedKey {
    const Key* key = nullptr;
    std::string_view value;
    bool absent = false; // such a request never has it
};

class Scope {
public:
    // A closed world: every key that is not there is absent from the request.
    // With a catalogue, keys that calls of `foldedAction` never have are absent in an open world, too.
    Scope(const Context& context, std::span<const DerivedKey> derived, bool closed, const Catalogue* catalogue = nullptr,
          std::string_view foldedAction = {})
        : context_(&context), derived_(derived), closed_(closed), catalogue_(catalogue), action_(foldedAction) {}

    enum class State : unsigned char { Present, Absent, Untold };
    struct Found {
        State state = State::Absent;
        const ContextValue* value = nullptr; // where it was supplied
        std::string_view single;             // where it was derived
        [[nodiscard]] std::size_t size() const { return value != nullptr ? value->values.size() : 1; }
        [[nodiscard]] std::string_view at(std::size_t index) const {
            return value != nullptr ? std::string_view(value->values[index]) : single;
        }
        // Only such a value has a place in a plain operator or a variable.
        [[nodiscard]] bool isSingle() const { return size() == 1; }
    };
    // A key with an empty list counts as absent. What is supplied wins over what is derived.
    [[nodiscard]] Found find(const Key& key) const;

    // Where the first key goes that is asked for and not told, if it is null so far; may be null.
    const Key** untold = nullptr;
    // Where the derived keys go that were used; may be null.
    std::vector<const Key*>* used = nullptr;

private:
    const Context* context_;
    std::span<const DerivedKey> derived_;
    bool closed_;
    const Catalogue* catalogue_;
    std::string_view action_;
};

} // namespace gw::policy
