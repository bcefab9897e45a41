#include "app/composition/console.h"
#include "app/gatewarden/options.h"
#include "app/gatewarden/quit_on_signal.h"
#include "models/sessions/agent/protocol.h"
#include "ui/errors_text.h"

#include <QApplication>
#include <QFileInfo>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>
#include <thread>

namespace {

// /proc tells it before there is an application object to ask.
std::filesystem::path executableFolder() {
    std::error_code failed;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", failed);
    return failed ? std::filesystem::current_path(failed) : self.parent_path();
}

bool comesForward(const std::string& socket) {
    return !socket.empty() && gw::agent::ask(socket, R"({"v":1,"op":"show"})").exitCode == 0;
}

// Two were started in the same moment: the one that was first answers as soon as its window is there.
bool comesForwardSoon(const std::string& socket) {
    using namespace std::chrono_literals;
    const auto end = std::chrono::steady_clock::now() + 3s;
    while (!comesForward(socket)) {
        if (std::chrono::steady_clock::now() >= end) return false;
        std::this_thread::sleep_for(50ms);
    }
    return true;
}

} // namespace

int main(int argc, char** argv) {
    const gw::app::Options options = gw::app::parseOptions({argv + 1, argv + argc});
    if (!options.problem.empty()) {
        std::fprintf(stderr, "gatewarden: `%s` is not understood\n\n%s", options.problem.c_str(), gw::app::helpText().c_str());
        return 2;
    }
    if (options.help) {
        std::fputs(gw::app::helpText().c_str(), stdout);
        return 0;
    }
    if (options.version) {
        std::printf("gatewarden %s\n", GW_VERSION);
        return 0;
    }
    // A console that runs already only has to come forward; asking costs less than a window.
    const std::string socket = gw::agent::socketPath(options.practice);
    if (comesForward(socket)) return 0;

    std::signal(SIGPIPE, SIG_IGN);
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("gatewarden"));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Gatewarden"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.gatewarden.Gatewarden"));
    QCoreApplication::setApplicationVersion(QStringLiteral(GW_VERSION));
    QGuiApplication::setQuitOnLastWindowClosed(false);
    gw::app::quitOnSignals();

    const auto console = std::make_unique<gw::app::Console>(application, options.practice, executableFolder());
    if (const gw::Status started = console->start(); !started) {
        if (started.error().code().is(gw::sessions::AgentError::AlreadyRunning) && comesForwardSoon(socket)) return 0;
        std::fprintf(stderr, "gatewarden: %s\n", qPrintable(gw::ui::explainBriefly(started.error())));
        return 1;
    }
    return QApplication::exec();
}
