#include "app/gatewardenctl/live_import.h"

#include "app/gatewardenctl/interruptible.h"
#include "app/gatewardenctl/live_door.h"
#include "app/gatewardenctl/output.h"
#include "saml/aws/endpoints.h"

#include <QLibrary>
#include <QString>

#include <cstdlib>
#include <filesystem>
#include <unistd.h>

namespace gw::ctl {
namespace {

namespace fs = std::filesystem;

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

std::string answersFolder() {
    const std::string cache = variable("XDG_CACHE_HOME"), home = variable("HOME");
    if (cache.starts_with('/')) return cache + "/gatewarden/live";
    return home.starts_with('/') ? home + "/.cache/gatewarden/live" : std::string();
}

// "0", "90s", "30m", "12h", "7d".
std::optional<std::chrono::seconds> ageOf(std::string_view text) {
    std::int64_t unit = 1;
    if (text.ends_with('m')) unit = 60;
    if (text.ends_with('h')) unit = 3600;
    if (text.ends_with('d')) unit = 86'400;
    if (!text.empty() && text.find_last_of("smhd") == text.size() - 1) text.remove_suffix(1);
    if (text.empty() || text.size() > 6 || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    return std::chrono::seconds(std::stoll(std::string(text)) * unit);
}

} // namespace

const LiveDoor* loadLiveDoor() {
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed).parent_path();
    for (const fs::path& each : {program / "gatewarden-live.so", program / "../lib/gatewarden/gatewarden-live.so",
                                 program / "../" GW_LIBDIR "/gatewarden/gatewarden-live.so"}) {
        if (!fs::exists(each, failed)) continue;
        const auto open = reinterpret_cast<LiveDoorFunction>(QLibrary::resolve(QString::fromStdString(each.string()), liveDoorName));
        if (open != nullptr) return open();
    }
    complain("gatewardenctl: gatewarden-live.so is not beside the program, so AWS cannot be read");
    return nullptr;
}

int showReadPolicy() {
    const LiveDoor* door = loadLiveDoor();
    if (door == nullptr) return usage;
    return print(door->policy()) ? done : no;
}

std::optional<LiveFiles> readLive(const Invocation& invocation) {
    const auto wrong = [](const std::string& sentence) {
        complain("gatewardenctl: " + sentence);
        return std::nullopt;
    };
    LiveRequest request;
    request.profiles = invocation.values("--profile");
    request.regions = invocation.values("--region");
    for (const char* name : {"AWS_REGION", "AWS_DEFAULT_REGION"})
        if (std::string region = variable(name); request.regions.empty() && !region.empty()) request.regions.push_back(std::move(region));
    if (request.regions.empty()) return wrong("--live needs --region, one or several");
    for (const std::string& each : request.regions)
        if (!aws::isRegionName(each)) return wrong("no region is called " + each);
    request.folder = invocation.has("--answers") ? std::string(invocation.value("--answers")) : answersFolder();
    if (request.folder.empty()) return wrong("--answers names the folder where answers are kept");
    const auto age = ageOf(invocation.has("--max-age") ? invocation.value("--max-age") : "1h");
    if (!age) return wrong("--max-age is a time such as 0, 30m, 12h or 7d");
    request.maxAge = *age;
    request.practice = invocation.has(practiceOption.name);
    request.terminal = isatty(STDERR_FILENO) == 1;
    const LiveDoor* door = loadLiveDoor();
    if (door == nullptr) return std::nullopt;
    const Interruptible guard;
    request.interrupted = &guard.flag();
    LiveResult result;
    door->read(request, result);
    for (const std::string& each : result.notes) complain("gatewardenctl: " + each);
    if (!result.complete) return std::nullopt;
    return LiveFiles{std::move(result.files), result.gaps};
}

} // namespace gw::ctl
