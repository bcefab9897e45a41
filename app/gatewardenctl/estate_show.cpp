#include "app/gatewardenctl/estate_commands.h"
#include "app/gatewardenctl/estate_input.h"
#include "models/estate/api_kinds.h"
#include "models/policy/unknown_place.h"
#include "saml/base/json_writer.h"
#include "app/gatewardenctl/output.h"

#include <algorithm>
#include <array>

namespace gw::ctl {
namespace {

using namespace gw::estate;

constexpr auto ownKinds = std::to_array<std::string_view>({"account", "provider", "role", "user", "group", "policy", "scp", "rcp"});

std::string_view kindOf(const Resource& resource) {
    return isApi(resource.kind) ? std::string_view("api") : resourceKindName(resource.kind);
}

bool isKind(std::string_view name) {
    if (name == "api" || std::find(ownKinds.begin(), ownKinds.end(), name) != ownKinds.end()) return true;
    for (int each = 0; each <= static_cast<int>(ResourceKind::Other); ++each)
        if (!isApi(static_cast<ResourceKind>(each)) && resourceKindName(static_cast<ResourceKind>(each)) == name) return true;
    return false;
}

// Without the blanks between values; the text of JSON that was parsed before.
std::string compact(std::string_view json) {
    std::string out;
    out.reserve(json.size());
    bool quoted = false, escaped = false;
    for (const char c : json) {
        if (quoted || (c != ' ' && c != '\t' && c != '\n' && c != '\r')) out += c;
        if (c == '"' && !escaped) quoted = !quoted;
        escaped = quoted && c == '\\' && !escaped;
    }
    return out;
}

// A document as JSON where it is JSON, and as it was found otherwise.
void document(JsonWriter& json, std::string_view name, const PolicyDocument& document) {
    json.key(name);
    const auto parsed = policy::SourceTree::parse(document.text);
    const bool object = parsed && parsed->root().is(policy::ValueKind::Object);
    if (!object) {
        json.string(document.text);
        return;
    }
    json.raw(compact(parsed->root().text()));
}

class Rows {
public:
    Rows(std::string_view kind, bool json) : kind_(kind), json_(json) {
        if (!json_) table_.push_back({"KIND", "NAME", "ACCOUNT", "REGION", "ARN"});
    }

    template <class More>
    void add(std::string_view kind, const Object& object, std::string_view region, More more) {
        if (!kind_.empty() && kind_ != kind) return;
        if (!json_) {
            table_.push_back({std::string(kind), object.name, object.account, std::string(region), object.arn});
            return;
        }
        const bool told = object.arn.find(policy::unknownAccount) == std::string::npos && object.arn.find(policy::unknownRegion) == std::string::npos;
        out_.beginObject().member("kind", kind).memberOrNull("arn", told ? object.arn : std::string()).memberOrNull("name", object.name);
        out_.memberOrNull("account", object.account == policy::unknownAccount ? std::string() : object.account);
        out_.memberOrNull("region", region == policy::unknownRegion ? std::string_view() : region).key("source");
        if (object.source.file == nullptr)
            out_.null();
        else
            out_.beginObject()
                .member("file", object.source.file->path)
                .member("pointer", object.source.pointer)
                .count("line", object.source.position.line)
                .count("column", object.source.position.column)
                .endObject();
        more(out_);
        out_.endObject().endLine();
    }

    [[nodiscard]] bool write() { return print(json_ ? out_.text() : columns(table_)); }

private:
    std::string_view kind_;
    bool json_;
    JsonWriter out_;
    std::vector<std::vector<std::string>> table_;
};

void tags(JsonWriter& json, const Tags& list) {
    if (list.empty()) return;
    json.key("tags").beginObject();
    for (const auto& [key, value] : list) json.member(key, value);
    json.endObject();
}

// By ARN, so that the same estate gives the same rows whatever order its files were read in.
template <class T>
std::vector<const T*> sorted(const std::vector<T>& list) {
    std::vector<const T*> order;
    order.reserve(list.size());
    for (const T& each : list) order.push_back(&each);
    std::stable_sort(order.begin(), order.end(), [](const T* a, const T* b) { return a->arn < b->arn; });
    return order;
}

void identities(const Estate& estate, Rows& rows) {
    for (const Account* each : sorted(estate.accounts()))
        rows.add("account", *each, {}, [&](JsonWriter& json) { json.memberOrNull("status", each->status), tags(json, each->tags); });
    for (const SamlProvider* each : sorted(estate.samlProviders()))
        rows.add("provider", *each, {}, [&](JsonWriter& json) {
            json.member("type", "saml").memberOrNull("valid_until", each->validUntil).memberOrNull("encryption", each->encryption);
            json.key("metadata").boolean(!each->metadata.empty());
        });
    for (const OidcProvider* each : sorted(estate.oidcProviders()))
        rows.add("provider", *each, {},
                 [&](JsonWriter& json) { json.member("type", "oidc").member("url", each->url).member("clients", each->clientIds); });
    const auto policies = [](JsonWriter& json, const IdentityPolicies& list) {
        json.memberOrNull("boundary", list.boundary).member("attached", list.attached).key("policies_known").boolean(list.known);
        json.key("inline").beginArray();
        for (const PolicyDocument& each : list.inlinePolicies) json.string(each.name);
        json.endArray();
    };
    for (const Role* each : sorted(estate.roles()))
        rows.add("role", *each, {}, [&](JsonWriter& json) {
            json.memberOrNull("path", each->path).memberOrNull("id", each->id).key("max_session_seconds");
            if (each->maxSessionSeconds)
                json.number(*each->maxSessionSeconds);
            else
                json.null();
            json.memberOrNull("last_used", each->lastUsed);
            policies(json, each->policies);
            tags(json, each->tags);
            if (each->trust)
                document(json, "trust", *each->trust);
            else
                json.key("trust").null();
        });
    for (const User* each : sorted(estate.users()))
        rows.add("user", *each, {}, [&](JsonWriter& json) { json.member("groups", each->groups), policies(json, each->policies); });
    for (const Group* each : sorted(estate.groups()))
        rows.add("group", *each, {}, [&](JsonWriter& json) { policies(json, each->policies); });
    for (const ManagedPolicy* each : sorted(estate.managedPolicies()))
        rows.add("policy", *each, {}, [&](JsonWriter& json) {
            if (each->document.known) document(json, "document", each->document);
        });
    for (const bool resource : {false, true})
        for (const ControlPolicy* each : sorted(estate.controlPolicies()))
            if (each->resource == resource && each->source.file != nullptr)
                rows.add(resource ? "rcp" : "scp", *each, {}, [&](JsonWriter& json) {
                    if (json.memberOrNull("id", each->id); each->document.known) document(json, "document", each->document);
                });
}

void resources(const Estate& estate, Rows& rows) {
    for (const Resource* each : sorted(estate.resources()))
        rows.add(kindOf(*each), *each, each->region, [&](JsonWriter& json) {
            json.memberOrNull("id", each->id);
            if (isApi(each->kind)) json.member("protocol", resourceKindName(each->kind));
            if (!each->parent.empty()) json.member("parent", each->parent);
            if (each->kind == ResourceKind::Route)
                json.member("api", each->api)
                    .memberOrNull("stage", each->stage)
                    .memberOrNull("method", each->method)
                    .member("path", each->path);
            if (each->kind == ResourceKind::Route || !each->authorization.type.empty()) {
                json.key("authorization").beginObject().memberOrNull("type", each->authorization.type);
                json.memberOrNull("authorizer", each->authorization.authorizer).member("scopes", each->authorization.scopes);
                json.key("api_key").boolean(each->authorization.apiKeyRequired).endObject();
            }
            if (!each->roles.empty()) {
                json.key("roles").beginArray();
                for (const RoleUse& use : each->roles) json.beginObject().member("slot", use.slot).member("arn", use.arn).endObject();
                json.endArray();
            }
            if (each->policy) document(json, "policy", *each->policy);
            tags(json, each->tags);
            if (!each->spec.empty() && policy::SourceTree::parse(each->spec)) json.key("spec").raw(each->spec);
        });
}

} // namespace

int runEstateShow(const Invocation& invocation) {
    const std::string_view kind = invocation.value("--kind");
    if (!kind.empty() && !isKind(kind)) {
        complain("gatewardenctl: no kind is called " + std::string(kind) + "; see gatewardenctl estate show --help");
        return usage;
    }
    const EstateInput input = readEstate(invocation.arguments);
    if (input.estate == nullptr) return usage;
    const auto& estate = input.estate;
    Rows rows(kind, invocation.json());
    identities(*estate, rows);
    resources(*estate, rows);
    const auto placeless = std::count_if(estate->resources().begin(), estate->resources().end(),
                                         [](const Resource& each) { return each.account.empty() && each.kind != ResourceKind::Other; });
    if (placeless > 0)
        complain("gatewardenctl: of " + std::to_string(placeless) + " resources nothing tells the account; put their files into a folder named after it");
    if (!rows.write()) return usage;
    return input.faulty ? usage : done;
}

} // namespace gw::ctl
