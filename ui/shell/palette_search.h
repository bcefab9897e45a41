// What the command palette lists, and how it is found. No widgets here.
#pragma once

#include "ui/shell/action_table.h"

#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace gw::ui {

struct PaletteItem {
    QString kind; // the group's heading, translated: "Actions", "Roles"
    QString id;   // stable, for tests
    QString icon; // a name of resources/icons
    QString title;
    QString detail;   // beside the title, quiet; searched too
    QString keywords; // searched, not shown
    QString key;      // "Ctrl N"
    Availability availability;
    std::function<void()> run;
};

// Asked each time the palette opens.
using PaletteSource = std::function<std::vector<PaletteItem>()>;

// Asked at each key press: items of what there is too much of to be listed, such as the organisation's names. Few, and quickly; they
// are matched against the query like the others. `query` as typed, never empty.
using PaletteFinder = std::function<std::vector<PaletteItem>(const QString& query)>;

// Lower case without accents, as long as the text, so that positions in one are positions in the other.
[[nodiscard]] QString foldForSearch(const QString& text);

struct PaletteMatch {
    std::size_t item = 0; // index into the items
    int score = 0;
    std::vector<qsizetype> positions; // letters of the title that matched, ascending
};

// Every word of `query` must be found in the title, the detail or the keywords: as a whole, or its letters in order
// within the title. Nothing for no match; an empty query matches everything.
[[nodiscard]] std::optional<PaletteMatch> matchItem(const QString& query, const PaletteItem& item);

// Matches of one kind (empty for all), grouped by kind in the order in which kinds first occur, best first within a
// kind; what cannot run comes last in its kind.
[[nodiscard]] std::vector<PaletteMatch> searchPalette(const QString& query, const QString& kind,
                                                      const std::vector<PaletteItem>& items);

} // namespace gw::ui
