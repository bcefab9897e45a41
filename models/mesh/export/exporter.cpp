#include "models/mesh/export/exporter.h"

#include "models/mesh/intent/intent.h"
#include "models/mesh/plan/canonical.h"
#include "models/mesh/plan/permission.h"
#include "models/mesh/plan/planner.h"
#include "models/mesh/plan/statements.h"
#include "models/mesh/text/json_texts.h"
#include "models/policy/arn_pattern.h"
#include "saml/base/ascii_classes.h"

#include <algorithm>

namespace gw::mesh {
namespace {

using estate::ResourceKind;

// Where what has no region is deployed from.
std::string homeRegion(std::string_view partition) {
    if (partition == "aws-cn") return "cn-north-1";
    if (partition == "aws-us-gov") return "us-gov-west-1";
    return "us-east-1";
}

std::optional<RoleName> roleNameOf(std::string_view text) {
    const auto arn = policy::ArnParts::split(text);
    if (!arn || !arn->resource.starts_with("role/")) return std::nullopt;
    const std::string_view path = arn->resource.substr(4);
    const std::size_t slash = path.rfind('/');
    return RoleName{std::string(arn->partition), std::string(arn->account), std::string(path.substr(0, slash + 1)),
                    std::string(path.substr(slash + 1))};
}

// A path that the route answers: "/orders/{id}" with something in place of what varies.
std::string examplePath(std::string_view route) {
    std::string path;
    for (std::size_t at = 0; at < route.size();) {
        const std::size_t end = route[at] == '{' ? route.find('}', at) : std::string_view::npos;
        if (end == std::string_view::npos) {
            path += route[at++];
            continue;
        }
        path += route[end - 1] == '+' ? "gw/other" : "gw";
        at = end + 1;
    }
    return path;
}

bool isAbout(const Json& rule, const estate::Resource& route, bool socket) {
    // Of a WebSocket only its opening can ask for anything.
    if (socket) return route.path == "$connect";
    const std::vector<std::string> methods = textsIn(rule.value("methods", Json::array()));
    if (route.method != "ANY" && !allowsMethod(methods, route.method)) return false;
    const std::string path = examplePath(route.path);
    const std::vector<std::string> patterns = textsIn(rule.value("paths", Json::array()));
    return patterns.empty() || route.path == "$default" ||
           std::any_of(patterns.begin(), patterns.end(), [&](const std::string& text) {
               const auto pattern = PathPattern::parse(text);
               return pattern && (pattern->matches(path) || pattern->globMatches(path));
           });
}

} // namespace

DeployedAt RoleName::at() const {
    return {account, homeRegion(partition)};
}

Json documentOf(const Artefact& artefact) {
    auto document = parseJson(artefact.text);
    return document ? std::move(*document) : Json::object();
}

std::string lineOf(const Artefact& artefact) {
    return compactJson(documentOf(artefact));
}

PolicyName policyNameOf(std::string_view arn) {
    const std::size_t path = arn.find(":policy/"), slash = arn.rfind('/');
    if (path == std::string_view::npos) return {"/", std::string(arn)};
    return {std::string(arn.substr(path + 7, slash - path - 6)), std::string(arn.substr(slash + 1))};
}

FunctionName functionNameOf(std::string_view arn) {
    const std::size_t start = arn.find(":function:");
    if (start == std::string_view::npos) return {std::string(arn), std::string(arn), {}};
    const std::size_t colon = std::min(arn.find(':', start + 10), arn.size());
    return {std::string(arn.substr(0, colon)), std::string(arn.substr(start + 10, colon - start - 10)),
            std::string(arn.substr(std::min(colon + 1, arn.size())))};
}

std::string freshName(std::string_view name, char instead, std::set<std::string>& taken) {
    std::string plain;
    for (const char c : name) {
        if (isAlphanumeric(c))
            plain += c;
        else if (instead != 0)
            plain += instead;
    }
    std::string fresh = plain;
    for (std::size_t i = 2; !taken.insert(fresh).second; ++i)
        fresh = plain + (instead == 0 ? "N" : std::string(1, instead)) + std::to_string(i);
    return fresh;
}

Export Exporter::run() {
    for (const Artefact& artefact : compilation_.artefacts) one(artefact);
    finish();
    return std::move(export_);
}

void Exporter::lose(const Artefact& artefact, ExportLossKind kind, bool carried) {
    export_.losses.push_back({kind, artefact.target, artefact.kind, artefact.object, artefact.edges, carried});
}

void Exporter::write(std::string path, const Json& document) {
    export_.files.push_back({std::move(path), document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"});
}

const estate::Role* Exporter::existing(const RoleName& role) const {
    return estate_ == nullptr ? nullptr : estate_->role(role.account, role.name);
}

bool Exporter::has(const RoleName& role, std::string_view inlinePolicy) const {
    const estate::Role* there = existing(role);
    if (there == nullptr) return false;
    const auto& policies = there->policies.inlinePolicies;
    return std::any_of(policies.begin(), policies.end(),
                       [&](const estate::PolicyDocument& each) { return each.name == inlinePolicy; });
}

const estate::Resource* Exporter::existing(std::string_view arn) const {
    return estate_ == nullptr ? nullptr : estate_->resourceFor(arn);
}

bool Exporter::isPolicyThere(std::string_view managedArn) const {
    return estate_ != nullptr && estate_->managedPolicy(managedArn) != nullptr;
}

bool Exporter::isStatementThere(std::string_view function, std::string_view id) const {
    const estate::Resource* there = existing(function);
    const auto parts = there != nullptr && there->policy ? policyParts(there->policy->text) : std::nullopt;
    return parts &&
           std::any_of(parts->statements.begin(), parts->statements.end(), [&](const Json& each) { return sidIn(each) == id; });
}

Artefact Exporter::besideOthers(const Artefact& artefact, const std::optional<RoleName>& role) const {
    const estate::PolicyDocument* now = nullptr;
    if (const estate::Role* there = role ? existing(*role) : nullptr; there != nullptr) {
        if (artefact.kind == ArtefactKind::TrustPolicy && there->trust) now = &*there->trust;
        if (artefact.kind == ArtefactKind::InlinePolicy)
            for (const estate::PolicyDocument& each : there->policies.inlinePolicies)
                if (each.name == artefact.name) now = &each;
    }
    if (artefact.kind == ArtefactKind::ApiPolicy || artefact.kind == ArtefactKind::AuthPolicy) {
        const auto api = artefact.kind == ArtefactKind::ApiPolicy ? apiNameOf(artefact, compilation_) : std::nullopt;
        const estate::Resource* there = existing(api ? api->arn() : artefact.object);
        if (there != nullptr && there->policy) now = &*there->policy;
    }
    Artefact made = artefact;
    if (now == nullptr || !now->known) return made;
    if (Merging merging = mergePolicies(now->text, artefact.text); merging.merged && !merging.merged->text.empty())
        made.text = std::move(merging.merged->text);
    return made;
}

// The ARN by which API Gateway is administered has no account; the artefact about its routes names it.
std::optional<ApiName> apiNameOf(const Artefact& artefact, const Compilation& compilation) {
    const auto arn = policy::ArnParts::split(artefact.object);
    if (!arn) return std::nullopt;
    ApiName api{std::string(arn->partition),
                {},
                std::string(arn->region),
                std::string(arn->resource.substr(arn->resource.rfind('/') + 1)),
                arn->resource.starts_with("/restapis/")};
    for (const Artefact& each : compilation.artefacts)
        if (each.kind == ArtefactKind::RouteAuthorization && each.object == artefact.object)
            api.account = documentOf(each).value("account", std::string());
    return api;
}

ApiRoutes routesOf(const Artefact& artefact, const ApiName& api, const estate::Estate* live) {
    ApiRoutes found;
    found.known = false;
    const Json document = documentOf(artefact);
    const Json rules = document.value("routes", Json::array());
    const auto addStage = [&](const std::string& stage) {
        if (std::find(found.stages.begin(), found.stages.end(), stage) == found.stages.end()) found.stages.push_back(stage);
    };
    bool every = false;
    for (const Json& rule : rules) {
        const std::string stage = rule.value("stage", std::string());
        if (stage == "*")
            every = true;
        else
            addStage(stage);
    }
    if (live == nullptr) return found;
    std::set<std::pair<std::string, std::string>> seen;
    bool unnamed = false;
    for (const estate::Resource& each : live->resources()) {
        if (each.kind == ResourceKind::Stage && every && each.api == api.id) addStage(each.stage);
        if (each.kind != ResourceKind::Route || each.api != api.id || each.account != api.account) continue;
        found.known = true;
        const estate::Resource* of = live->resourceFor(api.arn());
        const bool socket = of != nullptr && of->kind == ResourceKind::WebSocketApi;
        std::string wanted;
        for (const Json& rule : rules) {
            if (!isAbout(rule, each, socket)) continue;
            const std::string type = rule.value("authorization_type", std::string());
            if (wanted.empty() || type == "AWS_IAM") wanted = type;
        }
        if (wanted.empty() || wanted == each.authorization.type || !seen.emplace(each.method, each.path).second) continue;
        // Templates know a route by its API only.
        unnamed = unnamed || each.id.empty() || each.id == api.id;
        found.changes.push_back({&each, wanted});
    }
    if (unnamed) found.known = false;
    return found;
}

void Exporter::one(const Artefact& compiled) {
    const auto role = roleNameOf(compiled.object);
    const Artefact artefact = besideOthers(compiled, role);
    const auto arn = policy::ArnParts::split(artefact.object);
    switch (artefact.kind) {
    case ArtefactKind::TrustPolicy:
        if (role) trust(artefact, *role);
        return;
    case ArtefactKind::InlinePolicy:
        if (role) inlinePolicy(artefact, *role);
        return;
    case ArtefactKind::ManagedPolicy:
        if (role) managedPolicy(artefact, *role, managedPolicyArn(artefact.object, artefact.name));
        return;
    case ArtefactKind::Assignments:
        return lose(artefact, ExportLossKind::Directory);
    case ArtefactKind::ApiPolicy:
        if (const auto api = apiNameOf(artefact, compilation_)) apiPolicy(artefact, *api);
        return;
    case ArtefactKind::RouteAuthorization:
        if (const auto api = apiNameOf(artefact, compilation_)) routes(artefact, *api, routesOf(artefact, *api, estate_));
        return;
    case ArtefactKind::AuthPolicy:
        if (arn)
            authPolicy(artefact, {std::string(arn->account), std::string(arn->region)},
                       arn->resource.starts_with("servicenetwork/"));
        return;
    case ArtefactKind::FunctionPolicy:
        if (arn) {
            std::vector<Json> said;
            const auto parts = policyParts(artefact.text);
            for (const Json& statement : parts ? parts->statements : std::vector<Json>())
                if (auto permission = permissionOf(statement))
                    said.push_back(std::move(*permission));
                else
                    lose(artefact, ExportLossKind::Permission, true);
            permissions(artefact, {std::string(arn->account), std::string(arn->region)}, said);
        }
        return;
    case ArtefactKind::EnvoyRbac:
    case ArtefactKind::IstioPolicies:
        break;
    }
    lose(artefact, ExportLossKind::OtherFormat);
}

} // namespace gw::mesh
