#include "app/gatewardenctl/output.h"

#include "app/credentials/write_all.h"
#include "app/gatewardenctl/printable.h"
#include "models/sessions/agent/protocol.h"

#include <algorithm>
#include <cerrno>

#include <unistd.h>

namespace gw::ctl {
namespace {

// Characters, not bytes.
std::size_t width(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80; }));
}

} // namespace

bool print(std::string_view text) {
    if (writeAll(STDOUT_FILENO, text)) return true;
    complain("gatewardenctl: standard output cannot be written");
    return false;
}

void complain(std::string_view sentence) {
    writeAll(STDERR_FILENO, printable(sentence, "\n"));
    if (!sentence.ends_with('\n')) writeAll(STDERR_FILENO, "\n");
}

std::string columns(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::vector<std::string>> cells = rows;
    std::vector<std::size_t> widths;
    for (auto& row : cells) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            row[i] = printable(row[i]);
            widths[i] = std::max(widths[i], width(row[i]));
        }
    }
    std::string text;
    for (const auto& row : cells) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) line += row[i] + std::string(widths[i] - width(row[i]) + 2, ' ');
        line.resize(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    }
    return text;
}

bool readInput(std::string& into, std::size_t most) {
    // One buffer from the start: one that grows leaves copies behind.
    into.reserve(most + 1);
    into.resize(most + 1);
    std::size_t size = 0;
    for (;;) {
        const ssize_t got = read(STDIN_FILENO, into.data() + size, into.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got > 0) size += static_cast<std::size_t>(got);
        if (got < 0 || size > most) {
            agent::wipe(into);
            return false;
        }
        if (got == 0) break;
    }
    into.resize(size);
    return true;
}

} // namespace gw::ctl
