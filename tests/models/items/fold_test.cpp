#include "models/items/fold.h"
#include "models/items/role_search.h"

#include <gtest/gtest.h>

#include <random>

namespace gw::items {
namespace {

TEST(Fold, LowersAndDropsAccents) {
    EXPECT_EQ(foldText("Größe ÅNGSTRÖM Łódź"), "grosse angstrom lodz");
    EXPECT_EQ(foldText("Tiếng Việt"), "tieng viet");
    EXPECT_EQ(foldText("e\xcc\x81"), "e");
    EXPECT_EQ(foldText("ＡＢＣ１２"), "abc12");
    EXPECT_EQ(foldText("ΆΣΣΟΣ ς"), foldText("άσσος σ"));
    EXPECT_EQ(foldText("ЁЖИК Й"), foldText("ежик и"));
    EXPECT_EQ(foldText("日本語 😀"), "日本語 😀");
    EXPECT_EQ(foldText(""), "");
}

TEST(Fold, KeepsBytesThatAreNoText) {
    EXPECT_EQ(foldText("a\xff\xc3" "B"), "a\xff\xc3" "b");
    EXPECT_EQ(foldText("\xe2\x82"), "\xe2\x82");
    EXPECT_EQ(foldText("\xf0\x9f\x98"), "\xf0\x9f\x98");
}

TEST(Fold, IsStableAndKnowsItsOrigins) {
    std::mt19937 chance(3);
    for (int i = 0; i < 5000; ++i) {
        std::string text;
        for (unsigned n = static_cast<unsigned>(chance() % 12); n > 0; --n) {
            static constexpr const char* letters[] = {"a", "Z", "é", "ß", "Æ", "e\xcc\x81", "ж", "Ω", "日", "😀", "\xff", "\xc3", " ", "１"};
            text += letters[chance() % std::size(letters)];
        }
        std::string folded;
        std::vector<std::uint32_t> origin;
        appendFolded(text, folded, &origin);
        EXPECT_EQ(folded, foldText(text));
        EXPECT_EQ(foldText(folded), folded) << text;
        ASSERT_EQ(origin.size(), folded.size());
        for (std::size_t k = 0; k < origin.size(); ++k) {
            EXPECT_LT(origin[k], text.size());
            EXPECT_LE(k > 0 ? origin[k - 1] : 0, origin[k]);
        }
    }
}

} // namespace
} // namespace gw::items
