// What a specification of App Mesh may hold: the members of every shape of the service's interface (API version 2019-01-25),
// kept here because the service has ended and its description goes with it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace gw::mesh::appmesh {

enum class Form : std::uint8_t {
    Text,
    Word, // one of those in `of`, with "|" between them
    Whole,
    Flag,
    Texts,
    Wholes,
    Object, // of the shape `of`
    Objects // a list of them
};

struct Member {
    std::string_view shape, name;
    Form form;
    std::string_view of;
    bool required;
    // Of numbers the least and the greatest, of texts and lists how long; 0: no bound told.
    std::int32_t least, most;
};

// Empty for a shape that there is not.
[[nodiscard]] std::span<const Member> membersOf(std::string_view shape);
// Null where the shape has no such member.
[[nodiscard]] const Member* memberOf(std::string_view shape, std::string_view name);
// At most one of its members may be there.
[[nodiscard]] bool isUnion(std::string_view shape);
// Every member of every shape, those of one shape beside each other.
[[nodiscard]] std::span<const Member> allMembers();

} // namespace gw::mesh::appmesh
