#include "tests/support/raw_signature.h"

#include "saml/base/base64.h"
#include "saml/dsig/openssl_handles.h"
#include "tests/support/saml_canonical.h"
#include "tests/support/xml_text.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include <openssl/ecdsa.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

namespace gw::test {
namespace {

using saml::openssl::Bio;
using saml::openssl::Calls;
using saml::openssl::EvpKey;

constexpr std::string_view exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";

const EVP_MD* hashOf(std::string_view uri) {
    for (const auto& [name, hash] : {std::pair<std::string_view, const EVP_MD* (*)()>{"sha1", EVP_sha1},
                                     {"sha224", EVP_sha224},
                                     {"sha256", EVP_sha256},
                                     {"sha384", EVP_sha384},
                                     {"sha512", EVP_sha512}})
        if (uri.find(name) != std::string_view::npos) return hash();
    return nullptr;
}

EvpKey privateKey(const saml::SigningKey& key) {
    const std::string_view pem = key.privateKeyPem.reveal();
    const Bio in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    return EvpKey(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
}

// r and s, each of the octets that the curve's order takes (RFC 4050 as XML Signature 1.1 has it).
std::string plainEcdsa(const std::string& der, int bits) {
    const auto* at = reinterpret_cast<const unsigned char*>(der.data());
    const std::unique_ptr<ECDSA_SIG, Calls<ECDSA_SIG_free>> parts(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
    const int width = (bits + 7) / 8;
    std::string out(static_cast<std::size_t>(width) * 2, '\0');
    auto* to = reinterpret_cast<unsigned char*>(out.data());
    if (parts == nullptr || BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), to, width) != width ||
        BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), to + width, width) != width)
        return {};
    return out;
}

std::string lines(const std::string& base64, bool broken) {
    if (!broken) return base64;
    std::string out = "\n";
    for (std::size_t i = 0; i < base64.size(); i += 76) out += base64.substr(i, 76) + "\n";
    return out;
}

bool isInclusive(std::string_view uri) {
    return uri.find("xml-exc-c14n") == std::string_view::npos;
}

CanonicalForm formOf(std::string_view uri, const std::vector<std::string>& prefixes, const Markup* omit) {
    return {isInclusive(uri) ? Canonical::Inclusive : Canonical::Exclusive, isInclusive(uri) ? std::vector<std::string>() : prefixes,
            omit};
}

class Template {
public:
    explicit Template(const RawSignature& shape) : shape_(shape) {}

    [[nodiscard]] std::string str(std::string_view targetId) const {
        const std::string declaration = shape_.prefix.empty() ? "xmlns" : "xmlns:" + shape_.prefix;
        std::string out = "<" + name("Signature") + " " + declaration + "=\"http://www.w3.org/2000/09/xmldsig#\"" +
                          (shape_.id.empty() ? "" : " Id=\"" + shape_.id + "\"") + ">" + gap();
        out += "<" + name("SignedInfo") + ">" + gap() +
               algorithm("CanonicalizationMethod", shape_.canonicalization, shape_.methodInclusivePrefixes) + gap() +
               algorithm("SignatureMethod", shape_.method, {}) + gap();
        out += "<" + name("Reference") + " URI=\"" + shape_.uri.value_or("#" + std::string(targetId)) + "\">" + gap() + "<" +
               name("Transforms") + ">" + gap();
        for (const std::string& uri : shape_.transforms)
            out += algorithm("Transform", uri, isInclusive(uri) ? std::vector<std::string>() : shape_.inclusivePrefixes) + gap();
        out += "</" + name("Transforms") + ">" + gap() + algorithm("DigestMethod", shape_.digest, {}) + gap() + "<" +
               name("DigestValue") + "></" + name("DigestValue") + ">" + gap() + "</" + name("Reference") + ">" + gap() + "</" +
               name("SignedInfo") + ">" + gap();
        out += "<" + name("SignatureValue") + "></" + name("SignatureValue") + ">" + gap();
        if (shape_.keyInfo) out += "<" + name("KeyInfo") + ">" + content() + "</" + name("KeyInfo") + ">" + gap();
        return out + "</" + name("Signature") + ">";
    }

private:
    [[nodiscard]] std::string name(std::string_view local) const {
        return (shape_.prefix.empty() ? "" : shape_.prefix + ":") + std::string(local);
    }
    [[nodiscard]] std::string gap() const { return shape_.spaced ? "\n" : ""; }
    [[nodiscard]] std::string algorithm(std::string_view local, const std::string& uri,
                                        const std::vector<std::string>& prefixes) const {
        std::string out = "<" + name(local) + " Algorithm=\"" + uri + "\">";
        if (!prefixes.empty()) {
            out += "<ec:InclusiveNamespaces xmlns:ec=\"" + std::string(exclusive) + "\" PrefixList=\"";
            for (const std::string& prefix : prefixes) out += (out.back() == '"' ? "" : " ") + prefix;
            out += "\"></ec:InclusiveNamespaces>";
        }
        return out + "</" + name(local) + ">";
    }
    [[nodiscard]] std::string content() const {
        std::string text = *shape_.keyInfo;
        for (std::size_t at = text.find("{p}"); at != std::string::npos; at = text.find("{p}", at))
            text.replace(at, 3, shape_.prefix.empty() ? "" : shape_.prefix + ":");
        return text;
    }

    const RawSignature& shape_;
};

Markup* childNamed(Markup& parent, std::string_view local) {
    for (const auto& child : parent.children) {
        const std::string_view name = child->name;
        if (!name.empty() && name.substr(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1) == local)
            return child.get();
    }
    return nullptr;
}

std::string algorithmOf(Markup* element) {
    const std::string* uri = element == nullptr ? nullptr : element->attribute("Algorithm");
    return uri == nullptr ? std::string() : decodeXml(*uri);
}

std::vector<std::string> prefixesOf(Markup* method) {
    Markup* list = method == nullptr ? nullptr : childNamed(*method, "InclusiveNamespaces");
    const std::string* text = list == nullptr ? nullptr : list->attribute("PrefixList");
    std::vector<std::string> prefixes;
    for (std::size_t i = 0; text != nullptr && i < text->size();) {
        const std::size_t end = std::min(text->find(' ', i), text->size());
        if (end > i) prefixes.push_back(text->substr(i, end - i));
        i = end + 1;
    }
    return prefixes;
}

void setText(Markup& element, const std::string& text) {
    element.children.clear();
    element.append(Markup::raw(text));
}

struct Fill {
    bool broken = false;
    std::function<std::string(std::string_view)> value;
};

bool fill(Markup& signature, Markup& target, const saml::SigningKey& key, const Fill& how) {
    Markup* info = childNamed(signature, "SignedInfo");
    Markup* value = childNamed(signature, "SignatureValue");
    Markup* reference = info == nullptr ? nullptr : childNamed(*info, "Reference");
    if (value == nullptr || reference == nullptr) return false;
    Markup* digestValue = childNamed(*reference, "DigestValue");
    Markup* transforms = childNamed(*reference, "Transforms");
    Markup* canonicalization = childNamed(*info, "CanonicalizationMethod");
    if (digestValue == nullptr || transforms == nullptr || canonicalization == nullptr) return false;

    Markup* last = nullptr;
    for (const auto& child : transforms->children)
        if (!child->name.empty()) last = child.get();
    std::string transform = algorithmOf(last);
    if (transform.find("enveloped") != std::string::npos) transform = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
    const std::string octets = canonical(target, formOf(transform, prefixesOf(last), &signature));
    const std::string digest = digestOctets(octets, algorithmOf(childNamed(*reference, "DigestMethod")));
    if (digest.empty()) return false;
    setText(*digestValue, lines(encodeBase64(digest), how.broken));

    const std::string signedInfo =
        canonical(*info, formOf(algorithmOf(canonicalization), prefixesOf(canonicalization), nullptr));
    const std::string method = algorithmOf(childNamed(*info, "SignatureMethod"));
    const std::string made = how.value ? how.value(signedInfo) : signOctets(signedInfo, method, key);
    setText(*value, lines(encodeBase64(made), how.broken));
    return how.value || !made.empty();
}

} // namespace

std::string digestOctets(std::string_view octets, std::string_view digest) {
    const EVP_MD* hash = hashOf(digest);
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned size = 0;
    if (hash == nullptr || EVP_Digest(octets.data(), octets.size(), out.data(), &size, hash, nullptr) != 1) return {};
    return {reinterpret_cast<const char*>(out.data()), size};
}

std::string signOctets(std::string_view octets, std::string_view method, const saml::SigningKey& key) {
    const EVP_MD* hash = hashOf(method);
    const EvpKey own = privateKey(key);
    const bool ecdsa = method.find("ecdsa") != std::string_view::npos;
    if (hash == nullptr || own == nullptr || EVP_PKEY_is_a(own.get(), ecdsa ? "EC" : "RSA") != 1) return {};
    const std::unique_ptr<EVP_MD_CTX, Calls<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* parameters = nullptr;
    if (EVP_DigestSignInit(context.get(), &parameters, hash, nullptr, own.get()) != 1) return {};
    if (method.find("MGF1") != std::string_view::npos &&
        (EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) != 1 ||
         EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) != 1))
        return {};
    const auto* data = reinterpret_cast<const unsigned char*>(octets.data());
    std::size_t size = 0;
    if (EVP_DigestSign(context.get(), nullptr, &size, data, octets.size()) != 1) return {};
    std::string out(size, '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, data, octets.size()) != 1) return {};
    out.resize(size);
    return ecdsa ? plainEcdsa(out, EVP_PKEY_get_bits(own.get())) : out;
}

Markup* signRaw(Markup& target, const RawSignature& shape, const saml::SigningKey& key) {
    const std::string* id = target.attribute("ID");
    std::size_t at = 0;
    for (std::size_t elements = 0; at < target.children.size() && elements < shape.position; ++at)
        if (!target.children[at]->name.empty()) ++elements;
    Markup* signature = target.insert(at, Markup::parse(Template(shape).str(id == nullptr ? "" : *id)));
    if (fill(*signature, target, key, {shape.broken, shape.value})) return signature;
    std::fprintf(stderr, "raw signature: %s cannot be made\n", shape.method.c_str());
    std::abort();
}

bool signAgain(Markup& signature, Markup& target, const saml::SigningKey& key) {
    return fill(signature, target, key, {});
}

std::string certificateInfo(const saml::Certificate& certificate) {
    return "<{p}X509Data><{p}X509Certificate>" + encodeBase64(certificate.der()) + "</{p}X509Certificate></{p}X509Data>";
}

} // namespace gw::test
