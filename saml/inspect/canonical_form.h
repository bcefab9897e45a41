// The canonical form of an element as it stands in a SourceTree: Exclusive XML Canonicalization 1.0, Canonical XML 1.0 and
// 1.1, for elements without a document type declaration. It is apart from the verifiers on purpose: it also works on
// documents that they refuse, knows which octets of the text became which octets of the form, and decides nothing.
#pragma once

#include "saml/inspect/source_tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace gw::inspect {

enum class FormMethod : std::uint8_t { Exclusive, Inclusive, Inclusive11 };

struct FormRules {
    FormMethod method = FormMethod::Exclusive;
    bool comments = false;
    std::vector<std::string> inclusivePrefixes;    // of InclusiveNamespaces; "#default" for the default namespace
    NodeIndex without = noNode;                    // left out with everything in it: the enveloped signature
    // Deviations, to try what may have happened to the text after it was signed.
    bool dropBlankText = false;                    // white space between elements
    bool trimText = false;                         // white space around values
    bool carriageReturns = false;                  // line ends were CR LF and were signed as such
    std::size_t maxOctets = std::size_t{2} << 20;
};

// Octets of the form made from octets of the text.
struct FormPiece {
    std::uint32_t out = 0;      // where it begins in the form
    Range source;
};

struct CanonicalForm {
    Secret octets;
    std::vector<FormPiece> pieces;      // ascending in both; a start tag's parts are pieces of their own
    bool complete = false;              // false: the bound was met
};

[[nodiscard]] CanonicalForm canonicalForm(const SourceTree& tree, NodeIndex element, const FormRules& rules);

// Nothing where the URI names no such method. "…#WithComments" sets `comments`.
[[nodiscard]] bool setMethod(std::string_view uri, FormRules& rules);

} // namespace gw::inspect
