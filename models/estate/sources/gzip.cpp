// One file, compressed by itself.
#include "models/estate/sources/file_form.h"
#include "models/estate/sources/source_readers.h"

#include <libdeflate.h>

#include <algorithm>
#include <memory>

namespace gw::estate {
namespace {

// What deflate can reach at most is 1032; text stays far below.
constexpr std::size_t mostRatio = 200;
constexpr std::size_t mostBytes = std::size_t{1} << 30U;

std::uint32_t statedSize(std::string_view text) {
    std::uint32_t size = 0;
    for (std::size_t i = 0; i < 4; ++i) size |= static_cast<std::uint32_t>(static_cast<unsigned char>(text[text.size() - 4 + i])) << (8 * i);
    return size;
}

} // namespace

bool readGzip(const RawFile& raw, Reading& into) {
    if (formOf(raw.file->path, raw.text) != FileForm::Gzip) return false;
    raw.file->call = "gzip";
    const auto tell = [&](EstateError code) {
        into.parts.problems.push_back(problemOf(code, raw));
        return true;
    };
    if (raw.text.size() < 18) return tell(EstateError::Malformed);
    const std::size_t most = std::min(mostBytes, std::max<std::size_t>(raw.text.size() * mostRatio, std::size_t{1} << 20U));
    const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> inflater(libdeflate_alloc_decompressor(),
                                                                                              libdeflate_free_decompressor);
    std::string text;
    std::string_view rest = raw.text;
    // Logs are put behind each other: every member states its size at its end, the last one's is a good guess for all.
    std::size_t room = std::clamp<std::size_t>(statedSize(raw.text), 1024, most);
    while (!rest.empty()) {
        const std::size_t start = text.size();
        const std::size_t left = most - start;
        text.resize(start + std::min(room, left));
        std::size_t used = 0, made = 0;
        const auto result = libdeflate_gzip_decompress_ex(inflater.get(), rest.data(), rest.size(), text.data() + start, text.size() - start, &used, &made);
        if (result == LIBDEFLATE_INSUFFICIENT_SPACE) {
            text.resize(start);
            if (room >= left) return tell(EstateError::TooLarge);
            room *= 2;
            continue;
        }
        if (result != LIBDEFLATE_SUCCESS) {
            text.resize(start);
            if (text.empty()) return tell(EstateError::Malformed);
            (void)tell(EstateError::Malformed);
            break;
        }
        text.resize(start + made);
        rest.remove_prefix(used);
    }
    const std::string_view path = raw.file->path;
    std::string_view name = path.substr(path.rfind('/') + 1);
    if (name.ends_with(".gz")) name.remove_suffix(3);
    const std::string inner = std::string(path) + "/" + std::string(name);
    const FileForm form = formOf(inner, text);
    if (form == FileForm::Gzip || form == FileForm::Archive) {
        into.parts.problems.push_back(problemOf(EstateError::NotRecognised, raw).with("seen", "archive"));
        return true;
    }
    into.addFile(inner, std::move(text), raw.file->modified);
    return true;
}

} // namespace gw::estate
