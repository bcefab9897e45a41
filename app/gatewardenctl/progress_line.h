// How far long work is, in one line on standard error that is written over; nothing where that is no terminal.
#pragma once

#include <functional>
#include <string>

namespace gw::ctl {

class ProgressLine {
public:
    // `doing`: "reviewing".
    explicit ProgressLine(std::string doing);
    // Leaves the line empty.
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    // Takes a share between 0 and 1, and is false once nothing can be written any more. Empty where nobody would see it. Borrows
    // this.
    [[nodiscard]] std::function<bool(double)> function();

private:
    bool show(double share);

    std::string doing_;
    bool terminal_;
    int shown_ = -1; // percent
};

} // namespace gw::ctl
