// Identity providers: their keys, how long their metadata counts, and whether anything trusts them.
#include "models/estate/review/look.h"

#include "models/estate/review/provider_metadata.h"
#include "models/policy/aws_time.h"

#include <algorithm>

namespace gw::estate::review {
namespace {

constexpr int weakBits = 2'048;

void checkKeys(const Look& look, const SamlProvider& provider, const saml::EntityDescriptor& metadata, Findings& into) {
    const Limits& limits = look.settings.limits;
    const Place place = placeOf(provider.source);
    // What counts is the key that lasts longest: another that ends sooner is one being replaced.
    const auto last = std::max_element(metadata.signingKeys.begin(), metadata.signingKeys.end(),
                                       [](const saml::Certificate& a, const saml::Certificate& b) { return a.notAfter() < b.notAfter(); });
    if (last != metadata.signingKeys.end()) {
        const std::int64_t days = daysBetween(look.now, last->notAfter());
        const std::vector<Fact> evidence{{"not_after", last->notAfter().toRfc3339()}, {"days", std::to_string(days)}, {"certificate", last->fingerprint()}};
        if (days <= limits.expiring.count()) {
            Finding* found = into.add(rules::idpCertExpiring, provider.arn, place, evidence, manual(rules::idpCertExpiring.id));
            if (found != nullptr && last->notAfter() <= look.now) found->severity = Severity::Critical;
        }
        const auto lasting = std::count_if(metadata.signingKeys.begin(), metadata.signingKeys.end(),
                                           [&](const saml::Certificate& each) { return each.notAfter() > look.now; });
        if (lasting <= 1 && days <= limits.singleKey.count())
            into.add(rules::idpSingleKey, provider.arn, place, evidence, manual(rules::idpSingleKey.id));
    }
    for (const saml::Certificate& each : metadata.signingKeys) {
        const bool weak = each.isRsa() && each.keyBits() < weakBits;
        if (weak || each.isSignedWithOldDigest())
            into.add(rules::idpWeakKey, provider.arn, place,
                     {{"seen", weak ? each.keyDescription() : "SHA-1"}, {"certificate", each.fingerprint()}}, manual(rules::idpWeakKey.id));
    }
}

void checkValidity(const Look& look, const SamlProvider& provider, const std::optional<saml::EntityDescriptor>& metadata, Findings& into) {
    std::optional<UtcTime> until = policy::timeAsAwsWritesIt(provider.validUntil);
    if (metadata && metadata->validUntil && (!until || *metadata->validUntil < *until)) until = metadata->validUntil;
    if (!until) return into.needs(rules::idpValidUntil, "metadata");
    const std::int64_t days = daysBetween(look.now, *until);
    if (days <= look.settings.limits.expiring.count())
        into.add(rules::idpValidUntil, provider.arn, placeOf(provider.source), {{"valid_until", until->toRfc3339()}, {"days", std::to_string(days)}},
                 plan(rules::idpValidUntil.id, {{"provider", provider.arn}}));
}

} // namespace

void checkProviders(const Look& look, Findings& into) {
    const Estate& estate = look.estate;
    std::set<std::string, std::less<>> trusted;
    for (const RoleFacts& each : look.roles) trusted.insert(each.providers.begin(), each.providers.end());
    for (const SamlProvider& each : estate.samlProviders()) {
        const auto metadata = metadataOf(each);
        if (metadata) {
            checkKeys(look, each, *metadata, into);
        } else {
            for (const Rule* rule : {&rules::idpCertExpiring, &rules::idpSingleKey, &rules::idpWeakKey}) into.needs(*rule, "metadata");
        }
        checkValidity(look, each, metadata, into);
        if (!look.accountsWithRoles.contains(each.account))
            into.needs(rules::idpUnused, "roles");
        else if (!trusted.contains(each.arn))
            into.add(rules::idpUnused, each.arn, placeOf(each.source), {}, plan(rules::idpUnused.id, {{"provider", each.arn}}));
    }
    if (estate.samlProviders().empty())
        for (const Rule* rule : {&rules::idpCertExpiring, &rules::idpValidUntil, &rules::idpSingleKey, &rules::idpWeakKey, &rules::idpUnused, &rules::samlAcsMissing})
            into.needs(*rule, "providers");
    if (!estate.samlProviders().empty() || !estate.oidcProviders().empty() || estate.users().empty()) return;
    std::map<std::string, std::vector<const User*>> users;
    for (const User& each : estate.users()) users[each.account].push_back(&each);
    for (const auto& [account, found] : users) {
        if (!look.knowsProvidersOf(account)) {
            into.needs(rules::idpNotUsedAtAll, "providers");
            continue;
        }
        into.add(rules::idpNotUsedAtAll, account, placeOf(found.front()->source), {{"users", std::to_string(found.size())}},
                 plan(rules::idpNotUsedAtAll.id));
    }
}

} // namespace gw::estate::review
