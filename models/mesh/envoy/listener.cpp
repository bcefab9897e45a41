#include "models/mesh/envoy/listener.h"

#include <algorithm>

namespace gw::mesh::envoy {

const std::vector<RouteOverride>* Listener::overridesFor(std::string_view path, bool& known) const {
    if (!overridden_) return nullptr;
    if (!routesKnown_) {
        known = false;
        return nullptr;
    }
    for (const Route& route : routes_) {
        if (!route.path) {
            known = false;
            return nullptr;
        }
        if (route.path->matches(withoutQuery(path))) return &route.overrides;
    }
    return nullptr;
}

ListenerAnswer Listener::evaluate(const Request& request) const {
    const auto path = see(request.path);
    if (path) return evaluate(request, *path);
    ListenerAnswer answer;
    answer.verdict = settingsKnown_ ? Verdict::Refused : Verdict::Unknown;
    return answer;
}

ListenerAnswer Listener::evaluate(const Request& request, const std::string& path) const {
    ListenerAnswer answer;
    const bool underscores = std::any_of(request.headers.begin(), request.headers.end(),
                                         [](const auto& header) { return header.first.find('_') != std::string::npos; });
    if ((!request.peer && requiresCertificate_) || (refusesUnderscores_ && underscores)) {
        answer.verdict = Verdict::Refused;
        return answer;
    }
    if (!settingsKnown_) {
        answer.verdict = Verdict::Unknown;
        return answer;
    }
    answer.path = path;
    // Without a CA to check it against, a certificate is only what somebody showed.
    Request shown;
    const bool unchecked = request.peer && request.peer->validated && !validatesCertificates_;
    if (unchecked) {
        shown = request;
        shown.peer->validated = false;
    }
    const Seen seen = seenAs(unchecked ? shown : request, path);
    bool known = true;
    const std::vector<RouteOverride>* overrides = overridesFor(path, known);
    for (const HttpFilter& each : filters_) {
        known = known && each.known;
        const RbacFilter* filter = &each.rbac;
        if (overrides != nullptr)
            for (const RouteOverride& override : *overrides)
                if (override.filterName == each.name) filter = override.filter ? &*override.filter : nullptr;
        if (filter == nullptr) continue;
        if (filter->shadow && answer.shadow != Verdict::Denied) {
            const RbacAnswer would = envoy::evaluate(*filter->shadow, seen);
            answer.shadow = would.verdict;
            answer.shadowPolicy = would.policy;
        }
        known = known && filter->understood;
        if (!filter->rules) continue;
        const RbacAnswer said = envoy::evaluate(*filter->rules, seen);
        if (said.verdict == Verdict::Unknown) known = false;
        // Behind what is not known nothing is decided; in front of it a denial is.
        if (!known) break;
        answer.verdict = said.verdict;
        answer.policy = said.policy;
        if (said.verdict == Verdict::Denied) return answer;
    }
    if (!known) {
        answer.verdict = Verdict::Unknown;
        answer.policy.clear();
    }
    return answer;
}

} // namespace gw::mesh::envoy
