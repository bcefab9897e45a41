#include "tests/support/saml_markup.h"

#include <algorithm>
#include <utility>

namespace gw::test {
namespace {

constexpr std::size_t mostDeep = 200;

// What stands between the elements and is no character data: comments, instructions, CDATA sections, declarations.
std::size_t endOfOther(std::string_view xml, std::size_t i) {
    for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}, {"<!", ">"}})
        if (xml.substr(i).starts_with(open)) {
            const std::size_t end = xml.find(close, i + open.size());
            return end == std::string_view::npos ? xml.size() : end + close.size();
        }
    return i;
}

// From after the name to after the ">". False where it is not written as this reader expects.
bool parseAttributes(std::string_view xml, std::size_t& i, Markup& element) {
    while (true) {
        i = xml.find_first_not_of(' ', i);
        if (i == std::string_view::npos) return false;
        if (xml[i] == '>' || xml[i] == '/') return true;
        const std::size_t equals = xml.find('=', i);
        if (equals == std::string_view::npos || equals + 1 >= xml.size() || xml[equals + 1] != '"') return false;
        const std::size_t close = xml.find('"', equals + 2);
        if (close == std::string_view::npos) return false;
        element.attributes.emplace_back(std::string(xml.substr(i, equals - i)),
                                        std::string(xml.substr(equals + 2, close - equals - 2)));
        i = close + 1;
    }
}

bool parseInto(std::string_view xml, std::size_t& i, Markup& parent, std::size_t depth) {
    if (depth > mostDeep) return false;
    while (i < xml.size()) {
        if (xml[i] != '<') {
            const std::size_t end = std::min(xml.find('<', i), xml.size());
            parent.append(Markup::raw(xml.substr(i, end - i)));
            i = end;
            continue;
        }
        if (xml.substr(i).starts_with("</")) {
            i = std::min(xml.find('>', i), xml.size() - 1) + 1;
            return true;
        }
        if (const std::size_t end = endOfOther(xml, i); end != i) {
            parent.append(Markup::raw(xml.substr(i, end - i)));
            i = end;
            continue;
        }
        auto element = std::make_unique<Markup>();
        const std::size_t nameEnd = xml.find_first_of(" />", i + 1);
        if (nameEnd == std::string_view::npos || nameEnd == i + 1) return false;
        element->name = xml.substr(i + 1, nameEnd - i - 1);
        i = nameEnd;
        if (!parseAttributes(xml, i, *element)) return false;
        const bool empty = xml[i] == '/';
        i = xml.find('>', i);
        if (i++ == std::string_view::npos) return false;
        if (!empty && !parseInto(xml, i, *element, depth + 1)) return false;
        parent.append(std::move(element));
    }
    return true;
}

} // namespace

std::unique_ptr<Markup> Markup::parse(std::string_view xml) {
    Markup holder;
    std::size_t i = 0;
    if (!parseInto(xml, i, holder, 0)) return nullptr;
    for (auto& child : holder.children)
        if (!child->name.empty()) return child->take();
    return nullptr;
}

std::unique_ptr<Markup> Markup::element(std::string_view name, std::string_view declaration) {
    auto made = std::make_unique<Markup>();
    made->name = name;
    if (const std::size_t equals = declaration.find('='); equals != std::string_view::npos)
        made->attributes.emplace_back(std::string(declaration.substr(0, equals)), std::string(declaration.substr(equals + 1)));
    return made;
}

std::unique_ptr<Markup> Markup::raw(std::string_view text) {
    auto made = std::make_unique<Markup>();
    made->text = text;
    return made;
}

std::string Markup::str() const {
    if (name.empty()) return text;
    std::string out = "<" + name;
    for (const auto& [key, value] : attributes) out += " " + key + "=\"" + value + "\"";
    out += ">";
    for (const auto& child : children) out += child->str();
    return out + "</" + name + ">";
}

std::unique_ptr<Markup> Markup::clone() const {
    auto copy = std::make_unique<Markup>();
    copy->name = name;
    copy->attributes = attributes;
    copy->text = text;
    for (const auto& child : children) copy->append(child->clone());
    return copy;
}

std::vector<Markup*> Markup::elements() {
    std::vector<Markup*> found;
    if (name.empty()) return found;
    found.push_back(this);
    for (const auto& child : children) {
        const auto below = child->elements();
        found.insert(found.end(), below.begin(), below.end());
    }
    return found;
}

Markup* Markup::find(std::string_view wanted) {
    for (Markup* at : elements())
        if (at->name == wanted) return at;
    return nullptr;
}

std::string* Markup::attribute(std::string_view wanted) {
    for (auto& [key, value] : attributes)
        if (key == wanted) return &value;
    return nullptr;
}

void Markup::set(std::string_view key, std::string_view value) {
    if (std::string* old = attribute(key))
        *old = value;
    else
        attributes.emplace_back(std::string(key), std::string(value));
}

Markup* Markup::insert(std::size_t at, std::unique_ptr<Markup> child) {
    child->parent = this;
    const auto place = children.begin() + static_cast<std::ptrdiff_t>(std::min(at, children.size()));
    return children.insert(place, std::move(child))->get();
}

std::size_t Markup::indexInParent() const {
    for (std::size_t i = 0; parent != nullptr && i < parent->children.size(); ++i)
        if (parent->children[i].get() == this) return i;
    return 0;
}

std::unique_ptr<Markup> Markup::take() {
    const auto place = parent->children.begin() + static_cast<std::ptrdiff_t>(indexInParent());
    std::unique_ptr<Markup> self = std::move(*place);
    parent->children.erase(place);
    parent = nullptr;
    return self;
}

bool Markup::contains(const Markup* other) const {
    for (; other != nullptr; other = other->parent)
        if (other == this) return true;
    return false;
}

} // namespace gw::test
