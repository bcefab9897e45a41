#include "models/sessions/providers/metadata_cache.h"

#include "models/store/files.h"
#include "saml/base/json_fields.h"

#include <QCryptographicHash>

namespace gw::sessions {
namespace {

constexpr std::size_t maxEntry = std::size_t{12} << 20;

} // namespace

MetadataCache::MetadataCache(std::filesystem::path folder) : folder_(std::move(folder)) {}

std::filesystem::path MetadataCache::fileOf(const std::string& url) const {
    const QByteArray hash = QCryptographicHash::hash(QByteArray::fromStdString(url), QCryptographicHash::Sha256);
    return folder_ / (hash.toHex().left(32).toStdString() + ".metadata");
}

// One line of JSON, then the document as it came: one file, so that both are from the same answer.
std::optional<CachedMetadata> MetadataCache::find(const std::string& url) const {
    const auto content = store::readFile(fileOf(url), maxEntry);
    if (!content) return std::nullopt;
    const auto lineEnd = content->find('\n');
    if (lineEnd == std::string::npos) return std::nullopt;
    const auto head = parseJson(std::string_view(*content).substr(0, lineEnd), 2);
    if (!head || !head->is_object() || textField(*head, "url") != url) return std::nullopt;
    const auto readAt = UtcTime::parse(textField(*head, "read_at"));
    if (!readAt) return std::nullopt;
    return CachedMetadata{url, *readAt, textField(*head, "etag"), textField(*head, "last_modified"),
                          content->substr(lineEnd + 1)};
}

Status MetadataCache::keep(const CachedMetadata& entry) const {
    const Json head = {{"url", entry.url}, {"read_at", entry.readAt.toRfc3339()}, {"etag", entry.etag}, {"last_modified", entry.lastModified}};
    // A server may send any bytes as a header; they must not make dump throw.
    return store::writeFileAtomically(fileOf(entry.url), head.dump(-1, ' ', true, Json::error_handler_t::replace) + '\n' + entry.xml);
}

} // namespace gw::sessions
