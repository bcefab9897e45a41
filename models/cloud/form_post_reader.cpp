#include "models/cloud/form_post_reader.h"

#include "saml/base/ascii.h"

#include <charconv>

namespace gw::cloud {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

} // namespace

FormPostReader::~FormPostReader() {
    buffer_.resize(buffer_.capacity());
    wipe(buffer_.data(), buffer_.size());
}

FormPostReader::State FormPostReader::refuse(int status) {
    refusal_ = status;
    return state_ = State::Refused;
}

FormPostReader::State FormPostReader::feed(std::string_view bytes) {
    if (state_ != State::Reading) return state_;
    if (buffer_.size() + bytes.size() > limits_.head + limits_.body) return refuse(413);
    buffer_ += bytes;
    if (bodyBegin_ == 0) {
        const auto end = buffer_.find("\r\n\r\n");
        if (end == std::string::npos) return buffer_.size() > limits_.head ? refuse(431) : state_;
        if (end > limits_.head) return refuse(431);
        bodyBegin_ = end + 4;
        if (readHead(std::string_view(buffer_).substr(0, end + 2)) == State::Refused) return state_;
        std::string whole;
        // All the room at once, so that growing leaves no copies of the response behind.
        whole.reserve(bodyBegin_ + bodySize_);
        whole = buffer_;
        wipe(buffer_.data(), buffer_.size());
        buffer_.swap(whole);
    }
    if (buffer_.size() >= bodyBegin_ + bodySize_) state_ = State::Complete;
    return state_;
}

std::string_view FormPostReader::body() const {
    if (state_ != State::Complete) return {};
    return std::string_view(buffer_).substr(bodyBegin_, bodySize_);
}

FormPostReader::State FormPostReader::readHead(std::string_view head) {
    const auto lineEnd = head.find("\r\n");
    const std::string_view line = head.substr(0, lineEnd);
    const auto firstBlank = line.find(' ');
    const auto lastBlank = line.rfind(' ');
    if (firstBlank == std::string_view::npos || lastBlank == firstBlank) return refuse(400);
    const std::string_view version = line.substr(lastBlank + 1);
    if (version != "HTTP/1.1" && version != "HTTP/1.0") return refuse(505);
    target_ = line.substr(firstBlank + 1, lastBlank - firstBlank - 1);
    if (target_.empty() || target_.front() != '/' || target_.find(' ') != std::string::npos) return refuse(400);

    head.remove_prefix(lineEnd + 2);
    while (!head.empty()) {
        const auto end = head.find("\r\n");
        if (const int status = readField(head.substr(0, end)); status != 0) return refuse(status);
        head.remove_prefix(end + 2);
    }
    if (host_.empty()) return refuse(400);
    if (line.substr(0, firstBlank) != "POST") return refuse(405);
    if (!lengthSeen_) return refuse(411);
    if (!formSeen_) return refuse(415);
    return state_;
}

// 0, or the status to refuse with.
int FormPostReader::readField(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || line.front() == ' ' || line.front() == '\t') return 400;
    const std::string name = foldedAscii(line.substr(0, colon));
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (name == "host") {
        if (!host_.empty()) return 400;
        host_ = foldedAscii(value);
    } else if (name == "content-length") {
        const auto [end, problem] = std::from_chars(value.data(), value.data() + value.size(), bodySize_);
        if (lengthSeen_ || problem != std::errc() || end != value.data() + value.size()) return 400;
        lengthSeen_ = true;
        if (bodySize_ > limits_.body) return 413;
    } else if (name == "transfer-encoding") {
        return 411;
    } else if (name == "content-type") {
        formSeen_ = foldedAscii(trimmed(value.substr(0, value.find(';')))) == "application/x-www-form-urlencoded";
    } else if (name == "sec-fetch-dest") {
        // A script of some page may post here; only a page the person is looking at submits a document.
        if (foldedAscii(value) != "document") return 403;
    }
    return 0;
}

} // namespace gw::cloud
