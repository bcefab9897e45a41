#include "models/estate/readers/json_pieces.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace gw::estate {
namespace {

// Lists whose elements mean the same without what stands beside the list.
bool isList(std::string_view name) {
    static constexpr auto names = std::to_array<std::string_view>(
        {"RoleDetailList", "UserDetailList", "GroupDetailList", "Policies",     "Roles",        "Users",        "Groups",
         "Functions",      "items",          "Items",           "item",         "services",     "virtualNodes", "Records",
         "SecretList",     "Namespaces",     "VpcEndpoints",    "InstanceProfiles"});
    return std::find(names.begin(), names.end(), name) != names.end();
}

class Cutter {
public:
    Cutter(std::string_view text, PieceSizes sizes, const std::function<void(JsonPiece)>& piece, const std::function<bool()>& goesOn)
        : text_(text), sizes_(sizes), piece_(piece), goesOn_(goesOn) {}

    void run() {
        if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
        for (skipBlanks(); at_ < text_.size() && goesOn_(); skipBlanks()) {
            const std::size_t begin = at_;
            const bool large = text_.size() - begin > sizes_.whole;
            if (large && cutAnswer()) continue;
            at_ = begin;
            if ((text_[at_] != '{' && text_[at_] != '[') || !skipValue()) at_ = text_.size();
            emit(text_.substr(begin, at_ - begin), begin);
        }
    }

private:
    // An object with a long list. False, and nothing was told, where it is none.
    bool cutAnswer() {
        if (text_[at_] != '{') return false;
        std::string envelope = "{";
        const std::size_t begin = at_++;
        bool cut = false;
        for (skipBlanks(); at_ < text_.size() && text_[at_] == '"'; skipBlanks()) {
            const std::size_t from = at_;
            if (!skipString()) break;
            const std::string_view name = text_.substr(from + 1, at_ - from - 2);
            skipBlanks();
            if (!take(':')) break;
            skipBlanks();
            if (at_ < text_.size() && text_[at_] == '[' && isList(name)) {
                cut = true;
                if (!cutList(std::string(name))) return true;
            } else {
                const std::size_t value = at_;
                // Without a list so far this may be anything: then it stays whole.
                if (!skipValue() || (!cut && (text_[value] == '{' || text_[value] == '['))) {
                    if (!cut) return false;
                    emit(text_.substr(from), from);
                    at_ = text_.size();
                    return true;
                }
                if (text_[value] != '{' && text_[value] != '[' && at_ - from < 65'536)
                    envelope += (envelope.size() > 1 ? "," : "") + std::string(text_.substr(from, at_ - from));
                else
                    emitMember(text_.substr(from, at_ - from), from);
            }
            skipBlanks();
            if (!take(',')) break;
        }
        if (!cut) return false;
        if (!take('}')) {
            emit(text_.substr(begin, 1), begin);
            at_ = text_.size();
            return true;
        }
        JsonPiece last{envelope + '}', {}, true};
        last.origin.at = positionOf(begin);
        piece_(std::move(last));
        return true;
    }

    // False where the text ends in the middle: the rest was told as it is.
    bool cutList(const std::string& name) {
        ++at_;
        std::size_t first = 0, index = 0, begin = std::string_view::npos, end = 0;
        const auto flush = [&] {
            if (begin != std::string_view::npos) emitElements(name, begin, end, first);
            begin = std::string_view::npos;
        };
        for (skipBlanks(); at_ < text_.size() && text_[at_] != ']'; skipBlanks()) {
            const std::size_t from = at_;
            if (!skipValue()) {
                flush();
                emitElements(name, from, text_.size(), index, false);
                at_ = text_.size();
                return false;
            }
            if (begin == std::string_view::npos) begin = from, first = index;
            end = at_;
            ++index;
            if (end - begin >= sizes_.list) {
                flush();
                if (!goesOn_()) {
                    at_ = text_.size();
                    return false;
                }
            }
            skipBlanks();
            if (!take(',')) break;
        }
        flush();
        if (index == 0) emitElements(name, at_, at_, 0);
        if (take(']')) return true;
        emit(text_.substr(at_), at_);
        at_ = text_.size();
        return false;
    }

    void emitElements(const std::string& name, std::size_t begin, std::size_t end, std::size_t first, bool closed = true) {
        JsonPiece piece;
        piece.text = "{\"" + name + "\":[";
        piece.origin = {positionOf(begin), static_cast<std::uint32_t>(piece.text.size()), "/" + name, first, false};
        piece.text += text_.substr(begin, end - begin);
        if (closed) piece.text += "]}";
        piece_(std::move(piece));
    }

    void emit(std::string_view text, std::size_t begin) {
        JsonPiece piece;
        piece.text = text;
        piece.origin.at = positionOf(begin);
        piece_(std::move(piece));
    }
    void emitMember(std::string_view text, std::size_t begin) {
        JsonPiece piece;
        piece.text = "{" + std::string(text) + "}";
        piece.origin.at = positionOf(begin);
        piece.origin.added = 1;
        piece.origin.whole = false;
        piece_(std::move(piece));
    }

    // Pieces come in order, so every octet is looked at once.
    policy::Position positionOf(std::size_t offset) {
        if (offset < counted_) return policy::positionIn(text_, offset);
        const std::string_view between = text_.substr(counted_, offset - counted_);
        line_ += static_cast<std::uint32_t>(std::count(between.begin(), between.end(), '\n'));
        if (const std::size_t feed = between.rfind('\n'); feed != std::string_view::npos) lineStart_ = counted_ + feed + 1;
        counted_ = offset;
        return {line_, static_cast<std::uint32_t>(offset - lineStart_) + 1};
    }

    void skipBlanks() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r')) ++at_;
    }
    bool take(char c) {
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    bool skipString() {
        for (std::size_t from = at_ + 1; from < text_.size();) {
            const void* found = std::memchr(text_.data() + from, '"', text_.size() - from);
            if (found == nullptr) return false;
            const auto quote = static_cast<std::size_t>(static_cast<const char*>(found) - text_.data());
            std::size_t slashes = 0;
            while (quote - slashes > at_ + 1 && text_[quote - slashes - 1] == '\\') ++slashes;
            from = quote + 1;
            if (slashes % 2 == 1) continue;
            at_ = from;
            return true;
        }
        return false;
    }
    // To the end of a value; what is inside its brackets is not looked at.
    bool skipValue() {
        std::size_t depth = 0;
        while (at_ < text_.size()) {
            switch (text_[at_]) {
            case '"':
                if (!skipString()) return false;
                break;
            case '{':
            case '[':
                ++depth;
                ++at_;
                continue;
            case '}':
            case ']':
                if (depth == 0) return true;
                --depth;
                ++at_;
                break;
            case ',':
                if (depth == 0) return true;
                ++at_;
                continue;
            default:
                ++at_;
                continue;
            }
            if (depth == 0) return true;
        }
        return false;
    }

    std::string_view text_;
    PieceSizes sizes_;
    const std::function<void(JsonPiece)>& piece_;
    const std::function<bool()>& goesOn_;
    std::size_t at_ = 0, counted_ = 0, lineStart_ = 0;
    std::uint32_t line_ = 1;
};

} // namespace

void cutJson(std::string_view text, PieceSizes sizes, const std::function<void(JsonPiece)>& piece, const std::function<bool()>& goesOn) {
    Cutter(text, sizes, piece, goesOn).run();
}

} // namespace gw::estate
