#include "models/policy/document.h"

#include "models/policy/document_reader.h"
#include "saml/base/percent.h"

#include <algorithm>

namespace gw::policy {
namespace {

// Out of the wrappings that APIs put around documents; two of each are as many as occur.
Result<SourceTree> unwrapped(std::string text) {
    for (int round = 0; round < 2; ++round) {
        const std::size_t first = text.find_first_not_of(" \t\r\n");
        if (first != std::string::npos && text.compare(first, 1, "%") == 0) text = percentDecoded(text, PlusSign::Itself);
    }
    auto tree = SourceTree::parse(std::move(text));
    for (int round = 0; round < 2 && tree && tree->root().is(ValueKind::String); ++round) {
        std::string inner(tree->root().text());
        const std::size_t first = inner.find_first_not_of(" \t\r\n");
        if (first != std::string::npos && inner.compare(first, 1, "%") == 0) inner = percentDecoded(inner, PlusSign::Itself);
        tree = SourceTree::parse(std::move(inner));
    }
    return tree;
}

} // namespace

Result<Document> Document::parse(std::string text, DocumentKind kind) {
    GW_TRY(SourceTree tree, unwrapped(std::move(text)));
    Document document;
    document.source_ = std::make_shared<const SourceTree>(std::move(tree));
    DocumentReader reader(*document.source_, kind);
    reader.read(document);
    if (!reader.problems().empty()) return fail(std::move(reader.problems().front()));
    return document;
}

Result<SourceTree> Document::readSource(std::string text) {
    return unwrapped(std::move(text));
}

Document Document::readFaulty(SourceTree source, DocumentKind kind, std::vector<Error>& problems) {
    Document document;
    document.source_ = std::make_shared<const SourceTree>(std::move(source));
    DocumentReader reader(*document.source_, kind);
    reader.read(document);
    problems = std::move(reader.problems());
    return document;
}

std::vector<Error> Document::problems(const SourceTree& source, DocumentKind kind) {
    Document document;
    DocumentReader reader(source, kind);
    reader.read(document);
    return std::move(reader.problems());
}

} // namespace gw::policy
