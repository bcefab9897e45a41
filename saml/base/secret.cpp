#include "saml/base/secret.h"

#include <cstring>

namespace gw {

void wipe(void* data, std::size_t size) noexcept {
    if (size == 0) return;
    explicit_bzero(data, size);
}

Secret::Secret(std::string&& bytes) : bytes_(std::move(bytes)) {
    // A short string is copied by the move, so its old home still holds the bytes.
    bytes.resize(bytes.capacity());
    wipe(bytes.data(), bytes.size());
    bytes.clear();
}

Secret::Secret(Secret&& other) noexcept : bytes_(std::move(other.bytes_)) {
    other.clear();
}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this == &other) return *this;
    clear();
    bytes_ = std::move(other.bytes_);
    other.clear();
    return *this;
}

Secret::~Secret() {
    clear();
}

void Secret::clear() noexcept {
    bytes_.resize(bytes_.capacity());
    wipe(bytes_.data(), bytes_.size());
    bytes_.clear();
}

bool Secret::equals(std::string_view other) const {
    if (bytes_.size() != other.size()) return false;
    unsigned char difference = 0;
    for (std::size_t i = 0; i < other.size(); ++i)
        difference = static_cast<unsigned char>(difference | (static_cast<unsigned char>(bytes_[i]) ^ static_cast<unsigned char>(other[i])));
    return difference == 0;
}

} // namespace gw
