#include "models/mesh/import_back/import.h"

#include "models/mesh/import_back/artefacts.h"
#include "models/mesh/map/reader.h"

#include <algorithm>
#include <array>
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

} // namespace

MapImport importMap(const estate::Estate& estate) {
    LiveArtefacts live = everyArtefactIn(estate);
    Imported imported = importedFrom(live.compilation.artefacts);
    MapImport made;
    made.text = titled(imported);
    made.unsaid = std::move(imported.unsaid);
    made.unknown = std::move(live.unknown);
    made.added = imported.edges.size();
    return made;
}

Result<MapImport> importInto(std::string_view map, const estate::Estate& estate, std::optional<UtcTime> now) {
    auto document = toml::Document::parse(map);
    if (!document) return fail(document.error());
    const Map::Reading reading = readMap(*document);
    const auto fatal = [](const Error& problem) {
        const auto code = problem.code().as<MapError>();
        return !code || !isWarning(*code);
    };
    if (const auto bad = std::find_if(reading.problems.begin(), reading.problems.end(), fatal); bad != reading.problems.end())
        return fail(*bad);
    const Intent intent = resolve(reading.map, &estate, now);
    if (const auto bad = std::find_if(intent.problems.begin(), intent.problems.end(), fatal); bad != intent.problems.end())
        return fail(*bad);

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
    Editor editor(std::move(*document));
    std::string used;
    for (const Edge& edge : reading.map.edges()) {
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
    for (const ImportedEdge& edge : there.edges) {
        if (edges.contains(edge.id.value())) continue;
        const bool known = std::any_of(wanted.edges.begin(), wanted.edges.end(),
                                       [&](const ImportedEdge& each) { return entriesOf(each) == entriesOf(edge); });
        if (known) continue;
        added += "\n" + edge.text();
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
        if (added.find("\nid = \"" + edge.id.value() + "\"\n") != std::string::npos && !edges.contains(edge.id.value()))
            editor.append(edge.text());
    made.text = editor.text();
    made.unsaid = std::move(there.unsaid);
    made.unknown = std::move(live.unknown);
    return made;
}

} // namespace gw::mesh
