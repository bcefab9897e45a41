// Against what was declared, or was there before: access gained and lost, not texts that differ; and permissions that nobody
// uses.
#include "models/estate/review/look.h"

#include "models/policy/access_diff.h"

#include <algorithm>

namespace gw::estate::review {
namespace {

using policy::AccessChange;
using policy::AccessDiff;
using policy::PolicySet;

constexpr policy::DiffBounds bounds{.trials = 20'000, .changes = 20};

std::string textOf(const AccessChange& change, bool withPrincipal) {
    std::string text = withPrincipal ? change.request.principal.text() + " " : std::string();
    text += change.request.action;
    if (!withPrincipal) text += " on " + change.request.resource;
    for (const policy::Context::Entry& each : change.request.context.entries())
        if (each.value && !each.value->values.empty()) text += ", " + each.key.written() + " = " + each.value->values.front();
    return text;
}

// Whoever a trust policy may mean; for an account one of its roles.
void addPrincipals(const policy::CompiledPolicy& policy, std::set<std::string>& into) {
    for (const policy::CompiledStatement& statement : policy.statements()) {
        for (const policy::NamedPrincipal& each : statement.principals()) {
            if (each.type() == policy::NamedPrincipal::Type::Everyone || each.text() == "*")
                into.insert("arn:aws:iam::000000000000:role/anyone-at-all");
            else if (each.parsed() && each.parsed()->kind() == policy::PrincipalKind::Root)
                into.insert("arn:aws:iam::" + each.parsed()->account() + ":role/any-role-at-all");
            else
                into.insert(each.text());
        }
    }
}

class Drift {
public:
    Drift(const Look& look, const Estate& before, Findings& into)
        : look_(look), before_(before), into_(into), live_(look.estate, look.world), declared_(before, look.world) {
        constexpr std::string_view anything = R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:*","Resource":"*"}]})";
        auto made = policy::CompiledPolicy::parse(std::string(anything), policy::DocumentKind::Identity, "");
        if (made) mayAsk_ = *made;
    }

    void run() {
        for (const Role& each : before_.roles()) {
            const Role* now = look_.estate.role(each.arn);
            if (now == nullptr) now = look_.estate.role(each.account, each.name);
            if (now != nullptr) {
                checkTrust(each, *now);
                checkPermissions(each, *now);
            } else if (look_.accountsWithRoles.contains(each.account)) {
                into_.add(rules::driftPerm, each.arn, placeOf(each.source), {{"what", "missing"}}, plan(rules::driftPerm.id));
            }
        }
        if (&before_ == look_.estate.declared()) return;
        // What an earlier estate of the same account did not have is new.
        std::set<std::string> known;
        for (const Role& each : before_.roles()) known.insert(each.account);
        for (const Role& each : look_.estate.roles())
            if (known.contains(each.account) && before_.role(each.arn) == nullptr && !isServiceLinked(each))
                into_.add(rules::driftTrust, each.arn, placeOf(each.source), {{"what", "new"}}, plan(rules::driftTrust.id));
    }

private:
    void tell(const Rule& rule, const Role& role, const AccessDiff& diff, bool withPrincipal, const Place& place) {
        if (diff.gained.empty() && diff.lost.empty()) return;
        std::vector<std::string> gained, lost;
        for (const AccessChange& each : diff.gained) gained.push_back(textOf(each, withPrincipal));
        for (const AccessChange& each : diff.lost) lost.push_back(textOf(each, withPrincipal));
        std::vector<Fact> evidence{{"what", !gained.empty() ? "gained" : "lost"},
                                   {"seen", !gained.empty() ? gained.front() : lost.front()},
                                   {"gained[]", listText(gained)},
                                   {"lost[]", listText(lost)}};
        if (!diff.exhaustive) evidence.push_back({"more", "true"});
        into_.add(rule, role.arn, place, std::move(evidence), plan(rule.id));
    }

    void checkTrust(const Role& before, const Role& now) {
        if (!before.trust || !now.trust || !before.trust->known || !now.trust->known || before.trust->text == now.trust->text) return;
        const auto one = pool_.get(*before.trust, policy::DocumentKind::Trust), other = pool_.get(*now.trust, policy::DocumentKind::Trust);
        if (!one || !other || mayAsk_ == nullptr) return;
        std::set<std::string> principals;
        addPrincipals(**one, principals);
        addPrincipals(**other, principals);
        AccessDiff all;
        for (const std::string& each : principals) {
            const auto principal = policy::Principal::parse(each);
            if (!principal) continue;
            PolicySet was, is;
            if (principal->belongsToAccount()) {
                was.identity.push_back(mayAsk_);
                is.identity.push_back(mayAsk_);
            }
            was.resource = *one;
            is.resource = *other;
            AccessDiff diff = policy::compareAccess(was, is, *principal, look_.world.catalogue, bounds);
            std::erase_if(diff.gained, isBeside);
            std::erase_if(diff.lost, isBeside);
            std::move(diff.gained.begin(), diff.gained.end(), std::back_inserter(all.gained));
            std::move(diff.lost.begin(), diff.lost.end(), std::back_inserter(all.lost));
            all.exhaustive = all.exhaustive && diff.exhaustive;
        }
        tell(rules::driftTrust, now, all, true, placeIn(*now.trust, "", {1, 1}));
    }

    // Only what a trust policy decides is its matter.
    static bool isBeside(const AccessChange& change) {
        const std::string action = foldedAscii(change.request.action);
        return !action.starts_with("sts:assumerole") && action != "sts:tagsession" && action != "sts:setsourceidentity";
    }

    static bool sameTexts(const IdentityPolicies& a, const IdentityPolicies& b) {
        const auto texts = [](const IdentityPolicies& policies) {
            std::multiset<std::string_view> all;
            for (const PolicyDocument& each : policies.inlinePolicies) all.insert(each.text);
            return all;
        };
        auto attachedA = a.attached, attachedB = b.attached;
        std::sort(attachedA.begin(), attachedA.end());
        std::sort(attachedB.begin(), attachedB.end());
        return texts(a) == texts(b) && attachedA == attachedB && a.boundary == b.boundary;
    }

    void checkPermissions(const Role& before, const Role& now) {
        if (!before.policies.known || !now.policies.known) return;
        Question& was = declared_.of(before);
        Question& is = live_.of(now);
        // With the same documents attached, only what those say can differ.
        const bool managed = !now.policies.attached.empty();
        if (sameTexts(before.policies, now.policies) && !managed) return;
        for (Question* each : {&was, &is}) {
            each->policies.scp.reset();
            each->policies.rcp.reset();
        }
        const auto untold = [](const Question& question) {
            return std::any_of(question.gaps.begin(), question.gaps.end(), [](const Gap& each) {
                return each.layer == policy::Layer::Identity || each.layer == policy::Layer::Boundary;
            });
        };
        if (untold(was) || untold(is)) {
            if (!sameTexts(before.policies, now.policies)) into_.needs(rules::driftPerm, "policies");
            return;
        }
        const AccessDiff diff = policy::compareAccess(was.policies, is.policies, is.request.principal, look_.world.catalogue, bounds);
        tell(rules::driftPerm, now, diff, false, placeOf(now.source));
    }

    const Look& look_;
    const Estate& before_;
    Findings& into_;
    RoleAccess live_, declared_;
    PolicyPool pool_;
    policy::PolicyRef mayAsk_;
};

// Services that a role is given and did not use, as Access Advisor tells.
void checkUnused(const Look& look, Findings& into) {
    const Usage& usage = look.estate.usage();
    if (usage.services.empty()) return into.needs(rules::usePermissionUnused, "last_accessed");
    RoleAccess access(look.estate, look.world);
    for (const Role& role : look.estate.roles()) {
        const auto told = usage.services.find(role.arn);
        if (told == usage.services.end()) {
            if (!isServiceLinked(role)) into.needs(rules::usePermissionUnused, "last_accessed");
            continue;
        }
        access.of(role);
        std::vector<std::string> unused;
        for (const auto& [service, last] : told->second) {
            const bool recent = last && daysBetween(*last, look.now) <= look.settings.limits.unused.count();
            if (!recent && access.speaksOfService(service)) unused.push_back(service);
        }
        if (unused.empty()) continue;
        const auto owner = std::find_if(role.tags.begin(), role.tags.end(), [](const auto& each) { return foldedAscii(each.first) == "owner"; });
        into.add(rules::usePermissionUnused, role.arn, placeOf(role.source),
                 {{"seen", unused.front()}, {"services[]", listText(unused)}, {"window_days", std::to_string(look.settings.limits.unused.count())},
                  {"source", "get-service-last-accessed-details"}, {"owner", owner == role.tags.end() ? "" : owner->second}},
                 edit(rules::usePermissionUnused.id));
    }
}

} // namespace

void checkDrift(const Look& look, Findings& into) {
    checkUnused(look, into);
    const Estate* before = look.input.baseline != nullptr ? look.input.baseline : look.estate.declared();
    if (before == nullptr) {
        into.needs(rules::driftTrust, "baseline");
        into.needs(rules::driftPerm, "baseline");
        return;
    }
    Drift(look, *before, into).run();
}

} // namespace gw::estate::review
