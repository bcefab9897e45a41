#include "models/estate/sources/file_form.h"

#include "saml/base/ascii.h"
#include "saml/base/ascii_classes.h"
#include "saml/base/blanks.h"

#include <algorithm>
#include <array>
#include <string>

namespace gw::estate {
namespace {

// The name's end after its last dot, in small letters; "tar.gz" as one.
std::string endingOf(std::string_view path) {
    const std::string name = foldedAscii(path.substr(path.rfind('/') + 1));
    const std::size_t dot = name.rfind('.');
    if (dot == std::string::npos) return {};
    const std::size_t before = dot == 0 ? std::string::npos : name.rfind('.', dot - 1);
    if (before != std::string::npos && name.compare(before, 5, ".tar.") == 0) return name.substr(before + 1);
    return name.substr(dot + 1);
}

bool isArchiveEnding(std::string_view ending) {
    return ending == "zip" || ending == "tar" || ending == "tgz" || ending.starts_with("tar.");
}

std::string_view withoutMark(std::string_view text) {
    for (const std::string_view mark : {"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"})
        if (text.starts_with(mark)) return text.substr(mark.size());
    return text;
}

// Nothing but letters, digits and what base64 or percent-encoding have besides.
bool looksEncoded(std::string_view text) {
    if (text.starts_with("SAMLResponse=") || text.starts_with("RelayState=") || text.find("SAMLResponse=") < 200) return true;
    const std::string_view start = text.substr(0, 4096);
    return start.size() >= 64 && std::all_of(start.begin(), start.end(), [](char c) {
               return isAlphanumeric(c) || c == '+' || c == '/' || c == '=' ||
                      c == '%' || c == '-' || c == '_' || c == '\r' || c == '\n';
           });
}

} // namespace

FileForm formOf(std::string_view path, std::string_view text) {
    const std::string ending = endingOf(path);
    if (text.starts_with("\x1F\x8B")) return isArchiveEnding(ending) ? FileForm::Archive : FileForm::Gzip;
    if (text.starts_with("PK\x03\x04") || text.starts_with("PK\x05\x06") || text.starts_with("\x28\xB5\x2F\xFD")) return FileForm::Archive;
    if (text.size() > 262 && text.substr(257, 5) == "ustar") return FileForm::Archive;
    const bool table = ending == "csv" || ending == "tsv";
    std::string_view start = withoutMark(text);
    while (!start.empty() && isBlank(start.front())) start.remove_prefix(1);
    if (table) return FileForm::Csv;
    if (ending == "ldif") return FileForm::Ldif;
    if (ending == "json" || ending == "jsonl" || ending == "ndjson" || ending == "har" || ending == "tfstate") return FileForm::Json;
    if (start.starts_with('{') || start.starts_with('[')) return FileForm::Json;
    if (start.starts_with('<')) return FileForm::Markup;
    if (start.starts_with("dn:") || start.starts_with("version: 1\n") || start.starts_with("version: 1\r")) return FileForm::Ldif;
    if (looksEncoded(start)) return FileForm::Encoded;
    if (ending == "yaml" || ending == "yml" || ending == "template") return FileForm::Yaml;
    if (start.starts_with("---") || start.starts_with("AWSTemplateFormatVersion") || start.starts_with("apiVersion:") ||
        start.starts_with("Resources:"))
        return FileForm::Yaml;
    return FileForm::Other;
}

bool isReadInFolders(std::string_view path) {
    static constexpr auto endings = std::to_array<std::string_view>(
        {"json", "jsonl", "ndjson", "gz", "har", "tfstate", "template", "yaml", "yml", "csv", "tsv", "ldif", "xml", "saml", "b64",
         "html", "htm", "zip", "tar", "tgz", "tar.gz", "tar.zst", "tar.xz", "tar.bz2"});
    const std::string ending = endingOf(path);
    return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

} // namespace gw::estate
