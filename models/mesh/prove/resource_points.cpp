// What has a policy of its own besides those of its callers: REST APIs, services of VPC Lattice, functions.
#include "models/mesh/compile/iam_resources.h"
#include "models/mesh/prove/policies.h"
#include "models/policy/arn_pattern.h"

#include <algorithm>
#include <set>

namespace gw::mesh {
namespace {

using policy::DocumentKind;
using policy::PolicyRef;
using policy::Principal;

// What is not in question: a caller's own policies, another policy of the resource's, and one that is not there where nobody gets
// in without.
struct Fixed {
    PolicyRef everything =
        fixedPolicy(R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})", DocumentKind::Identity);
    PolicyRef anybody = fixedPolicy(
        R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}})", DocumentKind::Resource);
    PolicyRef nobody = fixedPolicy(
        R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}})", DocumentKind::Resource);
};

// Whoever may ask: with the policies that the map gives them, or for those whose policies are not the map's, with policies that
// let them do everything, so that only the resource's own can stop them.
struct Asker {
    std::string principal;
    bool ours = false; // a role with policies of the map
};

std::vector<Asker> askers(const Point& point, const std::vector<PolicyRef>& policies, std::string_view account, std::string_view partition) {
    std::set<std::string> ours, others;
    const std::string iam = "arn:" + std::string(partition) + ":iam::";
    for (const Use* use : point.uses) {
        const std::string& principal = use->caller.principal;
        if (principal.starts_with("arn:"))
            ours.insert(principal);
        else if (policy::isAccountId(principal))
            others.insert(iam + principal + ":role/gwother");
        else if (!principal.empty())
            others.insert(principal);
    }
    for (const Artefact* artefact : point.identity) ours.insert(artefact->object);
    for (const PolicyRef& policy : policies)
        for (const policy::CompiledStatement& statement : policy->statements())
            for (const policy::NamedPrincipal& named : statement.principals()) {
                const auto& parsed = named.parsed();
                if (parsed && parsed->kind() == policy::PrincipalKind::Root)
                    others.insert(iam + parsed->account() + ":role/gwother");
                else if (named.text().starts_with("arn:"))
                    ours.insert(named.text());
                else
                    others.insert(named.text());
            }
    std::vector<Asker> all{{"*", false}, {iam + "999999999999:role/gwother", false}, {iam + std::string(account) + ":role/gwstranger", true}};
    for (const std::string& each : ours) all.push_back({each, true});
    for (const std::string& each : others)
        if (each != "*") all.push_back({each, false});
    return all;
}

bool isFor(const Use& use, const Principal& principal) {
    const std::string& named = use.caller.principal;
    return named == "*" || named == principal.text() || named == principal.principalArn() ||
           (policy::isAccountId(named) && named == principal.account());
}

std::vector<PolicyRef> identityOf(const Point& point, const std::string& role, std::vector<Error>& problems) {
    std::vector<PolicyRef> all = policiesOf(point.identity, ArtefactKind::InlinePolicy, DocumentKind::Identity, role, problems);
    for (PolicyRef& each : policiesOf(point.identity, ArtefactKind::ManagedPolicy, DocumentKind::Identity, role, problems))
        all.push_back(std::move(each));
    return all;
}

struct Kind {
    ArtefactKind policy;
    bool network = false; // VPC Lattice: that of the network beside that of the service
    bool always = false;  // without a policy nobody gets in
};

PointProof prove(const Intent& intent, const Point& point, const Kind& kind, std::string_view account, std::string_view partition) {
    PointProof proof;
    std::vector<PolicyRef> own = policiesOf(point.artefacts, kind.policy, DocumentKind::Resource, point.object, proof.problems);
    std::set<std::string> networks;
    if (kind.network)
        for (const Use* use : point.uses)
            if (const std::string& network = use->as<LatticeAccess>()->network; !network.empty()) networks.insert(network);
    std::vector<PolicyRef> network;
    for (const std::string& each : networks)
        for (PolicyRef& policy : policiesOf(point.artefacts, kind.policy, DocumentKind::Resource, each, proof.problems)) network.push_back(std::move(policy));

    const Fixed fixed;
    std::vector<PolicyRef> named = own;
    named.insert(named.end(), network.begin(), network.end());
    Space space;
    for (const Use* use : point.uses) space.add(*use);
    for (const PolicyRef& policy : own) space.add(*policy);
    // All that has a say together; and each policy of the resource's alone, so that none of them is wide only because another is
    // not.
    const auto sides = [&](const Principal& principal, const Asker& asker, const std::vector<PolicyRef>& identity) {
        policy::PolicySet together;
        if (asker.ours)
            together.identity = identity;
        else if (principal.belongsToAccount())
            together.identity = {fixed.everything};
        if (!own.empty())
            together.resource = own.front();
        else if (kind.always)
            together.resource = fixed.nobody;
        if (!network.empty()) together.network = network.front();
        std::vector<policy::PolicySet> all{together};
        const bool decides = kind.always || principal.account() != account;
        if (asker.ours && decides) {
            together.identity = {fixed.everything};
            together.network.reset();
            all.push_back(together);
        }
        if (!network.empty()) {
            if (principal.belongsToAccount()) together.identity = {fixed.everything};
            together.resource = fixed.anybody;
            together.network = network.front();
            all.push_back(together);
        }
        return all;
    };
    for (const Asker& asker : askers(point, named, account, partition)) {
        const auto principal = Principal::parse(asker.principal);
        if (!principal) continue;
        std::vector<const Use*> uses;
        for (const Use* use : point.uses)
            if (isFor(*use, *principal)) uses.push_back(use);
        const Meanings meanings(intent, uses, point.target);
        policy::Request request;
        request.principal = *principal;
        request.facts.anonymous = asker.principal == "*";
        request.resourceAccount = std::string(account);
        // Of somebody in the own account whose policies are not the map's, they decide and not what was compiled.
        if (!asker.ours && principal->account() == account && !kind.always) continue;
        const std::vector<PolicyRef> identity = identityOf(point, asker.principal, proof.problems);
        for (const policy::PolicySet& policies : sides(*principal, asker, identity)) {
            Side side{&meanings, named, policies};
            side.asked.insert(side.asked.end(), identity.begin(), identity.end());
            compareOver(space, side, request, proof);
        }
    }
    return proof;
}

} // namespace

PointProof proveApi(const Intent& intent, const Point& point) {
    PointProof proof;
    if (point.uses.empty()) return proof;
    const ApiAccess& api = *point.uses.front()->as<ApiAccess>();
    proof = prove(intent, point, {ArtefactKind::ApiPolicy}, api.account, api.partition);
    return proof;
}

PointProof proveLattice(const Intent& intent, const Point& point) {
    const auto arn = policy::ArnParts::split(point.object);
    if (!arn) return {};
    return prove(intent, point, {ArtefactKind::AuthPolicy, true, true}, arn->account, arn->partition);
}

PointProof proveFunction(const Intent& intent, const Point& point) {
    const auto arn = policy::ArnParts::split(point.object);
    if (!arn) return {};
    return prove(intent, point, {ArtefactKind::FunctionPolicy}, arn->account, arn->partition);
}

} // namespace gw::mesh
