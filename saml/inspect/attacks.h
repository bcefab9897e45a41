// Known attacks, recognised by their shape.
#pragma once

#include "saml/inspect/coverage.h"
#include "saml/inspect/signature_report.h"
#include "saml/inspect/stated_claims.h"

#include <optional>
#include <string_view>
#include <vector>

namespace gw::inspect {

// In the order of gravity. XSW numbers as SAML Raider counts them; 9 is the second SignedInfo (CVE-2019-3465).
#define GW_ATTACKS(X) \
    X(Xsw1, "xsw1") X(Xsw2, "xsw2") X(Xsw3, "xsw3") X(Xsw4, "xsw4") X(Xsw5, "xsw5") X(Xsw6, "xsw6") X(Xsw7, "xsw7") X(Xsw8, "xsw8") \
    X(Xsw9, "xsw9") \
    X(SignatureExclusion, "signature-exclusion") \
    X(SeveralAssertions, "several-assertions") \
    X(CommentTruncation, "comment-truncation") \
    X(InstructionTruncation, "instruction-truncation") \
    X(EntityExpansion, "entity-expansion") \
    X(ExternalEntity, "external-entity") \
    X(DocumentType, "document-type") \
    X(VoidCanonicalization, "void-canonicalization") \
    X(IdPollution, "id-pollution") \
    X(DuplicateId, "duplicate-id") \
    X(ReferenceInjection, "reference-injection") \
    X(ExternalReference, "external-reference") \
    X(Manifest, "manifest") \
    X(KeyRetrieval, "key-retrieval") \
    X(TransformInjection, "transform-injection") \
    X(HmacConfusion, "hmac-confusion") \
    X(ForeignKey, "foreign-key") \
    X(KeyValueTrust, "key-value-trust") \
    X(GoldenResponse, "golden-response") \
    X(EncryptedInjection, "encrypted-injection") \
    X(DigestSmuggling, "digest-smuggling") \
    X(SeveralReferences, "several-references") \
    X(PrefixFlood, "prefix-flood") \
    X(TextEncoding, "text-encoding") \
    X(LookAlike, "look-alike")

#define GW_ATTACK_ENUMERATOR(name, text) name,
enum class Attack : std::uint8_t { GW_ATTACKS(GW_ATTACK_ENUMERATOR) };
#undef GW_ATTACK_ENUMERATOR

// "xsw3"
[[nodiscard]] std::string_view attackName(Attack attack);

struct RecognisedAttack {
    Attack attack;
    NodeIndex node = noNode;       // where it shows
    NodeIndex evil = noNode;       // the part that poses as signed, where there is one
    NodeIndex original = noNode;   // the part that the signature belongs to
    std::string seen;              // the tell-tale value, bounded
};

[[nodiscard]] std::vector<RecognisedAttack> recogniseAttacks(const SourceTree& tree, const std::vector<SignatureReport>& signatures,
                                                             const StatedClaims& stated, bool trustConfigured);

} // namespace gw::inspect
