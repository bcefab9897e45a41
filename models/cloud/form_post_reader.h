// Reads one HTTP/1.1 request that a browser sends when it submits a form, and refuses everything else. Bytes in, verdict
// out; no network in here.
#pragma once

#include "saml/base/secret.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace gw::cloud {

struct FormPostLimits {
    std::size_t head = 16 * 1024;
    std::size_t body = std::size_t{2} << 20;
};

class FormPostReader {
public:
    enum class State { Reading, Complete, Refused };

    explicit FormPostReader(FormPostLimits limits = {}) : limits_(limits) {}
    ~FormPostReader();
    FormPostReader(const FormPostReader&) = delete;
    FormPostReader& operator=(const FormPostReader&) = delete;

    State feed(std::string_view bytes);
    [[nodiscard]] State state() const { return state_; }
    // The HTTP status that says why it was refused.
    [[nodiscard]] int refusal() const { return refusal_; }

    // Of the request line, as sent: path and query.
    [[nodiscard]] const std::string& target() const { return target_; }
    // The Host header, lower case.
    [[nodiscard]] const std::string& host() const { return host_; }
    [[nodiscard]] std::string_view body() const;

private:
    State refuse(int status);
    State readHead(std::string_view head);
    [[nodiscard]] int readField(std::string_view line);

    FormPostLimits limits_;
    State state_ = State::Reading;
    int refusal_ = 0;
    std::string buffer_;
    std::size_t bodyBegin_ = 0;     // 0 while the head is read
    std::size_t bodySize_ = 0;
    bool lengthSeen_ = false;
    bool formSeen_ = false;
    std::string target_;
    std::string host_;
};

} // namespace gw::cloud
