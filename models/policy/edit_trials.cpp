#include "models/policy/edit_trials.h"

#include "models/policy/edit_candidates.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

namespace gw::policy {
namespace {

// Statements evaluated, and octets of statements read: a second or so.
constexpr std::size_t maxStatements = 2'000'000, maxOctets = std::size_t{8} << 20U;

// One statement as a document of its own.
Json documentOf(const CompiledPolicy& policy, Json statement) {
    return Json{{"Version", std::string(policy.document().version())}, {"Statement", std::move(statement)}};
}

// The statement that the pointer leads to, and the rest of the pointer; the pointers are those of statementPointer().
struct Place {
    std::size_t statement = 0;
    std::string element;
};

Place placeOf(const Edit& edit) {
    const std::string prefix = "/Statement/";
    Place place{0, edit.pointer.substr(std::min(edit.pointer.size(), prefix.size() - 1))};
    const char *begin = edit.pointer.data() + std::min(prefix.size(), edit.pointer.size()),
               *end = edit.pointer.data() + edit.pointer.size();
    const auto number = std::from_chars(begin, end, place.statement);
    if (number.ec == std::errc() && statementPointer(*edit.target, place.statement).size() > prefix.size())
        place.element.assign(number.ptr, end);
    return place;
}

} // namespace

DocumentKind documentKindOf(Layer layer) {
    switch (layer) {
    case Layer::Scp:
        return DocumentKind::Scp;
    case Layer::Rcp:
        return DocumentKind::Rcp;
    case Layer::Endpoint:
        return DocumentKind::Endpoint;
    case Layer::Network:
    case Layer::Resource:
        return DocumentKind::Resource;
    case Layer::Trust:
        return DocumentKind::Trust;
    case Layer::Identity:
        return DocumentKind::Identity;
    case Layer::Boundary:
        return DocumentKind::Boundary;
    case Layer::Session:
        break;
    }
    return DocumentKind::Session;
}

EditTrials::EditTrials(const WorldRules& world, const PolicySet& policies)
    : world_(world), policies_(policies), trial_(policies) {
    const auto copy = [&](PolicyRef& policy) {
        auto& mine = copies_[policy.get()];
        if (!mine) mine = std::make_shared<CompiledPolicy>(*policy);
        statements_ += policy->statements().size();
        policy = mine;
    };
    const auto copyAll = [&](std::vector<PolicyRef>& some) { std::for_each(some.begin(), some.end(), copy); };
    copyAll(trial_.identity), copyAll(trial_.session), copyAll(trial_.endpoint);
    if (trial_.scp) std::for_each(trial_.scp->begin(), trial_.scp->end(), copyAll);
    if (trial_.rcp) std::for_each(trial_.rcp->begin(), trial_.rcp->end(), copyAll);
    if (trial_.boundary) copy(*trial_.boundary);
    if (trial_.network) copy(*trial_.network);
    if (trial_.resource) copy(*trial_.resource);
}

bool EditTrials::exhausted() const {
    return tried_ >= maxCandidates || tried_ * statements_ >= maxStatements || octets_ >= maxOctets;
}

CompiledPolicy* EditTrials::copyOf(const Edit& edit) const {
    const auto known = copies_.find(edit.target.get());
    return known == copies_.end() ? nullptr : known->second.get();
}

std::optional<Decision> EditTrials::decide(const Request& request, const Edit& edit) {
    ++tried_;
    if (edit.kind == EditKind::TellContext) {
        Request told = request;
        for (const Context::Entry& each : edit.context) told.context.set(each.key, each.value);
        return answer(told, world_, trial_).decision;
    }
    CompiledPolicy* policy = copyOf(edit);
    if (edit.kind == EditKind::AddStatement && policy != nullptr) return added(request, edit, *policy);
    // A policy that loses its last statement is no longer there, which means something else in every layer.
    const bool vanishes = edit.kind == EditKind::RemoveStatement && policy != nullptr && policy->statements().size() == 1;
    if (policy == nullptr || vanishes) {
        const auto whole = withEdit(policies_, edit);
        if (!whole) return std::nullopt;
        return answer(request, world_, *whole).decision;
    }
    return changed(request, edit, *policy);
}

std::optional<Decision> EditTrials::added(const Request& request, const Edit& edit, CompiledPolicy& policy) {
    auto one = CompiledPolicy::parse(documentOf(policy, edit.after).dump(), documentKindOf(edit.layer), {});
    if (!one) return std::nullopt;
    policy.statements_.push_back((*one)->statements().front());
    const Decision decision = answer(request, world_, trial_).decision;
    policy.statements_.pop_back();
    return decision;
}

std::optional<Decision> EditTrials::changed(const Request& request, const Edit& edit, CompiledPolicy& policy) {
    const Place place = placeOf(edit);
    if (place.statement >= policy.statements_.size()) return std::nullopt;
    CompiledStatement& statement = policy.statements_[place.statement];
    // A statement that covers no action says nothing, as one that is gone.
    CompiledStatement other = statement;
    if (edit.kind == EditKind::RemoveStatement) {
        other.coverNothing();
    } else {
        const std::string_view text = policy.document().statements()[place.statement].value.text();
        octets_ += text.size();
        auto json = parseJson(text);
        if (!json) return std::nullopt;
        Json document = documentOf(policy, std::move(*json));
        Edit here = edit;
        here.pointer = "/Statement" + place.element;
        applyPointer(document, here);
        auto one = CompiledPolicy::parse(document.dump(), documentKindOf(edit.layer), {});
        if (!one || (*one)->statements().size() != 1) return std::nullopt;
        other = (*one)->statements().front();
    }
    std::swap(statement, other);
    const Decision decision = answer(request, world_, trial_).decision;
    std::swap(statement, other);
    return decision;
}

} // namespace gw::policy
