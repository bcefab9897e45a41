#include "models/mesh/toml/section.h"

#include <algorithm>

namespace gw::mesh::toml {
namespace {

// Of lines that version control writes where two changes meet.
bool isConflict(std::string_view line) {
    return line.starts_with("<<<<<<<") || line.starts_with(">>>>>>>") || line.starts_with("|||||||") ||
           (line.starts_with("=======") && line.find_first_not_of("=\r") == std::string_view::npos);
}

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text), scanner_(text) {}

    [[nodiscard]] const std::optional<Error>& problem() const { return scanner_.problem(); }

    // Up to the next header; `begin` is where the section's own text begins.
    bool readSection(Section& into, bool first) {
        const std::size_t begin = next_;
        comments_.reset();
        if (!first && !readHeader(into)) return false;
        while (!scanner_.atEnd()) {
            const std::size_t line = scanner_.at();
            if (isConflict(text_.substr(line, std::min(text_.find('\n', line), text_.size()) - line)))
                return scanner_.wrong(TomlError::MergeConflict, line);
            scanner_.skipBlanks();
            if (scanner_.isNext('[')) break;
            if (scanner_.isNext('#')) {
                if (!comments_) comments_ = line;
                if (!scanner_.finishLine()) return false;
                continue;
            }
            comments_.reset();
            if (scanner_.isNext('\n') || scanner_.isNext('\r') || scanner_.atEnd()) {
                if (!scanner_.finishLine()) return false;
                continue;
            }
            Entry& entry = into.entries.emplace_back();
            if (!scanner_.readEntry(entry)) return false;
            entry.span.begin = static_cast<std::uint32_t>(line);
            if (!scanner_.finishLine()) return false;
        }
        header_ = scanner_.at();
        next_ = scanner_.atEnd() ? text_.size() : comments_.value_or(lineOf(header_));
        into.text = text_.substr(begin, next_ - begin);
        shift(into, static_cast<std::uint32_t>(begin));
        return true;
    }
    [[nodiscard]] bool atEnd() const { return scanner_.atEnd(); }

private:
    std::size_t lineOf(std::size_t at) const {
        const std::size_t feed = text_.substr(0, at).rfind('\n');
        return feed == std::string_view::npos ? 0 : feed + 1;
    }

    bool readHeader(Section& into) {
        const std::size_t begin = scanner_.at();
        if (!scanner_.take('[')) return false;
        into.listed = scanner_.isNext('[');
        if (into.listed && !scanner_.take('[')) return false;
        scanner_.skipBlanks();
        if (!scanner_.readKey(into.path)) return false;
        scanner_.skipBlanks();
        if (!scanner_.take(']') || (into.listed && !scanner_.take(']'))) return false;
        into.header = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(scanner_.at())};
        return scanner_.finishLine();
    }

    static void shift(Span& span, std::uint32_t by) {
        span.begin -= by;
        span.end -= by;
    }
    static void shift(Value& value, std::uint32_t by) {
        shift(value.span, by);
        for (Value& each : value.items) shift(each, by);
        for (Entry& each : value.entries) shift(each, by);
    }
    static void shift(KeyPath& path, std::uint32_t by) {
        for (Span& each : path.spans) shift(each, by);
    }
    static void shift(Entry& entry, std::uint32_t by) {
        shift(entry.key, by);
        shift(entry.value, by);
        shift(entry.span, by);
    }
    static void shift(Section& section, std::uint32_t by) {
        if (by == 0) return;
        shift(section.path, by);
        if (section.header.end != 0) shift(section.header, by);
        for (Entry& each : section.entries) shift(each, by);
    }

    std::string_view text_;
    Scanner scanner_;
    std::size_t next_ = 0, header_ = 0;
    std::optional<std::size_t> comments_; // where those begin that stand right above what comes next
};

} // namespace

const Entry* Section::find(std::string_view key) const {
    const auto same = [&](const Entry& each) {
        std::string_view rest = key;
        for (std::size_t i = 0; i < each.key.parts.size(); ++i) {
            const std::string& part = each.key.parts[i];
            if (!rest.starts_with(part)) return false;
            rest.remove_prefix(part.size());
            if (i + 1 == each.key.parts.size()) return rest.empty();
            if (!rest.starts_with('.')) return false;
            rest.remove_prefix(1);
        }
        return false;
    };
    const auto found = std::find_if(entries.begin(), entries.end(), same);
    return found == entries.end() ? nullptr : &*found;
}

Result<std::vector<Section>> readSections(std::string_view text) {
    Reader reader(text);
    std::vector<Section> sections;
    for (bool first = true; first || !reader.atEnd(); first = false)
        if (!reader.readSection(sections.emplace_back(), first)) return fail(*reader.problem());
    return sections;
}

Result<Section> readSection(std::string_view text, bool first) {
    GW_TRY(std::vector<Section> sections, readSections(text));
    // Of a text that begins with a header, or comments right above it, the section before it is empty.
    const bool whole = first ? sections.size() == 1 : sections.size() == 2 && sections.front().text.empty();
    if (!whole) return fail(Error(TomlError::Syntax).with("line", "1").with("column", "1").with("expected", "one section"));
    return std::move(sections.back());
}

} // namespace gw::mesh::toml
