#include "models/estate/readers/dump_file.h"

#include "saml/base/json.h"

#include <algorithm>
#include <array>

namespace gw::estate {
namespace {

// Calls that are saved with what they belong to in the name. Longer names first where one begins with another.
constexpr auto calls = std::to_array<std::string_view>({
    "get-account-authorization-details",
    "list-organizational-units-for-parent",
    "list-accounts-for-parent",
    "list-policies-for-target",
    "list-targets-for-policy",
    "list-saml-providers",
    "describe-organization",
    "get-queue-attributes",
    "get-topic-attributes",
    "get-resource-policy",
    "list-organizational-units",
    "describe-account",
    "get-bucket-policy",
    "describe-policy",
    "get-key-policy",
    "get-rest-apis",
    "get-resources",
    "list-functions",
    "list-accounts",
    "list-children",
    "list-policies",
    "list-parents",
    "list-buckets",
    "list-queues",
    "get-rest-api",
    "get-function",
    "get-stages",
    "get-policy",
    "list-roles",
    "list-roots",
    "list-keys",
    "get-role",
});

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

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

} // namespace

std::string accountIn(std::string_view text) {
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
    if (root.member("IsTruncated").value.is(policy::ValueKind::True)) return true;
    return !root.text("NextToken").empty() || !root.text("NextMarker").empty();
}

DumpFile::DumpFile(policy::SourceTree tree, std::shared_ptr<SourceFile> file)
    : tree_(std::move(tree)), file_(std::move(file)), lines_(lineStarts(tree_.text())) {
    std::string_view path = file_->path;
    const std::size_t slash = path.rfind('/');
    std::string_view stem = slash == std::string_view::npos ? path : path.substr(slash + 1);
    if (stem.ends_with(".json")) stem.remove_suffix(5);
    for (const std::string_view each : calls) {
        const std::size_t at = stem.find(each);
        if (at == std::string_view::npos || (at > 0 && !isSeparator(stem[at - 1]))) continue;
        const std::string_view rest = stem.substr(at + each.size());
        if (!rest.empty() && !isSeparator(rest[0])) continue;
        call_ = each;
        suffix_ = rest.empty() ? rest : rest.substr(1);
        break;
    }
    account_ = accountIn(suffix_);
    region_ = regionIn(suffix_);
    std::string_view folders = slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
    while (!folders.empty() && (account_.empty() || region_.empty())) {
        const std::size_t cut = folders.rfind('/');
        const std::string_view name = cut == std::string_view::npos ? folders : folders.substr(cut + 1);
        if (account_.empty()) account_ = accountIn(name);
        if (region_.empty()) region_ = regionIn(name);
        folders = cut == std::string_view::npos ? std::string_view() : folders.substr(0, cut);
    }
    file_->call = call_;
}

void DumpFile::recognised(std::string_view call) const {
    if (file_->call.empty()) file_->call = call;
}

Source DumpFile::sourceOf(const Node& node) const {
    const std::uint32_t offset = node.value.span().begin;
    const auto line = std::upper_bound(lines_.begin(), lines_.end(), offset) - 1;
    return {file_, node.pointer, {static_cast<std::uint32_t>(line - lines_.begin()) + 1, offset - *line + 1}};
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
