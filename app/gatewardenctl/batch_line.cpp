#include "app/gatewardenctl/batch_line.h"

#include "saml/base/percent.h"
#include "saml/base/utf8.h"
#include "saml/inspect/inspect_rules.h"
#include "saml/xml/text_gate.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace gw::ctl {
namespace {

namespace rules = inspect::rules;

constexpr int maxDepth = 64;

class Reader {
public:
    Reader(std::string_view text, BatchLine& line) : text_(text), line_(line) {}

    void run() {
        skipBlanks();
        if (at_ == text_.size()) return problem(rules::emptyLine);
        const bool ok = object();
        skipBlanks();
        if (!ok || at_ != text_.size()) line_.problem = refusal(rules::malformedJson, {{"offset", std::to_string(at_)}});
    }

private:
    // RFC 8259 leaves doubled keys open, so they are refused.
    static constexpr std::array<std::string_view, 11> keys{"id",  "response", "xml",      "certificates", "metadata",    "at",
                                                           "acs", "audience", "policy",   "decrypt_keys", "skip"};

    void problem(const saml::Rule& rule, std::vector<Fact> facts = {}) {
        if (!line_.problem) line_.problem = refusal(rule, std::move(facts));
    }

    void skipBlanks() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\r')) ++at_;
    }

    bool take(char c) {
        skipBlanks();
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }

    bool object() {
        if (!take('{')) return false;
        if (take('}')) return true;
        do {
            skipBlanks();
            std::string key;
            if (!string(key) || !take(':')) return false;
            skipBlanks();
            const auto known = std::find(keys.begin(), keys.end(), key);
            if (known == keys.end()) {
                if (key.size() > 80) key.resize(80);
                problem(rules::unknownKey, {{"seen", key}});
                if (!skipValue(0)) return false;
                continue;
            }
            const auto bit = 1U << static_cast<unsigned>(known - keys.begin());
            if ((seen_ & bit) != 0) return false;
            seen_ |= bit;
            if (!value(key)) return false;
        } while (take(','));
        return take('}');
    }

    bool value(const std::string& key) {
        if (key == "id") return id();
        const std::size_t start = at_;
        bool fits = true;
        if (text_.substr(at_, 4) == "null") {
            at_ += 4;
            return true;
        }
        if (key == "response" || key == "xml") {
            std::string text;
            fits = at_ < text_.size() && text_[at_] == '"';
            if (fits && !string(text)) return false;
            if (fits) (key == "xml" ? line_.xml : line_.response) = Secret(std::move(text));
        } else if (key == "metadata" || key == "at" || key == "policy") {
            std::string text;
            fits = at_ < text_.size() && text_[at_] == '"';
            if (fits && !string(text)) return false;
            if (fits) (key == "metadata" ? line_.metadata : key == "at" ? line_.at : line_.policy) = std::move(text);
        } else {
            std::vector<std::string> list;
            if (!strings(list, fits)) return false;
            if (fits) store(key, std::move(list));
        }
        if (fits) return true;
        problem(rules::badJsonValue, {{"seen", key}});
        at_ = start;
        return skipValue(0);
    }

    void store(const std::string& key, std::vector<std::string> list) {
        if (key == "certificates")
            line_.certificates = std::move(list);
        else if (key == "acs")
            line_.acs = std::move(list);
        else if (key == "audience")
            line_.audience = std::move(list);
        else if (key == "skip")
            line_.skip = std::move(list);
        else
            for (std::string& one : list) line_.decryptKeys.emplace_back(std::move(one));
    }

    bool strings(std::vector<std::string>& list, bool& fits) {
        fits = take('[');
        if (!fits || take(']')) return true;
        do {
            skipBlanks();
            fits = at_ < text_.size() && text_[at_] == '"';
            if (!fits) return true;
            std::string one;
            if (!string(one)) return false;
            list.push_back(std::move(one));
        } while (take(','));
        return take(']');
    }

    // Any scalar; echoed as it was written.
    bool id() {
        const std::size_t start = at_;
        if (at_ < text_.size() && (text_[at_] == '{' || text_[at_] == '[')) {
            problem(rules::badJsonValue, {{"seen", "id"}});
            return skipValue(0);
        }
        if (!skipValue(0)) return false;
        if (at_ - start > 4096)
            problem(rules::badJsonValue, {{"seen", "id"}});
        else
            line_.id = text_.substr(start, at_ - start);
        return true;
    }

    bool fourDigits(std::uint32_t& out) {
        out = 0;
        for (int i = 0; i < 4; ++i, ++at_) {
            const int digit = at_ < text_.size() ? hexDigit(text_[at_]) : -1;
            if (digit < 0) return false;
            out = out * 16 + static_cast<std::uint32_t>(digit);
        }
        return true;
    }

    bool escape(std::string& out) {
        ++at_;
        if (at_ >= text_.size()) return false;
        const char c = text_[at_++];
        constexpr std::string_view from = "\"\\/bfnrt";
        constexpr std::string_view to = "\"\\/\b\f\n\r\t";
        if (const std::size_t plain = from.find(c); plain != std::string_view::npos) {
            out += to[plain];
            return true;
        }
        std::uint32_t point = 0;
        if (c != 'u' || !fourDigits(point)) return false;
        if (point >= 0xDC00 && point < 0xE000) return false;
        if (point >= 0xD800 && point < 0xDC00) {
            std::uint32_t low = 0;
            if (text_.substr(at_, 2) != "\\u") return false;
            at_ += 2;
            if (!fourDigits(low) || low < 0xDC00 || low >= 0xE000) return false;
            point = 0x10000 + ((point - 0xD800) << 10U) + (low - 0xDC00);
        }
        appendUtf8(out, point);
        return true;
    }

    bool string(std::string& out) {
        if (at_ >= text_.size() || text_[at_] != '"') return false;
        ++at_;
        std::size_t plain = at_;
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '"') {
                out.append(text_, plain, at_ - plain);
                ++at_;
                return true;
            }
            if (c >= 0 && c < 0x20) return false;
            if (c != '\\') {
                ++at_;
                continue;
            }
            // Growing by small steps would leave copies of a response behind.
            if (out.capacity() == 0) out.reserve(std::min(text_.find('\n', at_), text_.size()) - plain);
            out.append(text_, plain, at_ - plain);
            if (!escape(out)) return false;
            plain = at_;
        }
        return false;
    }

    bool number() {
        const std::size_t start = at_;
        const auto digits = [&] {
            const std::size_t from = at_;
            while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9') ++at_;
            return at_ > from;
        };
        if (text_[at_] == '-') ++at_;
        const std::size_t first = at_;
        if (!digits() || (text_[first] == '0' && at_ - first > 1)) return false;
        if (at_ < text_.size() && text_[at_] == '.') {
            ++at_;
            if (!digits()) return false;
        }
        if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
            ++at_;
            if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
            if (!digits()) return false;
        }
        return at_ > start;
    }

    bool skipValue(int depth) {
        skipBlanks();
        if (at_ >= text_.size() || depth > maxDepth) return false;
        const char c = text_[at_];
        if (c == '"') {
            std::string ignored;
            return string(ignored);
        }
        for (const std::string_view word : {"true", "false", "null"})
            if (text_.substr(at_, word.size()) == word) {
                at_ += word.size();
                return true;
            }
        if (c != '{' && c != '[') return number();
        const char end = c == '{' ? '}' : ']';
        ++at_;
        if (take(end)) return true;
        do {
            if (c == '{') {
                skipBlanks();
                std::string ignored;
                if (!string(ignored) || !take(':')) return false;
            }
            if (!skipValue(depth + 1)) return false;
        } while (take(','));
        return take(end);
    }

    std::string_view text_;
    BatchLine& line_;
    std::size_t at_ = 0;
    unsigned seen_ = 0;
};

} // namespace

BatchLine readBatchLine(std::string_view text) {
    BatchLine line;
    Reader(text, line).run();
    if (xml::checkEncoding(text)) return line;
    if (!line.problem) line.problem = refusal(rules::malformedJson, {{"seen", "not UTF-8"}});
    if (!xml::checkEncoding(line.id)) line.id = "null";
    return line;
}

} // namespace gw::ctl
