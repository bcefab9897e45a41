#include "app/practice/http_message.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace gw::practice {
namespace {

using State = RequestParser::State;

std::string head(const std::string& line, const std::string& fields = "Host: 127.0.0.1:1\r\n") {
    return line + "\r\n" + fields + "\r\n";
}

TEST(RequestParser, ReadsARequestInOneAndInSinglePieces) {
    const std::string bytes = "POST /a/b?c=d HTTP/1.1\r\nHost: h\r\nX-Two: 1\r\nX-TWO:\t 2 \r\nContent-Length: 5\r\n\r\nhello";
    for (const std::size_t step : {bytes.size(), std::size_t{1}}) {
        RequestParser parser({});
        State state = State::NeedMore;
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            ASSERT_EQ(state, State::NeedMore);
            state = parser.feed(std::string_view(bytes).substr(at, step));
        }
        ASSERT_EQ(state, State::Complete);
        const HttpRequest request = parser.take();
        EXPECT_EQ(request.method, "POST");
        EXPECT_EQ(request.target, "/a/b?c=d");
        EXPECT_EQ(request.path, "/a/b");
        EXPECT_EQ(request.query, "c=d");
        EXPECT_EQ(request.body, "hello");
        EXPECT_EQ(request.header("x-two"), "1");
        EXPECT_EQ(request.count("x-two"), 2U);
        EXPECT_TRUE(request.keepAlive());
        EXPECT_FALSE(parser.started());
    }
}

TEST(RequestParser, KeepsTheNextRequest) {
    RequestParser parser({});
    ASSERT_EQ(parser.feed("\r\n" + head("GET /1 HTTP/1.1") + head("GET /2 HTTP/1.0")), State::Complete);
    EXPECT_EQ(parser.take().path, "/1");
    ASSERT_TRUE(parser.started());
    ASSERT_EQ(parser.feed({}), State::Complete);
    const HttpRequest second = parser.take();
    EXPECT_EQ(second.path, "/2");
    EXPECT_FALSE(second.keepAlive());
}

struct Refused {
    std::string name;
    std::string bytes;
    int status;
};

class RefusedRequests : public ::testing::TestWithParam<Refused> {};

TEST_P(RefusedRequests, GetTheStatusThatSaysWhy) {
    RequestParser parser({.requestLine = 100, .head = 400, .headerCount = 4, .body = 10});
    ASSERT_EQ(parser.feed(GetParam().bytes), State::Failed);
    EXPECT_EQ(parser.failure(), GetParam().status);
    EXPECT_EQ(parser.feed("GET / HTTP/1.1\r\n\r\n"), State::Failed);
}

INSTANTIATE_TEST_SUITE_P(
    All, RefusedRequests,
    ::testing::Values(
        Refused{"NoVersion", head("GET /"), 400}, Refused{"TwoSpaces", head("GET  / HTTP/1.1"), 400},
        Refused{"AbsoluteTarget", head("GET http://a/ HTTP/1.1"), 400}, Refused{"MethodWithSpace", head("G(T / HTTP/1.1"), 400},
        Refused{"Version2", head("GET / HTTP/2.0"), 505}, Refused{"NotHttp", head("GET / FTP/1.0"), 400},
        Refused{"NoHost", head("GET / HTTP/1.1", ""), 400},
        Refused{"TwoHosts", head("GET / HTTP/1.1", "Host: a\r\nHost: b\r\n"), 400},
        Refused{"Folded", head("GET / HTTP/1.1", "Host: a\r\nX: 1\r\n 2\r\n"), 400},
        Refused{"BlankBeforeColon", head("GET / HTTP/1.1", "Host : a\r\n"), 400},
        Refused{"NulInValue", head("GET / HTTP/1.1", std::string("Host: a\r\nX: \0\r\n", 15)), 400},
        Refused{"BareLineFeed", head("GET / HTTP/1.1", "Host: a\nX: 1\r\n"), 400},
        Refused{"Chunked", head("POST / HTTP/1.1", "Host: a\r\nTransfer-Encoding: chunked\r\n"), 501},
        Refused{"ChunkedAndLength", head("POST / HTTP/1.1", "Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n"),
                400},
        Refused{"TwoLengths", head("POST / HTTP/1.1", "Host: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n"), 400},
        Refused{"NegativeLength", head("POST / HTTP/1.1", "Host: a\r\nContent-Length: -1\r\n"), 400},
        Refused{"SignedLength", head("POST / HTTP/1.1", "Host: a\r\nContent-Length: +1\r\n"), 400},
        Refused{"HugeLength", head("POST / HTTP/1.1", "Host: a\r\nContent-Length: 99999999999999999999999\r\n"), 413},
        Refused{"BodyTooLarge", head("POST / HTTP/1.1", "Host: a\r\nContent-Length: 11\r\n"), 413},
        Refused{"LineTooLong", "GET /" + std::string(200, 'x'), 414},
        Refused{"HeadTooLong", "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(500, 'x'), 431},
        Refused{"TooManyFields", head("GET / HTTP/1.1", "Host: a\r\nA: 1\r\nB: 1\r\nC: 1\r\nD: 1\r\n"), 431},
        Refused{"OtherExpectation", head("POST / HTTP/1.1", "Host: a\r\nExpect: tea\r\nContent-Length: 1\r\n"), 417}),
    [](const auto& one) { return one.param.name; });

TEST(RequestParser, AsksForTheBodyOnce) {
    RequestParser parser({});
    ASSERT_EQ(parser.feed("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"), State::NeedMore);
    EXPECT_TRUE(parser.takeExpectContinue());
    EXPECT_FALSE(parser.takeExpectContinue());
    EXPECT_EQ(parser.feed("ab"), State::Complete);
}

TEST(HttpRequest, FindsCookies) {
    HttpRequest request;
    request.headers = {{"cookie", "a=1; nwr_session=abc=; b=2"}};
    EXPECT_EQ(request.cookie("a"), "1");
    EXPECT_EQ(request.cookie("nwr_session"), "abc=");
    EXPECT_EQ(request.cookie("b"), "2");
    EXPECT_EQ(request.cookie("session"), "");
}

TEST(Form, DecodesAndRefusesBrokenEscapes) {
    const auto fields = parseForm("a=1+2&b=%2b%3D&&c&a=3");
    ASSERT_TRUE(fields);
    EXPECT_EQ(formValue(*fields, "a"), "1 2");
    EXPECT_EQ(formValue(*fields, "b"), "+=");
    EXPECT_EQ(formValue(*fields, "c"), "");
    EXPECT_FALSE(formValue(*fields, "d"));
    for (const char* broken : {"a=%", "a=%1", "a=%zz", "%=1"}) EXPECT_FALSE(parseForm(broken)) << broken;
}

TEST(Serialize, WritesStatusDateAndLength) {
    const HttpResponse response{200, {{"X", "y"}}, "body", {}};
    const UtcTime time = UtcTime::fromUnixSeconds(1795525504);
    EXPECT_EQ(serialize(response, time, true, false), "HTTP/1.1 200 OK\r\nDate: Tue, 24 Nov 2026 13:05:04 GMT\r\nX: "
                                                      "y\r\nContent-Length: 4\r\nConnection: keep-alive\r\n\r\nbody");
    EXPECT_TRUE(serialize(response, time, false, true).ends_with("Content-Length: 4\r\nConnection: close\r\n\r\n"));
    const auto parsed = UtcTime::parseHttpDate(httpDate(time));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(*parsed, time);
}

} // namespace
} // namespace gw::practice
