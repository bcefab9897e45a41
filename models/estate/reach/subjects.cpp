#include "models/estate/reach/subjects.h"

#include "models/estate/reach/routes.h"
#include "models/policy/access_diff.h"
#include "models/policy/unknown_place.h"

#include <algorithm>
#include <array>
#include <set>

namespace gw::estate {
namespace {

// Services that have actions for the resources of another.
std::vector<std::string_view> servicesFor(std::string_view service) {
    if (service == "iam") return {"iam", "sts"};
    if (service == "vpc-lattice") return {"vpc-lattice", "vpc-lattice-svcs"};
    return {service};
}

// Done by providers, before anybody is somebody; chains.h knows who can take on a role.
bool isLeftOut(std::string_view folded) {
    static constexpr auto names = std::to_array<std::string_view>(
        {"sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity", "sts:tagsession", "sts:setsourceidentity"});
    return std::find(names.begin(), names.end(), folded) != names.end();
}

std::ptrdiff_t separators(std::string_view text) {
    return std::count_if(text.begin(), text.end(), [](char each) { return each == '/' || each == ':'; });
}

// "arn:${Partition}:s3:::${BucketName}" with wildcards in the place of what may be any text.
std::string patternOf(const policy::ResourceType& type) {
    std::string pattern;
    for (std::size_t i = 0; i < type.arn.size(); ++i) {
        const std::size_t end = type.arn.compare(i, 2, "${") == 0 ? type.arn.find('}', i) : std::string::npos;
        if (end != std::string::npos) i = end;
        pattern += end == std::string::npos ? type.arn[i] : '*';
    }
    return pattern;
}

// What the interface that manages an API calls it (API Gateway's actions, resource types of Service Authorization Reference).
std::string managementArn(const Resource& api) {
    const auto parts = policy::ArnParts::split(api.arn);
    const std::string partition = parts ? std::string(parts->partition) : "aws";
    const char* kind = api.kind == ResourceKind::RestApi ? "::/restapis/" : "::/apis/";
    return "arn:" + partition + ":apigateway:" + api.region + kind + api.id;
}

} // namespace

Subjects::Subjects(const Population& population, const policy::Catalogue* catalogue)
    : population_(population), catalogue_(catalogue) {}

const KnownAction& Subjects::action(std::string_view name) {
    std::string folded = foldedAscii(name);
    auto& known = known_[folded];
    if (!known) {
        known = std::make_unique<KnownAction>();
        known->name = name;
        known->folded = std::move(folded);
        known->number = known_.size() - 1;
    }
    return *known;
}

const std::vector<const KnownAction*>& Subjects::actionsOf(std::string_view arn) {
    const auto parts = policy::ArnParts::split(arn);
    std::string key;
    std::vector<std::pair<const policy::ServiceInfo*, std::vector<std::size_t>>> found;
    if (parts && catalogue_ != nullptr) {
        for (const std::string_view name : servicesFor(parts->service)) {
            const policy::ServiceInfo* service = catalogue_->service(name);
            if (service == nullptr) continue;
            // A type whose ARN says more of this one is the nearer.
            std::vector<std::size_t> types;
            std::ptrdiff_t most = 0;
            for (std::size_t i = 0; i < service->types.size(); ++i) {
                if (!service->types[i].covers(arn)) continue;
                const std::ptrdiff_t depth = separators(service->types[i].arn);
                if (depth < most) continue;
                if (depth > most) types.clear();
                most = depth;
                types.push_back(i);
            }
            key += std::string(name) + ":";
            for (const std::size_t each : types) key += std::to_string(each) + ",";
            found.emplace_back(service, std::move(types));
        }
    }
    const auto [kept, fresh] = lists_.try_emplace(key);
    if (!fresh) return kept->second;
    for (const auto& [service, types] : found) {
        for (const auto& [folded, info] : service->actions) {
            const bool uses = std::any_of(info.types.begin(), info.types.end(), [&, &wanted = types](const auto& use) {
                return std::find(wanted.begin(), wanted.end(), use.type) != wanted.end();
            });
            if (uses && !isLeftOut(service->prefix + ":" + folded))
                kept->second.push_back(&action(service->prefix + ":" + info.name));
        }
    }
    return kept->second;
}

// A pattern may be of a type that its own text is not of: "arn:aws:s3:::logs*" has buckets and their objects.
void Subjects::addFitting(const policy::ServiceInfo& service, const std::string& pattern, std::vector<const KnownAction*>& into) {
    const auto& nearest = actionsOf(pattern);
    const std::set<const KnownAction*> near(nearest.begin(), nearest.end());
    std::vector<char> beside;
    for (const policy::ResourceType& each : service.types)
        beside.push_back(!each.covers(pattern) && policy::commonText(patternOf(each), pattern) ? 1 : 0);
    for (const auto& [folded, info] : service.actions) {
        if (isLeftOut(service.prefix + ":" + folded)) continue;
        const KnownAction& known = action(service.prefix + ":" + info.name);
        const bool fits = near.contains(&known) || std::any_of(info.types.begin(), info.types.end(),
                                                               [&](const auto& use) { return beside[use.type] != 0; });
        if (fits) into.push_back(&known);
    }
}

const std::vector<const KnownAction*>& Subjects::actionsFitting(const std::string& pattern) {
    const auto [kept, fresh] = fitting_.try_emplace(pattern);
    if (!fresh || catalogue_ == nullptr) return kept->second;
    std::vector<const KnownAction*>& actions = kept->second;
    const auto parts = policy::ArnParts::split(pattern);
    const bool anyService = !parts || parts->service.find_first_of("*?") != std::string_view::npos;
    if (!anyService) {
        for (const std::string_view name : servicesFor(parts->service))
            if (const policy::ServiceInfo* service = catalogue_->service(name)) addFitting(*service, pattern, actions);
        return actions;
    }
    for (const std::string_view name : catalogue_->services()) {
        const policy::ServiceInfo* service = catalogue_->service(name);
        if (service == nullptr) continue;
        if (pattern != "*") {
            addFitting(*service, pattern, actions);
            continue;
        }
        for (const auto& [folded, info] : service->actions)
            if (!info.types.empty() && !isLeftOut(service->prefix + ":" + folded))
                actions.push_back(&action(service->prefix + ":" + info.name));
    }
    return actions;
}

const std::vector<const KnownAction*>& Subjects::withoutResource() {
    if (listed_ || catalogue_ == nullptr) return withoutResource_;
    listed_ = true;
    for (const std::string_view name : catalogue_->services()) {
        const policy::ServiceInfo* service = catalogue_->service(name);
        if (service == nullptr) continue;
        for (const auto& [folded, info] : service->actions)
            if (info.types.empty()) withoutResource_.push_back(&action(service->prefix + ":" + info.name));
    }
    return withoutResource_;
}

void Subjects::add(std::string arn, const std::string& account, bool hasPolicy) {
    if (!arn.starts_with("arn:")) return;
    Thing thing;
    thing.actions = &actionsOf(arn);
    thing.requested = requestedArn(arn);
    thing.arn = std::move(arn);
    thing.account = account;
    thing.hasPolicy = hasPolicy;
    things_[account].push_back(std::move(thing));
}

void Subjects::gather() {
    if (gathered_) return;
    gathered_ = true;
    const Estate& estate = population_.estate();
    for (const Resource& each : estate.resources()) {
        const bool open = each.policy || !each.policyKnown;
        switch (each.kind) {
        case ResourceKind::RestApi:
        case ResourceKind::HttpApi:
        case ResourceKind::WebSocketApi:
            add(managementArn(each), each.account, false);
            break;
        case ResourceKind::Route: {
            const Resource* api = estate.resourceFor(each.arn);
            add(each.arn, each.account, api == nullptr || api->policy || !api->policyKnown);
            break;
        }
        case ResourceKind::Bucket:
            add(each.arn, each.account, open);
            add(each.arn + "/*", each.account, open);
            break;
        default:
            add(each.arn, each.account, open);
        }
    }
    for (const Role& each : estate.roles()) add(each.arn, each.account, false);
    for (const User& each : estate.users()) add(each.arn, each.account, false);
    for (const Group& each : estate.groups()) add(each.arn, each.account, false);
    for (const ManagedPolicy& each : estate.managedPolicies())
        if (each.account.size() == 12 || each.account == policy::unknownAccount) add(each.arn, each.account, false);
    for (const SamlProvider& each : estate.samlProviders()) add(each.arn, each.account, false);
    for (const OidcProvider& each : estate.oidcProviders()) add(each.arn, each.account, false);
    for (const auto& [account, list] : things_)
        for (const Thing& each : list)
            if (each.hasPolicy) withPolicies_.push_back(&each);
}

const std::vector<Thing>& Subjects::ofAccount(const std::string& account) {
    gather();
    return things_[account];
}

const std::vector<const Thing*>& Subjects::withPolicies() {
    gather();
    return withPolicies_;
}

const Subject& Subjects::subject(const Thing& thing, const KnownAction& action) {
    const std::string service = action.folded.substr(0, action.folded.find(':'));
    const std::string& requested = thing.requested.empty() ? thing.arn : thing.requested;
    const bool whatever = thing.isUnlisted && requested == "*";
    auto& kept = subjects_[service + (whatever ? " any " : " ") + requested];
    if (!kept && whatever) {
        // Some services have resources with policies of their own.
        kept = std::make_unique<Subject>(subjectOf(population_, action.name, "arn:aws:" + service + ":*:*:*"));
        kept->target.resource = requested;
        kept->target.resourceAccount.clear();
    } else if (!kept) {
        kept = std::make_unique<Subject>(subjectOf(population_, action.name, requested));
        if (kept->target.resourceAccount.empty()) kept->target.resourceAccount = thing.account;
    }
    kept->target.action = action.name;
    return *kept;
}

} // namespace gw::estate
