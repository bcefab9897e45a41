// The members of one section, taken one by one: whatever is left at the end is a key that nobody knows.
#pragma once

#include "models/mesh/map/map.h"
#include "models/mesh/toml/document.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::mesh {

class Fields {
public:
    Fields(const toml::Document& document, std::size_t section, std::vector<Error>& problems);

    [[nodiscard]] MapPlace place() const;
    [[nodiscard]] MapPlace placeOf(const toml::Span& span) const;

    // Null where it is not there. Asked for, it counts as known.
    [[nodiscard]] const toml::Entry* entry(std::string_view key);
    // Of "prefix.NAME" all: "when" and its members, written as one table or as dotted keys.
    struct Member {
        std::string name;
        const toml::Value* value = nullptr;
    };
    [[nodiscard]] std::vector<Member> members(std::string_view prefix);

    // Empty where it is not there; a value of another type is told.
    [[nodiscard]] std::string text(std::string_view key);
    [[nodiscard]] std::vector<std::string> texts(std::string_view key); // one text, or a list of them
    // The same of what narrows an edge: a list of nothing is told, since without the key the edge would be wider, and so is
    // "${", which policies would take for a variable.
    [[nodiscard]] std::vector<std::string> someTexts(std::string_view key);
    [[nodiscard]] std::vector<std::string> someTextsOf(std::string_view key, const toml::Value& value);
    [[nodiscard]] bool flag(std::string_view key);
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view key, std::int64_t least, std::int64_t most);
    // A date, or a time with its offset.
    [[nodiscard]] std::optional<UtcTime> time(std::string_view key);
    [[nodiscard]] std::optional<UtcTime> timeOf(std::string_view key, const toml::Value& value);
    [[nodiscard]] std::vector<std::string> textsOf(std::string_view key, const toml::Value& value);

    // Each returns the error that was told, for more facts.
    Error& tell(MapError code, const toml::Span& span, std::string_view key = {});
    Error& tellSection(MapError code);
    // A value that is there and not good.
    void bad(std::string_view key, std::string_view seen, std::string_view expected);
    void missing(std::string_view key);
    // Tells every entry that nobody asked for.
    void finish(const std::vector<std::string_view>& known);

private:
    const toml::Document* document_;
    std::size_t section_;
    std::vector<Error>* problems_;
    std::vector<bool> taken_;
};

} // namespace gw::mesh
