// Sessions as AWS recorded them, and sign-in responses as they were saved.
#include "models/estate/review/look.h"

#include "models/estate/review/provider_metadata.h"
#include "models/policy/lint/guards.h"
#include "saml/base/ascii_classes.h"

#include <algorithm>

namespace gw::estate::review {
namespace {

constexpr std::int64_t hour = 3'600;
constexpr std::string_view roleAttribute = "https://aws.amazon.com/SAML/Attributes/Role";

// [\w+=,.@-]{2,64} (AWS STS API, AssumeRoleWithSAML).
bool isSessionName(std::string_view name) {
    return name.size() >= 2 && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
        return isAlphanumeric(c) ||
               std::string_view("_+=,.@-").find(c) != std::string_view::npos;
    });
}

std::string idOf(const ObservedResponse& response) {
    return response.source.file != nullptr ? response.source.file->path + response.source.pointer : response.nameId;
}

void checkDuration(const Look& look, Findings& into, const std::string& roleArn, std::int64_t seconds, const Source& source, std::string_view by) {
    const Role* role = look.estate.role(roleArn);
    if (role == nullptr) return;
    if (!role->maxSessionSeconds) return into.needs(rules::sessIdpExceedsRole, "max_session");
    if (seconds <= *role->maxSessionSeconds) return;
    into.add(rules::sessIdpExceedsRole, role->arn, placeOf(source),
             {{"seconds", std::to_string(seconds)}, {"expected", std::to_string(*role->maxSessionSeconds)}, {"by", std::string(by)}},
             manual(rules::sessIdpExceedsRole.id, {{"expected", std::to_string(*role->maxSessionSeconds)}}));
}

// What a response carries along, and whether the trust policies of its roles let it pass.
void checkCarried(const Look& look, const ObservedResponse& response, Findings& into, PolicyPool& pool) {
    for (const auto& [arn, provider] : response.roles) {
        const Role* role = look.estate.role(arn);
        if (role == nullptr || !role->trust || !role->trust->known) continue;
        const auto trust = pool.get(*role->trust, policy::DocumentKind::Trust);
        if (!trust) continue;
        const auto caller = policy::Principal::parse(provider);
        policy::lint::Witnesses witnesses((*trust)->document(), look.world.catalogue, look.now);
        const auto grants = [&](std::string_view action) { return caller && witnesses.find({*caller, action, role->arn}); };
        const auto signIn = std::find_if((*trust)->statements().begin(), (*trust)->statements().end(), [](const policy::CompiledStatement& each) {
            return each.effect() == policy::Effect::Allow && each.coversAction("sts:assumerolewithsaml");
        });
        if (signIn == (*trust)->statements().end()) continue;
        const policy::Value value = (*trust)->document().statements()[signIn->index()].value;
        const policy::SourceTree& tree = (*trust)->document().source();
        const std::string pointer = tree.pointerTo(value);
        const auto tell = [&](const Rule& rule, std::string seen) {
            into.add(rule, role->arn, placeIn(*role->trust, pointer, tree.positionOf(value.span().begin)),
                     {{"seen", std::move(seen)}, {"response", idOf(response)}}, fixFor(look, {&rule, &*role->trust, {pointer}, {}, role}));
        };
        if (!response.tags.empty() && !grants("sts:TagSession")) tell(rules::samlTagSession, response.tags.front().first);
        if (!response.sourceIdentity.empty() && !grants("sts:SetSourceIdentity"))
            tell(rules::samlSourceIdentity, response.sourceIdentity);
        if (response.sourceIdentity.empty() && grants("sts:SetSourceIdentity"))
            into.add(rules::sessNoSourceIdentity, role->arn, placeOf(response.source), {{"response", idOf(response)}},
                     manual(rules::sessNoSourceIdentity.id));
    }
}

// Whether any of its roles would take the address that it was sent to.
void checkRecipient(const Look& look, const ObservedResponse& response, Findings& into, PolicyPool& pool) {
    if (response.recipient.empty()) return;
    bool known = false;
    std::vector<std::string> expected;
    for (const auto& [arn, provider] : response.roles) {
        const Role* role = look.estate.role(arn);
        if (role == nullptr || !role->trust || !role->trust->known) continue;
        const auto trust = pool.get(*role->trust, policy::DocumentKind::Trust);
        if (!trust) continue;
        const policy::Document& document = (*trust)->document();
        const bool signsIn =
            std::any_of((*trust)->statements().begin(), (*trust)->statements().end(), [](const policy::CompiledStatement& each) {
                return each.effect() == policy::Effect::Allow && each.coversAction("sts:assumerolewithsaml");
            });
        if (!signsIn) continue;
        known = true;
        for (const std::string_view each : policy::lint::valuesOn(document, "saml:aud"))
            if (std::find(expected.begin(), expected.end(), each) == expected.end()) expected.emplace_back(each);
        const auto caller = policy::Principal::parse(provider);
        policy::lint::Witnesses witnesses(document, look.world.catalogue, look.now);
        const auto takes = [&](const policy::lint::ValuesOf& values) {
            return caller && witnesses.find({*caller, "sts:AssumeRoleWithSAML", role->arn}, values).has_value();
        };
        // Where it takes no address at all, the address is not what is wrong.
        if (takes(policy::lint::withAudience(response.recipient)) || !takes({})) return;
    }
    if (!known) return into.needs(rules::assertRecipient, "roles");
    into.add(rules::assertRecipient, idOf(response), placeOf(response.source),
             {{"seen", response.recipient}, {"expected[]", listText(expected)}}, manual(rules::assertRecipient.id));
}

void checkProviderOf(const Look& look, const ObservedResponse& response, Findings& into) {
    std::set<std::string> providers;
    for (const auto& [role, provider] : response.roles) providers.insert(provider);
    for (const std::string& arn : providers) {
        const SamlProvider* provider = look.estate.samlProvider(arn);
        const auto metadata = provider == nullptr ? std::nullopt : metadataOf(*provider);
        if (!metadata) {
            into.needs(rules::assertIssuer, "metadata");
            into.needs(rules::assertCertificate, "metadata");
            continue;
        }
        if (!response.issuer.empty() && response.issuer != metadata->entityId)
            into.add(rules::assertIssuer, idOf(response), placeOf(response.source),
                     {{"seen", response.issuer}, {"expected", metadata->entityId}, {"provider", arn}}, manual(rules::assertIssuer.id));
        const bool fits = std::any_of(metadata->signingKeys.begin(), metadata->signingKeys.end(), [&](const saml::Certificate& each) {
            return each.fingerprint() == response.certificate;
        });
        if (!fits)
            into.add(rules::assertCertificate, idOf(response), placeOf(response.source),
                     {{"seen", response.isSigned ? response.certificate : "unsigned"}, {"provider", arn}},
                     response.isSigned ? plan(rules::assertCertificate.id, {{"provider", arn}}) : manual(rules::assertCertificate.id));
    }
}

void checkForm(const Look& look, const ObservedResponse& response, Findings& into) {
    const std::string id = idOf(response);
    const auto tell = [&](std::string_view what, std::string seen) {
        into.add(rules::assertRolePair, id, placeOf(response.source), {{"what", std::string(what)}, {"seen", std::move(seen)}},
                 manual(rules::assertRolePair.id));
    };
    if (!response.malformedRoles.empty())
        tell("role_pair", response.malformedRoles.front());
    else if (!response.roleAttributeName.empty() && response.roleAttributeName != roleAttribute)
        tell("attribute_name", response.roleAttributeName);
    else if (response.roles.empty())
        tell("no_role", "");
    else if (response.nameId.empty())
        tell("name_id", "");
    else if (response.subjectConfirmations != 1)
        tell("subject_confirmations", std::to_string(response.subjectConfirmations));
    if (!isSessionName(response.sessionName))
        into.add(rules::sessNameInvalid, id, placeOf(response.source), {{"seen", response.sessionName}}, manual(rules::sessNameInvalid.id));
    const auto skew = look.settings.limits.clockSkew;
    const auto tellTime = [&](std::string_view what, UtcTime at) {
        into.add(rules::assertTime, id, placeOf(response.source),
                 {{"what", std::string(what)}, {"seen", at.toRfc3339()}, {"now", look.now.toRfc3339()}}, manual(rules::assertTime.id));
    };
    if (response.notBefore && *response.notBefore - skew > look.now) tellTime("not_before", *response.notBefore);
    if (response.notOnOrAfter && *response.notOnOrAfter + skew <= look.now) tellTime("not_on_or_after", *response.notOnOrAfter);
    if (response.issued && response.notOnOrAfter && *response.notOnOrAfter <= *response.issued) tellTime("issued", *response.issued);
}

// Of subjects that stay the same: a transient one is another at every sign-in.
void checkSharedNames(const Look& look, Findings& into) {
    std::map<std::pair<std::string, std::string>, std::map<std::string, const RecordedSignIn*>> subjects;
    for (const RecordedSignIn& each : look.estate.usage().signIns)
        if (!each.sessionName.empty() && !each.subject.empty() && !each.subjectType.ends_with("transient"))
            subjects[{each.provider, each.sessionName}].emplace(each.subject, &each);
    std::map<std::string, std::vector<std::string>> shared;
    std::map<std::string, std::pair<const RecordedSignIn*, std::size_t>> first;
    for (const auto& [key, found] : subjects) {
        if (found.size() < 2) continue;
        shared[key.first].push_back(key.second);
        first.emplace(key.first, std::pair(found.begin()->second, found.size()));
    }
    for (const auto& [provider, names] : shared)
        into.add(rules::sessNameShared, provider.empty() ? first[provider].first->role : provider, placeOf(first[provider].first->source),
                 {{"seen", names.front()}, {"subjects", std::to_string(first[provider].second)}, {"names[]", listText(names)}},
                 manual(rules::sessNameShared.id));
}

} // namespace

void checkSignIns(const Look& look, Findings& into) {
    const Usage& usage = look.estate.usage();
    if (usage.events == 0 && usage.signIns.empty() && usage.chains.empty()) {
        into.needs(rules::sessChainedOverHour, "cloudtrail");
        into.needs(rules::sessNameShared, "cloudtrail");
    }
    for (const RecordedChain& each : usage.chains)
        if (each.seconds && *each.seconds > hour)
            into.add(rules::sessChainedOverHour, each.to, placeOf(each.source),
                     {{"seconds", std::to_string(*each.seconds)}, {"expected", std::to_string(hour)}, {"from", each.from}},
                     manual(rules::sessChainedOverHour.id));
    for (const RecordedSignIn& each : usage.signIns)
        if (each.seconds) checkDuration(look, into, each.role, *each.seconds, each.source, "cloudtrail");
    checkSharedNames(look, into);
}

void checkResponses(const Look& look, Findings& into) {
    if (look.estate.responses().empty()) {
        for (const Rule* rule : {&rules::assertRecipient, &rules::assertIssuer, &rules::assertCertificate, &rules::assertTime, &rules::assertRolePair,
                                 &rules::sessNameInvalid, &rules::samlTagSession, &rules::samlSourceIdentity, &rules::sessIdpExceedsRole})
            into.needs(*rule, "assertions");
        return;
    }
    PolicyPool pool;
    for (const ObservedResponse& each : look.estate.responses()) {
        checkForm(look, each, into);
        checkRecipient(look, each, into, pool);
        checkProviderOf(look, each, into);
        checkCarried(look, each, into, pool);
        if (each.sessionSeconds)
            for (const auto& [role, provider] : each.roles) checkDuration(look, into, role, *each.sessionSeconds, each.source, "response");
    }
}

} // namespace gw::estate::review
