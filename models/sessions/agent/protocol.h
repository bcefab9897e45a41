// What the console and its small helpers say to each other over a local socket. No Qt, no JSON library: the static
// helper includes this too.
//
// Request: one line of JSON, at most 64 KiB, ended by "\n": {"v":1,"op":"credential-process","profile":"dev"}. Longer
// ones, up to 2 MiB, are taken only where the line starts with `longRequestStart`: "login" carries a response.
// Answer: "ok N\n" or "error CODE N\n" and then N bytes: what goes to standard output, or one sentence for standard
// error. CODE is the exit code (1 no, 2 usage). The console closes the connection after the answer.
//
// Operations; a key with "?" may be left out, unknown keys are passed over:
//   credential-process {"profile"}               → the object that AWS SDKs read from a credential_process, a line
//   env                {"session"|"profile","shell":"bash|zsh|fish|powershell|cmd"} → assignments, one a line
//   sessions           {}                        → {"sessions":[SESSION…],"outlives_process":bool}
//   end                {"session"|"profile"} or {"all":true} → {"ended":[SESSION…]}
//   show               {}                        → nothing: the window comes forward
//   login              {"provider","response"?,"browser"?} → {"provider","roles":[ROLE…],"sessions":[SESSION…]}
//                      without "response" the console opens its sign-in window ("browser": the system's browser) and
//                      answers when the person is done or gave up
//   roles              {"provider"?}             → {"roles":[ROLE…],"usable_until"?: until when "use" works without a sign-in}
//   use                {"role","profile"?,"duration"?: seconds,"region"?,"policy"?} → {"session":SESSION}
//                      "role" is an ARN, or a label or name that only one role has; "policy" is the text of a session
//                      policy, at most 2,048 characters without its blanks
// SESSION: {"id","profile","state":"live|expired|ended|replaced","role","provider","provider_arn","label","account",
//           "alias","environment","region","access_key_id","assumed_role","session_name","source_identity","tags":{},
//           "session_policy"?,"started","expiration","seconds_left","ended"?,"consumers":[{"program","executable","pid","at"}…]}
// ROLE:    {"role","provider_arn","provider","label","account","alias","environment","favourite":bool,
//           "last_used"?,"longest_duration"?: seconds}
// Times are RFC 3339 in UTC. Each JSON answer is one line. "format":"json" may be sent along and changes nothing.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gw::agent {

inline constexpr std::size_t maxRequestBytes = std::size_t{64} << 10;
inline constexpr std::size_t maxPastedRequestBytes = std::size_t{2} << 20; // "login" carries a response
inline constexpr std::size_t maxAnswerBytes = std::size_t{4} << 20;
inline constexpr std::string_view longRequestStart = R"({"v":1,"op":"login",)";

// The console answers from memory at once; only operations that wait for a person or for AWS need longer.
inline constexpr int answerSeconds = 15;

// $GATEWARDEN_SOCKET, else $XDG_RUNTIME_DIR/gatewarden[-practice]/agent.sock, else
// $HOME/.local/state/gatewarden[-practice]/agent.sock. Empty where none of these is set. Variables that hold no
// absolute path count as not set (XDG Base Directory Specification).
[[nodiscard]] std::string socketPath(bool practice);

struct Answer {
    int exitCode = 0;          // 0: payload is for standard output; otherwise for standard error
    std::string payload;       // may hold secrets: wipe it after use
};

// Connects, checks that the socket is ours (owner, peer uid), asks, reads the answer. On failure exitCode is 1 and
// the payload says in one sentence what is wrong, for instance that the console is not running. Waits at most
// `timeoutSeconds` for each byte to come or go; 0 waits as long as it takes.
[[nodiscard]] Answer ask(const std::string& path, std::string_view requestLine, int timeoutSeconds = answerSeconds);

// `text` as a JSON string with its quotes.
[[nodiscard]] std::string quoted(std::string_view text);

// Overwrites the whole buffer and empties it.
void wipe(std::string& text) noexcept;

} // namespace gw::agent
