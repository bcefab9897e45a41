#include "saml/inspect/key_forensics.h"

#include <algorithm>

namespace gw::inspect {
namespace {

using saml::Certificate;

// The trusted certificate that `found` continues: the same key in a new certificate, or a new key of the same subject.
std::optional<Certificate> counterpartOf(const Certificate& found, const std::vector<Certificate>& trusted) {
    for (const Certificate& one : trusted)
        if (one.publicKeyDer() == found.publicKeyDer()) return one;
    for (const Certificate& one : trusted)
        if (!one.subject().empty() && one.subject() == found.subject()) return one;
    return std::nullopt;
}

} // namespace

KeyForensics examineKeys(const std::vector<SignatureReport>& signatures, const KeyRing& ring, UtcTime now) {
    KeyForensics out;
    out.trusted = ring.trusted;
    out.trustedExpired = !ring.trusted.empty() && std::all_of(ring.trusted.begin(), ring.trusted.end(),
                                                              [&](const Certificate& one) { return one.notAfter() <= now; });
    const SignatureReport* chosen = nullptr;
    for (const SignatureReport& one : signatures) {
        if (!one.checked) continue;
        const auto rank = [](const SignatureReport& report) {
            return (report.holdsTrusted() ? 4 : 0) + (report.key() != nullptr ? 2 : 0) + (report.digestsHold() ? 1 : 0);
        };
        if (chosen == nullptr || rank(one) > rank(*chosen)) chosen = &one;
    }
    if (chosen == nullptr) return out;
    const TriedKey* key = chosen->key();
    if (key != nullptr)
        out.signedBy = key->certificate;
    else if (!chosen->embedded.empty())
        out.signedBy = chosen->embedded.front();

    if (!chosen->digestsHold())
        out.finding = KeyFinding::ContentAltered;
    else if (key == nullptr)
        out.finding = KeyFinding::Altered;
    else if (key->origin == KeyOrigin::Trusted)
        out.finding = KeyFinding::Trusted;
    else if (key->origin == KeyOrigin::Remembered)
        out.finding = KeyFinding::Remembered;
    else if (ring.trusted.empty())
        out.finding = KeyFinding::Unknown;
    else
        out.finding = KeyFinding::Stranger;

    if (out.signedBy) out.counterpart = counterpartOf(*out.signedBy, ring.trusted);
    if (out.finding == KeyFinding::Stranger && out.counterpart) out.finding = KeyFinding::Rotated;
    return out;
}

} // namespace gw::inspect
