#include "tests/app/process.h"

#include <array>
#include <cstdlib>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gw::test {
namespace {

void drain(int descriptor, std::string& into) {
    std::array<char, 65'536> block{};
    for (ssize_t got = 0; (got = read(descriptor, block.data(), block.size())) > 0;) into.append(block.data(), static_cast<std::size_t>(got));
    close(descriptor);
}

} // namespace

ProcessResult runProgram(const std::vector<std::string>& words, const std::string& input) {
    std::array<int, 2> in{}, out{}, err{};
    if (pipe2(in.data(), O_CLOEXEC) != 0 || pipe2(out.data(), O_CLOEXEC) != 0 || pipe2(err.data(), O_CLOEXEC) != 0) std::abort();
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    signal(SIGPIPE, SIG_IGN);
    const pid_t child = fork();
    if (child == 0) {
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        dup2(err[1], STDERR_FILENO);
        execv(arguments[0], arguments.data());
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    close(err[1]);
    ProcessResult result;
    std::thread readOut([&] { drain(out[0], result.out); });
    std::thread readErr([&] { drain(err[0], result.err); });
    std::size_t written = 0;
    while (written < input.size()) {
        const ssize_t done = write(in[1], input.data() + written, input.size() - written);
        if (done <= 0) break;
        written += static_cast<std::size_t>(done);
    }
    close(in[1]);
    readOut.join();
    readErr.join();
    int status = 0;
    rusage used{};
    if (wait4(child, &status, 0, &used) == child && WIFEXITED(status)) result.exit = WEXITSTATUS(status);
    result.maxResidentKib = used.ru_maxrss;
    return result;
}

} // namespace gw::test
