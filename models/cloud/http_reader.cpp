#include "models/cloud/http_reader.h"

#include "saml/base/ascii.h"

#include <algorithm>
#include <charconv>

namespace gw::cloud {
namespace {

constexpr std::size_t maxHead = 64 * 1024;
constexpr std::size_t maxChunkLine = 1024;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

bool readNumber(std::string_view text, int base, std::size_t& value) {
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    return problem == std::errc() && end == text.data() + text.size() && !text.empty();
}

} // namespace

HttpReader::~HttpReader() {
    wipe(body_.data(), body_.size());
}

HttpReader::State HttpReader::feed(std::string_view bytes) {
    while (state_ == State::Head ? takeHead(bytes) : state_ == State::Body && takeBody(bytes)) {
    }
    excess_ = excess_ || !bytes.empty();
    return state_;
}

bool HttpReader::connectionGoesOn() const {
    return state_ == State::Complete && goesOn_ && !excess_ && framing_ != Framing::UntilClosed &&
           foldedAscii(response_.header("connection")).find("close") == std::string::npos;
}

HttpReader::State HttpReader::end() {
    if (state_ == State::Body && framing_ == Framing::UntilClosed) state_ = State::Complete;
    if (state_ == State::Head || state_ == State::Body) state_ = State::Cut;
    return state_;
}

HttpResponse HttpReader::take() {
    response_.body = Secret(std::move(body_));
    if (const auto date = UtcTime::parseHttpDate(response_.header("date"))) response_.date = *date;
    return std::move(response_);
}

bool HttpReader::fail(State state) {
    state_ = state;
    return false;
}

bool HttpReader::takeLine(std::string_view& bytes, std::string& line) {
    const auto end = bytes.find('\n');
    line += bytes.substr(0, end);
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    return end != std::string_view::npos;
}

bool HttpReader::takeHead(std::string_view& bytes) {
    const std::size_t before = bytes.size();
    const bool whole = takeLine(bytes, line_);
    headBytes_ += before - bytes.size();
    if (headBytes_ > maxHead) return fail(State::TooLarge);
    // What does not begin like HTTP is told at once: it may never send a line end.
    constexpr std::string_view begin = "HTTP/1.";
    if (response_.status == 0 && line_.substr(0, begin.size()) != begin.substr(0, line_.size())) return fail(State::Malformed);
    if (!whole) return false;
    const std::string line = std::move(line_);
    line_.clear();
    if (response_.status == 0) return readStatusLine(line) || fail(State::Malformed);
    if (!trimmed(line).empty()) return readField(line) || fail(State::Malformed);
    return finishHead();
}

// "HTTP/1.1 200 OK"
bool HttpReader::readStatusLine(std::string_view line) {
    std::size_t status = 0;
    if (line.size() < 12 || line[8] != ' ' || !readNumber(line.substr(9, 3), 10, status) || status < 100 || status > 599) return false;
    if (line.size() > 12 && line[12] != ' ' && line[12] != '\r') return false;
    response_.status = static_cast<int>(status);
    goesOn_ = line[7] == '1';
    return true;
}

bool HttpReader::readField(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || colon == 0 || line.front() == ' ' || line.front() == '\t') return false;
    const std::string name = foldedAscii(line.substr(0, colon));
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (name == "content-length") {
        std::size_t length = 0;
        if (!readNumber(value, 10, length) || (lengthSeen_ && length != left_)) return false;
        lengthSeen_ = true;
        left_ = length;
        if (framing_ != Framing::Chunked) framing_ = Framing::Length;
    } else if (name == "transfer-encoding") {
        if (foldedAscii(value) != "chunked") return false;
        framing_ = Framing::Chunked;
    }
    response_.headers.push_back({name, std::string(value)});
    return true;
}

bool HttpReader::finishHead() {
    if (response_.status < 200) {
        // An interim response: the real one follows.
        response_ = {};
        framing_ = Framing::UntilClosed;
        lengthSeen_ = false;
        left_ = 0;
        return true;
    }
    if (response_.status == 204 || response_.status == 304) framing_ = Framing::None;
    if (framing_ == Framing::None || (framing_ == Framing::Length && left_ == 0)) {
        state_ = State::Complete;
        return false;
    }
    if (framing_ == Framing::Length) {
        if (left_ > maxBody_) return fail(State::TooLarge);
        body_.reserve(left_);
    }
    state_ = State::Body;
    return true;
}

bool HttpReader::append(std::string_view bytes) {
    if (body_.size() + bytes.size() > maxBody_) return fail(State::TooLarge);
    if (body_.size() + bytes.size() > body_.capacity()) {
        // Grows without leaving the old bytes behind in freed memory.
        std::string larger;
        larger.reserve(std::max(body_.size() + bytes.size(), body_.capacity() * 2));
        larger.append(body_);
        wipe(body_.data(), body_.size());
        body_ = std::move(larger);
    }
    body_.append(bytes);
    return true;
}

bool HttpReader::takeBody(std::string_view& bytes) {
    if (bytes.empty()) return false;
    if (framing_ == Framing::Chunked) return takeChunk(bytes);
    const std::string_view part = framing_ == Framing::Length ? bytes.substr(0, left_) : bytes;
    if (!append(part)) return false;
    bytes.remove_prefix(part.size());
    if (framing_ == Framing::Length && (left_ -= part.size()) == 0) {
        state_ = State::Complete;
        return false;
    }
    return true;
}

bool HttpReader::takeChunk(std::string_view& bytes) {
    if (chunkPart_ == ChunkPart::Data) {
        const std::string_view part = bytes.substr(0, left_);
        if (!append(part)) return false;
        bytes.remove_prefix(part.size());
        left_ -= part.size();
        if (left_ == 0) chunkPart_ = ChunkPart::DataEnd;
        return true;
    }
    const bool whole = takeLine(bytes, line_);
    headBytes_ += chunkPart_ == ChunkPart::Trailer ? line_.size() : 0;
    if (line_.size() > maxChunkLine || headBytes_ > maxHead) return fail(State::Malformed);
    if (!whole) return false;
    const std::string line = std::move(line_);
    line_.clear();
    switch (chunkPart_) {
    case ChunkPart::Size:
        if (!readNumber(trimmed(std::string_view(line).substr(0, line.find(';'))), 16, left_)) return fail(State::Malformed);
        if (left_ > maxBody_) return fail(State::TooLarge);
        chunkPart_ = left_ == 0 ? ChunkPart::Trailer : ChunkPart::Data;
        return true;
    case ChunkPart::DataEnd:
        if (!trimmed(line).empty()) return fail(State::Malformed);
        chunkPart_ = ChunkPart::Size;
        return true;
    case ChunkPart::Trailer:
        if (trimmed(line).empty()) state_ = State::Complete;
        return state_ == State::Body;
    case ChunkPart::Data: break;
    }
    return false;
}

} // namespace gw::cloud
