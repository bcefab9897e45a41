// What a live read asks: whose sessions these are, the calls of each account and region, of the organization, and for each
// object.
#include "models/cloud/read/read_run.h"

#include "models/cloud/aws/answer.h"
#include "models/store/files.h"
#include "models/store/on_worker.h"
#include "models/store/when_done.h"
#include "saml/aws/endpoints.h"
#include "saml/base/json_fields.h"

#include <algorithm>

namespace gw::cloud {

using Scope = PlannedCall::Scope;

void LiveRead::State::begin() {
    ++expected;
    whenDone(onWorker([journal = journal] {
                 journal->load();
                 return true;
             }),
             &read, [this](bool) {
                 --expected;
                 if (!stopping) identify();
                 pump();
             });
}

void LiveRead::State::identify() {
    for (std::size_t i = 0; i < targets.size(); ++i) {
        Target& target = targets[i];
        if (const auto failed = renew(target)) {
            target.known = true;
            gap(i, {}, "sts", {}, {}, *failed);
            continue;
        }
        const aws::Region region =
            target.session.regions.empty() ? aws::defaultRegion(target.session.partition) : target.session.regions.front();
        PendingCall call;
        call.planned = &identityCall;
        call.target = i;
        call.region = region.value();
        add(std::move(call));
    }
    identitiesKnown();
}

std::optional<Error> LiveRead::State::renew(Target& target) {
    if (target.credentials && target.credentials->expiration - clock.now() > std::chrono::minutes(1)) return std::nullopt;
    auto fresh = target.session.credentials();
    if (!fresh) return std::move(fresh).error();
    target.credentials = std::move(*fresh);
    return std::nullopt;
}

std::string LiveRead::State::endpointFor(const PendingCall& call) const {
    const ReadSession& session = targets[call.target].session;
    if (!session.endpoint.empty()) return session.endpoint;
    return endpointOf(*awsService(call.planned->service), session.partition, aws::Region(call.region)).url;
}

AnswerPlace LiveRead::State::placeOf(const PendingCall& call) const {
    return {journal, call.file, askedDigest(*call.planned, call.arguments, call.region, endpointFor(call))};
}

void LiveRead::State::add(PendingCall call) {
    if (call.planned != &identityCall) {
        call.file = fileFor(*call.planned, call.arguments, targets[call.target].account, call.region);
        if (!asked.insert(call.file).second) return;
    }
    ++known;
    ++countsOf(call).known;
    if (lanes.isClosed(call) || closed.contains(call.target)) return dropped({std::move(call)});
    lanes.add(std::move(call));
}

void LiveRead::State::addRoot(const PlannedCall& planned, std::size_t target, const std::string& region) {
    PendingCall call;
    call.planned = &planned;
    call.target = target;
    call.region = region;
    add(std::move(call));
}

void LiveRead::State::addFollowing(const PlannedCall& planned, std::size_t target, const std::string& region,
                                   Arguments arguments) {
    if (planned.fallback && !targets[target].fallback)
        return targets[target].stashed.emplace_back(&planned, std::move(arguments)), void();
    if (planned.fallback && !*targets[target].fallback) return;
    PendingCall call;
    call.planned = &planned;
    call.target = target;
    call.region = region;
    call.arguments = std::move(arguments);
    add(std::move(call));
}

void LiveRead::State::identified(PendingCall call, const HttpResponse& response) {
    Target& target = targets[call.target];
    const auto answer = readAnswer(*awsService("sts"), "GetCallerIdentity", response);
    if (!answer) return refused(std::move(call), answer.error());
    const auto account = aws::AccountId::parse(textField(*answer, "Account"));
    if (!account) return refused(std::move(call), Error(AwsError::Unreadable, "the caller has no account"));
    target.account = account->value();
    target.known = target.usable = true;
    done(call, true);
    identitiesKnown();
    pump();
}

void LiveRead::State::identitiesKnown() {
    if (begun || !std::all_of(targets.begin(), targets.end(), [](const Target& each) { return each.known; })) return;
    begun = true;
    std::set<std::string> accounts;
    std::set<std::pair<std::string, std::string>> regions;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        Target& target = targets[i];
        if (!target.usable) continue;
        target.accountCalls = accounts.insert(target.account).second;
        for (const aws::Region& region : target.session.regions)
            if (regions.insert({target.account, region.value()}).second) target.regions.insert(region.value());
        for (const PlannedCall& each : readPlan()) {
            if (!each.after.empty() || each.fallback) continue;
            if (each.scope == Scope::Account && target.accountCalls) addRoot(each, i, {});
            if (each.scope == Scope::Region)
                for (const std::string& region : target.regions) addRoot(each, i, region);
        }
    }
    for (const auto& [account, region] : regions) places.push_back(account + "/" + region + "/");
    for (const std::string& account : accounts)
        for (const char* service : {"/iam/", "/organizations/"}) places.push_back(account + service);
    outcome.accounts.assign(accounts.begin(), accounts.end());
    if (accounts.empty() && !outcome.stopped) outcome.stopped = Error(ReadError::NothingToRead);
}

// The organization is read once: by the management account's session, else by any that AWS lets.
void LiveRead::State::organizationKnown() {
    if (organizationAsked) return;
    std::optional<std::size_t> by;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const Target& target = targets[i];
        if (!target.accountCalls) continue;
        if (!target.organizationTold) return;
        if (!target.managementAccount.empty() && (!by || target.managementAccount == target.account)) by = i;
    }
    organizationAsked = true;
    if (!by) return;
    places.emplace_back("organizations/");
    for (const PlannedCall& each : readPlan())
        if (each.scope == Scope::Organization && each.after.empty()) addRoot(each, *by, {});
}

void LiveRead::State::learnOrganization(const PendingCall& call) {
    const auto text = store::readFile(settings.folder / call.file);
    const auto answer = text ? parseJson(*text) : Result<Json>(Json::object());
    if (!answer || !answer->is_object()) return;
    if (const auto organization = answer->find("Organization"); organization != answer->end() && organization->is_object())
        targets[call.target].managementAccount = textField(*organization, "MasterAccountId");
}

// The calls for each object, where the one call for all was refused.
void LiveRead::State::decideFallback(std::size_t index, bool needed) {
    Target& target = targets[index];
    if (target.fallback) return;
    target.fallback = needed;
    auto stashed = std::move(target.stashed);
    target.stashed.clear();
    if (!needed) return;
    for (const PlannedCall& each : readPlan())
        if (each.fallback && each.after.empty()) addRoot(each, index, {});
    for (auto& [planned, arguments] : stashed) addFollowing(*planned, index, {}, std::move(arguments));
}

} // namespace gw::cloud
