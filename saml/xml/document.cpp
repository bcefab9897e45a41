#include "saml/xml/document.h"

#include "saml/xml/library.h"
#include "saml/xml/text_gate.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

namespace gw::xml {
namespace {

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

bool namesAnId(std::string_view local) {
    return local.size() == 2 && (local[0] == 'I' || local[0] == 'i') && (local[1] == 'D' || local[1] == 'd');
}

// What the callbacks of one parse share.
struct ReadState {
    const ReadRules& rules;
    std::size_t depth = 0;
    std::size_t elements = 0;
    std::size_t namespaces = 0;          // in scope
    std::size_t comparisons = 0;         // ReadRules::maxNamespaceComparisons
    std::vector<std::size_t> declared;   // by each open element
    std::unordered_set<std::string> ids;
    std::optional<Error> refusal;
};

ReadState& stateOf(void* context) {
    return *static_cast<ReadState*>(static_cast<xmlParserCtxtPtr>(context)->_private);
}

// The parser goes on to build a partial tree, so the caller must look at `refusal` and not at the tree.
void refuse(void* context, XmlError code, std::string_view seen = {}) {
    ReadState& state = stateOf(context);
    auto* parser = static_cast<xmlParserCtxtPtr>(context);
    if (!state.refusal) {
        Error error(code);
        if (parser->input != nullptr) error = std::move(error).with("line", std::to_string(parser->input->line));
        if (!seen.empty()) error = std::move(error).with("seen", std::string(seen.substr(0, 80)));
        state.refusal = std::move(error);
    }
    xmlStopParser(parser);
}

struct AttributeView {
    std::string_view local, prefix, value;
};

AttributeView attributeAt(const xmlChar** attributes, int index) {
    const xmlChar** five = attributes + index * 5;
    const auto* begin = reinterpret_cast<const char*>(five[3]);
    const auto* end = reinterpret_cast<const char*>(five[4]);
    return {view(five[0]), view(five[1]), std::string_view(begin, static_cast<std::size_t>(end - begin))};
}

bool acceptIds(void* context, int count, const xmlChar** attributes) {
    ReadState& state = stateOf(context);
    for (int i = 0; i < count; ++i) {
        const AttributeView attribute = attributeAt(attributes, i);
        if (!namesAnId(attribute.local)) continue;
        if (!attribute.prefix.empty()) {
            refuse(context, XmlError::ForbiddenNode, std::string(attribute.prefix) + ":" + std::string(attribute.local));
            return false;
        }
        if (state.rules.plainIds && !isPlainId(attribute.value)) {
            refuse(context, XmlError::BadId, attribute.value);
            return false;
        }
        if (!state.ids.emplace(attribute.value).second) {
            refuse(context, XmlError::DuplicateId, attribute.value);
            return false;
        }
    }
    return true;
}

// Pairs of prefix and URI.
bool acceptNamespaces(void* context, int count, const xmlChar** namespaces) {
    if (!stateOf(context).rules.plainNamespaces) return true;
    for (int i = 0; i < count; ++i) {
        const std::string_view uri = view(namespaces[i * 2 + 1]);
        if (isPlainNamespace(uri)) continue;
        refuse(context, XmlError::BadNamespace, uri);
        return false;
    }
    return true;
}

void startElement(void* context, const xmlChar* local, const xmlChar* prefix, const xmlChar* uri, int namespaceCount,
                  const xmlChar** namespaces, int attributeCount, int defaultedCount, const xmlChar** attributes) {
    ReadState& state = stateOf(context);
    if (state.refusal) return;
    if (++state.depth > state.rules.maxDepth) return refuse(context, XmlError::TooDeep, view(local));
    if (++state.elements > state.rules.maxElements) return refuse(context, XmlError::TooManyElements);
    const auto most = static_cast<int>(state.rules.maxAttributes);
    if (namespaceCount > most || attributeCount > most) return refuse(context, XmlError::TooManyAttributes, view(local));
    state.declared.push_back(static_cast<std::size_t>(namespaceCount));
    state.namespaces += state.declared.back();
    if (state.namespaces > state.rules.maxNamespacesInScope) return refuse(context, XmlError::TooManyAttributes, view(local));
    state.comparisons += state.namespaces * state.namespaces;
    if (state.comparisons > state.rules.maxNamespaceComparisons) return refuse(context, XmlError::TooManyAttributes, view(local));
    if (!acceptNamespaces(context, namespaceCount, namespaces)) return;
    if (!acceptIds(context, attributeCount, attributes)) return;
    xmlSAX2StartElementNs(context, local, prefix, uri, namespaceCount, namespaces, attributeCount, defaultedCount, attributes);
}

void endElement(void* context, const xmlChar* local, const xmlChar* prefix, const xmlChar* uri) {
    ReadState& state = stateOf(context);
    if (state.refusal) return;
    --state.depth;
    state.namespaces -= state.declared.back();
    state.declared.pop_back();
    xmlSAX2EndElementNs(context, local, prefix, uri);
}

void doctype(void* context, const xmlChar* name, const xmlChar*, const xmlChar*) {
    refuse(context, XmlError::HasDoctype, view(name));
}

// A comment or processing instruction outside the document element is dropped: no digest of an element can cover it.
void comment(void* context, const xmlChar*) {
    if (stateOf(context).depth > 0) refuse(context, XmlError::ForbiddenNode, "comment");
}

void processingInstruction(void* context, const xmlChar*, const xmlChar*) {
    if (stateOf(context).depth > 0) refuse(context, XmlError::ForbiddenNode, "processing instruction");
}

void cdata(void* context, const xmlChar*, int) {
    refuse(context, XmlError::ForbiddenNode, "CDATA section");
}

void reference(void* context, const xmlChar*) {
    refuse(context, XmlError::ForbiddenNode, "entity reference");
}

// libxml2 reads on after an error, with its callbacks switched off and so without our bounds, and some of its messages copy
// all that they complain of: over a comment full of hyphens it would sit for half a minute. Only the state is set here:
// xmlStopParser would free what the caller of this still reads.
constexpr auto endAtError = [](void* context, auto* error) {
    if (error->level == XML_ERR_FATAL) static_cast<xmlParserCtxtPtr>(context)->instate = XML_PARSER_EOF;
};

struct ParserFree {
    void operator()(xmlParserCtxt* parser) const { xmlFreeParserCtxt(parser); }
};

Error notWellFormed(const xmlParserCtxt& parser) {
    Error error(XmlError::NotWellFormed);
    if (parser.lastError.line > 0) error = std::move(error).with("line", std::to_string(parser.lastError.line));
    return error;
}

} // namespace

void Document::Free::operator()(_xmlDoc* tree) const {
    xmlFreeDoc(tree);
}

Result<Document> Document::parse(std::string_view text, const ReadRules& rules) {
    if (text.size() > std::min<std::size_t>(rules.maxBytes, std::numeric_limits<int>::max()))
        return fail(Error(XmlError::TooLarge).with("seen", std::to_string(text.size())));
    GW_CHECK(checkEncoding(text));
    GW_CHECK(checkTagWidth(text, rules.maxAttributes * 2));

    prepareLibrary();
    const QuietErrors quiet;
    ReadState state{.rules = rules, .depth = 0, .elements = 0, .namespaces = 0, .comparisons = 0, .declared = {}, .ids = {}, .refusal = {}};
    const std::unique_ptr<xmlParserCtxt, ParserFree> parser(xmlNewParserCtxt());
    if (parser == nullptr) return fail(XmlError::NotWellFormed, "out of memory");
    parser->_private = &state;
    xmlSAXHandler& sax = *parser->sax;
    sax.internalSubset = doctype;
    sax.externalSubset = doctype;
    sax.startElementNs = startElement;
    sax.endElementNs = endElement;
    sax.comment = comment;
    sax.processingInstruction = processingInstruction;
    sax.cdataBlock = cdata;
    sax.reference = reference;
    sax.serror = endAtError;

    // Never NOENT, HUGE, RECOVER, XINCLUDE or anything that loads a DTD: each one reopens an attack that the rest closes.
    constexpr int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    Document document;
    document.tree_.reset(xmlCtxtReadMemory(parser.get(), text.data(), static_cast<int>(text.size()), nullptr, "UTF-8", options));
    if (state.refusal) return fail(std::move(*state.refusal));
    if (document.tree_ == nullptr || parser->wellFormed == 0 || parser->nsWellFormed == 0 || !document.root())
        return fail(notWellFormed(*parser));
    // XML 1.1 means other line ends and other characters, to whoever reads it as such.
    if (const auto version = view(document.tree_->version); version != "1.0")
        return fail(Error(XmlError::ForbiddenNode).with("seen", "XML " + std::string(version.substr(0, 16))).with("line", "1"));
    return document;
}

Element Document::root() const {
    return tree_ == nullptr ? Element() : Element(xmlDocGetRootElement(tree_.get()));
}

bool isPlainNamespace(std::string_view uri) {
    if (uri.empty()) return true;
    const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const std::size_t colon = uri.find(':');
    if (colon == std::string_view::npos || colon + 1 == uri.size() || !letter(uri.front())) return false;
    for (const char c : uri.substr(0, colon))
        if (!letter(c) && !digit(c) && c != '+' && c != '-' && c != '.') return false;
    constexpr std::string_view punctuation = "-._~:/?#[]@!$()*+,;=%";
    const std::string_view rest = uri.substr(colon + 1);
    return std::all_of(rest.begin(), rest.end(),
                       [&](char c) { return letter(c) || digit(c) || punctuation.find(c) != std::string_view::npos; });
}

bool isPlainId(std::string_view id) {
    const auto letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; };
    const auto more = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-'; };
    return !id.empty() && id.size() <= 256 && letter(id.front()) && std::all_of(id.begin(), id.end(), more);
}

} // namespace gw::xml
