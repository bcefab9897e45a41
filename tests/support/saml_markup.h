// A small tree over XML text, for taking documents apart and putting them together wrongly. It reads what the response
// builder and the signer write (elements, attributes in double quotes, text), and writes any text at all.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gw::test {

struct Markup {
    std::string name;                                            // with prefix; empty: `text` is written as it is
    std::vector<std::pair<std::string, std::string>> attributes; // raw values, namespace declarations included
    std::string text;
    std::vector<std::unique_ptr<Markup>> children;
    Markup* parent = nullptr;

    // Null where the text is not written as the response builder and the signer write, or is nested beyond reason. Comments
    // and the like become raw text.
    [[nodiscard]] static std::unique_ptr<Markup> parse(std::string_view xml);
    [[nodiscard]] static std::unique_ptr<Markup> element(std::string_view name, std::string_view declaration = {});
    [[nodiscard]] static std::unique_ptr<Markup> raw(std::string_view text);

    [[nodiscard]] std::string str() const;
    [[nodiscard]] std::unique_ptr<Markup> clone() const;
    // Every element from here on, in document order.
    [[nodiscard]] std::vector<Markup*> elements();
    // The first element of this name, prefix and all; null where there is none.
    [[nodiscard]] Markup* find(std::string_view wanted);
    [[nodiscard]] std::string* attribute(std::string_view wanted);
    void set(std::string_view key, std::string_view value);

    Markup* append(std::unique_ptr<Markup> child) { return insert(children.size(), std::move(child)); }
    Markup* insert(std::size_t at, std::unique_ptr<Markup> child);
    [[nodiscard]] std::size_t indexInParent() const;
    // Takes it out of its parent.
    [[nodiscard]] std::unique_ptr<Markup> take();
    [[nodiscard]] bool contains(const Markup* other) const;
};

} // namespace gw::test
