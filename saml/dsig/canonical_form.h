// Canonical XML for the direct verifier, written for what the hardened reader lets through: elements, attributes, character
// data, absolute namespace URIs. xmlsec1 uses libxml2's; that both give the same octets is part of every verification.
// Sources: Canonical XML 1.0 and 1.1, Exclusive XML Canonicalization 1.0.
#pragma once

#include "saml/base/result.h"
#include "saml/base/secret.h"
#include "saml/dsig/signature_profile.h"
#include "saml/xml/element.h"

#include <string_view>

namespace gw::saml {

// The canonical form of `top` and what it holds, without `omitted`, which may be empty. `method` is a URI of algorithms.h,
// `inclusivePrefixes` the PrefixList of InclusiveNamespaces. Linear in the size of the document, apart from the number of
// namespace prefixes in scope, which the reader bounds. Errors: SignatureError::BadStructure for an xml:base that Canonical
// XML 1.1 would have to join, AlgorithmNotAllowed for another method.
[[nodiscard]] Result<Secret> canonicalForm(xml::Element top, xml::Element omitted, std::string_view method,
                                           std::string_view inclusivePrefixes);

} // namespace gw::saml
