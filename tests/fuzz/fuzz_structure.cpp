// The input is a document. libFuzzer's mutator is replaced by one that knows the structure: it moves, clones, wraps and
// splices parts of validly signed responses, and signs anew with a key of an attacker.
//
// Two properties. Under the provider's key: accepted means the claims that the provider signed. Under the attacker's key,
// with every signature made anew, so that what lies behind the signatures is reached: the provider's key still refuses.
#include "tests/fuzz/property.h"
#include "tests/support/raw_signature.h"
#include "tests/support/saml_mutator.h"
#include "tests/support/saml_response_builder.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t maxSize);

namespace {

using namespace gw;

const UtcTime now = UtcTime::fromUnixSeconds(1'795'521'600);

struct Original {
    std::string xml;
    std::vector<saml::Attribute> attributes;
    saml::NameId nameId;
};

Original make(test::Sign sign, const std::string& suffix) {
    test::ResponseBuilder builder(now);
    builder.sign = sign;
    builder.nameId = "alice" + suffix + "@example.org";
    builder.assertionId = "_assert" + suffix;
    builder.responseId = "_resp" + suffix;
    builder.roles = {test::ResponseBuilder::role("111122223333", "Role" + suffix)};
    const auto verified = saml::AssertionVerifier().verify(builder.captured(), builder.trust(), now, nullptr);
    fuzz::require(verified.has_value(), "the original is accepted");
    return {builder.xml(), verified->attributes(), verified->nameId()};
}

const std::array<Original, 4>& originals() {
    static const std::array<Original, 4> all = {make(test::Sign::Assertion, "1"), make(test::Sign::Response, "1"),
                                                make(test::Sign::Both, "1"), make(test::Sign::Assertion, "2")};
    return all;
}

std::string signedByTheAttacker(const std::string& text) {
    const auto root = test::Markup::parse(text);
    if (root == nullptr) return {};
    // Inner ones first: the outer digest covers them.
    const auto all = root->elements();
    for (auto at = all.rbegin(); at != all.rend(); ++at)
        if ((*at)->name == "ds:Signature" && (*at)->parent != nullptr) (void)test::signAgain(**at, *(*at)->parent, test::strangerKey());
    return root->str();
}

bool looksLikeMarkup(const std::string& text) {
    // The tree of the tests reads what it wrote itself; anything else goes to the reader as it is.
    return text.starts_with("<samlp:Response ") && text.ends_with("</samlp:Response>") && text.size() < 60'000;
}

} // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t maxSize, unsigned int seed) {
    std::string text(reinterpret_cast<const char*>(data), size);
    test::Dice dice(seed);
    if (dice.chance(10) && size > 0) return LLVMFuzzerMutate(data, size, maxSize);
    if (!looksLikeMarkup(text) || dice.chance(8)) text = originals()[dice.below(originals().size())].xml;
    std::string changed = test::Mutator(seed).mutate(text, originals()[dice.below(originals().size())].xml, &test::strangerKey());
    if (changed.size() > maxSize) changed = originals()[0].xml;
    if (changed.size() > maxSize) return size;
    std::memcpy(data, changed.data(), changed.size());
    return changed.size();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const saml::AssertionVerifier verifier;
    static const saml::TrustedProvider trust = test::ResponseBuilder(now).trust();
    static const saml::TrustedProvider attacker{trust.entityId, {test::strangerKey().certificate}};
    const std::string text(reinterpret_cast<const char*>(data), size);
    if (const auto verdict = verifier.verify(test::capture(text, now), trust, now, nullptr)) {
        bool known = false;
        for (const Original& one : originals()) known = known || (verdict->attributes() == one.attributes && verdict->nameId() == one.nameId);
        fuzz::require(known, "accepted means the signed claims");
    }
    if (!looksLikeMarkup(text)) return 0;
    const std::string forged = signedByTheAttacker(text);
    if (const auto verdict = verifier.verify(test::capture(forged, now), attacker, now, nullptr))
        fuzz::require(!verifier.verify(test::capture(forged, now), trust, now, nullptr), "another's signature is not the provider's");
    return 0;
}
