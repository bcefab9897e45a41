#include "models/mesh/istio/authorization.h"

#include "saml/base/ascii.h"

#include <algorithm>

namespace gw::mesh::istio {
namespace {

using envoy::Seen;
using envoy::Verdict;
using policy::Network;

constexpr std::string_view spiffe = "spiffe://";

bool anyOf(const Patterns& patterns, std::string_view value) {
    return std::any_of(patterns.begin(), patterns.end(), [&](const Pattern& pattern) { return pattern.matches(value); });
}

// What stands behind `step` in "td/ns/N/sa/S".
std::string partOf(std::string_view principal, std::string_view step) {
    const std::size_t at = principal.find(step);
    if (at == std::string_view::npos) return {};
    const std::size_t start = at + step.size();
    return std::string(principal.substr(start, principal.find('/', start) - start));
}

bool holdAddress(const std::vector<Network>& blocks, const std::string& address) {
    const auto one = Network::parse(address);
    return one && std::any_of(blocks.begin(), blocks.end(), [&](const Network& block) { return block.holds(*one); });
}

// Values of which one must be among those asked for.
std::vector<std::string> valuesOf(const Asked& asked, const Seen& seen) {
    using What = Asked::What;
    const envoy::Request& request = *seen.request;
    std::vector<std::string> values;
    switch (asked.what) {
    case What::Principal:
    case What::Namespace:
    case What::ServiceAccount:
    case What::TrustDomain:
        if (!request.peer || !request.peer->validated) break;
        for (const std::string& uri : request.peer->uris) {
            if (!uri.starts_with(spiffe)) continue;
            const std::string principal = uri.substr(spiffe.size());
            if (asked.what == What::Principal) values.push_back(principal);
            if (asked.what == What::TrustDomain) values.push_back(principal.substr(0, principal.find('/')));
            if (asked.what == What::Namespace) values.push_back(partOf(principal, "/ns/"));
            if (asked.what == What::ServiceAccount) values.push_back(partOf(principal, "/ns/") + "/" + partOf(principal, "/sa/"));
        }
        break;
    case What::Host:
        values.push_back(foldedAscii(request.authority));
        break;
    case What::Port:
        values.push_back(std::to_string(request.port));
        break;
    case What::Method:
        values.push_back(request.method);
        break;
    case What::Path:
        values.emplace_back(envoy::withoutQuery(seen.path));
        break;
    case What::Header:
        for (const auto& [name, value] : seen.headers)
            if (name == asked.name) values.push_back(value);
        break;
    case What::Claim:
        for (const auto& [name, value] : request.claims)
            if (name == asked.name) values.push_back(value);
        break;
    case What::DirectIp:
    case What::RemoteIp:
        break;
    }
    return values;
}

bool selects(const Workload& selector, const Workload& workload) {
    if (selector.space != workload.space) return false;
    return std::all_of(selector.labels.begin(), selector.labels.end(), [&](const auto& label) {
        return std::find(workload.labels.begin(), workload.labels.end(), label) != workload.labels.end();
    });
}

bool oneHolds(const std::vector<std::vector<Asked>>& lists, const Seen& seen) {
    if (lists.empty()) return true;
    return std::any_of(lists.begin(), lists.end(), [&](const std::vector<Asked>& all) {
        return std::all_of(all.begin(), all.end(), [&](const Asked& asked) { return asked.holds(seen); });
    });
}

} // namespace

std::optional<Pattern> Pattern::read(std::string_view text, bool path) {
    if (text.empty()) return std::nullopt;
    Pattern pattern;
    pattern.text_ = std::string(text);
    if (path && text.find('{') != std::string_view::npos) {
        std::string plain;
        for (std::size_t at = 0; at < text.size(); ++at) {
            const std::size_t length = text.substr(at).starts_with("{**}") ? 4 : text.substr(at).starts_with("{*}") ? 3 : 0;
            plain += length == 4 ? "**" : length == 3 ? "*" : text.substr(at, 1);
            if (length > 0) at += length - 1;
        }
        const auto expression = envoy::templateRegex(plain);
        if (!expression) return std::nullopt;
        pattern.template_ = envoy::TextMatch::regex(*expression);
        if (!pattern.template_) return std::nullopt;
        return pattern;
    }
    if (text == "*") {
        pattern.anyBefore_ = pattern.anyBehind_ = true;
        return pattern;
    }
    pattern.anyBefore_ = text.front() == '*';
    pattern.anyBehind_ = !pattern.anyBefore_ && text.back() == '*';
    // Within a text it is a star.
    pattern.text_ = std::string(pattern.anyBefore_   ? text.substr(1)
                                : pattern.anyBehind_ ? text.substr(0, text.size() - 1)
                                                     : text);
    return pattern;
}

bool Pattern::matches(std::string_view value) const {
    if (template_) return template_->matches(value);
    if (anyBefore_ && anyBehind_) return !value.empty();
    if (anyBefore_) return value.ends_with(text_);
    return anyBehind_ ? value.starts_with(text_) : value == text_;
}

bool Asked::holds(const Seen& seen) const {
    if (what == What::DirectIp || what == What::RemoteIp) {
        const std::string& address = what == What::DirectIp ? seen.request->directRemote : seen.request->remote;
        return (blocks.empty() || holdAddress(blocks, address)) && !holdAddress(notBlocks, address);
    }
    const std::vector<std::string> seenValues = valuesOf(*this, seen);
    const auto among = [&](const Patterns& patterns) {
        return std::any_of(seenValues.begin(), seenValues.end(),
                           [&](const std::string& value) { return anyOf(patterns, value); });
    };
    return (values.empty() || among(values)) && !among(notValues);
}

bool Rule::matches(const Seen& seen) const {
    return oneHolds(from, seen) && oneHolds(to, seen) &&
           std::all_of(when.begin(), when.end(), [&](const Asked& asked) { return asked.holds(seen); });
}

bool AuthorizationPolicy::matches(const Seen& seen) const {
    return std::any_of(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.matches(seen); });
}

Verdict Policies::decide(const std::vector<const AuthorizationPolicy*>& of, const Seen& seen, std::string& policy) const {
    using Action = AuthorizationPolicy::Action;
    const auto nameOf = [](const AuthorizationPolicy& each) { return each.edge.empty() ? each.name : each.edge; };
    bool unknown = false, allowing = false;
    for (const AuthorizationPolicy* each : of) {
        // An extension decides; and a policy that is not understood may be any.
        if (each->action == Action::Custom || !each->understood) unknown = true;
        if (each->action != Action::Deny || !each->understood || !each->matches(seen)) continue;
        policy = nameOf(*each);
        return Verdict::Denied;
    }
    if (unknown) return Verdict::Unknown;
    for (const AuthorizationPolicy* each : of) {
        if (each->action != Action::Allow) continue;
        allowing = true;
        if (!each->matches(seen)) continue;
        policy = nameOf(*each);
        return Verdict::Allowed;
    }
    return allowing ? Verdict::Denied : Verdict::Allowed;
}

Answer Policies::evaluate(const Workload& workload, const envoy::Request& request) const {
    const auto path = see(request.path);
    if (path) return evaluate(workload, request, *path);
    Answer answer;
    answer.verdict = Verdict::Refused;
    return answer;
}

Answer Policies::evaluate(const Workload& workload, const envoy::Request& request, const std::string& path) const {
    Answer answer;
    const bool strict =
        std::any_of(modes_.begin(), modes_.end(), [&](const Mode& mode) { return mode.strict && selects(mode.of, workload); });
    if (strict && (!request.peer || !request.peer->validated)) {
        answer.verdict = Verdict::Refused;
        return answer;
    }
    const Seen seen = envoy::seenAs(request, path);
    std::vector<const AuthorizationPolicy*> enforced, tried;
    for (const AuthorizationPolicy& policy : policies_) {
        if (!selects({policy.space, policy.labels}, workload)) continue;
        tried.push_back(&policy);
        if (!policy.dryRun) enforced.push_back(&policy);
    }
    std::string other;
    answer.verdict = decide(enforced, seen, answer.policy);
    answer.dryRun = decide(tried, seen, other);
    return answer;
}

} // namespace gw::mesh::istio
