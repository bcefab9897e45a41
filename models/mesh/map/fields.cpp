#include "models/mesh/map/fields.h"

#include "models/mesh/map/reader.h"

#include <algorithm>

namespace gw::mesh {
namespace {

std::string joined(const std::vector<std::string>& parts, std::size_t from = 0) {
    std::string out;
    for (std::size_t i = from; i < parts.size(); ++i) out += (out.empty() ? "" : ".") + parts[i];
    return out;
}

std::string allOf(const std::vector<std::string_view>& words) {
    std::string out;
    for (const std::string_view word : words) out.append(out.empty() ? "" : ", ").append(word);
    return out;
}

} // namespace

Fields::Fields(const toml::Document& document, std::size_t section, std::vector<Error>& problems)
    : document_(&document), section_(section), problems_(&problems), taken_(document.sections()[section].entries.size()) {}

MapPlace Fields::placeOf(const toml::Span& span) const {
    const toml::Position at = document_->positionOf(section_, span.begin);
    return {section_, at.line, at.column};
}

MapPlace Fields::place() const {
    return placeOf(document_->sections()[section_].header);
}

const toml::Entry* Fields::entry(std::string_view key) {
    const std::vector<toml::Entry>& entries = document_->sections()[section_].entries;
    for (std::size_t i = 0; i < entries.size(); ++i)
        if (entries[i].key.parts.size() == 1 && entries[i].key.parts.front() == key) {
            taken_[i] = true;
            return &entries[i];
        }
    return nullptr;
}

std::vector<Fields::Member> Fields::members(std::string_view prefix) {
    std::vector<Member> all;
    // Inline tables within count as dotted names: header = { "X-A" = "1" } is header.X-A = "1".
    const auto add = [&](const auto& self, std::string name, const toml::Value& value) -> void {
        if (!value.is(toml::Kind::Table)) {
            all.push_back({std::move(name), &value});
            return;
        }
        for (const toml::Entry& inner : value.entries) {
            const std::string key = joined(inner.key.parts);
            self(self, name.empty() ? key : name + "." + key, inner.value);
        }
    };
    const std::vector<toml::Entry>& entries = document_->sections()[section_].entries;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (entries[i].key.parts.front() != prefix) continue;
        taken_[i] = true;
        if (entries[i].key.parts.size() == 1 && !entries[i].value.is(toml::Kind::Table))
            tell(MapError::WrongType, entries[i].value.span, prefix).with("expected", "a table");
        else
            add(add, joined(entries[i].key.parts, 1), entries[i].value);
    }
    return all;
}

std::string Fields::text(std::string_view key) {
    const toml::Entry* found = entry(key);
    if (found == nullptr) return {};
    if (found->value.is(toml::Kind::String)) return found->value.text;
    tell(MapError::WrongType, found->value.span, key).with("expected", "a text");
    return {};
}

std::vector<std::string> Fields::textsOf(std::string_view key, const toml::Value& value) {
    std::vector<std::string> all;
    if (value.is(toml::Kind::String)) {
        all.push_back(value.text);
        return all;
    }
    const bool good = value.is(toml::Kind::Array) && std::all_of(value.items.begin(), value.items.end(), [](const toml::Value& each) {
                          return each.is(toml::Kind::String);
                      });
    if (!good)
        tell(MapError::WrongType, value.span, key).with("expected", "a text, or a list of texts");
    else
        for (const toml::Value& each : value.items) all.push_back(each.text);
    return all;
}

std::vector<std::string> Fields::texts(std::string_view key) {
    const toml::Entry* found = entry(key);
    return found == nullptr ? std::vector<std::string>{} : textsOf(key, found->value);
}

std::vector<std::string> Fields::someTextsOf(std::string_view key, const toml::Value& value) {
    std::vector<std::string> all = textsOf(key, value);
    if (all.empty() && value.is(toml::Kind::Array) && value.items.empty())
        tell(MapError::BadValue, value.span, key).with("seen", "[]").with("expected", "at least one");
    for (const std::string& text : all)
        if (text.find("${") != std::string::npos)
            tell(MapError::BadValue, value.span, key).with("seen", text).with("expected", "a text without \"${\": a map has no variables of policies");
    return all;
}

std::vector<std::string> Fields::someTexts(std::string_view key) {
    const toml::Entry* found = entry(key);
    return found == nullptr ? std::vector<std::string>{} : someTextsOf(key, found->value);
}

bool Fields::flag(std::string_view key) {
    const toml::Entry* found = entry(key);
    if (found == nullptr) return false;
    if (found->value.is(toml::Kind::Boolean)) return found->value.integer != 0;
    tell(MapError::WrongType, found->value.span, key).with("expected", "true or false");
    return false;
}

std::optional<std::int64_t> Fields::number(std::string_view key, std::int64_t least, std::int64_t most) {
    const toml::Entry* found = entry(key);
    if (found == nullptr) return std::nullopt;
    if (found->value.is(toml::Kind::Integer) && found->value.integer >= least && found->value.integer <= most)
        return found->value.integer;
    tell(found->value.is(toml::Kind::Integer) ? MapError::BadValue : MapError::WrongType, found->value.span, key)
        .with("expected", std::to_string(least) + " to " + std::to_string(most));
    return std::nullopt;
}

std::optional<UtcTime> Fields::timeOf(std::string_view key, const toml::Value& value) {
    std::string text = value.text;
    const bool day = value.is(toml::Kind::LocalDate);
    if (day) text += "T00:00:00Z";
    if (text.size() > 10 && text[10] == ' ') text[10] = 'T';
    if (day || value.is(toml::Kind::OffsetDateTime) || value.is(toml::Kind::String))
        if (const auto time = UtcTime::parse(text)) return *time;
    tell(MapError::BadValue, value.span, key).with("seen", value.text).with("expected", "2027-03-31, or 2027-03-31T18:00:00Z");
    return std::nullopt;
}

std::optional<UtcTime> Fields::time(std::string_view key) {
    const toml::Entry* found = entry(key);
    return found == nullptr ? std::nullopt : timeOf(key, found->value);
}

Error& Fields::tell(MapError code, const toml::Span& span, std::string_view key) {
    const MapPlace at = placeOf(span);
    Error error(code);
    error.with("line", std::to_string(at.line)).with("column", std::to_string(at.column));
    if (!key.empty()) error.with("key", std::string(key));
    return problems_->emplace_back(std::move(error));
}

Error& Fields::tellSection(MapError code) {
    return tell(code, document_->sections()[section_].header);
}

void Fields::bad(std::string_view key, std::string_view seen, std::string_view expected) {
    const toml::Section& section = document_->sections()[section_];
    const toml::Entry* found = section.find(key);
    tell(MapError::BadValue, found != nullptr ? found->value.span : section.header, key)
        .with("seen", std::string(seen))
        .with("expected", std::string(expected));
}

void Fields::missing(std::string_view key) {
    tellSection(MapError::MissingKey).with("key", std::string(key));
}

void Fields::finish(const std::vector<std::string_view>& known) {
    const std::vector<toml::Entry>& entries = document_->sections()[section_].entries;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (taken_[i]) continue;
        const std::string name = joined(entries[i].key.parts);
        Error& error = tell(MapError::UnknownKey, entries[i].key.span(), name);
        if (const std::string_view near = nearest(name, known); !near.empty()) error.with("near", std::string(near));
        error.with("expected", allOf(known));
    }
}

} // namespace gw::mesh
