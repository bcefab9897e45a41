#include "saml/inspect/character_references.h"
#include "saml/base/blanks.h"
#include "saml/inspect/source_tree.h"

#include <algorithm>

namespace gw::inspect {
namespace {

constexpr std::string_view xmlNamespace = "http://www.w3.org/XML/1998/namespace";

std::string_view prefixPart(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
}

} // namespace

// Reads the text once, from left to right.
class SourceReader {
public:
    SourceReader(SourceTree& tree, const SourceLimits& limits) : tree_(tree), text_(tree.text_.reveal()), limits_(limits) {}

    void run() {
        tree_.uris_.emplace_back();
        for (std::size_t i = text_.find('\n'); i != std::string_view::npos; i = text_.find('\n', i + 1))
            tree_.lineStarts_.push_back(static_cast<std::uint32_t>(i + 1));
        if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
        while (at_ < text_.size() && !stopped_) step();
        while (!open_.empty()) {
            problem(ProblemKind::UnclosedElement, tree_.nodes_[open_.back()].whole.begin);
            close(offset(at_), {});
        }
        if (tree_.root_ == noNode) problem(ProblemKind::NoRoot, 0);
    }

private:
    static std::uint32_t offset(std::size_t at) { return static_cast<std::uint32_t>(at); }

    void problem(ProblemKind kind, std::size_t at) {
        if (tree_.problems_.size() < 50) tree_.problems_.push_back({kind, offset(at)});
    }

    NodeIndex add(NodeKind kind, std::size_t begin, std::size_t end) {
        if (tree_.nodes_.size() >= limits_.maxNodes) {
            problem(ProblemKind::TooManyNodes, begin);
            stopped_ = true;
            return noNode;
        }
        const auto index = static_cast<NodeIndex>(tree_.nodes_.size());
        SourceNode node;
        node.kind = kind;
        node.whole = {offset(begin), offset(end)};
        node.parent = open_.empty() ? noNode : open_.back();
        node.depth = offset(open_.size());
        NodeIndex& last = open_.empty() ? lastTop_ : lastChild_.back();
        if (last != noNode)
            tree_.nodes_[last].next = index;
        else if (!open_.empty())
            tree_.nodes_[open_.back()].firstChild = index;
        last = index;
        if (kind == NodeKind::Element && node.parent != noNode) tree_.nodes_[node.parent].hasElements = true;
        tree_.nodes_.push_back(node);
        return index;
    }

    std::size_t endOf(std::string_view mark, std::size_t from) const {
        const std::size_t end = text_.find(mark, from);
        return end == std::string_view::npos ? text_.size() : end + mark.size();
    }

    void step() {
        if (text_[at_] != '<') return characters(std::min(text_.find('<', at_), text_.size()));
        const std::string_view rest = text_.substr(at_, 9);
        if (rest.starts_with("<!--")) return special(NodeKind::Comment, endOf("-->", at_ + 4));
        if (rest.starts_with("<![CDATA[")) return special(NodeKind::CData, endOf("]]>", at_ + 9));
        if (rest.starts_with("<?")) return special(NodeKind::Instruction, endOf("?>", at_ + 2));
        if (rest.starts_with("<!")) return special(NodeKind::Doctype, declarationEnd());
        if (rest.starts_with("</")) return endTag();
        startTag();
    }

    void special(NodeKind kind, std::size_t end) {
        add(kind, at_, end);
        at_ = end;
    }

    // A DOCTYPE with what is in its brackets.
    std::size_t declarationEnd() const {
        int depth = 0;
        char quote = 0;
        for (std::size_t i = at_; i < text_.size(); ++i) {
            const char c = text_[i];
            if (quote != 0) {
                if (c == quote) quote = 0;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '[') {
                ++depth;
            } else if (c == ']') {
                --depth;
            } else if (c == '>' && depth <= 0) {
                return i + 1;
            }
        }
        return text_.size();
    }

    void characters(std::size_t end) {
        const std::string_view run = text_.substr(at_, end - at_);
        if (!open_.empty()) {
            add(NodeKind::Text, at_, end);
            noteEntities(run);
        } else if (!isBlank(run)) {
            problem(ProblemKind::TextOutsideRoot, at_);
        }
        at_ = end;
    }

    void noteEntities(std::string_view run) {
        if (tree_.problems_.size() >= 50) return;
        for (std::size_t i = run.find('&'); i != std::string_view::npos; i = run.find('&', i + 1)) {
            const std::size_t end = run.substr(i, 12).find(';');
            if (end != std::string_view::npos && referencedCharacter(run.substr(i + 1, end - 1))) continue;
            return problem(ProblemKind::UnknownEntity, at_ + i);
        }
    }

    void skipSpace(std::size_t& i) const {
        while (i < text_.size() && isBlank(text_[i])) ++i;
    }

    std::size_t nameEnd(std::size_t i) const {
        while (i < text_.size() && !isBlank(text_[i]) && text_[i] != '>' && text_[i] != '/' && text_[i] != '=' && text_[i] != '<') ++i;
        return i;
    }

    void startTag() {
        const std::size_t begin = at_;
        std::size_t i = nameEnd(at_ + 1);
        if (i == at_ + 1) {
            problem(ProblemKind::BadTag, at_);
            ++at_;
            return;
        }
        if (open_.size() >= limits_.maxDepth) {
            problem(ProblemKind::TooDeep, at_);
            stopped_ = true;
            return;
        }
        const Range name{offset(begin + 1), offset(i)};
        const auto attributesBegin = offset(tree_.attributes_.size());
        bool empty = false;
        while (true) {
            skipSpace(i);
            if (i >= text_.size() || text_[i] == '<') {
                problem(ProblemKind::BadTag, begin);
                break;
            }
            if (text_[i] == '>') {
                ++i;
                break;
            }
            if (text_[i] == '/') {
                empty = i + 1 < text_.size() && text_[i + 1] == '>';
                i += empty ? 2 : 1;
                if (empty) break;
                continue;
            }
            if (!readAttribute(i)) break;
        }
        if (stopped_) return;
        const NodeIndex index = add(NodeKind::Element, begin, i);
        at_ = i;
        if (index == noNode) return;
        SourceNode& node = tree_.nodes_[index];
        node.name = name;
        node.startTag = {offset(begin), offset(i)};
        node.attributesBegin = attributesBegin;
        node.attributeCount = offset(tree_.attributes_.size()) - attributesBegin;
        if (open_.empty()) {
            if (++tree_.documentElements_ == 1)
                tree_.root_ = index;
            else if (tree_.documentElements_ == 2)
                problem(ProblemKind::SecondRoot, begin);
        }
        open_.push_back(index);
        lastChild_.push_back(noNode);
        resolveNamespace(index);
        if (empty) close(offset(i), {});
    }

    bool readAttribute(std::size_t& i) {
        SourceAttribute attribute;
        const std::size_t begin = i;
        const std::size_t end = nameEnd(i);
        attribute.name = {offset(begin), offset(end)};
        i = end;
        skipSpace(i);
        if (end == begin || i >= text_.size() || text_[i] != '=') {
            problem(ProblemKind::BadTag, begin);
            if (i == begin) ++i;
            return true;
        }
        ++i;
        skipSpace(i);
        if (i >= text_.size() || (text_[i] != '"' && text_[i] != '\'')) {
            problem(ProblemKind::BadTag, begin);
            i = nameEnd(i);
            return true;
        }
        const std::size_t close = text_.find(text_[i], i + 1);
        if (close == std::string_view::npos) {
            problem(ProblemKind::BadTag, begin);
            i = text_.size();
            return false;
        }
        attribute.value = {offset(i + 1), offset(close)};
        attribute.whole = {offset(begin), offset(close + 1)};
        noteEntities(text_.substr(i + 1, close - i - 1));
        i = close + 1;
        if (tree_.attributes_.size() >= limits_.maxAttributes) {
            problem(ProblemKind::TooManyNodes, begin);
            stopped_ = true;
            return false;
        }
        tree_.attributes_.push_back(attribute);
        return true;
    }

    // What a prefix stands for, as elements bind it while they are open.
    struct Binding {
        std::string_view prefix;
        std::uint32_t uri;
        std::size_t depth;      // number of open elements at its element
    };

    std::uint32_t uriIndex(std::string uri) {
        // Documents use a handful of namespaces again and again.
        const auto known = std::find(tree_.uris_.begin(), tree_.uris_.begin() + std::min<std::ptrdiff_t>(16, std::ssize(tree_.uris_)), uri);
        if (known != tree_.uris_.end() && *known == uri) return offset(static_cast<std::size_t>(known - tree_.uris_.begin()));
        tree_.uris_.push_back(std::move(uri));
        return offset(tree_.uris_.size() - 1);
    }

    void resolveNamespace(NodeIndex index) {
        for (const SourceAttribute& attribute : tree_.attributes(index)) {
            const std::string_view name = tree_.text(attribute.name);
            if (name != "xmlns" && !name.starts_with("xmlns:")) continue;
            bindings_.push_back({name == "xmlns" ? std::string_view() : name.substr(6),
                                 uriIndex(resolved(tree_.text(attribute.value), true)), open_.size()});
        }
        const std::string_view prefix = prefixPart(tree_.text(tree_.nodes_[index].name));
        if (prefix == "xml") {
            tree_.nodes_[index].namespaceUri = uriIndex(std::string(xmlNamespace));
            return;
        }
        // The nearest few hundred bindings are enough for any document that is not made to be slow.
        std::size_t looked = 0;
        for (auto binding = bindings_.rbegin(); binding != bindings_.rend() && looked < 400; ++binding, ++looked) {
            if (binding->prefix != prefix) continue;
            tree_.nodes_[index].namespaceUri = binding->uri;
            return;
        }
        if (!prefix.empty()) problem(ProblemKind::UnboundPrefix, tree_.nodes_[index].whole.begin);
    }

    // Ends the innermost open element.
    void close(std::uint32_t end, Range tag) {
        SourceNode& node = tree_.nodes_[open_.back()];
        node.endTag = tag;
        node.whole.end = end;
        while (!bindings_.empty() && bindings_.back().depth >= open_.size()) bindings_.pop_back();
        open_.pop_back();
        lastChild_.pop_back();
    }

    void endTag() {
        const std::size_t begin = at_;
        const std::size_t afterName = nameEnd(at_ + 2);
        const std::string_view name = text_.substr(begin + 2, afterName - begin - 2);
        const std::size_t end = endOf(">", afterName);
        at_ = end;
        std::size_t depth = open_.size();
        while (depth > 0 && tree_.text(tree_.nodes_[open_[depth - 1]].name) != name) --depth;
        if (depth == 0) return problem(ProblemKind::StrayEndTag, begin);
        while (open_.size() > depth) {
            problem(ProblemKind::UnclosedElement, tree_.nodes_[open_.back()].whole.begin);
            close(offset(begin), {});
        }
        close(offset(end), {offset(begin), offset(end)});
    }

    SourceTree& tree_;
    std::string_view text_;
    const SourceLimits& limits_;
    std::size_t at_ = 0;
    bool stopped_ = false;
    std::vector<NodeIndex> open_, lastChild_;
    NodeIndex lastTop_ = noNode;
    std::vector<Binding> bindings_;
};

SourceTree SourceTree::read(std::string text, const SourceLimits& limits) {
    SourceTree tree;
    text.resize(std::min<std::size_t>(text.size(), std::numeric_limits<std::uint32_t>::max() - 1));
    tree.text_ = Secret(std::move(text));
    SourceReader(tree, limits).run();
    return tree;
}

} // namespace gw::inspect
