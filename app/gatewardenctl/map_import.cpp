#include "app/gatewardenctl/estate_input.h"
#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/gap_words.h"
#include "app/gatewardenctl/map_commands.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/saml_trust.h"
#include "models/mesh/import_back/import.h"
#include "models/mesh/toml/value.h"
#include "saml/base/json_writer.h"

#include <array>
#include <fstream>

namespace gw::ctl {
namespace {

std::string_view reason(std::string_view what) {
    static constexpr auto reasons = std::to_array<std::pair<std::string_view, std::string_view>>(
        {{"condition", "the map has no word for a condition of it, or would write it in another way"},
         {"not-action", "an edge says what may be done, not what may not"},
         {"notaction", "an edge says what may be done, not what may not"},
         {"not-resource", "an edge says on what, not on what not"},
         {"not-principal", "an edge says who, not who not"},
         {"notprincipal", "an edge says who, not who not"},
         {"action", "the map has no word for the action"},
         {"resource", "the map has no word for the resource"},
         {"principal", "the map has no word for who it is about"},
         {"half", "only one side allows it, so that nobody has it: the other policy is missing"},
         {"audiences", "an edge lets people in by AWS's first sign-in address only, and not by these"},
         {"variable", "to the map a policy variable is letters"},
         {"never", "a test without a value is none of the map's"},
         {"denied", "a Deny takes it away"},
         {"refused", "a map with it could not be compiled"},
         {"groups", "nothing tells which groups the provider gives the role; import the directory's assignments with it"},
         {"task", "nothing tells which roles come with the task"},
         {"audience", "it does not ask for audiences by StringEquals, and lets more in than the map would"},
         {"unreadable", "it is no policy"}});
    for (const auto& [id, why] : reasons)
        if (id == what) return why;
    return "the map cannot say it";
}

std::string_view more(const mesh::Unsaid& unsaid) {
    return unsaid.deny ? "; it denies, so the map may say more than the estate lets happen" : "";
}

std::string shortened(const std::string& text) {
    constexpr std::size_t longest = 100;
    if (text.size() <= longest) return text;
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end) + "…";
}

// "--estate" and the map in front, or the estate alone; a file that ends in ".toml" is a map.
struct Arguments {
    std::string map, out;
    std::vector<std::string> estate;
};

Arguments argumentsOf(const Invocation& invocation) {
    Arguments said{{}, std::string(invocation.value("--output")), invocation.values("--estate")};
    for (const std::string& each : invocation.arguments) {
        const bool first = &each == &invocation.arguments.front();
        if (first && (each.ends_with(".toml") || !invocation.values("--estate").empty()))
            said.map = each;
        else
            said.estate.push_back(each);
    }
    if (said.out.empty()) said.out = said.map;
    return said;
}

std::string importJson(const std::string& out, const mesh::MapImport& made) {
    JsonWriter json;
    json.beginObject()
        .member("map", out)
        .count("kept", made.kept)
        .count("changed", made.changed)
        .count("added", made.added)
        .count("removed", made.removed);
    json.key("unsaid").beginArray();
    for (const mesh::Unsaid& each : made.unsaid)
        json.beginObject()
            .member("what", each.what)
            .member("object", each.object)
            .memberOrNull("sid", each.sid)
            .member("seen", each.seen)
            .key("deny")
            .boolean(each.deny)
            .member("why", reason(each.what))
            .endObject();
    json.endArray().key("unknown").beginArray();
    for (const estate::Gap& each : made.unknown) json.string(std::string(estate::missingName(each.what)) + " " + each.object);
    json.endArray().endObject().endLine();
    return std::move(json.text());
}

std::string importText(const std::string& out, const mesh::MapImport& made, const estate::Estate& estate) {
    std::string text = "Edges in " + out + ": " + std::to_string(made.kept) + " as they were, " + std::to_string(made.changed) +
                       " changed, " + std::to_string(made.added) + " new, " + std::to_string(made.removed) + " removed.\n";
    if (!made.unsaid.empty()) {
        std::vector<std::vector<std::string>> rows{{"NOT IN THE MAP", "SID", "WHAT", "BECAUSE"}};
        for (const mesh::Unsaid& each : made.unsaid)
            rows.push_back({each.object, each.sid, shortened(each.seen), std::string(reason(each.what)).append(more(each))});
        text += "\n" + columns(rows);
    }
    if (!made.unknown.empty()) text += "\nThe estate does not tell:\n";
    for (const estate::Gap& each : made.unknown) text += columns({{"  " + gapWords(each, estate)}});
    return text;
}

} // namespace

int runMapImport(const Invocation& invocation) {
    const Arguments said = argumentsOf(invocation);
    if (said.estate.empty() || said.out.empty()) {
        complain(said.estate.empty() ? "gatewardenctl: nothing to import from; see gatewardenctl map import --help"
                                     : "gatewardenctl: -o names the map to write; see gatewardenctl map import --help");
        return usage;
    }
    const auto now = timeFromOptions(invocation);
    if (!now) return usage;
    std::string text;
    const bool there = !said.map.empty() && std::ifstream(said.map).good();
    if (there && !readOrComplain(said.map, mesh::toml::maxTomlBytes, text)) return usage;
    const EstateInput estate = readEstate(said.estate);
    if (estate.estate == nullptr) return usage;
    mesh::MapImport made;
    if (there) {
        auto edited = mesh::importInto(text, *estate.estate, *now);
        if (!edited) return refuse(Error(edited.error()).with("file", said.map));
        made = std::move(*edited);
    } else {
        auto whole = mesh::importMap(*estate.estate);
        if (!whole) return refuse(Error(whole.error()).with("file", said.out));
        made = std::move(*whole);
    }
    if (said.out == "-") {
        if (!print(made.text)) return usage;
    } else {
        // What is the same stays untouched, its time included.
        if (!(there && said.out == said.map && made.text == text) && !replaceFile(said.out, made.text)) {
            complain("gatewardenctl: " + said.out + " cannot be written.");
            return usage;
        }
        if (!print(invocation.json() ? importJson(said.out, made) : importText(said.out, made, *estate.estate))) return usage;
    }
    if (estate.faulty) return usage;
    return made.unsaid.empty() ? done : no;
}

} // namespace gw::ctl
