// Values of keys that policies tell apart: one at least out of every class, as far as can be told from the text.
#pragma once

#include "models/policy/answer.h"

#include <optional>
#include <string>
#include <vector>

namespace gw::policy {

class KeyValues {
public:
    // Of these policies, which must outlive it.
    void add(const PolicySet& policies);
    // What it takes to decide once, in statements, conditions and values of `context` that these are held against.
    [[nodiscard]] std::size_t weight(const Context& context) const;
    struct Found {
        std::vector<std::optional<ContextValue>> values; // the last one is nothing: the key is absent
        bool all = true;                                 // false: there are more classes than could be given
    };
    [[nodiscard]] Found of(const Key& key, const Request& request, const Scope& scope) const;
    // One value out of every class, written ones first, however many values are written: for a key of which only conditions
    // ask, by values that hold no variables. Nothing where variables have to do with it.
    [[nodiscard]] std::optional<Found> classesOf(const Key& key) const;

private:
    // What a variable must hold to match is a part of the resource or of the value of another key. False: not all of it.
    bool addFromVariables(const Key& key, const Request& request, const Scope& scope, std::vector<std::string>& values) const;
    std::vector<const CompiledStatement*> statements_;
};

} // namespace gw::policy
