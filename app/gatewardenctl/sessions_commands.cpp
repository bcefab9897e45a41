#include "app/gatewardenctl/command.h"
#include "app/gatewardenctl/files.h"
#include "app/gatewardenctl/output.h"
#include "app/gatewardenctl/sessions_text.h"
#include "models/sessions/agent/protocol.h"
#include "saml/base/json.h"

#include <algorithm>
#include <array>
#include <optional>

#include <unistd.h>

namespace gw::ctl {
namespace {

constexpr int patientSeconds = 90;       // a call to AWS with its retries
constexpr int noLimit = 0;               // a person signs in
constexpr std::size_t maxPolicyFile = std::size_t{16} << 10; // AWS takes 2,048 characters, blanks not counted
constexpr std::size_t maxPasted = std::size_t{3} << 19; // 1.5 MiB: the request that carries it may have 2 MiB

// One request line, put together key by key.
class Request {
public:
    explicit Request(std::string_view operation) : line_(R"({"v":1,"op":)" + agent::quoted(operation)) {}
    ~Request() { agent::wipe(line_); }
    Request(const Request&) = delete;
    Request& operator=(const Request&) = delete;

    Request& add(std::string_view key, std::string_view value) {
        std::string quoted = agent::quoted(value);
        std::string larger;
        larger.reserve(line_.size() + key.size() + quoted.size() + 8);
        larger += line_;
        larger += ',';
        larger += agent::quoted(key);
        larger += ':';
        larger += quoted;
        agent::wipe(quoted);
        agent::wipe(line_);
        line_ = std::move(larger);
        return *this;
    }
    Request& addIfGiven(std::string_view key, std::string_view value) { return value.empty() ? *this : add(key, value); }
    Request& addLiteral(std::string_view key, std::string_view json) {
        line_ += "," + agent::quoted(key) + ":" + std::string(json);
        return *this;
    }
    [[nodiscard]] std::string_view line() {
        if (line_.back() != '}') line_ += '}';
        return line_;
    }

private:
    std::string line_;
};

agent::Answer ask(const Invocation& invocation, Request& request, int seconds = agent::answerSeconds) {
    return agent::ask(agent::socketPath(invocation.has(practiceOption.name)), request.line(), seconds);
}

int finish(bool printed) {
    if (printed) return done;
    complain("gatewardenctl: cannot write to standard output");
    return no;
}

// Prints what was answered as it is: text for a shell or an SDK, or JSON that was asked for.
int relay(agent::Answer answer) {
    if (answer.exitCode != 0) {
        complain(answer.payload);
        return answer.exitCode;
    }
    const bool printed = print(answer.payload);
    agent::wipe(answer.payload);
    return finish(printed);
}

// The answer as text for people, or as the JSON it is.
int show(const Invocation& invocation, agent::Answer answer, std::string (*render)(const Json&)) {
    if (answer.exitCode != 0 || invocation.json()) return relay(std::move(answer));
    const Result<Json> document = parseJson(answer.payload);
    if (document && document->is_object()) return finish(print(render(*document)));
    complain("gatewardenctl: the answer of the console is not understood; the two may differ in version");
    return no;
}

int wrong(std::string_view sentence) {
    complain("gatewardenctl: " + std::string(sentence));
    return usage;
}

Json list(const Json& answer, const char* key) {
    const auto found = answer.find(key);
    return found != answer.end() && found->is_array() ? *found : Json::array();
}

// Sessions have ids of twelve hexadecimal digits; anything else names a profile.
void addSession(Request& request, std::string_view word) {
    const bool id = word.size() == 12 && word.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    request.add(id ? "session" : "profile", word);
}

// "3600", "3600s", "90m", "8h".
std::optional<long> seconds(std::string_view text) {
    long unit = 1;
    if (text.ends_with('h')) unit = 3600;
    if (text.ends_with('m')) unit = 60;
    if (text.ends_with('h') || text.ends_with('m') || text.ends_with('s')) text.remove_suffix(1);
    if (text.empty() || text.size() > 5 || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    const long value = std::stol(std::string(text)) * unit;
    if (value < 900 || value > 43'200) return std::nullopt;
    return value;
}

int runSessions(const Invocation& invocation) {
    Request request("sessions");
    return show(invocation, ask(invocation, request), [](const Json& answer) {
        const Json sessions = list(answer, "sessions");
        return sessions.empty() ? std::string("No sessions today.\n") : sessionTable(sessions);
    });
}

int runEnd(const Invocation& invocation) {
    const bool all = invocation.has("--all");
    if (all != invocation.arguments.empty()) return wrong("end takes either a session or --all");
    Request request("end");
    if (all)
        request.addLiteral("all", "true");
    else
        addSession(request, invocation.arguments[0]);
    return show(invocation, ask(invocation, request), [](const Json& answer) {
        const Json ended = list(answer, "ended");
        return ended.empty() ? std::string("No session was live.\n") : sessionTable(ended);
    });
}

int runEnv(const Invocation& invocation) {
    if (!invocation.has("--shell")) return wrong("env needs --shell bash|zsh|fish|powershell|cmd");
    Request request("env");
    addSession(request, invocation.arguments[0]);
    request.add("shell", invocation.value("--shell"));
    return relay(ask(invocation, request));
}

int runCredentialProcess(const Invocation& invocation) {
    if (invocation.value("--profile").empty()) return wrong("credential-process needs --profile NAME");
    Request request("credential-process");
    request.add("profile", invocation.value("--profile"));
    return relay(ask(invocation, request));
}

int runRoles(const Invocation& invocation) {
    Request request("roles");
    if (!invocation.arguments.empty()) request.add("provider", invocation.arguments[0]);
    return show(invocation, ask(invocation, request), [](const Json& answer) {
        const Json roles = list(answer, "roles");
        return roles.empty() ? std::string("No roles are known: sign in first.\n") : roleTable(roles);
    });
}

int runUse(const Invocation& invocation) {
    Request request("use");
    request.add("role", invocation.arguments[0]);
    request.addIfGiven("profile", invocation.value("--profile"));
    request.addIfGiven("region", invocation.value("--region"));
    if (invocation.has("--duration")) {
        const auto duration = seconds(invocation.value("--duration"));
        if (!duration) return wrong("--duration is between 15m and 12h, such as 3600, 90m or 8h");
        request.addLiteral("duration", std::to_string(*duration));
    }
    if (invocation.has("--policy")) {
        std::string policy;
        if (!readOrComplain(std::string(invocation.value("--policy")), maxPolicyFile, policy)) return usage;
        request.add("policy", policy);
    }
    return show(invocation, ask(invocation, request, patientSeconds), [](const Json& answer) {
        const auto session = answer.find("session");
        return session != answer.end() && session->is_object() ? sessionLine(*session) : std::string();
    });
}

int runLogin(const Invocation& invocation) {
    const bool paste = invocation.has("--paste");
    if (paste && invocation.has("--browser")) return wrong("login takes either --browser or --paste");
    Request request("login");
    request.add("provider", invocation.arguments[0]);
    if (invocation.has("--browser")) request.addLiteral("browser", "true");
    if (paste) {
        if (isatty(STDIN_FILENO) == 1) complain("Paste the SAML response, then press Enter and Ctrl+D.");
        std::string response;
        if (!readInput(response, maxPasted)) return wrong("standard input cannot be read or holds more than 1.5 MiB");
        const bool blank = response.find_first_not_of(" \t\r\n") == std::string::npos;
        if (!blank) request.add("response", response);
        agent::wipe(response);
        if (blank) return wrong("expected a SAML response on standard input");
        if (request.line().size() >= agent::maxPastedRequestBytes) return wrong("what was pasted is too large");
    }
    return show(invocation, ask(invocation, request, noLimit), [](const Json& answer) {
        const Json sessions = list(answer, "sessions");
        const Json roles = list(answer, "roles");
        std::string text = roles.empty() ? "" : roleTable(roles);
        if (!sessions.empty()) text += (text.empty() ? "" : "\n") + sessionTable(sessions);
        return text.empty() ? std::string("Signed in.\n") : text;
    });
}

constexpr std::array<Option, 4> loginOptions = {{{"--browser", "", "sign in in the system's browser instead of the console's window"},
                                                 {"--paste", "", "read the response from standard input: base64, form body, HTML or XML"},
                                                 formatOption,
                                                 practiceOption}};
constexpr std::array<Option, 2> listOptions = {{formatOption, practiceOption}};
constexpr std::array<Option, 6> useOptions = {{{"--profile", "NAME", "the profile that tools will use; one is suggested otherwise"},
                                               {"--duration", "TIME", "15m to 12h: 3600, 90m, 8h; a role may allow less"},
                                               {"--region", "REGION", "for STS and for the tools"},
                                               {"--policy", "FILE", "a session policy in JSON, which narrows what the role allows"},
                                               formatOption,
                                               practiceOption}};
constexpr std::array<Option, 3> endOptions = {{{"--all", "", "end every live session"}, formatOption, practiceOption}};
constexpr std::array<Option, 2> envOptions = {
    {{"--shell", "bash|zsh|fish|powershell|cmd", "whose syntax and quoting to use; required"}, practiceOption}};
constexpr std::array<Option, 2> credentialProcessOptions = {{{"--profile", "NAME", "the profile of the session; required"}, practiceOption}};

constexpr std::array<Command, 7> commands = {{
    {"login", "PROVIDER", "Sign in at an identity provider", "Opens the running console's sign-in window and waits, unless told otherwise.",
     loginOptions, 1, 1, runLogin},
    {"roles", "[PROVIDER]", "List the roles of the last sign-in", "Favourites carry a star.", listOptions, 0, 1, runRoles},
    {"use", "ROLE", "Start a session with a role",
     "ROLE is an ARN, or a name that only one role has. Works for five minutes after a sign-in,\nas long as AWS takes the assertion.", useOptions, 1, 1,
     runUse},
    {"sessions", "", "List the live sessions and those that ended today", "", listOptions, 0, 0, runSessions},
    {"end", "[SESSION]", "End a session, by its id or profile, or all of them", "", endOptions, 0, 1, runEnd},
    {"env", "SESSION", "Print a session's credentials as assignments for a shell",
     "SESSION is an id or a profile. In bash: eval \"$(gatewardenctl env dev --shell bash)\"", envOptions, 1, 1, runEnv},
    {"credential-process", "", "Print a session's credentials for AWS tools",
     "The contract of credential_process in ~/.aws/config. gatewarden-credentials does the same faster.", credentialProcessOptions, 0, 0,
     runCredentialProcess},
}};

} // namespace

CommandGroup sessionsCommands() {
    return {"Sessions", commands};
}

} // namespace gw::ctl
