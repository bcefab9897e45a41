#include "models/mesh/why/map_edits.h"

#include "models/mesh/map/wildcards.h"
#include "models/mesh/toml/document.h"
#include "models/mesh/why/names.h"
#include "saml/base/ascii.h"

#include <algorithm>
#include <array>

namespace gw::mesh {
namespace {

bool names(const Map& map, const std::vector<NodeId>& list, const Node& wanted) {
    return std::any_of(list.begin(), list.end(), [&](const NodeId& id) {
        const std::vector<const Node*> members = map.members(id);
        return std::any_of(members.begin(), members.end(), [&](const Node* member) { return sameThing(*member, wanted); });
    });
}

bool covers(const std::vector<std::string>& words, const std::string& may) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return word == may || wildcardsMatch(foldedAscii(word), foldedAscii(may));
    });
}

bool coversPath(const Edge& edge, const std::string& path) {
    if (path.empty() || edge.paths.empty()) return true;
    const auto pattern = PathPattern::parse(path);
    return std::any_of(edge.paths.begin(), edge.paths.end(),
                       [&](const PathPattern& each) { return pattern ? each.covers(*pattern) : each.matches(path); });
}

std::string roleOf(const Map& map, const Edge& edge) {
    const Node* node = edge.through ? map.node(*edge.through) : nullptr;
    return node != nullptr && node->as<Role>() != nullptr ? node->as<Role>()->arn : std::string();
}

std::string newId(const Map& map) {
    for (std::size_t i = map.edges().size() + 1;; ++i)
        if (std::string id = "E" + std::to_string(i); map.edge(EdgeId(id)) == nullptr) return id;
}

MapEdit newEdge(const Map& map, const Wanted& wanted) {
    MapEdit edit;
    edit.kind = MapEdit::Kind::NewEdge;
    edit.edge = EdgeId(newId(map));
    using toml::written;
    edit.value = "[[edge]]\nid = " + written(edit.edge.value()) + "\nwho = " + written(std::vector{wanted.who.id.value()}) + "\n";
    if (!wanted.role.empty()) edit.value += "through = " + written(wanted.roleReference) + "\n";
    if (!wanted.may.empty())
        edit.value += "may = " + written(std::vector{wanted.may}) + "\non = " + written(std::vector{wanted.on.id.value()}) + "\n";
    if (!wanted.path.empty()) edit.value += "paths = " + written(std::vector{wanted.path}) + "\n";
    return edit;
}

// The section of an edge; the number of sections where there is none.
std::size_t sectionOf(const toml::Document& document, const EdgeId& edge) {
    const auto& sections = document.sections();
    const auto found = std::find_if(sections.begin(), sections.end(), [&](const toml::Section& section) {
        const toml::Entry* id = section.find("id");
        return section.path.parts == std::vector<std::string>{"edge"} && id != nullptr && id->value.text == edge.value();
    });
    return static_cast<std::size_t>(found - sections.begin());
}

std::vector<std::string> textsOf(const toml::Value& value) {
    if (value.is(toml::Kind::String)) return {value.text};
    std::vector<std::string> texts;
    for (const toml::Value& item : value.items) texts.push_back(item.text);
    return texts;
}

} // namespace

std::string_view mapEditName(MapEdit::Kind kind) {
    static constexpr auto words = std::to_array<std::string_view>(
        {"add_who", "add_may", "add_path", "add_on", "renew", "accept", "new_edge", "narrow_denial", "remove_denial"});
    return words[static_cast<std::size_t>(kind)];
}

std::vector<MapEdit> editsThatCouldLet(const Map& map, const Compilation& compilation, const Wanted& wanted,
                                       std::optional<UtcTime> now) {
    using Kind = MapEdit::Kind;
    std::vector<MapEdit> edits;
    for (const Edge& edge : map.edges()) {
        if (edge.effect == Effect::Deny || roleOf(map, edge) != wanted.role || edge.on.empty() != wanted.may.empty()) continue;
        std::vector<MapEdit> needed;
        const bool expired = edge.expires && now && *edge.expires <= *now;
        if (expired) needed.push_back({Kind::Renew, edge.id, "expires", {}});
        if (!names(map, edge.who, wanted.who)) needed.push_back({Kind::AddWho, edge.id, "who", wanted.who.id.value()});
        if (!wanted.may.empty()) {
            if (!covers(edge.may, wanted.may)) needed.push_back({Kind::AddMay, edge.id, "may", wanted.may});
            if (!names(map, edge.on, wanted.on)) needed.push_back({Kind::AddOn, edge.id, "on", wanted.on.id.value()});
            if (!coversPath(edge, wanted.path)) needed.push_back({Kind::AddPath, edge.id, "paths", wanted.path});
        }
        if (needed.empty())
            for (const Loss& loss : compilation.losses)
                if (loss.edge == edge.id && !loss.accepted && needed.empty())
                    needed.push_back({Kind::Accept, edge.id, "accept", std::string(targetName(loss.target)) + ": " + loss.what});
        if (needed.size() == 1) edits.push_back(std::move(needed.front()));
    }
    // What adds least comes first: a path or method for those who have the edge, then further things, then further people.
    const auto cost = [](Kind kind) {
        switch (kind) {
        case Kind::Renew:
            return 0;
        case Kind::AddPath:
            return 1;
        case Kind::AddMay:
            return 2;
        case Kind::AddOn:
            return 3;
        case Kind::AddWho:
            return 4;
        default:
            return 5;
        }
    };
    std::stable_sort(edits.begin(), edits.end(), [&](const MapEdit& a, const MapEdit& b) { return cost(a.kind) < cost(b.kind); });
    constexpr std::size_t mostTried = 4;
    if (edits.size() > mostTried) edits.resize(mostTried);
    edits.push_back(newEdge(map, wanted));
    return edits;
}

MapEdit editOfDenial(const Edge& edge, const Wanted& wanted) {
    const bool own = edge.may.size() > 1 && std::find(edge.may.begin(), edge.may.end(), wanted.may) != edge.may.end();
    return own ? MapEdit{MapEdit::Kind::NarrowDenial, edge.id, "may", wanted.may}
               : MapEdit{MapEdit::Kind::RemoveDenial, edge.id, {}, {}};
}

Result<std::string> withEdit(const std::string& text, const MapEdit& edit) {
    using Kind = MapEdit::Kind;
    GW_TRY(toml::Document document, toml::Document::parse(text));
    if (edit.kind == Kind::NewEdge) {
        GW_CHECK(document.addSection(document.sections().size(), edit.value));
        return document.text();
    }
    const std::size_t section = sectionOf(document, edit.edge);
    if (section == document.sections().size()) return fail(MapError::UnknownReference, edit.edge.value());
    if (edit.kind == Kind::RemoveDenial) {
        GW_CHECK(document.removeSection(section));
        return document.text();
    }
    const toml::Section& edge = document.sections()[section];
    const toml::Entry* entry = edge.find(edit.key);
    if (entry == nullptr) {
        const std::size_t last = edge.entries.empty() ? 0 : edge.entries.size() - 1;
        GW_CHECK(document.addEntry(section, last, edit.key, toml::written(std::vector{edit.value})));
        return document.text();
    }
    const auto at = static_cast<std::size_t>(entry - edge.entries.data());
    if (edit.kind == Kind::Renew) {
        GW_CHECK(document.removeEntry(section, at));
        return document.text();
    }
    std::vector<std::string> values = textsOf(entry->value);
    if (edit.kind == Kind::NarrowDenial)
        std::erase(values, edit.value);
    else
        values.push_back(edit.value);
    GW_CHECK(document.setValue(section, at, toml::written(values)));
    return document.text();
}

} // namespace gw::mesh
