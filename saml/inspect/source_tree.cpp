#include "saml/inspect/source_tree.h"

#include <algorithm>

namespace gw::inspect {
namespace {

constexpr std::string_view xmlNamespace = "http://www.w3.org/XML/1998/namespace";

std::string_view localPart(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view prefixPart(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
}

} // namespace

std::string_view SourceTree::text(Range range) const {
    return text().substr(range.begin, range.size());
}

std::string_view SourceTree::localName(NodeIndex element) const {
    return element == noNode ? std::string_view() : localPart(text(nodes_[element].name));
}

std::string_view SourceTree::prefix(NodeIndex element) const {
    return element == noNode ? std::string_view() : prefixPart(text(nodes_[element].name));
}

std::string_view SourceTree::namespaceUri(NodeIndex element) const {
    return element == noNode ? std::string_view() : std::string_view(uris_[nodes_[element].namespaceUri]);
}

bool SourceTree::is(NodeIndex element, std::string_view uri, std::string_view local) const {
    return element != noNode && nodes_[element].kind == NodeKind::Element && localName(element) == local && namespaceUri(element) == uri;
}

std::span<const SourceAttribute> SourceTree::attributes(NodeIndex element) const {
    if (element == noNode) return {};
    const SourceNode& node = nodes_[element];
    return std::span(attributes_).subspan(node.attributesBegin, node.attributeCount);
}

const SourceAttribute* SourceTree::findAttribute(NodeIndex element, std::string_view local) const {
    for (const SourceAttribute& attribute : attributes(element))
        if (text(attribute.name) == local) return &attribute;
    return nullptr;
}

std::optional<std::string> SourceTree::attribute(NodeIndex element, std::string_view local) const {
    const SourceAttribute* found = findAttribute(element, local);
    if (found == nullptr) return std::nullopt;
    return resolved(text(found->value), true);
}

std::optional<std::string_view> SourceTree::lookup(NodeIndex element, std::string_view wanted) const {
    if (wanted == "xml") return xmlNamespace;
    for (; element != noNode; element = nodes_[element].parent)
        for (const SourceAttribute& attribute : attributes(element)) {
            const std::string_view name = text(attribute.name);
            if (wanted.empty() ? name == "xmlns" : name.starts_with("xmlns:") && name.substr(6) == wanted) return text(attribute.value);
        }
    if (wanted.empty()) return std::string_view();
    return std::nullopt;
}

std::string SourceTree::content(NodeIndex element) const {
    std::string out;
    if (element == noNode) return out;
    for (NodeIndex at = nodes_[element].firstChild; at != noNode; at = nodes_[at].next) {
        const SourceNode& node = nodes_[at];
        if (node.kind == NodeKind::Text) out += resolved(text(node.whole), false);
        if (node.kind == NodeKind::CData && node.whole.size() >= 12) out += text(node.whole).substr(9, node.whole.size() - 12);
    }
    return out;
}

std::string SourceTree::firstPiece(NodeIndex element) const {
    if (element == noNode) return {};
    const NodeIndex first = nodes_[element].firstChild;
    if (first == noNode || nodes_[first].kind != NodeKind::Text) return {};
    return resolved(text(nodes_[first].whole), false);
}

Range SourceTree::contentRange(NodeIndex element) const {
    Range range;
    bool any = false;
    for (NodeIndex at = element == noNode ? noNode : nodes_[element].firstChild; at != noNode; at = nodes_[at].next) {
        const SourceNode& node = nodes_[at];
        if (node.kind != NodeKind::Text && node.kind != NodeKind::CData) continue;
        if (!any) range.begin = node.whole.begin;
        range.end = node.whole.end;
        any = true;
    }
    return range;
}

NodeIndex SourceTree::firstElement(NodeIndex parent) const {
    NodeIndex at = parent == noNode ? noNode : nodes_[parent].firstChild;
    while (at != noNode && nodes_[at].kind != NodeKind::Element) at = nodes_[at].next;
    return at;
}

NodeIndex SourceTree::nextElement(NodeIndex element) const {
    NodeIndex at = element == noNode ? noNode : nodes_[element].next;
    while (at != noNode && nodes_[at].kind != NodeKind::Element) at = nodes_[at].next;
    return at;
}

NodeIndex SourceTree::child(NodeIndex parent, std::string_view uri, std::string_view local) const {
    NodeIndex at = firstElement(parent);
    while (at != noNode && !is(at, uri, local)) at = nextElement(at);
    return at;
}

bool SourceTree::within(NodeIndex inner, NodeIndex outer) const {
    if (inner == noNode || outer == noNode) return false;
    return nodes_[outer].whole.holds(nodes_[inner].whole);
}

std::string SourceTree::path(NodeIndex element) const {
    std::string out;
    for (int levels = 0; element != noNode && levels < 32; element = nodes_[element].parent, ++levels)
        out.insert(0, "/" + std::string(localName(element).substr(0, 64)));
    return out;
}

long SourceTree::line(std::size_t offset) const {
    const auto after = std::upper_bound(lineStarts_.begin(), lineStarts_.end(), static_cast<std::uint32_t>(offset));
    return static_cast<long>(after - lineStarts_.begin()) + 1;
}

} // namespace gw::inspect
