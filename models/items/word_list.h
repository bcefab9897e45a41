// The words that occur in a set of texts, for "did you mean".
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace gw::items {

class WordList {
public:
    void clear();
    // Cuts at everything that is no letter or digit, and also at changes from lower to upper case. `count` says how often
    // the text occurs. The text must outlive this.
    void add(std::string_view text, std::size_t count = 1);
    // Call it after the last add.
    void finish();
    // The closest word within one change for three or four letters, two for more (a swap of neighbours is one change);
    // as it is spelled most often. Empty where there is none.
    [[nodiscard]] std::string nearest(std::string_view folded) const;

private:
    struct Word {
        std::string folded;
        std::string_view shown;
        std::size_t count = 0;
    };
    void addWord(std::string_view word, std::size_t count);
    std::vector<Word> words_;
    // How often each spelling occurs, until finish().
    std::unordered_map<std::string_view, std::size_t> spelled_;
};

} // namespace gw::items
