// A step-by-step view of a parsed document, so that nothing outside saml/xml and saml/dsig touches libxml2. There is no
// search by path or by ID on purpose: what is reached by position cannot be confused by a wrapped copy.
#pragma once

#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct _xmlNode;

namespace gw::xml {

// Borrowed: valid as long as its Document lives. Copying is free. An empty one answers every question with nothing.
class Element {
public:
    Element() = default;
    explicit Element(_xmlNode* node) : node_(node) {}

    explicit operator bool() const { return node_ != nullptr; }
    // Identity, not equality of content.
    friend bool operator==(const Element&, const Element&) = default;

    [[nodiscard]] std::string_view name() const;
    // The namespace URI; empty where there is none.
    [[nodiscard]] std::string_view namespaceUri() const;
    [[nodiscard]] bool is(std::string_view namespaceUri, std::string_view name) const;

    [[nodiscard]] Element parent() const;
    [[nodiscard]] Element firstChild() const;
    [[nodiscard]] Element next() const;

    // Of an attribute without a prefix.
    [[nodiscard]] std::optional<std::string> attribute(std::string_view name) const;
    // The number of attributes, prefixed ones included, namespace declarations not.
    [[nodiscard]] std::size_t attributeCount() const;
    // The character data; nothing where the element holds other elements.
    [[nodiscard]] std::optional<std::string> text() const;
    // Whether there is character data other than white space directly in it.
    [[nodiscard]] bool hasOwnText() const;
    // Of the start tag, from 1; 0 where unknown.
    [[nodiscard]] long line() const;

    class Iterator;
    class Children;
    // The child elements, in document order.
    [[nodiscard]] Children children() const;

    // For saml/dsig only.
    [[nodiscard]] _xmlNode* node() const { return node_; }

private:
    _xmlNode* node_ = nullptr;
};

class Element::Iterator {
public:
    using value_type = Element;
    using difference_type = std::ptrdiff_t;
    Iterator() = default;
    explicit Iterator(Element at) : at_(at) {}
    Element operator*() const { return at_; }
    Iterator& operator++() {
        at_ = at_.next();
        return *this;
    }
    Iterator operator++(int) {
        Iterator before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

private:
    Element at_;
};

class Element::Children {
public:
    explicit Children(Element parent) : parent_(parent) {}
    [[nodiscard]] Iterator begin() const { return Iterator(parent_.firstChild()); }
    [[nodiscard]] Iterator end() const { return Iterator(); }

private:
    Element parent_;
};

inline Element::Children Element::children() const {
    return Children(*this);
}

// The next element in document order below `top`, `top` itself being the first; empty at the end.
[[nodiscard]] Element following(Element at, Element top);

// Prefix and URI of what is declared at the element or around it, the prefix "" for the default one where it is not taken back.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> namespacesInScope(Element element);

// Element names from the root: "/Response/Assertion". Empty for an empty element; each name is cut to 64 octets.
[[nodiscard]] std::string pathOf(Element element);
// The first element with such a path; empty where there is none.
[[nodiscard]] Element elementAt(Element root, std::string_view path);

} // namespace gw::xml
