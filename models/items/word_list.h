// The words that occur in a set of texts, for "did you mean".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gw::items {

class WordList {
public:
    void clear() { words_.clear(); }
    // Cuts at everything that is no letter or digit, and also at changes from lower to upper case.
    void add(std::string_view text);
    // Call it after the last add.
    void finish();
    // The closest word within one change for three or four letters, two for more (a swap of neighbours is one change);
    // as it was first spelled. Empty where there is none.
    [[nodiscard]] std::string nearest(std::string_view folded) const;

private:
    struct Word {
        std::string folded;
        std::string shown;
        std::size_t count = 1;
    };
    void addWord(std::string_view word);
    std::vector<Word> words_;
};

} // namespace gw::items
