// The recursive reader behind SourceTree::parse.
#pragma once

#include "models/policy/source_tree.h"

#include <optional>

namespace gw::policy {

class SourceReader {
public:
    SourceReader(SourceTree& tree, std::size_t maxDepth) : tree_(tree), text_(*tree.text_), maxDepth_(maxDepth) {}
    [[nodiscard]] Status read();

private:
    // All of these: false once something is wrong, which `problem_` tells.
    [[nodiscard]] bool readAll();
    [[nodiscard]] bool readValue(std::uint32_t index, std::size_t depth);
    [[nodiscard]] bool readObject(std::uint32_t index, std::size_t depth);
    [[nodiscard]] bool readArray(std::uint32_t index, std::size_t depth);
    [[nodiscard]] bool readNumber();
    [[nodiscard]] bool readWord(std::string_view word);
    [[nodiscard]] bool readString(std::string_view& into);
    [[nodiscard]] bool unescape(std::size_t begin, std::string_view& into);
    [[nodiscard]] bool refuseDuplicates(std::uint32_t object);
    [[nodiscard]] std::uint32_t append(std::uint32_t parent, std::uint32_t previous);
    [[nodiscard]] bool wrong(SourceError code, std::size_t at);
    void skipSpace();
    [[nodiscard]] bool at(char each) const { return offset_ < text_.size() && text_[offset_] == each; }
    [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(offset_); }

    SourceTree& tree_;
    std::string_view text_;
    std::size_t offset_ = 0, maxDepth_;
    std::optional<Error> problem_;
};

} // namespace gw::policy
