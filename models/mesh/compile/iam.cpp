// Trust and permission policies of roles.
#include "models/mesh/compile/iam_resources.h"
#include "saml/aws/arn.h"
#include "saml/aws/endpoints.h"
#include "saml/base/json_writer.h"

#include <algorithm>
#include <map>

namespace gw::mesh {
namespace {

// IAM User Guide, "IAM and AWS STS quotas": characters without white space.
constexpr std::size_t inlineQuota = 10'240, managedQuota = 6'144, managedPolicies = 10, trustQuota = 2'048;

std::vector<EdgeId> edgesOf(const std::vector<PolicyStatement>& statements) {
    std::vector<EdgeId> edges;
    for (const PolicyStatement& statement : statements)
        for (const EdgeId& edge : statement.edges) addEdge(edges, edge);
    return edges;
}

std::string samlAudience(std::string_view provider) {
    const auto arn = aws::SamlProviderArn::parse(provider);
    return aws::defaultAcs(arn ? arn->partition() : aws::Partition::Aws);
}

class IamCompiler {
public:
    IamCompiler(const Intent& intent, Compilation& into) : intent_(intent), into_(into) {}

    void compile() {
        for (const Admission& admission : intent_.admissions) rolePart(admission.role).admissions.push_back(&admission);
        for (const Use& use : intent_.uses)
            if (use.as<MeshAccess>() == nullptr && use.caller.principal.starts_with("arn:")) rolePart(use.caller.principal).uses.push_back(&use);
        for (const std::string& role : order_) {
            const Part& part = parts_.at(role);
            trust(role, part);
            assignments(role, part);
            permissions(role, part);
        }
    }

private:
    struct Part {
        std::vector<const Admission*> admissions;
        std::vector<const Use*> uses;
    };
    Part& rolePart(const std::string& role) {
        const auto [found, added] = parts_.try_emplace(role);
        if (added) order_.push_back(role);
        return found->second;
    }

    void trust(const std::string& role, const Part& part);
    void assignments(const std::string& role, const Part& part);
    void permissions(const std::string& role, const Part& part);
    void lose(const EdgeId& edge, std::string what, std::string seen, bool accepted = false) {
        Loss loss{Target::Iam, edge, std::move(what), std::move(seen), accepted};
        if (std::find(into_.losses.begin(), into_.losses.end(), loss) == into_.losses.end()) into_.losses.push_back(std::move(loss));
    }

    const Intent& intent_;
    Compilation& into_;
    std::map<std::string, Part> parts_;
    std::vector<std::string> order_;
};

void IamCompiler::trust(const std::string& role, const Part& part) {
    std::vector<PolicyStatement> statements;
    for (const Admission* admission : part.admissions) {
        if (intent_.accepts(admission->edge, Target::Iam, "leave-out")) {
            lose(admission->edge, "leave-out", {}, true);
            continue;
        }
        const std::vector<Unheld> unheld = unheldConditions(admission->conditions, ConditionPlace::Trust);
        for (const Unheld& each : unheld) lose(admission->edge, each.what, each.seen);
        if (!unheld.empty()) continue;
        PolicyStatement statement;
        statement.deny = admission->effect == Effect::Deny;
        if (!admission->edge.empty())
            statement.edges = {admission->edge};
        else
            statement.sid = "Runs";
        statement.tests = testsFor(admission->conditions, admission->expires, ConditionPlace::Trust);
        if (admission->kind == Admission::Kind::Principal) {
            const PrincipalWord word = principalWord(admission->principal, partitionOf(role));
            statement.principalType = word.type;
            statement.principals = {word.text};
            statement.actions = {"sts:AssumeRole"};
        } else {
            statement.principalType = "Federated";
            statement.principals = {admission->principal};
            const bool saml = admission->kind == Admission::Kind::Saml;
            statement.actions = {saml ? "sts:AssumeRoleWithSAML" : "sts:AssumeRoleWithWebIdentity"};
            if (saml) {
                addTest(statement.tests, {"StringEquals", "SAML:aud", {samlAudience(admission->principal)}});
            } else if (admission->audiences.empty()) {
                // Without it, tokens that the provider made for somebody else would do.
                lose(admission->edge, "audience", admission->principal);
                continue;
            } else {
                const std::string host = admission->principal.substr(admission->principal.find('/') + 1);
                addTest(statement.tests, {"StringEquals", host + ":aud", admission->audiences});
            }
        }
        if (admission->tags) statement.actions.emplace_back("sts:TagSession");
        if (admission->sourceIdentity) statement.actions.emplace_back("sts:SetSourceIdentity");
        statements.push_back(std::move(statement));
    }
    if (statements.empty()) return;
    statements = unrepeated(std::move(statements));
    std::string text = documentText(statements, Layout::Lines);
    if (countedSize(text) > trustQuota) {
        statements = merged(std::move(statements));
        text = documentText(statements, Layout::Lines);
    }
    if (const std::size_t size = countedSize(text); size > trustQuota) {
        for (const EdgeId& edge : edgesOf(statements)) lose(edge, "quota", "trust policy: " + std::to_string(size) + " of " + std::to_string(trustQuota));
        return;
    }
    into_.artefacts.push_back({Target::Iam, ArtefactKind::TrustPolicy, role, {}, std::move(text), edgesOf(statements)});
}

// Who the provider must send: nothing in AWS knows the directory's groups.
void IamCompiler::assignments(const std::string& role, const Part& part) {
    JsonWriter json;
    std::vector<EdgeId> edges;
    std::vector<std::pair<std::string, std::string>> told;
    json.beginObject().member("role", role).key("assignments").beginArray();
    for (const Admission* admission : part.admissions) {
        const std::pair one(admission->group, admission->principal);
        if (admission->group.empty() || admission->effect == Effect::Deny) continue;
        addEdge(edges, admission->edge);
        if (std::find(told.begin(), told.end(), one) != told.end()) continue;
        told.push_back(one);
        json.beginObject().member("group", admission->group).member("provider", admission->principal);
        json.member("attribute", role + "," + admission->principal).endObject();
    }
    json.endArray().endObject();
    if (edges.empty()) return;
    into_.artefacts.push_back({Target::Iam, ArtefactKind::Assignments, role, {}, json.text() + "\n", std::move(edges)});
}

// Somebody else than the edge names who may take the role as well, and would get, or be denied, the same.
std::optional<NodeId> stranger(const Use& use, const std::vector<const Admission*>& admissions) {
    if (use.through.empty()) return std::nullopt;
    for (const Admission* admission : admissions)
        if (admission->effect == Effect::Allow && std::find(use.through.begin(), use.through.end(), admission->who) == use.through.end())
            return admission->who;
    return std::nullopt;
}

void IamCompiler::permissions(const std::string& role, const Part& part) {
    std::vector<PolicyStatement> statements;
    for (const Use* use : part.uses) {
        std::vector<Unheld> unheld = unheldInPolicies(*use, ConditionPlace::Identity);
        if (const auto other = stranger(*use, part.admissions)) unheld.push_back({"who", other->value()});
        const auto held = heldUse(intent_, *use, Target::Iam, unheld, &into_.losses);
        if (!held) continue;
        for (PolicyStatement& statement : statementsFor(*held, ConditionPlace::Identity)) statements.push_back(std::move(statement));
    }
    if (statements.empty()) return;
    statements = unrepeated(std::move(statements));
    const auto add = [&](ArtefactKind kind, std::string name, const std::vector<PolicyStatement>& some) {
        into_.artefacts.push_back({Target::Iam, kind, role, std::move(name), documentText(some, Layout::Lines), edgesOf(some)});
    };
    if (countedSize(documentText(statements, Layout::Compact)) > inlineQuota) statements = merged(std::move(statements));
    if (countedSize(documentText(statements, Layout::Compact)) <= inlineQuota) return add(ArtefactKind::InlinePolicy, "gatewarden", statements);

    // Denials first, so that they are the last to be left out for want of room.
    std::stable_sort(statements.begin(), statements.end(), [](const PolicyStatement& a, const PolicyStatement& b) { return a.deny > b.deny; });
    std::vector<std::vector<PolicyStatement>> pieces(1);
    for (PolicyStatement& statement : statements) {
        if (countedSize(documentText({statement}, Layout::Compact)) > managedQuota || pieces.size() > managedPolicies) {
            for (const EdgeId& edge : statement.edges) lose(edge, "quota", "policies of the role");
            continue;
        }
        pieces.back().push_back(statement);
        if (countedSize(documentText(pieces.back(), Layout::Compact)) <= managedQuota) continue;
        pieces.back().pop_back();
        if (pieces.size() == managedPolicies) {
            for (const EdgeId& edge : statement.edges) lose(edge, "quota", "policies of the role");
            continue;
        }
        pieces.push_back({std::move(statement)});
    }
    for (std::size_t i = 0; i < pieces.size(); ++i)
        if (!pieces[i].empty()) add(ArtefactKind::ManagedPolicy, "gatewarden-" + std::to_string(i + 1), pieces[i]);
}

} // namespace

void compileIam(const Intent& intent, Compilation& into) {
    IamCompiler(intent, into).compile();
}

} // namespace gw::mesh
