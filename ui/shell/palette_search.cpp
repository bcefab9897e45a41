#include "ui/shell/palette_search.h"

#include <QHash>
#include <QStringList>

#include <algorithm>

namespace gw::ui {
namespace {

constexpr int wordStart = 100;
constexpr int insideWord = 60;
constexpr int elsewhere = 30;
constexpr int scattered = 15;

bool startsWord(const QString& text, qsizetype at) {
    return at == 0 || !text[at - 1].isLetterOrNumber();
}

// The place of `word` at the start of a word where there is one, else anywhere, else -1.
qsizetype bestPlace(const QString& text, const QString& word) {
    qsizetype first = -1;
    for (qsizetype at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
        if (startsWord(text, at)) return at;
        if (first < 0) first = at;
    }
    return first;
}

// The letters of `word` in order, beginning at the start of a word. Empty where there are none.
std::vector<qsizetype> lettersInOrder(const QString& text, const QString& word) {
    for (qsizetype start = 0; start < text.size(); ++start) {
        if (text[start] != word[0] || !startsWord(text, start)) continue;
        std::vector<qsizetype> places;
        qsizetype at = start;
        for (const QChar letter : word) {
            at = text.indexOf(letter, at);
            if (at < 0) break;
            places.push_back(at++);
        }
        if (places.size() == static_cast<std::size_t>(word.size())) return places;
    }
    return {};
}

} // namespace

QString foldForSearch(const QString& text) {
    QString folded = text;
    for (QChar& letter : folded) {
        const QString parts = letter.decomposition();
        if (!parts.isEmpty() && letter.decompositionTag() == QChar::Canonical) letter = parts[0];
        letter = letter.toLower();
    }
    return folded;
}

std::optional<PaletteMatch> matchItem(const QString& query, const PaletteItem& item) {
    PaletteMatch match;
    const QString title = foldForSearch(item.title);
    const QString rest = foldForSearch(item.detail + QLatin1Char(' ') + item.keywords);
    const QStringList words = foldForSearch(query).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString& word : words) {
        if (const qsizetype at = bestPlace(title, word); at >= 0) {
            match.score += (startsWord(title, at) ? wordStart : insideWord) - static_cast<int>(std::min<qsizetype>(at, 20));
            for (qsizetype i = 0; i < word.size(); ++i) match.positions.push_back(at + i);
        } else if (rest.contains(word)) {
            match.score += elsewhere;
        } else if (const auto places = lettersInOrder(title, word); !places.empty()) {
            match.score += scattered;
            match.positions.insert(match.positions.end(), places.begin(), places.end());
        } else {
            return std::nullopt;
        }
    }
    std::sort(match.positions.begin(), match.positions.end());
    match.positions.erase(std::unique(match.positions.begin(), match.positions.end()), match.positions.end());
    return match;
}

std::vector<PaletteMatch> searchPalette(const QString& query, const QString& kind, const std::vector<PaletteItem>& items) {
    QHash<QString, int> kindRank;
    std::vector<PaletteMatch> matches;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!kindRank.contains(items[i].kind)) kindRank.insert(items[i].kind, static_cast<int>(kindRank.size()));
        if (!kind.isEmpty() && items[i].kind != kind) continue;
        if (auto match = matchItem(query, items[i])) {
            match->item = i;
            matches.push_back(std::move(*match));
        }
    }
    std::stable_sort(matches.begin(), matches.end(), [&](const PaletteMatch& a, const PaletteMatch& b) {
        const PaletteItem& first = items[a.item];
        const PaletteItem& second = items[b.item];
        if (first.kind != second.kind) return kindRank.value(first.kind) < kindRank.value(second.kind);
        if (first.availability.available != second.availability.available) return first.availability.available;
        return a.score > b.score;
    });
    return matches;
}

} // namespace gw::ui
