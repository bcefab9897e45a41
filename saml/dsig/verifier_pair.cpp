#include "saml/dsig/verifier_pair.h"

#include "saml/dsig/direct_verifier.h"
#include "saml/dsig/xmlsec_verifier.h"

#include <atomic>
#include <string>

namespace gw::saml {
namespace {

std::atomic<std::uint64_t> disagreementCount{0};

std::string verdict(const Result<Secret>& result) {
    return result ? "holds" : result.error().code().id();
}

tl::unexpected<Error> disagree(std::string first, std::string second) {
    disagreementCount.fetch_add(1, std::memory_order_relaxed);
    return fail(Error(SignatureError::VerifiersDisagree).with("first", std::move(first)).with("second", std::move(second)));
}

} // namespace

const VerifierPair& VerifierPair::standard() {
    static const DirectVerifier direct;
    static const XmlsecVerifier xmlsec;
    static const VerifierPair pair(direct, xmlsec);
    return pair;
}

Result<Secret> VerifierPair::verify(const xml::Document& document, const SignatureProfile& profile, const Certificate& key,
                                    AlgorithmPolicy policy) const {
    return compare(first_.verify(document, profile, key, policy), document, profile, key, policy);
}

Result<Secret> VerifierPair::compare(Result<Secret> first, const xml::Document& document, const SignatureProfile& profile,
                                     const Certificate& key, AlgorithmPolicy policy) const {
    // What is neither yes nor no ends the matter: a policy, a shape, a library that cannot be used.
    if (!first && !first.error().code().is(SignatureError::Invalid)) return first;
    auto second = second_.verify(document, profile, key, policy);
    if (first && second) {
        if (first->reveal() == second->reveal()) return first;
        return disagree("octets", "octets");
    }
    if (!second && second.error().code().is(SignatureError::AlgorithmOfOneVerifier))
        return fail(std::move(second).error().with("direct", first ? "holds" : "fails"));
    if (!second && !second.error().code().is(SignatureError::Invalid)) return second;
    if (!first && !second) return first;
    return disagree(verdict(first), verdict(second));
}

Result<VerifierPair::Match> VerifierPair::verifyAny(const xml::Document& document, const SignatureProfile& profile,
                                                    std::span<const Certificate> keys, AlgorithmPolicy policy) const {
    for (std::size_t i = 0; i < keys.size(); ++i) {
        auto first = first_.verify(document, profile, keys[i], policy);
        if (!first && first.error().code().is(SignatureError::Invalid)) continue;
        GW_TRY(Secret octets, compare(std::move(first), document, profile, keys[i], policy));
        return Match{std::move(octets), i};
    }
    if (keys.empty()) return fail(SignatureError::Invalid, "no key");
    auto refused = compare(fail(SignatureError::Invalid), document, profile, keys.front(), policy);
    return fail(std::move(refused).error());
}

std::uint64_t VerifierPair::disagreements() {
    return disagreementCount.load(std::memory_order_relaxed);
}

} // namespace gw::saml
