#include "app/gatewardenctl/joined.h"
#include "app/gatewardenctl/line_stream.h"
#include "app/gatewardenctl/map_commands.h"
#include "app/gatewardenctl/map_input.h"
#include "app/gatewardenctl/output.h"
#include "models/mesh/observed/observer.h"
#include "saml/base/blanks.h"
#include "saml/base/json_writer.h"

#include <algorithm>

namespace gw::ctl {
namespace {

constexpr std::size_t mostBad = 100; // that are told one by one
constexpr std::size_t longestLine = std::size_t{1} << 20U;

struct BadLine {
    std::string file;
    std::uint64_t line = 0;
    std::string_view problem;
};

struct Reading {
    std::uint64_t lines = 0, unreadable = 0;
    std::vector<BadLine> bad;
};

std::string_view words(const Error& error) {
    const auto code = error.code().as<mesh::AccessLineError>();
    if (code == mesh::AccessLineError::Malformed) return "JSON that cannot be read";
    if (code == mesh::AccessLineError::NoRequest) return "no request: a method or a status is missing";
    return "neither JSON nor the common log format";
}

bool read(const std::string& file, mesh::Observer& observer, Reading& into) {
    std::uint64_t number = 0;
    const auto bad = [&](std::string_view problem) {
        ++into.unreadable;
        if (into.bad.size() < mostBad) into.bad.push_back({file, number, problem});
    };
    LineConsumer consumer;
    consumer.line = [&](std::string_view line, bool tooLong) {
        ++number;
        if (isBlank(line)) return;
        ++into.lines;
        if (tooLong || line.size() > longestLine) return bad("longer than 1 MiB");
        if (const auto access = mesh::readAccessLine(line))
            observer.add(*access);
        else
            bad(words(access.error()));
    };
    consumer.flush = [] { return true; };
    return streamLines(file, consumer) == Streamed::Done;
}

void write(JsonWriter& json, const mesh::Uses& uses) {
    json.count("count", uses.count).member("first", uses.first).member("last", uses.last);
}

void write(JsonWriter& json, std::string_view name, const std::vector<mesh::ObservedRequest>& requests) {
    json.key(name).beginArray();
    for (const mesh::ObservedRequest& each : requests) {
        json.beginObject().memberOrNull("caller", each.caller).member("method", each.method).member("on", each.thing).memberOrNull("path", each.path);
        json.memberOrNull("edge", each.edge ? each.edge->value() : std::string());
        write(json, each.uses);
        json.endObject();
    }
    json.endArray();
}

std::string observationJson(const mesh::Observation& seen, const Reading& reading) {
    JsonWriter json;
    json.beginObject().count("lines", reading.lines).count("requests", seen.requests).count("elsewhere", seen.elsewhere).count("unreadable", reading.unreadable);
    json.key("edges").beginArray();
    for (const auto& [edge, uses] : seen.edges) {
        if (uses.count == 0) continue;
        json.beginObject().member("edge", edge.value());
        write(json, uses);
        json.endObject();
    }
    json.endArray().key("unused").beginArray();
    for (const auto& [edge, uses] : seen.edges)
        if (uses.count == 0) json.string(edge.value());
    json.endArray();
    write(json, "would_break", seen.wouldBreak);
    write(json, "would_allow", seen.wouldAllow);
    json.count("breaking", seen.breaking).count("allowing", seen.allowing).key("bad").beginArray();
    for (const BadLine& each : reading.bad) json.beginObject().member("file", each.file).count("line", each.line).member("problem", each.problem).endObject();
    json.endArray().endObject().endLine();
    return std::move(json.text());
}

std::string timeText(std::optional<UtcTime> time) {
    return time ? time->toRfc3339() : std::string("-");
}

std::string requestsText(const std::vector<mesh::ObservedRequest>& requests, std::string_view by) {
    constexpr std::size_t most = 50;
    std::vector<std::vector<std::string>> rows{{"TIMES", "WHO", "WHAT", "ON", std::string(by), "LAST"}};
    for (std::size_t i = 0; i < requests.size() && i < most; ++i) {
        const mesh::ObservedRequest& each = requests[i];
        rows.push_back({std::to_string(each.uses.count), each.caller.empty() ? "nobody in particular" : each.caller, each.method + " " + each.path, each.thing,
                        each.edge ? each.edge->value() : "-", timeText(each.uses.last)});
    }
    std::string text = columns(rows);
    if (requests.size() > most) text += "... and " + std::to_string(requests.size() - most) + " more kinds of requests; --format json has them.\n";
    return text;
}

std::string observationText(const mesh::Observation& seen) {
    std::string text = std::to_string(seen.requests) + " requests read, " + std::to_string(seen.elsewhere) + " of them about things that the map does not name.\n\n";
    std::vector<std::vector<std::string>> rows{{"EDGE", "USED", "FIRST", "LAST"}};
    std::vector<std::string> unused;
    for (const auto& [edge, uses] : seen.edges) {
        if (uses.count == 0)
            unused.push_back(edge.value());
        else
            rows.push_back({edge.value(), std::to_string(uses.count), timeText(uses.first), timeText(uses.last)});
    }
    if (rows.size() > 1) text += columns(rows);
    if (!unused.empty()) text += "Unused: " + joined(unused, ", ") + ".\n";
    if (seen.breaking == 0)
        text += "Nothing that is let through now would be denied.\n";
    else
        text += "\nLet through now, and not by the map (" + std::to_string(seen.breaking) + "):\n" + requestsText(seen.wouldBreak, "DENIED BY");
    if (seen.allowing != 0) text += "\nDenied now, and let through by the map (" + std::to_string(seen.allowing) + "):\n" + requestsText(seen.wouldAllow, "LET BY");
    return text;
}

} // namespace

int runMapObserve(const Invocation& invocation) {
    const auto input = readMapInput(invocation);
    if (input == nullptr || !tellProblems(*input)) return usage;
    std::string server(invocation.value("--server"));
    if (!server.empty()) {
        const mesh::Node* node = input->reading.map.node(mesh::NodeId(server));
        if (node == nullptr || node->kind() != mesh::NodeKind::MeshService) {
            complain("gatewardenctl: --server is the id of a mesh-service of the map, not " + server);
            return usage;
        }
    }
    mesh::Observer observer(input->reading.map, input->intent, input->estate.get(), server);
    Reading reading;
    for (std::size_t i = 1; i < invocation.arguments.size(); ++i)
        if (!read(invocation.arguments[i], observer, reading)) return usage;
    for (const BadLine& each : reading.bad) complain(each.file + ":" + std::to_string(each.line) + ": " + std::string(each.problem) + ".");
    if (reading.unreadable > reading.bad.size()) complain("gatewardenctl: " + std::to_string(reading.unreadable - reading.bad.size()) + " more lines cannot be read.");
    const mesh::Observation seen = observer.result();
    if (!print(invocation.json() ? observationJson(seen, reading) : observationText(seen))) return usage;
    if (reading.lines != 0 && reading.unreadable == reading.lines) return usage;
    return seen.breaking == 0 ? done : no;
}

} // namespace gw::ctl
