#include "saml/base/json_writer.h"

#include "saml/base/utf8.h"

namespace gw {
namespace {

void appendEscaped(std::string& out, std::string_view value) {
    static constexpr std::string_view hex = "0123456789abcdef";
    std::size_t plain = 0;
    for (std::size_t i = 0; i < value.size();) {
        const auto c = static_cast<unsigned char>(value[i]);
        if (c >= 0x20 && c != '"' && c != '\\' && c < 0x7F) {
            ++i;
            continue;
        }
        out += value.substr(plain, i - plain);
        std::size_t used = 1;
        if (c == '"' || c == '\\') {
            out += '\\';
            out += static_cast<char>(c);
        } else if (c == '\n') {
            out += "\\n";
        } else if (c < 0x20 || c == 0x7F) {
            out += "\\u00";
            out += hex[c >> 4U];
            out += hex[c & 15U];
        } else if ((used = utf8SequenceLength(value, i)) != 0) {
            out += value.substr(i, used);
        } else {
            out += "\xEF\xBF\xBD";
            used = 1;
        }
        i += used;
        plain = i;
    }
    out += value.substr(plain);
}

} // namespace

void JsonWriter::separate() {
    if (comma_) out_ += ',';
    comma_ = true;
}

JsonWriter& JsonWriter::open(char c) {
    separate();
    out_ += c;
    comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::close(char c) {
    out_ += c;
    comma_ = true;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    string(name);
    out_ += ':';
    comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
    separate();
    out_ += '"';
    appendEscaped(out_, value);
    out_ += '"';
    return *this;
}

JsonWriter& JsonWriter::number(std::int64_t value) {
    return raw(std::to_string(value));
}

JsonWriter& JsonWriter::raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
}

JsonWriter& JsonWriter::member(std::string_view name, std::optional<UtcTime> value) {
    return value ? member(name, value->toRfc3339()) : key(name).null();
}

JsonWriter& JsonWriter::member(std::string_view name, const std::vector<std::string>& values) {
    key(name).beginArray();
    for (const std::string& one : values) string(one);
    return endArray();
}

} // namespace gw
