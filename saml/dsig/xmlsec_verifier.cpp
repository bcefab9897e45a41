#include "saml/dsig/xmlsec_verifier.h"

#include "saml/dsig/openssl_handles.h"
#include "saml/dsig/xmlsec_library.h"
#include "saml/xml/library.h"

#include <initializer_list>
#include <memory>

#include <openssl/err.h>
#include <openssl/x509.h>
#include <xmlsec/crypto.h>
#include <xmlsec/keys.h>
#include <xmlsec/openssl/evp.h>
#include <xmlsec/transforms.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>

namespace gw::saml {
namespace {

using Context = std::unique_ptr<xmlSecDSigCtx, openssl::Calls<xmlSecDSigCtxDestroy>>;
using Key = std::unique_ptr<xmlSecKey, openssl::Calls<xmlSecKeyDestroy>>;

Key makeKey(const Certificate& certificate) {
    if (certificate.publicKey() == nullptr || EVP_PKEY_up_ref(certificate.publicKey()) != 1) return nullptr;
    openssl::EvpKey publicKey(certificate.publicKey());
    xmlSecKeyDataPtr data = xmlSecOpenSSLEvpKeyAdopt(publicKey.get());
    if (data == nullptr) return nullptr;
    (void)publicKey.release();
    Key key(xmlSecKeyCreate());
    if (key == nullptr || xmlSecKeySetValue(key.get(), data) < 0) {
        xmlSecKeyDataDestroy(data);
        return nullptr;
    }
    return key;
}

// Null where this xmlsec1 does not know the method, as 1.2 does not know RSA-PSS.
xmlSecTransformId signatureTransform(const std::string& uri) {
    return xmlSecTransformIdListFindByHref(xmlSecTransformIdsGet(), BAD_CAST uri.c_str(), xmlSecTransformUsageSignatureMethod);
}

bool allow(xmlSecDSigCtx& context, AlgorithmPolicy policy, const std::string& method) {
    bool ok = true;
    // An empty list would mean that everything is allowed.
    for (const xmlSecTransformId id :
         {xmlSecTransformEnvelopedId, xmlSecTransformExclC14NId, xmlSecTransformExclC14NWithCommentsId, xmlSecTransformInclC14NId,
          xmlSecTransformInclC14N11Id, xmlSecTransformSha256Id, xmlSecTransformSha384Id, xmlSecTransformSha512Id})
        ok = ok && xmlSecDSigCtxEnableReferenceTransform(&context, id) == 0;
    for (const xmlSecTransformId id : {xmlSecTransformExclC14NId, xmlSecTransformInclC14NId, xmlSecTransformInclC14N11Id,
                                       xmlSecTransformRsaSha256Id, xmlSecTransformRsaSha384Id, xmlSecTransformRsaSha512Id,
                                       xmlSecTransformEcdsaSha256Id, xmlSecTransformEcdsaSha384Id, xmlSecTransformEcdsaSha512Id})
        ok = ok && xmlSecDSigCtxEnableSignatureTransform(&context, id) == 0;
    if (policy != AlgorithmPolicy::Strict) {
        ok = ok && xmlSecDSigCtxEnableReferenceTransform(&context, xmlSecTransformSha1Id) == 0;
        ok = ok && xmlSecDSigCtxEnableSignatureTransform(&context, xmlSecTransformRsaSha1Id) == 0;
    }
    if (isPss(method)) ok = ok && xmlSecDSigCtxEnableSignatureTransform(&context, signatureTransform(method)) == 0;
    return ok;
}

Context makeContext(const Certificate& certificate, AlgorithmPolicy policy, const std::string& method) {
    Context context(xmlSecDSigCtxCreate(nullptr));
    if (context == nullptr) return nullptr;
    Key key = makeKey(certificate);
    if (key == nullptr) return nullptr;
    context->signKey = key.release();
    context->flags |= XMLSEC_DSIG_FLAGS_IGNORE_MANIFESTS | XMLSEC_DSIG_FLAGS_STORE_SIGNEDINFO_REFERENCES;
    context->enabledReferenceUris = xmlSecTransformUriTypeSameDocument;
    context->transformCtx.enabledUris = xmlSecTransformUriTypeNone;
    context->keyInfoReadCtx.retrievalMethodCtx.enabledUris = xmlSecTransformUriTypeNone;
    if (!allow(*context, policy, method)) return nullptr;
    return context;
}

// The digested octets, where there is exactly one reference and it holds.
Result<Secret> digestedOctets(xmlSecDSigCtx& context) {
    if (xmlSecPtrListGetSize(&context.signedInfoReferences) != 1) return fail(SignatureError::Invalid, "not one reference");
    auto* reference = static_cast<xmlSecDSigReferenceCtxPtr>(xmlSecPtrListGetItem(&context.signedInfoReferences, 0));
    if (reference == nullptr || reference->status != xmlSecDSigStatusSucceeded)
        return fail(SignatureError::Invalid, "digest differs");
    xmlSecBufferPtr buffer = xmlSecDSigReferenceCtxGetPreDigestBuffer(reference);
    if (buffer == nullptr || xmlSecBufferGetSize(buffer) == 0) return fail(SignatureError::Invalid, "nothing was digested");
    return Secret(std::string_view(reinterpret_cast<const char*>(xmlSecBufferGetData(buffer)), xmlSecBufferGetSize(buffer)));
}

} // namespace

Result<Secret> XmlsecVerifier::verify(const xml::Document& document, const SignatureProfile& profile, const Certificate& key,
                                      AlgorithmPolicy policy) const {
    GW_CHECK(checkAlgorithms(profile, policy));
    if (!prepareXmlsec()) return fail(SignatureError::Internal, "xmlsec1 cannot be initialised");
    if (isPss(profile.method) && signatureTransform(profile.method) == xmlSecTransformIdUnknown)
        return fail(Error(SignatureError::AlgorithmOfOneVerifier).with("where", "SignatureMethod").with("seen", profile.method));
    const xml::QuietErrors quiet;
    const Context context = makeContext(key, policy, profile.method);
    if (context == nullptr) return fail(SignatureError::Internal, "no verification context");
    xmlNode* parent = profile.parent.node();
    if (parent == nullptr || parent->doc != document.handle())
        return fail(SignatureError::Internal, "signature of another document");
    const RegisteredId id(parent);
    if (!id.holds()) return fail(SignatureError::Internal, "ID cannot be registered");

    const int result = xmlSecDSigCtxVerify(context.get(), profile.signature.node());
    ERR_clear_error();
    // Zero only says that checking was possible; the verdict is the status.
    if (result != 0 || context->status != xmlSecDSigStatusSucceeded) return fail(SignatureError::Invalid);
    return digestedOctets(*context);
}

} // namespace gw::saml
