#include "models/mesh/toml/structure.h"

#include <memory>
#include <unordered_map>

namespace gw::mesh::toml {
namespace {

enum class Made : std::uint8_t {
    Implied, // by a longer header: "[a.b]" makes "a", which may have a header of its own later
    Header,
    Dotted,  // by a dotted key, and closed to headers
    List,    // of tables
    Closed   // a value, with all that is in it
};

struct Node;
// What a table holds; only tables and lists of them have a node of their own.
struct Member {
    std::string_view name;
    Made made = Made::Closed;
    std::unique_ptr<Node> node;
};

// Most tables are small; those that are not get an index.
struct Node {
    std::vector<Member> members;
    std::unordered_map<std::string_view, std::size_t> index;

    Member* find(std::string_view name) {
        constexpr std::size_t small = 16;
        if (members.size() <= small) {
            for (Member& each : members)
                if (each.name == name) return &each;
            return nullptr;
        }
        for (std::size_t i = index.size(); i < members.size(); ++i) index.emplace(members[i].name, i);
        const auto found = index.find(name);
        return found == index.end() ? nullptr : &members[found->second];
    }
    Member& add(std::string_view name, Made how) {
        members.push_back({name, how, how == Made::Closed ? nullptr : std::make_unique<Node>()});
        return members.back();
    }
};

class Checker {
public:
    std::optional<StructureFault> fault;

    void section(const Section& section, std::size_t number) {
        number_ = number;
        Node* table = section.path.parts.empty() ? &root_ : header(section.path, section.listed);
        if (table == nullptr) return;
        for (const Entry& each : section.entries)
            if (!entry(*table, each)) return;
    }

private:
    bool wrong(const KeyPath& path, std::size_t part, TomlError code) {
        std::string seen;
        for (std::size_t i = 0; i <= part; ++i) seen += (i > 0 ? "." : "") + path.parts[i];
        fault = StructureFault{number_, path.spans[part].begin, code, std::move(seen)};
        return false;
    }

    Node* header(const KeyPath& path, bool listed) {
        Node* at = &root_;
        for (std::size_t i = 0; i < path.parts.size(); ++i) {
            Member* next = at->find(path.parts[i]);
            if (i + 1 < path.parts.size()) {
                if (next == nullptr) next = &at->add(path.parts[i], Made::Implied);
                if (next->made == Made::Closed) return wrong(path, i, TomlError::NotATable), nullptr;
                at = next->node.get();
                continue;
            }
            const Made how = listed ? Made::List : Made::Header;
            if (next == nullptr) return at->add(path.parts[i], how).node.get();
            if (next->made != (listed ? Made::List : Made::Implied)) return wrong(path, i, TomlError::DuplicateKey), nullptr;
            next->made = how;
            // Of a list, further keys and headers go to its last table.
            if (listed) *next->node = Node();
            at = next->node.get();
        }
        return at;
    }

    bool entry(Node& table, const Entry& entry) {
        Node* at = &table;
        const KeyPath& path = entry.key;
        for (std::size_t i = 0; i < path.parts.size(); ++i) {
            Member* next = at->find(path.parts[i]);
            if (i + 1 == path.parts.size()) {
                if (next != nullptr) return wrong(path, i, TomlError::DuplicateKey);
                at->add(path.parts[i], Made::Closed);
                return inside(entry.value);
            }
            if (next == nullptr) next = &at->add(path.parts[i], Made::Dotted);
            // Tables that a header made or will make are not added to by a dotted key.
            if (next->made != Made::Dotted) return wrong(path, i, next->made == Made::Closed ? TomlError::NotATable : TomlError::DuplicateKey);
            at = next->node.get();
        }
        return true;
    }

    bool inside(const Value& value) {
        if (value.is(Kind::Table)) {
            Node own;
            for (const Entry& each : value.entries)
                if (!entry(own, each)) return false;
        }
        for (const Value& each : value.items)
            if (!inside(each)) return false;
        return true;
    }

    Node root_;
    std::size_t number_ = 0;
};

} // namespace

std::optional<StructureFault> structureFault(std::span<const Section> sections) {
    Checker checker;
    for (std::size_t i = 0; i < sections.size() && !checker.fault; ++i) checker.section(sections[i], i);
    return std::move(checker.fault);
}

} // namespace gw::mesh::toml
