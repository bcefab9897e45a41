// What the console and its small helpers say to each other over a local socket. No Qt, no JSON library: the static
// helper includes this too.
//
// Request: one line of JSON, at most 64 KiB, ended by "\n": {"v":1,"op":"credential-process","profile":"dev"}.
// Answer: "ok N\n" or "error CODE N\n" and then N bytes: what goes to standard output, or one sentence for standard
// error. CODE is the exit code (1 no, 2 usage). The console closes the connection after the answer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gw::agent {

inline constexpr std::size_t maxRequestBytes = std::size_t{64} << 10;
inline constexpr std::size_t maxPastedRequestBytes = std::size_t{2} << 20; // "login" carries a response
inline constexpr std::size_t maxAnswerBytes = std::size_t{4} << 20;

// $GATEWARDEN_SOCKET, else $XDG_RUNTIME_DIR/gatewarden[-practice]/agent.sock, else
// $HOME/.local/state/gatewarden[-practice]/agent.sock. Empty where none of these is set.
[[nodiscard]] std::string socketPath(bool practice);

struct Answer {
    int exitCode = 0;          // 0: payload is for standard output; otherwise for standard error
    std::string payload;       // may hold secrets: wipe it after use
};

// Connects, checks that the socket is ours (owner, peer uid), asks, reads the answer. On failure exitCode is 1 and
// the payload says in one sentence what is wrong, for instance that the console is not running.
[[nodiscard]] Answer ask(const std::string& path, std::string_view requestLine);

// `text` as a JSON string with its quotes.
[[nodiscard]] std::string quoted(std::string_view text);

} // namespace gw::agent
