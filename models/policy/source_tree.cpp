#include "models/policy/source_tree.h"

#include "models/policy/source_reader.h"

#include <algorithm>

namespace gw::policy {

ValueKind Value::kind() const {
    return tree_ == nullptr ? ValueKind::Null : tree_->nodes_[index_].kind;
}
std::string_view Value::text() const {
    return tree_ == nullptr ? std::string_view() : tree_->nodes_[index_].text;
}
Span Value::span() const {
    return tree_ == nullptr ? Span() : tree_->nodes_[index_].span;
}
std::size_t Value::size() const {
    return tree_ == nullptr ? 0 : tree_->nodes_[index_].size;
}
std::string_view Value::name() const {
    return tree_ == nullptr ? std::string_view() : tree_->nodes_[index_].name;
}
Span Value::nameSpan() const {
    return tree_ == nullptr ? Span() : tree_->nodes_[index_].nameSpan;
}

Value Value::first() const {
    const std::uint32_t index = tree_ == nullptr ? 0 : tree_->nodes_[index_].first;
    return index == 0 ? Value() : Value(tree_, index);
}

Value Value::next() const {
    const std::uint32_t index = tree_ == nullptr ? 0 : tree_->nodes_[index_].next;
    return index == 0 ? Value() : Value(tree_, index);
}

Value Value::member(std::string_view name) const {
    if (!is(ValueKind::Object)) return {};
    for (Value each = first(); each; each = each.next())
        if (each.name() == name) return each;
    return {};
}

Result<SourceTree> SourceTree::parse(std::string text, std::size_t maxDepth) {
    if (text.size() > maxSourceBytes)
        return fail(Error(SourceError::TooLarge)
                        .with("seen", std::to_string(text.size()))
                        .with("expected", std::to_string(maxSourceBytes)));
    SourceTree tree;
    tree.text_ = std::make_unique<std::string>(std::move(text));
    GW_CHECK(SourceReader(tree, maxDepth).read());
    return tree;
}

Position SourceTree::positionOf(std::uint32_t offset) const {
    return positionIn(*text_, offset);
}

std::string SourceTree::pointerTo(Value value) const {
    std::vector<std::string> tokens;
    for (std::uint32_t at = value.index_; at != 0; at = nodes_[at].parent) {
        const Node& node = nodes_[at];
        const Node& parent = nodes_[node.parent];
        std::string token;
        if (parent.kind == ValueKind::Object) {
            for (const char each : node.name) {
                if (each == '~')
                    token += "~0";
                else if (each == '/')
                    token += "~1";
                else
                    token += each;
            }
        } else {
            std::size_t index = 0;
            for (std::uint32_t sibling = parent.first; sibling != at; sibling = nodes_[sibling].next) ++index;
            token = std::to_string(index);
        }
        tokens.push_back(std::move(token));
    }
    std::string pointer;
    for (auto token = tokens.rbegin(); token != tokens.rend(); ++token) pointer += "/" + *token;
    return pointer;
}

Position positionIn(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const std::size_t newline = before.rfind('\n');
    return {static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n') + 1),
            static_cast<std::uint32_t>(newline == std::string_view::npos ? before.size() + 1 : before.size() - newline)};
}

} // namespace gw::policy
