// A tighter policy keeps of each Allow what was used, and what nothing could have told; whatever it says besides stays as it is.
#include "models/estate/unused.h"

#include "models/estate/question_parts.h"
#include "models/policy/answer.h"
#include "saml/base/json.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace gw::estate {
namespace {

using policy::Decision;

constexpr std::size_t maxResources = 50; // of one action that are tried

// What CloudTrail has no event for, or only where somebody turned data events on (AWS CloudTrail User Guide, "Logging data
// events").
bool isUnseen(std::string_view action) {
    static constexpr auto patterns = std::to_array<std::string_view>({"execute-api:*",
                                                                      "vpc-lattice-svcs:*",
                                                                      "appmesh:streamaggregatedresources",
                                                                      "s3:*object*",
                                                                      "s3:*multipart*",
                                                                      "lambda:invoke*",
                                                                      "dynamodb:*item*",
                                                                      "dynamodb:query",
                                                                      "dynamodb:scan",
                                                                      "dynamodb:partiql*",
                                                                      "dynamodb:get*",
                                                                      "sqs:*message*",
                                                                      "sns:publish*",
                                                                      "logs:put*",
                                                                      "logs:filter*",
                                                                      "logs:get*",
                                                                      "cloudwatch:putmetricdata",
                                                                      "xray:*",
                                                                      "ssmmessages:*",
                                                                      "ec2messages:*",
                                                                      "kinesis:*record*",
                                                                      "kinesis:subscribe*",
                                                                      "firehose:put*",
                                                                      "bedrock:invoke*",
                                                                      "rds-db:connect",
                                                                      "elasticfilesystem:client*",
                                                                      "aps:*",
                                                                      "cognito-identity:*",
                                                                      "appsync:graphql",
                                                                      "iot:*",
                                                                      "sts:getcalleridentity"});
    static const std::vector<policy::Pattern> compiled = [] {
        std::vector<policy::Pattern> all;
        for (const std::string_view each : patterns)
            all.emplace_back(each, policy::PatternRules{.wildcards = true, .variables = false, .foldCase = false});
        return all;
    }();
    static const policy::Context nothing;
    const policy::Scope scope(nothing, {}, true);
    return std::any_of(compiled.begin(), compiled.end(),
                       [&](const auto& each) { return each.matches(action, scope) == policy::Truth::True; });
}

class Tightener {
public:
    Tightener(const Estate& estate, const Role& role, const policy::WorldRules& world)
        : estate_(estate), role_(role), world_(world), use_(permissionUse(estate, role)) {
        used_.insert(use_.usedServices.begin(), use_.usedServices.end());
        const auto services = estate.usage().services.find(role.arn);
        if (services != estate.usage().services.end()) advisor_ = &services->second;
    }

    std::optional<Tightening> run();

private:
    [[nodiscard]] bool matches(std::string_view pattern, std::string_view folded) const {
        static const policy::Context nothing;
        return policy::Pattern(foldedAscii(pattern), {.wildcards = true, .variables = false, .foldCase = false})
                   .matches(folded, policy::Scope(nothing, {}, true)) == policy::Truth::True;
    }
    // Whether a service was surely not used.
    [[nodiscard]] bool isIdle(const std::string& service) const {
        if (used_.contains(service)) return false;
        return advisor_ == nullptr || advisor_->find(service) != advisor_->end();
    }
    [[nodiscard]] std::vector<std::string> narrowed(std::string_view action) const;
    [[nodiscard]] std::vector<std::string> unseenIn(std::string_view pattern) const;
    bool rewrite(const PolicyDocument& document, TighterPolicy& into) const;
    [[nodiscard]] bool isShared(const std::string& arn) const;
    bool prove(Tightening& tightening) const;

    const Estate& estate_;
    const Role& role_;
    const policy::WorldRules& world_;
    PermissionUse use_;
    std::set<std::string> used_;
    const std::map<std::string, std::optional<UtcTime>, std::less<>>* advisor_ = nullptr;
};

// Of what a pattern matches, all that CloudTrail cannot see; patterns of the catalogue's names, which are few.
std::vector<std::string> Tightener::unseenIn(std::string_view pattern) const {
    const std::string service = foldedAscii(pattern.substr(0, pattern.find(':')));
    const policy::ServiceInfo* info = world_.catalogue == nullptr ? nullptr : world_.catalogue->service(service);
    std::vector<std::string> names;
    if (info == nullptr) return names;
    for (const auto& [folded, action] : info->actions)
        if (isUnseen(service + ":" + folded) && matches(pattern, service + ":" + folded))
            names.push_back(info->prefix + ":" + action.name);
    return names;
}

// What stays of one action of a statement; itself where nothing can be said.
std::vector<std::string> Tightener::narrowed(std::string_view action) const {
    const std::string folded = foldedAscii(action);
    const std::string service = folded.substr(0, folded.find(':'));
    const bool everyService = service.find_first_of("*?") != std::string::npos;
    std::vector<std::string> kept;
    for (const std::string& each : use_.usedActions)
        if (matches(folded, foldedAscii(each))) kept.push_back(each);
    // Other services look at it for what they are told to do: neither events nor Access Advisor know of it.
    if (matches(folded, "iam:passrole")) kept.emplace_back(folded == "iam:passrole" ? std::string(action) : "iam:PassRole");
    if (folded.find_first_of("*?") == std::string::npos) {
        const bool stays = !kept.empty() || (isUnseen(folded) && !isIdle(service)) || (isUnseen(folded) && advisor_ == nullptr);
        return stays ? std::vector<std::string>{std::string(action)} : std::vector<std::string>();
    }
    // "*" of every service: nobody can say what of it CloudTrail does not see, but for the services that are used.
    std::set<std::string> services;
    if (everyService) {
        if (advisor_ == nullptr) return {std::string(action)};
        for (const std::string& each : use_.usedServices) services.insert(each);
    } else {
        if (isIdle(service) && advisor_ != nullptr) return kept;
        services.insert(service);
    }
    if (world_.catalogue == nullptr) return {std::string(action)};
    std::set<std::string> names(kept.begin(), kept.end());
    for (const std::string& each : services) {
        // A service that the catalogue does not know, or of which no event tells anything: as it is.
        const bool told = std::any_of(kept.begin(), kept.end(),
                                      [&](const std::string& one) { return foldedAscii(one).starts_with(each + ":"); });
        const auto unseen = unseenIn(everyService ? each + ":*" : std::string(action));
        if (world_.catalogue->service(each) == nullptr || (!told && unseen.empty() && !isIdle(each)))
            names.insert(everyService ? each + ":*" : std::string(action));
        names.insert(unseen.begin(), unseen.end());
    }
    return {names.begin(), names.end()};
}

bool Tightener::rewrite(const PolicyDocument& document, TighterPolicy& into) const {
    const auto source = policy::Document::readSource(document.text);
    if (!source) return false;
    auto parsed = parseJson(source->text());
    if (!parsed || !parsed->is_object() || !parsed->contains("Statement")) return false;
    Json& statements = (*parsed)["Statement"];
    if (statements.is_object()) statements = Json::array({statements});
    if (!statements.is_array()) return false;
    Json kept = Json::array();
    for (Json& statement : statements) {
        const bool allow = statement.is_object() && statement.value("Effect", "") == "Allow";
        if (!allow || !statement.contains("Action")) {
            kept.push_back(std::move(statement));
            continue;
        }
        Json& actions = statement["Action"];
        if (actions.is_string()) actions = Json::array({actions});
        std::vector<std::string> names;
        for (const Json& each : actions) {
            if (!each.is_string()) return false;
            const auto& written = each.get_ref<const std::string&>();
            const auto narrower = narrowed(written);
            if (narrower.size() != 1 || narrower.front() != written) into.removed.push_back(written);
            for (const std::string& name : narrower)
                if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
        }
        if (names.empty()) continue;
        actions = names;
        kept.push_back(std::move(statement));
    }
    if (into.removed.empty()) return false;
    into.document = &document;
    // Denials alone give nothing, but they may take away from what other policies give.
    if (!kept.empty()) {
        statements = std::move(kept);
        into.text = parsed->dump(2, ' ', false, Json::error_handler_t::replace);
    }
    return true;
}

bool Tightener::isShared(const std::string& arn) const {
    const auto has = [&](const IdentityPolicies& policies) {
        return policies.boundary == arn ||
               std::find(policies.attached.begin(), policies.attached.end(), arn) != policies.attached.end();
    };
    return std::any_of(estate_.roles().begin(), estate_.roles().end(),
                       [&](const Role& each) { return &each != &role_ && has(each.policies); }) ||
           std::any_of(estate_.users().begin(), estate_.users().end(), [&](const User& each) { return has(each.policies); }) ||
           std::any_of(estate_.groups().begin(), estate_.groups().end(), [&](const Group& each) { return has(each.policies); });
}

bool Tightener::prove(Tightening& tightening) const {
    auto principal = policy::Principal::parse(role_.arn);
    if (!principal) return false;
    const auto ask = [&](std::string action, std::string resource) {
        return makeQuestion(estate_, policy::Request{*principal, std::move(action), std::move(resource), {}, {}, {}});
    };
    std::map<std::string, std::optional<policy::PolicyRef>> replaced; // by the document's id
    for (const TighterPolicy& each : tightening.policies) {
        auto& with = replaced[each.document->id()];
        if (each.text.empty()) continue;
        auto compiled = policy::CompiledPolicy::parse(each.text, policy::DocumentKind::Identity, each.document->id());
        if (!compiled) return false;
        with = *compiled;
    }
    const auto tightened = [&](policy::PolicySet policies) {
        std::vector<policy::PolicyRef> identity;
        for (const policy::PolicyRef& each : policies.identity) {
            const auto other = replaced.find(each->name());
            if (other == replaced.end())
                identity.push_back(each);
            else if (other->second)
                identity.push_back(*other->second);
        }
        policies.identity = std::move(identity);
        return policies;
    };
    tightening.coversUse = true;
    if (const auto known = estate_.usage().principals.find(role_.arn); known != estate_.usage().principals.end()) {
        for (const auto& [action, use] : known->second.actions) {
            if (use.times <= use.denied) continue;
            std::vector<std::string> resources(use.resources.begin(), use.resources.end());
            if (resources.size() > maxResources) resources.resize(maxResources);
            resources.emplace_back("*");
            for (const std::string& each : resources) {
                const Question question = ask(action, each);
                const auto before = policy::answer(question.request, world_, question.policies);
                const auto after = policy::answer(question.request, world_, tightened(question.policies));
                ++tightening.usesTried;
                tightening.coversUse =
                    tightening.coversUse && before.decision == after.decision && before.dependsOn == after.dependsOn;
            }
        }
    }
    Question whole;
    whole.request.principal = *principal;
    addPrincipalPolicies(estate_, whole);
    const policy::SubsetAnswer subset = policy::isSubset({*principal, tightened(whole.policies), whole.request.facts},
                                                         {*principal, whole.policies, whole.request.facts}, world_.catalogue);
    tightening.givesNothingNew = subset.holds();
    tightening.exhaustive = subset.exhaustive;
    return true;
}

std::optional<Tightening> Tightener::run() {
    if (use_.evidence.empty() || !role_.policies.known) return std::nullopt;
    const bool told = advisor_ != nullptr || !use_.usedActions.empty();
    if (!told) return std::nullopt;
    Tightening tightening;
    tightening.evidence = use_.evidence;
    const auto add = [&](const PolicyDocument& document) {
        TighterPolicy one;
        if (document.known && rewrite(document, one)) tightening.policies.push_back(std::move(one));
    };
    for (const PolicyDocument& each : role_.policies.inlinePolicies) add(each);
    for (const std::string& each : role_.policies.attached) {
        const ManagedPolicy* managed = estate_.managedPolicy(each);
        if (managed != nullptr && managed->account != "aws" && !managed->account.empty() && !isShared(each)) add(managed->document);
    }
    if (tightening.policies.empty() || !prove(tightening)) return std::nullopt;
    return tightening;
}

} // namespace

std::optional<Tightening> tighten(const Estate& estate, const Role& role, const policy::WorldRules& world) {
    return Tightener(estate, role, world).run();
}

} // namespace gw::estate
