// Text made ready for the search: folded, with what says where its letters and its words begin.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gw::items {

// Which letters and digits occur, one bit each; other bytes share the bits that are left, and a line feed has none.
[[nodiscard]] std::uint64_t letterSet(std::string_view text);

// Folded texts one after the other.
class FoldedTexts {
public:
    void clear();
    void reserve(std::size_t bytes);
    // Appends the text and a line feed, and gives the letters in it.
    std::uint64_t add(std::string_view utf8);
    // The same from another place, where it stands at these bytes.
    void copy(const FoldedTexts& from, std::uint32_t begin, std::uint32_t end);
    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(text_.size()); }
    [[nodiscard]] std::string_view text() const { return text_; }
    // Where the letter of this byte begins in the text as given; for the line feed, where that text ends.
    [[nodiscard]] std::uint32_t origin(std::uint32_t at) const { return origin_[at]; }
    // Behind what is no letter or digit, and where a capital follows a small letter.
    [[nodiscard]] bool startsWord(std::uint32_t at) const { return wordStart_[at] != 0; }

private:
    std::string text_;
    std::vector<std::uint32_t> origin_;
    std::vector<std::uint8_t> wordStart_;
};

// The texts of a list in which few differ, each folded once. What is given must outlive this.
class DistinctTexts {
public:
    struct Text {
        std::string_view given;
        std::uint32_t begin = 0; // in folded()
        std::uint32_t end = 0;   // behind the line feed
        std::uint32_t count = 0;
        std::uint32_t rank = 0;  // in the order of the folded texts; the same for two that fold alike
        std::uint64_t letters = 0;
    };

    explicit DistinctTexts(std::size_t expected);
    void add(std::string_view utf8);
    // Call it after the last add.
    void rank();

    // Of what was added, in that order.
    [[nodiscard]] const Text& operator[](std::size_t index) const { return texts_[of_[index]]; }
    [[nodiscard]] const FoldedTexts& folded() const { return folded_; }
    // In the order in which they were first added.
    [[nodiscard]] const std::vector<Text>& distinct() const { return texts_; }

private:
    [[nodiscard]] std::string_view foldedText(std::uint32_t text) const;

    FoldedTexts folded_;
    std::vector<Text> texts_;
    std::vector<std::uint32_t> of_;
    std::unordered_map<std::string_view, std::uint32_t> known_;
};

} // namespace gw::items
