// One dump: its JSON, and what the name of its file tells.
#pragma once

#include "models/estate/estate.h"
#include "models/estate/readers/json_pieces.h"
#include "models/estate/source.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace gw::estate {

// A value and the way to it. Ways are put together while going down, since asking the tree for them is not linear.
struct Node {
    policy::Value value;
    std::string pointer;

    [[nodiscard]] Node member(std::string_view name) const;
    // "" where there is none, or no string.
    [[nodiscard]] std::string text(std::string_view name) const;
    explicit operator bool() const { return static_cast<bool>(value); }
};

// Calls `each` with every element of an array; a value that is no array has none.
template <class Each>
void forEach(const Node& list, Each each) {
    if (!list.value.is(policy::ValueKind::Array)) return;
    std::size_t index = 0;
    for (policy::Value value = list.value.first(); value; value = value.next()) {
        each(Node{value, list.pointer + "/" + std::to_string(index)});
        ++index;
    }
}

class DumpFile {
public:
    // Of a piece of a file, `origin` tells where it lies in it.
    DumpFile(policy::SourceTree tree, std::shared_ptr<SourceFile> file, PieceOrigin origin = {});

    [[nodiscard]] Node root() const { return {tree_.root(), {}}; }
    [[nodiscard]] const std::string& path() const { return file_->path; }
    // False: a piece of an answer, so that a list in it is not all of the list.
    [[nodiscard]] bool isWhole() const { return origin_.whole; }
    [[nodiscard]] Source sourceOf(const Node& node) const;
    [[nodiscard]] PolicyDocument documentOf(const Node& node, std::string name, std::string arn, std::string owner) const;

    // "get-policy" and "capture-refund" out of "get-policy-capture-refund.json"; empty where the name tells none.
    [[nodiscard]] const std::string& call() const { return call_; }
    [[nodiscard]] const std::string& suffix() const { return suffix_; }
    // The suffix without an account and a region at its ends, unless it is nothing but one.
    [[nodiscard]] const std::string& id() const { return id_; }
    // From the suffix, or from the nearest folder that is named after one.
    [[nodiscard]] const std::string& account() const { return account_; }
    [[nodiscard]] const std::string& region() const { return region_; }
    // What the content says it is, where that is more than the name told.
    void recognised(std::string_view call) const;

    // As the file has it.
    [[nodiscard]] std::string_view written(policy::Span span) const;

    // Fills "file", "line", "column" and "pointer".
    [[nodiscard]] Error problem(EstateError code, const Node& node) const;

private:
    policy::SourceTree tree_;
    std::shared_ptr<SourceFile> file_;
    PieceOrigin origin_;
    std::vector<std::uint32_t> lines_; // where they begin
    std::string call_, suffix_, id_, account_, region_;
};

// The account in a text: twelve digits and no more; "" where there is none.
[[nodiscard]] std::string accountIdIn(std::string_view text);
// "eu-west-1" in it.
[[nodiscard]] std::string regionIn(std::string_view text);

// Whether more pages follow this one (IAM: IsTruncated; KMS: Truncated; Lambda: NextMarker; API Gateway: position; others and
// --max-items: NextToken).
[[nodiscard]] bool hasMorePages(const Node& root);

// A value as JSON text.
[[nodiscard]] std::string jsonOf(policy::Value value);

// The members of an object that are none of those.
[[nodiscard]] std::vector<UnknownField> unknownMembers(policy::Value object, std::initializer_list<std::string_view> known);

} // namespace gw::estate
