#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/map_commands.h"
#include "app/gatewardenctl/map_input.h"
#include "app/gatewardenctl/output.h"
#include "saml/base/json_writer.h"

#include <charconv>
#include <fstream>

namespace gw::ctl {
namespace {

constexpr std::string_view blank = R"(# Who may reach what, through which role. One [[edge]] is one sentence:
# who, through which role, may do what, on what.
version = 1

# What edges name can stand in sections of its own ([[group]], [[claim]], [[provider]], [[role]], [[workload]],
# [[route]], [[mesh-service]], [[function]], [[task]], [[arn]], [[set]]), or be written in place, as below.

# [[provider]]
# id = "okta"
# arn = "arn:aws:iam::111122223333:saml-provider/Okta"

# [[role]]
# id = "operator"
# arn = "arn:aws:iam::111122223333:role/payments-operator"
# providers = ["okta"]

# [[edge]]
# id = "E1"
# who = ["group:Payments-Ops"]
# through = "operator"
# may = ["GET", "POST"]
# on = ["route:a1b2c3d4e5/prod/refunds/{proxy+}"]
# when = { mfa = true }
# owner = "payments@example.com"
# reason = "the refund desk"
# expires = 2027-12-31
)";

void write(JsonWriter& json, const std::vector<Error>& problems) {
    for (const Error& problem : problems) {
        const auto code = problem.code().as<mesh::MapError>();
        json.beginObject().member("problem", problem.code().id());
        json.member("severity", code && mesh::isWarning(*code) ? "warning" : "error");
        for (const Fact& fact : problem.facts()) {
            std::int64_t number = 0;
            if (fact.name != "line" && fact.name != "column")
                json.member(fact.name, fact.value);
            else if (std::from_chars(fact.value.data(), fact.value.data() + fact.value.size(), number).ec == std::errc())
                json.key(fact.name).number(number);
        }
        json.endObject();
    }
}

} // namespace

int runMapNew(const Invocation& invocation) {
    const std::string& path = invocation.arguments.front();
    if (path == "-") return print(blank) ? done : usage;
    if (std::ifstream(path).good()) {
        complain("gatewardenctl: " + path + " is there already, and stays as it is.");
        return usage;
    }
    if (!replaceFile(path, blank)) {
        complain("gatewardenctl: " + path + " cannot be written.");
        return usage;
    }
    return done;
}

int runMapValidate(const Invocation& invocation) {
    const auto input = readMapInput(invocation);
    if (input == nullptr) return usage;
    const bool usable = isUsable(*input);
    const bool clean = input->reading.problems.empty() && input->intent.problems.empty();
    const int code = !input->reading.isUsable() ? usage : clean ? done : no;
    if (invocation.json()) {
        JsonWriter json;
        json.beginObject().member("map", input->path).key("usable").boolean(usable);
        json.count("nodes", input->reading.map.nodes().size()).count("edges", input->reading.map.edges().size());
        json.key("problems").beginArray();
        write(json, input->reading.problems);
        write(json, input->intent.problems);
        json.endArray().endObject().endLine();
        return print(json.text()) ? code : usage;
    }
    (void)tellProblems(*input);
    const auto count = [](std::size_t number, const char* one, const char* many) { return std::to_string(number) + " " + (number == 1 ? one : many); };
    std::string text = count(input->reading.map.edges().size(), "edge", "edges") + ", " + count(input->reading.map.nodes().size(), "node", "nodes");
    text += clean ? ": nothing wrong.\n" : usable ? ": it can be compiled; see the notes.\n" : ": it cannot be compiled.\n";
    return print(text) ? code : usage;
}

} // namespace gw::ctl
