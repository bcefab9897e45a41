#include "models/estate/sources/datum.h"

#include "saml/base/json.h"

#include <algorithm>
#include <array>

namespace gw::estate {
namespace {

using policy::ValueKind;

bool isUpper(char c) {
    return c >= 'A' && c <= 'Z';
}

char lower(char c) {
    return isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

void write(const Datum& datum, std::string& out) {
    using Kind = Datum::Kind;
    const auto quoted = [](const std::string& text) { return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace); };
    switch (datum.kind) {
    case Kind::Null:
        out += "null";
        break;
    case Kind::False:
        out += "false";
        break;
    case Kind::True:
        out += "true";
        break;
    case Kind::Number:
        out += datum.text;
        break;
    case Kind::String:
        out += quoted(datum.text);
        break;
    case Kind::Unknown:
        out += quoted("${" + datum.text + "}");
        break;
    case Kind::Array:
    case Kind::Object: {
        const bool object = datum.kind == Kind::Object;
        out += object ? '{' : '[';
        bool first = true;
        for (const auto& [name, value] : datum.members) {
            if (!first) out += ',';
            first = false;
            if (object) out += quoted(name) + ":";
            write(value, out);
        }
        out += object ? '}' : ']';
    }
    }
}

} // namespace

const Datum* Datum::find(std::string_view name) const {
    if (kind != Kind::Object) return nullptr;
    const auto found = std::find_if(members.begin(), members.end(), [&](const Member& each) { return each.first == name; });
    return found == members.end() ? nullptr : &found->second;
}

const Datum& Datum::operator[](std::string_view name) const {
    static const Datum none;
    const Datum* found = find(name);
    return found != nullptr ? *found : none;
}

std::string_view Datum::string() const {
    return kind == Kind::String || kind == Kind::Number ? std::string_view(text) : std::string_view();
}

bool Datum::known() const {
    if (kind == Kind::Unknown) return false;
    return std::all_of(members.begin(), members.end(), [](const Member& each) { return each.second.known(); });
}

Datum Datum::of(std::string text) {
    Datum made;
    made.kind = Kind::String;
    made.text = std::move(text);
    return made;
}

Datum Datum::unknown(std::string what) {
    Datum made;
    made.kind = Kind::Unknown;
    made.text = std::move(what);
    return made;
}

Datum Datum::placed(Datum other) const {
    other.position = position;
    other.pointer = pointer;
    return other;
}

Datum datumOf(const DumpFile& file, const Node& node) {
    Datum made;
    const Source source = file.sourceOf(node);
    made.position = source.position;
    made.pointer = node.pointer;
    made.kind = static_cast<Datum::Kind>(node.value.kind());
    switch (node.value.kind()) {
    case ValueKind::Number:
    case ValueKind::String:
        made.text = node.value.text();
        break;
    case ValueKind::Array: {
        forEach(node, [&](const Node& each) { made.members.emplace_back(std::string(), datumOf(file, each)); });
        break;
    }
    case ValueKind::Object:
        for (policy::Value each = node.value.first(); each; each = each.next()) {
            std::string escaped;
            for (const char c : each.name()) escaped += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
            made.members.emplace_back(std::string(each.name()), datumOf(file, Node{each, node.pointer + "/" + escaped}));
        }
        break;
    default:
        break;
    }
    return made;
}

std::string jsonOf(const Datum& datum) {
    std::string out;
    write(datum, out);
    return out;
}

std::string apiName(std::string_view name) {
    std::string out;
    if (name.find('_') != std::string_view::npos) {
        for (std::size_t i = 0; i < name.size(); ++i) {
            if (name[i] == '_') continue;
            const bool start = i > 0 && name[i - 1] == '_' && !out.empty();
            out += start && name[i] >= 'a' && name[i] <= 'z' ? static_cast<char>(name[i] - 'a' + 'A') : name[i];
        }
        return out;
    }
    std::size_t capitals = 0;
    while (capitals < name.size() && (isUpper(name[capitals]) || (name[capitals] >= '0' && name[capitals] <= '9'))) ++capitals;
    // Of several capitals the last begins the next word.
    const std::size_t small = capitals > 1 && capitals < name.size() ? capitals - 1 : capitals;
    for (std::size_t i = 0; i < name.size(); ++i) out += i < small ? lower(name[i]) : name[i];
    return out;
}

Datum withApiNames(Datum datum) {
    // Maps whose names are whoever wrote them's own.
    static constexpr std::array<std::string_view, 10> own{"variables",         "stageVariables",     "tags",      "labels",     "dockerLabels",
                                                         "requestParameters", "responseParameters", "logOptions", "driverOpts", "options"};
    for (auto& [name, value] : datum.members) {
        if (datum.kind == Datum::Kind::Object) name = apiName(name);
        const bool kept = datum.kind == Datum::Kind::Object && value.kind == Datum::Kind::Object && std::find(own.begin(), own.end(), name) != own.end();
        if (!kept) value = withApiNames(std::move(value));
    }
    return datum;
}

static_assert(static_cast<int>(Datum::Kind::Object) == static_cast<int>(ValueKind::Object) && static_cast<int>(Datum::Kind::Null) == static_cast<int>(ValueKind::Null));

} // namespace gw::estate
