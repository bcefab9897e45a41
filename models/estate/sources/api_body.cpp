#include "models/estate/sources/api_body.h"

#include "saml/base/ascii.h"

#include <algorithm>
#include <array>

namespace gw::estate {
namespace {

using Kind = Datum::Kind;

constexpr std::string_view anyMethod = "x-amazon-apigateway-any-method";

bool isMethod(std::string_view name) {
    static constexpr auto methods = std::to_array<std::string_view>({"delete", "get", "head", "options", "patch", "post", "put", anyMethod});
    return std::find(methods.begin(), methods.end(), name) != methods.end();
}

void put(Datum& into, std::string name, Datum value) {
    into.kind = Kind::Object;
    into.members.emplace_back(std::move(name), std::move(value));
}

class BodyReader {
public:
    BodyReader(const Datum& document, bool rest)
        : document_(document), rest_(rest),
          schemes_(document.find("securityDefinitions") != nullptr ? document["securityDefinitions"] : document["components"]["securitySchemes"]) {}

    ApiBody run() {
        for (const auto& [name, scheme] : schemes_.members)
            if (const Datum& authorizer = scheme["x-amazon-apigateway-authorizer"]; authorizer.kind == Kind::Object) body_.authorizers.push_back({name, authorizerOf(authorizer)});
        for (const auto& [path, item] : document_["paths"].members)
            for (const auto& [method, operation] : item.members)
                if (isMethod(method)) route(path, method, operation);
        body_.policy = document_["x-amazon-apigateway-policy"];
        return std::move(body_);
    }

private:
    Datum authorizerOf(const Datum& written) const {
        Datum made = written.placed({});
        put(made, "Type", written["type"]);
        put(made, "AuthorizerUri", written["authorizerUri"]);
        put(made, "AuthorizerCredentials", written["authorizerCredentials"]);
        put(made, "ProviderARNs", written["providerARNs"]);
        put(made, "JwtConfiguration", written["jwtConfiguration"]);
        return made;
    }

    // What a scheme asks of callers: "AWS_IAM", "CUSTOM", "JWT", "COGNITO_USER_POOLS", "key"; "" of what API Gateway does not
    // look at.
    std::string_view asks(const Datum& scheme) const {
        const std::string_view type = scheme.string("x-amazon-apigateway-authtype"), of = scheme["x-amazon-apigateway-authorizer"].string("type");
        if (foldedAscii(type) == "awssigv4") return "AWS_IAM";
        if (of == "jwt") return "JWT";
        if (of == "cognito_user_pools" || foldedAscii(type) == "cognito_user_pools") return "COGNITO_USER_POOLS";
        if (!of.empty() || scheme["x-amazon-apigateway-authorizer"].kind == Kind::Object) return "CUSTOM";
        const bool key = scheme.string("type") == "apiKey" && foldedAscii(scheme.string("name")) == "x-api-key";
        return key ? "key" : "";
    }

    void route(const std::string& path, const std::string& method, const Datum& operation) {
        const bool isDefault = !rest_ && path == "/$default";
        ApiBody::Route made;
        made.method = method == anyMethod ? isDefault ? "" : "ANY" : upper(method);
        made.path = isDefault ? "$default" : path;
        made.isTold = operation.find("security") != nullptr || operation.find("x-amazon-apigateway-auth") != nullptr;
        made.properties = operation.placed({});
        made.properties.kind = Kind::Object;
        authorize(operation, made.properties);
        const Datum& integration = operation["x-amazon-apigateway-integration"];
        if (integration.find("credentials") != nullptr) {
            Datum one = integration.placed({});
            put(one, "Credentials", integration["credentials"]);
            put(made.properties, "Integration", std::move(one));
        }
        body_.routes.push_back(std::move(made));
    }

    // A route has one authorizer at most: the first that is named.
    void authorize(const Datum& operation, Datum& into) const {
        const Datum& own = operation["x-amazon-apigateway-auth"];
        if (!own.string("type").empty()) return put(into, "AuthorizationType", Datum::of(upper(own.string("type"))));
        const Datum* security = operation.find("security");
        const bool untold = operation.kind == Kind::Unknown || own.kind == Kind::Unknown || (security != nullptr && security->kind == Kind::Unknown) ||
                            (security == nullptr && !rest_ && !document_["security"].members.empty());
        if (untold) return put(into, "AuthorizationType", Datum::unknown("security"));
        std::string type = "NONE";
        if (security != nullptr)
            for (const auto& [none, requirement] : security->members)
                for (const auto& [name, scopes] : requirement.members) {
                    const std::string_view asked = asks(schemes_[name]);
                    if (asked == "key") put(into, "ApiKeyRequired", truth());
                    if (asked.empty() || asked == "key" || type != "NONE") continue;
                    type = asked;
                    if (asked == "AWS_IAM") continue;
                    put(into, "AuthorizerId", Datum::of(name));
                    put(into, "AuthorizationScopes", scopes);
                }
        put(into, "AuthorizationType", Datum::of(std::move(type)));
    }

    static Datum truth() {
        Datum made;
        made.kind = Kind::True;
        return made;
    }

    static std::string upper(std::string_view text) {
        std::string made(text);
        std::transform(made.begin(), made.end(), made.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
        return made;
    }

    const Datum& document_;
    bool rest_;
    const Datum& schemes_;
    ApiBody body_;
};

} // namespace

ApiBody apiBodyIn(const Datum& document, bool rest) {
    return BodyReader(document, rest).run();
}

} // namespace gw::estate
