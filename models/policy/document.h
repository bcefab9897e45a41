// A policy document as it was written: its elements in order, each with its place in the text, unknown ones kept.
// Grammar: IAM User Guide, "Grammar of the IAM JSON policy language".
#pragma once

#include "models/policy/principal.h"
#include "models/policy/source_tree.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw::policy {

enum class DocumentKind { Identity, Resource, Trust, Session, Boundary, Scp, Rcp, Endpoint };

enum class Effect : unsigned char { Allow, Deny };

// What makes a document unusable. AWS refuses to store such a policy, so nothing is evaluated by it.
// Facts: "pointer", "line", "column", "seen", "expected".
#define GW_DOCUMENT_ERRORS(X)                                                                                                    \
    X(NotAnObject, "not_an_object")                                                                                              \
    X(BadVersion, "bad_version")                                                                                                 \
    X(NoStatement, "no_statement")                                                                                               \
    X(UnknownElement, "unknown_element")                                                                                         \
    X(WrongCase, "wrong_case")                                                                                                   \
    X(WrongType, "wrong_type")                                                                                                   \
    X(EmptyElement, "empty_element")                                                                                             \
    X(MissingElement, "missing_element")                                                                                         \
    X(BothElements, "both_elements")                                                                                             \
    X(BadEffect, "bad_effect")                                                                                                   \
    X(BadAction, "bad_action")                                                                                                   \
    X(BadResource, "bad_resource")                                                                                               \
    X(BadPrincipal, "bad_principal")                                                                                             \
    X(BadOperator, "bad_operator")                                                                                               \
    X(NotForThisKind, "not_for_this_kind")                                                                                       \
    X(DuplicateSid, "duplicate_sid")
GW_ERROR_ENUM(DocumentError, "policy", GW_DOCUMENT_ERRORS);

// A string and the value it was read from.
struct Text {
    std::string_view text;
    Value value;
};

struct PrincipalText {
    NamedPrincipal::Type type = NamedPrincipal::Type::Unknown;
    Text text;
};

struct ConditionText {
    Text op;  // the value is the object of its keys
    Text key; // the value is that of the key
    std::vector<Text> values;
};

struct StatementText {
    Value value;
    std::size_t index = 0;
    std::optional<Text> sid;
    Effect effect = Effect::Allow;
    bool notPrincipal = false, notAction = false, notResource = false;
    std::optional<std::vector<PrincipalText>> principals; // nothing: no such element
    std::vector<Text> actions;
    std::optional<std::vector<Text>> resources;
    std::vector<ConditionText> conditions;
};

class Document {
public:
    // Accepts the document as text, URL-encoded, or as a JSON string holding it, once or twice, as AWS's APIs and tools give
    // it. Errors: SourceError for what is not JSON, and otherwise the first DocumentError.
    [[nodiscard]] static Result<Document> parse(std::string text, DocumentKind kind);

    // The JSON out of whatever APIs wrapped it in.
    [[nodiscard]] static Result<SourceTree> readSource(std::string text);
    // For those who look for faults: reads what can be read, and collects the rest.
    [[nodiscard]] static Document readFaulty(SourceTree source, DocumentKind kind, std::vector<Error>& problems);

    [[nodiscard]] DocumentKind kind() const { return kind_; }
    // Variables exist from 2012-10-17 on; a document without a version is one of 2008-10-17.
    [[nodiscard]] bool hasVariables() const { return variables_; }
    [[nodiscard]] std::string_view version() const { return version_; }
    [[nodiscard]] std::string_view id() const { return id_; }
    [[nodiscard]] const std::vector<StatementText>& statements() const { return statements_; }
    [[nodiscard]] const SourceTree& source() const { return *source_; }
    [[nodiscard]] Position positionOf(Value value) const { return source_->positionOf(value.span().begin); }

    // Everything that is wrong with it, in the order of the text; empty for a document that parses.
    [[nodiscard]] static std::vector<Error> problems(const SourceTree& source, DocumentKind kind);

private:
    friend class DocumentReader;
    Document() = default;

    DocumentKind kind_ = DocumentKind::Identity;
    bool variables_ = false;
    std::string_view version_, id_;
    std::vector<StatementText> statements_;
    std::shared_ptr<const SourceTree> source_; // at a fixed place: values and views lead into it
};

} // namespace gw::policy
