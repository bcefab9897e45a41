#include "models/sessions/agent/peer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <string>
#include <string_view>

#include <sys/socket.h>

namespace gw::sessions {
namespace {

namespace fs = std::filesystem;

constexpr int maxSteps = 4;
constexpr std::array<std::string_view, 2> ownHelpers = {"gatewarden-credentials", "gatewardenctl"};
constexpr std::array<std::string_view, 5> shells = {"sh", "bash", "dash", "zsh", "busybox"};
// Scripts run under these; the kernel then keeps the script's name as the name of the process.
constexpr std::array<std::string_view, 6> interpreters = {"python", "node", "ruby", "perl", "java", "php"};

template <class Names>
bool among(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string readSome(const fs::path& path) {
    std::array<char, 512> buffer{};
    std::ifstream file(path, std::ios::binary);
    file.read(buffer.data(), buffer.size());
    return {buffer.data(), static_cast<std::size_t>(file.gcount())};
}

struct Process {
    std::string executable;
    std::string name;     // of the executable
    std::string title;    // what the kernel calls the process
    pid_t parent = 0;
};

// "1234 (a name) S 1 …": the name may itself hold blanks and brackets (proc(5)).
void readStat(const fs::path& folder, Process& process) {
    const std::string stat = readSome(folder / "stat");
    const std::size_t open = stat.find('(');
    const std::size_t close = stat.rfind(')');
    if (open == std::string::npos || close == std::string::npos || close < open || close + 4 >= stat.size()) return;
    process.title = stat.substr(open + 1, close - open - 1);
    std::from_chars(stat.data() + close + 4, stat.data() + stat.size(), process.parent);
}

Process readProcess(pid_t pid, const fs::path& proc) {
    Process process;
    const fs::path folder = proc / std::to_string(pid);
    std::error_code unreadable;
    process.executable = fs::read_symlink(folder / "exe", unreadable).string();
    // The kernel says so of a program that was replaced while it runs.
    static constexpr std::string_view deleted = " (deleted)";
    if (process.executable.ends_with(deleted)) process.executable.resize(process.executable.size() - deleted.size());
    process.name = fs::path(process.executable).filename().string();
    readStat(folder, process);
    return process;
}

bool onlyRunsOneCommand(const Process& process, pid_t pid, const fs::path& proc) {
    if (!among(shells, process.name)) return false;
    const std::string arguments = readSome(proc / std::to_string(pid) / "cmdline");
    const std::size_t first = arguments.find('\0');
    return first != std::string::npos && std::string_view(arguments).substr(first + 1).starts_with(std::string_view("-c\0", 3));
}

bool interprets(std::string_view name) {
    return std::any_of(interpreters.begin(), interpreters.end(), [name](std::string_view prefix) { return name.starts_with(prefix); });
}

} // namespace

std::optional<Peer> peerOf(int socket) {
    ucred credentials{};
    socklen_t size = sizeof credentials;
    if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) return std::nullopt;
    return Peer{credentials.pid, credentials.uid};
}

bool isTrusted(const Peer& peer, uid_t own) {
    return peer.uid == own;
}

Consumer consumerOf(pid_t pid, UtcTime now, const fs::path& proc) {
    Process process = readProcess(pid, proc);
    for (int step = 0; step < maxSteps && process.parent > 1; ++step) {
        if (!among(ownHelpers, process.name) && !onlyRunsOneCommand(process, pid, proc)) break;
        Process parent = readProcess(process.parent, proc);
        if (parent.executable.empty() && parent.title.empty()) break;
        pid = process.parent;
        process = std::move(parent);
    }
    Consumer consumer;
    consumer.program = process.name.empty() || (interprets(process.name) && !process.title.empty()) ? process.title : process.name;
    consumer.executable = process.executable;
    consumer.pid = pid;
    consumer.at = now;
    return consumer;
}

} // namespace gw::sessions
