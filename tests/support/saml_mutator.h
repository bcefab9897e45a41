// Random changes to the structure of a signed response, for tests and fuzz targets: move, clone, wrap, rename, splice, add
// what readers trip over, swap algorithms, and sign again what a stranger may sign.
#pragma once

#include "saml/dsig/signer.h"
#include "tests/support/saml_markup.h"
#include "tests/support/saml_shapes.h"

#include <memory>
#include <string>
#include <string_view>

namespace gw::test {

class Mutator {
public:
    explicit Mutator(std::uint32_t seed) : dice_(seed) {}

    // Some changes to the document. `donor` is another one whose parts may be taken. Where `resigner` is given, a signature
    // may be made anew with it: over the changed content, by a key that nobody trusts.
    [[nodiscard]] std::string mutate(const std::string& xml, const std::string& donor, const saml::SigningKey* resigner);

private:
    [[nodiscard]] Markup* any(Markup& root);
    [[nodiscard]] Markup* notable(Markup& root);
    [[nodiscard]] std::unique_ptr<Markup> wrapper();
    void put(Markup& root, std::unique_ptr<Markup> piece);
    void step(Markup& root, Markup& donor, const saml::SigningKey* resigner);
    void wrap(Markup& at);
    void falsify(Markup& top);
    void rename(Markup& root);
    void insertRaw(Markup& at);
    void attributes(Markup& at);
    void algorithms(Markup& root);
    void resign(Markup& root, const saml::SigningKey& key);

    Dice dice_;
};

} // namespace gw::test
