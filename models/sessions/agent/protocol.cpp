#include "models/sessions/agent/protocol.h"

#include "saml/base/json_quote.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace gw::agent {
namespace {

constexpr std::size_t maxStatusLine = 64;

constexpr const char* notRunning = "Gatewarden: the console is not running; start Gatewarden and sign in";
constexpr const char* notOurs = "Gatewarden: the socket belongs to somebody else, so nothing was asked";
constexpr const char* noAnswer = "Gatewarden: the console does not answer";
constexpr const char* garbled = "Gatewarden: the answer of the console is not understood; helper and console may differ in version";

Answer no(const char* sentence) {
    return {1, sentence};
}

std::string absolute(const char* variable) {
    const char* value = std::getenv(variable);
    return value != nullptr && value[0] == '/' ? value : "";
}

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ >= 0) close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return fd_; }

private:
    int fd_;
};

// Everything in this scope is wiped when it ends, on each way out.
class Wiped {
public:
    Wiped() = default;
    ~Wiped() { wipe(text); }
    Wiped(const Wiped&) = delete;
    Wiped& operator=(const Wiped&) = delete;
    std::string text;
};

bool sendAll(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

// Appends what one read gives, never more than `most`. False at the end of the stream and on errors.
bool receive(int fd, std::string& into, std::size_t most) {
    const std::size_t before = into.size();
    into.resize(before + most);
    ssize_t got = 0;
    do got = recv(fd, into.data() + before, most, 0);
    while (got < 0 && errno == EINTR);
    into.resize(before + static_cast<std::size_t>(got > 0 ? got : 0));
    return got > 0;
}

// A decimal number without sign, at most `most`; -1 where it is not one.
long long number(std::string_view text, std::size_t most) {
    if (text.empty() || text.size() > 9) return -1;
    long long value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return value > static_cast<long long>(most) ? -1 : value;
}

struct StatusLine {
    int exitCode = -1;
    std::size_t length = 0;
};

StatusLine parseStatus(std::string_view line) {
    StatusLine status;
    if (line.starts_with("ok ")) {
        status.exitCode = 0;
        line.remove_prefix(3);
    } else if (line.starts_with("error ") && line.size() > 8 && line[7] == ' ' && line[6] >= '1' && line[6] <= '9') {
        status.exitCode = line[6] - '0';
        line.remove_prefix(8);
    } else {
        return status;
    }
    const long long length = number(line, maxAnswerBytes);
    if (length < 0)
        status.exitCode = -1;
    else
        status.length = static_cast<std::size_t>(length);
    return status;
}

Answer readAnswer(int fd) {
    Wiped head;
    std::size_t end = std::string::npos;
    head.text.reserve(maxStatusLine);
    while ((end = head.text.find('\n')) == std::string::npos) {
        if (head.text.size() >= maxStatusLine) return no(garbled);
        if (!receive(fd, head.text, maxStatusLine - head.text.size())) return no(noAnswer);
    }
    const StatusLine status = parseStatus(std::string_view(head.text).substr(0, end));
    if (status.exitCode < 0 || head.text.size() - end - 1 > status.length) return no(garbled);
    Answer answer;
    answer.exitCode = status.exitCode;
    // Reserved at once: a buffer that grows leaves copies behind.
    answer.payload.reserve(status.length);
    answer.payload.append(head.text, end + 1);
    while (answer.payload.size() < status.length) {
        if (receive(fd, answer.payload, status.length - answer.payload.size())) continue;
        wipe(answer.payload);
        return no(noAnswer);
    }
    return answer;
}

} // namespace

std::string socketPath(bool practice) {
    if (std::string chosen = absolute("GATEWARDEN_SOCKET"); !chosen.empty()) return chosen;
    const char* place = practice ? "/gatewarden-practice/agent.sock" : "/gatewarden/agent.sock";
    if (std::string runtime = absolute("XDG_RUNTIME_DIR"); !runtime.empty()) return runtime + place;
    if (std::string home = absolute("HOME"); !home.empty()) return home + "/.local/state" + place;
    return {};
}

Answer ask(const std::string& path, std::string_view requestLine, int timeoutSeconds) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty()) return no("Gatewarden: no place for the socket: neither XDG_RUNTIME_DIR nor HOME is set");
    if (path.size() >= sizeof address.sun_path) return no("Gatewarden: the path of the socket is too long");
    std::memcpy(address.sun_path, path.data(), path.size());

    struct stat place {};
    if (lstat(path.c_str(), &place) != 0) return no(errno == EACCES ? notOurs : notRunning);
    if (!S_ISSOCK(place.st_mode) || place.st_uid != geteuid()) return no(notOurs);

    const Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (socket.get() < 0) return no("Gatewarden: cannot make a socket");
    const timeval patience{timeoutSeconds, 0};
    const timeval reach{answerSeconds, 0};
    setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &reach, sizeof reach);
    setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    int connected = -1;
    do connected = connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    while (connected != 0 && errno == EINTR);
    if (connected != 0) return no(errno == EAGAIN ? noAnswer : notRunning);

    ucred peer{};
    socklen_t size = sizeof peer;
    if (getsockopt(socket.get(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || peer.uid != geteuid()) return no(notOurs);

    // A console that refuses the request may have answered and closed before all of it was sent: read on regardless.
    if (sendAll(socket.get(), requestLine)) (void)sendAll(socket.get(), "\n");
    return readAnswer(socket.get());
}

std::string quoted(std::string_view text) {
    std::string json;
    // Reserved at once: a buffer that grows leaves copies behind.
    json.reserve(6 * text.size() + 2);
    appendJsonQuoted(json, text);
    return json;
}

void wipe(std::string& text) noexcept {
    text.resize(text.capacity());
    explicit_bzero(text.data(), text.size());
    text.clear();
}

} // namespace gw::agent
