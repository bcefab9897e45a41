#include "models/policy/edit_candidates.h"

#include <algorithm>

namespace gw::policy {
namespace {

class Candidates {
public:
    Candidates(const Request& request, const PolicySet& policies, const Explanation& explanation)
        : request_(request), policies_(policies), explanation_(explanation),
          allowed_(explanation.answer.decision == Decision::Allowed) {}

    EditCandidates run() {
        if (explanation_.answer.witness) tell(explanation_.answer.witness->allowed);
        for (const LayerReport& layer : explanation_.layers) {
            if (!layer.binds) continue;
            fromLayer(layer);
            if (!allowed_ && layer.voice != LayerVoice::Allows) addStatement(layer);
        }
        if (allowed_)
            addDenial();
        else
            addPolicies();
        return {std::move(edits_), exhaustive_};
    }

private:
    void fromLayer(const LayerReport& layer);
    void fromStatement(const LayerReport& layer, const StatementReport& report);
    void extend(const LayerReport& layer, const StatementReport& report);
    void extendCondition(const LayerReport& layer, const StatementReport& report, std::size_t condition);
    void narrow(const LayerReport& layer, const StatementReport& report);
    void addStatement(const LayerReport& layer);
    void addPolicies();
    void addDenial();
    void tell(Additions additions);

    // By a pointer into the statement.
    [[nodiscard]] Json valueAt(const StatementReport& report, const std::string& element);
    void change(EditKind kind, const LayerReport& layer, const StatementReport& report, const std::string& element, Json after,
                bool wide = false);
    // The list, or the one string, with one more.
    [[nodiscard]] static Json with(Json list, const std::string& more);
    [[nodiscard]] Json callerAsPrincipal() const;
    [[nodiscard]] Json statementFor(Layer layer, const char* effect = "Allow") const;

    const Request& request_;
    const PolicySet& policies_;
    const Explanation& explanation_;
    bool allowed_;
    bool exhaustive_ = true;
    std::vector<Edit> edits_;
    StatementRef read_; // the statement whose text is in `json_`
    Json json_;
};

std::string actionName(const Request& request, const Answer& answer) {
    if (foldedAscii(request.action) == answer.action) return request.action;
    return answer.action == "sts:tagsession"          ? "sts:TagSession"
           : answer.action == "sts:setsourceidentity" ? "sts:SetSourceIdentity"
                                                      : answer.action;
}

Json Candidates::valueAt(const StatementReport& report, const std::string& element) {
    if (read_.policy != report.ref.policy || read_.statement != report.ref.statement) {
        auto statement = parseJson(report.ref.policy->document().statements()[report.ref.statement].value.text());
        json_ = statement ? std::move(*statement) : Json();
        read_ = report.ref;
    }
    const Json::json_pointer at(element);
    return json_.contains(at) ? json_.at(at) : Json();
}

Json Candidates::with(Json list, const std::string& more) {
    if (list.is_null()) return more;
    if (!list.is_array()) list = Json::array({list});
    list.push_back(more);
    return list;
}

void Candidates::change(EditKind kind, const LayerReport& layer, const StatementReport& report, const std::string& element,
                        Json after, bool wide) {
    Edit edit;
    edit.kind = kind;
    edit.layer = layer.layer;
    edit.target = report.ref.policy;
    edit.policy = report.ref.policy->name();
    edit.pointer = statementPointer(*report.ref.policy, report.ref.statement) + element;
    edit.before = valueAt(report, element);
    edit.after = std::move(after);
    edit.wide = wide;
    edits_.push_back(std::move(edit));
}

Json Candidates::callerAsPrincipal() const {
    const Principal& caller = request_.principal;
    switch (caller.kind()) {
    case PrincipalKind::Anonymous:
        return "*";
    case PrincipalKind::Service:
        return Json{{"Service", caller.text()}};
    case PrincipalKind::SamlProvider:
    case PrincipalKind::WebIdentity:
        return Json{{"Federated", caller.text()}};
    case PrincipalKind::CanonicalUser:
        return Json{{"CanonicalUser", caller.text()}};
    case PrincipalKind::RoleSession:
        return Json{{"AWS", caller.principalArn()}};
    default:
        return Json{{"AWS", caller.text()}};
    }
}

Json Candidates::statementFor(Layer layer, const char* effect) const {
    Json statement{{"Effect", effect}};
    if (layer == Layer::Network || layer == Layer::Resource || layer == Layer::Trust)
        statement["Principal"] = callerAsPrincipal();
    if (layer == Layer::Rcp || layer == Layer::Endpoint) statement["Principal"] = "*";
    statement["Action"] = actionName(request_, explanation_.answer);
    if (layer != Layer::Trust) statement["Resource"] = request_.resource;
    return statement;
}

void Candidates::fromLayer(const LayerReport& layer) {
    const std::size_t most = edits_.size() + maxCandidatesOfLayer;
    for (const StatementReport& statement : layer.statements) {
        if (edits_.size() >= std::min(most, maxCandidates)) {
            exhaustive_ = false;
            return;
        }
        fromStatement(layer, statement);
    }
}

void Candidates::fromStatement(const LayerReport& layer, const StatementReport& report) {
    const bool deny = report.ref.get().effect() == Effect::Deny;
    // A grant is taken away by narrowing what allows; a denial is lifted by narrowing what denies.
    if (report.applies == Truth::True && deny != allowed_) narrow(layer, report);
    if (!allowed_ && !deny && report.applies != Truth::True && report.failures() == 1) extend(layer, report);
    if (!allowed_ && deny && report.applies == Truth::True)
        for (std::size_t i = 0; i < report.conditions.size(); ++i)
            if (const auto& op = report.ref.get().conditions()[i].op(); op.negated) extendCondition(layer, report, i);
}

void Candidates::extend(const LayerReport& layer, const StatementReport& report) {
    const CompiledStatement& statement = report.ref.get();
    if (!report.action && !statement.isNotAction())
        change(EditKind::ExtendActions, layer, report, "/Action",
               with(valueAt(report, "/Action"), actionName(request_, explanation_.answer)));
    if (report.resource != Truth::True && !statement.isNotResource())
        change(EditKind::ExtendResources, layer, report, "/Resource",
               with(valueAt(report, "/Resource"), request_.resource));
    if (!report.principal && !statement.isNotPrincipal()) {
        Json principals = valueAt(report, "/Principal");
        const Json caller = callerAsPrincipal();
        if (principals.is_object() && caller.is_object()) {
            for (const auto& [type, name] : caller.items())
                principals[type] = with(principals.value(type, Json()), name.get<std::string>());
            change(EditKind::ExtendPrincipals, layer, report, "/Principal", std::move(principals));
        }
    }
    for (std::size_t i = 0; i < report.conditions.size(); ++i)
        if (report.conditions[i].holds != Truth::True) extendCondition(layer, report, i);
}

std::string escaped(std::string_view token) {
    std::string text;
    for (const char each : token) text += each == '~' ? "~0" : each == '/' ? "~1" : std::string(1, each);
    return text;
}

void Candidates::extendCondition(const LayerReport& layer, const StatementReport& report, std::size_t condition) {
    const ConditionReport& seen = report.conditions[condition];
    const Condition& compiled = report.ref.get().conditions()[condition];
    const std::string element = "/Condition/" + escaped(seen.op) + "/" + escaped(seen.key);
    const Json before = valueAt(report, element);
    if (seen.seen && seen.seen->size() == 1 && compiled.op().comparison != Comparison::Null &&
        compiled.op().comparison != Comparison::Bool)
        change(EditKind::ExtendCondition, layer, report, element, with(before, seen.seen->front()));
    if (report.ref.get().effect() == Effect::Deny) return;
    change(EditKind::DropCondition, layer, report, element, Json(), true);
    const Context nothing;
    ExampleTexts examples;
    (void)compiled.examples(Scope(nothing, {}, true), examples);
    if (examples.all().empty()) return;
    const std::string& example = examples.all().front();
    const bool list = compiled.op().quantifier != Quantifier::None;
    tell({{compiled.key(), list ? ContextValue::many({example}) : ContextValue::one(example)}});
}

void Candidates::tell(Additions additions) {
    Edit edit;
    edit.kind = EditKind::TellContext;
    edit.context = std::move(additions);
    edits_.push_back(std::move(edit));
}

void Candidates::narrow(const LayerReport& layer, const StatementReport& report) {
    const Json actions = valueAt(report, "/Action");
    if (actions.is_array() && actions.size() > 1) {
        Json kept = Json::array();
        const std::string folded = explanation_.answer.action;
        for (const Json& each : actions) {
            static const Context nothing;
            const Pattern pattern(foldedAscii(each.get_ref<const std::string&>()),
                                  {.wildcards = true, .variables = false, .foldCase = false});
            if (pattern.matches(folded, Scope(nothing, {}, true)) != Truth::True) kept.push_back(each);
        }
        const bool only = kept.size() + 1 == actions.size();
        if (!kept.empty()) change(EditKind::NarrowActions, layer, report, "/Action", std::move(kept), !only);
    }
    change(EditKind::RemoveStatement, layer, report, "", Json(), true);
}

void Candidates::addStatement(const LayerReport& layer) {
    // Where to put it: the first policy of the layer that speaks of the service, or just the first.
    PolicyRef policy;
    for (const StatementReport& each : layer.statements) policy = policy ? policy : each.ref.policy;
    if (!policy) return;
    Edit edit;
    edit.kind = EditKind::AddStatement;
    edit.layer = layer.layer;
    edit.target = policy;
    edit.policy = policy->name();
    edit.pointer = "/Statement/-";
    edit.after = statementFor(layer.layer);
    edits_.push_back(std::move(edit));
}

void Candidates::addPolicies() {
    const auto add = [&](Layer layer) {
        Edit edit;
        edit.kind = EditKind::AddPolicy;
        edit.layer = layer;
        edit.after = Json{{"Version", "2012-10-17"}, {"Statement", Json::array({statementFor(layer)})}};
        edits_.push_back(std::move(edit));
    };
    if (policies_.identity.empty() && request_.principal.belongsToAccount()) add(Layer::Identity);
    if (!policies_.resource) add(explanation_.answer.blockedBy.has(Layer::Trust) ? Layer::Trust : Layer::Resource);
}

// Denies just this: in a policy of the principal's own, so that nobody else loses it; where it has none that can be edited, in
// a new one; and of a caller without policies in that of the resource.
void Candidates::addDenial() {
    const Principal& caller = request_.principal;
    const bool own = caller.belongsToAccount() && caller.kind() != PrincipalKind::Root;
    Edit edit;
    edit.kind = EditKind::AddStatement;
    edit.pointer = "/Statement/-";
    if (own) {
        edit.layer = Layer::Identity;
        // Managed policies go by their ARN and those of a group by its name and theirs.
        const auto inlined = std::find_if(policies_.identity.begin(), policies_.identity.end(), [](const PolicyRef& each) {
            return each->name().find_first_of(":/") == std::string::npos;
        });
        if (inlined != policies_.identity.end()) edit.target = *inlined;
    } else if (policies_.resource) {
        edit.layer = bindingOf(RequestView(request_, WorldRules()), policies_).trust ? Layer::Trust : Layer::Resource;
        edit.target = *policies_.resource;
    } else {
        return;
    }
    edit.after = statementFor(edit.layer, "Deny");
    if (edit.target) {
        edit.policy = edit.target->name();
    } else {
        edit.kind = EditKind::AddPolicy;
        edit.pointer.clear();
        edit.after = Json{{"Version", "2012-10-17"}, {"Statement", Json::array({edit.after})}};
    }
    edits_.push_back(std::move(edit));
}

} // namespace

std::string statementPointer(const CompiledPolicy& policy, std::size_t statement) {
    const bool list = policy.document().source().root().member("Statement").is(ValueKind::Array);
    return list ? "/Statement/" + std::to_string(statement) : "/Statement";
}

EditCandidates editCandidates(const Request& request, const PolicySet& policies, const Explanation& explanation) {
    return Candidates(request, policies, explanation).run();
}

void applyPointer(Json& document, const Edit& edit) {
    if (edit.kind == EditKind::AddStatement) {
        Json& statements = document["Statement"];
        if (!statements.is_array()) statements = Json::array({statements});
        statements.push_back(edit.after);
        return;
    }
    const Json::json_pointer at(edit.pointer);
    if (!edit.after.is_null()) {
        if (document.contains(at.parent_pointer())) document[at] = edit.after;
        return;
    }
    // What is emptied by it goes too, so that the document stays valid.
    for (Json::json_pointer path = at; !path.empty() && document.contains(path.parent_pointer()); path = path.parent_pointer()) {
        Json& parent = document[path.parent_pointer()];
        if (parent.is_array())
            parent.erase(static_cast<std::size_t>(std::stoul(path.back())));
        else
            parent.erase(path.back());
        if (!parent.empty()) return;
    }
}

} // namespace gw::policy
