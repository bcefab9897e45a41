// What to change and where, in the words of each product.
#include "ui/errors/finding_entry.h"

#include <QtGlobal>

namespace gw::ui::errors {
namespace {

using inspect::ProviderKind;

constexpr FixEntry entries[] = {
    {Topic::Audience, ProviderKind::Unknown,
     QT_TRANSLATE_NOOP("ErrorText", "Set the application's audience (entity ID) to urn:amazon:webservices.")},
    {Topic::Audience, ProviderKind::Okta,
     QT_TRANSLATE_NOOP("ErrorText", "In the application, Sign On or General, SAML settings: set “Audience URI (SP Entity ID)” to "
                                    "urn:amazon:webservices.")},
    {Topic::Audience, ProviderKind::Entra,
     QT_TRANSLATE_NOOP("ErrorText", "In the enterprise application, Single sign-on, Basic SAML Configuration: set “Identifier (Entity ID)” to "
                                    "urn:amazon:webservices, or https://signin.aws.amazon.com/saml#1 where it is used several times.")},
    {Topic::Audience, ProviderKind::Adfs,
     QT_TRANSLATE_NOOP("ErrorText", "In the relying party trust, Properties, Identifiers: add urn:amazon:webservices.")},
    {Topic::Audience, ProviderKind::Google,
     QT_TRANSLATE_NOOP("ErrorText", "In Apps, Web and mobile apps, the AWS app, Service provider details: set “Entity ID” to "
                                    "urn:amazon:webservices.")},
    {Topic::Audience, ProviderKind::Ping,
     QT_TRANSLATE_NOOP("ErrorText", "In the application, Configuration: set “Entity ID” to urn:amazon:webservices.")},
    {Topic::Audience, ProviderKind::Keycloak,
     QT_TRANSLATE_NOOP("ErrorText", "In Clients, the AWS client: set “Client ID” to urn:amazon:webservices, or add an Audience mapper with it.")},
    {Topic::Acs, ProviderKind::Unknown,
     QT_TRANSLATE_NOOP("ErrorText", "Set the application's assertion consumer service URL to https://signin.aws.amazon.com/saml, or the sign-in "
                                    "address of the region.")},
    {Topic::Acs, ProviderKind::Okta,
     QT_TRANSLATE_NOOP("ErrorText", "In the application, General, SAML settings: set “Single sign-on URL” to https://signin.aws.amazon.com/saml and "
                                    "tick “Use this for Recipient URL and Destination URL”.")},
    {Topic::Acs, ProviderKind::Entra,
     QT_TRANSLATE_NOOP("ErrorText", "In the enterprise application, Single sign-on, Basic SAML Configuration: set “Reply URL (Assertion Consumer "
                                    "Service URL)” to https://signin.aws.amazon.com/saml.")},
    {Topic::Acs, ProviderKind::Adfs,
     QT_TRANSLATE_NOOP("ErrorText", "In the relying party trust, Properties, Endpoints: make https://signin.aws.amazon.com/saml the default SAML "
                                    "assertion consumer endpoint with binding POST.")},
    {Topic::Acs, ProviderKind::Google,
     QT_TRANSLATE_NOOP("ErrorText", "In the AWS app, Service provider details: set “ACS URL” to https://signin.aws.amazon.com/saml.")},
    {Topic::Acs, ProviderKind::Ping,
     QT_TRANSLATE_NOOP("ErrorText", "In the application, Configuration: set “ACS URLs” to https://signin.aws.amazon.com/saml.")},
    {Topic::Acs, ProviderKind::Keycloak,
     QT_TRANSLATE_NOOP("ErrorText", "In the AWS client, Advanced, Fine grain SAML endpoint configuration: set “Assertion Consumer Service POST "
                                    "Binding URL” to https://signin.aws.amazon.com/saml.")},
    {Topic::Lifetime, ProviderKind::Unknown,
     QT_TRANSLATE_NOOP("ErrorText", "Sign in again and use the response at once. Let assertions live five minutes at the provider.")},
    {Topic::Lifetime, ProviderKind::Okta,
     QT_TRANSLATE_NOOP("ErrorText", "Sign in again; Okta's assertions live five minutes and that is not set anywhere.")},
    {Topic::Lifetime, ProviderKind::Entra,
     QT_TRANSLATE_NOOP("ErrorText", "Sign in again. A token lifetime policy for the application sets how long assertions live.")},
    {Topic::Lifetime, ProviderKind::Adfs,
     QT_TRANSLATE_NOOP("ErrorText", "Sign in again. Set-AdfsRelyingPartyTrust -TokenLifetime 5 sets the minutes.")},
    {Topic::Lifetime, ProviderKind::Google,
     QT_TRANSLATE_NOOP("ErrorText", "Sign in again; Google sets the lifetime of assertions.")},
    {Topic::Lifetime, ProviderKind::Ping,
     QT_TRANSLATE_NOOP("ErrorText", "Sign in again. In the application, Configuration: “Assertion Validity Duration” sets the seconds.")},
    {Topic::Lifetime, ProviderKind::Keycloak,
     QT_TRANSLATE_NOOP("ErrorText", "Sign in again. In the AWS client, Advanced, Advanced settings: “Assertion Lifespan” sets it; the realm's "
                                    "default is one minute.")},
    {Topic::Clock, ProviderKind::Unknown,
     QT_TRANSLATE_NOOP("ErrorText", "Let the clock follow a time server.")},
    {Topic::Clock, ProviderKind::Adfs,
     QT_TRANSLATE_NOOP("ErrorText", "Let the AD FS servers follow a time server; Set-AdfsRelyingPartyTrust -NotBeforeSkew 2 helps until then.")},
    {Topic::Signing, ProviderKind::Unknown,
     QT_TRANSLATE_NOOP("ErrorText", "Have the provider sign the assertion, and hand the response on unchanged.")},
    {Topic::Signing, ProviderKind::Okta,
     QT_TRANSLATE_NOOP("ErrorText", "In the application, General, SAML settings, Advanced: set “Assertion Signature” to Signed.")},
    {Topic::Signing, ProviderKind::Entra,
     QT_TRANSLATE_NOOP("ErrorText", "In Single sign-on, SAML Certificates, Edit: set “Signing Option” to Sign SAML assertion, or to Sign SAML "
                                    "response and assertion.")},
    {Topic::Signing, ProviderKind::Adfs,
     QT_TRANSLATE_NOOP("ErrorText", "Set-AdfsRelyingPartyTrust -SamlResponseSignature MessageAndAssertion, or AssertionOnly.")},
    {Topic::Signing, ProviderKind::Google,
     QT_TRANSLATE_NOOP("ErrorText", "In the AWS app, Service provider details: leave “Signed response” off for a signed assertion; on signs the "
                                    "response only.")},
    {Topic::Signing, ProviderKind::Ping,
     QT_TRANSLATE_NOOP("ErrorText", "In the application, Configuration: choose “Sign Assertion” or “Sign Assertion & Response”.")},
    {Topic::Signing, ProviderKind::Keycloak,
     QT_TRANSLATE_NOOP("ErrorText", "In the AWS client, Settings, Signature and Encryption: switch “Sign assertions” on.")},
    {Topic::Algorithm, ProviderKind::Unknown,
     QT_TRANSLATE_NOOP("ErrorText", "Set the signature to RSA-SHA256 and the digest to SHA-256.")},
    {Topic::Algorithm, ProviderKind::Okta,
     QT_TRANSLATE_NOOP("ErrorText", "In the application, General, SAML settings, Advanced: set “Signature Algorithm” to RSA-SHA256 and “Digest "
                                    "Algorithm” to SHA256.")},
    {Topic::Algorithm, ProviderKind::Entra,
     QT_TRANSLATE_NOOP("ErrorText", "In Single sign-on, SAML Certificates, Edit: set “Signing Algorithm” to SHA-256.")},
    {Topic::Algorithm, ProviderKind::Adfs,
     QT_TRANSLATE_NOOP("ErrorText", "In the relying party trust, Properties, Advanced: set “Secure hash algorithm” to SHA-256.")},
    {Topic::Algorithm, ProviderKind::Google,
     QT_TRANSLATE_NOOP("ErrorText", "Google signs with SHA-256; a response with SHA-1 is old.")},
    {Topic::Algorithm, ProviderKind::Ping,
     QT_TRANSLATE_NOOP("ErrorText", "In the application, Configuration: set “Signing Algorithm” to RSA_SHA256.")},
    {Topic::Algorithm, ProviderKind::Keycloak,
     QT_TRANSLATE_NOOP("ErrorText", "In the AWS client, Settings: set “Signature algorithm” to RSA_SHA256.")},
    {Topic::Certificate, ProviderKind::Unknown,
     QT_TRANSLATE_NOOP("ErrorText", "Make a new signing certificate (RSA 2048 or more) at the provider, then load the new metadata here and with "
                                    "aws iam update-saml-provider.")},
    {Topic::Certificate, ProviderKind::Okta,
     QT_TRANSLATE_NOOP("ErrorText", "In the application, Sign On, SAML Signing Certificates: generate a new one, activate it, and load the metadata "
                                    "here and with aws iam update-saml-provider.")},
    {Topic::Certificate, ProviderKind::Entra,
     QT_TRANSLATE_NOOP("ErrorText", "In Single sign-on, SAML Certificates: New Certificate, make it active, download the Federation Metadata XML "
                                    "and load it here and with aws iam update-saml-provider.")},
    {Topic::Certificate, ProviderKind::Adfs,
     QT_TRANSLATE_NOOP("ErrorText", "Update-AdfsCertificate -CertificateType Token-Signing, then load FederationMetadata.xml here and with aws iam "
                                    "update-saml-provider.")},
    {Topic::Certificate, ProviderKind::Google,
     QT_TRANSLATE_NOOP("ErrorText", "In the AWS app, Service provider details, Manage certificates: add one, choose it, download the metadata and "
                                    "load it here and with aws iam update-saml-provider.")},
    {Topic::Certificate, ProviderKind::Ping,
     QT_TRANSLATE_NOOP("ErrorText", "In the application, Configuration, “Signing Key”: choose another, download the metadata and load it here and "
                                    "with aws iam update-saml-provider.")},
    {Topic::Certificate, ProviderKind::Keycloak,
     QT_TRANSLATE_NOOP("ErrorText", "In Realm settings, Keys, Add providers: add an rsa-generated key with a higher priority, then load the realm's "
                                    "SAML descriptor here and with aws iam update-saml-provider.")},
    {Topic::NameId, ProviderKind::Unknown,
     QT_TRANSLATE_NOOP("ErrorText", "Send a NameID of the format persistent.")},
    {Topic::NameId, ProviderKind::Okta,
     QT_TRANSLATE_NOOP("ErrorText", "In the application, General, SAML settings: set “Name ID format” to Persistent.")},
    {Topic::NameId, ProviderKind::Entra,
     QT_TRANSLATE_NOOP("ErrorText", "In Attributes & Claims, “Unique User Identifier (Name ID)”: set the format to Persistent.")},
    {Topic::NameId, ProviderKind::Adfs,
     QT_TRANSLATE_NOOP("ErrorText", "In Edit Claim Issuance Policy: transform a lasting value into Name ID with the outgoing format Persistent "
                                    "Identifier.")},
    {Topic::NameId, ProviderKind::Google,
     QT_TRANSLATE_NOOP("ErrorText", "In the AWS app, Service provider details: set “Name ID format” to PERSISTENT.")},
    {Topic::NameId, ProviderKind::Ping,
     QT_TRANSLATE_NOOP("ErrorText", "In the application, Configuration: set “Subject NameID Format” to persistent.")},
    {Topic::NameId, ProviderKind::Keycloak,
     QT_TRANSLATE_NOOP("ErrorText", "In the AWS client, Settings: set “Name ID format” to persistent and switch “Force name ID format” on.")},
    {Topic::SessionName, ProviderKind::Unknown,
     QT_TRANSLATE_NOOP("ErrorText", "Send https://aws.amazon.com/SAML/Attributes/RoleSessionName with 2 to 64 of letters, digits and _ + = , . @ -, "
                                    "such as the mail address.")},
    {Topic::SessionName, ProviderKind::Okta,
     QT_TRANSLATE_NOOP("ErrorText", "In the application, Attribute statements: map https://aws.amazon.com/SAML/Attributes/RoleSessionName to "
                                    "user.login.")},
    {Topic::SessionName, ProviderKind::Entra,
     QT_TRANSLATE_NOOP("ErrorText", "In Attributes & Claims: map RoleSessionName in the namespace https://aws.amazon.com/SAML/Attributes to "
                                    "user.userprincipalname.")},
    {Topic::SessionName, ProviderKind::Adfs,
     QT_TRANSLATE_NOOP("ErrorText", "In Edit Claim Issuance Policy: send E-Mail-Addresses as "
                                    "https://aws.amazon.com/SAML/Attributes/RoleSessionName.")},
    {Topic::SessionName, ProviderKind::Google,
     QT_TRANSLATE_NOOP("ErrorText", "In the AWS app, SAML attribute mapping: map Primary email to "
                                    "https://aws.amazon.com/SAML/Attributes/RoleSessionName.")},
    {Topic::SessionName, ProviderKind::Ping,
     QT_TRANSLATE_NOOP("ErrorText", "In the application, Attribute Mappings: map the mail address to "
                                    "https://aws.amazon.com/SAML/Attributes/RoleSessionName.")},
    {Topic::SessionName, ProviderKind::Keycloak,
     QT_TRANSLATE_NOOP("ErrorText", "In the AWS client, Client scopes, the dedicated scope: add a User Property mapper from username or email to "
                                    "https://aws.amazon.com/SAML/Attributes/RoleSessionName.")},
    {Topic::Roles, ProviderKind::Unknown,
     QT_TRANSLATE_NOOP("ErrorText", "Send https://aws.amazon.com/SAML/Attributes/Role with one value for each role: the role's ARN, a comma, the "
                                    "SAML provider's ARN, both of one account.")},
    {Topic::Roles, ProviderKind::Okta,
     QT_TRANSLATE_NOOP("ErrorText", "In the application, Sign On, Advanced Sign-On Settings: check “Identity Provider ARN” and “Role Value "
                                    "Pattern”, and assign roles to groups.")},
    {Topic::Roles, ProviderKind::Entra,
     QT_TRANSLATE_NOOP("ErrorText", "In Attributes & Claims: map Role in the namespace https://aws.amazon.com/SAML/Attributes to "
                                    "user.assignedroles, and assign app roles whose value is ROLE-ARN,PROVIDER-ARN.")},
    {Topic::Roles, ProviderKind::Adfs,
     QT_TRANSLATE_NOOP("ErrorText", "In Edit Claim Issuance Policy: correct the rule that makes https://aws.amazon.com/SAML/Attributes/Role from "
                                    "group names.")},
    {Topic::Roles, ProviderKind::Google,
     QT_TRANSLATE_NOOP("ErrorText", "In the AWS app, SAML attribute mapping: map the custom attribute with ROLE-ARN,PROVIDER-ARN to "
                                    "https://aws.amazon.com/SAML/Attributes/Role.")},
    {Topic::Roles, ProviderKind::Ping,
     QT_TRANSLATE_NOOP("ErrorText", "In the application, Attribute Mappings: map ROLE-ARN,PROVIDER-ARN to "
                                    "https://aws.amazon.com/SAML/Attributes/Role.")},
    {Topic::Roles, ProviderKind::Keycloak,
     QT_TRANSLATE_NOOP("ErrorText", "In the AWS client, Roles: name each role ROLE-ARN,PROVIDER-ARN, and let the Role list mapper send them as "
                                    "https://aws.amazon.com/SAML/Attributes/Role.")},
    {Topic::SessionLength, ProviderKind::Unknown,
     QT_TRANSLATE_NOOP("ErrorText", "Send https://aws.amazon.com/SAML/Attributes/SessionDuration as a number of seconds from 900 to 43200, or not "
                                    "at all.")},
    {Topic::SessionLength, ProviderKind::Okta,
     QT_TRANSLATE_NOOP("ErrorText", "In the application, Sign On, Advanced Sign-On Settings: set “Session Duration” to seconds from 900 to 43200.")},
    {Topic::SessionLength, ProviderKind::Entra,
     QT_TRANSLATE_NOOP("ErrorText", "In Attributes & Claims: set SessionDuration to a constant from 900 to 43200.")},
    {Topic::SessionLength, ProviderKind::Keycloak,
     QT_TRANSLATE_NOOP("ErrorText", "In the AWS client, the dedicated scope: set the Hardcoded attribute SessionDuration to a number from 900 to "
                                    "43200.")},
    {Topic::Tags, ProviderKind::Unknown,
     QT_TRANSLATE_NOOP("ErrorText", "Send at most 50 attributes PrincipalTag:KEY, with keys of 128 and values of 256 characters at most.")},
    {Topic::Encryption, ProviderKind::Unknown,
     QT_TRANSLATE_NOOP("ErrorText", "Use AES-GCM with RSA-OAEP, or do not encrypt: TLS already hides the response on its way.")},
    {Topic::Encryption, ProviderKind::Okta,
     QT_TRANSLATE_NOOP("ErrorText", "In the application, General, SAML settings, Advanced: set “Encryption Algorithm” to AES256-GCM and “Key "
                                    "Transport Algorithm” to RSA-OAEP.")},
    {Topic::Encryption, ProviderKind::Entra,
     QT_TRANSLATE_NOOP("ErrorText", "In Token encryption: deactivate the certificate, or give AWS its private key.")},
    {Topic::Encryption, ProviderKind::Adfs,
     QT_TRANSLATE_NOOP("ErrorText", "In the relying party trust, Properties, Encryption: remove the certificate, or give AWS its private key.")},
    {Topic::Encryption, ProviderKind::Keycloak,
     QT_TRANSLATE_NOOP("ErrorText", "In the AWS client, Keys: switch “Encrypt assertions” off, or choose AES_256_GCM under Settings.")},
    {Topic::Size, ProviderKind::Unknown,
     QT_TRANSLATE_NOOP("ErrorText", "Send fewer roles or groups in one response: filter them by group, or split them over several applications.")},
    {Topic::Size, ProviderKind::Entra,
     QT_TRANSLATE_NOOP("ErrorText", "In Attributes & Claims: send only the groups that are assigned to the application, and no group claims that "
                                    "AWS does not need.")},
    {Topic::Attack, ProviderKind::Unknown,
     QT_TRANSLATE_NOOP("ErrorText", "Do not use this response. Keep it as evidence, tell the provider's administrator, and sign in again at the "
                                    "provider's own page.")},
    {Topic::Metadata, ProviderKind::Unknown,
     QT_TRANSLATE_NOOP("ErrorText", "Download the metadata from the provider again and leave it as it is.")},
};

struct RuleTopic {
    std::string_view rule;
    Topic topic;
};

constexpr RuleTopic topics[] = {
    {"wrong-audience", Topic::Audience},
    {"wrong-recipient", Topic::Acs},
    {"wrong-destination", Topic::Acs},
    {"no-subject-confirmation", Topic::Acs},
    {"missing-time", Topic::Lifetime},
    {"expired", Topic::Lifetime},
    {"session-over", Topic::Lifetime},
    {"not-yet-valid", Topic::Clock},
    {"not-signed", Topic::Signing},
    {"signature-invalid", Topic::Signing},
    {"bad-signature-structure", Topic::Attack},
    {"verifiers-disagree", Topic::Attack},
    {"algorithm-not-allowed", Topic::Algorithm},
    {"algorithm-of-one-verifier", Topic::Algorithm},
    {"unknown-key", Topic::Certificate},
    {"no-trusted-key", Topic::Metadata},
    {"wrong-issuer", Topic::Metadata},
    {"encrypted-assertion", Topic::Encryption},
    {"encryption-not-allowed", Topic::Encryption},
    {"decryption-failed", Topic::Encryption},
    {"too-large", Topic::Size},
    {"several-assertions", Topic::Attack},
    {"duplicate-id", Topic::Attack},
    {"forbidden-node", Topic::Attack},
    {"has-doctype", Topic::Attack},
    {"too-deep", Topic::Attack},
    {"replayed", Topic::Lifetime},
    {"no-role-attribute", Topic::Roles},
    {"no-usable-role", Topic::Roles},
    {"wrong-case-role-attribute", Topic::Roles},
    {"malformed-role-pair", Topic::Roles},
    {"role-accounts-differ", Topic::Roles},
    {"no-session-name", Topic::SessionName},
    {"bad-session-name", Topic::SessionName},
    {"bad-source-identity", Topic::SessionName},
    {"bad-session-duration", Topic::SessionLength},
    {"bad-tag", Topic::Tags},
    {"too-many-tags", Topic::Tags},
};

} // namespace

std::span<const FixEntry> fixTexts() {
    return entries;
}

Topic topicOf(std::string_view rule) {
    for (const RuleTopic& one : topics)
        if (one.rule == rule) return one.topic;
    return Topic::None;
}

} // namespace gw::ui::errors
