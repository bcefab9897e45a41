// The one XML reader. It accepts the part of XML that SAML needs and nothing more: XML 1.0, UTF-8, no DOCTYPE, no entities, no
// CDATA, no processing instruction or comment inside the document element, bounded in octets, elements, depth and
// attributes. So every later reader of the tree sees the same thing that was digested.
#pragma once

#include "saml/base/result.h"
#include "saml/xml/element.h"

#include <cstddef>
#include <limits>
#include <memory>
#include <string_view>

struct _xmlDoc;

namespace gw::xml {

// Facts: "line" of the place, "offset" in octets, "seen" for the offending name.
#define GW_XML_ERRORS(X)                                                                                                         \
    X(TooLarge, "too_large")                                                                                                     \
    X(NotUtf8, "not_utf8")                                                                                                       \
    X(HasDoctype, "has_doctype")                                                                                                 \
    X(NotWellFormed, "not_well_formed")                                                                                          \
    X(TooDeep, "too_deep")                                                                                                       \
    X(TooManyElements, "too_many_elements")                                                                                      \
    X(TooManyAttributes, "too_many_attributes")                                                                                  \
    X(ForbiddenNode, "forbidden_node")                                                                                           \
    X(BadNamespace, "bad_namespace")                                                                                             \
    X(BadId, "bad_id")                                                                                                           \
    X(DuplicateId, "duplicate_id")
GW_ERROR_ENUM(XmlError, "xml", GW_XML_ERRORS);

struct ReadRules {
    std::size_t maxBytes = std::size_t{256} << 10U;
    std::size_t maxDepth = 32;
    std::size_t maxElements = 20'000;
    std::size_t maxAttributes = 64; // in one tag; namespace declarations count apart, to the same bound
    // Namespace declarations of an element and of all around it, and the sum of their squares over all elements: so long
    // canonicalization by libxml2 takes, which compares them pairwise at every element.
    std::size_t maxNamespacesInScope = 64;
    std::size_t maxNamespaceComparisons = 20'000'000;
    // IDs are NCNames of ASCII letters, digits, "_", "." and "-": nothing that means something in an XPointer.
    bool plainIds = true;
    // Namespace URIs are absolute and need no escaping: canonicalization is not defined for others, and libraries differ.
    bool plainNamespaces = true;

    // A SAML response, decoded.
    [[nodiscard]] static ReadRules response() { return {}; }
    // Metadata: IAM takes up to 10,000,000 characters of it; federations publish that much.
    [[nodiscard]] static ReadRules metadata() {
        return {.maxBytes = 10'000'000,
                .maxDepth = 48,
                .maxElements = 400'000,
                .maxAttributes = 64,
                .maxNamespacesInScope = 256,
                .maxNamespaceComparisons = std::numeric_limits<std::size_t>::max(), // it is not canonicalized
                .plainIds = false,
                .plainNamespaces = false};
    }
};

// Owns the tree. Movable; elements stay valid over a move.
class Document {
public:
    Document() = default;

    // Unprefixed attributes named ID, Id or id are IDs: unique over all three spellings. Prefixed ones are refused, for
    // XML Signature libraries look IDs up by local name.
    [[nodiscard]] static Result<Document> parse(std::string_view text, const ReadRules& rules);

    [[nodiscard]] Element root() const;

    // For saml/dsig only.
    [[nodiscard]] _xmlDoc* handle() const { return tree_.get(); }

private:
    struct Free {
        void operator()(_xmlDoc* tree) const;
    };
    std::unique_ptr<_xmlDoc, Free> tree_;
};

// A scheme, a colon and more, of the characters of RFC 3986; or empty, which takes the default namespace back.
[[nodiscard]] bool isPlainNamespace(std::string_view uri);

// ASCII letters, digits, "_", "." and "-", not starting with a digit, "." or "-".
[[nodiscard]] bool isPlainId(std::string_view id);

} // namespace gw::xml
