// A value out of a document of which parts are worked out before it is read: a template with functions in it, YAML with
// aliases. Keeps its place in the file.
#pragma once

#include "models/estate/readers/dump_file.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gw::estate {

struct Datum {
    // Unknown: what stands there comes from elsewhere and was not among what was read; `text` names it.
    enum class Kind : unsigned char { Null, False, True, Number, String, Array, Object, Unknown };
    using Member = std::pair<std::string, Datum>; // of an array without a name

    Kind kind = Kind::Null;
    std::string text; // of strings their value, of numbers as they are written
    std::vector<Member> members;
    policy::Position position;
    std::string pointer;

    [[nodiscard]] bool is(Kind wanted) const { return kind == wanted; }
    // Null where there is none.
    [[nodiscard]] const Datum* find(std::string_view name) const;
    // An absent one is Null.
    [[nodiscard]] const Datum& operator[](std::string_view name) const;
    // Of a string or number; "" of everything else.
    [[nodiscard]] std::string_view string() const;
    [[nodiscard]] std::string_view string(std::string_view name) const { return (*this)[name].string(); }
    // Nothing in it is Unknown.
    [[nodiscard]] bool known() const;

    [[nodiscard]] static Datum of(std::string text);
    [[nodiscard]] static Datum unknown(std::string what);
    // At this one's place.
    [[nodiscard]] Datum placed(Datum other) const;
};

// At most as deep as its tree is.
[[nodiscard]] Datum datumOf(const DumpFile& file, const Node& node);
// As JSON; what is unknown as a string in "${…}".
[[nodiscard]] std::string jsonOf(const Datum& datum);
// "PortMapping", "SDS", "AWSCloudMap" and "port_mapping" as AWS's interfaces spell them: "portMapping", "sds", "awsCloudMap".
[[nodiscard]] std::string apiName(std::string_view name);
// All names in it, but those of maps that people name themselves: variables, labels, tags.
[[nodiscard]] Datum withApiNames(Datum datum);

} // namespace gw::estate
