#include "models/mesh/import_back/import.h"

#include "models/mesh/import_back/artefacts.h"
#include "models/mesh/map/reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace gw::mesh {
namespace {

constexpr auto policyTargets = std::to_array<Target>({Target::Iam, Target::ApiGateway, Target::Lattice, Target::Lambda});
constexpr auto comparedKeys =
    std::to_array<std::string_view>({"effect", "who", "through", "may", "on", "paths", "when", "expires"});

std::map<std::string, std::string> entriesOf(const ImportedEdge& edge) {
    std::map<std::string, std::string> entries;
    for (auto& [key, value] : edge.entries()) entries.emplace(key, std::move(value));
    return entries;
}

// Edits of one document. Sections move with every edit of it, so they are looked up by the edge's id each time.
class Editor {
public:
    explicit Editor(toml::Document document) : document_(std::move(document)) {}

    // What is different between the two readings of policies, in the edge as it is written.
    bool change(const EdgeId& id, const ImportedEdge& before, const ImportedEdge& after) {
        const auto was = entriesOf(before), is = entriesOf(after);
        bool changed = false;
        for (const std::string_view key : comparedKeys) {
            const auto old = was.find(std::string(key)), now = is.find(std::string(key));
            const bool same =
                old == was.end() || now == is.end() ? (old == was.end()) == (now == is.end()) : old->second == now->second;
            if (same) continue;
            set(id, key, now == is.end() ? std::optional<std::string>() : std::optional(now->second));
            changed = true;
        }
        return changed;
    }

    void remove(const EdgeId& id) {
        if (const auto section = sectionOf(id)) (void)document_.removeSection(*section);
    }

    void append(const std::string& text) { (void)document_.addSection(document_.sections().size(), text); }

    [[nodiscard]] std::string text() const { return document_.text(); }

private:
    [[nodiscard]] std::optional<std::size_t> sectionOf(const EdgeId& id) const {
        const auto& sections = document_.sections();
        for (std::size_t i = 0; i < sections.size(); ++i) {
            if (!sections[i].listed || sections[i].path.parts != std::vector<std::string>{"edge"}) continue;
            const toml::Entry* entry = sections[i].find("id");
            if (entry != nullptr && entry->value.text == id.value()) return i;
        }
        return std::nullopt;
    }

    void set(const EdgeId& id, std::string_view key, const std::optional<std::string>& value) {
        const auto section = sectionOf(id);
        if (!section) return;
        const auto& entries = document_.sections()[*section].entries;
        // A table may be written as several dotted keys.
        std::vector<std::size_t> places;
        for (std::size_t i = 0; i < entries.size(); ++i)
            if (entries[i].key.parts.front() == key) places.push_back(i);
        if (value && places.size() == 1 && entries[places.front()].key.parts.size() == 1) {
            (void)document_.setValue(*section, places.front(), *value);
            return;
        }
        for (auto place = places.rbegin(); place != places.rend(); ++place) (void)document_.removeEntry(*section, *place);
        if (value) (void)document_.addEntry(*section, document_.sections()[*section].entries.size() - 1, key, *value);
    }

    toml::Document document_;
};

bool isFatal(const Error& problem) {
    const auto code = problem.code().as<MapError>();
    return !code || !isWarning(*code);
}

// What keeps a text from being a map that can be compiled.
std::vector<Error> problemsOf(const toml::Document& document, const estate::Estate* estate, std::optional<UtcTime> now) {
    Map::Reading reading = readMap(document);
    std::vector<Error> problems = std::move(reading.problems);
    std::erase_if(problems, [](const Error& each) { return !isFatal(each); });
    if (!problems.empty()) return problems;
    problems = resolve(reading.map, estate, now).problems;
    std::erase_if(problems, [](const Error& each) { return !isFatal(each); });
    return problems;
}

// Of the section that a problem is told of: whether it is an edge, and its id.
std::pair<bool, std::string> sectionOf(const toml::Document& document, const Error& problem) {
    const std::string_view text = problem.fact("line");
    std::uint32_t line = 0;
    std::from_chars(text.data(), text.data() + text.size(), line);
    const auto& sections = document.sections();
    std::size_t first = 0, last = sections.size(); // the last one that begins in that line or before
    while (last - first > 1) {
        const std::size_t middle = first + (last - first) / 2;
        (document.positionOf(middle, sections[middle].header.begin).line <= line ? first : last) = middle;
    }
    if (first == 0) return {};
    const toml::Entry* id = sections[first].find("id");
    return {sections[first].path.parts == std::vector<std::string>{"edge"}, id == nullptr ? std::string() : id->value.text};
}

// Takes what the map's own reader would refuse out of what was imported, and tells it.
class Sieve {
public:
    explicit Sieve(Imported& imported) : imported_(imported) {
        const auto isToml = [](const std::string& section) {
            return toml::Document::parse("version = 1\n" + section).has_value();
        };
        std::erase_if(imported_.edges, [&](const ImportedEdge& each) { return !isToml(each.text()) && tell(each, "refused"); });
        std::erase_if(imported_.nodes, [&](const ImportedNode& each) { return !isToml(each.text) && tell(each); });
    }

    // False where nothing of what was imported is the problem.
    bool takeOut(const toml::Document& document, const std::vector<Error>& problems) {
        std::map<std::string, bool> edges; // whether a denial is what is against it
        std::set<std::string> nodes;
        for (const Error& each : problems) {
            const auto [isEdge, id] = sectionOf(document, each);
            const auto code = each.code().as<MapError>();
            if (isEdge)
                edges.emplace(id, code && *code == MapError::Conflict);
            else
                nodes.insert(id);
        }
        const std::size_t before = imported_.edges.size() + imported_.nodes.size();
        std::erase_if(imported_.edges, [&](const ImportedEdge& each) {
            const auto found = edges.find(each.id.value());
            return found != edges.end() && tell(each, found->second ? "denied" : "refused");
        });
        std::erase_if(imported_.nodes, [&](const ImportedNode& each) { return nodes.contains(each.id) && tell(each); });
        return imported_.edges.size() + imported_.nodes.size() < before;
    }

private:
    static std::string inOneLine(std::string text) {
        std::replace(text.begin(), text.end(), '\n', ' ');
        return text;
    }
    bool tell(const ImportedEdge& edge, const char* what) {
        std::string seen;
        for (const auto& [key, value] : edge.entries()) seen += (seen.empty() ? "" : ", ") + key + " = " + value;
        for (const auto& [object, sid] : edge.from) imported_.unsaid.push_back({object, sid, what, seen, edge.deny});
        return true;
    }
    bool tell(const ImportedNode& node) {
        imported_.unsaid.push_back({node.id, {}, "refused", inOneLine(node.text)});
        return true;
    }
    Imported& imported_;
};

// `write` makes a map of what is left; the text of the first that can be read and compiled.
template <class Write>
Result<std::string> readable(Imported& imported, const estate::Estate* estate, std::optional<UtcTime> now, Write write) {
    Sieve sieve(imported);
    for (;;) {
        std::string text = write();
        GW_TRY(const toml::Document document, toml::Document::parse(text));
        const std::vector<Error> problems = problemsOf(document, estate, now);
        if (problems.empty()) return text;
        if (!sieve.takeOut(document, problems)) return fail(problems.front());
    }
}

std::string titled(const Imported& imported) {
    std::string text = "version = 1\n";
    for (const ImportedNode& node : imported.nodes) text += "\n" + node.text;
    for (const ImportedEdge& edge : imported.edges) text += "\n" + edge.text();
    return text;
}

const ImportedEdge* find(const std::vector<ImportedEdge>& edges, const EdgeId& id) {
    const auto found = std::find_if(edges.begin(), edges.end(), [&](const ImportedEdge& each) { return each.id == id; });
    return found == edges.end() ? nullptr : &*found;
}

// The map with what differs between the policies that it is compiled to and those that are there; counts what it did.
std::string edited(const toml::Document& document, const Map& map, const Imported& wanted, const Imported& there,
                   MapImport& made) {
    Editor editor(document);
    made = {};
    std::string used;
    for (const Edge& edge : map.edges()) {
        const ImportedEdge *was = find(wanted.edges, edge.id), *is = find(there.edges, edge.id);
        if (was == nullptr || (is != nullptr && entriesOf(*was) == entriesOf(*is))) {
            ++made.kept;
        } else if (is == nullptr) {
            editor.remove(edge.id);
            ++made.removed;
        } else if (editor.change(edge.id, *was, *is)) {
            used += is->text();
            ++made.changed;
        }
    }
    std::string added;
    std::set<std::string> fresh;
    for (const ImportedEdge& edge : there.edges) {
        if (map.edge(edge.id) != nullptr) continue;
        const bool known = std::any_of(wanted.edges.begin(), wanted.edges.end(),
                                       [&](const ImportedEdge& each) { return entriesOf(each) == entriesOf(edge); });
        if (known) continue;
        added += "\n" + edge.text();
        fresh.insert(edge.id.value());
        ++made.added;
    }
    used += added;
    // Sections may name others, and are needed only where an edge that was written names them.
    std::vector<std::string> sections;
    for (auto node = there.nodes.rbegin(); node != there.nodes.rend(); ++node) {
        if (used.find('"' + node->id + '"') == std::string::npos) continue;
        used += node->text;
        sections.push_back(node->text);
    }
    for (auto section = sections.rbegin(); section != sections.rend(); ++section) editor.append(*section);
    for (const ImportedEdge& edge : there.edges)
        if (fresh.contains(edge.id.value())) editor.append(edge.text());
    return editor.text();
}

} // namespace

Result<MapImport> importMap(const estate::Estate& estate) {
    LiveArtefacts live = everyArtefactIn(estate);
    Imported imported = importedFrom(live.compilation.artefacts);
    MapImport made;
    GW_TRY(made.text, readable(imported, nullptr, std::nullopt, [&] { return titled(imported); }));
    made.unsaid = std::move(imported.unsaid);
    made.unknown = std::move(live.unknown);
    made.added = imported.edges.size();
    return made;
}

Result<MapImport> importInto(std::string_view map, const estate::Estate& estate, std::optional<UtcTime> now) {
    GW_TRY(const toml::Document document, toml::Document::parse(map));
    if (const std::vector<Error> problems = problemsOf(document, &estate, now); !problems.empty()) return fail(problems.front());
    const Map::Reading reading = readMap(document);
    const Intent intent = resolve(reading.map, &estate, now);

    // Both sides are read in the same way, so that only what differs in the policies differs here.
    const Compilation compiled = compile(intent, policyTargets);
    LiveArtefacts live = everyArtefactIn(estate);
    for (const Artefact& artefact : compiled.artefacts)
        if (artefact.kind == ArtefactKind::Assignments) live.compilation.artefacts.push_back(artefact);
    std::set<std::string> nodes, edges;
    for (const Node& each : reading.map.nodes()) nodes.insert(each.id.value());
    for (const Edge& each : reading.map.edges()) edges.insert(each.id.value());
    const Imported wanted = importedFrom(compiled.artefacts, nodes, edges);
    Imported there = importedFrom(live.compilation.artefacts, nodes, edges);

    MapImport made;
    const auto written = [&] { return edited(document, reading.map, wanted, there, made); };
    GW_TRY(made.text, readable(there, &estate, now, written));
    made.unsaid = std::move(there.unsaid);
    made.unknown = std::move(live.unknown);
    return made;
}

} // namespace gw::mesh
