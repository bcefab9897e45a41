#include "saml/inspect/canonical_form.h"

#include "saml/base/blanks.h"
#include "saml/dsig/algorithms.h"

#include <algorithm>
#include <tuple>

namespace gw::inspect {
namespace {

// The hardened reader takes 64 of each. Bounds keep a document that is made to be slow from being slow.
constexpr std::uint32_t mostAttributes = 256;
constexpr std::size_t mostLookedAt = 200;
// Declarations compared for the whole of a form.
constexpr std::size_t mostSteps = 4'000'000;

struct Declaration {
    std::string_view prefix, uri;
    Range source;
    std::uint32_t depth = 0;      // of the element that wrote it
};

class Writer {
public:
    Writer(const SourceTree& tree, const FormRules& rules, CanonicalForm& form) : tree_(tree), rules_(rules), form_(form) {}

    void run(NodeIndex apex) {
        apex_ = apex;
        collectInherited();
        NodeIndex at = apex;
        bool done = false;
        while (!done && !stopped_ && out_.size() <= rules_.maxOctets) {
            const SourceNode& node = tree_.node(at);
            const bool skipped = at == rules_.without;
            if (!skipped) open(at);
            if (!skipped && node.firstChild != noNode) {
                at = node.firstChild;
                continue;
            }
            while (true) {
                if (at != rules_.without && tree_.node(at).kind == NodeKind::Element) close(at);
                if (at == apex) {
                    done = true;
                    break;
                }
                if (tree_.node(at).next != noNode) {
                    at = tree_.node(at).next;
                    break;
                }
                at = tree_.node(at).parent;
            }
        }
        form_.complete = done;
        form_.octets = Secret(std::move(out_));
    }

private:
    // Namespace declarations around the apex, and those written so far by open elements, innermost last.
    void collectInherited() {
        std::vector<NodeIndex> around;
        for (NodeIndex at = tree_.node(apex_).parent; at != noNode; at = tree_.node(at).parent) around.push_back(at);
        for (auto at = around.rbegin(); at != around.rend(); ++at) declare(*at, 0);
    }

    void declare(NodeIndex element, std::uint32_t depth) {
        for (const SourceAttribute& attribute : tree_.attributes(element)) {
            const std::string_view name = tree_.text(attribute.name);
            if (name == "xmlns" || name.starts_with("xmlns:"))
                scope_.push_back({name == "xmlns" ? std::string_view() : name.substr(6), tree_.text(attribute.value), attribute.whole, depth});
        }
    }

    const Declaration* find(const std::vector<Declaration>& list, std::string_view prefix) {
        std::size_t looked = 0;
        for (auto at = list.rbegin(); at != list.rend() && looked < mostLookedAt; ++at, ++looked) {
            if (++steps_ > mostSteps) stopped_ = true;
            if (at->prefix == prefix) return &*at;
        }
        return nullptr;
    }

    void piece(Range source) { form_.pieces.push_back({static_cast<std::uint32_t>(out_.size()), source}); }

    void text(std::string_view decoded) {
        for (const char c : decoded) {
            if (c == '&')
                out_ += "&amp;";
            else if (c == '<')
                out_ += "&lt;";
            else if (c == '>')
                out_ += "&gt;";
            else if (c == '\r')
                out_ += "&#xD;";
            else if (c == '\n' && rules_.carriageReturns)
                out_ += "&#xD;\n";
            else
                out_ += c;
        }
    }

    void value(std::string_view decoded) {
        for (const char c : decoded) {
            if (c == '&')
                out_ += "&amp;";
            else if (c == '<')
                out_ += "&lt;";
            else if (c == '"')
                out_ += "&quot;";
            else if (c == '\t')
                out_ += "&#x9;";
            else if (c == '\n')
                out_ += "&#xA;";
            else if (c == '\r')
                out_ += "&#xD;";
            else
                out_ += c;
        }
    }

    void open(NodeIndex at) {
        const SourceNode& node = tree_.node(at);
        switch (node.kind) {
        case NodeKind::Element:
            return startTag(at);
        case NodeKind::Text: {
            const std::string_view written = tree_.text(node.whole);
            if (rules_.dropBlankText && isBlank(written) && hasElements(node.parent)) return;
            piece(node.whole);
            const std::string decoded = resolved(written, false);
            return text(rules_.trimText && !hasElements(node.parent) ? trimmed(decoded) : std::string_view(decoded));
        }
        case NodeKind::CData:
            piece(node.whole);
            return text(node.whole.size() >= 12 ? tree_.text(node.whole).substr(9, node.whole.size() - 12) : std::string_view());
        case NodeKind::Comment:
            if (!rules_.comments) return;
            piece(node.whole);
            out_ += tree_.text(node.whole);
            return;
        case NodeKind::Instruction:
            piece(node.whole);
            out_ += tree_.text(node.whole);
            return;
        case NodeKind::Doctype:
            return;
        }
    }

    bool hasElements(NodeIndex parent) const { return parent != noNode && tree_.node(parent).hasElements; }

    struct Shown {
        std::string_view uri, local, name;
        std::string value;
        Range source;
    };

    void startTag(NodeIndex at) {
        const SourceNode& node = tree_.node(at);
        ++depth_;
        if (node.attributeCount > mostAttributes) {
            stopped_ = true;
            return;
        }
        declare(at, depth_);
        std::vector<Shown> attributes;
        for (const SourceAttribute& attribute : tree_.attributes(at)) addAttribute(attribute, attributes);
        if (at == apex_ && rules_.method != FormMethod::Exclusive) inheritXmlAttributes(attributes);

        piece({node.startTag.begin, node.name.end});
        out_ += '<';
        out_ += tree_.text(node.name);
        for (const Declaration& one : toRender(at)) {
            piece(one.source);
            out_ += one.prefix.empty() ? " xmlns" : " xmlns:";
            out_ += one.prefix;
            out_ += "=\"";
            value(resolved(one.uri, true));
            out_ += '"';
            rendered_.push_back({one.prefix, one.uri, one.source, depth_});
        }
        std::sort(attributes.begin(), attributes.end(),
                  [](const Shown& a, const Shown& b) { return std::tie(a.uri, a.local) < std::tie(b.uri, b.local); });
        for (const Shown& one : attributes) {
            piece(one.source);
            out_ += ' ';
            out_ += one.name;
            out_ += "=\"";
            value(one.value);
            out_ += '"';
        }
        piece({node.startTag.end - (node.startTag.size() > 0 ? 1 : 0), node.startTag.end});
        out_ += '>';
    }

    void addAttribute(const SourceAttribute& attribute, std::vector<Shown>& list) {
        const std::string_view name = tree_.text(attribute.name);
        if (name == "xmlns" || name.starts_with("xmlns:")) return;
        const std::size_t colon = name.find(':');
        Shown shown;
        shown.name = name;
        shown.local = colon == std::string_view::npos ? name : name.substr(colon + 1);
        if (colon != std::string_view::npos) {
            if (name.starts_with("xml:")) {
                shown.uri = "http://www.w3.org/XML/1998/namespace";
            } else if (const Declaration* bound = find(scope_, name.substr(0, colon))) {
                shown.uri = bound->uri;
            }
        }
        shown.value = resolved(tree_.text(attribute.value), true);
        shown.source = attribute.whole;
        list.push_back(std::move(shown));
    }

    // Canonical XML 2.4: attributes in the xml namespace of ancestors that are left out.
    void inheritXmlAttributes(std::vector<Shown>& list) {
        for (NodeIndex up = tree_.node(apex_).parent; up != noNode; up = tree_.node(up).parent)
            for (const SourceAttribute& attribute : tree_.attributes(up)) {
                const std::string_view name = tree_.text(attribute.name);
                if (!name.starts_with("xml:") || (rules_.method == FormMethod::Inclusive11 && name == "xml:id")) continue;
                if (std::none_of(list.begin(), list.end(), [&](const Shown& one) { return one.name == name; })) addAttribute(attribute, list);
            }
    }

    // The declarations that this start tag shows, in order.
    std::vector<Declaration> toRender(NodeIndex at) {
        std::vector<Declaration> list;
        const auto consider = [&](std::string_view prefix) {
            if (prefix == "xml") return;
            if (std::any_of(list.begin(), list.end(), [&](const Declaration& one) { return one.prefix == prefix; })) return;
            const Declaration* bound = find(scope_, prefix);
            const Declaration* before = find(rendered_, prefix);
            if (bound == nullptr) return;
            const std::string_view shown = before == nullptr ? std::string_view() : before->uri;
            if (before == nullptr ? (prefix.empty() && bound->uri.empty()) : shown == bound->uri) return;
            list.push_back(*bound);
        };
        if (rules_.method == FormMethod::Exclusive) {
            consider(tree_.prefix(at));
            for (const SourceAttribute& attribute : tree_.attributes(at)) {
                const std::string_view name = tree_.text(attribute.name);
                const std::size_t colon = name.find(':');
                if (colon != std::string_view::npos && !name.starts_with("xmlns:")) consider(name.substr(0, colon));
            }
            for (const std::string& prefix : rules_.inclusivePrefixes) consider(prefix == "#default" ? std::string_view() : std::string_view(prefix));
        } else {
            std::size_t looked = 0;
            for (auto one = scope_.rbegin(); one != scope_.rend() && looked < mostLookedAt; ++one, ++looked) {
                if (at != apex_ && one->depth != depth_) break;
                consider(one->prefix);
            }
        }
        std::sort(list.begin(), list.end(), [](const Declaration& a, const Declaration& b) { return a.prefix < b.prefix; });
        return list;
    }

    void close(NodeIndex at) {
        const SourceNode& node = tree_.node(at);
        piece(node.endTag.empty() ? Range{node.startTag.end, node.startTag.end} : node.endTag);
        out_ += "</";
        out_ += tree_.text(node.name);
        out_ += '>';
        while (!scope_.empty() && scope_.back().depth >= depth_ && depth_ > 0) scope_.pop_back();
        while (!rendered_.empty() && rendered_.back().depth >= depth_) rendered_.pop_back();
        --depth_;
    }

    const SourceTree& tree_;
    const FormRules& rules_;
    CanonicalForm& form_;
    NodeIndex apex_ = noNode;
    std::string out_;
    std::vector<Declaration> scope_, rendered_;
    std::uint32_t depth_ = 0;
    std::size_t steps_ = 0;
    bool stopped_ = false;
};

} // namespace

CanonicalForm canonicalForm(const SourceTree& tree, NodeIndex element, const FormRules& rules) {
    CanonicalForm form;
    if (element == noNode || tree.node(element).kind != NodeKind::Element) return form;
    Writer(tree, rules, form).run(element);
    return form;
}

bool setMethod(std::string_view uri, FormRules& rules) {
    namespace algorithm = saml::algorithm;
    constexpr std::string_view suffix = "#WithComments";
    std::string_view base = uri;
    bool comments = false;
    if (uri == algorithm::exclusiveWithComments) {
        base = algorithm::exclusive;
        comments = true;
    } else if (uri.ends_with(suffix)) {
        base = uri.substr(0, uri.size() - suffix.size());
        comments = true;
    }
    if (base == algorithm::exclusive)
        rules.method = FormMethod::Exclusive;
    else if (base == algorithm::inclusive)
        rules.method = FormMethod::Inclusive;
    else if (base == algorithm::inclusive11)
        rules.method = FormMethod::Inclusive11;
    else
        return false;
    rules.comments = comments;
    return true;
}

} // namespace gw::inspect
