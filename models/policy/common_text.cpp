#include "models/policy/access_diff.h"

#include <algorithm>
#include <deque>

namespace gw::policy {
namespace {

// Patterns of this length together give a million pairs of places.
constexpr std::size_t maxPlaces = 1'000'000;

struct Step {
    std::size_t from = 0;
    char letter = 0; // 0: none
};

} // namespace

// Breadth first over pairs of places in the two patterns, so that the shortest text is found.
std::optional<std::string> commonText(std::string_view one, std::string_view other) {
    const std::size_t width = other.size() + 1;
    const std::size_t places = (one.size() + 1) * width;
    if (places > maxPlaces) return std::nullopt;
    constexpr auto unseen = std::size_t(-1);
    std::vector<Step> steps(places, Step{unseen, 0});
    std::deque<std::size_t> queue{0};
    steps[0].from = 0;
    const auto go = [&](std::size_t from, std::size_t i, std::size_t j, char letter) {
        const std::size_t to = i * width + j;
        if (steps[to].from != unseen) return;
        steps[to] = {from, letter};
        queue.push_back(to);
    };
    while (!queue.empty()) {
        const std::size_t at = queue.front();
        queue.pop_front();
        const std::size_t i = at / width, j = at % width;
        if (i == one.size() && j == other.size()) {
            std::string text;
            for (std::size_t back = at; back != 0; back = steps[back].from)
                if (steps[back].letter != 0) text += steps[back].letter;
            std::reverse(text.begin(), text.end());
            return text;
        }
        const char a = i < one.size() ? one[i] : '\0', b = j < other.size() ? other[j] : '\0';
        if (a == '*') go(at, i + 1, j, 0);
        if (b == '*') go(at, i, j + 1, 0);
        if (i == one.size() || j == other.size()) continue;
        const bool freeA = a == '*' || a == '?', freeB = b == '*' || b == '?';
        if (!freeA && !freeB && a != b) continue;
        go(at, a == '*' ? i : i + 1, b == '*' ? j : j + 1, !freeA ? a : !freeB ? b : 'x');
    }
    return std::nullopt;
}

} // namespace gw::policy
