#include "models/estate/readers/dump_file.h"

#include "models/estate/readers/call_names.h"
#include "saml/base/ascii_classes.h"
#include "saml/base/json.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace gw::estate {
namespace {

bool isLower(char c) {
    return c >= 'a' && c <= 'z';
}

bool isSeparator(char c) {
    return c == '-' || c == '_' || c == '.';
}

std::vector<std::uint32_t> lineStarts(std::string_view text) {
    std::vector<std::uint32_t> lines{0};
    for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1))
        lines.push_back(static_cast<std::uint32_t>(at + 1));
    return lines;
}

// Without a word at its beginning or end, and what separates it from the rest.
std::string withoutEnd(std::string text, std::string_view word) {
    if (word.empty() || text == word) return text;
    if (text.ends_with(word) && isSeparator(text[text.size() - word.size() - 1]))
        text.resize(text.size() - word.size() - 1);
    else if (text.starts_with(word) && isSeparator(text[word.size()]))
        text.erase(0, word.size() + 1);
    return text;
}

} // namespace

std::string accountIdIn(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (!isDigit(text[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && isDigit(text[end])) ++end;
        if (end - at == 12) return std::string(text.substr(at, 12));
        at = end;
    }
    return {};
}

std::string regionIn(std::string_view text) {
    // Two letters, one to three words, a digit: "us-gov-west-1".
    for (std::size_t at = 0; at + 2 < text.size(); ++at) {
        if (at > 0 && !isSeparator(text[at - 1])) continue;
        if (!isLower(text[at]) || !isLower(text[at + 1])) continue;
        std::size_t end = at + 2, words = 0;
        while (words < 3 && end + 1 < text.size() && text[end] == '-' && isLower(text[end + 1])) {
            ++end;
            while (end < text.size() && isLower(text[end])) ++end;
            ++words;
        }
        if (words == 0 || end + 1 >= text.size() || text[end] != '-' || !isDigit(text[end + 1])) continue;
        if (end + 2 < text.size() && !isSeparator(text[end + 2])) continue;
        return std::string(text.substr(at, end + 2 - at));
    }
    return {};
}

std::vector<UnknownField> unknownMembers(policy::Value object, std::initializer_list<std::string_view> known) {
    std::vector<UnknownField> unknown;
    if (!object.is(policy::ValueKind::Object)) return unknown;
    for (policy::Value member = object.first(); member; member = member.next())
        if (std::find(known.begin(), known.end(), member.name()) == known.end())
            unknown.push_back({std::string(member.name()), jsonOf(member)});
    return unknown;
}

std::string jsonOf(policy::Value value) {
    if (value.is(policy::ValueKind::String)) return Json(std::string(value.text())).dump();
    return std::string(value.text());
}

Node Node::member(std::string_view name) const {
    const policy::Value found = value.member(name);
    if (!found) return {};
    std::string escaped;
    for (const char each : name) escaped += each == '~' ? "~0" : each == '/' ? "~1" : std::string(1, each);
    return {found, pointer + "/" + escaped};
}

std::string Node::text(std::string_view name) const {
    const policy::Value found = value.member(name);
    return found.is(policy::ValueKind::String) ? std::string(found.text()) : std::string();
}

bool hasMorePages(const Node& root) {
    for (const char* flag : {"IsTruncated", "Truncated"})
        if (root.value.member(flag).is(policy::ValueKind::True)) return true;
    for (const char* token : {"NextToken", "nextToken", "NextMarker", "position"})
        if (!root.text(token).empty()) return true;
    return false;
}

DumpFile::DumpFile(policy::SourceTree tree, std::shared_ptr<SourceFile> file, PieceOrigin origin)
    : tree_(std::move(tree)), file_(std::move(file)), origin_(std::move(origin)), lines_(lineStarts(tree_.text())) {
    std::string_view path = file_->path;
    const std::size_t slash = path.rfind('/');
    std::string_view stem = slash == std::string_view::npos ? path : path.substr(slash + 1);
    if (stem.ends_with(".json")) stem.remove_suffix(5);
    for (const std::string_view each : callNames) {
        const std::size_t at = stem.find(each);
        if (at == std::string_view::npos || (at > 0 && !isSeparator(stem[at - 1]))) continue;
        const std::string_view rest = stem.substr(at + each.size());
        if (!rest.empty() && !isSeparator(rest[0])) continue;
        call_ = each;
        suffix_ = rest.empty() ? rest : rest.substr(1);
        break;
    }
    account_ = accountIdIn(suffix_);
    region_ = regionIn(suffix_);
    id_ = withoutEnd(withoutEnd(suffix_, account_), region_);
    id_ = withoutEnd(id_, account_);
    std::string_view folders = slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
    while (!folders.empty() && (account_.empty() || region_.empty())) {
        const std::size_t cut = folders.rfind('/');
        const std::string_view name = cut == std::string_view::npos ? folders : folders.substr(cut + 1);
        if (account_.empty()) account_ = accountIdIn(name);
        if (region_.empty()) region_ = regionIn(name);
        folders = cut == std::string_view::npos ? std::string_view() : folders.substr(0, cut);
    }
    file_->call = call_;
}

std::string_view DumpFile::written(policy::Span span) const {
    return std::string_view(tree_.text()).substr(span.begin, span.end - span.begin);
}

void DumpFile::recognised(std::string_view call) const {
    if (file_->call.empty()) file_->call = call;
}

Source DumpFile::sourceOf(const Node& node) const {
    const std::uint32_t offset = std::max(node.value.span().begin, origin_.added);
    const auto line = std::upper_bound(lines_.begin(), lines_.end(), offset) - 1;
    const auto index = static_cast<std::uint32_t>(line - lines_.begin());
    // What was added stands on the first line.
    const std::uint32_t column = index == 0 ? origin_.at.column + offset - origin_.added : offset - *line + 1;
    Source source{file_, node.pointer, {origin_.at.line + index, column}};
    if (origin_.firstIndex == 0 || !source.pointer.starts_with(origin_.list + "/")) return source;
    std::size_t at = origin_.list.size() + 1, own = 0;
    const auto [end, failed] = std::from_chars(source.pointer.data() + at, source.pointer.data() + source.pointer.size(), own);
    if (failed == std::errc())
        source.pointer.replace(at, static_cast<std::size_t>(end - source.pointer.data()) - at, std::to_string(origin_.firstIndex + own));
    return source;
}

PolicyDocument DumpFile::documentOf(const Node& node, std::string name, std::string arn, std::string owner) const {
    PolicyDocument document;
    document.name = std::move(name);
    document.arn = std::move(arn);
    document.owner = std::move(owner);
    document.source = sourceOf(node);
    document.text = node.value.text();
    document.quoted = node.value.is(policy::ValueKind::String);
    // API Gateway escapes the document once more and leaves out the quotes around it.
    const std::size_t first = document.text.find_first_not_of("{[ \t\r\n");
    if (document.quoted && first != std::string::npos && first > 0 && document.text[first] == '\\')
        document.text = '"' + document.text + '"';
    return document;
}

Error DumpFile::problem(EstateError code, const Node& node) const {
    Error error(code);
    error.with("file", path());
    if (!node) return error;
    const Source source = sourceOf(node);
    error.with("pointer", source.pointer)
        .with("line", std::to_string(source.position.line))
        .with("column", std::to_string(source.position.column));
    return error;
}

} // namespace gw::estate
