#include "saml/protocol/decrypted_assertion.h"

#include "saml/base/secret.h"
#include "saml/dsig/decryption.h"
#include "saml/protocol/response_structure.h"
#include "saml/xml/namespaces.h"

#include <optional>
#include <tuple>
#include <utility>

namespace gw::saml {
namespace {

using xml::Element;

// XML Encryption 1.1 4.4: the plaintext means what it would mean in the place of the ciphertext, so what is declared around
// that must be declared here. The reader has made sure that the URIs need no escaping.
Secret inContext(std::string_view plaintext, Element place) {
    std::string text = "<Response";
    for (const auto& [prefix, uri] : xml::namespacesInScope(place))
        text += (prefix.empty() ? " xmlns" : " xmlns:" + prefix) + "=\"" + uri + "\"";
    text += ">";
    text.reserve(text.size() + plaintext.size() + 16);
    text += plaintext;
    text += "</Response>";
    return Secret(std::move(text));
}

// What stands only at the beginning of a document, which some write in front of an element that they encrypt.
bool beginsDocument(std::string_view plaintext) {
    return plaintext.starts_with("\xEF\xBB\xBF") || plaintext.starts_with("<?") || plaintext.starts_with("<!");
}

// The document and its only assertion; nothing where it is anything else.
std::optional<std::pair<xml::Document, Element>> read(std::string_view plaintext, Element place) {
    const bool alone = beginsDocument(plaintext);
    const Secret wrapped = alone ? Secret() : inContext(plaintext, place);
    auto document = xml::Document::parse(alone ? plaintext : wrapped.reveal(), xml::ReadRules::response());
    if (!document) return std::nullopt;
    const Element root = document->root();
    const Element assertion = alone ? root : root.firstChild();
    if (!alone && (root.hasOwnText() || assertion.next())) return std::nullopt;
    if (!assertion.is(xml::ns::assertion, "Assertion")) return std::nullopt;
    return std::pair(std::move(*document), assertion);
}

} // namespace

Result<DecryptedAssertion> decryptAssertion(Element encrypted, const std::vector<DecryptionKey>& keys, bool legacyAllowed) {
    const auto content = readEncryption(encrypted, legacyAllowed);
    if (!content) {
        const bool allowed = !content.error().code().is(EncryptionError::NotAllowed);
        return fail(errorBecauseOf(allowed ? VerifyError::BadStructure : VerifyError::EncryptionNotAllowed, content.error()));
    }
    std::optional<std::pair<xml::Document, Element>> found;
    const auto opened = decrypt(*content, keys, [&](std::string_view plaintext) {
        found = read(plaintext, encrypted);
        return found.has_value();
    });
    if (!opened) return fail(VerifyError::DecryptionFailed);
    DecryptedAssertion result;
    std::tie(result.document, result.assertion) = std::move(*found);
    const EncryptedKey& key = content->keys[opened->encryptedKey];
    result.facts = {{"data", content->method}, {"key", key.method}};
    if (!key.digest.empty()) {
        result.facts.push_back({"digest", key.digest});
        result.facts.push_back({"mgf", key.mgf});
    }
    result.facts.push_back({"fingerprint", opened->keyFingerprint});
    result.legacyMethod = content->legacyMethod();
    return result;
}

} // namespace gw::saml
