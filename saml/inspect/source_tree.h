// XML as it stands in its text: every node with the range of octets it takes. It reads what the hardened reader refuses,
// says what is wrong and goes on, for its only use is to show people a document. Nothing may be believed because of it.
// Linear in the input; memory is bounded by the limits, not by what the text asks for.
#pragma once

#include "saml/base/secret.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace gw::inspect {

// Octets [begin, end) of the text.
struct Range {
    std::uint32_t begin = 0, end = 0;
    [[nodiscard]] bool empty() const { return begin >= end; }
    [[nodiscard]] std::uint32_t size() const { return empty() ? 0 : end - begin; }
    [[nodiscard]] bool holds(std::size_t offset) const { return offset >= begin && offset < end; }
    [[nodiscard]] bool holds(Range other) const { return other.begin >= begin && other.end <= end; }
    friend bool operator==(const Range&, const Range&) = default;
};

using NodeIndex = std::uint32_t;
inline constexpr NodeIndex noNode = std::numeric_limits<NodeIndex>::max();

enum class NodeKind : std::uint8_t { Element, Text, CData, Comment, Instruction, Doctype };

struct SourceNode {
    NodeKind kind = NodeKind::Element;
    bool hasElements = false;          // among its children
    NodeIndex parent = noNode, firstChild = noNode, next = noNode;
    std::uint32_t depth = 0;           // 0 outside the root element and for it
    Range whole;                       // an element's from "<" of its start tag to ">" of its end tag
    // Of elements only.
    Range startTag, endTag;            // the end tag is empty for "<a/>" and where it is missing
    Range name;                        // with its prefix
    std::uint32_t attributesBegin = 0, attributeCount = 0;
    std::uint32_t namespaceUri = 0;
};

struct SourceAttribute {
    Range whole, name, value;          // value without its quotes, as written
    [[nodiscard]] Range nameAndValue() const { return whole; }
};

enum class ProblemKind : std::uint8_t {
    UnclosedElement, StrayEndTag, BadTag, UnknownEntity, UnboundPrefix, TextOutsideRoot, SecondRoot, NoRoot, TooDeep, TooManyNodes,
};

struct SourceProblem {
    ProblemKind kind;
    std::uint32_t offset = 0;
};

struct SourceLimits {
    std::size_t maxNodes = 150'000;
    std::size_t maxAttributes = 150'000;
    std::uint32_t maxDepth = 512;
};

class SourceTree {
public:
    SourceTree() = default;
    // Takes the text, at most 4 GiB. Where a limit is met, the tree ends there and a problem says so.
    [[nodiscard]] static SourceTree read(std::string text, const SourceLimits& limits = {});

    [[nodiscard]] std::string_view text() const { return text_.reveal(); }
    [[nodiscard]] std::string_view text(Range range) const;
    [[nodiscard]] const std::vector<SourceNode>& nodes() const { return nodes_; }
    [[nodiscard]] const SourceNode& node(NodeIndex at) const { return nodes_[at]; }
    // The first element outside any other; noNode where there is none.
    [[nodiscard]] NodeIndex root() const { return root_; }
    [[nodiscard]] std::uint32_t documentElements() const { return documentElements_; }
    [[nodiscard]] const std::vector<SourceProblem>& problems() const { return problems_; }

    // Of elements. Without the prefix.
    [[nodiscard]] std::string_view localName(NodeIndex element) const;
    [[nodiscard]] std::string_view prefix(NodeIndex element) const;
    [[nodiscard]] std::string_view namespaceUri(NodeIndex element) const;
    [[nodiscard]] bool is(NodeIndex element, std::string_view uri, std::string_view local) const;
    [[nodiscard]] std::span<const SourceAttribute> attributes(NodeIndex element) const;
    // Of an attribute without a prefix, references resolved.
    [[nodiscard]] std::optional<std::string> attribute(NodeIndex element, std::string_view local) const;
    [[nodiscard]] const SourceAttribute* findAttribute(NodeIndex element, std::string_view local) const;
    // The uri that a prefix stands for at an element; nothing where it is not bound. "" asks for the default namespace.
    [[nodiscard]] std::optional<std::string_view> lookup(NodeIndex element, std::string_view prefix) const;

    // All character data directly in the element, comments and instructions left out, references resolved: what ours and
    // every correct reader sees.
    [[nodiscard]] std::string content(NodeIndex element) const;
    // Its first piece of character data only: what a reader that takes the first text node sees.
    [[nodiscard]] std::string firstPiece(NodeIndex element) const;
    // From the first to the last piece of character data in it; empty where there is none.
    [[nodiscard]] Range contentRange(NodeIndex element) const;

    [[nodiscard]] NodeIndex firstElement(NodeIndex parent) const;
    [[nodiscard]] NodeIndex nextElement(NodeIndex element) const;
    // The first child element of that name.
    [[nodiscard]] NodeIndex child(NodeIndex parent, std::string_view uri, std::string_view local) const;
    // Whether `inner` is `outer` or lies in it.
    [[nodiscard]] bool within(NodeIndex inner, NodeIndex outer) const;
    // Element names from the root: "/Response/Assertion".
    [[nodiscard]] std::string path(NodeIndex element) const;
    // From 1.
    [[nodiscard]] long line(std::size_t offset) const;
    [[nodiscard]] long lineOf(NodeIndex node) const { return line(nodes_[node].whole.begin); }

private:
    friend class SourceReader;
    Secret text_;
    std::vector<SourceNode> nodes_;
    std::vector<SourceAttribute> attributes_;
    std::vector<std::string> uris_;
    std::vector<SourceProblem> problems_;
    std::vector<std::uint32_t> lineStarts_;
    NodeIndex root_ = noNode;
    std::uint32_t documentElements_ = 0;
};

// Character and predefined entity references resolved, line ends made "\n"; in an attribute also blanks made " ".
// References to other entities stay as they are written.
[[nodiscard]] std::string resolved(std::string_view written, bool attribute);

} // namespace gw::inspect
