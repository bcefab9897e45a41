// JSON as it was written: every value keeps its place in the text, objects keep their order, and nothing is lost that a
// reader of policies would want to be told about. Unlike the document type of saml/base it is read only, and a hundred
// megabytes a second are expected of it.
#pragma once

#include "saml/base/result.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gw::policy {

// Facts: "line" and "column" from 1, counted in bytes; "seen" where a word or key is meant.
#define GW_SOURCE_ERRORS(X)                                                                                                      \
    X(TooLarge, "too_large")                                                                                                     \
    X(TooDeep, "too_deep")                                                                                                       \
    X(NotUtf8, "not_utf8")                                                                                                       \
    X(NotJson, "not_json")                                                                                                       \
    X(DuplicateKey, "duplicate_key")
GW_ERROR_ENUM(SourceError, "policy_source", GW_SOURCE_ERRORS);

// IAM's own limits are far below; what tools save in one file may be larger.
inline constexpr std::size_t maxSourceBytes = std::size_t{64} << 20U;
inline constexpr std::size_t maxSourceDepth = 64;

struct Position {
    std::uint32_t line = 1, column = 1;
    friend bool operator==(const Position&, const Position&) = default;
};

// Octets of the text, the second one past the end.
struct Span {
    std::uint32_t begin = 0, end = 0;
    friend bool operator==(const Span&, const Span&) = default;
};

enum class ValueKind : std::uint8_t { Null, False, True, Number, String, Array, Object };

class SourceTree;

// Borrowed from its tree, free to copy. An absent one is false and answers with nothing.
class Value {
public:
    Value() = default;
    explicit operator bool() const { return tree_ != nullptr; }

    [[nodiscard]] ValueKind kind() const;
    [[nodiscard]] bool is(ValueKind kind) const { return tree_ != nullptr && this->kind() == kind; }
    // Of a string, unescaped; of everything else as it is written.
    [[nodiscard]] std::string_view text() const;
    [[nodiscard]] Span span() const;
    // The number of elements or members.
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] Value first() const;
    [[nodiscard]] Value next() const;
    // Of a member of an object: its name and where the name is.
    [[nodiscard]] std::string_view name() const;
    [[nodiscard]] Span nameSpan() const;
    // The member of this very name; absent where there is none. Linear.
    [[nodiscard]] Value member(std::string_view name) const;

private:
    friend class SourceTree;
    Value(const SourceTree* tree, std::uint32_t index) : tree_(tree), index_(index) {}
    const SourceTree* tree_ = nullptr;
    std::uint32_t index_ = 0;
};

class SourceTree {
public:
    // Takes the text over. Duplicate names in one object are refused: readers disagree on which of them counts.
    [[nodiscard]] static Result<SourceTree> parse(std::string text, std::size_t maxDepth = maxSourceDepth);

    SourceTree(SourceTree&&) noexcept = default;
    SourceTree& operator=(SourceTree&&) noexcept = default;

    [[nodiscard]] Value root() const { return Value(this, 0); }
    [[nodiscard]] const std::string& text() const { return *text_; }
    [[nodiscard]] Position positionOf(std::uint32_t offset) const;
    // RFC 6901, "" for the root.
    [[nodiscard]] std::string pointerTo(Value value) const;

private:
    friend class Value;
    friend class SourceReader;
    struct Node {
        std::string_view text, name;
        Span span, nameSpan;
        std::uint32_t parent = 0, first = 0, next = 0, size = 0; // 0: none, since the root is nobody's child
        ValueKind kind = ValueKind::Null;
    };
    SourceTree() = default;

    // At a fixed place, so that views into them outlive a move.
    std::unique_ptr<std::string> text_;
    std::vector<std::unique_ptr<std::string>> unescaped_;
    std::vector<Node> nodes_;
};

[[nodiscard]] Position positionIn(std::string_view text, std::size_t offset);

} // namespace gw::policy
