// The recursive reader behind SourceTree::parse.
#pragma once

#include "models/policy/source_tree.h"

namespace gw::policy {

class SourceReader {
public:
    SourceReader(SourceTree& tree, std::size_t maxDepth) : tree_(tree), text_(*tree.text_), maxDepth_(maxDepth) {}
    [[nodiscard]] Status read();

private:
    [[nodiscard]] Status readValue(std::uint32_t index, std::size_t depth);
    [[nodiscard]] Status readObject(std::uint32_t index, std::size_t depth);
    [[nodiscard]] Status readArray(std::uint32_t index, std::size_t depth);
    [[nodiscard]] Status readNumber();
    [[nodiscard]] Status readWord(std::string_view word);
    [[nodiscard]] Status readString(std::string_view& into);
    [[nodiscard]] Status unescape(std::size_t begin, std::string_view& into);
    [[nodiscard]] Status refuseDuplicates(std::uint32_t object);
    [[nodiscard]] std::uint32_t append(std::uint32_t parent, std::uint32_t previous);
    [[nodiscard]] tl::unexpected<Error> wrong(SourceError code, std::size_t at) const;
    void skipSpace();
    [[nodiscard]] bool at(char each) const { return offset_ < text_.size() && text_[offset_] == each; }
    [[nodiscard]] std::uint32_t here() const { return static_cast<std::uint32_t>(offset_); }

    SourceTree& tree_;
    std::string_view text_;
    std::size_t offset_ = 0, maxDepth_;
};

} // namespace gw::policy
