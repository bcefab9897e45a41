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

// Arns that conditions ask of callers, of which an account or "*" stands for many.
void addAsked(const std::optional<policy::PolicyRef>& policy, std::set<std::string>& asked) {
    if (!policy) return;
    const policy::Context nothing;
    const policy::Scope scope(nothing, {}, true);
    for (const policy::CompiledStatement& statement : (*policy)->statements())
        for (const policy::Condition& each : statement.conditions()) {
            const std::string& key = each.key().folded();
            if (key == "aws:principalaccount")
                for (const std::string& account : each.values()) asked.insert("arn:aws:iam::" + account + ":role/other");
            if (key != "aws:principalarn") continue;
            policy::ExampleTexts texts;
            (void)each.examples(scope, texts);
            asked.insert(texts.all().begin(), texts.all().end());
            asked.insert(each.values().begin(), each.values().end());
        }
}

// One request against both policies.
class Admission {
public:
    Admission(const Sides& sides, std::optional<policy::PolicyRef> before, std::optional<policy::PolicyRef> after)
        : sides_(sides), before_(std::move(before)), after_(std::move(after)) {}

    struct Found {
        std::vector<Drift> drifts; // gained, lost, both or neither
        bool exhaustive = true;
    };
    // The sets of contexts that are let in, with a witness of each difference.
    [[nodiscard]] Found compare(const policy::Request& request) const {
        constexpr policy::DiffBounds bounds{.trials = 50'000, .changes = 2};
        Found found;
        const bool own = request.principal.belongsToAccount();
        // In the resource's own account a policy of it is enough; and where it denies, policies of one's own do not help.
        for (const bool withOwn : {false, true}) {
            if (withOwn && !own) continue;
            const policy::AccessDiff diff =
                policy::compareRequest(set(before_, withOwn), set(after_, withOwn), request, world(), bounds);
            found.exhaustive = found.exhaustive && diff.exhaustive;
            for (const auto& each : diff.gained) add(found.drifts, DriftDirection::Gained, each);
            for (const auto& each : diff.lost) add(found.drifts, DriftDirection::Lost, each);
        }
        return found;
    }
    // Whether what a witness tells makes the same difference to another action, so that it says nothing new; or is of no use
    // without it.
    [[nodiscard]] bool isToldBy(const Drift& drift, policy::Request request) const {
        for (const auto& [key, values] : drift.context) request.context.set(policy::Key(key), policy::ContextValue::many(values));
        const bool own = request.principal.belongsToAccount();
        const bool gained = drift.direction == DriftDirection::Gained;
        const Decision with = decide(request, gained ? after_ : before_, own),
                       without = decide(request, gained ? before_ : after_, own);
        const bool denied = with != Decision::Allowed && with != Decision::Depends;
        return denied || (with == Decision::Allowed && without != Decision::Allowed);
    }

private:
    [[nodiscard]] policy::PolicySet set(const std::optional<policy::PolicyRef>& policy, bool withOwn) const {
        policy::PolicySet policies;
        policies.resource = policy;
        if (withOwn) policies.identity.push_back(everything());
        return policies;
    }
    // At any time.
    [[nodiscard]] policy::WorldRules world() const { return {false, std::nullopt, sides_.world.catalogue}; }
    [[nodiscard]] Decision decide(const policy::Request& request, const std::optional<policy::PolicyRef>& policy,
                                  bool withOwn) const {
        return policy::answer(request, world(), set(policy, withOwn)).decision;
    }
    static void add(std::vector<Drift>& drifts, DriftDirection direction, const policy::AccessChange& change) {
        if (std::any_of(drifts.begin(), drifts.end(), [&](const Drift& each) { return each.direction == direction; })) return;
        const policy::Principal& principal = change.request.principal;
        Drift drift;
        drift.direction = direction;
        drift.principal = principal.kind() == PrincipalKind::Root ? principal.principalArn() : principal.text();
        drift.action = change.request.action;
        drift.resource = change.request.resource;
        drift.before = change.before;
        drift.after = change.after;
        for (const auto& each : change.request.context.entries())
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

// Everybody whom one of the two names: accounts and "*" first, so that they stand for those of them whom conditions name.
std::vector<std::string> callersOf(const std::optional<policy::PolicyRef>& one, const std::optional<policy::PolicyRef>& other) {
    std::set<std::string> named, asked;
    for (const auto& policy : {one, other}) {
        addNamed(policy, named);
        addAsked(policy, asked);
    }
    const auto isMany = [](const std::string& who) {
        const auto principal = policy::Principal::parse(who);
        return who == "*" || (principal && principal->kind() == PrincipalKind::Root);
    };
    std::vector<std::string> callers(named.begin(), named.end());
    std::stable_partition(callers.begin(), callers.end(), isMany);
    const bool anyMany = std::any_of(callers.begin(), callers.end(), isMany);
    if (anyMany)
        for (const std::string& each : asked)
            if (!named.contains(each)) callers.push_back(each);
    // Whom "*" lets in has credentials as a rule, and with them keys that others do not have.
    if (named.contains("*")) callers.emplace_back("arn:aws:iam::000000000000:role/other");
    return callers;
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
    if (!one || !other) return;
    const std::vector<std::string> callers = callersOf(one, other);
    if (callers.size() > maxNamed) report.exhaustive = false;
    const Admission admission(sides, one, other);
    std::set<std::pair<DriftDirection, std::string>> many; // accounts of which a drift is told, and "*"
    std::size_t asked = 0;
    for (const std::string& who : callers) {
        if (++asked > maxNamed) break;
        auto request = requestOf(who, {}, after.arn);
        if (!request) continue;
        // What such a caller calls; whoever has credentials of AWS calls AssumeRole. Tags and a source identity are granted
        // beside it.
        request->action = request->principal.kind() == PrincipalKind::SamlProvider  ? "sts:AssumeRoleWithSAML"
                          : request->principal.kind() == PrincipalKind::WebIdentity ? "sts:AssumeRoleWithWebIdentity"
                                                                                    : "sts:AssumeRole";
        const policy::Request signIn = *request;
        std::set<DriftDirection> told;
        for (const std::string& action : {signIn.action, std::string("sts:TagSession"), std::string("sts:SetSourceIdentity")}) {
            request->action = action;
            auto found = admission.compare(*request);
            report.exhaustive = report.exhaustive && found.exhaustive;
            for (Drift& drift : found.drifts) {
                if (told.contains(drift.direction)) continue;
                if (action != signIn.action && admission.isToldBy(drift, signIn)) continue;
                // One of an account says nothing where the account does.
                const std::pair account(drift.direction, request->principal.account()), anyone(drift.direction, std::string("*"));
                if (many.contains(anyone) || (request->principal.belongsToAccount() && many.contains(account))) continue;
                if (request->principal.kind() == PrincipalKind::Root) many.insert(account);
                if (request->principal.kind() == PrincipalKind::Anonymous) many.insert(anyone);
                told.insert(drift.direction);
                drift.cause = DriftCause::Trust;
                drift.object = after.arn;
                drift.source = drift.direction == DriftDirection::Gained ? after.source : before.source;
                if (request->principal.isFederatedCaller()) sides.tellPeople(after.arn, drift);
                report.drifts.push_back(std::move(drift));
            }
        }
    }
}

void compareResource(const Sides& sides, const Resource& before, const Resource& after, DriftReport& report) {
    const auto one = compiled(sides.before, before.policy, policy::DocumentKind::Resource, report);
    const auto other = compiled(sides.after, after.policy, policy::DocumentKind::Resource, report);
    if ((before.policy && !one) || (after.policy && !other)) return;
    const std::vector<std::string> callers = callersOf(one, other);
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
    std::set<DriftDirection> open;
    for (const std::string& who : callers) {
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
                auto found = admission.compare(*request);
                report.exhaustive = report.exhaustive && found.exhaustive;
                for (Drift& drift : found.drifts) {
                    // Everybody is told already.
                    if (!request->facts.anonymous && open.contains(drift.direction)) continue;
                    if (request->facts.anonymous) open.insert(drift.direction);
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
