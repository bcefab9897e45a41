// The condition keys of a request. Names of keys are compared without regard to case, tag names in them included
// (IAM User Guide, "IAM JSON policy elements: Condition").
#pragma once

#include "saml/base/ascii.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gw::policy {

// A key in lower case, hashed once.
class Key {
public:
    Key() = default;
    explicit Key(std::string_view written);
    // As it was written, for people.
    [[nodiscard]] const std::string& written() const { return written_; }
    [[nodiscard]] const std::string& folded() const { return folded_; }
    [[nodiscard]] std::uint64_t hash() const { return hash_; }
    friend bool operator==(const Key& a, const Key& b) { return a.hash_ == b.hash_ && a.folded_ == b.folded_; }

private:
    std::string written_, folded_;
    std::uint64_t hash_ = 0;
};

// A list may hold several values; a plain key holds exactly one.
struct ContextValue {
    std::vector<std::string> values;
    bool list = false;

    [[nodiscard]] static ContextValue one(std::string value) { return {{std::move(value)}, false}; }
    [[nodiscard]] static ContextValue many(std::vector<std::string> values) { return {std::move(values), true}; }
    friend bool operator==(const ContextValue&, const ContextValue&) = default;
};

class Context {
public:
    // Replaces what was there. Nothing says that the key is known to be absent from the request.
    void set(Key key, std::optional<ContextValue> value);
    void set(std::string_view key, std::string value) { set(Key(key), ContextValue::one(std::move(value))); }
    void remove(const Key& key);

    struct Entry {
        Key key;
        std::optional<ContextValue> value;
    };
    // Null where nothing is known of the key.
    [[nodiscard]] const Entry* find(const Key& key) const;
    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

private:
    [[nodiscard]] std::size_t placeOf(const Key& key) const; // or the number of entries
    void index();

    std::vector<Entry> entries_;
    // Of each hash the first entry, once there are many; empty before.
    std::unordered_map<std::uint64_t, std::size_t> places_;
};

} // namespace gw::policy
