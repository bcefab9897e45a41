#include "saml/dsig/encryption_profile.h"

#include "saml/base/base64.h"
#include "saml/dsig/algorithms.h"
#include "saml/xml/namespaces.h"

#include <algorithm>
#include <array>

namespace gw::saml {
namespace {

using namespace algorithm;
using xml::Element;
namespace ns = xml::ns;

constexpr std::string_view encryption11 = "http://www.w3.org/2009/xmlenc11#";
constexpr std::string_view elementType = "http://www.w3.org/2001/04/xmlenc#Element";
constexpr std::size_t maxKeys = 8;
constexpr std::size_t maxKeyOctets = 2048;
constexpr std::size_t maxLabel = 256;

constexpr std::array gcm{aes128Gcm, aes192Gcm, aes256Gcm};
constexpr std::array cbc{aes128Cbc, aes192Cbc, aes256Cbc};
constexpr std::array digests{sha1, sha256, sha384, sha512};
constexpr std::array masks{mgf1Sha1, mgf1Sha256, mgf1Sha384, mgf1Sha512};

template <class List>
bool among(const List& list, std::string_view uri) {
    return std::find(list.begin(), list.end(), uri) != list.end();
}

tl::unexpected<Error> refuse(EncryptionError code, Element at, std::string_view where, std::string_view seen = {}) {
    Error error = Error(code).with("where", std::string(where)).with("place", pathOf(at));
    if (!seen.empty()) error = std::move(error).with("seen", std::string(seen.substr(0, 200)));
    if (at.line() > 0) error = std::move(error).with("line", std::to_string(at.line()));
    return fail(std::move(error));
}

tl::unexpected<Error> bad(Element at) {
    return refuse(EncryptionError::BadStructure, at, at.name());
}

Result<std::string> readBase64(Element element, std::size_t most) {
    const auto text = element.text();
    if (!text) return bad(element);
    auto octets = decodeBase64(*text, most);
    if (!octets) return bad(element);
    return std::move(*octets);
}

// What EncryptedData and EncryptedKey share (XML Encryption 1.1 3.1).
struct Encrypted {
    Element method, keyInfo, cipherValue;
};

Result<Encrypted> readEncrypted(Element element) {
    Encrypted found;
    Element data;
    for (const Element child : element.children()) {
        Element* slot = child.is(ns::encryption, "EncryptionMethod") ? &found.method
                        : child.is(ns::signature, "KeyInfo")         ? &found.keyInfo
                        : child.is(ns::encryption, "CipherData")     ? &data
                                                                     : nullptr;
        if (slot != nullptr) {
            if (*slot) return bad(child);
            *slot = child;
        } else if (child.namespaceUri() != ns::encryption ||
                   (child.name() != "EncryptionProperties" && child.name() != "ReferenceList" &&
                    child.name() != "CarriedKeyName")) {
            return bad(child);
        }
    }
    if (!found.method || !data) return bad(element);
    // A CipherReference would have to be fetched.
    found.cipherValue = data.firstChild();
    if (!found.cipherValue.is(ns::encryption, "CipherValue") || found.cipherValue.next()) return bad(data);
    return found;
}

Status readOaep(Element method, EncryptedKey& key) {
    key.digest = sha1;
    key.mgf = mgf1Sha1;
    Element digest, mask, label, size;
    for (const Element child : method.children()) {
        Element* slot = child.is(ns::signature, "DigestMethod")     ? &digest
                        : child.is(encryption11, "MGF")             ? &mask
                        : child.is(ns::encryption, "OAEPparams")    ? &label
                        : child.is(ns::encryption, "KeySize")       ? &size
                                                                    : nullptr;
        // Of two, another reader may take the other.
        if (slot == nullptr || *slot) return bad(child);
        *slot = child;
        const std::string uri = child.attribute("Algorithm").value_or("");
        if (child == digest) {
            if (!among(digests, uri)) return refuse(EncryptionError::NotAllowed, child, "DigestMethod", uri);
            key.digest = uri;
        } else if (child == mask) {
            if (!among(masks, uri)) return refuse(EncryptionError::NotAllowed, child, "MGF", uri);
            // The older method fixes the mask, whatever is written beside it.
            if (key.method == oaep) key.mgf = uri;
        } else if (child == label) {
            GW_TRY(key.label, readBase64(child, maxLabel));
        }
    }
    return {};
}

Result<EncryptedKey> readKey(Element element, bool legacyAllowed) {
    GW_TRY(const Encrypted parts, readEncrypted(element));
    EncryptedKey key;
    key.method = parts.method.attribute("Algorithm").value_or("");
    if (key.method == oaepMgf1p || key.method == oaep) {
        GW_CHECK(readOaep(parts.method, key));
    } else if (key.method != rsa15 || !legacyAllowed) {
        return refuse(EncryptionError::NotAllowed, parts.method, "EncryptedKey/EncryptionMethod", key.method);
    }
    GW_TRY(key.cipher, readBase64(parts.cipherValue, maxKeyOctets));
    return key;
}

Status addKey(Element element, bool legacyAllowed, EncryptedContent& content) {
    if (content.keys.size() == maxKeys) return bad(element);
    GW_TRY(EncryptedKey key, readKey(element, legacyAllowed));
    content.keys.push_back(std::move(key));
    return {};
}

} // namespace

std::string_view EncryptedContent::legacyMethod() const {
    if (among(cbc, method)) return method;
    for (const EncryptedKey& key : keys)
        if (key.method == rsa15) return key.method;
    return {};
}

Result<EncryptedContent> readEncryption(Element element, bool legacyAllowed) {
    const Element data = element.firstChild();
    if (!data.is(ns::encryption, "EncryptedData") || data.attribute("Type").value_or(std::string(elementType)) != elementType)
        return bad(data ? data : element);
    GW_TRY(const Encrypted parts, readEncrypted(data));
    EncryptedContent content;
    content.method = parts.method.attribute("Algorithm").value_or("");
    if (!among(gcm, content.method) && !(legacyAllowed && among(cbc, content.method)))
        return refuse(EncryptionError::NotAllowed, parts.method, "EncryptedData/EncryptionMethod", content.method);
    for (const Element child : parts.keyInfo.children())
        if (child.is(ns::encryption, "EncryptedKey")) GW_CHECK(addKey(child, legacyAllowed, content));
    for (Element beside = data.next(); beside; beside = beside.next()) {
        if (!beside.is(ns::encryption, "EncryptedKey")) return bad(beside);
        GW_CHECK(addKey(beside, legacyAllowed, content));
    }
    if (content.keys.empty()) return bad(data);
    GW_TRY(content.cipher, readBase64(parts.cipherValue, std::size_t{256} << 10U));
    return content;
}

} // namespace gw::saml
