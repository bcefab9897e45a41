// The reader and the gates of structure, without cryptography.
#include "saml/dsig/signature_profile.h"
#include "saml/protocol/response_structure.h"
#include "saml/xml/document.h"
#include "saml/xml/namespaces.h"
#include "tests/fuzz/property.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace {

using namespace gw;

// What the gate let pass: one assertion at most that a reader could take for the one, and signatures in two places only.
void checkPlaces(const saml::ResponseParts& parts) {
    for (xml::Element at = parts.response; at; at = following(at, parts.response)) {
        if (at.is(xml::ns::assertion, "Assertion")) fuzz::require(at.parent() == parts.response, "an assertion is a child of the response");
        if (at.is(xml::ns::protocol, "Response")) fuzz::require(at == parts.response, "there is one response");
        if (at.is(xml::ns::signature, "Object")) fuzz::require(false, "there is no object in a signature");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto document = xml::Document::parse({reinterpret_cast<const char*>(data), size}, xml::ReadRules::response());
    if (!document) return 0;
    for (xml::Element at = document->root(); at; at = following(at, document->root()))
        if (at.is(xml::ns::signature, "Signature"))
            if (const auto profile = saml::readSignatureProfile(at)) {
                fuzz::require(profile->parent == at.parent() && profile->transforms.size() <= 2, "a profile is of its parent");
                (void)saml::checkAlgorithms(*profile, saml::AlgorithmPolicy::Default);
            }
    const auto parts = saml::locateResponse(document->root());
    if (!parts) return 0;
    for (const xml::Element assertion : parts->assertions) (void)saml::locateAssertion(assertion);
    (void)saml::checkStatus(parts->status);
    if (parts->signature && saml::readSignatureProfile(parts->signature)) checkPlaces(*parts);
    return 0;
}
