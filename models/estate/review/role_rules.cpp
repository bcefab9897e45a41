// Role by role: what the linter finds in their documents, and what the evaluator finds in all of them together.
#include "models/estate/review/look.h"

#include "models/estate/question_parts.h"
#include "models/policy/arn_pattern.h"
#include "models/policy/aws_time.h"
#include "models/policy/clock_key.h"
#include "models/policy/lint/rule.h"
#include "models/policy/values.h"

#include <algorithm>

namespace gw::estate::review {
namespace {

namespace lint = policy::lint;

constexpr std::size_t mostLinted = 20'000; // documents whose answers are kept

bool isOfAws(const std::string& arn) {
    return arn.find(":iam::aws:policy/") != std::string::npos;
}

// Asked of the whole role instead.
bool isAskedOtherwise(std::string_view rule) {
    return rule == rules::permAdmin.id || rule == rules::permPrivesc.id || rule == rules::meshRetired.id;
}

// The review's own, and what keeps a document from being read as it is written: whoever cannot trust that, can trust nothing
// else that is said of it.
bool isOurs(const Rule& rule) {
    static const std::set<std::string_view> ours = [] {
        std::set<std::string_view> all;
        for (const Rule* each : reviewRules()) all.insert(each->id);
        return all;
    }();
    return (ours.contains(rule.id) || rule.severity == Severity::Error) && !isAskedOtherwise(rule.id);
}

std::string statementNumber(std::string_view pointer) {
    const std::string statement = lint::statementOf(pointer);
    const std::size_t slash = statement.rfind('/');
    if (slash == 0 || slash == std::string::npos) return statement.empty() ? std::string() : "1";
    std::size_t number = 0;
    for (const char each : statement.substr(slash + 1)) number = number * 10 + static_cast<std::size_t>(each - '0');
    return std::to_string(number + 1);
}

// Starts somewhere in time, or is for named sessions, and never ends.
bool isGrantWithoutEnd(const policy::CompiledStatement& statement) {
    bool starts = false, ends = false;
    for (const policy::Condition& each : statement.conditions()) {
        const policy::Comparison comparison = each.op().comparison;
        if (policy::isClock(each.key()) && !each.op().negated) {
            using enum policy::Comparison;
            ends = ends || comparison == DateLessThan || comparison == DateLessThanEquals || comparison == NumericLessThan ||
                   comparison == NumericLessThanEquals || comparison == DateEquals;
            starts = starts || comparison == DateGreaterThan || comparison == DateGreaterThanEquals ||
                     comparison == NumericGreaterThan || comparison == NumericGreaterThanEquals;
        }
        // "AROA…:lena": a grant to a person through the role.
        if (each.key().folded() == "aws:userid" && !each.op().negated)
            starts = starts || std::any_of(each.values().begin(), each.values().end(), [](const std::string& value) {
                         return value.find(':') != std::string::npos && !value.ends_with(":*");
                     });
    }
    return starts && !ends;
}

} // namespace

const RoleRules::Linted& RoleRules::lint(const PolicyDocument& document, policy::DocumentKind kind, const std::string& account) {
    if (account != lintedAccount_ || trusts_.size() + identities_.size() > mostLinted) {
        trusts_.clear();
        identities_.clear();
        lintedAccount_ = account;
    }
    auto& known = kind == policy::DocumentKind::Trust ? trusts_ : identities_;
    const auto [place, fresh] = known.try_emplace(document.text);
    if (!fresh) return place->second;
    lint::LintSettings settings;
    settings.kind = kind;
    settings.catalogue = look_.world.catalogue;
    settings.account = account;
    settings.now = look_.now;
    settings.brief = true;
    settings.quotaPercent = look_.settings.limits.quotaPercent;
    lint::Report report = lint::lint(document.text, settings);
    place->second.readable = report.readable;
    std::erase_if(report.findings, [](const lint::Finding& each) { return !isOurs(*each.rule); });
    place->second.findings = std::move(report.findings);
    return place->second;
}

void RoleRules::addLinted(const PolicyDocument& document, policy::DocumentKind kind, const std::string& object,
                          const std::string& account, const RoleFacts* facts) {
    const Linted& linted = lint(document, kind, account);
    // Of a rule that several statements break, all of them go into one.
    std::vector<const Rule*> done;
    for (const lint::Finding& each : linted.findings) {
        const auto sameRule = [&](const Rule* rule) { return rule->id == each.rule->id; };
        if (std::any_of(done.begin(), done.end(), sameRule)) continue;
        done.push_back(each.rule);
        Spot spot{each.rule, &document, {}, {}, nullptr};
        if (kind == policy::DocumentKind::Trust) spot.role = look_.estate.role(object);
        std::vector<std::string> statements;
        std::vector<Fact> evidence = each.facts;
        for (const lint::Finding& other : linted.findings) {
            if (other.rule->id != each.rule->id) continue;
            statements.push_back(statementNumber(other.places.front().pointer));
            for (const lint::Place& place : other.places) {
                spot.pointers.push_back(place.pointer);
                spot.seen.emplace_back(other.places.size() == 1 ? other.fact("seen") : std::string_view());
            }
        }
        if (!document.arn.empty() || kind != policy::DocumentKind::Trust) evidence.push_back({"policy", document.id()});
        if (!statements.front().empty()) evidence.push_back({"statement", statements.front()});
        if (statements.size() > 1) evidence.push_back({"statements[]", listText(statements)});
        Finding* added = into_.add(*each.rule, object, placeIn(document, each.places.front().pointer, each.places.front().begin),
                                   std::move(evidence), fixFor(look_, spot));
        // Whoever the provider sends may do nearly everything.
        if (added != nullptr && each.rule->id == rules::samlIdpOnlyGate.id && facts != nullptr && facts->privilege >= Privilege::Escalating) {
            added->severity = Severity::High;
            added->evidence.push_back({"privilege", std::string(privilegeName(facts->privilege))});
        }
    }
}

void RoleRules::checkDocument(const PolicyDocument& document, const std::string& object, const std::string& account) {
    if (!document.known) return;
    addLinted(document, policy::DocumentKind::Identity, object, account, nullptr);
    const auto compiled = access_.pool().get(document, policy::DocumentKind::Identity);
    if (!compiled) return;
    const policy::SourceTree& tree = (*compiled)->document().source();
    const auto placeAt = [&](policy::Value value) {
        return placeIn(document, tree.pointerTo(value), tree.positionOf(value.span().begin));
    };
    for (const policy::CompiledStatement& statement : (*compiled)->statements()) {
        if (statement.effect() == policy::Effect::Deny) continue;
        const policy::StatementText& written = (*compiled)->document().statements()[statement.index()];
        if (isGrantWithoutEnd(statement))
            into_.add(rules::sessGrantUnbounded, object, placeAt(written.value),
                      {{"policy", document.id()}, {"statement", std::to_string(statement.index() + 1)}}, edit(rules::sessGrantUnbounded.id));
        const auto retired = std::find_if(written.actions.begin(), written.actions.end(), [](const policy::Text& action) {
            return foldedAscii(action.text).starts_with("appmesh");
        });
        if (!statement.isNotAction() && retired != written.actions.end())
            into_.add(rules::meshRetired, object, placeAt(retired->value),
                      {{"policy", document.id()}, {"seen", std::string(retired->text)}}, plan(rules::meshRetired.id));
    }
}

void RoleRules::checkPolicies(const std::string& object, const IdentityPolicies& policies, const std::string& account) {
    for (const PolicyDocument& each : policies.inlinePolicies) checkDocument(each, object, account);
    // What AWS's own policies for App Mesh say is known without their documents.
    for (const std::string& each : policies.attached) {
        if (!isOfAws(each) || each.find("/AWSAppMesh") == std::string::npos) continue;
        const std::vector<Fact> evidence{{"policy", each}, {"seen", "appmesh:StreamAggregatedResources"}};
        Place place;
        if (const Role* role = look_.estate.role(object)) place = placeOf(role->source);
        into_.add(rules::meshRetired, object, place, evidence, plan(rules::meshRetired.id));
        if (each.ends_with("EnvoyAccess")) into_.add(rules::meshWildcard, object, place, evidence, plan(rules::meshWildcard.id));
    }
}

void RoleRules::checkPrivileges(const Object& object, const IdentityPolicies& policies, bool reached, bool isAdministrator) {
    Place place = placeOf(object.source);
    std::string named;
    for (const PolicyDocument& each : policies.inlinePolicies)
        if (named.empty() && each.known) {
            named = each.id();
            place = placeIn(each, "", {1, 1});
        }
    if (isAdministrator) {
        if (!reached) return;
        std::vector<std::string> attached = policies.attached;
        for (const PolicyDocument& each : policies.inlinePolicies) attached.push_back(each.id());
        into_.add(rules::permAdmin, object.arn, std::move(place), {{"policies[]", listText(attached)}}, plan(rules::permAdmin.id));
        return;
    }
    const std::vector<Escalation> ways = access_.escalations();
    if (ways.empty()) return;
    std::vector<std::string> told;
    for (const Escalation& each : ways) told.emplace_back(each.way);
    std::vector<Fact> evidence{{"seen", told.front()}, {"ways[]", listText(told)}};
    if (!ways.front().through.empty()) evidence.push_back({"through", ways.front().through});
    into_.add(rules::permPrivesc, object.arn, std::move(place), std::move(evidence), edit(rules::permPrivesc.id));
}

// What a document alone does not tell: which node the tasks of the role are.
void RoleRules::checkNodes(const Role& role) {
    constexpr std::string_view streams = "appmesh:streamaggregatedresources";
    const auto own = look_.nodes.find(role.arn);
    if (own == look_.nodes.end() || !access_.speaksOf(streams)) return;
    std::vector<const PolicyDocument*> documents;
    for (const PolicyDocument& each : role.policies.inlinePolicies) documents.push_back(&each);
    for (const std::string& each : role.policies.attached)
        if (const ManagedPolicy* managed = look_.estate.managedPolicy(each)) documents.push_back(&managed->document);
    const policy::Context nothing;
    const policy::Scope scope(nothing, {}, true);
    for (const PolicyDocument* each : documents) {
        const auto compiled = each->known ? access_.pool().get(*each, policy::DocumentKind::Identity) : fail(Error(EstateError::Unreadable));
        if (!compiled) continue;
        const policy::Document& document = (*compiled)->document();
        for (const policy::CompiledStatement& statement : (*compiled)->statements()) {
            const auto& written = document.statements()[statement.index()].resources;
            if (statement.effect() == policy::Effect::Deny || statement.isNotResource() || !written || !statement.coversAction(streams)) continue;
            for (std::size_t i = 0; i < std::min(statement.resources().size(), written->size()); ++i) {
                const auto node = statement.resources()[i].example("x", scope);
                const auto parts = node ? policy::ArnParts::split(*node) : std::nullopt;
                if (!parts || own->second.contains(parts->resource) || !access_.may("appmesh:StreamAggregatedResources", *node)) continue;
                const policy::Value value = (*written)[i].value;
                into_.add(rules::meshWildcard, role.arn,
                          placeIn(*each, document.source().pointerTo(value), document.source().positionOf(value.span().begin)),
                          {{"policy", each->id()}, {"seen", *node}, {"expected", *own->second.begin()}}, plan(rules::meshWildcard.id));
                return;
            }
        }
    }
}

void RoleRules::checkSession(const Role& role, const RoleFacts& facts) {
    if (!facts.forPeople) return;
    if (!role.maxSessionSeconds) return into_.needs(rules::sessMaxTooLong, "max_session");
    const bool privileged = facts.privilege >= Privilege::Escalating;
    const auto most = privileged ? look_.settings.limits.privilegedSession : look_.settings.limits.otherSession;
    if (*role.maxSessionSeconds <= most.count()) return;
    into_.add(rules::sessMaxTooLong, role.arn, placeOf(role.source),
              {{"seconds", std::to_string(*role.maxSessionSeconds)}, {"expected", std::to_string(most.count())},
               {"privilege", std::string(privilegeName(facts.privilege))}},
              plan(rules::sessMaxTooLong.id, {{"role", role.name}, {"seconds", std::to_string(most.count())}}));
}

void RoleRules::checkUse(const Role& role) {
    constexpr std::string_view trackingDays = "400";
    const RoleActivity use = look_.activities.of(role);
    // Events prove a use, and seldom that there was none.
    const bool told = std::any_of(use.evidence.begin(), use.evidence.end(), [](const Evidence& each) { return each.source != EvidenceSource::CloudTrail; });
    if (!told && !use.last) {
        into_.needs(rules::useRoleStale, "last_used");
    } else if (const auto since = use.unusedSince()) {
        const std::int64_t days = daysBetween(*since, look_.now);
        if (days > look_.settings.limits.stale.count())
            into_.add(rules::useRoleStale, role.arn, placeOf(role.source),
                      {{use.last ? "last_used" : "created", since->toRfc3339()}, {"days", std::to_string(days)}, {"tracking_days", std::string(trackingDays)}},
                      plan(rules::useRoleStale.id, {{"role", role.name}}));
    }
    checkAttested(look_.input, look_.settings, look_.attestations, role, into_);
}

void checkAttested(const Input& input, const Settings& settings, bool attestations, const Role& role, Findings& into) {
    const auto attested = attestedOf(role, settings, input.attested);
    // Where others are attested and this one never was, it is overdue from its creation on.
    if (!attested && !attestations) return into.needs(rules::reviewOverdue, "attestations");
    const auto created = policy::timeAsAwsWritesIt(role.created);
    if (!attested && !created) return into.needs(rules::reviewOverdue, "created");
    const UtcTime since = attested ? *attested : *created;
    const std::int64_t days = daysBetween(since, input.now);
    if (days > settings.limits.attested.count())
        into.add(rules::reviewOverdue, role.arn, placeOf(role.source),
                 {{attested ? "attested" : "created", since.toRfc3339().substr(0, 10)}, {"days", std::to_string(days)}}, manual(rules::reviewOverdue.id));
}

void RoleRules::operator()(const Role& role, RoleFacts& facts) {
    facts.ways = look_.ways.into(role, access_.pool());
    facts.environment = environmentOf(look_.estate, role, role.tags, look_.settings.environments);
    facts.forPeople = std::any_of(facts.ways.begin(), facts.ways.end(), [](const Mapping& each) { return each.kind <= GranteeKind::Provider; });
    if (isServiceLinked(role)) return;
    access_.of(role);
    facts.privilege = access_.privilege();
    facts.takesOn = access_.speaksOf("sts:assumerole");
    if (!role.policies.known) into_.needs(rules::permAdmin, "policies");
    if (role.trust && role.trust->known) {
        addLinted(*role.trust, policy::DocumentKind::Trust, role.arn, role.account, &facts);
        if (const auto trust = access_.pool().get(*role.trust, policy::DocumentKind::Trust))
            checkTrustOfRole(look_, role, facts, **trust, into_);
    } else {
        into_.needs(rules::samlNoAudience, "trust");
    }
    checkPolicies(role.arn, role.policies, role.account);
    checkPrivileges(role, role.policies, facts.forPeople, facts.privilege == Privilege::Admin);
    checkNodes(role);
    checkSession(role, facts);
    checkUse(role);
}

void RoleRules::lookAt(const User& user) {
    checkPolicies(user.arn, user.policies, user.account);
    if (!policy::Principal::parse(user.arn)) return;
    access_.of(user);
    checkPrivileges(user, user.policies, true, access_.isAdministrator());
}

void RoleRules::lookAt(const ManagedPolicy& policy) {
    if (!isOfAws(policy.arn)) checkDocument(policy.document, policy.arn, policy.account);
}

void RoleRules::lookAt(const Group& group) {
    checkPolicies(group.arn, group.policies, group.account);
}

} // namespace gw::estate::review
