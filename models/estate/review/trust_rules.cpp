// Whom a role trusts, held against what else the estate tells: its providers, the organization's accounts, environments.
#include "models/estate/review/look.h"

#include "models/policy/federation.h"

#include <algorithm>

namespace gw::estate::review {
namespace {

using policy::Federation;
using policy::PrincipalText;
using policy::StatementText;

bool isKnownAccount(const Look& look, const std::string& account) {
    return account == "aws" || look.settings.accounts.contains(account) || look.estate.account(account) != nullptr;
}

class TrustOfRole {
public:
    TrustOfRole(const Look& look, const Role& role, const RoleFacts& facts, const policy::CompiledPolicy& trust, Findings& into)
        : look_(look), role_(role), facts_(facts), trust_(trust), tree_(trust.document().source()), into_(into) {}

    void run() {
        for (const policy::CompiledStatement& each : trust_.statements()) {
            const StatementText& text = trust_.document().statements()[each.index()];
            if (each.effect() == policy::Effect::Deny || each.isNotPrincipal() || !text.principals) continue;
            for (const PrincipalText& principal : *text.principals) checkPrincipal(each, principal);
            checkTags(each, text);
            checkAcs(each, text);
        }
        add(rules::samlProviderMissing);
        add(rules::trustAccountUnknown);
        add(rules::trustEnvCrossing);
        add(rules::samlTagUnbounded);
        add(rules::samlAcsMissing);
        checkGroups();
    }

private:
    struct Seen {
        policy::Value value;
        std::string text;
        std::vector<Fact> facts;
    };

    void see(const Rule& rule, policy::Value value, std::string text, std::vector<Fact> facts = {}) {
        seen_[&rule].push_back({value, std::move(text), std::move(facts)});
    }

    void add(const Rule& rule) {
        const auto found = seen_.find(&rule);
        if (found == seen_.end()) return;
        Spot spot{&rule, &*role_.trust, {}, {}, &role_};
        std::vector<std::string> texts;
        for (const Seen& each : found->second) {
            spot.pointers.push_back(tree_.pointerTo(each.value));
            spot.seen.push_back(each.text);
            texts.push_back(each.text);
        }
        const Seen& first = found->second.front();
        std::vector<Fact> evidence{{"seen", first.text}};
        evidence.insert(evidence.end(), first.facts.begin(), first.facts.end());
        if (texts.size() > 1) evidence.push_back({"all[]", listText(texts)});
        into_.add(rule, role_.arn, placeIn(*role_.trust, spot.pointers.front(), tree_.positionOf(first.value.span().begin)),
                  std::move(evidence), fixFor(look_, spot));
    }

    void checkPrincipal(const policy::CompiledStatement& statement, const PrincipalText& principal) {
        const std::string text(principal.text.text);
        if (policy::federationOf(principal.type, text) == Federation::Saml && text != "*") {
            if (!statement.coversAction("sts:assumerolewithsaml")) return;
            if (!look_.knowsProvidersOf(role_.account)) return into_.needs(rules::samlProviderMissing, "providers");
            // A provider of another account is a finding of its own.
            const auto parsed = policy::ArnParts::split(text);
            if (parsed && parsed->account == role_.account && look_.estate.samlProvider(text) == nullptr) {
                std::vector<std::string> own;
                for (const SamlProvider& each : look_.estate.samlProviders())
                    if (each.account == role_.account) own.push_back(each.arn);
                see(rules::samlProviderMissing, principal.text.value, text, {{"nearest", nearest(text, own)}});
            }
            return;
        }
        if (principal.type != policy::NamedPrincipal::Type::Aws) return;
        const auto named = policy::Principal::parse(text);
        if (!named || named->account().empty()) return;
        if (named->account() != role_.account && !isKnownAccount(look_, named->account())) {
            if (!look_.organizationKnown && look_.settings.accounts.empty())
                into_.needs(rules::trustAccountUnknown, "organization");
            else
                see(rules::trustAccountUnknown, principal.text.value, text, {{"account", named->account()}});
        }
        const Environment theirs = environmentOfPrincipal(*named);
        if (differ(theirs, facts_.environment))
            see(rules::trustEnvCrossing, principal.text.value, text,
                {{"from", std::string(environmentName(theirs))}, {"to", std::string(environmentName(facts_.environment))}});
    }

    [[nodiscard]] Environment environmentOfPrincipal(const policy::Principal& principal) const {
        Object object;
        object.account = principal.account();
        if (principal.kind() == policy::PrincipalKind::Role || principal.kind() == policy::PrincipalKind::RoleSession) {
            if (const Role* role = look_.estate.role(principal.account(), principal.name()))
                return environmentOf(look_.estate, *role, role->tags, look_.settings.environments);
            object.name = principal.name();
        }
        return environmentOf(look_.estate, object, {}, look_.settings.environments);
    }

    [[nodiscard]] static bool differ(Environment a, Environment b) {
        const auto told = [](Environment each) { return each != Environment::Unknown && each != Environment::Shared; };
        return told(a) && told(b) && a != b;
    }

    // Groups whose names tell another environment than the role has.
    void checkGroups() {
        for (const Mapping& each : facts_.ways) {
            if (each.kind != GranteeKind::Group) continue;
            const Environment theirs = look_.settings.environments.of(each.who);
            if (!differ(theirs, facts_.environment)) continue;
            into_.add(rules::trustEnvCrossing, role_.arn, placeOf(each.source),
                      {{"seen", each.who}, {"from", std::string(environmentName(theirs))},
                       {"to", std::string(environmentName(facts_.environment))}},
                      manual(rules::trustEnvCrossing.id, {{"group", each.who}}));
        }
    }

    void checkTags(const policy::CompiledStatement& statement, const StatementText& text) {
        if (!statement.coversAction("sts:tagsession") || !look_.usesPrincipalTags) return;
        const bool saml = std::any_of(text.principals->begin(), text.principals->end(), [](const PrincipalText& each) {
            return policy::federationOf(each.type, each.text.text) == Federation::Saml;
        });
        const bool bounded = std::any_of(statement.conditions().begin(), statement.conditions().end(), [](const policy::Condition& each) {
            const std::string& key = each.key().folded();
            return key == "aws:tagkeys" || key == "sts:transitivetagkeys" || key.starts_with("aws:requesttag/");
        });
        if (saml && !bounded) see(rules::samlTagUnbounded, text.value, std::string(statement.sid().value_or("")));
    }

    // A provider that must encrypt has an address of its own, to which its responses go.
    void checkAcs(const policy::CompiledStatement& statement, const StatementText& text) {
        if (!statement.coversAction("sts:assumerolewithsaml")) return;
        for (const PrincipalText& each : *text.principals) {
            const SamlProvider* provider = look_.estate.samlProvider(each.text.text);
            if (provider == nullptr) continue;
            if (provider->encryption.empty()) into_.needs(rules::samlAcsMissing, "get-saml-provider");
            if (provider->encryption != "Required") continue;
            const std::string end = "/saml/acs/" + provider->id;
            const bool named = std::any_of(statement.conditions().begin(), statement.conditions().end(), [&](const policy::Condition& condition) {
                return condition.key().folded() == "saml:aud" &&
                       std::any_of(condition.values().begin(), condition.values().end(), [&](const std::string& value) {
                           return provider->id.empty() ? value.find("/saml/acs/") != std::string::npos : value.ends_with(end);
                       });
            });
            if (named) continue;
            const std::string host = look_.region.empty() ? "signin.aws.amazon.com" : look_.region + ".signin.aws.amazon.com";
            see(rules::samlAcsMissing, text.value, provider->id.empty() ? std::string() : "https://" + host + end,
                {{"provider", provider->arn}});
        }
    }

    const Look& look_;
    const Role& role_;
    const RoleFacts& facts_;
    const policy::CompiledPolicy& trust_;
    const policy::SourceTree& tree_;
    Findings& into_;
    std::map<const Rule*, std::vector<Seen>> seen_;
};

} // namespace

void checkTrustOfRole(const Look& look, const Role& role, const RoleFacts& facts, const policy::CompiledPolicy& trust, Findings& into) {
    TrustOfRole(look, role, facts, trust, into).run();
}

} // namespace gw::estate::review
