#include "models/mesh/why/enforcers.h"

#include "models/mesh/compile/grouped.h"
#include "models/mesh/compile/iam_resources.h"
#include "models/mesh/plan/statements.h"
#include "models/mesh/prove/policies.h"
#include "models/mesh/why/planned.h"
#include "models/mesh/why/route_of_estate.h"
#include "saml/base/ascii.h"

#include <algorithm>
#include <array>

namespace gw::mesh {
namespace {

using policy::Decision;
using policy::DocumentKind;
using policy::PolicyRef;

WhyLayer layerOf(policy::Layer layer) {
    switch (layer) {
    case policy::Layer::Scp:
        return WhyLayer::Scp;
    case policy::Layer::Rcp:
        return WhyLayer::Rcp;
    case policy::Layer::Endpoint:
        return WhyLayer::Endpoint;
    case policy::Layer::Network:
        return WhyLayer::Network;
    case policy::Layer::Resource:
        return WhyLayer::Resource;
    case policy::Layer::Trust:
        return WhyLayer::Trust;
    case policy::Layer::Identity:
        return WhyLayer::Identity;
    case policy::Layer::Boundary:
        return WhyLayer::Boundary;
    case policy::Layer::Session:
        break;
    }
    return WhyLayer::Session;
}

WhyVoice voiceOf(policy::LayerVoice voice) {
    switch (voice) {
    case policy::LayerVoice::Silent:
        return WhyVoice::Silent;
    case policy::LayerVoice::Allows:
        return WhyVoice::Allows;
    case policy::LayerVoice::Denies:
        return WhyVoice::Denies;
    case policy::LayerVoice::Depends:
        break;
    }
    return WhyVoice::Depends;
}

void addAll(std::vector<EdgeId>& to, const std::vector<EdgeId>& edges) {
    for (const EdgeId& edge : edges) addEdge(to, edge);
}

bool isDenial(Decision decision) {
    return decision == Decision::ImplicitlyDenied || decision == Decision::ExplicitlyDenied;
}

// "arn:aws:s3:::refunds/*": something that it matches.
std::string example(std::string pattern) {
    for (std::size_t at = 0; (at = pattern.find_first_of("*?", at)) != std::string::npos;)
        pattern.replace(at, 1, pattern[at] == '*' ? "any" : "x");
    return pattern;
}

} // namespace

std::string examplePath(std::string_view asked, const std::vector<PathPattern>& paths) {
    if (!asked.empty()) {
        const auto pattern = PathPattern::parse(asked);
        return pattern ? pattern->example("any") : std::string(asked);
    }
    return paths.empty() ? std::string("/") : paths.front().example("any");
}

Decision stricter(Decision a, Decision b) {
    const auto rank = [](Decision decision) {
        switch (decision) {
        case Decision::ExplicitlyDenied:
            return 0;
        case Decision::ImplicitlyDenied:
            return 1;
        case Decision::Depends:
            return 2;
        case Decision::Allowed:
            break;
        }
        return 3;
    };
    return rank(a) <= rank(b) ? a : b;
}

Enforcers::Enforcers(const Intent& intent, const Compilation& compilation, const estate::Estate* estate,
                     std::optional<UtcTime> now)
    : intent_(intent), compilation_(compilation), estate_(estate), now_(now) {
    for (const Artefact& artefact : compilation.artefacts) artefacts_[artefact.object].push_back(&artefact);
}

std::vector<PolicyRef> Enforcers::policies(const std::string& object, ArtefactKind kind, DocumentKind as) {
    std::vector<PolicyRef> found;
    const auto all = artefacts_.find(object);
    if (all == artefacts_.end()) return found;
    for (const Artefact* artefact : all->second) {
        if (artefact->kind != kind) continue;
        std::vector<Error> problems;
        for (PolicyRef& policy : policiesOf(std::span(&artefact, 1), kind, as, object, problems)) {
            compiled_.emplace(policy.get(), fileOf(*artefact));
            kept_.push_back(policy);
            found.push_back(std::move(policy));
        }
    }
    return found;
}

bool Enforcers::isGoverned(const std::string& role) const {
    return artefacts_.contains(role) ||
           std::any_of(intent_.uses.begin(), intent_.uses.end(), [&](const Use& use) { return use.caller.principal == role; });
}

void Enforcers::planIdentity(policy::PolicySet& set, const std::string& asker) {
    std::vector<PolicyRef> planned = policies(asker, ArtefactKind::InlinePolicy, DocumentKind::Identity);
    for (PolicyRef& each : policies(asker, ArtefactKind::ManagedPolicy, DocumentKind::Identity)) planned.push_back(std::move(each));
    for (const PolicyRef& each : set.identity)
        if (PolicyRef foreign = withoutEdges(each)) {
            kept_.push_back(foreign);
            planned.push_back(std::move(foreign));
        }
    set.identity = std::move(planned);
}

void Enforcers::planResource(std::optional<PolicyRef>& there, const std::string& object, ArtefactKind kind, DocumentKind as) {
    static const PolicyRef nobodyTrusted = fixedPolicy(nobodyTrust(), DocumentKind::Trust);
    const std::vector<PolicyRef> mine = policies(object, kind, as);
    if (mine.empty()) {
        if (there) {
            PolicyRef foreign = withoutEdges(*there);
            if (foreign == nullptr && as == DocumentKind::Trust) foreign = nobodyTrusted;
            if (foreign == nullptr)
                there.reset();
            else
                kept_.push_back(*(there = std::move(foreign)));
        }
        return;
    }
    if (!there) {
        there = mine.front();
        return;
    }
    // What cannot be put together stays as it is.
    if (PolicyRef both = besideOthers(*there, mine.front())) {
        compiled_.emplace(both.get(), compiled_[mine.front().get()]);
        kept_.push_back(both);
        there = std::move(both);
    }
}

Hop Enforcers::ask(policy::Request request, const OfResource& resource, Target target, const Use* use) {
    policy::WorldRules world;
    world.now = now_;
    estate::Question question;
    std::optional<Decision> today;
    if (estate_ != nullptr) {
        question = estate::makeQuestion(*estate_, request);
        const bool told = std::none_of(question.gaps.begin(), question.gaps.end(), [](const estate::Gap& gap) {
            return gap.what == estate::Missing::Principal || gap.what == estate::Missing::TrustPolicy ||
                   gap.what == estate::Missing::IdentityPolicies;
        });
        if (told) today = estate::conclude(question, world).decision;
    } else {
        question.request = request;
    }
    const std::string asker = question.request.principal.principalArn().empty() ? question.request.principal.text()
                                                                                : question.request.principal.principalArn();
    const bool governed = isGoverned(asker);
    planIdentity(question.policies, asker);
    const bool trust = resource.kind == ArtefactKind::TrustPolicy;
    planResource(question.policies.resource, resource.object, resource.kind, trust ? DocumentKind::Trust : DocumentKind::Resource);
    if (!resource.network.empty())
        planResource(question.policies.network, resource.network, resource.kind, DocumentKind::Resource);
    static const PolicyRef nobody =
        fixedPolicy(R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}})",
                    DocumentKind::Resource);
    if (resource.always && !question.policies.resource) question.policies.resource = nobody;
    for (const estate::Gap& gap : question.gaps) {
        const bool replaced =
            (gap.layer == policy::Layer::Identity && governed) ||
            ((gap.layer == policy::Layer::Resource || gap.layer == policy::Layer::Trust) && question.policies.resource);
        const auto same = [&](const estate::Gap& other) {
            return other.what == gap.what && other.object == gap.object && other.layer == gap.layer;
        };
        if (!replaced && std::none_of(unknown_.begin(), unknown_.end(), same)) unknown_.push_back(gap);
    }

    const policy::Explanation explanation = policy::explain(question.request, world, question.policies);
    Hop hop;
    hop.principal = question.request.principal.text();
    hop.action = question.request.action;
    hop.resource = question.request.resource;
    hop.decision = explanation.answer.decision;
    hop.dependsOn = explanation.answer.dependsOn;
    hop.today = today;
    bool edgeLets = false, edgeMayLet = false;
    std::vector<std::string> unknownOfEdges;
    for (const policy::LayerReport& report : explanation.layers) {
        const bool resourceLayer = report.layer == policy::Layer::Resource || report.layer == policy::Layer::Network;
        const bool stops = explanation.answer.blockedBy.has(report.layer);
        if (!report.binds && !stops) continue;
        LayerSays says;
        says.layer = layerOf(report.layer);
        says.voice = voiceOf(report.voice);
        // Of the levels that all let it pass, one is enough.
        if (!stops && !hop.layers.empty() && hop.layers.back().layer == says.layer && hop.layers.back().voice == says.voice)
            continue;
        // Of the levels of an organization, the ones that deny, or do not allow.
        const bool levels = report.layer == policy::Layer::Scp || report.layer == policy::Layer::Rcp;
        says.stops = stops && (!levels || says.voice != WhyVoice::Allows);
        says.compiled = false;
        const auto isOurs = [&](const policy::StatementReport& statement) {
            return compiled_.contains(statement.ref.policy.get()) && isOfAnEdge(statement.ref.get());
        };
        // Where it depends, what it depends on; and what the map says before what others say of the same.
        const auto weight = [&](const policy::StatementReport& statement) {
            const bool open = says.voice == WhyVoice::Depends && statement.applies == policy::Truth::Unknown;
            return (open ? 2 : 0) + (isOurs(statement) ? 1 : 0);
        };
        const policy::StatementReport* decides = nullptr;
        for (const policy::StatementReport& statement : report.statements) {
            if (statement.applies == policy::Truth::False || !statement.principal) continue;
            const bool denies = statement.ref.get().effect() == policy::Effect::Deny;
            if (!denies && isOurs(statement)) {
                (statement.applies == policy::Truth::True ? edgeLets : edgeMayLet) = true;
                if (statement.applies == policy::Truth::Unknown)
                    for (const policy::ConditionReport& condition : statement.conditions)
                        if (condition.holds == policy::Truth::Unknown) unknownOfEdges.push_back(condition.key);
            }
            // Beside a denial it does not matter who allows.
            if (says.voice == WhyVoice::Denies && !denies) continue;
            if (decides == nullptr || weight(statement) > weight(*decides)) decides = &statement;
            if (const auto& sid = statement.ref.get().sid(); sid && isOurs(statement)) addAll(says.edges, edgesOfSid(*sid));
        }
        if (decides != nullptr)
            if (const auto& sid = decides->ref.get().sid()) says.statement = *sid;
        const bool silent = report.layer == policy::Layer::Identity && governed && decides == nullptr;
        if (decides == nullptr && !report.statements.empty())
            for (const policy::StatementReport& statement : report.statements)
                if (decides == nullptr || (silent && weight(statement) > weight(*decides))) decides = &statement;
        // Of a role that the map speaks of it is the map that says nothing.
        if (silent && decides != nullptr && !isOurs(*decides)) decides = nullptr;
        if (decides != nullptr && decides->ref.policy != nobody) {
            const auto file = compiled_.find(decides->ref.policy.get());
            const bool ours = file != compiled_.end() && (isOurs(*decides) || decides->applies == policy::Truth::False);
            says.document = ours ? file->second : decides->ref.policy->name();
            says.compiled = ours;
        }
        if (silent) says.compiled = true;
        if (use != nullptr) {
            if (says.layer == WhyLayer::Identity) addLosses(says, Target::Iam, *use);
            if (resourceLayer) addLosses(says, target, *use);
        }
        hop.layers.push_back(std::move(says));
    }
    if (!edgeLets && !isDenial(hop.decision)) {
        hop.edgeless = !edgeMayLet;
        if (edgeMayLet && hop.decision == Decision::Allowed)
            for (std::string& key : unknownOfEdges)
                if (std::find(hop.dependsOn.begin(), hop.dependsOn.end(), key) == hop.dependsOn.end())
                    hop.dependsOn.push_back(std::move(key));
        hop.decision = edgeMayLet ? Decision::Depends : Decision::ImplicitlyDenied;
    }
    return hop;
}

// Of edges that speak of the very thing and caller, what their target could not hold.
void Enforcers::addLosses(LayerSays& says, Target target, const Use& use) const {
    for (const Loss& loss : compilation_.losses) {
        if (loss.accepted || loss.target != target) continue;
        const bool about = std::any_of(intent_.uses.begin(), intent_.uses.end(), [&](const Use& each) {
            return each.edge == loss.edge && each.on == use.on && each.caller.principal == use.caller.principal;
        });
        std::string text = loss.edge.value() + ": " + loss.what;
        if (about && std::find(says.lost.begin(), says.lost.end(), text) == says.lost.end()) says.lost.push_back(std::move(text));
    }
}

std::vector<Hop> Enforcers::call(const Use& use, std::string_view path, const policy::Context& told) {
    std::vector<Hop> hops;
    policy::Request request;
    request.context = told;
    if (const auto* mesh = use.as<MeshAccess>()) return {askProxy(use, *mesh, path)};
    const auto principal = policy::Principal::parse(use.caller.principal);
    if (!principal) {
        Hop hop;
        hop.principal = use.caller.node.value();
        hop.layers.push_back({WhyLayer::Identity, true, WhyVoice::Silent, true, {}, {}, {}, {"no-identity"}});
        return {std::move(hop)};
    }
    request.principal = *principal;
    request.facts.anonymous = principal->kind() == policy::PrincipalKind::Anonymous;
    if (const auto* api = use.as<ApiAccess>()) {
        const std::string method = api->methods.empty() || api->methods.front() == "*" ? "GET" : api->methods.front();
        const std::string at = examplePath(path, api->paths);
        const std::string stage = api->stage == "*" ? "prod" : api->stage;
        request.action = "execute-api:Invoke";
        request.resourceAccount = api->account;
        const std::string base =
            "arn:" + api->partition + ":execute-api:" + api->region + ":" + api->account + ":" + api->api + "/" + stage + "/";
        const bool socket = api->kind == ApiAccess::Kind::WebSocket;
        request.resource = base + (socket ? "$connect" : method + at);
        Hop hop = ask(std::move(request), {ArtefactKind::ApiPolicy, apiArn(*api), {}, false}, Target::ApiGateway, &use);
        addRouteAuthorization(hop, use, *api, method, at);
        hops.push_back(std::move(hop));
    } else if (const auto* lattice = use.as<LatticeAccess>()) {
        request.action = lattice->connect ? "vpc-lattice-svcs:Connect" : "vpc-lattice-svcs:Invoke";
        request.resource = lattice->connect ? lattice->service : lattice->service + examplePath(path, lattice->paths);
        const std::string method = lattice->methods.empty() || lattice->methods.front() == "*" ? "GET" : lattice->methods.front();
        const auto tell = [&](const char* key, const std::string& value) {
            if (request.context.find(policy::Key(key)) == nullptr) request.context.set(key, value);
        };
        if (!lattice->connect) tell("vpc-lattice-svcs:RequestMethod", method);
        if (lattice->port != 0) tell("vpc-lattice-svcs:Port", std::to_string(lattice->port));
        if (!lattice->network.empty()) tell("vpc-lattice-svcs:ServiceNetworkArn", lattice->network);
        hops.push_back(
            ask(std::move(request), {ArtefactKind::AuthPolicy, lattice->service, lattice->network, true}, Target::Lattice, &use));
    } else if (const auto* function = use.as<FunctionAccess>()) {
        const OfResource policy{ArtefactKind::FunctionPolicy, function->function, {}, false};
        request.resource = function->function;
        request.action = "lambda:InvokeFunction";
        if (function->url) {
            policy::Request url = request;
            url.action = "lambda:InvokeFunctionUrl";
            url.context.set("lambda:FunctionUrlAuthType", "AWS_IAM");
            hops.push_back(ask(std::move(url), policy, Target::Lambda, &use));
            request.context.set("lambda:InvokedViaFunctionUrl", "true");
        }
        hops.push_back(ask(std::move(request), policy, Target::Lambda, &use));
    } else if (const auto* task = use.as<TaskAccess>()) {
        policy::Request run = request;
        run.action = "ecs:RunTask";
        run.resource = example(task->definition);
        if (!task->cluster.empty()) run.context.set("ecs:cluster", task->cluster);
        hops.push_back(ask(std::move(run), {}, Target::Iam, &use));
        for (const std::string& role : task->passes) {
            policy::Request pass = request;
            pass.action = "iam:PassRole";
            pass.resource = role;
            pass.context.set("iam:PassedToService", "ecs-tasks.amazonaws.com");
            hops.push_back(ask(std::move(pass), {}, Target::Iam, &use));
        }
    } else if (const auto* action = use.as<ActionAccess>()) {
        for (const std::string& each : action->actions) {
            policy::Request one = request;
            one.action = example(each);
            one.resource = example(action->resource);
            const bool role = foldedAscii(each) == "sts:assumerole";
            hops.push_back(ask(std::move(one),
                               {role ? ArtefactKind::TrustPolicy : ArtefactKind::FunctionPolicy, action->resource, {}, false},
                               Target::Iam, &use));
        }
    }
    return hops;
}

void Enforcers::addRouteAuthorization(Hop& hop, const Use& use, const ApiAccess& access, const std::string& method,
                                      const std::string& path) {
    LayerSays says;
    says.layer = WhyLayer::RouteAuthorization;
    const auto found = artefacts_.find(apiArn(access));
    if (found != artefacts_.end())
        for (const Artefact* artefact : found->second)
            if (artefact->kind == ArtefactKind::RouteAuthorization) {
                for (const Use& each : intent_.uses)
                    if (const auto* api = each.as<ApiAccess>();
                        api != nullptr && each.effect == Effect::Allow && api->api == access.api &&
                        allowsMethod(api->methods, method) && allowsPath(api->paths, each.pathsAsGlobs, path) &&
                        std::find(artefact->edges.begin(), artefact->edges.end(), each.edge) != artefact->edges.end())
                        addEdge(says.edges, each.edge);
                if (!says.edges.empty()) says.document = fileOf(*artefact);
            }
    const bool anyone = use.caller.principal == "*";
    says.compiled = !says.edges.empty();
    says.statement = says.compiled ? (anyone ? "NONE" : "AWS_IAM") : std::string();
    says.voice = says.compiled ? WhyVoice::Allows : WhyVoice::Silent;
    if (estate_ != nullptr)
        if (const estate::Resource* route = routeOf(*estate_, access.api, method, path)) {
            const std::string& type = route->authorization.type;
            if (!says.compiled) {
                says.document = route->arn;
                says.statement = type;
                says.voice = type == "AWS_IAM" || type == "NONE" ? WhyVoice::Allows
                             : type.empty()                      ? WhyVoice::Silent
                                                                 : WhyVoice::Depends;
            }
            // Whoever calls, nobody asks who it is.
            if (type == "NONE" && hop.today) hop.today = Decision::Allowed;
        }
    hop.layers.push_back(std::move(says));
}

} // namespace gw::mesh
