// painted COMMAND...: starts a program on $DISPLAY and prints the milliseconds until its first large window has painted
// content, and the PSS of the process (KiB) after an idle pause. Then ends the program. Judges all programs alike: a
// window counts as painted when the pixels along its middle row and column hold at least three colours.
#include <xcb/xcb.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <set>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace {

using Steady = std::chrono::steady_clock;

std::size_t colours(xcb_connection_t* connection, xcb_window_t window, std::uint16_t width, std::uint16_t height) {
    std::set<std::uint32_t> seen;
    const auto read = [&](std::int16_t x, std::int16_t y, std::uint16_t w, std::uint16_t h) {
        auto* reply = xcb_get_image_reply(
            connection, xcb_get_image(connection, XCB_IMAGE_FORMAT_Z_PIXMAP, window, x, y, w, h, ~0U), nullptr);
        if (reply == nullptr) return;
        const auto* data = xcb_get_image_data(reply);
        const int bytes = xcb_get_image_data_length(reply);
        for (int i = 0; i + 4 <= bytes; i += 4) {
            std::uint32_t pixel = 0;
            std::memcpy(&pixel, data + i, 4);
            seen.insert(pixel & 0xFFFFFFU);
        }
        std::free(reply);
    };
    read(0, static_cast<std::int16_t>(height / 2), width, 1);
    read(static_cast<std::int16_t>(width / 2), 0, 1, height);
    return seen.size();
}

long pss(pid_t pid) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/smaps_rollup");
    for (std::string word; file >> word;)
        if (word == "Pss:") {
            long value = 0;
            file >> value;
            return value;
        }
    return -1;
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: painted COMMAND...\n");
        return 2;
    }
    xcb_connection_t* connection = xcb_connect(nullptr, nullptr);
    if (xcb_connection_has_error(connection) != 0) {
        std::fprintf(stderr, "painted: no display\n");
        return 2;
    }
    const xcb_window_t root = xcb_setup_roots_iterator(xcb_get_setup(connection)).data->root;
    const std::uint32_t mask = XCB_EVENT_MASK_SUBSTRUCTURE_NOTIFY;
    xcb_change_window_attributes(connection, root, XCB_CW_EVENT_MASK, &mask);
    xcb_flush(connection);

    const auto begin = Steady::now();
    const pid_t pid = fork();
    if (pid == 0) {
        execvp(argv[1], argv + 1);
        _exit(127);
    }
    double milliseconds = -1;
    std::set<xcb_window_t> mapped;
    while (milliseconds < 0 && Steady::now() - begin < std::chrono::seconds(20)) {
        while (auto* event = xcb_poll_for_event(connection)) {
            if ((event->response_type & 0x7F) == XCB_MAP_NOTIFY) mapped.insert(reinterpret_cast<xcb_map_notify_event_t*>(event)->window);
            std::free(event);
        }
        for (const xcb_window_t window : mapped) {
            auto* geometry = xcb_get_geometry_reply(connection, xcb_get_geometry(connection, window), nullptr);
            if (geometry == nullptr) continue;
            if (geometry->width >= 400 && geometry->height >= 300 && colours(connection, window, geometry->width, geometry->height) >= 3)
                milliseconds = std::chrono::duration<double, std::milli>(Steady::now() - begin).count();
            std::free(geometry);
        }
        std::this_thread::sleep_for(std::chrono::microseconds(500));
    }
    std::this_thread::sleep_for(std::chrono::seconds(3));
    const long memory = pss(pid);
    kill(pid, SIGTERM);
    for (int i = 0; i < 100 && waitpid(pid, nullptr, WNOHANG) == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    kill(pid, SIGKILL);
    std::printf("%.1f ms %ld KiB\n", milliseconds, memory);
    return milliseconds < 0 ? 1 : 0;
}
