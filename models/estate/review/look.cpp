#include "models/estate/review/look.h"

#include "models/estate/mesh_variables.h"
#include "models/policy/arn_pattern.h"
#include "models/policy/aws_time.h"
#include "models/policy/source_tree.h"
#include "saml/base/ascii.h"
#include "saml/base/json_quote.h"

#include <algorithm>

namespace gw::estate::review {
namespace {

// The account of a file that lists nothing: by a folder or its own name.
std::string accountInPath(std::string_view path) {
    std::size_t digits = 0;
    for (std::size_t i = path.size(); i-- > 0;) {
        digits = path[i] >= '0' && path[i] <= '9' ? digits + 1 : 0;
        const bool begins = i == 0 || path[i - 1] < '0' || path[i - 1] > '9';
        if (digits == 12 && begins) return std::string(path.substr(i, 12));
    }
    return {};
}

bool mentions(const PolicyDocument& document, std::string_view key) {
    return document.text.find(key) != std::string::npos;
}

bool usesPrincipalTags(const Estate& estate) {
    static constexpr std::string_view key = "aws:PrincipalTag/";
    const auto inAny = [](const IdentityPolicies& policies) {
        return std::any_of(policies.inlinePolicies.begin(), policies.inlinePolicies.end(),
                           [](const PolicyDocument& each) { return mentions(each, key); });
    };
    const auto ofObject = [&](const auto& each) { return inAny(each.policies); };
    return std::any_of(estate.roles().begin(), estate.roles().end(), ofObject) ||
           std::any_of(estate.managedPolicies().begin(), estate.managedPolicies().end(),
                       [](const ManagedPolicy& each) { return mentions(each.document, key); }) ||
           std::any_of(estate.resources().begin(), estate.resources().end(),
                       [](const Resource& each) { return each.policy && mentions(*each.policy, key); });
}

std::string usualRegion(const Estate& estate) {
    std::map<std::string, std::size_t> counts;
    for (const Resource& each : estate.resources())
        if (!each.region.empty()) ++counts[each.region];
    const auto most = std::max_element(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == counts.end() ? std::string() : most->first;
}

} // namespace

Finding* Findings::add(const Rule& rule, std::string object, Place place, std::vector<Fact> evidence, Fix fix) {
    const auto [known, fresh] = places_.emplace(std::string(rule.id) + " " + object, all.size());
    if (fresh) {
        all.push_back({&rule, rule.severity, std::move(object), std::move(place), std::move(evidence), std::move(fix), std::nullopt});
        return &all.back();
    }
    Finding& found = all[known->second];
    std::string where = place.file + place.pointer + (place.quoted ? place.inner : std::string());
    const std::string first = found.place.file + found.place.pointer + (found.place.quoted ? found.place.inner : std::string());
    if (where == first) return nullptr;
    const auto also = std::find_if(found.evidence.begin(), found.evidence.end(), [](const Fact& each) { return each.name == "also"; });
    constexpr std::size_t mostSeen = 600;
    if (also == found.evidence.end())
        found.evidence.push_back({"also", std::move(where)});
    else if (also->value.size() + where.size() < mostSeen)
        also->value += ", " + where;
    if (found.fix) found.fix->patch.clear();
    return nullptr;
}

void Findings::take(Findings& other) {
    for (Finding& each : other.all) {
        const auto [known, fresh] = places_.emplace(std::string(each.rule->id) + " " + each.object, all.size());
        if (fresh) all.push_back(std::move(each));
    }
    needs_.merge(other.needs_);
}

namespace {

// Which nodes the tasks of a role are.
void addNodes(const Resource& task, std::map<std::string, std::set<std::string, std::less<>>, std::less<>>& into) {
    if (task.kind != ResourceKind::TaskDefinition || task.spec.find(meshNodeVariable) == std::string::npos) return;
    const auto role = std::find_if(task.roles.begin(), task.roles.end(), [](const RoleUse& each) { return each.slot == "taskRoleArn"; });
    const auto spec = policy::SourceTree::parse(task.spec);
    if (role == task.roles.end() || !spec) return;
    forEachMeshVariable(spec->root(), [&](policy::Value, std::string_view name, std::string_view value) {
        if (name != meshNodeVariable || value.empty()) return;
        const auto parts = policy::ArnParts::split(value);
        into[role->arn].emplace(parts ? parts->resource : value);
    });
}

} // namespace

Look::Look(const Input& given)
    : input(given), estate(*given.estate), settings(given.settings != nullptr ? *given.settings : Settings::usual()), now(given.now),
      world{.complete = false, .now = given.now, .catalogue = given.catalogue}, ways(estate), activities(estate), roles(estate.roles().size()),
      usesPrincipalTags(review::usesPrincipalTags(estate)), region(usualRegion(estate)) {
    for (const Role& each : estate.roles()) accountsWithRoles.insert(each.account);
    for (const SamlProvider& each : estate.samlProviders())
        if (each.source.file == nullptr || each.source.file->call == "list-saml-providers") accountsWithProviders.insert(each.account);
    for (const auto& each : estate.files()) {
        if (each->call != "list-saml-providers") continue;
        const std::string account = accountInPath(each->path);
        if (!account.empty()) accountsWithProviders.insert(account);
        // A list on its own, beside one account's roles, is that account's.
        providersOfAll = providersOfAll || (account.empty() && accountsWithRoles.size() <= 1);
    }
    organizationKnown = !estate.organization().id.empty() &&
                        std::any_of(estate.accounts().begin(), estate.accounts().end(), [](const Account& each) { return !each.arn.empty(); });
    for (const Resource& each : estate.resources()) addNodes(each, nodes);
    attestations = hasAttestations(input, settings);
    assignmentsKnown = std::any_of(estate.assignments().begin(), estate.assignments().end(),
                                   [](const Assignment& each) { return each.origin != AssignmentOrigin::Assertion; });
}

bool hasAttestations(const Input& input, const Settings& settings) {
    const auto& roles = input.estate->roles();
    return std::any_of(roles.begin(), roles.end(), [&](const Role& each) { return attestedOf(each, settings, input.attested).has_value(); });
}

std::optional<UtcTime> attestedOf(const Role& role, const Settings& settings, const campaign::AttestedRoles* kept) {
    std::optional<UtcTime> last;
    for (const auto& [key, value] : role.tags)
        if (!last && foldedAscii(key) == foldedAscii(settings.attestedTag)) last = policy::timeAsAwsWritesIt(value);
    if (kept == nullptr) return last;
    const auto found = kept->find(role.arn);
    if (found != kept->end() && (!last || *last < found->second)) last = found->second;
    return last;
}

std::int64_t daysBetween(UtcTime from, UtcTime to) {
    return std::chrono::floor<std::chrono::days>(to - from).count();
}

std::string listText(const std::vector<std::string>& values) {
    std::string json = "[";
    for (const std::string& each : values) {
        if (json.size() > 1) json += ",";
        appendJsonQuoted(json, each);
    }
    return json + "]";
}

Place placeOf(const Source& source) {
    Place place;
    if (source.file != nullptr) place.file = source.file->path;
    place.pointer = source.pointer;
    place.position = source.position;
    return place;
}

} // namespace gw::estate::review
