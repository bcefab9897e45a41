// Whom a policy with principals lets in: of a role's trust policy, and of a resource. Everybody whom one of the two sides
// names is asked for, with all that he could have of his own, so that only the policy itself makes the difference.
#include "models/estate/drift/sides.h"

#include "models/estate/reach/routes.h"
#include "models/policy/answer.h"

#include <algorithm>
#include <array>
#include <set>

namespace gw::estate {
namespace {

using policy::Decision;
using policy::PrincipalKind;

constexpr std::size_t maxNamed = 1'000; // of one policy

const policy::PolicyRef& everything() {
    static const policy::PolicyRef all =
        *policy::CompiledPolicy::parse(R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})",
                                       policy::DocumentKind::Identity, "everything");
    return all;
}

void addNamed(const std::optional<policy::PolicyRef>& policy, std::set<std::string>& named) {
    if (!policy) return;
    for (const policy::CompiledStatement& each : (*policy)->statements()) {
        if (each.isNotPrincipal()) named.insert("*");
        for (const policy::NamedPrincipal& one : each.principals())
            named.insert(one.type() == policy::NamedPrincipal::Type::Everyone ? "*" : one.text());
    }
}

bool isCovered(const std::optional<policy::PolicyRef>& policy, std::string_view folded) {
    return policy && std::any_of((*policy)->statements().begin(), (*policy)->statements().end(),
                                 [&](const auto& each) { return each.coversAction(folded); });
}

int rank(Decision decision) {
    return decision == Decision::Allowed ? 2 : decision == Decision::Depends ? 1 : 0;
}

// One request against both policies.
class Admission {
public:
    Admission(const Sides& sides, std::optional<policy::PolicyRef> before, std::optional<policy::PolicyRef> after)
        : sides_(sides), before_(std::move(before)), after_(std::move(after)) {}

    // Gained, lost, both or neither.
    std::vector<Drift> compare(const policy::Request& request) const {
        std::vector<Drift> drifts;
        const bool own = request.principal.belongsToAccount();
        // In the resource's own account a policy of it is enough; and where it denies, policies of one's own do not help.
        for (const bool withOwn : {false, true}) {
            if (withOwn && !own) continue;
            const policy::Answer one = ask(request, before_, withOwn), other = ask(request, after_, withOwn);
            if (rank(other.decision) > rank(one.decision))
                add(drifts, DriftDirection::Gained, request, one, other, other.witness);
            if (rank(other.decision) < rank(one.decision)) add(drifts, DriftDirection::Lost, request, one, other, one.witness);
            if (one.decision != Decision::Depends || other.decision != Decision::Depends) continue;
            // Both hang on something: what lets one in may not be enough for the other.
            if (other.witness && isClosed(request, before_, withOwn, other.witness->allowed))
                add(drifts, DriftDirection::Gained, request, one, other, other.witness);
            if (one.witness && isClosed(request, after_, withOwn, one.witness->allowed))
                add(drifts, DriftDirection::Lost, request, one, other, one.witness);
        }
        return drifts;
    }

private:
    [[nodiscard]] policy::PolicySet set(const std::optional<policy::PolicyRef>& policy, bool withOwn) const {
        policy::PolicySet policies;
        policies.resource = policy;
        if (withOwn) policies.identity.push_back(everything());
        return policies;
    }
    [[nodiscard]] policy::Answer ask(const policy::Request& request, const std::optional<policy::PolicyRef>& policy,
                                     bool withOwn) const {
        return policy::answer(request, sides_.world, set(policy, withOwn));
    }
    [[nodiscard]] bool isClosed(policy::Request request, const std::optional<policy::PolicyRef>& policy, bool withOwn,
                                const policy::Additions& told) const {
        for (const auto& each : told) request.context.set(each.key, each.value);
        policy::WorldRules closed = sides_.world;
        closed.complete = true;
        return policy::answer(request, closed, set(policy, withOwn)).decision != Decision::Allowed;
    }
    static void add(std::vector<Drift>& drifts, DriftDirection direction, const policy::Request& request,
                    const policy::Answer& one, const policy::Answer& other, const std::optional<policy::Witness>& witness) {
        if (std::any_of(drifts.begin(), drifts.end(), [&](const Drift& each) { return each.direction == direction; })) return;
        Drift drift;
        drift.direction = direction;
        drift.principal =
            request.principal.kind() == PrincipalKind::Root ? request.principal.principalArn() : request.principal.text();
        drift.action = request.action;
        drift.resource = request.resource;
        drift.before = one.decision;
        drift.after = other.decision;
        if (witness)
            for (const auto& each : witness->allowed)
                if (each.value) drift.context.emplace_back(each.key.written(), each.value->values);
        drifts.push_back(std::move(drift));
    }

    const Sides& sides_;
    std::optional<policy::PolicyRef> before_, after_;
};

std::optional<policy::PolicyRef> compiled(const Estate& estate, const std::optional<PolicyDocument>& document,
                                          policy::DocumentKind kind, DriftReport& report) {
    if (!document) return std::nullopt;
    auto policy = estate.compiled(*document, kind);
    if (policy) return *policy;
    report.unknown.push_back({Missing::Malformed, document->id(),
                              kind == policy::DocumentKind::Trust ? policy::Layer::Trust : policy::Layer::Resource,
                              policy.error()});
    return std::nullopt;
}

std::optional<policy::Request> requestOf(const std::string& who, const std::string& action, const std::string& resource) {
    auto principal = policy::Principal::parse(who);
    if (!principal) return std::nullopt;
    policy::Request request{std::move(*principal), action, resource, {}, {}, {}};
    request.facts.anonymous = request.principal.kind() == PrincipalKind::Anonymous;
    return request;
}

} // namespace

void compareTrust(const Sides& sides, const Role& before, const Role& after, DriftReport& report) {
    const auto one = compiled(sides.before, before.trust, policy::DocumentKind::Trust, report);
    const auto other = compiled(sides.after, after.trust, policy::DocumentKind::Trust, report);
    std::set<std::string> named;
    addNamed(one, named);
    addNamed(other, named);
    if (named.size() > maxNamed) report.exhaustive = false;
    const Admission admission(sides, one, other);
    std::size_t asked = 0;
    for (const std::string& who : named) {
        if (++asked > maxNamed) break;
        auto request = requestOf(who, {}, after.arn);
        if (!request) continue;
        // What such a caller calls; whoever has credentials of AWS calls AssumeRole.
        request->action = request->principal.kind() == PrincipalKind::SamlProvider  ? "sts:AssumeRoleWithSAML"
                          : request->principal.kind() == PrincipalKind::WebIdentity ? "sts:AssumeRoleWithWebIdentity"
                                                                                    : "sts:AssumeRole";
        for (Drift& drift : admission.compare(*request)) {
            drift.cause = DriftCause::Trust;
            drift.object = after.arn;
            drift.source = drift.direction == DriftDirection::Gained ? after.source : before.source;
            if (request->principal.isFederatedCaller()) sides.tellPeople(after.arn, drift);
            report.drifts.push_back(std::move(drift));
        }
    }
}

void compareResource(const Sides& sides, const Resource& before, const Resource& after, DriftReport& report) {
    const auto one = compiled(sides.before, before.policy, policy::DocumentKind::Resource, report);
    const auto other = compiled(sides.after, after.policy, policy::DocumentKind::Resource, report);
    std::set<std::string> named;
    addNamed(one, named);
    addNamed(other, named);
    // What is asked for: of an API its routes, of a bucket its objects, too.
    std::vector<std::string> resources{after.arn};
    if (after.kind == ResourceKind::Bucket) resources.push_back(after.arn + "/*");
    if (after.kind == ResourceKind::RestApi) {
        resources.clear();
        for (const Resource& each : sides.after.resources())
            if (each.kind == ResourceKind::Route && each.api == after.id) resources.push_back(requestedArn(each.arn));
        if (resources.empty()) resources.push_back(after.arn + "/any/GET/any");
    }
    std::set<std::string> actions;
    const auto parts = policy::ArnParts::split(after.arn);
    if (const policy::ServiceInfo* service =
            !parts || sides.world.catalogue == nullptr ? nullptr : sides.world.catalogue->service(parts->service))
        for (const auto& [folded, info] : service->actions) {
            const std::string name = service->prefix + ":" + folded;
            const bool uses = std::any_of(info.types.begin(), info.types.end(), [&](const auto& use) {
                return std::any_of(resources.begin(), resources.end(),
                                   [&](const auto& each) { return service->types[use.type].covers(each); });
            });
            if (uses && (isCovered(one, name) || isCovered(other, name))) actions.insert(service->prefix + ":" + info.name);
        }
    for (const auto& policy : {one, other})
        if (policy)
            for (const policy::StatementText& statement : (*policy)->document().statements())
                for (const policy::Text& each : statement.actions)
                    if (each.text.find_first_of("*?") == std::string_view::npos) actions.emplace(each.text);
    const Admission admission(sides, one, other);
    std::size_t asked = 0;
    for (const std::string& who : named) {
        bool gained = false, lost = false; // one witness of each for a principal says enough
        for (const std::string& resource : resources)
            for (const std::string& action : actions) {
                if (gained && lost) break;
                if (++asked > 100 * maxNamed) {
                    report.exhaustive = false;
                    return;
                }
                auto request = requestOf(who, action, resource);
                if (!request) continue;
                request->resourceAccount = after.account;
                for (Drift& drift : admission.compare(*request)) {
                    bool& known = drift.direction == DriftDirection::Gained ? gained : lost;
                    if (known) continue;
                    known = true;
                    drift.cause = DriftCause::ResourcePolicy;
                    drift.object = after.arn;
                    drift.source = drift.direction == DriftDirection::Gained ? after.source : before.source;
                    report.drifts.push_back(std::move(drift));
                }
            }
    }
}

} // namespace gw::estate
