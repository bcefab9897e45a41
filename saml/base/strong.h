// A string with a type of its own, for identifiers that must not be mixed up.
#pragma once

#include <compare>
#include <functional>
#include <string>
#include <utility>

namespace gw {

template <class Tag>
class StrongString {
public:
    StrongString() = default;
    explicit StrongString(std::string value) : value_(std::move(value)) {}
    [[nodiscard]] const std::string& value() const { return value_; }
    [[nodiscard]] bool empty() const { return value_.empty(); }
    friend auto operator<=>(const StrongString&, const StrongString&) = default;

private:
    std::string value_;
};

} // namespace gw

template <class Tag>
struct std::hash<gw::StrongString<Tag>> {
    std::size_t operator()(const gw::StrongString<Tag>& id) const noexcept { return std::hash<std::string>()(id.value()); }
};
