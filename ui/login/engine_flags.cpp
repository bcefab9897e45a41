#include "ui/login/engine_flags.h"

#include "ui/login/login_plugin.h"

#include <QCoreApplication>
#include <QtGlobal>

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <sched.h>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>

namespace gw::ui {
namespace {

constexpr auto flagsVariable = "QTWEBENGINE_CHROMIUM_FLAGS";
constexpr auto sandboxVariable = "QTWEBENGINE_DISABLE_SANDBOX";

constexpr std::array permitted{
    std::string_view("--disable-gpu"),
    std::string_view("--disable-gpu-compositing"),
    std::string_view("--disable-software-rasterizer"),
    std::string_view("--disable-accelerated-2d-canvas"),
    std::string_view("--use-gl"),
    std::string_view("--ignore-gpu-blocklist"),
    std::string_view("--force-device-scale-factor"),
    std::string_view("--lang"),
    std::string_view("--ozone-platform"),
    std::string_view("--no-proxy-server"),
    std::string_view("--proxy-server"),
    std::string_view("--proxy-bypass-list"),
    std::string_view("--proxy-pac-url"),
    std::string_view("--auth-server-allowlist"),
    std::string_view("--auth-negotiate-delegate-allowlist"),
    // Certificates are still checked against the name asked for.
    std::string_view("--host-resolver-rules"),
};

bool isPermitted(QStringView flag) {
    const auto name = flag.left(flag.indexOf(QLatin1Char('=')) < 0 ? flag.size() : flag.indexOf(QLatin1Char('=')));
    for (const auto known : permitted)
        if (name == QLatin1String(known.data(), static_cast<qsizetype>(known.size()))) return true;
    return false;
}

bool isSet(const char* variable) {
    // The engine counts "0" as not set.
    return qEnvironmentVariableIsSet(variable) && qgetenv(variable) != "0";
}

bool readsAsZero(const char* file) {
    const int fd = ::open(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    char text[16] = {};
    const auto length = ::read(fd, text, sizeof text - 1);
    ::close(fd);
    return length > 0 && text[0] == '0' && (text[1] == '\n' || text[1] == '\0');
}

// The engine calls abort() in this very process where the kernel gives it no user namespace, so it is asked beforehand.
bool userNamespacesWork() {
    if (readsAsZero("/proc/sys/kernel/unprivileged_userns_clone") || readsAsZero("/proc/sys/user/max_user_namespaces")) return false;
    const auto child = ::fork();
    if (child < 0) return true;
    if (child == 0) {
        if (::unshare(CLONE_NEWUSER) != 0) ::_exit(1);
        // AppArmor's restriction lets the call pass and takes the capabilities, which shows here first.
        const int fd = ::open("/proc/self/setgroups", O_WRONLY | O_CLOEXEC);
        ::_exit(fd >= 0 && ::write(fd, "deny", 4) == 4 ? 0 : 1);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0)
        if (errno != EINTR) return true;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace

QStringList permittedEngineFlags(const QString& flags) {
    // The engine's own splitting: quotes join words and are dropped.
    QStringList words;
    QString word;
    bool quoted = false;
    bool started = false;
    for (const auto c : flags) {
        if (c == QLatin1Char('"')) {
            quoted = !quoted;
            started = true;
        } else if (c.isSpace() && !quoted) {
            if (started) words.append(word);
            word.clear();
            started = false;
        } else {
            word += c;
            started = true;
        }
    }
    if (started) words.append(word);
    words.erase(std::remove_if(words.begin(), words.end(), [](const QString& each) { return !isPermitted(each); }), words.end());
    return words;
}

void prepareEngine(bool dark) {
    static bool done = false;
    if (done) return;
    done = true;
    qunsetenv("QTWEBENGINE_REMOTE_DEBUGGING");
    qunsetenv("QTWEBENGINE_REMOTE_DEBUG");
    auto flags = permittedEngineFlags(qEnvironmentVariable(flagsVariable));
    for (auto& flag : flags)
        if (flag.contains(QLatin1Char(' '))) flag = QLatin1Char('"') + flag + QLatin1Char('"');
#if QT_VERSION < QT_VERSION_CHECK(6, 7, 0)
    // The one way below 6.7 that leaves a page's own colours alone; newer engines follow the application's scheme.
    if (dark) flags.append(QStringLiteral("--blink-settings=preferredColorScheme=0"));
#else
    Q_UNUSED(dark)
#endif
    // Even where empty: once the variable is set, the engine no longer takes switches from the command line.
    qputenv(flagsVariable, flags.join(QLatin1Char(' ')).toUtf8());
}

bool sandboxOff() { return isSet(sandboxVariable); }

Status engineUsable() {
    if (!QCoreApplication::testAttribute(Qt::AA_ShareOpenGLContexts))
        return fail(Error(LoginError::EngineUnavailable, "contexts are not shared").with("reason", "shared_contexts"));
    if (::geteuid() == 0) {
        if (!sandboxOff()) return fail(Error(LoginError::SandboxOff, "the engine has no sandbox for uid 0").with("reason", "root"));
        return {};
    }
    if (sandboxOff()) return fail(Error(LoginError::SandboxOff, "the environment switches the sandbox off").with("reason", "disabled"));
    static const bool namespaces = userNamespacesWork();
    if (!namespaces)
        return fail(Error(LoginError::EngineUnavailable, "the kernel gives no user namespace").with("reason", "user_namespaces"));
    return {};
}

} // namespace gw::ui
