#include "app/gatewardenctl/progress_line.h"

#include <cmath>
#include <utility>

#include <unistd.h>

namespace gw::ctl {
namespace {

bool write(const std::string& text) {
    return ::write(STDERR_FILENO, text.data(), text.size()) >= 0;
}

} // namespace

ProgressLine::ProgressLine(std::string doing) : doing_(std::move(doing)), terminal_(::isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
    if (shown_ >= 0) static_cast<void>(write("\r\033[K"));
}

std::function<bool(double)> ProgressLine::function() {
    if (!terminal_) return {};
    return [this](double share) { return show(share); };
}

bool ProgressLine::show(double share) {
    const int percent = static_cast<int>(std::lround(share * 100));
    if (percent == shown_) return true;
    shown_ = percent;
    return write("\r" + doing_ + " " + std::to_string(percent) + " %");
}

} // namespace gw::ctl
