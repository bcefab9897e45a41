// The tables behind finding_texts.h. Strings are marked for translation in the context "ErrorText" and hold places for facts
// as render.h describes them.
#pragma once

#include "saml/inspect/provider_kind.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace gw::ui::errors {

// What is to be changed; the same field mends several rules.
enum class Topic : std::uint8_t {
    None, Audience, Acs, Lifetime, Clock, Signing, Algorithm, Certificate, NameId, SessionName, Roles, SessionLength, Tags, Encryption, Size, Attack,
    Metadata,
};

struct FindingEntry {
    std::string_view rule;
    const char* title;
    const char* detail;
    Topic topic = Topic::None;
};

struct FixEntry {
    Topic topic;
    inspect::ProviderKind provider;      // Unknown: for any
    const char* text;
};

[[nodiscard]] std::span<const FindingEntry> responseFindingTexts();
[[nodiscard]] std::span<const FindingEntry> attackFindingTexts();
[[nodiscard]] std::span<const FindingEntry> metadataFindingTexts();
[[nodiscard]] std::span<const FixEntry> fixTexts();
// Of rules whose title and detail are those of an error.
[[nodiscard]] Topic topicOf(std::string_view rule);

} // namespace gw::ui::errors
