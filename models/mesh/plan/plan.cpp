#include "models/mesh/plan/plan.h"

#include "models/mesh/plan/canonical.h"
#include "models/mesh/text/digest.h"

#include <algorithm>
#include <array>

namespace gw::mesh {
namespace {

constexpr auto kinds = std::to_array<std::string_view>({"trust-policy", "inline-policy", "managed-policy", "attachment", "api-policy",
                                                        "route-authorization", "auth-policy", "function-permission", "deployment", "cache-flush"});
constexpr auto changes = std::to_array<std::string_view>({"create", "replace", "remove"});
constexpr auto risks = std::to_array<std::string_view>({"low", "medium", "high"});
constexpr auto notes = std::to_array<std::string_view>({"opens-to-anyone", "lets-in", "grants", "drops-denial", "takes-away", "renames",
                                                        "keeps-foreign", "replaces-authorizer", "first-policy", "inactive",
                                                        "above-default-quota", "publishes"});
constexpr auto whys = std::to_array<std::string_view>({"not-in-estate", "not-seen", "unreadable", "version", "quota", "contradiction", "inexpressible"});

template <class Enum, class Names>
std::optional<Enum> valueOf(const Names& names, std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

// What a text says at a step of that kind.
std::string meaning(StepKind kind, std::string_view text) {
    if (text.empty()) return {};
    switch (kind) {
    case StepKind::TrustPolicy:
    case StepKind::InlinePolicy:
    case StepKind::ManagedPolicy:
    case StepKind::ApiPolicy:
    case StepKind::AuthPolicy: return canonicalPolicy(text);
    case StepKind::FunctionPermission: {
        auto json = parseJson(text);
        if (!json || !json->is_object()) return std::string(text);
        // It names the function that it stands at.
        json->erase("Resource");
        return canonicalStatement(*json, true);
    }
    default: return std::string(text);
    }
}

} // namespace

std::string_view stepKindName(StepKind kind) {
    return kinds[static_cast<std::size_t>(kind)];
}
std::optional<StepKind> stepKindOf(std::string_view name) {
    return valueOf<StepKind>(kinds, name);
}
std::string_view stepChangeName(StepChange change) {
    return changes[static_cast<std::size_t>(change)];
}
std::optional<StepChange> stepChangeOf(std::string_view name) {
    return valueOf<StepChange>(changes, name);
}
std::string_view riskName(Risk risk) {
    return risks[static_cast<std::size_t>(risk)];
}
std::optional<Risk> riskOf(std::string_view name) {
    return valueOf<Risk>(risks, name);
}
std::string_view stepNoteName(StepNote note) {
    return notes[static_cast<std::size_t>(note)];
}
std::optional<StepNote> stepNoteOf(std::string_view name) {
    return valueOf<StepNote>(notes, name);
}
std::string_view unplannedWhyName(Unplanned::Why why) {
    return whys[static_cast<std::size_t>(why)];
}

bool Step::has(StepNote note) const {
    return std::find(notes.begin(), notes.end(), note) != notes.end();
}

std::string routeAuthorizationText(std::string_view type, std::string_view authorizer, const std::vector<std::string>& scopes) {
    Json json{{"authorizationType", std::string(type)}};
    if (!authorizer.empty()) json["authorizerId"] = std::string(authorizer);
    std::vector<std::string> sorted = scopes;
    std::sort(sorted.begin(), sorted.end());
    if (!sorted.empty()) json["authorizationScopes"] = sorted;
    return compactJson(json);
}

std::string seenDigest(StepKind kind, std::string_view text) {
    return digestOf(meaning(kind, text));
}

bool isSame(StepKind kind, std::string_view a, std::string_view b) {
    return meaning(kind, a) == meaning(kind, b);
}

} // namespace gw::mesh
