#include "saml/inspect/votes.h"

#include "saml/dsig/direct_verifier.h"
#include "saml/dsig/xmlsec_verifier.h"
#include "saml/xml/document.h"
#include "saml/xml/namespaces.h"

namespace gw::inspect {
namespace {

void refuse(SignatureReport& report, const Error& reason) {
    report.votes = {{"xmlsec1", VoteState::Refused, reason}, {"OpenSSL", VoteState::Refused, reason}};
}

// More than a response and its assertion need. A document may be made to cost xmlsec1 much.
constexpr std::size_t mostVotes = 2;

Vote ask(const char* name, const saml::SignatureVerifier& verifier, const xml::Document& document, const saml::SignatureProfile& profile,
         const TriedKey& key) {
    const auto octets = verifier.verify(document, profile, key.certificate, saml::AlgorithmPolicy::Default);
    if (octets) return {name, VoteState::Good, std::nullopt};
    return {name, VoteState::Bad, octets.error()};
}

} // namespace

void castVotes(const SourceTree& tree, std::vector<SignatureReport>& signatures) {
    if (signatures.empty()) return;
    const auto document = xml::Document::parse(tree.text(), xml::ReadRules::response());
    if (!document) {
        for (SignatureReport& one : signatures) refuse(one, document.error());
        return;
    }
    const saml::XmlsecVerifier xmlsec;
    const saml::DirectVerifier direct;
    std::size_t index = 0, asked = 0;
    for (xml::Element at = document->root(); at && index < signatures.size(); at = following(at, document->root())) {
        if (!at.is(xml::ns::signature, "Signature")) continue;
        SignatureReport& report = signatures[index++];
        if (!report.checked) continue;
        const auto profile = saml::readSignatureProfile(at);
        const auto allowed = profile ? saml::checkAlgorithms(*profile, saml::AlgorithmPolicy::Default) : Status();
        if (!profile || !allowed) {
            refuse(report, profile ? allowed.error() : profile.error());
            continue;
        }
        if (asked++ >= mostVotes) break;
        if (report.keys.empty()) {
            report.votes = {{"xmlsec1", VoteState::NoKey, std::nullopt}, {"OpenSSL", VoteState::NoKey, std::nullopt}};
            continue;
        }
        // The key that fits, or the first one: the answer is no anyway.
        const TriedKey& key = report.key() != nullptr ? *report.key() : report.keys.front();
        report.votes = {ask("xmlsec1", xmlsec, *document, *profile, key), ask("OpenSSL", direct, *document, *profile, key)};
    }
}

} // namespace gw::inspect
