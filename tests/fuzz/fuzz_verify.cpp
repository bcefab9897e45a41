// The input is a list of edits to a validly signed response: where, how much goes, what comes. If the result is accepted,
// its claims are those that were signed.
#include "tests/fuzz/property.h"
#include "tests/support/saml_response_builder.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace gw;

const UtcTime now = UtcTime::fromUnixSeconds(1'795'521'600);

constexpr std::array<std::string_view, 16> pieces = {
    "",
    "<!-- c -->",
    "<?p i?>",
    "<saml:Assertion xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"_assert1\">",
    "</saml:Assertion>",
    "<samlp:Extensions>",
    "</samlp:Extensions>",
    "<ds:Object xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">",
    "</ds:Object>",
    " ID=\"_assert1\"",
    " xml:id=\"_assert1\"",
    "&#x65;vil",
    "<![CDATA[evil]]>",
    " xmlns=\"urn:evil\"",
    "#_resp1",
    "<!DOCTYPE r>"};

class Edits {
public:
    Edits(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
    [[nodiscard]] bool more() const { return at_ + 6 <= size_; }
    std::size_t take(std::size_t octets) {
        std::size_t value = 0;
        for (; octets > 0; --octets) value = value << 8U | data_[at_++];
        return value;
    }

private:
    const std::uint8_t* data_;
    std::size_t size_, at_ = 0;
};

struct Original {
    std::string xml;
    std::vector<saml::Attribute> attributes;
    saml::NameId nameId;
};

Original make(test::Sign sign) {
    test::ResponseBuilder builder(now);
    builder.sign = sign;
    const auto verified = saml::AssertionVerifier().verify(builder.captured(), builder.trust(), now, nullptr);
    fuzz::require(verified.has_value(), "the original is accepted");
    return {builder.xml(), verified->attributes(), verified->nameId()};
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::array<Original, 3> originals = {make(test::Sign::Assertion), make(test::Sign::Response),
                                                      make(test::Sign::Both)};
    static const saml::AssertionVerifier verifier;
    static const saml::TrustedProvider trust = test::ResponseBuilder(now).trust();
    if (size == 0) return 0;
    const Original& original = originals[data[0] % originals.size()];
    std::string text = original.xml;
    Edits edits(data + 1, size - 1);
    for (int i = 0; i < 16 && edits.more() && text.size() < 200'000; ++i) {
        const std::size_t from = edits.take(2) % (text.size() + 1);
        const std::size_t to = edits.take(2) % (text.size() + 1);
        const std::size_t length = edits.take(1) * 16;
        const std::size_t what = edits.take(1);
        if (what < 16)
            text.insert(from, pieces[what]);
        else if (what < 64)
            text.insert(to, text.substr(from, length));
        else if (what < 96)
            text.erase(from, length);
        else if (from < text.size())
            text[from] = static_cast<char>(what - 96 + 0x20);
    }
    const auto verdict = verifier.verify(test::capture(text, now), trust, now, nullptr);
    if (!verdict) return 0;
    fuzz::require(verdict->attributes() == original.attributes && verdict->nameId() == original.nameId,
                  "accepted means the signed claims");
    return 0;
}
