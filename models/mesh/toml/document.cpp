#include "models/mesh/toml/document.h"

#include "models/mesh/toml/structure.h"
#include "saml/base/ascii_classes.h"
#include "saml/base/octet_runs.h"
#include "saml/base/utf8.h"

#include <algorithm>

namespace gw::mesh::toml {
namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

Error at(Error error, Position place) {
    return std::move(error).with("line", std::to_string(place.line)).with("column", std::to_string(place.column));
}

std::optional<std::size_t> firstNonUtf8(std::string_view text) {
    for (std::size_t at = asciiEnd(text, 0); at < text.size(); at = asciiEnd(text, at)) {
        const std::size_t length = utf8SequenceLength(text, at);
        if (length == 0) return at;
        at += length;
    }
    return std::nullopt;
}

std::size_t lineEndAfter(std::string_view text, std::size_t at) {
    return std::min(text.find('\n', at), text.size());
}

// As the document has them.
std::string_view lineEndOf(std::string_view text) {
    const std::size_t feed = text.find('\n');
    return feed != std::string_view::npos && feed > 0 && text[feed - 1] == '\r' ? "\r\n" : "\n";
}

} // namespace

Result<Document> Document::parse(std::string_view text) {
    if (text.size() > maxTomlBytes)
        return fail(Error(TomlError::TooLarge).with("seen", std::to_string(text.size())).with("expected", std::to_string(maxTomlBytes)));
    if (const auto bad = firstNonUtf8(text)) return fail(at(Error(TomlError::NotUtf8), toml::positionIn(text, *bad)));
    Document document;
    if (text.starts_with(byteOrderMark)) {
        document.mark_ = byteOrderMark;
        text.remove_prefix(byteOrderMark.size());
    }
    GW_TRY(document.sections_, readSections(text));
    GW_CHECK(document.check());
    return document;
}

Status Document::check() const {
    lines_.clear();
    const auto fault = structureFault(sections_);
    if (!fault) return {};
    return fail(at(Error(fault->code).with("seen", fault->seen), positionOf(fault->section, fault->at)));
}

std::string Document::text() const {
    std::size_t size = mark_.size();
    for (const Section& each : sections_) size += each.text.size();
    std::string text;
    text.reserve(size);
    text = mark_;
    for (const Section& each : sections_) text += each.text;
    return text;
}

Position Document::positionOf(std::size_t section, std::size_t at) const {
    if (lines_.size() != sections_.size()) {
        lines_.clear();
        std::uint32_t line = 1;
        for (const Section& each : sections_) {
            lines_.push_back(line);
            line += static_cast<std::uint32_t>(std::count(each.text.begin(), each.text.end(), '\n'));
        }
    }
    if (section >= sections_.size()) return {};
    const Position within = positionIn(sections_[section].text, at);
    return {lines_[section] + within.line - 1, within.column};
}

Status Document::replace(std::size_t section, std::string text) {
    GW_TRY(Section read, readSection(text, section == 0));
    std::swap(sections_[section], read);
    Status checked = check();
    if (!checked) std::swap(sections_[section], read);
    lines_.clear();
    return checked;
}

Status Document::setValue(std::size_t section, std::size_t entry, std::string_view value) {
    const Span span = sections_[section].entries[entry].value.span;
    std::string text = sections_[section].text;
    text.replace(span.begin, span.size(), value);
    return replace(section, std::move(text));
}

Status Document::addEntry(std::size_t section, std::size_t after, std::string_view key, std::string_view value) {
    const Section& into = sections_[section];
    std::string text = into.text;
    const std::string_view lineEnd = lineEndOf(text);
    std::size_t at = 0;
    std::string indent;
    if (after < into.entries.size()) {
        const Entry& before = into.entries[after];
        indent = text.substr(before.span.begin, before.key.span().begin - before.span.begin);
        at = lineEndAfter(text, before.span.end);
    } else if (section > 0) {
        at = lineEndAfter(text, into.header.end);
    }
    std::string line = indent + std::string(key) + " = " + std::string(value) + std::string(lineEnd);
    const bool begins = section == 0 && after >= into.entries.size();
    if (begins) {
        text.insert(0, line);
    } else if (at < text.size()) {
        text.insert(at + 1, line);
    } else {
        // The last line has no end yet.
        line.resize(line.size() - lineEnd.size());
        text += std::string(lineEnd) + line;
    }
    return replace(section, std::move(text));
}

Status Document::removeEntry(std::size_t section, std::size_t entry) {
    const Entry& gone = sections_[section].entries[entry];
    std::string text = sections_[section].text;
    const std::size_t end = lineEndAfter(text, gone.span.end);
    text.erase(gone.span.begin, std::min(end + 1, text.size()) - gone.span.begin);
    return replace(section, std::move(text));
}

Status Document::addSection(std::size_t before, std::string_view text) {
    before = std::clamp<std::size_t>(before, 1, sections_.size());
    GW_TRY(Section read, readSection(text, false));
    const std::string& above = sections_[before - 1].text;
    const std::string_view lineEnd = lineEndOf(above.empty() ? read.text : above);
    const auto endsBlank = [](std::string_view each) { return each.empty() || each.ends_with("\n\n") || each.ends_with("\n\r\n"); };
    std::string& end = sections_[before - 1].text;
    const std::size_t kept = end.size();
    if (!end.empty() && !end.ends_with('\n')) end += lineEnd;
    if (!endsBlank(end)) end += lineEnd;
    if (!read.text.ends_with('\n')) read.text += lineEnd;
    if (before < sections_.size() && !endsBlank(read.text)) read.text += lineEnd;
    const auto place = sections_.begin() + static_cast<std::ptrdiff_t>(before);
    sections_.insert(place, std::move(read));
    Status checked = check();
    if (!checked) {
        sections_.erase(sections_.begin() + static_cast<std::ptrdiff_t>(before));
        sections_[before - 1].text.resize(kept);
    }
    lines_.clear();
    return checked;
}

Status Document::removeSection(std::size_t section) {
    if (section == 0 || section >= sections_.size()) return {};
    Section gone = std::move(sections_[section]);
    sections_.erase(sections_.begin() + static_cast<std::ptrdiff_t>(section));
    // Tables below a list's table would come to the one before it.
    Status checked = check();
    if (!checked) sections_.insert(sections_.begin() + static_cast<std::ptrdiff_t>(section), std::move(gone));
    lines_.clear();
    return checked;
}

std::string written(std::string_view text) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : text) {
        const auto octet = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (c == '\r') {
            out += "\\r";
        } else if (octet < 0x20U || octet == 0x7fU) {
            out += "\\u00";
            out += digits[octet >> 4U];
            out += digits[octet & 15U];
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string written(const std::vector<std::string>& texts) {
    std::string out = "[";
    for (const std::string& each : texts) out += (out.size() > 1 ? ", " : "") + written(each);
    return out + ']';
}

std::string writtenKey(std::string_view key) {
    const auto bare = [](char c) { return isAlphanumeric(c) || c == '-' || c == '_'; };
    return !key.empty() && std::all_of(key.begin(), key.end(), bare) ? std::string(key) : written(key);
}

} // namespace gw::mesh::toml
