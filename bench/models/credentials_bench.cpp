// The whole process of gatewarden-credentials beside the whole process of `true`, in turns: start, ask a console over its
// socket, print, end. The console's side is a thread of this program that answers at once, so that only the helper counts.
//
// usage: credentials_bench PATH-OF-gatewarden-credentials [RUNS]; exit 1 where the ratio is above the budget
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

constexpr double budget = 3.0;

void answerForEver(int listener) {
    const std::string body = R"({"Version":1,"AccessKeyId":"ASIAEXAMPLEKEY00","SecretAccessKey":")" + std::string(40, 's') + R"(","SessionToken":")" +
                             std::string(1200, 't') + R"(","Expiration":"2026-11-24T13:00:00Z","AccountId":"111122223333"})" + "\n";
    const std::string answer = "ok " + std::to_string(body.size()) + "\n" + body;
    for (;;) {
        const int client = accept(listener, nullptr, nullptr);
        if (client < 0) return;
        char buffer[4096];
        while (true) {
            const ssize_t got = recv(client, buffer, sizeof buffer, 0);
            if (got <= 0 || std::memchr(buffer, '\n', static_cast<std::size_t>(got)) != nullptr) break;
        }
        (void)send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
        close(client);
    }
}

int listenAt(const std::string& path) {
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 || listen(fd, 16) != 0) std::exit(2);
    return fd;
}

// Milliseconds from before the start until after the end.
double run(std::vector<std::string> command) {
    std::vector<char*> arguments;
    for (std::string& word : command) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    const auto start = std::chrono::steady_clock::now();
    pid_t child = 0;
    int status = -1;
    if (posix_spawn(&child, arguments[0], &quiet, nullptr, arguments.data(), environ) != 0 || waitpid(child, &status, 0) != child || status != 0) {
        std::fprintf(stderr, "%s failed\n", arguments[0]);
        std::exit(2);
    }
    const auto took = std::chrono::steady_clock::now() - start;
    posix_spawn_file_actions_destroy(&quiet);
    return std::chrono::duration<double, std::milli>(took).count();
}

double median(std::vector<double> times) {
    std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
    return times[times.size() / 2];
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    const int runs = argc > 2 ? std::atoi(argv[2]) : 500;
    std::string folder = (std::filesystem::temp_directory_path() / "gatewarden-bench-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) return 2;
    const std::string path = folder + "/agent.sock";
    setenv("GATEWARDEN_SOCKET", path.c_str(), 1);
    const int listener = listenAt(path);
    std::thread(answerForEver, listener).detach();

    const std::string nothing = access("/usr/bin/true", X_OK) == 0 ? "/usr/bin/true" : "/bin/true";
    std::vector<double> helper;
    std::vector<double> baseline;
    for (int i = 0; i < runs; ++i) {
        baseline.push_back(run({nothing}));
        helper.push_back(run({argv[1], "--profile", "dev"}));
    }
    const double ratio = median(helper) / median(baseline);
    std::printf("true %.3f ms, gatewarden-credentials %.3f ms, ratio %.2f (budget %.1f), %d runs each\n", median(baseline), median(helper), ratio, budget, runs);
    std::filesystem::remove_all(folder);
    return ratio < budget ? 0 : 1;
}
