#include "models/estate/sources/yaml.h"
#include "models/mesh/istio/authorization.h"
#include "saml/base/ascii.h"

#include <algorithm>

namespace gw::mesh::istio {

using envoy::onlyFields;
using estate::Datum;
using What = Asked::What;

class PoliciesReader {
public:
    Result<Policies> read(const std::vector<Datum>& documents) {
        for (const Datum& document : documents) {
            const std::string_view kind = document.string("kind");
            if (kind == "AuthorizationPolicy")
                out_.policies_.push_back(readPolicy(document));
            else if (kind == "PeerAuthentication")
                readPeer(document);
            else if (kind != "EnvoyFilter" || !readFilter(document["spec"]))
                return fail(Error(IstioError::UnknownKind)
                                .with("seen", std::string(kind))
                                .with("pointer", document.pointer)
                                .with("line", std::to_string(document.position.line)));
        }
        if (out_.policies_.empty()) return fail(IstioError::NoPolicy);
        return std::move(out_);
    }

private:
    static std::vector<std::pair<std::string, std::string>> labelsOf(const Datum& labels) {
        std::vector<std::pair<std::string, std::string>> out;
        for (const auto& [name, value] : labels.members) out.emplace_back(name, value.text);
        return out;
    }

    AuthorizationPolicy readPolicy(const Datum& document) {
        AuthorizationPolicy policy;
        const Datum& metadata = document["metadata"];
        policy.name = std::string(metadata.string("name"));
        policy.space = std::string(metadata.string("namespace"));
        policy.edge = std::string(metadata["annotations"].string("gatewarden/edge"));
        policy.dryRun = metadata["annotations"].string("istio.io/dry-run") == "true";
        const Datum& spec = document["spec"];
        known_ = spec.is(Datum::Kind::Null) || onlyFields(spec, {"selector", "action", "rules"});
        known_ = known_ && (spec["selector"].is(Datum::Kind::Null) || onlyFields(spec["selector"], {"matchLabels"}));
        policy.labels = labelsOf(spec["selector"]["matchLabels"]);
        const std::string_view action = spec.string("action");
        using Action = AuthorizationPolicy::Action;
        if (action == "DENY")
            policy.action = Action::Deny;
        else if (action == "AUDIT")
            policy.action = Action::Audit;
        else if (!action.empty() && action != "ALLOW")
            policy.action = Action::Custom;
        const Datum& rules = spec["rules"];
        known_ = known_ && (rules.is(Datum::Kind::Null) || rules.is(Datum::Kind::Array));
        for (const Datum::Member& rule : rules.members) policy.rules.push_back(readRule(rule.second));
        policy.understood = known_;
        return policy;
    }

    void readPeer(const Datum& document) {
        const Datum& spec = document["spec"];
        // Ports of their own may be less strict.
        const bool strict = spec["mtls"].string("mode") == "STRICT" && onlyFields(spec, {"selector", "mtls"});
        out_.modes_.push_back(
            {{std::string(document["metadata"].string("namespace")), labelsOf(spec["selector"]["matchLabels"])}, strict});
    }

    // Only settings of paths, merged into the connection manager of what comes in.
    bool readFilter(const Datum& spec) {
        const Datum& patches = spec["configPatches"];
        if (!patches.is(Datum::Kind::Array) || patches.members.size() != 1) return false;
        const Datum& patch = patches.members.front().second;
        const Datum& config = patch["patch"]["value"]["typed_config"];
        if (patch.string("applyTo") != "NETWORK_FILTER" || patch["patch"].string("operation") != "MERGE" ||
            patch["match"].string("context") != "SIDECAR_INBOUND" ||
            !onlyFields(config, {"@type", "normalize_path", "merge_slashes", "path_with_escaped_slashes_action"}))
            return false;
        if (const Datum* value = config.find("normalize_path")) out_.paths_.normalize = value->is(Datum::Kind::True);
        if (const Datum* value = config.find("merge_slashes")) out_.paths_.mergeSlashes = value->is(Datum::Kind::True);
        const std::string_view escaped = config.string("path_with_escaped_slashes_action");
        if (escaped == "REJECT_REQUEST") out_.paths_.escaped = envoy::EscapedSlashes::Reject;
        return escaped.empty() || escaped == "REJECT_REQUEST" || escaped == "KEEP_UNCHANGED";
    }

    void addValues(const Datum& list, bool path, Patterns& into) {
        if (list.is(Datum::Kind::Null)) return;
        known_ = known_ && list.is(Datum::Kind::Array) && !list.members.empty();
        for (const Datum::Member& member : list.members) {
            auto pattern = Pattern::read(member.second.string(), path);
            known_ = known_ && pattern.has_value();
            if (pattern) into.push_back(std::move(*pattern));
        }
    }
    void addBlocks(const Datum& list, std::vector<policy::Network>& into) {
        if (list.is(Datum::Kind::Null)) return;
        known_ = known_ && list.is(Datum::Kind::Array) && !list.members.empty();
        for (const Datum::Member& member : list.members) {
            auto block = policy::Network::parse(member.second.string());
            known_ = known_ && block.has_value();
            if (block) into.push_back(*block);
        }
    }

    Asked asked(What what, std::string name, const Datum& values, const Datum& notValues) {
        Asked out;
        out.what = what;
        out.name = std::move(name);
        if (what == What::DirectIp || what == What::RemoteIp) {
            addBlocks(values, out.blocks);
            addBlocks(notValues, out.notBlocks);
        } else {
            addValues(values, what == What::Path, out.values);
            addValues(notValues, what == What::Path, out.notValues);
        }
        return out;
    }

    struct Named {
        std::string_view name, notName;
        What what;
    };

    std::vector<Asked> readParts(const Datum& of, std::initializer_list<Named> names) {
        std::vector<Asked> out;
        std::size_t taken = 0;
        for (const Named& each : names) {
            const Datum &values = of[each.name], &notValues = of[each.notName];
            if (values.is(Datum::Kind::Null) && notValues.is(Datum::Kind::Null)) continue;
            taken += (values.is(Datum::Kind::Null) ? 0U : 1U) + (notValues.is(Datum::Kind::Null) ? 0U : 1U);
            out.push_back(asked(each.what, {}, values, notValues));
        }
        // Whatever else stands there asks for something, too; and nothing at all is refused by Istio.
        known_ = known_ && of.is(Datum::Kind::Object) && taken == of.members.size() && taken > 0;
        return out;
    }

    Rule readRule(const Datum& datum) {
        Rule rule;
        known_ = known_ && onlyFields(datum, {"from", "to", "when"});
        for (const Datum::Member& from : datum["from"].members) {
            known_ = known_ && onlyFields(from.second, {"source"});
            rule.from.push_back(readParts(from.second["source"], {{"principals", "notPrincipals", What::Principal},
                                                                  {"namespaces", "notNamespaces", What::Namespace},
                                                                  {"serviceAccounts", "notServiceAccounts", What::ServiceAccount},
                                                                  {"trustDomains", "notTrustDomains", What::TrustDomain},
                                                                  {"ipBlocks", "notIpBlocks", What::DirectIp},
                                                                  {"remoteIpBlocks", "notRemoteIpBlocks", What::RemoteIp}}));
        }
        for (const Datum::Member& to : datum["to"].members) {
            known_ = known_ && onlyFields(to.second, {"operation"});
            rule.to.push_back(readParts(to.second["operation"], {{"hosts", "notHosts", What::Host},
                                                                 {"ports", "notPorts", What::Port},
                                                                 {"methods", "notMethods", What::Method},
                                                                 {"paths", "notPaths", What::Path}}));
        }
        for (const Datum::Member& when : datum["when"].members) {
            known_ = known_ && onlyFields(when.second, {"key", "values", "notValues"});
            readCondition(when.second, rule);
        }
        return rule;
    }

    void readCondition(const Datum& datum, Rule& rule) {
        const std::string_view key = datum.string("key");
        const auto within = [&](std::string_view start) -> std::optional<std::string> {
            if (!key.starts_with(start) || !key.ends_with("]")) return std::nullopt;
            std::string name(key.substr(start.size(), key.size() - start.size() - 1));
            if (name.empty() || name.find_first_of("[]") != std::string::npos) return std::nullopt;
            return name;
        };
        const Datum &values = datum["values"], &notValues = datum["notValues"];
        if (const auto header = within("request.headers["))
            rule.when.push_back(asked(What::Header, foldedAscii(*header), values, notValues));
        else if (const auto claim = within("request.auth.claims["))
            rule.when.push_back(asked(What::Claim, *claim, values, notValues));
        else if (key == "source.principal")
            rule.when.push_back(asked(What::Principal, {}, values, notValues));
        else if (key == "source.namespace")
            rule.when.push_back(asked(What::Namespace, {}, values, notValues));
        else if (key == "source.ip")
            rule.when.push_back(asked(What::DirectIp, {}, values, notValues));
        else if (key == "remote.ip")
            rule.when.push_back(asked(What::RemoteIp, {}, values, notValues));
        else if (key == "destination.port")
            rule.when.push_back(asked(What::Port, {}, values, notValues));
        else
            known_ = false;
    }

    Policies out_;
    bool known_ = true; // of the policy that is being read
};

Result<Policies> Policies::parse(std::string_view text) {
    estate::YamlFile file = estate::readYaml(text);
    if (file.problem) return fail(Error(IstioError::NotYaml).because(std::move(*file.problem)));
    return PoliciesReader().read(file.documents);
}

} // namespace gw::mesh::istio
