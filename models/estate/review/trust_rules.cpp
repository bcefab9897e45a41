// Whom a role trusts, held against what else the estate tells: its providers, the organization's accounts, environments.
#include "models/estate/review/look.h"

#include "models/policy/federation.h"
#include "models/policy/lint/guards.h"

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
    TrustOfRole(const Look& look, const Role& role, RoleFacts& facts, const policy::CompiledPolicy& trust, Findings& into)
        : look_(look), role_(role), facts_(facts), trust_(trust), tree_(trust.document().source()), into_(into),
          witnesses_(trust.document(), look.world.catalogue, look.now) {}

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
            if (mayAnybodySignIn(text)) facts_.providers.push_back(text);
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
        if (text == "*") return checkNamedByConditions(statement, principal);
        if (principal.type != policy::NamedPrincipal::Type::Aws) return;
        const auto named = policy::Principal::parse(text);
        if (!named || named->account().empty()) return;
        const Environment theirs = environmentOfPrincipal(*named);
        const bool crosses = differ(theirs, facts_.environment);
        const bool foreign = isForeign(named->account());
        if ((!crosses && !foreign) || !mayTakeOn(statement, *named)) return;
        if (foreign) seeForeign(principal, text, named->account());
        if (crosses)
            see(rules::trustEnvCrossing, principal.text.value, text,
                {{"from", std::string(environmentName(theirs))}, {"to", std::string(environmentName(facts_.environment))}});
    }

    [[nodiscard]] bool isForeign(const std::string& account) const {
        return account != role_.account && !isKnownAccount(look_, account);
    }

    void seeForeign(const PrincipalText& principal, const std::string& text, const std::string& account) {
        if (!look_.organizationKnown && look_.settings.accounts.empty())
            into_.needs(rules::trustAccountUnknown, "organization");
        else
            see(rules::trustAccountUnknown, principal.text.value, text, {{"account", account}});
    }

    // Everybody, narrowed by conditions to accounts that are named there.
    void checkNamedByConditions(const policy::CompiledStatement& statement, const PrincipalText& principal) {
        std::set<std::string, std::less<>> accounts;
        for (const policy::Condition& each : statement.conditions()) {
            const std::string& key = each.key().folded();
            if (each.op().negated || (key != "aws:principalaccount" && key != "aws:principalarn")) continue;
            for (const std::string& value : each.values()) {
                const auto parts = policy::ArnParts::split(value);
                const std::string account(parts ? parts->account : std::string_view(value));
                if (account.size() == 12 && account.find_first_not_of("0123456789") == std::string::npos)
                    accounts.insert(account);
            }
        }
        for (const std::string& each : accounts)
            if (isForeign(each)) seeForeign(principal, each, each);
    }

    bool mayAnybodySignIn(const std::string& provider) {
        const bool denies =
            std::any_of(trust_.statements().begin(), trust_.statements().end(),
                        [](const policy::CompiledStatement& each) { return each.effect() == policy::Effect::Deny; });
        if (!denies) return true;
        const auto caller = policy::Principal::parse(provider);
        return caller && witnesses_.find({*caller, "sts:AssumeRoleWithSAML", role_.arn});
    }

    // Whether the denials leave anything of what the statement gives.
    bool mayTakeOn(const policy::CompiledStatement& statement, const policy::Principal& named) {
        const auto caller = policy::lint::callerOf(named);
        return caller && witnesses_.find(statement.index(), {*caller, "sts:AssumeRole", role_.arn});
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

    // A sign-in with a tag that nobody named.
    void checkTags(const policy::CompiledStatement& statement, const StatementText& text) {
        if (!statement.coversAction("sts:tagsession") || !look_.usesPrincipalTags) return;
        policy::Context tags;
        tags.set(policy::Key("aws:TagKeys"), policy::ContextValue::many({witnesses_.unlikely()}));
        tags.set("aws:RequestTag/" + witnesses_.unlikely(), witnesses_.unlikely());
        for (const PrincipalText& each : *text.principals) {
            const auto caller = samlCaller(each);
            if (!caller) continue;
            const auto found =
                witnesses_.find({*caller, "sts:AssumeRoleWithSAML", role_.arn, tags}, policy::lint::withAnyTags(witnesses_));
            if (!found) continue;
            return see(rules::samlTagUnbounded, text.value, std::string(statement.sid().value_or("")),
                       {policy::lint::witnessFact(*found)});
        }
    }

    [[nodiscard]] std::optional<policy::Principal> samlCaller(const PrincipalText& principal) const {
        if (policy::federationOf(principal.type, principal.text.text) != Federation::Saml) return std::nullopt;
        const std::string text(principal.text.text);
        return policy::Principal::parse(text == "*" ? "arn:aws:iam::" + role_.account + ":saml-provider/" + witnesses_.unlikely()
                                                    : text);
    }

    // A provider that must encrypt has an address of its own, to which its responses go.
    void checkAcs(const policy::CompiledStatement& statement, const StatementText& text) {
        if (!statement.coversAction("sts:assumerolewithsaml")) return;
        for (const PrincipalText& each : *text.principals) {
            const SamlProvider* provider = look_.estate.samlProvider(each.text.text);
            if (provider == nullptr) continue;
            if (provider->encryption.empty()) into_.needs(rules::samlAcsMissing, "get-saml-provider");
            const auto caller = policy::Principal::parse(provider->arn);
            if (provider->encryption != "Required" || !caller) continue;
            const std::string end = "/saml/acs/" + provider->id;
            const std::string host = look_.region.empty() ? "signin.aws.amazon.com" : look_.region + ".signin.aws.amazon.com";
            std::vector<std::string> addresses{"https://" + host + end, "https://signin.aws.amazon.com" + end};
            for (const std::string_view value : policy::lint::valuesOn(trust_.document(), "saml:aud"))
                if (provider->id.empty() ? value.find("/saml/acs/") != std::string_view::npos : value.ends_with(end))
                    addresses.emplace_back(value);
            // By any statement; without the provider's id any such address may be its own.
            if (witnesses_.find({*caller, "sts:AssumeRoleWithSAML", role_.arn}, policy::lint::withValues("saml:aud", addresses)))
                continue;
            see(rules::samlAcsMissing, text.value, provider->id.empty() ? std::string() : "https://" + host + end,
                {{"provider", provider->arn}});
        }
    }

    const Look& look_;
    const Role& role_;
    RoleFacts& facts_;
    const policy::CompiledPolicy& trust_;
    const policy::SourceTree& tree_;
    Findings& into_;
    policy::lint::Witnesses witnesses_;
    std::map<const Rule*, std::vector<Seen>> seen_;
};

} // namespace

void checkTrustOfRole(const Look& look, const Role& role, RoleFacts& facts, const policy::CompiledPolicy& trust, Findings& into) {
    TrustOfRole(look, role, facts, trust, into).run();
}

} // namespace gw::estate::review
