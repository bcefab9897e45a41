#include "models/mesh/map/reader.h"

#include "models/mesh/map/edge_reader.h"
#include "models/mesh/map/node_reader.h"
#include "saml/base/ascii_classes.h"
#include "saml/base/edit_distance.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <unordered_set>

namespace gw::mesh {
namespace {

constexpr std::size_t longestId = 64;

bool isNodeId(std::string_view text) {
    return !text.empty() && text.size() <= longestId && isAlphanumeric(text.front()) &&
           std::all_of(text.begin(), text.end(), [](char c) { return isAlphanumeric(c) || c == '-' || c == '_' || c == '.'; });
}

std::vector<std::string_view> withCommon(std::vector<std::string_view> keys) {
    keys.insert(keys.begin(), "id");
    keys.push_back("note");
    return keys;
}

// 0 where a problem tells none.
std::size_t lineOf(const Error& error) {
    const std::string_view text = error.fact("line");
    std::size_t line = 0;
    std::from_chars(text.data(), text.data() + text.size(), line);
    return line;
}

} // namespace

// Fills a map section by section.
class MapReader {
public:
    explicit MapReader(const toml::Document& document) : document_(document) {}

    Map::Reading read() && {
        readHead();
        for (std::size_t i = 1; i < document_.sections().size(); ++i) readSection(i);
        nameInPlace();
        checkReferences();
        checkCycles();
        std::stable_sort(reading_.problems.begin(), reading_.problems.end(), [](const Error& a, const Error& b) {
            return lineOf(a) < lineOf(b);
        });
        return std::move(reading_);
    }

private:
    void readHead();
    void readSection(std::size_t section);
    void readNodeSection(std::size_t section, NodeKind kind);
    void readEdgeSection(std::size_t section);
    void nameInPlace();
    void checkReferences();
    void checkCycles();
    const Node* use(const NodeId& id, const MapPlace& place);
    void unknown(const NodeId& id, const MapPlace& place);
    Error& tell(MapError code, const MapPlace& place) {
        return reading_.problems.emplace_back(Error(code).with("line", std::to_string(place.line))
                                                  .with("column", std::to_string(place.column)));
    }

    const toml::Document& document_;
    Map::Reading reading_;
};

void MapReader::readHead() {
    Fields fields(document_, 0, reading_.problems);
    const auto version = fields.number("version", 0, std::numeric_limits<int>::max());
    if (!version && fields.entry("version") == nullptr)
        tell(MapError::NoVersion, {0, 1, 1}).with("expected", "version = " + std::to_string(Map::version));
    if (version && *version > Map::version)
        fields.tell(MapError::NewerVersion, fields.entry("version")->value.span)
            .with("seen", std::to_string(*version))
            .with("expected", std::to_string(Map::version));
    else if (version && *version < 1)
        fields.bad("version", std::to_string(*version), std::to_string(Map::version));
    static_cast<void>(fields.text("title"));
    fields.finish({"version", "title"});
}

void MapReader::readSection(std::size_t section) {
    const toml::Section& at = document_.sections()[section];
    const std::string kind = at.path.parts.size() == 1 ? at.path.parts.front() : std::string();
    Fields fields(document_, section, reading_.problems);
    const auto node = nodeKindOf(kind);
    if ((!node && kind != "edge") || kind == "anyone" || !at.listed) {
        std::vector<std::string_view> kinds{"edge"};
        for (std::size_t i = 0; i < std::variant_size_v<NodeBody>; ++i)
            if (static_cast<NodeKind>(i) != NodeKind::Anyone) kinds.push_back(nodeKindName(static_cast<NodeKind>(i)));
        Error& error = fields.tellSection(MapError::UnknownKind);
        error.with("seen", at.text.substr(at.header.begin, at.header.size()));
        if (const std::string_view near = nearest(kind, kinds); !near.empty()) error.with("near", "[[" + std::string(near) + "]]");
        return;
    }
    if (node)
        readNodeSection(section, *node);
    else
        readEdgeSection(section);
}

void MapReader::readNodeSection(std::size_t section, NodeKind kind) {
    Fields fields(document_, section, reading_.problems);
    Node node;
    node.place = fields.place();
    const std::string id = fields.text("id");
    node.note = fields.text("note");
    node.body = readNode(kind, fields);
    if (auto* group = std::get_if<Group>(&node.body); group != nullptr && group->name.empty()) group->name = id;
    if (auto* person = std::get_if<Person>(&node.body); person != nullptr && person->name.empty()) person->name = id;
    fields.finish(withCommon(nodeKeys(kind)));
    if (fields.entry("id") == nullptr) return fields.missing("id");
    if (!isNodeId(id) || id == "anyone") {
        fields.tell(MapError::BadId, fields.entry("id")->value.span, "id").with("seen", id);
        return;
    }
    node.id = NodeId(id);
    const auto [found, added] = reading_.map.nodeAt_.emplace(node.id, reading_.map.nodes_.size());
    if (!added) {
        fields.tell(MapError::DuplicateId, fields.entry("id")->value.span, "id")
            .with("seen", id)
            .with("other", std::to_string(reading_.map.nodes_[found->second].place.line));
        return;
    }
    reading_.map.nodes_.push_back(std::move(node));
}

void MapReader::readEdgeSection(std::size_t section) {
    Fields fields(document_, section, reading_.problems);
    Edge edge = readEdge(fields);
    fields.finish(edgeKeys());
    if (edge.id.empty()) return;
    const auto [found, added] = reading_.map.edgeAt_.emplace(edge.id, reading_.map.edges_.size());
    if (!added) {
        fields.tell(MapError::DuplicateId, fields.entry("id")->value.span, "id")
            .with("seen", edge.id.value())
            .with("other", std::to_string(reading_.map.edges_[found->second].place.line));
        return;
    }
    reading_.map.edges_.push_back(std::move(edge));
}

// Nodes that stand only in the places where they are used.
void MapReader::nameInPlace() {
    const auto add = [this](const NodeId& id, const MapPlace& place) {
        if (reading_.map.nodeAt_.contains(id)) return;
        auto body = nodeInPlace(id.value());
        if (!body) return;
        reading_.map.nodeAt_.emplace(id, reading_.map.nodes_.size());
        reading_.map.nodes_.push_back({id, std::move(*body), false, {}, place});
    };
    for (std::size_t i = 0; i < reading_.map.nodes_.size(); ++i) {
        const MapPlace place = reading_.map.nodes_[i].place;
        for (const NodeId& id : referencesOf(reading_.map.nodes_[i].body)) add(id, place);
    }
    for (const Edge& edge : reading_.map.edges_) {
        for (const NodeId& id : edge.who) add(id, edge.place);
        if (edge.through) add(*edge.through, edge.place);
        for (const NodeId& id : edge.on) add(id, edge.place);
    }
}

void MapReader::unknown(const NodeId& id, const MapPlace& place) {
    if (id.value().find("${") != std::string::npos) {
        tell(MapError::BadValue, place).with("seen", id.value()).with("expected", "a text without \"${\": a map has no variables of policies");
        return;
    }
    Error& error = tell(MapError::UnknownReference, place);
    error.with("seen", id.value());
    std::vector<std::string_view> ids;
    for (const Node& node : reading_.map.nodes_)
        if (node.written) ids.push_back(node.id.value());
    if (const std::string_view near = nearest(id.value(), ids); !near.empty()) error.with("near", std::string(near));
}

const Node* MapReader::use(const NodeId& id, const MapPlace& place) {
    const Node* node = reading_.map.node(id);
    if (node == nullptr) unknown(id, place);
    return node;
}

void MapReader::checkReferences() {
    for (const Node& node : reading_.map.nodes_)
        for (const NodeId& id : referencesOf(node.body)) {
            const Node* to = use(id, node.place);
            if (to != nullptr && !mayReferTo(node.kind(), to->kind()))
                tell(MapError::WrongReference, node.place)
                    .with("seen", id.value())
                    .with("kind", std::string(nodeKindName(to->kind())))
                    .with("of", node.id.value());
        }
    for (const Edge& edge : reading_.map.edges_) {
        const auto wrong = [&](const NodeId& id, const Node& node, std::string_view key) {
            tell(MapError::WrongReference, edge.place)
                .with("seen", id.value())
                .with("kind", std::string(nodeKindName(node.kind())))
                .with("key", std::string(key))
                .with("edge", edge.id.value());
        };
        const auto check = [&](const NodeId& id, EdgeEnd end, std::string_view key) {
            const Node* node = use(id, edge.place);
            if (node == nullptr) return;
            for (const Node* member : reading_.map.members(id))
                if (!mayStandAt(end, member->kind())) return wrong(id, *member, key);
        };
        for (const NodeId& id : edge.who) check(id, edge.through ? EdgeEnd::WhoThrough : EdgeEnd::Who, "who");
        if (edge.through) check(*edge.through, EdgeEnd::Through, "through");
        for (const NodeId& id : edge.on) check(id, EdgeEnd::On, "on");
    }
}

// Sets in sets and groups in groups, by colours: 1 is on the way, 2 is done.
void MapReader::checkCycles() {
    const std::vector<Node>& nodes = reading_.map.nodes_;
    std::vector<char> colour(nodes.size(), 0);
    struct Step {
        std::size_t node = 0, next = 0;
        std::vector<NodeId> references;
    };
    for (std::size_t first = 0; first < nodes.size(); ++first) {
        if (colour[first] != 0) continue;
        std::vector<Step> way;
        const auto enter = [&](std::size_t node) {
            colour[node] = 1;
            const bool nests = nodes[node].kind() == NodeKind::Group || nodes[node].kind() == NodeKind::Set;
            way.push_back({node, 0, nests ? referencesOf(nodes[node].body) : std::vector<NodeId>{}});
        };
        enter(first);
        while (!way.empty()) {
            Step& step = way.back();
            if (step.next == step.references.size()) {
                colour[step.node] = 2;
                way.pop_back();
                continue;
            }
            const auto found = reading_.map.nodeAt_.find(step.references[step.next++]);
            if (found == reading_.map.nodeAt_.end() || colour[found->second] == 2) continue;
            if (colour[found->second] == 0) {
                enter(found->second);
                continue;
            }
            std::string circle;
            const auto from = std::find_if(way.begin(), way.end(), [&](const Step& each) { return each.node == found->second; });
            for (auto each = from; each != way.end(); ++each) circle += nodes[each->node].id.value() + " > ";
            tell(MapError::Cycle, nodes[way.back().node].place).with("seen", circle + nodes[found->second].id.value());
        }
    }
}

bool Map::Reading::isUsable() const {
    return std::all_of(problems.begin(), problems.end(), [](const Error& problem) {
        const auto code = problem.code().as<MapError>();
        return code && isWarning(*code);
    });
}

Result<Map::Reading> readMap(std::string_view text) {
    GW_TRY(const toml::Document document, toml::Document::parse(text));
    return readMap(document);
}

Map::Reading readMap(const toml::Document& document) {
    return MapReader(document).read();
}

std::vector<std::string_view> keysOf(std::string_view kind) {
    if (kind == "edge") return edgeKeys();
    const auto node = nodeKindOf(kind);
    return node ? withCommon(nodeKeys(*node)) : std::vector<std::string_view>{};
}

std::string_view nearest(std::string_view seen, const std::vector<std::string_view>& among) {
    constexpr std::size_t longest = 64;
    if (seen.size() > longest) return {};
    std::string_view best;
    // Two letters that changed places are two steps.
    std::size_t least = (seen.size() <= 3 ? 1 : std::max<std::size_t>(2, seen.size() / 3)) + 1;
    for (const std::string_view word : among) {
        if (word.size() > longest) continue;
        if (const std::size_t steps = editDistance(seen, word); steps < least) {
            least = steps;
            best = word;
        }
    }
    return best;
}

} // namespace gw::mesh
