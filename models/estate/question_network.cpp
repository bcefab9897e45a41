#include "models/estate/lattice_networks.h"
#include "models/estate/question_parts.h"
#include "saml/base/ascii.h"

#include <algorithm>

namespace gw::estate {
namespace {

using policy::ContextValue;
using policy::Key;
using policy::Layer;

constexpr const char* networkKey = "vpc-lattice-svcs:ServiceNetworkArn";

// A network that asks for IAM and has no policy lets nobody through. A document has at least one statement: here one that
// allows nothing.
std::optional<policy::PolicyRef> nobody() {
    static const auto policy = policy::CompiledPolicy::parse(
        R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","NotAction":"*","Resource":"*"}]})",
        policy::DocumentKind::Resource, "no auth policy");
    return policy ? std::optional<policy::PolicyRef>(*policy) : std::nullopt;
}

void addNetworkOf(const Estate& estate, const Resource& service, Question& question) {
    auto gates = networksOf(estate, service);
    const policy::Context::Entry* told = question.request.context.find(Key(networkKey));
    if (told != nullptr && told->value)
        std::erase_if(gates, [&](const NetworkGate& each) {
            return std::find(told->value->values.begin(), told->value->values.end(), each.network) == told->value->values.end();
        });
    const bool asks = service.authorization.type != "NONE";
    const bool open = gates.empty() || std::any_of(gates.begin(), gates.end(), [](const NetworkGate& each) { return each.open; });
    if (open) return;
    if (gates.size() > 1) {
        question.gaps.push_back({Missing::NetworkPolicy, service.arn, asks ? Layer::Network : Layer::Resource, std::nullopt});
        return;
    }
    NetworkGate& gate = gates.front();
    if (told == nullptr) {
        question.told.push_back({networkKey, {gate.network}, Origin::ResourceArn});
        question.request.context.set(Key(networkKey), ContextValue::one(gate.network));
    }
    if (!gate.policy && gate.gaps.empty()) gate.policy = nobody();
    if (asks) {
        question.policies.network = gate.policy;
        for (Gap& each : gate.gaps) each.layer = Layer::Network;
    } else {
        // The service leaves it to its network, whose policy stands in the place of its own.
        question.policies.resource = gate.policy;
        std::erase_if(question.gaps, [](const Gap& each) { return each.layer == Layer::Resource; });
    }
    question.gaps.insert(question.gaps.end(), gate.gaps.begin(), gate.gaps.end());
}

} // namespace

void addNetwork(const Estate& estate, Question& question) {
    const bool asked = foldedAscii(question.request.action).starts_with("vpc-lattice-svcs:");
    if (asked && question.resource != nullptr && question.resource->kind == ResourceKind::LatticeService) addNetworkOf(estate, *question.resource, question);
}

} // namespace gw::estate
