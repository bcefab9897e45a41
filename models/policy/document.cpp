#include "models/policy/document.h"

#include "models/policy/document_reader.h"

#include <algorithm>

namespace gw::policy {
namespace {

int hexDigit(char each) {
    if (each >= '0' && each <= '9') return each - '0';
    if (each >= 'a' && each <= 'f') return each - 'a' + 10;
    return each >= 'A' && each <= 'F' ? each - 'A' + 10 : -1;
}

std::string percentDecoded(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 && hexDigit(text[i + 2]) >= 0) {
            decoded += static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
            i += 2;
        } else {
            decoded += text[i];
        }
    }
    return decoded;
}

// Out of the wrappings that APIs put around documents; two of each are as many as occur.
Result<SourceTree> unwrapped(std::string text) {
    for (int round = 0; round < 2; ++round) {
        const std::size_t first = text.find_first_not_of(" \t\r\n");
        if (first != std::string::npos && text.compare(first, 1, "%") == 0) text = percentDecoded(text);
    }
    auto tree = SourceTree::parse(std::move(text));
    for (int round = 0; round < 2 && tree && tree->root().is(ValueKind::String); ++round) {
        std::string inner(tree->root().text());
        const std::size_t first = inner.find_first_not_of(" \t\r\n");
        if (first != std::string::npos && inner.compare(first, 1, "%") == 0) inner = percentDecoded(inner);
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
