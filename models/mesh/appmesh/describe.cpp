#include "models/mesh/appmesh/describe.h"

#include "saml/base/ascii_classes.h"
#include "saml/base/json_quote.h"

namespace gw::mesh::appmesh {
namespace {

using estate::Datum;

void write(const Datum& value, std::size_t depth, std::string& out) {
    const bool object = value.is(Datum::Kind::Object);
    if ((!object && !value.is(Datum::Kind::Array)) || value.members.empty()) {
        out += estate::jsonOf(value);
        return;
    }
    out += object ? '{' : '[';
    bool first = true;
    for (const auto& [name, member] : value.members) {
        out += first ? "\n" : ",\n";
        first = false;
        out.append(2 * (depth + 1), ' ');
        if (object) {
            appendJsonQuoted(out, name);
            out += ": ";
        }
        write(member, depth + 1, out);
    }
    out += '\n';
    out.append(2 * depth, ' ');
    out += object ? '}' : ']';
}

Datum objectOf(std::string name, Datum value) {
    Datum made;
    made.kind = Datum::Kind::Object;
    made.members.emplace_back(std::move(name), std::move(value));
    return made;
}

} // namespace

std::string prettyJson(const Datum& value) {
    std::string out;
    write(value, 0, out);
    return out + '\n';
}

std::string fileName(std::string_view name) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : name) {
        const auto octet = static_cast<unsigned char>(c);
        // A name that begins with a dot would be hidden, or lead upwards.
        if (isAlphanumeric(c) || c == '-' || c == '_' || (c == '.' && !out.empty()))
            out += c;
        else
            out += {'%', digits[octet >> 4U], digits[octet & 15U]};
    }
    return out.empty() ? "unknown" : out;
}

std::vector<TextFile> describeFiles(const Model& model) {
    std::vector<TextFile> files;
    files.reserve(model.objects.size());
    for (const Object& each : model.objects) {
        const KindNames& names = namesOf(each.kind);
        Datum root = objectOf(std::string(names.member), each.body);
        if (!each.tags.empty()) {
            Datum tags;
            tags.kind = Datum::Kind::Array;
            for (const auto& [key, value] : each.tags) {
                Datum tag = objectOf("key", Datum::of(key));
                tag.members.emplace_back("value", Datum::of(value));
                tags.members.emplace_back(std::string(), std::move(tag));
            }
            root.members.emplace_back("tags", std::move(tags));
        }
        std::string path = fileName(each.account) + "/" + fileName(each.region) + "/" + fileName(each.mesh) + "/";
        if (!each.parent.empty()) path += fileName(each.parent) + "/";
        path += std::string(names.call) + "-" + fileName(each.name) + ".json";
        files.push_back({std::move(path), prettyJson(root)});
    }
    return files;
}

} // namespace gw::mesh::appmesh
