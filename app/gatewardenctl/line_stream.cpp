#include "app/gatewardenctl/line_stream.h"

#include "app/gatewardenctl/output.h"
#include "saml/base/secret.h"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace gw::ctl {
namespace {

constexpr std::size_t blockSize = std::size_t{256} << 10;

class Lines {
public:
    explicit Lines(const LineConsumer& consumer) : consumer_(consumer) {}

    void feed(std::string_view block) {
        while (!block.empty()) {
            const std::size_t end = block.find('\n');
            const std::string_view part = block.substr(0, end);
            block.remove_prefix(end == std::string_view::npos ? block.size() : end + 1);
            if (end == std::string_view::npos) return keep(part);
            if (pending_.empty() && !tooLong_) {
                give(part);
            } else {
                keep(part);
                give(pending_);
                clear();
            }
        }
    }

    void finish() {
        if (!pending_.empty() || tooLong_) give(pending_);
        clear();
    }

private:
    void give(std::string_view line) {
        if (line.ends_with('\r')) line.remove_suffix(1);
        consumer_.line(line, tooLong_);
    }

    void keep(std::string_view part) {
        if (tooLong_) return;
        if (pending_.size() + part.size() <= maxLine) {
            pending_ += part;
            return;
        }
        tooLong_ = true;
        pending_.append(part.substr(0, keptOfLongLine));
        std::string head = pending_.substr(0, keptOfLongLine);
        wipe(pending_.data(), pending_.size());
        pending_ = std::move(head);
    }

    void clear() {
        wipe(pending_.data(), pending_.size());
        pending_.clear();
        // The room of one long line is not kept for all the short ones.
        if (pending_.capacity() > (std::size_t{1} << 20)) pending_.shrink_to_fit();
        tooLong_ = false;
    }

    const LineConsumer& consumer_;
    std::string pending_;
    bool tooLong_ = false;
};

} // namespace

Streamed streamLines(const std::string& file, const LineConsumer& consumer) {
    const int input = file == "-" ? STDIN_FILENO : open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (input < 0) {
        complain("gatewardenctl: " + file + " cannot be read");
        return Streamed::Unreadable;
    }
    Lines lines(consumer);
    std::string block(blockSize, '\0');
    bool flushed = true;
    ssize_t got = 0;
    while (flushed) {
        got = read(input, block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        lines.feed(std::string_view(block).substr(0, static_cast<std::size_t>(got)));
        flushed = consumer.flush();
    }
    if (got < 0) complain("gatewardenctl: " + file + " cannot be read to its end");
    if (flushed && got == 0) lines.finish();
    wipe(block.data(), block.size());
    if (flushed) flushed = consumer.flush();
    if (input != STDIN_FILENO) close(input);
    if (!flushed) return Streamed::Broken;
    return got < 0 ? Streamed::Unreadable : Streamed::Done;
}

} // namespace gw::ctl
