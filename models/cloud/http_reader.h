// Reads one HTTP/1.1 response (RFC 9112). Bytes in, response out; no network in here.
#pragma once

#include "models/cloud/http_client.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace gw::cloud {

class HttpReader {
public:
    // Cut: the connection ended before the response did.
    enum class State { Head, Body, Complete, Malformed, TooLarge, Cut };

    explicit HttpReader(std::size_t maxBodyBytes) : maxBody_(maxBodyBytes) {}
    ~HttpReader();
    HttpReader(const HttpReader&) = delete;
    HttpReader& operator=(const HttpReader&) = delete;

    State feed(std::string_view bytes);
    // The connection was closed: the end of a body that says no length, or a cut.
    State end();
    [[nodiscard]] State state() const { return state_; }
    // Whether anything came.
    [[nodiscard]] bool started() const { return headBytes_ > 0; }
    // Of a complete response: whether the connection is good for one more request (RFC 9112, section 9.3).
    [[nodiscard]] bool connectionGoesOn() const;
    // Once, where the state is Complete.
    [[nodiscard]] HttpResponse take();

private:
    enum class Framing { None, Length, Chunked, UntilClosed };
    enum class ChunkPart { Size, Data, DataEnd, Trailer };

    // Each takes what it can from the front and tells whether there may be more to take.
    bool takeHead(std::string_view& bytes);
    bool takeBody(std::string_view& bytes);
    bool takeChunk(std::string_view& bytes);
    bool takeLine(std::string_view& bytes, std::string& line);

    [[nodiscard]] bool readStatusLine(std::string_view line);
    [[nodiscard]] bool readField(std::string_view line);
    bool finishHead();
    bool append(std::string_view bytes);
    bool fail(State state);

    std::size_t maxBody_;
    State state_ = State::Head;
    Framing framing_ = Framing::UntilClosed;
    ChunkPart chunkPart_ = ChunkPart::Size;
    std::string line_;
    std::size_t headBytes_ = 0;
    std::size_t left_ = 0;      // of the body, or of the chunk
    bool lengthSeen_ = false;
    bool excess_ = false; // bytes came after it
    bool goesOn_ = false; // of HTTP/1.1
    HttpResponse response_;
    std::string body_;
};

} // namespace gw::cloud
