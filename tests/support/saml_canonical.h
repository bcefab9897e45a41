// Canonical XML over a Markup tree, written from the two W3C recommendations and sharing nothing with libxml2: what the
// product digests is compared with this, and signatures of any shape are made over it.
#pragma once

#include "tests/support/saml_markup.h"

#include <string>
#include <string_view>
#include <vector>

namespace gw::test {

enum class Canonical { Inclusive, Exclusive };

struct CanonicalForm {
    Canonical kind = Canonical::Exclusive;
    std::vector<std::string> inclusivePrefixes; // of the exclusive form; "#default" for the default namespace
    const Markup* omit = nullptr;               // a subtree that is left out, as the enveloped transform does
};

// The subtree at `element`, without comments (a Markup tree has none unless they were put in as raw text, which is taken
// for character data). The attributes xml:lang and the like are not inherited: the documents made here have none.
[[nodiscard]] std::string canonical(const Markup& element, const CanonicalForm& form = {});

} // namespace gw::test
