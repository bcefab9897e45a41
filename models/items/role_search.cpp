#include "models/items/role_search.h"

#include "saml/base/blanks.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace gw::items {
namespace {

constexpr std::size_t maxWords = 8;
constexpr std::size_t maxFuzzyLetters = 24;

// What a word is worth by where it was found. The sum over the words stays below maxScore.
enum Score : std::int32_t {
    WholeLabel = 120,
    LabelStart = 100,
    LabelWord = 90,
    AliasStart = 80,
    AliasWord = 75,
    AccountStart = 70,
    EnvironmentStart = 65,
    LabelInside = 60,
    AliasInside = 50,
    PathWord = 45,
    AccountInside = 40,
    PathInside = 35,
    ArnInside = 30,
    LabelFuzzy = 20,
    AliasFuzzy = 10
};
constexpr std::size_t maxScore = maxWords * WholeLabel;

std::vector<std::string_view> wordsOf(std::string_view folded) {
    std::vector<std::string_view> words;
    while (!folded.empty() && words.size() < maxWords) {
        if (isBlank(folded.front())) {
            folded.remove_prefix(1);
            continue;
        }
        const auto end = static_cast<std::size_t>(std::find_if(folded.begin(), folded.end(), [](char c) { return isBlank(c); }) -
                                                  folded.begin());
        words.push_back(folded.substr(0, end));
        folded.remove_prefix(end);
    }
    return words;
}

} // namespace

// Where a word was found: one run of bytes, or the single letters of a fuzzy match.
struct RoleSearch::Match {
    std::int32_t score = 0;
    std::uint32_t begin = 0, end = 0;
    std::uint32_t letterCount = 0;
    std::array<std::uint32_t, maxFuzzyLetters> letters{};
};

bool RoleSearch::matchesInside(const Row& row, std::string_view word, Match& best) const {
    const std::string_view text = texts_.text().substr(0, row.end);
    bool found = false;
    for (std::size_t at = text.find(word, row.label); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const auto begin = static_cast<std::uint32_t>(at);
        const bool wordStart = texts_.startsWord(begin);
        std::int32_t score = 0;
        if (begin < row.alias) {
            const bool whole = begin == row.label && begin + word.size() + 1 == row.alias;
            score = whole ? WholeLabel : begin == row.label ? LabelStart : wordStart ? LabelWord : LabelInside;
        } else if (begin < row.account) {
            score = begin == row.alias ? AliasStart : wordStart ? AliasWord : AliasInside;
        } else if (begin < row.environment) {
            score = begin == row.account ? AccountStart : AccountInside;
        } else if (begin < row.path) {
            // "prod" is not meant by "od".
            if (begin != row.environment) continue;
            score = EnvironmentStart;
        } else {
            score = wordStart ? PathWord : PathInside;
        }
        found = true;
        if (score <= best.score) continue;
        best = {score, begin, begin + static_cast<std::uint32_t>(word.size()), 0, {}};
        if (score >= LabelStart) break;
    }
    return found;
}

// Letters in order, the first at the start of a word and the rest not far behind: "pdro" finds "prod-readonly".
bool RoleSearch::matchesFuzzily(const Row& row, std::string_view word, Match& best) const {
    if (word.size() < 2 || word.size() > maxFuzzyLetters) return false;
    const auto reach = static_cast<std::uint32_t>(word.size() * 6 + 8);
    const std::string_view text = texts_.text();
    for (std::uint32_t start = row.label; start < row.account; ++start) {
        if (!texts_.startsWord(start) || text[start] != word.front()) continue;
        const std::uint32_t end = std::min(start < row.alias ? row.alias : row.account, start + reach);
        Match match;
        match.letters[match.letterCount++] = start;
        for (std::uint32_t at = start + 1; at < end && match.letterCount < word.size(); ++at)
            if (text[at] == word[match.letterCount]) match.letters[match.letterCount++] = at;
        if (match.letterCount < word.size()) continue;
        const std::uint32_t gaps = match.letters[match.letterCount - 1] - start + 1 - match.letterCount;
        match.score = (start < row.alias ? LabelFuzzy : AliasFuzzy) - static_cast<std::int32_t>(std::min(gaps, 9U));
        if (match.score > best.score) best = match;
    }
    return best.letterCount != 0;
}

bool RoleSearch::matches(const Row& row, std::string_view word, std::uint64_t letters, Match& best) const {
    if ((letters & ~row.letters) == 0 && (matchesInside(row, word, best) || matchesFuzzily(row, word, best))) return true;
    const bool arnPart = word.find_first_of(":/") != std::string_view::npos || word == "arn";
    const std::string_view arn = std::string_view(arns_).substr(row.arn, row.arnEnd - row.arn);
    if (!arnPart || arn.find(word) == std::string_view::npos) return false;
    best = {ArnInside, 0, 0, 0, {}};
    return true;
}

void RoleSearch::addSpan(const Row& row, std::uint32_t begin, std::uint32_t end, RoleHit& hit) const {
    if (begin >= row.account || end <= begin) return;
    // The letter behind the last one says where that one ends; both letters of an unfolded "ß" begin at the same place.
    std::uint32_t behind = end;
    while (texts_.text()[behind] != '\n' && texts_.origin(behind) == texts_.origin(end - 1)) ++behind;
    auto& spans = begin < row.alias ? hit.labelSpans : hit.aliasSpans;
    spans.push_back({texts_.origin(begin), texts_.origin(behind)});
}

namespace {

void tidy(std::vector<Span>& spans) {
    if (spans.size() < 2) return;
    std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
    std::size_t last = 0;
    for (std::size_t i = 1; i < spans.size(); ++i) {
        if (spans[i].begin <= spans[last].end)
            spans[last].end = std::max(spans[last].end, spans[i].end);
        else
            spans[++last] = spans[i];
    }
    spans.resize(last + 1);
}

// Stable and linear: the scores are small numbers.
std::vector<RoleHit> bestFirst(std::vector<RoleHit> hits) {
    std::array<std::uint32_t, maxScore + 2> place{};
    for (const RoleHit& hit : hits) ++place[maxScore - static_cast<std::size_t>(hit.score) + 1];
    std::partial_sum(place.begin(), place.end(), place.begin());
    std::vector<RoleHit> sorted(hits.size());
    for (RoleHit& hit : hits) sorted[place[maxScore - static_cast<std::size_t>(hit.score)]++] = std::move(hit);
    return sorted;
}

} // namespace

std::vector<RoleHit> RoleSearch::find(std::string_view query) const {
    const std::string folded = foldText(query);
    const std::vector<std::string_view> words = wordsOf(folded);
    std::vector<RoleHit> hits;
    if (words.empty()) {
        hits.reserve(rows_.size());
        for (const Row& row : rows_) hits.push_back({row.entry, 0, {}, {}});
        return hits;
    }
    std::array<std::uint64_t, maxWords> letters{};
    std::transform(words.begin(), words.end(), letters.begin(), letterSet);
    std::array<Match, maxWords> found;
    for (const Row& row : rows_) {
        RoleHit hit{row.entry, 0, {}, {}};
        bool all = true;
        for (std::size_t i = 0; i < words.size() && all; ++i) {
            found[i].score = 0;
            found[i].letterCount = 0;
            all = matches(row, words[i], letters[i], found[i]);
            hit.score += found[i].score;
        }
        if (!all) continue;
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (found[i].letterCount == 0) addSpan(row, found[i].begin, found[i].end, hit);
            for (std::uint32_t k = 0; k < found[i].letterCount; ++k) addSpan(row, found[i].letters[k], found[i].letters[k] + 1, hit);
        }
        tidy(hit.labelSpans);
        tidy(hit.aliasSpans);
        hits.push_back(std::move(hit));
    }
    return bestFirst(std::move(hits));
}

bool RoleSearch::anyRowMatches(std::string_view word) const {
    const std::uint64_t letters = letterSet(word);
    return std::any_of(rows_.begin(), rows_.end(), [&](const Row& row) {
        Match match;
        return matches(row, word, letters, match);
    });
}

std::string RoleSearch::nearest(std::string_view query) const {
    const std::string folded = foldText(query);
    for (const std::string_view word : wordsOf(folded)) {
        if (anyRowMatches(word)) continue;
        if (std::string near = words_.nearest(word); !near.empty()) return near;
    }
    return {};
}

} // namespace gw::items
