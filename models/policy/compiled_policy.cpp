#include "models/policy/compiled_policy.h"

#include <algorithm>

namespace gw::policy {

CompiledStatement::CompiledStatement(const StatementText& text, DocumentKind kind, bool variables)
    : effect_(text.effect), notPrincipal_(text.notPrincipal), notAction_(text.notAction), notResource_(text.notResource),
      hasPrincipals_(text.principals.has_value()), hasResources_(text.resources.has_value()), index_(text.index) {
    if (text.sid) sid_ = std::string(text.sid->text);
    actions_.reserve(text.actions.size());
    for (const Text& each : text.actions) {
        actions_.emplace_back(foldedAscii(each.text), PatternRules{.wildcards = true, .variables = false, .foldCase = false});
        everyAction_ = everyAction_ || actions_.back().matchesEverything();
    }
    const ArnUse use =
        kind == DocumentKind::Resource || kind == DocumentKind::Endpoint ? ArnUse::ResourceResource : ArnUse::IdentityResource;
    onResource_ = use == ArnUse::ResourceResource;
    if (text.resources) resources_.reserve(text.resources->size());
    if (text.resources)
        for (const Text& each : *text.resources) resources_.emplace_back(each.text, use, variables);
    if (text.principals)
        for (const PrincipalText& each : *text.principals) principals_.emplace_back(each.type, each.text.text);
    conditions_.reserve(text.conditions.size());
    std::vector<std::string_view> values;
    for (const ConditionText& each : text.conditions) {
        values.clear();
        values.reserve(each.values.size());
        for (const Text& value : each.values) values.push_back(value.text);
        // The document was parsed, so the operator exists.
        conditions_.emplace_back(Operator::parse(each.op.text).value_or(Operator()), each.key.text, values, variables);
    }
}

void CompiledStatement::coverNothing() {
    actions_.clear();
    notAction_ = everyAction_ = false;
}

bool CompiledStatement::coversAction(std::string_view foldedAction) const {
    if (everyAction_) return !notAction_;
    static const Context nothing;
    const Scope scope(nothing, {}, true);
    const bool listed = std::any_of(actions_.begin(), actions_.end(),
                                    [&](const Pattern& each) { return each.matches(foldedAction, scope) == Truth::True; });
    return listed != notAction_;
}

Truth CompiledStatement::coversResource(const RequestView& request) const {
    // A trust policy is about the role that it hangs on.
    if (!hasResources_) return Truth::True;
    Truth listed = Truth::False;
    for (const ArnPattern& each : resources_) {
        const Truth matches = each.matches(request.resource(), request.resourceParts(), request.scope());
        // An action without resource types is meant by "*" alone (Service Authorization Reference, "Actions table").
        if (matches != Truth::False && !onResource_ && !each.matchesEverything() && request.isWildcardOnly()) continue;
        listed |= matches;
        if (listed == Truth::True) break;
    }
    return notResource_ ? !listed : listed;
}

Naming CompiledStatement::namesCaller(const Principal& caller, bool hasBoundary) const {
    if (!hasPrincipals_) return Naming::Session;
    if (!notPrincipal_) {
        Naming best = Naming::None;
        for (const NamedPrincipal& each : principals_) best = std::max(best, each.names(caller));
        // "*" narrowed by aws:PrincipalArn grants to the caller directly (IAM User Guide, "Principal").
        return best;
    }
    // A Deny with NotPrincipal spares a caller only where its account, its role or user, and its session are all listed, and
    // never one with a permissions boundary.
    if (effect_ == Effect::Deny && hasBoundary) return Naming::Everyone;
    bool account = false, entity = false, session = false;
    for (const NamedPrincipal& each : principals_) {
        if (each.type() == NamedPrincipal::Type::Everyone) return Naming::None;
        const Naming naming = each.names(caller);
        account = account || naming == Naming::Account;
        entity = entity || naming == Naming::Entity;
        session = session || naming == Naming::Session;
    }
    if (effect_ == Effect::Allow) return account || entity || session ? Naming::None : Naming::Everyone;
    const bool needsEntity = caller.kind() == PrincipalKind::User || caller.kind() == PrincipalKind::Role ||
                             caller.kind() == PrincipalKind::RoleSession;
    const bool needsSession = caller.kind() != PrincipalKind::User && caller.kind() != PrincipalKind::Role;
    const bool needsAccount = needsEntity || caller.kind() == PrincipalKind::FederatedUser;
    const bool spared = (account || !needsAccount) && (entity || !needsEntity) && (session || !needsSession);
    return spared ? Naming::None : Naming::Everyone;
}

Truth CompiledStatement::conditionsHold(const Scope& scope) const {
    Truth all = Truth::True;
    for (const Condition& each : conditions_) {
        all &= each.holds(scope);
        if (all == Truth::False) break;
    }
    return all;
}

Truth CompiledStatement::applies(const RequestView& request) const {
    if (!coversAction(request.action())) return Truth::False;
    const Truth covered = coversResource(request);
    return covered == Truth::False ? covered : covered & conditionsHold(request.scope());
}

CompiledPolicy::CompiledPolicy(Document document, std::string name) : document_(std::move(document)), name_(std::move(name)) {
    statements_.reserve(document_.statements().size());
    for (const StatementText& each : document_.statements())
        statements_.emplace_back(each, document_.kind(), document_.hasVariables());
}

Result<PolicyRef> CompiledPolicy::parse(std::string text, DocumentKind kind, std::string name) {
    GW_TRY(Document document, Document::parse(std::move(text), kind));
    return std::make_shared<const CompiledPolicy>(std::move(document), std::move(name));
}

} // namespace gw::policy
