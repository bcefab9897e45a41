// Reads the elements of a document and collects all that is wrong with it.
#pragma once

#include "models/policy/document.h"

#include <initializer_list>

namespace gw::policy {

class DocumentReader {
public:
    DocumentReader(const SourceTree& source, DocumentKind kind) : source_(source), kind_(kind) {}
    void read(Document& document);
    [[nodiscard]] std::vector<Error>& problems() { return problems_; }

private:
    void readStatement(Value value, StatementText& statement);
    void readEffect(Value value, StatementText& statement);
    void readActions(Value value, StatementText& statement);
    void readResources(Value value, StatementText& statement);
    void readPrincipals(Value value, StatementText& statement);
    void readConditions(Value value, StatementText& statement);
    void checkStatement(const StatementText& statement);
    void checkSids(const Document& document);
    [[nodiscard]] std::vector<Text> readStrings(Value value, bool scalars);
    // The member's element out of `known`; a wrong case or an unknown name is a problem and gives nothing.
    [[nodiscard]] std::string_view element(Value member, std::initializer_list<std::string_view> known);
    void problem(DocumentError code, Value at, std::string_view seen = {}, std::string_view expected = {});

    const SourceTree& source_;
    DocumentKind kind_;
    std::vector<Error> problems_;
};

} // namespace gw::policy
