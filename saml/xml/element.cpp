#include "saml/xml/element.h"

#include <algorithm>

#include <libxml/tree.h>

namespace gw::xml {
namespace {

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

xmlNode* firstElement(xmlNode* node) {
    while (node != nullptr && node->type != XML_ELEMENT_NODE) node = node->next;
    return node;
}

std::string take(xmlChar* text) {
    std::string copy(view(text));
    xmlFree(text);
    return copy;
}

} // namespace

std::string_view Element::name() const {
    return node_ == nullptr ? std::string_view() : view(node_->name);
}

std::string_view Element::namespaceUri() const {
    return node_ == nullptr || node_->ns == nullptr ? std::string_view() : view(node_->ns->href);
}

bool Element::is(std::string_view uri, std::string_view local) const {
    return node_ != nullptr && name() == local && namespaceUri() == uri;
}

Element Element::parent() const {
    if (node_ == nullptr || node_->parent == nullptr || node_->parent->type != XML_ELEMENT_NODE) return {};
    return Element(node_->parent);
}

Element Element::firstChild() const {
    return node_ == nullptr ? Element() : Element(firstElement(node_->children));
}

Element Element::next() const {
    return node_ == nullptr ? Element() : Element(firstElement(node_->next));
}

std::optional<std::string> Element::attribute(std::string_view local) const {
    if (node_ == nullptr) return std::nullopt;
    for (xmlAttr* attr = node_->properties; attr != nullptr; attr = attr->next)
        if (attr->ns == nullptr && view(attr->name) == local) return take(xmlNodeGetContent(reinterpret_cast<xmlNode*>(attr)));
    return std::nullopt;
}

std::size_t Element::attributeCount() const {
    std::size_t count = 0;
    if (node_ != nullptr)
        for (const xmlAttr* attr = node_->properties; attr != nullptr; attr = attr->next) ++count;
    return count;
}

std::optional<std::string> Element::text() const {
    if (node_ == nullptr) return std::nullopt;
    if (node_->children == nullptr) return std::string();
    // The reader refuses everything that could split character data, so there is one text node or there is more than text.
    if (node_->children->next != nullptr || node_->children->type != XML_TEXT_NODE) return std::nullopt;
    return take(xmlNodeGetContent(node_));
}

bool Element::hasOwnText() const {
    if (node_ == nullptr) return false;
    for (xmlNode* child = node_->children; child != nullptr; child = child->next)
        if (child->type == XML_TEXT_NODE && xmlIsBlankNode(child) == 0) return true;
    return false;
}

long Element::line() const {
    if (node_ == nullptr) return 0;
    const long line = xmlGetLineNo(node_);
    return line > 0 ? line : 0;
}

Element following(Element at, Element top) {
    if (const Element child = at.firstChild()) return child;
    while (at && at != top) {
        if (const Element sibling = at.next()) return sibling;
        at = at.parent();
    }
    return {};
}

std::vector<std::pair<std::string, std::string>> namespacesInScope(Element element) {
    std::vector<std::pair<std::string, std::string>> found;
    for (; element; element = element.parent())
        for (const xmlNs* space = element.node()->nsDef; space != nullptr; space = space->next) {
            const std::string prefix(view(space->prefix));
            const bool nearer = std::any_of(found.begin(), found.end(), [&](const auto& one) { return one.first == prefix; });
            if (!nearer) found.emplace_back(prefix, view(space->href));
        }
    std::erase_if(found, [](const auto& one) { return one.second.empty(); });
    return found;
}

std::string pathOf(Element element) {
    std::string path;
    for (; element; element = element.parent()) path.insert(0, "/" + std::string(element.name().substr(0, 64)));
    return path;
}

Element elementAt(Element root, std::string_view path) {
    Element at;
    while (path.starts_with('/')) {
        path.remove_prefix(1);
        const std::string_view name = path.substr(0, path.find('/'));
        path.remove_prefix(name.size());
        Element next = at ? at.firstChild() : root;
        while (next && next.name() != name) next = at ? next.next() : Element();
        if (!next) return {};
        at = next;
    }
    return at;
}

} // namespace gw::xml
