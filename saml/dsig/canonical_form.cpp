#include "saml/dsig/canonical_form.h"

#include "saml/dsig/algorithms.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <libxml/tree.h>

namespace gw::saml {
namespace {

constexpr std::string_view xmlNamespace = "http://www.w3.org/XML/1998/namespace";

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

bool isXml(const xmlNs& space) {
    return view(space.prefix) == "xml" || view(space.href) == xmlNamespace;
}

enum Escape : std::uint8_t { None, InText = 1, InAttribute = 2 };

constexpr std::array<std::uint8_t, 256> makeEscapes() {
    std::array<std::uint8_t, 256> table{};
    table['&'] = table['<'] = table['\r'] = InText | InAttribute;
    table['>'] = InText;
    table['"'] = table['\t'] = table['\n'] = InAttribute;
    return table;
}

constexpr auto escapes = makeEscapes();

std::string_view replacement(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\t':
        return "&#x9;";
    case '\n':
        return "&#xA;";
    default:
        return "&#xD;";
    }
}

// Grows without leaving the octets behind.
class Octets {
public:
    Octets() { text_.reserve(16'384); }
    Octets& operator+=(std::string_view more) {
        if (text_.capacity() - text_.size() < more.size()) grow(more.size());
        text_.append(more);
        return *this;
    }
    Octets& operator+=(char c) { return *this += std::string_view(&c, 1); }
    void escaped(const xmlChar* text, Escape where) {
        if (text == nullptr) return;
        const xmlChar* start = text;
        for (;; ++text) {
            if (*text != 0 && (escapes[*text] & where) == 0) continue;
            *this += std::string_view(reinterpret_cast<const char*>(start), static_cast<std::size_t>(text - start));
            if (*text == 0) return;
            *this += replacement(static_cast<char>(*text));
            start = text + 1;
        }
    }
    [[nodiscard]] Secret take() { return Secret(std::move(text_)); }

private:
    void grow(std::size_t more) {
        std::string larger;
        larger.reserve(std::max(text_.capacity() * 2, text_.size() + more));
        larger = text_;
        wipe(text_.data(), text_.size());
        text_.swap(larger);
    }
    std::string text_;
};

struct Declaration {
    std::string_view prefix, uri;
    friend bool operator==(const Declaration&, const Declaration&) = default;
};

class Writer {
public:
    Writer(xmlNode* top, const xmlNode* omitted, bool exclusive, bool joinsBase, std::string_view prefixes)
        : top_(top), omitted_(omitted), exclusive_(exclusive), joinsBase_(joinsBase) {
        while (!prefixes.empty()) {
            const std::size_t end = std::min(prefixes.find(' '), prefixes.size());
            if (end > 0) inclusivePrefixes_.push_back(prefixes.substr(0, end) == "#default" ? "" : prefixes.substr(0, end));
            prefixes.remove_prefix(std::min(end + 1, prefixes.size()));
        }
    }

    Result<Secret> write();

private:
    void open(xmlNode* element);
    void close(xmlNode* element);
    void writeName(const xmlNs* space, const xmlChar* name);
    void writeNamespaces(xmlNode* element);
    void writeAttributes(xmlNode* element);
    void declare(Declaration declaration);
    [[nodiscard]] std::string_view rendered(std::string_view prefix) const;
    // What `prefix` stands for at the element; "" where it is not declared.
    [[nodiscard]] static std::string_view inScope(const xmlNode* element, std::string_view prefix);
    void needExclusive(xmlNode* element);
    void needInclusive(xmlNode* element);
    [[nodiscard]] bool hasBaseAbove() const;
    void importXmlAttributes();

    xmlNode* top_;
    const xmlNode* omitted_;
    bool exclusive_;
    bool joinsBase_;
    std::vector<std::string_view> inclusivePrefixes_;

    Octets out_;
    std::vector<Declaration> rendered_; // by every open element, innermost last
    std::vector<std::size_t> marks_;    // where the declarations of each open element begin
    std::vector<Declaration> needed_;   // of the element being opened
    std::vector<const xmlAttr*> attributes_;
};

std::string_view Writer::rendered(std::string_view prefix) const {
    for (auto at = rendered_.rbegin(); at != rendered_.rend(); ++at)
        if (at->prefix == prefix) return at->uri;
    return {};
}

std::string_view Writer::inScope(const xmlNode* element, std::string_view prefix) {
    for (; element != nullptr && element->type == XML_ELEMENT_NODE; element = element->parent)
        for (const xmlNs* space = element->nsDef; space != nullptr; space = space->next)
            if (view(space->prefix) == prefix) return view(space->href);
    return {};
}

// Exclusive XML Canonicalization 3: a declaration appears where it is needed and not yet in force in the output.
void Writer::declare(Declaration declaration) {
    if (rendered(declaration.prefix) == declaration.uri) return;
    if (std::find(needed_.begin(), needed_.end(), declaration) == needed_.end()) needed_.push_back(declaration);
}

void Writer::needExclusive(xmlNode* element) {
    const auto use = [&](const xmlNs* space) {
        if (space == nullptr)
            declare({});
        else if (!isXml(*space))
            declare({view(space->prefix), view(space->href)});
    };
    use(element->ns);
    for (const xmlAttr* attribute = element->properties; attribute != nullptr; attribute = attribute->next)
        if (attribute->ns != nullptr) use(attribute->ns);
    for (const std::string_view prefix : inclusivePrefixes_) {
        const std::string_view uri = inScope(element, prefix);
        // An undeclared prefix has nothing to declare; the default one may have to be taken back.
        if (!uri.empty() || prefix.empty()) declare({prefix, uri});
    }
}

void Writer::needInclusive(xmlNode* element) {
    std::vector<std::string_view> seen;
    for (const xmlNode* at = element; at != nullptr && at->type == XML_ELEMENT_NODE; at = at->parent) {
        for (const xmlNs* space = at->nsDef; space != nullptr; space = space->next) {
            const std::string_view prefix = view(space->prefix);
            if (isXml(*space) || std::find(seen.begin(), seen.end(), prefix) != seen.end()) continue;
            seen.push_back(prefix);
            declare({prefix, view(space->href)});
        }
        // Whatever is in scope further out is in the output already, unless this element is the first.
        if (at == element && element != top_) return;
    }
}

void Writer::writeNamespaces(xmlNode* element) {
    needed_.clear();
    if (exclusive_)
        needExclusive(element);
    else
        needInclusive(element);
    std::sort(needed_.begin(), needed_.end(), [](const Declaration& a, const Declaration& b) { return a.prefix < b.prefix; });
    for (const Declaration& one : needed_) {
        out_ += std::string_view(one.prefix.empty() ? " xmlns" : " xmlns:");
        out_ += one.prefix;
        out_ += "=\"";
        out_ += one.uri;
        out_ += '"';
        rendered_.push_back(one);
    }
}

// Canonical XML 2.4: xml: attributes of the omitted ancestors come along, the nearest of each name.
void Writer::importXmlAttributes() {
    for (const xmlNode* at = top_->parent; at != nullptr && at->type == XML_ELEMENT_NODE; at = at->parent)
        for (const xmlAttr* attribute = at->properties; attribute != nullptr; attribute = attribute->next) {
            if (attribute->ns == nullptr || !isXml(*attribute->ns)) continue;
            const auto same = [&](const xmlAttr* known) {
                return known->ns != nullptr && isXml(*known->ns) && view(known->name) == view(attribute->name);
            };
            if (std::none_of(attributes_.begin(), attributes_.end(), same)) attributes_.push_back(attribute);
        }
}

void Writer::writeAttributes(xmlNode* element) {
    attributes_.clear();
    for (const xmlAttr* attribute = element->properties; attribute != nullptr; attribute = attribute->next)
        attributes_.push_back(attribute);
    if (!exclusive_ && element == top_) importXmlAttributes();
    const auto key = [](const xmlAttr* attribute) {
        return std::pair(attribute->ns == nullptr ? std::string_view() : view(attribute->ns->href), view(attribute->name));
    };
    if (attributes_.size() > 1)
        std::sort(attributes_.begin(), attributes_.end(), [&](const xmlAttr* a, const xmlAttr* b) { return key(a) < key(b); });
    for (const xmlAttr* attribute : attributes_) {
        out_ += ' ';
        writeName(attribute->ns, attribute->name);
        out_ += "=\"";
        for (const xmlNode* part = attribute->children; part != nullptr; part = part->next)
            out_.escaped(part->content, InAttribute);
        out_ += '"';
    }
}

void Writer::writeName(const xmlNs* space, const xmlChar* name) {
    if (space != nullptr && space->prefix != nullptr) {
        out_ += view(space->prefix);
        out_ += ':';
    }
    out_ += view(name);
}

void Writer::open(xmlNode* element) {
    marks_.push_back(rendered_.size());
    out_ += '<';
    writeName(element->ns, element->name);
    writeNamespaces(element);
    writeAttributes(element);
    out_ += '>';
}

void Writer::close(xmlNode* element) {
    out_ += "</";
    writeName(element->ns, element->name);
    out_ += '>';
    rendered_.resize(marks_.back());
    marks_.pop_back();
}

bool Writer::hasBaseAbove() const {
    for (const xmlNode* at = top_; at != nullptr && at->type == XML_ELEMENT_NODE; at = at->parent)
        for (const xmlAttr* attribute = at->properties; attribute != nullptr; attribute = attribute->next)
            if (attribute->ns != nullptr && isXml(*attribute->ns) && view(attribute->name) == "base") return true;
    return false;
}

Result<Secret> Writer::write() {
    if (joinsBase_ && hasBaseAbove()) return fail(Error(SignatureError::BadStructure).with("where", "xml:base"));
    xmlNode* at = top_;
    while (true) {
        if (at->type == XML_ELEMENT_NODE && at != omitted_) {
            open(at);
            if (at->children != nullptr) {
                at = at->children;
                continue;
            }
            close(at);
        } else if (at->type == XML_TEXT_NODE) {
            out_.escaped(at->content, InText);
        } else if (at != omitted_) {
            // The reader lets no other kind through.
            return fail(SignatureError::Internal, "a node that cannot be there");
        }
        while (at != top_ && at->next == nullptr) {
            at = at->parent;
            close(at);
        }
        if (at == top_) return out_.take();
        at = at->next;
    }
}

} // namespace

Result<Secret> canonicalForm(xml::Element top, xml::Element omitted, std::string_view method,
                             std::string_view inclusivePrefixes) {
    const bool exclusive = isExclusiveC14n(method);
    if (!exclusive && method != algorithm::inclusive && method != algorithm::inclusive11)
        return fail(Error(SignatureError::AlgorithmNotAllowed).with("seen", std::string(method.substr(0, 200))));
    if (!top || top == omitted) return fail(SignatureError::Internal, "nothing to canonicalize");
    return Writer(top.node(), omitted.node(), exclusive, method == algorithm::inclusive11,
                  exclusive ? inclusivePrefixes : std::string_view())
        .write();
}

} // namespace gw::saml
