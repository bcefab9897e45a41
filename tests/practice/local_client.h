// A tiny blocking HTTP client for the tests of the practice servers: keeps cookies, follows redirects, reads forms.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gw::test {

struct LocalResponse {
    int status = 0;                                           // 0: the server closed without an answer
    std::vector<std::pair<std::string, std::string>> headers; // names in lower case
    std::string body;
    [[nodiscard]] std::string header(std::string_view lowerCaseName) const;
};

using Fields = std::vector<std::pair<std::string, std::string>>;

[[nodiscard]] std::string encodeForm(const Fields& fields);

class LocalClient {
public:
    // "http://127.0.0.1:PORT/…": sends the bytes to that port and reads until the server closes or the answer is whole.
    [[nodiscard]] static LocalResponse exchange(const std::string& url, const std::string& bytes,
                                                std::chrono::milliseconds patience = std::chrono::milliseconds(10'000));
    // All that the server sends until it closes.
    [[nodiscard]] static std::string exchangeRaw(const std::string& url, const std::string& bytes,
                                                 std::chrono::milliseconds patience = std::chrono::milliseconds(10'000));

    [[nodiscard]] LocalResponse get(const std::string& url, const Fields& headers = {});
    [[nodiscard]] LocalResponse post(const std::string& url, const Fields& form, const Fields& headers = {});
    // Goes on with GET while the answer is a redirect to the same server.
    [[nodiscard]] LocalResponse follow(const std::string& url, LocalResponse response);

    [[nodiscard]] const std::map<std::string, std::string>& cookies() const { return cookies_; }
    void forgetCookies() { cookies_.clear(); }

private:
    [[nodiscard]] LocalResponse send(const std::string& method, const std::string& url, const std::string& body, Fields headers);
    std::map<std::string, std::string> cookies_;
};

// "127.0.0.1:PORT"
[[nodiscard]] std::string authorityOf(const std::string& url);
// "http://127.0.0.1:PORT"
[[nodiscard]] std::string originOf(const std::string& url);
// The five entities of XML.
[[nodiscard]] std::string decodeEntities(std::string text);
// The value of the input with that name, its entities decoded; "" where there is none.
[[nodiscard]] std::string inputValue(const std::string& html, const std::string& name);

} // namespace gw::test
