// Whatever somebody drops on the inspector: it says what it can and is never surer than the verifier.
#include "saml/inspect/inspection.h"
#include "tests/fuzz/property.h"
#include "tests/support/saml_response_builder.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gw;
    static const UtcTime now = UtcTime::fromUnixSeconds(1'795'521'600);
    static const saml::TrustedProvider trust = test::ResponseBuilder(now).trust();
    auto found = inspect::findMessages({reinterpret_cast<const char*>(data), size});
    if (!found) return 0;
    fuzz::require(!found->empty() && found->size() <= inspect::InputLimits().maxMessages, "messages are bounded");
    for (inspect::FoundMessage& message : *found) {
        fuzz::require(message.xml.size() <= std::size_t{10'000'000}, "a message is bounded");
        if (message.kind == inspect::MessageKind::Metadata || message.xml.size() > 65'536) continue;
        inspect::InspectOptions options;
        options.now = now;
        options.trust = trust;
        const std::string text(message.xml.reveal());
        const inspect::Inspection inspection = inspect::inspect(std::move(message), options);
        const bool accepted = saml::AssertionVerifier().verify(test::capture(text, now), trust, now, nullptr).has_value();
        fuzz::require((inspection.verdict == inspect::Verdict::Accepted) == accepted, "the inspector says what the verifier says");
        fuzz::require(accepted || inspection.decisive() != nullptr, "a rejection has a reason");
    }
    return 0;
}
