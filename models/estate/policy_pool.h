// Documents made ready by what they say, for those who ask about many roles: what roles share is read once, and an estate of
// any size takes a bounded amount of memory. For one thread; borrows the estate whose documents it is asked for.
#pragma once

#include "models/estate/source.h"
#include "models/policy/compiled_policy.h"

#include <cstddef>
#include <string_view>
#include <unordered_map>

namespace gw::estate {

class PolicyPool {
public:
    // Errors: of policy::Document::parse. Its name is that of the document by which the text was met first.
    [[nodiscard]] Result<policy::PolicyRef> get(const PolicyDocument& document, policy::DocumentKind kind);

private:
    struct Key {
        std::string_view text;
        policy::DocumentKind kind;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const {
            return std::hash<std::string_view>()(key.text) * 31 + static_cast<std::size_t>(key.kind);
        }
    };
    std::unordered_map<Key, Result<policy::PolicyRef>, Hash> known_;
    std::size_t octets_ = 0;
};

} // namespace gw::estate
