#include "ui/errors/answer_texts.h"

#include "models/estate/aws_said.h"
#include "ui/errors/utf8.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace gw::ui {
namespace {

using policy::Decision;
using policy::Layer;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(AnswerText)
};

// Which layer a denial is told by: that which a person would have to change first.
Layer blockingLayer(policy::LayerSet blocked) {
    static constexpr auto order = std::to_array({Layer::Scp, Layer::Rcp, Layer::Endpoint, Layer::Network, Layer::Boundary,
                                                 Layer::Session, Layer::Trust, Layer::Resource, Layer::Identity});
    const auto* first = std::find_if(order.begin(), order.end(), [&](Layer each) { return blocked.has(each); });
    return first != order.end() ? *first : Layer::Identity;
}

AnswerWords allowed(const policy::Explanation& explanation, const QString& action, const PolicyNames& names) {
    AnswerWords words;
    const auto& decisive = explanation.answer.decisive;
    words.headline =
        decisive.empty()
            ? Words::tr("Allowed: nothing stands against %1").arg(action)
            : Words::tr("Allowed: %1 allows %2", "policy, action").arg(names.of(decisive.front().policy->name()), action);
    const auto restricting =
        std::count_if(explanation.layers.begin(), explanation.layers.end(), [](const policy::LayerReport& each) {
            return each.binds && (each.layer == Layer::Scp || each.layer == Layer::Rcp || each.layer == Layer::Boundary ||
                                  each.layer == Layer::Session || each.layer == Layer::Endpoint || each.layer == Layer::Network);
        });
    words.sentence = restricting == 0 ? Words::tr("No guardrail has a say in it, and nothing denies it.")
                                      : Words::tr("Every guardrail that has a say lets it pass, and nothing denies it.");
    return words;
}

AnswerWords explicitly(const policy::Explanation& explanation, const QString& action, const PolicyNames& names) {
    AnswerWords words;
    const auto& decisive = explanation.answer.decisive;
    words.headline =
        decisive.empty()
            ? Words::tr("Denied: %1 is denied").arg(action)
            : Words::tr("Denied: %1 denies %2", "policy, action").arg(names.of(decisive.front().policy->name()), action);
    words.sentence = Words::tr("A denial wins over whatever allows, wherever it stands.");
    if (decisive.size() > 1)
        words.sentence += QLatin1Char(' ') + Words::tr("%1 statements deny it.").arg(decisive.size());
    return words;
}

AnswerWords implicitly(const policy::Request& request, const policy::PolicySet& policies, const policy::Explanation& explanation,
                       const QString& action) {
    const policy::LayerSet blocked = explanation.answer.blockedBy;
    const Layer layer = blockingLayer(blocked);
    const policy::WorldRules world;
    AnswerWords words;
    switch (layer) {
    case Layer::Scp:
        words.headline = Words::tr("Denied: no service control policy lets %1 pass").arg(action);
        words.sentence =
            Words::tr("On every level of the organisation some service control policy must allow; on one of them none does.");
        return words;
    case Layer::Rcp:
        words.headline = Words::tr("Denied: no resource control policy lets %1 pass").arg(action);
        words.sentence =
            Words::tr("On every level of the organisation some resource control policy must allow; on one of them none does.");
        return words;
    case Layer::Boundary:
        words.headline = Words::tr("Denied: the permissions boundary does not allow %1").arg(action);
        words.sentence = Words::tr("A boundary gives nothing by itself, but what it does not allow nobody below it can do.");
        return words;
    case Layer::Session:
        words.headline = Words::tr("Denied: the session policy does not allow %1").arg(action);
        words.sentence = Words::tr("The session was started with a policy of its own, which narrows what its role may do.");
        return words;
    case Layer::Endpoint:
        words.headline = Words::tr("Denied: the VPC endpoint's policy does not allow %1").arg(action);
        words.sentence = Words::tr("What goes through the endpoint must be allowed by its policy, too.");
        return words;
    case Layer::Network:
        words.headline = Words::tr("Denied: the service network's policy does not allow %1").arg(action);
        words.sentence = Words::tr("What comes through a service network must be allowed by its policy and by the service's.");
        return words;
    case Layer::Trust:
        words.headline = Words::tr("Denied: the role's trust policy does not allow %1").arg(action);
        words.sentence = Words::tr("Whoever assumes a role must be named by its trust policy, under its conditions.");
        return words;
    case Layer::Resource:
    case Layer::Identity:
        break;
    }
    const policy::RequestView view(request, world);
    const bool both = blocked.has(Layer::Resource) && blocked.has(Layer::Identity);
    // Either would do, unless the resource is a key.
    if (view.sameAccount() && !policy::bindingOf(view, policies).key) {
        words.headline =
            Words::tr("Denied: no policy allows %1 on %2", "action, resource").arg(action, shortResource(request.resource));
        words.sentence =
            policies.resource
                ? Words::tr("Inside one account either the identity or the resource policy must allow; neither does.")
                : Words::tr("Nothing denies it, but what no policy allows is denied.");
        return words;
    }
    const QString which = layer == Layer::Resource ? Words::tr("the resource policy") : Words::tr("no identity policy");
    words.headline = layer == Layer::Resource
                         ? Words::tr("Denied: %1 does not allow %2", "the resource policy, action").arg(which, action)
                         : Words::tr("Denied: %1 allows %2", "no identity policy, action").arg(which, action);
    words.sentence =
        view.sameAccount() ? Words::tr("For this kind of resource its own policy must allow, whatever others say.")
        : both ? Words::tr("Across accounts the identity policy and the resource policy must both allow; neither does.")
               : Words::tr("Across accounts the identity policy and the resource policy must both allow; only one does.");
    return words;
}

AnswerWords depends(const policy::Explanation& explanation) {
    AnswerWords words;
    const auto& keys = explanation.answer.dependsOn;
    const int others = static_cast<int>(keys.size()) - 1;
    words.headline =
        keys.empty()  ? Words::tr("Depends on what was not told")
        : others == 0 ? Words::tr("Depends on %1").arg(fromUtf8(keys.front()))
        : others == 1 ? Words::tr("Depends on %1 and %2", "condition keys").arg(fromUtf8(keys.front()), fromUtf8(keys.back()))
                      : Words::tr("Depends on %1 and %2 other keys").arg(fromUtf8(keys.front()), QString::number(others));
    words.sentence = keys.size() > 1 ? Words::tr("With some values of these keys it is allowed, with others it is denied.")
                                     : Words::tr("With some values of this key it is allowed, with others it is denied.");
    if (!explanation.answer.exhaustive)
        words.sentence += QLatin1Char(' ') + Words::tr("There were too many combinations to try them all.");
    return words;
}

} // namespace

AnswerWords answerWords(const policy::Request& request, const policy::PolicySet& policies, const policy::Explanation& explanation,
                        const PolicyNames& names) {
    const QString action =
        fromUtf8(foldedAscii(request.action) == explanation.answer.action ? std::string_view(request.action)
                                                                          : std::string_view(explanation.answer.action));
    switch (explanation.answer.decision) {
    case Decision::Allowed:
        return allowed(explanation, action, names);
    case Decision::ExplicitlyDenied:
        return explicitly(explanation, action, names);
    case Decision::ImplicitlyDenied:
        return implicitly(request, policies, explanation, action);
    case Decision::Depends:
        break;
    }
    return depends(explanation);
}

QString decisionWord(Decision decision) {
    switch (decision) {
    case Decision::Allowed:
        return Words::tr("Allowed");
    case Decision::Depends:
        return Words::tr("Depends");
    case Decision::ImplicitlyDenied:
    case Decision::ExplicitlyDenied:
        break;
    }
    return Words::tr("Denied");
}

QString misfitText(const estate::Question& question, const estate::Conclusion& conclusion) {
    if (estate::fitsWhatAwsSaid(question, conclusion)) return {};
    if (conclusion.explanation.answer.decision == Decision::Allowed)
        return Words::tr("AWS denied it, and by these files it is allowed: they are older than the denial, or something that decides "
                         "is not among them.");
    const QString layer = layerInSentence(question.saidLayer.value_or(Layer::Identity));
    return (question.saidExplicit ? Words::tr("AWS names %1 that denies it, and these files tell otherwise:", "a service control policy")
                                  : Words::tr("AWS names %1 that does not allow it, and these files tell otherwise:",
                                              "a service control policy"))
               .arg(layer) +
           QLatin1Char(' ') + Words::tr("they are older or newer than the denial, or something that decides is not among them.");
}

QString layerWord(Layer layer, LayerMark mark) {
    switch (mark) {
    case LayerMark::Passes:
        return layer == Layer::Identity || layer == Layer::Resource || layer == Layer::Trust ? Words::tr("Allowed")
                                                                                            : Words::tr("Lets it pass");
    case LayerMark::Denies:
        return Words::tr("Denied");
    case LayerMark::NoAllow:
        return Words::tr("No statement allows");
    case LayerMark::Depends:
        return Words::tr("Depends");
    case LayerMark::Silent:
        return Words::tr("Says nothing");
    case LayerMark::NoSay:
        return Words::tr("Has no say");
    case LayerMark::NotReached:
        break;
    }
    return Words::tr("Not reached");
}

QString layerTitle(Layer layer) {
    switch (layer) {
    case Layer::Scp:
        return Words::tr("Service control policies");
    case Layer::Rcp:
        return Words::tr("Resource control policies");
    case Layer::Endpoint:
        return Words::tr("VPC endpoint policy");
    case Layer::Network:
        return Words::tr("Service network policy");
    case Layer::Resource:
        return Words::tr("Resource policy");
    case Layer::Trust:
        return Words::tr("Role trust");
    case Layer::Identity:
        return Words::tr("Identity policy");
    case Layer::Boundary:
        return Words::tr("Permissions boundary");
    case Layer::Session:
        break;
    }
    return Words::tr("Session policy");
}

QString layerInSentence(Layer layer) {
    switch (layer) {
    case Layer::Scp:
        return Words::tr("a service control policy");
    case Layer::Rcp:
        return Words::tr("a resource control policy");
    case Layer::Endpoint:
        return Words::tr("the VPC endpoint's policy");
    case Layer::Network:
        return Words::tr("the service network's policy");
    case Layer::Resource:
        return Words::tr("the resource policy");
    case Layer::Trust:
        return Words::tr("the role's trust policy");
    case Layer::Identity:
        return Words::tr("an identity policy");
    case Layer::Boundary:
        return Words::tr("the permissions boundary");
    case Layer::Session:
        break;
    }
    return Words::tr("the session policy");
}

QString shortPrincipal(const policy::Principal& principal) {
    using policy::PrincipalKind;
    switch (principal.kind()) {
    case PrincipalKind::Anonymous:
        return Words::tr("anybody without credentials");
    case PrincipalKind::Root:
        return Words::tr("account %1").arg(fromUtf8(principal.account()));
    case PrincipalKind::RoleSession:
        return QStringLiteral("%1 (%2)").arg(fromUtf8(principal.name()), fromUtf8(principal.sessionName()));
    default:
        break;
    }
    return fromUtf8(principal.name().empty() ? principal.text() : principal.name());
}

QString shortResource(std::string_view resource) {
    const auto parts = policy::ArnParts::split(resource);
    if (!parts) return resource == "*" ? Words::tr("any resource") : fromUtf8(resource);
    std::string_view rest = parts->resource;
    if (parts->service == "execute-api") {
        // api/stage/METHOD/path
        std::size_t at = 0;
        for (int slashes = 0; slashes < 2 && at != std::string_view::npos; ++slashes) at = rest.find('/', at == 0 ? 0 : at + 1);
        if (at != std::string_view::npos) {
            rest = rest.substr(at + 1);
            const auto slash = rest.find('/');
            return slash == std::string_view::npos
                       ? fromUtf8(rest)
                       : fromUtf8(rest.substr(0, slash)) + QLatin1Char(' ') + fromUtf8(rest.substr(slash));
        }
        return fromUtf8(rest);
    }
    static constexpr auto typed =
        std::to_array<std::string_view>({"role/", "user/", "group/", "policy/", "table/", "key/", "cluster/", "service/",
                                         "task-definition/", "instance/", "function:", "secret:", "log-group:", "stateMachine:"});
    for (const std::string_view type : typed)
        if (rest.starts_with(type)) return fromUtf8(rest.substr(type.size()));
    return fromUtf8(rest);
}

namespace {

void addTarget(const estate::Estate& estate, const estate::Gap& gap, PolicyNames& names) {
    if (std::string name = estate.targetName(gap.object); name != gap.object) names.known.emplace(gap.object, std::move(name));
}

} // namespace

PolicyNames policyNames(const estate::Estate& estate, const estate::Question& question) {
    PolicyNames names;
    for (const auto& [layer, policy] : policy::layered(question.policies, false))
        if (const auto* document = estate.documentOf(*policy); document != nullptr && !document->name.empty())
            names.known.emplace(policy->name(), document->name);
    for (const estate::Gap& each : question.gaps) addTarget(estate, each, names);
    return names;
}

QString gapText(const estate::Gap& gap, const estate::Estate& estate) {
    PolicyNames names;
    addTarget(estate, gap, names);
    return gapText(gap, names);
}

QString PolicyNames::of(std::string_view name) const {
    if (const auto found = known.find(name); found != known.end()) return fromUtf8(found->second);
    if (!name.starts_with("arn:")) return fromUtf8(name);
    const auto slash = name.rfind('/');
    return fromUtf8(slash == std::string_view::npos ? name : name.substr(slash + 1));
}

QString statementName(const policy::StatementRef& statement) {
    const QString number = Words::tr("statement %1").arg(statement.statement + 1);
    const auto& sid = statement.get().sid();
    return sid && !sid->empty() ? QStringLiteral("%1, %2").arg(number, fromUtf8(*sid)) : number;
}

} // namespace gw::ui
