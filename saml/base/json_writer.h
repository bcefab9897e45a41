// JSON text, put together piece by piece. What is not UTF-8 becomes U+FFFD, so the result is always JSON.
#pragma once

#include "saml/base/utc_time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gw {

class JsonWriter {
public:
    JsonWriter& beginObject() { return open('{'); }
    JsonWriter& endObject() { return close('}'); }
    JsonWriter& beginArray() { return open('['); }
    JsonWriter& endArray() { return close(']'); }
    JsonWriter& key(std::string_view name);
    JsonWriter& string(std::string_view value);
    JsonWriter& number(std::int64_t value);
    JsonWriter& boolean(bool value) { return raw(value ? "true" : "false"); }
    JsonWriter& null() { return raw("null"); }
    // JSON text as it is.
    JsonWriter& raw(std::string_view json);
    // Ends one value of a stream of them: the next is no sibling of it.
    void endLine() {
        out_ += '\n';
        comma_ = false;
    }

    JsonWriter& member(std::string_view name, std::string_view value) { return key(name).string(value); }
    JsonWriter& memberOrNull(std::string_view name, std::string_view value) { return value.empty() ? key(name).null() : member(name, value); }
    JsonWriter& member(std::string_view name, std::optional<UtcTime> value);
    JsonWriter& member(std::string_view name, const std::vector<std::string>& values);
    JsonWriter& count(std::string_view name, std::size_t value) { return key(name).number(static_cast<std::int64_t>(value)); }

    [[nodiscard]] const std::string& text() const { return out_; }
    [[nodiscard]] std::string& text() { return out_; }

private:
    JsonWriter& open(char c);
    JsonWriter& close(char c);
    void separate();
    std::string out_;
    bool comma_ = false;
};

} // namespace gw
