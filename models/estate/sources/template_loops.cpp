#include "models/estate/sources/template_loops.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace gw::estate {
namespace {

using Kind = Datum::Kind;

constexpr std::string_view loopStart = "Fn::ForEach::";
constexpr std::size_t mostMade = 20'000; // members; a stack may have 500 resources

std::string replaced(std::string_view text, std::string_view name, std::string_view value) {
    std::string made;
    for (std::size_t at = 0; at < text.size();) {
        const bool opens = (text[at] == '$' || text[at] == '&') && text.substr(at + 1).starts_with('{');
        if (opens && text.substr(at + 2).starts_with(name) && text.substr(at + 2 + name.size()).starts_with('}')) {
            made += value;
            at += name.size() + 3;
            continue;
        }
        made += text[at++];
    }
    return made;
}

// The body for one value of the loop.
Datum bodyFor(const Datum& body, std::string_view name, const std::string& value) {
    if (body.kind == Kind::Object && body.members.size() == 1 && body.members[0].first == "Ref" && body.members[0].second.string() == name)
        return body.placed(Datum::of(value));
    Datum made = body;
    if (made.kind == Kind::String) made.text = replaced(made.text, name, value);
    for (auto& [key, each] : made.members) {
        if (made.kind == Kind::Object) key = replaced(key, name, value);
        each = bodyFor(each, name, value);
    }
    return made;
}

class Loops {
public:
    Loops(const Datum& root, const TemplatePlace& place) : values_(root, place) {}

    std::vector<Datum::Member> writtenOut(const std::vector<Datum::Member>& members) {
        std::vector<Datum::Member> made;
        for (const Datum::Member& each : members) {
            if (!each.first.starts_with(loopStart)) {
                made.push_back(each);
                continue;
            }
            for (Datum::Member& one : loop(each)) made.push_back(std::move(one));
        }
        return made;
    }

    std::vector<std::string> unknown;

private:
    std::vector<Datum::Member> loop(const Datum::Member& written) {
        const Datum& argument = written.second;
        const bool whole = argument.kind == Kind::Array && argument.members.size() == 3 && argument.members[2].second.kind == Kind::Object;
        const Datum collection = whole ? values_.resolve(argument.members[1].second) : Datum();
        if (collection.kind != Kind::Array || !collection.known()) {
            unknown.push_back(written.first);
            return {};
        }
        const std::string_view name = argument.members[0].second.string();
        const Datum& body = argument.members[2].second;
        std::vector<Datum::Member> all;
        for (const auto& [none, value] : collection.members) {
            made_ += body.members.size();
            if (made_ > mostMade || name.empty()) {
                unknown.push_back(written.first);
                return {};
            }
            const Datum one = bodyFor(body, name, std::string(value.string()));
            for (Datum::Member& each : writtenOut(one.members)) all.push_back(std::move(each));
        }
        return all;
    }

    TemplateValues values_;
    std::size_t made_ = 0;
};

} // namespace

std::vector<std::string> writeOutLoops(Datum& root, const TemplatePlace& place) {
    std::vector<std::string> unknown;
    // Conditions first: those of resources and outputs may be among them.
    for (const std::string_view wanted : {"Conditions", "Resources", "Outputs"})
        for (auto& [section, written] : root.members) {
            const auto isLoop = [](const Datum::Member& each) { return each.first.starts_with(loopStart); };
            if (section != wanted || written.kind != Kind::Object || std::none_of(written.members.begin(), written.members.end(), isLoop)) continue;
            Loops loops(root, place);
            std::vector<Datum::Member> made = loops.writtenOut(written.members);
            written.members = std::move(made);
            std::move(loops.unknown.begin(), loops.unknown.end(), std::back_inserter(unknown));
        }
    return unknown;
}

} // namespace gw::estate
