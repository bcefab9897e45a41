#include "models/estate/ways_in.h"

#include "models/policy/arn_pattern.h"
#include "models/policy/federation.h"
#include "saml/base/ascii.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace gw::estate {
namespace {

using policy::CompiledStatement;
using policy::Condition;
using policy::Effect;
using policy::Federation;
using policy::NamedPrincipal;

constexpr std::size_t mostValues = 8;

bool isBefore(const Mapping& a, const Mapping& b) {
    return std::tie(a.role, a.kind, a.who, a.provider) < std::tie(b.role, b.kind, b.who, b.provider);
}

std::string valuesOf(const Condition& condition) {
    std::string text;
    for (std::size_t i = 0; i < condition.values().size(); ++i) {
        if (i == mostValues) return text + ", …";
        text += (i == 0 ? "" : ", ") + condition.values()[i];
    }
    return text;
}

// "saml:edupersonaffiliation = staff"; empty where the statement asks for nothing that tells people apart.
std::string claimOf(const CompiledStatement& statement) {
    std::string claim;
    for (const Condition& each : statement.conditions()) {
        if (!policy::isPersonKey(each.key().folded()) || each.op().comparison == policy::Comparison::Null) continue;
        claim += (claim.empty() ? "" : " and ") + each.key().written() + (each.op().negated ? " ≠ " : " = ") + valuesOf(each);
    }
    return claim;
}

// The subject that a web identity must have: "system:serviceaccount:payments:ledger".
std::string subjectOf(const CompiledStatement& statement) {
    for (const Condition& each : statement.conditions())
        if (each.key().folded().ends_with(":sub") && !each.op().negated) return valuesOf(each);
    return {};
}

void addKeys(const CompiledStatement& statement, std::vector<std::string>& keys) {
    for (const Condition& each : statement.conditions())
        if (std::find(keys.begin(), keys.end(), each.key().written()) == keys.end()) keys.push_back(each.key().written());
}

// What a trust policy says of one SAML provider.
struct Gate {
    std::string provider;
    std::vector<std::string> claims, keys; // an empty claim: the provider alone decides
    std::size_t statement = 0;
};

class TrustReader {
public:
    TrustReader(const Role& role, const policy::CompiledPolicy& policy) : role_(role), policy_(policy) {
        for (const CompiledStatement& each : policy.statements())
            if (each.effect() == Effect::Allow && !each.isNotPrincipal()) read(each);
    }

    std::vector<Gate> gates;
    std::vector<Mapping> others; // than by SAML

    [[nodiscard]] Mapping row(GranteeKind kind, std::string who, std::size_t statement) const {
        Mapping row;
        row.kind = kind;
        row.who = std::move(who);
        row.role = role_.arn;
        row.found = &role_;
        const policy::SourceTree& tree = policy_.document().source();
        const policy::Value value = policy_.document().statements()[statement].value;
        const Place place = placeIn(*role_.trust, tree.pointerTo(value), tree.positionOf(value.span().begin));
        row.source = {role_.trust->source.file, place.pointer, place.position};
        return row;
    }

private:
    void read(const CompiledStatement& statement) {
        for (const NamedPrincipal& each : statement.principals()) {
            const Federation federation = policy::federationOf(each.type(), each.text());
            if (federation == Federation::Saml) {
                if (statement.coversAction("sts:assumerolewithsaml")) addGate(each.text(), statement);
            } else if (federation == Federation::Web) {
                if (!statement.coversAction("sts:assumerolewithwebidentity")) continue;
                std::string subject = subjectOf(statement);
                add(GranteeKind::WebIdentity, subject.empty() ? each.text() : std::move(subject), statement, each.text());
            } else if (each.type() == NamedPrincipal::Type::Everyone || each.text() == "*") {
                add(GranteeKind::Anyone, "*", statement);
            } else if (statement.coversAction("sts:assumerole")) {
                if (each.type() == NamedPrincipal::Type::Service) add(GranteeKind::Service, each.text(), statement);
                if (each.type() == NamedPrincipal::Type::Aws) add(GranteeKind::Account, each.text(), statement);
            }
        }
    }

    void addGate(const std::string& provider, const CompiledStatement& statement) {
        auto known = std::find_if(gates.begin(), gates.end(), [&](const Gate& each) { return each.provider == provider; });
        if (known == gates.end()) known = gates.insert(gates.end(), Gate{provider, {}, {}, statement.index()});
        addKeys(statement, known->keys);
        std::string claim = claimOf(statement);
        if (std::find(known->claims.begin(), known->claims.end(), claim) == known->claims.end())
            known->claims.push_back(std::move(claim));
    }

    void add(GranteeKind kind, std::string who, const CompiledStatement& statement, std::string provider = {}) {
        for (Mapping& each : others)
            if (each.kind == kind && each.who == who && each.provider == provider) return addKeys(statement, each.conditions);
        Mapping& fresh = others.emplace_back(row(kind, std::move(who), statement.index()));
        fresh.provider = std::move(provider);
        addKeys(statement, fresh.conditions);
    }

    const Role& role_;
    const policy::CompiledPolicy& policy_;
};

void keepOneOfEach(std::vector<Mapping>& rows) {
    std::stable_sort(rows.begin(), rows.end(), isBefore);
    const auto same = [](const Mapping& a, const Mapping& b) {
        return std::tie(a.role, a.kind, a.who, a.provider) == std::tie(b.role, b.kind, b.who, b.provider);
    };
    rows.erase(std::unique(rows.begin(), rows.end(), same), rows.end());
}

} // namespace

bool isServiceLinked(const Role& role) {
    return role.path.starts_with("/aws-service-role/");
}

WaysIn::WaysIn(const Estate& estate) : estate_(estate) {
    std::set<std::string_view> inactive;
    for (const Person& each : estate.people())
        if (!each.active) inactive.insert(each.userName);
    for (const Assignment& each : estate.assignments())
        if (each.person.empty() || !inactive.contains(each.person)) byRole_[each.role].push_back(&each);
    for (const DirectoryGroup& each : estate.directoryGroups()) groups_.emplace(each.id, &each);
    std::set<std::string> twice;
    for (const DirectoryGroup& each : estate.directoryGroups()) {
        const auto [known, fresh] = groups_.emplace(each.name, &each);
        if (!fresh && known->second != &each && known->second->id != each.name) twice.insert(each.name);
    }
    for (const std::string& each : twice) groups_.erase(each);
}

const DirectoryGroup* WaysIn::group(const std::string& idOrName) const {
    const auto known = groups_.find(idOrName);
    return known == groups_.end() ? nullptr : known->second;
}

void WaysIn::fill(Mapping& row, const Assignment& assignment) const {
    row.role = assignment.role;
    row.provider = assignment.provider;
    row.source = assignment.source;
    if (assignment.group.empty()) {
        row.kind = GranteeKind::Person;
        row.who = assignment.person;
        row.people = 1;
        return;
    }
    row.kind = GranteeKind::Group;
    row.who = assignment.group;
    const DirectoryGroup* known = group(assignment.group);
    if (known == nullptr) return;
    row.groupId = known->id;
    if (!known->name.empty()) row.who = known->name;
    if (known->membersKnown) row.people = known->members.size();
}

std::vector<Mapping> WaysIn::into(const Role& role, PolicyPool& pool) const {
    std::vector<Mapping> rows;
    if (isServiceLinked(role)) return rows;
    std::optional<TrustReader> trust;
    policy::PolicyRef policy;
    if (role.trust && role.trust->known)
        if (auto compiled = pool.get(*role.trust, policy::DocumentKind::Trust)) {
            policy = std::move(*compiled);
            trust.emplace(role, *policy);
        }
    // Providers of which a table or a directory tells whom they send; saved responses tell of some only.
    std::set<std::string, std::less<>> told;
    const auto assigned = byRole_.find(role.arn);
    if (assigned != byRole_.end()) {
        for (const Assignment* each : assigned->second) {
            Mapping row;
            fill(row, *each);
            row.found = &role;
            if (row.provider.empty() && trust && trust->gates.size() == 1) row.provider = trust->gates.front().provider;
            if (trust)
                for (const Gate& gate : trust->gates)
                    if (row.provider.empty() || gate.provider == row.provider)
                        for (const std::string& key : gate.keys)
                            if (std::find(row.conditions.begin(), row.conditions.end(), key) == row.conditions.end())
                                row.conditions.push_back(key);
            if (each->origin != AssignmentOrigin::Assertion) told.insert(row.provider);
            rows.push_back(std::move(row));
        }
    }
    if (trust) {
        for (const Gate& gate : trust->gates) {
            if (told.contains(gate.provider) || told.contains("")) continue;
            for (const std::string& claim : gate.claims) {
                Mapping row = trust->row(claim.empty() ? GranteeKind::Provider : GranteeKind::Claim,
                                         claim.empty() ? gate.provider : claim, gate.statement);
                row.provider = gate.provider;
                row.conditions = gate.keys;
                rows.push_back(std::move(row));
            }
        }
        std::move(trust->others.begin(), trust->others.end(), std::back_inserter(rows));
    }
    keepOneOfEach(rows);
    return rows;
}

std::vector<Mapping> WaysIn::intoNothing() const {
    std::vector<Mapping> rows;
    for (const auto& [role, assignments] : byRole_) {
        if (estate_.role(role) != nullptr) continue;
        for (const Assignment* each : assignments) fill(rows.emplace_back(), *each);
    }
    keepOneOfEach(rows);
    return rows;
}

} // namespace gw::estate
