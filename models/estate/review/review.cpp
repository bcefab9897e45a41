#include "models/estate/review/review.h"

#include "models/estate/in_parallel.h"
#include "models/estate/review/look.h"
#include "models/estate/review/unmatched.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <tuple>

namespace gw::estate::review {
namespace {

// A thread's share of the roles; what it found goes to the others' when it is done.
class RoleWorker {
public:
    RoleWorker(Look& look, std::mutex& mutex, Findings& all) : look_(look), mutex_(mutex), all_(all), rules_(look, own_) {}
    ~RoleWorker() {
        const std::scoped_lock lock(mutex_);
        all_.take(own_);
    }
    RoleWorker(const RoleWorker&) = delete;
    RoleWorker& operator=(const RoleWorker&) = delete;

    void operator()(std::size_t index) { rules_(look_.estate.roles()[index], look_.roles[index]); }

private:
    Look& look_;
    std::mutex& mutex_;
    Findings& all_;
    Findings own_;
    RoleRules rules_;
};

bool isOff(const Settings& settings, const Rule& rule) {
    const auto known = settings.severities.find(rule.id);
    return known != settings.severities.end() && !known->second;
}

// Critical and high first; what does not work is told beside what is high.
bool isBefore(const Finding& a, const Finding& b) {
    const auto rank = [](const Finding& each) {
        static constexpr std::array<int, 5> ranks{1, 2, 3, 5, 4};
        return -ranks[static_cast<std::size_t>(each.severity)];
    };
    return std::tuple(rank(a), std::string_view(a.object), a.rule->id) < std::tuple(rank(b), std::string_view(b.object), b.rule->id);
}

void settle(const Settings& settings, UtcTime now, std::vector<Finding>& findings) {
    std::erase_if(findings, [&](const Finding& each) { return isOff(settings, *each.rule); });
    for (Finding& each : findings)
        if (const auto known = settings.severities.find(each.rule->id); known != settings.severities.end()) each.severity = *known->second;
    std::vector<Finding> expired;
    for (const AcceptedFinding& accepted : settings.accepted) {
        const bool over = accepted.until < now;
        for (Finding& each : findings) {
            if (each.suppressed || !isMeant(accepted, each)) continue;
            if (!over) {
                each.suppressed = Suppressed{accepted.reason, accepted.until};
                continue;
            }
            expired.push_back({&rules::suppressionExpired, rules::suppressionExpired.severity, each.object, each.place,
                               {{"seen", accepted.rule}, {"until", accepted.until.toRfc3339()}, {"reason", accepted.reason}}, std::nullopt, std::nullopt});
        }
    }
    std::move(expired.begin(), expired.end(), std::back_inserter(findings));
    std::stable_sort(findings.begin(), findings.end(), isBefore);
}

void count(Review& result) {
    result.counts = {};
    for (const Finding& each : result.findings)
        if (!each.suppressed) ++result.counts[static_cast<std::size_t>(each.severity)];
}

bool isOfAttestations(const Finding& finding) {
    return finding.rule == &rules::reviewOverdue || (finding.rule == &rules::suppressionExpired && finding.fact("seen") == rules::reviewOverdue.id);
}

// Without the catalogue the linter knows no keys and no levels of access.
void addNotChecked(const Look& look, Findings& findings) {
    if (look.world.catalogue == nullptr)
        for (const Rule* rule : {&rules::samlListKey, &rules::samlUnknownKey, &rules::mapSubsumed}) findings.needs(*rule, "catalogue");
    if (look.estate.roles().empty()) findings.needs(rules::samlNoAudience, "roles");
    findings.needs(rules::sessGrantUnbounded, "approvals");
}

} // namespace

std::string_view Finding::fact(std::string_view name) const {
    const auto known = std::find_if(evidence.begin(), evidence.end(), [&](const Fact& each) { return each.name == name; });
    return known == evidence.end() ? std::string_view() : std::string_view(known->value);
}

Review review(const Input& input, const Progress& progress) {
    Look look(input);
    const Estate& estate = look.estate;
    Findings findings;
    Review result;
    std::mutex mutex;
    const auto goesOn = [&](double share) {
        if (progress && !progress(share)) result.complete = false;
        return result.complete;
    };
    result.complete = inParallel(look.roles.size(), progress, 0.0, 0.8, [&] {
        return [worker = std::make_shared<RoleWorker>(look, mutex, findings)](std::size_t i) { (*worker)(i); };
    });
    if (goesOn(0.8)) {
        RoleRules others(look, findings);
        for (const ManagedPolicy& each : estate.managedPolicies()) others.lookAt(each);
        for (const User& each : estate.users()) others.lookAt(each);
        for (const Group& each : estate.groups()) others.lookAt(each);
    }
    if (goesOn(0.85)) checkChains(look, findings);
    if (goesOn(0.88)) {
        checkSignIns(look, findings);
        checkResponses(look, findings);
        checkProviders(look, findings);
        checkResources(look, findings);
    }
    if (goesOn(0.9)) checkMappings(look, findings);
    if (goesOn(0.95)) {
        checkUnused(look, findings);
        checkDrift(look, findings, [&](double part) { return goesOn(0.95 + 0.05 * part); });
    }
    addNotChecked(look, findings);
    result.findings = std::move(findings.all);
    settle(look.settings, look.now, result.findings);
    count(result);
    for (const auto& [rule, needs] : findings.needed())
        if (const Rule* known = ruleOf(rule); known == nullptr || !isOff(look.settings, *known)) result.notChecked.push_back({rule, needs});
    result.objects = estate.roles().size() + estate.users().size() + estate.groups().size() + estate.managedPolicies().size() +
                     estate.samlProviders().size() + estate.resources().size() + estate.assignments().size() + estate.responses().size();
    if (progress && result.complete) progress(1.0);
    return result;
}

Review withAttestations(Review former, const Input& input) {
    const Settings& settings = input.settings != nullptr ? *input.settings : Settings::usual();
    std::erase_if(former.findings, isOfAttestations);
    std::erase_if(former.notChecked, [](const NotChecked& each) { return each.rule == rules::reviewOverdue.id; });
    Findings fresh;
    const bool attestations = hasAttestations(input, settings);
    for (const Role& each : input.estate->roles())
        if (!isServiceLinked(each)) checkAttested(input, settings, attestations, each, fresh);
    settle(settings, input.now, fresh.all);
    const auto middle = static_cast<std::ptrdiff_t>(former.findings.size());
    std::move(fresh.all.begin(), fresh.all.end(), std::back_inserter(former.findings));
    std::inplace_merge(former.findings.begin(), former.findings.begin() + middle, former.findings.end(), isBefore);
    count(former);
    if (!isOff(settings, rules::reviewOverdue))
        for (const auto& [rule, needs] : fresh.needed()) former.notChecked.push_back({rule, needs});
    std::sort(former.notChecked.begin(), former.notChecked.end(), [](const NotChecked& a, const NotChecked& b) { return std::tie(a.rule, a.needs) < std::tie(b.rule, b.needs); });
    return former;
}

} // namespace gw::estate::review
