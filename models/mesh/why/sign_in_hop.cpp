// Requests by which people and workloads take a role.
#include "models/mesh/compile/iam_conditions.h"
#include "models/mesh/compile/statement.h"
#include "models/mesh/why/enforcers.h"
#include "saml/aws/arn.h"
#include "saml/aws/endpoints.h"

#include <algorithm>

namespace gw::mesh {

using policy::Decision;

std::optional<Decision> Enforcers::givenToday(const Admission& admission, const Node* who, bool admitted) const {
    std::vector<std::string> groups; // by name and by id
    if (!admission.group.empty()) groups.push_back(admission.group);
    const auto* person = who == nullptr ? nullptr : who->as<Person>();
    if (person != nullptr)
        for (const estate::Person& each : estate_->people())
            if (each.userName == person->name) groups.insert(groups.end(), each.groups.begin(), each.groups.end());
    for (const estate::DirectoryGroup& group : estate_->directoryGroups())
        for (std::size_t i = 0, count = groups.size(); i < count; ++i)
            if (group.name == groups[i] || group.id == groups[i]) groups.push_back(group.name == groups[i] ? group.id : group.name);
    bool any = false, given = false;
    for (const estate::Assignment& each : estate_->assignments()) {
        if (each.role != admission.role) continue;
        any = true;
        given = given || (person != nullptr && each.person == person->name) ||
                (!each.group.empty() && std::find(groups.begin(), groups.end(), each.group) != groups.end());
    }
    if (given) return Decision::Allowed;
    const bool told = any && (!admission.group.empty() || person != nullptr);
    if (told) return Decision::ImplicitlyDenied;
    return admitted ? std::optional(Decision::Allowed) : std::nullopt;
}

Hop Enforcers::take(const Admission& admission, const Node* who, bool admitted, const policy::Context& told) {
    Hop hop;
    policy::Request request;
    request.resource = admission.role;
    request.context = told;
    std::string principal = admission.principal;
    request.action = "sts:AssumeRole";
    const auto tell = [&](const std::string& key, std::string value) {
        if (request.context.find(policy::Key(key)) != nullptr) return;
        if (isListKey(key))
            request.context.set(policy::Key(key), policy::ContextValue::many({std::move(value)}));
        else
            request.context.set(key, std::move(value));
    };
    if (admission.kind == Admission::Kind::Saml) {
        request.action = "sts:AssumeRoleWithSAML";
        const auto arn = aws::SamlProviderArn::parse(principal);
        tell("SAML:aud", aws::defaultAcs(arn ? arn->partition() : aws::Partition::Aws));
    } else if (admission.kind == Admission::Kind::WebIdentity) {
        request.action = "sts:AssumeRoleWithWebIdentity";
        principal = principal.substr(principal.find('/') + 1);
        if (!admission.audiences.empty()) tell(principal + ":aud", admission.audiences.front());
    }
    if (const auto* claim = who == nullptr ? nullptr : who->as<Claim>(); claim != nullptr && !claim->values.empty())
        tell(claim->key, claim->values.front());
    if (const auto* person = who == nullptr ? nullptr : who->as<Person>())
        tell(admission.kind == Admission::Kind::Saml ? std::string("saml:sub") : principal + ":sub", person->name);
    const auto parsed = policy::Principal::parse(principal);
    if (!parsed) {
        hop.principal = principal;
        hop.action = request.action;
        hop.resource = admission.role;
        hop.layers.push_back({WhyLayer::Trust, true, WhyVoice::Silent, true, {}, {}, {}, {}});
        return hop;
    }
    request.principal = *parsed;
    hop = ask(std::move(request), {ArtefactKind::TrustPolicy, admission.role, {}, false}, Target::Iam, nullptr);
    const bool people = who != nullptr && (who->as<Group>() != nullptr || who->as<Claim>() != nullptr || who->as<Person>() != nullptr);
    if (estate_ != nullptr && people && hop.today) {
        const auto given = givenToday(admission, who, admitted);
        if (given)
            hop.today = stricter(*hop.today, *given);
        else if (*hop.today == Decision::Allowed || *hop.today == Decision::Depends)
            hop.today.reset();
    }
    // That a provider's sign-in is trusted lets in nobody whom the provider does not send.
    if (admission.group.empty() && (admitted || !people)) return hop;
    LayerSays assigned;
    assigned.layer = WhyLayer::Assignment;
    for (const Admission& each : intent_.admissions)
        if (admitted && each.role == admission.role && each.group == admission.group && each.effect == Effect::Allow)
            addEdge(assigned.edges, each.edge);
    assigned.voice = assigned.edges.empty() ? WhyVoice::Silent : WhyVoice::Allows;
    assigned.stops = assigned.edges.empty();
    if (assigned.stops) hop.decision = stricter(hop.decision, Decision::ImplicitlyDenied);
    hop.layers.insert(hop.layers.begin(), std::move(assigned));
    return hop;
}

} // namespace gw::mesh
