#include "saml/dsig/signer.h"

#include "saml/base/base64.h"
#include "saml/base/markup.h"
#include "saml/dsig/algorithms.h"
#include "saml/dsig/openssl_handles.h"
#include "saml/dsig/xmlsec_library.h"
#include "saml/xml/document.h"
#include "saml/xml/library.h"
#include "saml/xml/namespaces.h"

#include <memory>

#include <libxml/tree.h>
#include <openssl/err.h>
#include <xmlsec/crypto.h>
#include <xmlsec/keys.h>
#include <xmlsec/xmldsig.h>

namespace gw::saml {
namespace {

using Context = std::unique_ptr<xmlSecDSigCtx, openssl::Calls<xmlSecDSigCtxDestroy>>;

struct Method {
    std::string_view signature, digest;
};

Method methodOf(SignatureAlgorithm algorithm) {
    using namespace algorithm;
    switch (algorithm) {
    case SignatureAlgorithm::RsaSha1:
        return {rsaSha1, sha1};
    case SignatureAlgorithm::RsaSha256:
        return {rsaSha256, sha256};
    case SignatureAlgorithm::RsaSha384:
        return {rsaSha384, sha384};
    case SignatureAlgorithm::RsaSha512:
        return {rsaSha512, sha512};
    case SignatureAlgorithm::EcdsaSha256:
        return {ecdsaSha256, sha256};
    case SignatureAlgorithm::EcdsaSha384:
        return {ecdsaSha384, sha384};
    case SignatureAlgorithm::EcdsaSha512:
        return {ecdsaSha512, sha512};
    }
    return {};
}

std::string tagWithAlgorithm(std::string_view name, std::string_view uri, std::string_view content = {}) {
    return "<ds:" + std::string(name) + " Algorithm=\"" + escapedMarkup(uri) + "\">" + std::string(content) +
           "</ds:" + std::string(name) + ">";
}

std::string templateText(const SignatureShape& shape, std::string_view elementId) {
    const Method method = methodOf(shape.algorithm);
    std::vector<std::string> transforms = shape.transforms;
    if (transforms.empty()) transforms = {std::string(algorithm::enveloped), std::string(algorithm::exclusive)};
    std::string transformText;
    for (const std::string& uri : transforms) {
        std::string parameter;
        if (isExclusiveC14n(uri) && !shape.inclusivePrefixes.empty())
            parameter = "<ec:InclusiveNamespaces xmlns:ec=\"" + std::string(algorithm::exclusive) + "\" PrefixList=\"" +
                        escapedMarkup(shape.inclusivePrefixes) + "\"/>";
        transformText += tagWithAlgorithm("Transform", uri, parameter);
    }
    const std::string uri = shape.referenceUri.value_or("#" + std::string(elementId));
    return "<ds:Signature xmlns:ds=\"" + std::string(xml::ns::signature) + "\"><ds:SignedInfo>" +
           tagWithAlgorithm("CanonicalizationMethod",
                            shape.canonicalization.empty() ? algorithm::exclusive : std::string_view(shape.canonicalization)) +
           tagWithAlgorithm("SignatureMethod", method.signature) + "<ds:Reference URI=\"" + escapedMarkup(uri) + "\"><ds:Transforms>" +
           transformText + "</ds:Transforms>" +
           tagWithAlgorithm("DigestMethod", shape.digest.empty() ? method.digest : std::string_view(shape.digest)) +
           "<ds:DigestValue></ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue></ds:SignatureValue></"
           "ds:Signature>";
}

xml::Element findById(xml::Element root, std::string_view id) {
    for (xml::Element at = root; at; at = following(at, root))
        if (at.attribute("ID") == id) return at;
    return {};
}

// Puts a copy of `signature` right after the issuer, or first where there is none.
xmlNode* insertSignature(xml::Element target, xml::Element signature) {
    xmlNode* parent = target.node();
    xmlNode* copy = xmlDocCopyNode(signature.node(), parent->doc, 1);
    if (copy == nullptr) return nullptr;
    const xml::Element first = target.firstChild();
    if (first.is(xml::ns::assertion, "Issuer")) return xmlAddNextSibling(first.node(), copy);
    return parent->children != nullptr ? xmlAddPrevSibling(parent->children, copy) : xmlAddChild(parent, copy);
}

bool addCertificate(xmlNode& signature, const Certificate& certificate) {
    xmlNode* info = xmlNewChild(&signature, signature.ns, BAD_CAST "KeyInfo", nullptr);
    xmlNode* data = info == nullptr ? nullptr : xmlNewChild(info, signature.ns, BAD_CAST "X509Data", nullptr);
    const std::string text = encodeBase64(certificate.der());
    return data != nullptr && xmlNewChild(data, signature.ns, BAD_CAST "X509Certificate", BAD_CAST text.c_str()) != nullptr;
}

Result<std::string> serialize(xml::Element root) {
    const std::unique_ptr<xmlBuffer, openssl::Calls<xmlBufferFree>> buffer(xmlBufferCreate());
    if (buffer == nullptr || xmlNodeDump(buffer.get(), root.node()->doc, root.node(), 0, 0) < 0) return fail(SignError::Failed);
    return std::string(reinterpret_cast<const char*>(xmlBufferContent(buffer.get())),
                       static_cast<std::size_t>(xmlBufferLength(buffer.get())));
}

Context makeContext(const SigningKey& key) {
    Context context(xmlSecDSigCtxCreate(nullptr));
    if (context == nullptr) return nullptr;
    const std::string_view pem = key.privateKeyPem.reveal();
    context->signKey =
        xmlSecCryptoAppKeyLoadMemory(reinterpret_cast<const xmlSecByte*>(pem.data()), static_cast<xmlSecSize>(pem.size()),
                                     xmlSecKeyDataFormatPem, nullptr, nullptr, nullptr);
    context->enabledReferenceUris = xmlSecTransformUriTypeSameDocument | xmlSecTransformUriTypeEmpty;
    return context->signKey == nullptr ? nullptr : std::move(context);
}

} // namespace

Result<std::string> signEnveloped(std::string_view text, std::string_view elementId, const SigningKey& key,
                                  const SignatureShape& shape) {
    if (!prepareXmlsec()) return fail(SignError::Failed, "xmlsec1 cannot be initialised");
    xml::ReadRules rules = xml::ReadRules::metadata();
    rules.plainIds = true;
    auto document = xml::Document::parse(text, rules);
    if (!document) return fail(Error(SignError::NotXml).because(std::move(document).error()));
    const xml::Element target = findById(document->root(), elementId);
    if (!target) return fail(SignError::NoSuchElement);
    auto pattern = xml::Document::parse(templateText(shape, elementId), rules);
    if (!pattern) return fail(Error(SignError::Failed).because(std::move(pattern).error()));

    const xml::QuietErrors quiet;
    const Context context = makeContext(key);
    ERR_clear_error();
    if (context == nullptr) return fail(SignError::BadKey);
    xmlNode* signature = insertSignature(target, pattern->root());
    const RegisteredId id(target.node());
    if (signature == nullptr || !id.holds()) return fail(SignError::Failed);
    const int result = xmlSecDSigCtxSign(context.get(), signature);
    ERR_clear_error();
    if (result != 0 || context->status != xmlSecDSigStatusSucceeded) return fail(SignError::Failed);
    if (shape.certificate && !addCertificate(*signature, key.certificate)) return fail(SignError::Failed);
    return serialize(document->root());
}

Result<std::string> signEnveloped(std::string_view text, std::string_view elementId, const SigningKey& key,
                                  SignatureAlgorithm algorithm) {
    SignatureShape shape;
    shape.algorithm = algorithm;
    return signEnveloped(text, elementId, key, shape);
}

} // namespace gw::saml
