// Chains of roles that take on each other, from one that people get to an administrator; each hop asked of the evaluator.
#include "models/estate/review/look.h"

#include "models/estate/question_parts.h"
#include "models/policy/answer.h"

#include <algorithm>
#include <deque>

namespace gw::estate::review {
namespace {

constexpr std::size_t mostHops = 2'000'000; // asked, whatever the estate looks like

// Whoever calls may set these as they are asked for.
bool isOfTheCaller(std::string_view key) {
    const std::string folded = foldedAscii(key);
    return folded == "sts:externalid" || folded == "sts:rolesessionname" || folded == "sts:sourceidentity" || folded == "sts:transitivetagkeys" ||
           folded.starts_with("aws:requesttag/") || folded == "aws:tagkeys" ||
           (folded.starts_with("aws:") && !folded.starts_with("aws:resource") && !folded.starts_with("aws:calledvia"));
}

class Chains {
public:
    Chains(Look& look, Findings& into) : look_(look), into_(into), access_(look.estate, look.world) {
        for (std::size_t i = 0; i < look.roles.size(); ++i)
            if (look.roles[i].takesOn) takers_[look.estate.roles()[i].account].push_back(i);
    }

    void run() {
        const auto& roles = look_.estate.roles();
        towards_.assign(roles.size(), unreached);
        std::deque<std::size_t> queue;
        for (std::size_t i = 0; i < roles.size(); ++i) {
            if (look_.roles[i].privilege != Privilege::Admin || isServiceLinked(roles[i])) continue;
            towards_[i] = i;
            queue.push_back(i);
        }
        while (!queue.empty() && asked_ < mostHops) {
            const std::size_t target = queue.front();
            queue.pop_front();
            for (const std::size_t from : candidatesFor(target)) {
                if (towards_[from] != unreached || !mayTakeOn(from, target)) continue;
                towards_[from] = target;
                queue.push_back(from);
            }
        }
        for (std::size_t i = 0; i < roles.size(); ++i)
            if (towards_[i] != unreached && towards_[i] != i && look_.roles[i].forPeople) tell(i);
        if (asked_ >= mostHops) into_.needs(rules::trustChainToAdmin, "time");
        checkEnvironments();
    }

private:
    static constexpr std::size_t unreached = static_cast<std::size_t>(-1);

    // Roles that the trust policy of the target lets in by its words.
    std::vector<std::size_t> candidatesFor(std::size_t target) {
        std::vector<std::size_t> found;
        for (const Mapping& way : look_.roles[target].ways) {
            if (way.kind == GranteeKind::Anyone) {
                for (const auto& [account, takers] : takers_) found.insert(found.end(), takers.begin(), takers.end());
            } else if (way.kind == GranteeKind::Account) {
                const auto named = policy::Principal::parse(way.who);
                if (!named) continue;
                if (named->kind() == policy::PrincipalKind::Root) {
                    const auto takers = takers_.find(named->account());
                    if (takers != takers_.end()) found.insert(found.end(), takers->second.begin(), takers->second.end());
                } else if (const Role* role = look_.estate.role(named->account(), named->name())) {
                    found.push_back(static_cast<std::size_t>(role - look_.estate.roles().data()));
                }
            }
        }
        std::erase(found, target);
        return found;
    }

    bool mayTakeOn(std::size_t from, std::size_t target) {
        ++asked_;
        const Role& role = look_.estate.roles()[target];
        if (current_ != from) {
            access_.of(look_.estate.roles()[from]);
            current_ = from;
        }
        Question& question = access_.question();
        policy::Request request = question.request;
        request.action = "sts:AssumeRole";
        request.resource = role.arn;
        request.resourceAccount = role.account;
        policy::PolicySet policies = question.policies;
        const auto trust = access_.pool().get(*role.trust, policy::DocumentKind::Trust);
        if (!trust) return false;
        policies.resource = *trust;
        const policy::Answer answer = policy::answer(request, look_.world, policies);
        return answer.decision == policy::Decision::Allowed ||
               (answer.decision == policy::Decision::Depends &&
                std::all_of(answer.dependsOn.begin(), answer.dependsOn.end(), isOfTheCaller));
    }

    // Roles of another environment that an account's entry lets in; those that are named are looked at with the trust policy.
    void checkEnvironments() {
        const auto& roles = look_.estate.roles();
        const auto isTold = [](Environment each) { return each != Environment::Unknown && each != Environment::Shared; };
        asked_ = 0;
        for (std::size_t i = 0; i < roles.size() && asked_ < mostHops; ++i) {
            const Environment own = look_.roles[i].environment;
            if (!isTold(own) || isServiceLinked(roles[i]) || !roles[i].trust || !roles[i].trust->known) continue;
            for (const Mapping& way : look_.roles[i].ways) {
                const auto named = way.kind == GranteeKind::Account ? policy::Principal::parse(way.who) : std::nullopt;
                if (!named || named->kind() != policy::PrincipalKind::Root) continue;
                const auto takers = takers_.find(named->account());
                if (takers == takers_.end()) continue;
                const auto crossing = std::find_if(takers->second.begin(), takers->second.end(), [&](std::size_t from) {
                    const Environment theirs = look_.roles[from].environment;
                    return from != i && isTold(theirs) && theirs != own && mayTakeOn(from, i);
                });
                if (crossing == takers->second.end()) continue;
                into_.add(rules::trustEnvCrossing, roles[i].arn, placeOf(way.source),
                          {{"seen", roles[*crossing].arn},
                           {"from", std::string(environmentName(look_.roles[*crossing].environment))},
                           {"to", std::string(environmentName(own))},
                           {"by", way.who}},
                          edit(rules::trustEnvCrossing.id));
                break;
            }
        }
        if (asked_ >= mostHops) into_.needs(rules::trustEnvCrossing, "time");
    }

    void tell(std::size_t start) {
        const auto& roles = look_.estate.roles();
        std::vector<std::string> path;
        std::size_t at = start;
        for (; towards_[at] != at; at = towards_[at]) path.push_back(roles[at].arn);
        path.push_back(roles[at].arn);
        const Role& next = roles[towards_[start]];
        into_.add(rules::trustChainToAdmin, roles[start].arn, placeOf(next.trust ? next.trust->source : next.source),
                  {{"seen", path.back()}, {"path[]", listText(path)}}, edit(rules::trustChainToAdmin.id, {{"role", next.arn}}));
    }

    Look& look_;
    Findings& into_;
    RoleAccess access_;
    std::unordered_map<std::string, std::vector<std::size_t>> takers_; // by account
    std::vector<std::size_t> towards_;                                 // the next role on the way; itself for an administrator
    std::size_t current_ = unreached, asked_ = 0;
};

} // namespace

void checkChains(Look& look, Findings& into) {
    Chains(look, into).run();
}

} // namespace gw::estate::review
