#include "saml/protocol/decrypted_assertion.h"

#include "saml/dsig/decryption.h"
#include "saml/protocol/response_structure.h"
#include "saml/xml/namespaces.h"

#include <tuple>
#include <utility>

namespace gw::saml {
namespace {

using xml::Element;

Error translated(Error cause) {
    const bool allowed = !cause.code().is(EncryptionError::NotAllowed);
    Error error(allowed ? VerifyError::BadStructure : VerifyError::EncryptionNotAllowed);
    for (const Fact& fact : cause.facts()) error = std::move(error).with(fact.name, quoted(fact.value));
    return std::move(error).because(std::move(cause));
}

// XML Encryption 1.1 4.4: the plaintext means what it would mean in the place of the ciphertext, so prefixes that are
// declared around that must be declared here. The reader has made sure that the URIs need no escaping.
Secret inContext(std::string_view plaintext, Element place) {
    std::string text = "<context";
    for (const auto& [prefix, uri] : xml::namespacesInScope(place))
        text += (prefix.empty() ? " xmlns" : " xmlns:" + prefix) + "=\"" + uri + "\"";
    text += ">";
    text.reserve(text.size() + plaintext.size() + 16);
    text += plaintext;
    text += "</context>";
    return Secret(std::move(text));
}

// The document and its only assertion; an empty element where it is anything else.
std::pair<xml::Document, Element> read(std::string_view plaintext, Element place) {
    auto document = xml::Document::parse(plaintext, xml::ReadRules::response());
    if (document) {
        const Element root = document->root();
        return {std::move(*document), root};
    }
    const Secret wrapped = inContext(plaintext, place);
    document = xml::Document::parse(wrapped.reveal(), xml::ReadRules::response());
    if (!document) return {};
    const Element context = document->root();
    const Element only = context.hasOwnText() || context.firstChild().next() ? Element() : context.firstChild();
    return {std::move(*document), only};
}

} // namespace

Result<DecryptedAssertion> decryptAssertion(Element encrypted, const std::vector<DecryptionKey>& keys, bool legacyAllowed) {
    const auto content = readEncryption(encrypted, legacyAllowed);
    if (!content) return fail(translated(content.error()));
    auto plain = decrypt(*content, keys);
    if (!plain) return fail(VerifyError::DecryptionFailed);
    DecryptedAssertion result;
    std::tie(result.document, result.assertion) = read(plain->octets.reveal(), encrypted);
    if (!result.assertion.is(xml::ns::assertion, "Assertion")) return fail(VerifyError::DecryptionFailed);
    const EncryptedKey& key = content->keys[plain->encryptedKey];
    result.facts = {{"data", content->method}, {"key", key.method}};
    if (!key.digest.empty()) {
        result.facts.push_back({"digest", key.digest});
        result.facts.push_back({"mgf", key.mgf});
    }
    result.facts.push_back({"fingerprint", plain->keyFingerprint});
    result.legacyMethod = content->legacyMethod();
    return result;
}

} // namespace gw::saml
