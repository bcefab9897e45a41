#include "saml/inspect/inspect_rules.h"

#include <algorithm>
#include <array>
#include <string>

namespace gw::inspect {
namespace {

using saml::Rule;
using saml::Severity;

constexpr std::string_view guide = "IAM User Guide: SAML assertions";

// In the order of ClaimError.
constexpr std::array claimRules{
    Rule{"no-role-attribute", Severity::Error, guide},        Rule{"no-usable-role", Severity::Error, guide},
    Rule{"wrong-case-role-attribute", Severity::Error, guide}, Rule{"malformed-role-pair", Severity::Error, guide},
    Rule{"role-accounts-differ", Severity::Error, guide},     Rule{"no-session-name", Severity::Error, guide},
    Rule{"bad-session-name", Severity::Error, guide},         Rule{"bad-session-duration", Severity::Error, guide},
    Rule{"bad-source-identity", Severity::Error, guide},      Rule{"bad-tag", Severity::Error, guide},
    Rule{"too-many-tags", Severity::Error, guide},
};
static_assert(claimRules.size() == aws::ClaimErrorDomain.codes.size());

// In the order of Attack. What is bad practice rather than an attack by itself only warns.
constexpr std::array attackRules{
    Rule{"attack-xsw1", Severity::Fatal, "Somorovsky et al. 2012; SAML Core 5.4.2"},
    Rule{"attack-xsw2", Severity::Fatal, "Somorovsky et al. 2012; SAML Core 5.4.2"},
    Rule{"attack-xsw3", Severity::Fatal, "Somorovsky et al. 2012; SAML Profiles 4.1.4.2"},
    Rule{"attack-xsw4", Severity::Fatal, "Somorovsky et al. 2012; SAML Profiles 4.1.4.2"},
    Rule{"attack-xsw5", Severity::Fatal, "Somorovsky et al. 2012; SAML Core 5.4.2"},
    Rule{"attack-xsw6", Severity::Fatal, "Somorovsky et al. 2012; SAML Core 5.4.2"},
    Rule{"attack-xsw7", Severity::Fatal, "Somorovsky et al. 2012; SAML Core 3.2.1"},
    Rule{"attack-xsw8", Severity::Fatal, "Somorovsky et al. 2012; SAML Core 5.4"},
    Rule{"attack-xsw9", Severity::Fatal, "CVE-2019-3465; CVE-2025-29774"},
    Rule{"attack-signature-exclusion", Severity::Fatal, "SAML Profiles 4.1.3.5"},
    Rule{"attack-several-assertions", Severity::Fatal, "CVE-2022-41912; SAML Profiles 4.1.4.2"},
    Rule{"attack-comment-truncation", Severity::Fatal, "CVE-2017-11427; CVE-2018-0489"},
    Rule{"attack-instruction-truncation", Severity::Fatal, "CVE-2017-11427"},
    Rule{"attack-entity-expansion", Severity::Fatal, "OWASP XXE prevention"},
    Rule{"attack-external-entity", Severity::Fatal, "OWASP XXE prevention"},
    Rule{"attack-document-type", Severity::Fatal, "CVE-2025-25291; CVE-2025-23369"},
    Rule{"attack-void-canonicalization", Severity::Fatal, "CVE-2025-66475; PortSwigger: the fragile lock"},
    Rule{"attack-id-pollution", Severity::Fatal, "PortSwigger: the fragile lock"},
    Rule{"attack-duplicate-id", Severity::Fatal, "SAML Core 1.3.4"},
    Rule{"attack-reference-injection", Severity::Fatal, "CVE-2015-20108; SAML Core 5.4.2"},
    Rule{"attack-external-reference", Severity::Fatal, "SAML Core 5.4.2"},
    Rule{"attack-manifest", Severity::Fatal, "XML Signature 5.1; SAML Core 5.4"},
    Rule{"attack-key-retrieval", Severity::Fatal, "XML Signature 4.5.3"},
    Rule{"attack-transform-injection", Severity::Fatal, "SAML Core 5.4.4"},
    Rule{"attack-hmac-confusion", Severity::Fatal, "RFC 9231 2.2"},
    Rule{"attack-foreign-key", Severity::Fatal, "CVE-2021-21239; SAML Core 5.4.5"},
    Rule{"attack-key-value-trust", Severity::Warning, "CVE-2021-21239; SAML Core 5.4.5"},
    Rule{"attack-golden-response", Severity::Fatal, "CVE-2025-66475; PortSwigger: the fragile lock"},
    Rule{"attack-encrypted-injection", Severity::Fatal, "CVE-2026-2092"},
    Rule{"attack-digest-smuggling", Severity::Fatal, "CVE-2024-45409; CVE-2025-29775"},
    Rule{"attack-several-references", Severity::Fatal, "GHSA-479m-364c-43vc; SAML Core 5.4.2"},
    Rule{"attack-prefix-flood", Severity::Fatal, "Exclusive XML Canonicalization 4"},
    Rule{"attack-text-encoding", Severity::Fatal, "XML 1.0 4.3.3"},
    Rule{"attack-look-alike", Severity::Warning, "Unicode TR 36"},
};

} // namespace

const Rule& ruleOf(aws::ClaimError code) {
    return claimRules[std::min(static_cast<std::size_t>(code), claimRules.size() - 1)];
}

const Rule& ruleOf(Attack attack) {
    static_assert(attackRules.size() == static_cast<std::size_t>(Attack::LookAlike) + 1);
    return attackRules[std::min(static_cast<std::size_t>(attack), attackRules.size() - 1)];
}

std::span<const Rule* const> inspectRules() {
    static const std::vector<const Rule*> all = [] {
        std::vector<const Rule*> list{
            &rules::trustNotChecked, &rules::ambiguousForm, &rules::unsignedClaim, &rules::carelessReader, &rules::digestMismatch, &rules::reformatted,
            &rules::keyRotated, &rules::signingKey, &rules::clockSkew, &rules::nameIdNotPersistent, &rules::nameIdFormatUnknown,
            &rules::nearSizeLimit, &rules::malformedXml, &rules::acsMismatch, &rules::encryptedForAws, &rules::metadataUnreadable,
            &rules::metadataNoEntity, &rules::metadataNoProvider, &rules::metadataExpired, &rules::metadataEndsSoon,
            &rules::metadataNoKey, &rules::metadataBadCertificate, &rules::metadataCertificateExpired,
            &rules::metadataCertificateEndsSoon, &rules::metadataCertificateNotYet, &rules::metadataWeakKey,
            &rules::metadataRefusedKey, &rules::metadataSmallExponent, &rules::metadataRollOver, &rules::metadataTooManyKeys,
            &rules::metadataNoEndpoint, &rules::metadataPlainHttp, &rules::metadataNameIdFormat, &rules::metadataDuplicateEntity,
            &rules::metadataSize, &rules::metadataByteOrderMark, &rules::metadataWantsSigned, &rules::metadataUnsigned,
            &rules::emptyLine, &rules::lineTooLong, &rules::malformedJson, &rules::unknownKey, &rules::badJsonValue,
            &rules::missingResponse, &rules::missingCertificate, &rules::badCertificate, &rules::badMetadata,
            &rules::badDecryptionKey};
        for (const Rule& rule : claimRules) list.push_back(&rule);
        for (const Rule& rule : attackRules) list.push_back(&rule);
        return list;
    }();
    return all;
}

std::vector<saml::Finding> claimFindings(const aws::Claims& claims) {
    constexpr std::string_view place = "/Response/Assertion/AttributeStatement/Attribute";
    constexpr std::size_t most = 50;
    std::vector<saml::Finding> out;
    const auto add = [&](const Error& error, std::string seen) {
        const auto code = error.code().as<aws::ClaimError>();
        const Rule& rule = ruleOf(code.value_or(aws::ClaimError::NotAPair));
        saml::Finding& made = out.emplace_back();
        made.rule = &rule;
        made.severity = rule.severity;
        made.where = place;
        if (seen.size() > 200) seen.resize(200);
        std::replace_if(
            seen.begin(), seen.end(), [](char c) { return c < 0x20 || c == 0x7F; }, '?');
        if (!seen.empty()) made.facts.push_back({"seen", std::move(seen)});
        for (const Fact& fact : error.facts())
            if (fact.name != "seen") made.facts.push_back(fact);
    };
    for (const aws::MalformedRolePair& one : claims.malformed)
        if (out.size() < most) add(one.error, one.value);
    for (const Error& one : claims.problems) add(one, std::string(one.fact("seen")));
    return out;
}

} // namespace gw::inspect
