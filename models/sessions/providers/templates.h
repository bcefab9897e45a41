// What is known beforehand about a kind of identity provider: the shape of its URLs and which sign-in suits it. Data and
// ids only; the texts that go with the help keys are made in ui/.
// Sources: each vendor's page on SAML for AWS IAM; Google and JumpCloud publish metadata as a download only.
#pragma once

#include "models/sessions/providers/provider.h"
#include "saml/base/result.h"

#include <span>
#include <string>
#include <string_view>

namespace gw::sessions {

enum class ProviderField { Name, LoginUrl, Metadata, EntityId, Region };

// "login_url": the second part of a help key such as "okta.login_url".
[[nodiscard]] std::string_view fieldName(ProviderField field);

struct ProviderTemplate {
    std::string_view kind;              // stored as Provider::kind; the first part of a help key
    std::string_view productName;       // a proper name, not translated
    std::string_view loginUrl;          // placeholders in angle brackets
    std::string_view metadataUrl;       // empty where the product has none and gives a file
    std::string_view loginExample;      // the same filled in with made-up values
    std::string_view metadataExample;
    SignInMode mode = SignInMode::EmbeddedView;

    [[nodiscard]] std::string helpKey(ProviderField field) const;
};

// In the order in which they are offered; the last is "generic".
[[nodiscard]] std::span<const ProviderTemplate> providerTemplates();
// The generic one where the kind is unknown.
[[nodiscard]] const ProviderTemplate& providerTemplate(std::string_view kind);

// The template that a login or metadata URL looks like, "generic" where none does.
[[nodiscard]] std::string_view guessKind(std::string_view url);

// Facts: "value", "field", "expected" (the shape), "taken_by" (a provider's name).
#define GW_PROVIDER_FIELD_ERRORS(X) \
    X(Empty, "empty") \
    X(BadUrl, "bad_url") \
    X(AdminPage, "admin_page") \
    X(AwsPage, "aws_page") \
    X(MetadataAsLogin, "metadata_as_login") \
    X(UnlikeTemplate, "unlike_template") \
    X(NotXml, "not_xml") \
    X(Taken, "taken") \
    X(UnknownRegion, "unknown_region")
GW_ERROR_ENUM(ProviderFieldError, "provider_field", GW_PROVIDER_FIELD_ERRORS);

// At most one error, the worst first. UnlikeTemplate is a warning: such a provider can be saved. BadUrl has a UrlError as
// its cause; AdminPage means the provider's own console rather than its sign-in; AwsPage an address of AWS.
[[nodiscard]] Status checkLoginUrl(const ProviderTemplate& from, std::string_view url);
[[nodiscard]] Status checkMetadataUrl(const ProviderTemplate& from, std::string_view url);
// What a person pasted as metadata looks like.
enum class MetadataInput { Empty, Url, Xml, FilePath };
[[nodiscard]] MetadataInput metadataInputKind(std::string_view text);
[[nodiscard]] Status checkRegion(std::string_view region);

// A free id made from the name: "Northwind SSO" → "northwind-sso", then "northwind-sso-2".
[[nodiscard]] ProviderId makeProviderId(std::string_view name, std::span<const Provider> existing);
[[nodiscard]] Status checkName(std::string_view name, std::span<const Provider> existing, const ProviderId& self);

} // namespace gw::sessions
