// HTTP responses in every framing, cut and split at every byte, and those that are none.
#include "models/cloud/http_reader.h"

#include <gtest/gtest.h>

using namespace gw::cloud;
using State = HttpReader::State;

namespace {

struct GoodRow {
    const char* name;
    std::string bytes;
    int status;
    std::string body;
    bool untilClosed = false;
};
void PrintTo(const GoodRow& row, std::ostream* out) {
    *out << row.name;
}

class GoodResponse : public testing::TestWithParam<GoodRow> {};

TEST_P(GoodResponse, IsReadHoweverItIsSplit) {
    const GoodRow& row = GetParam();
    for (std::size_t step = 1; step <= row.bytes.size(); ++step) {
        HttpReader reader(1000);
        for (std::size_t at = 0; at < row.bytes.size(); at += step) reader.feed(std::string_view(row.bytes).substr(at, step));
        EXPECT_EQ(reader.state(), row.untilClosed ? State::Body : State::Complete) << step;
        ASSERT_EQ(reader.end(), State::Complete) << step;
        const HttpResponse response = reader.take();
        EXPECT_EQ(response.status, row.status);
        EXPECT_EQ(response.body.reveal(), row.body);
    }
}

TEST_P(GoodResponse, CutShortIsNeverComplete) {
    const GoodRow& row = GetParam();
    for (std::size_t size = 0; size < row.bytes.size(); ++size) {
        HttpReader reader(1000);
        reader.feed(std::string_view(row.bytes).substr(0, size));
        const bool inOpenBody = row.untilClosed && reader.state() == State::Body;
        EXPECT_EQ(reader.end(), inOpenBody ? State::Complete : State::Cut) << size;
    }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, GoodResponse,
    testing::Values(GoodRow{"length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello"},
                    GoodRow{"no_reason", "HTTP/1.1 404\r\ncontent-length:0\r\n\r\n", 404, ""},
                    GoodRow{"line_feeds_only", "HTTP/1.0 200 OK\nContent-Length: 2\n\nhi", 200, "hi"},
                    GoodRow{"until_closed", "HTTP/1.1 200 OK\r\nServer: x\r\n\r\nall of it", 200, "all of it", true},
                    GoodRow{"chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;ext=1\r\n0123456789\r\n0\r\n\r\n", 200, "abc0123456789"},
                    GoodRow{"trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n1\r\nx\r\n0\r\nExpires: 0\r\nX: y\r\n\r\n", 200, "x"},
                    GoodRow{"chunked_beats_length", "HTTP/1.1 200 OK\r\nContent-Length: 900\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n", 200, "x"},
                    GoodRow{"same_length_twice", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", 200, "x"},
                    GoodRow{"interim", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", 200, "x"},
                    GoodRow{"no_content", "HTTP/1.1 204 No Content\r\n\r\n", 204, ""},
                    GoodRow{"not_modified", "HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n", 304, ""}),
    [](const auto& row) { return std::string(row.param.name); });

struct BadRow {
    const char* name;
    std::string bytes;
    State expected;
};
void PrintTo(const BadRow& row, std::ostream* out) {
    *out << row.name;
}

class BadResponse : public testing::TestWithParam<BadRow> {};

TEST_P(BadResponse, IsRefusedHoweverItIsSplit) {
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, GetParam().bytes.size()}) {
        HttpReader reader(100);
        for (std::size_t at = 0; at < GetParam().bytes.size(); at += step) reader.feed(std::string_view(GetParam().bytes).substr(at, step));
        EXPECT_EQ(reader.state(), GetParam().expected) << step;
    }
}

const std::string ok = "HTTP/1.1 200 OK\r\n";

INSTANTIATE_TEST_SUITE_P(
    Rows, BadResponse,
    testing::Values(BadRow{"not_http", "SSH-2.0", State::Malformed}, BadRow{"tls_alert", "\x15\x03\x03", State::Malformed},
                    BadRow{"http2", "HTTP/2 200\r\n\r\n", State::Malformed}, BadRow{"no_status", "HTTP/1.1 abc\r\n", State::Malformed},
                    BadRow{"status_600", "HTTP/1.1 600 X\r\n", State::Malformed}, BadRow{"status_1000", "HTTP/1.1 2000 X\r\n", State::Malformed},
                    BadRow{"folded_header", ok + "A: b\r\n c\r\n\r\n", State::Malformed}, BadRow{"no_colon", ok + "what\r\n", State::Malformed},
                    BadRow{"two_lengths", ok + "Content-Length: 1\r\nContent-Length: 2\r\n", State::Malformed},
                    BadRow{"negative_length", ok + "Content-Length: -1\r\n", State::Malformed},
                    BadRow{"length_list", ok + "Content-Length: 1, 1\r\n", State::Malformed},
                    BadRow{"length_overflow", ok + "Content-Length: 99999999999999999999999\r\n", State::Malformed},
                    BadRow{"length_too_large", ok + "Content-Length: 101\r\n\r\n", State::TooLarge},
                    BadRow{"gzip_transfer", ok + "Transfer-Encoding: gzip, chunked\r\n", State::Malformed},
                    BadRow{"chunk_size_no_number", ok + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", State::Malformed},
                    BadRow{"chunk_size_negative", ok + "Transfer-Encoding: chunked\r\n\r\n-1\r\n", State::Malformed},
                    BadRow{"chunk_too_large", ok + "Transfer-Encoding: chunked\r\n\r\nffffffffffff\r\n", State::TooLarge},
                    BadRow{"chunks_too_large", ok + "Transfer-Encoding: chunked\r\n\r\n40\r\n" + std::string(64, 'x') + "\r\n40\r\n" + std::string(64, 'x'), State::TooLarge},
                    BadRow{"chunk_longer_than_said", ok + "Transfer-Encoding: chunked\r\n\r\n1\r\nxy\r\n", State::Malformed},
                    BadRow{"endless_chunk_line", ok + "Transfer-Encoding: chunked\r\n\r\n1;" + std::string(2000, 'x'), State::Malformed},
                    BadRow{"endless_trailers", ok + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + [] {
                               std::string lines;
                               for (int i = 0; i < 2000; ++i) lines += "Trailer: of some length that adds up\r\n";
                               return lines;
                           }(), State::Malformed},
                    BadRow{"open_body_too_large", ok + "\r\n" + std::string(101, 'x'), State::TooLarge},
                    BadRow{"endless_head", ok + "A: " + std::string(70'000, 'x'), State::TooLarge},
                    BadRow{"many_headers", ok + [] {
                               std::string lines;
                               for (int i = 0; i < 9000; ++i) lines += "A: bcd\r\n";
                               return lines;
                           }(), State::TooLarge}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(HttpReader, HeadersAndDate) {
    HttpReader reader(10);
    reader.feed("HTTP/1.1 200 OK\r\nDATE: Tue, 24 Nov 2026 13:05:00 GMT\r\nX-Amzn-RequestId:\t r-1 \r\nContent-Length: 0\r\n\r\n");
    ASSERT_EQ(reader.state(), State::Complete);
    const HttpResponse response = reader.take();
    EXPECT_EQ(response.header("x-amzn-requestid"), "r-1");
    EXPECT_EQ(response.header("absent"), "");
    ASSERT_TRUE(response.date);
    EXPECT_EQ(response.date->toRfc3339(), "2026-11-24T13:05:00Z");
}

TEST(HttpReader, WhatFollowsTheResponseIsNotReadIn) {
    HttpReader reader(10);
    reader.feed("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhiHTTP/1.1 500 X\r\n\r\n");
    ASSERT_EQ(reader.state(), State::Complete);
    EXPECT_FALSE(reader.connectionGoesOn());
    EXPECT_EQ(reader.take().body.reveal(), "hi");
}

TEST(HttpReader, TellsWhetherTheConnectionGoesOn) {
    const auto goesOn = [](const char* bytes) {
        HttpReader reader(100);
        reader.feed(bytes);
        (void)reader.end();
        return reader.state() == State::Complete && reader.connectionGoesOn();
    };
    EXPECT_TRUE(goesOn("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"));
    EXPECT_TRUE(goesOn("HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"));
    EXPECT_TRUE(goesOn("HTTP/1.1 204 None\r\n\r\n"));
    EXPECT_FALSE(goesOn("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive, Close\r\n\r\nhi"));
    EXPECT_FALSE(goesOn("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi"));
    EXPECT_FALSE(goesOn("HTTP/1.1 200 OK\r\n\r\nuntil the end"));
}

} // namespace
