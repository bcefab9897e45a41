#include "saml/dsig/signature_profile.h"

#include "saml/base/base64.h"
#include "saml/xml/document.h"
#include "saml/xml/namespaces.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace gw::saml {
namespace {

using xml::Element;

// More is a way to make canonicalization slow; real providers list a handful.
constexpr std::size_t maxInclusivePrefixes = 16;

tl::unexpected<Error> bad(Element at, std::string_view where, std::string_view seen = {}) {
    Error error = Error(SignatureError::BadStructure).with("where", std::string(where));
    if (!seen.empty()) error = std::move(error).with("seen", std::string(seen.substr(0, 200)));
    if (at.line() > 0) error = std::move(error).with("line", std::to_string(at.line()));
    return fail(std::move(error));
}

// The child elements, where they are exactly these of the signature namespace, in this order.
Result<std::vector<Element>> exactly(Element parent, std::initializer_list<std::string_view> names, std::size_t optional = 0) {
    std::vector<Element> found;
    auto name = names.begin();
    for (const Element child : parent.children()) {
        // No element has an empty name.
        const std::string_view wanted = name == names.end() ? std::string_view() : *name++;
        if (!child.is(xml::ns::signature, wanted)) return bad(child, child.name());
        found.push_back(child);
    }
    if (found.size() + optional < names.size()) return bad(parent, parent.name());
    if (parent.hasOwnText()) return bad(parent, parent.name());
    return found;
}

bool isPrefix(std::string_view name) {
    return name == "#default" || xml::isPlainId(name);
}

// The PrefixList, checked.
Result<std::string> readInclusiveNamespaces(Element method) {
    if (!method.firstChild()) return std::string();
    const Element list = method.firstChild();
    if (list.next() || !list.is(xml::ns::exclusiveC14n, "InclusiveNamespaces") || list.firstChild() || list.attributeCount() != 1)
        return bad(list, list.name());
    auto prefixes = list.attribute("PrefixList");
    if (!prefixes) return bad(list, "PrefixList");
    std::size_t count = 0;
    for (std::size_t i = 0; i < prefixes->size();) {
        const std::size_t end = std::min(prefixes->find(' ', i), prefixes->size());
        const std::string_view name = std::string_view(*prefixes).substr(i, end - i);
        if (!name.empty() && (!isPrefix(name) || ++count > maxInclusivePrefixes)) return bad(list, "PrefixList", *prefixes);
        i = end + 1;
    }
    return std::move(*prefixes);
}

struct Method {
    std::string uri, prefixes;
};

// The Algorithm of an element that carries nothing else, apart from InclusiveNamespaces where the algorithm takes it, and
// the parameters of RSA-PSS, which are not read here.
Result<Method> readMethod(Element element) {
    auto uri = element.attribute("Algorithm");
    if (!uri || element.attributeCount() != 1 || element.hasOwnText()) return bad(element, element.name());
    Method method{std::move(*uri), {}};
    if (isExclusiveC14n(method.uri)) {
        GW_TRY(method.prefixes, readInclusiveNamespaces(element));
    } else if (element.firstChild() && method.uri != algorithm::rsaPss) {
        return bad(element, element.name());
    }
    return method;
}

Status checkReferenceUri(Element reference, Element parent) {
    const std::string uri = reference.attribute("URI").value_or("");
    const std::string id = parent.attribute("ID").value_or("");
    // SAML Core 5.4.2: a same-document reference to the ID of the parent. xmlsec1 pastes the value into an XPointer, so
    // it must be a plain name before it gets there.
    if (!xml::isPlainId(id) || uri != "#" + id) return bad(reference, "Reference/@URI", uri);
    if (reference.attributeCount() > 1 + (reference.attribute("Id") ? 1U : 0U)) return bad(reference, "Reference");
    return {};
}

Status readTransforms(Element transforms, SignatureProfile& profile) {
    for (const Element transform : transforms.children()) {
        if (!transform.is(xml::ns::signature, "Transform")) return bad(transform, transform.name());
        GW_TRY(Method method, readMethod(transform));
        profile.transforms.push_back(std::move(method.uri));
        profile.transformPrefixes = std::move(method.prefixes);
    }
    const auto& found = profile.transforms;
    // SAML Core 5.4.4: only enveloped and canonicalization. Enveloped must come first, for it works on nodes.
    if (found.empty() || found.size() > 2 || found[0] != algorithm::enveloped ||
        (found.size() == 2 && found[1] == algorithm::enveloped))
        return bad(transforms, "Transforms", found.empty() ? std::string_view() : std::string_view(found.back()));
    return {};
}

Result<std::string> readBase64(Element element) {
    const auto text = element.text();
    if (!text) return bad(element, element.name());
    auto octets = decodeBase64(*text, 4096);
    if (!octets || octets->empty()) return bad(element, element.name());
    return std::move(*octets);
}

std::optional<std::string> firstCertificate(Element keyInfo) {
    for (const Element data : keyInfo.children()) {
        if (!data.is(xml::ns::signature, "X509Data")) continue;
        for (const Element certificate : data.children()) {
            if (!certificate.is(xml::ns::signature, "X509Certificate")) continue;
            const auto text = certificate.text();
            if (!text) continue;
            auto der = decodeBase64(*text, 65'536);
            if (der) return std::move(*der);
        }
    }
    return std::nullopt;
}

} // namespace

bool SignatureProfile::usesSha1() const {
    return method == algorithm::rsaSha1 || digest == algorithm::sha1;
}

bool SignatureProfile::usesInclusiveC14n() const {
    return !isExclusiveC14n(canonicalization) || transforms.size() < 2 || !isExclusiveC14n(transforms[1]);
}

Result<SignatureProfile> readSignatureProfile(Element signature) {
    SignatureProfile profile;
    profile.signature = signature;
    profile.parent = signature.parent();
    const std::size_t known = signature.attribute("Id") ? 1 : 0;
    if (!signature.is(xml::ns::signature, "Signature") || !profile.parent || signature.attributeCount() != known)
        return bad(signature, "Signature");

    const Element first = profile.parent.firstChild();
    profile.followsIssuer = first.is(xml::ns::assertion, "Issuer") && first.next() == signature;
    GW_TRY(const auto parts, exactly(signature, {"SignedInfo", "SignatureValue", "KeyInfo"}, 1));
    GW_TRY(const auto info, exactly(parts[0], {"CanonicalizationMethod", "SignatureMethod", "Reference"}));
    profile.signedInfo = parts[0];
    GW_TRY(Method canonicalization, readMethod(info[0]));
    profile.canonicalization = std::move(canonicalization.uri);
    profile.canonicalizationPrefixes = std::move(canonicalization.prefixes);
    GW_TRY(Method method, readMethod(info[1]));
    profile.method = std::move(method.uri);
    GW_CHECK(checkReferenceUri(info[2], profile.parent));
    GW_TRY(const auto reference, exactly(info[2], {"Transforms", "DigestMethod", "DigestValue"}));
    GW_CHECK(readTransforms(reference[0], profile));
    GW_TRY(Method digest, readMethod(reference[1]));
    profile.digest = std::move(digest.uri);
    GW_TRY(profile.digestValue, readBase64(reference[2]));
    GW_TRY(profile.signatureValue, readBase64(parts[1]));
    if (parts.size() == 3) profile.embeddedCertificate = firstCertificate(parts[2]);
    return profile;
}

Status checkAlgorithms(const SignatureProfile& profile, AlgorithmPolicy policy) {
    const auto refuse = [&](std::string_view where, const std::string& uri) {
        return fail(
            Error(SignatureError::AlgorithmNotAllowed).with("where", std::string(where)).with("seen", uri.substr(0, 200)));
    };
    if (!isCanonicalization(profile.canonicalization)) return refuse("CanonicalizationMethod", profile.canonicalization);
    if (!isSignatureMethod(profile.method, policy)) return refuse("SignatureMethod", profile.method);
    for (std::size_t i = 1; i < profile.transforms.size(); ++i)
        if (!isCanonicalizationTransform(profile.transforms[i])) return refuse("Transform", profile.transforms[i]);
    if (!isDigestMethod(profile.digest, policy)) return refuse("DigestMethod", profile.digest);
    return {};
}

} // namespace gw::saml
