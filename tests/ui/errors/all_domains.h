// Every module's error codes, in one place: a text is asked for each of them.
#pragma once

#include "app/practice/practice.h"
#include "models/cloud/aws/answer.h"
#include "models/cloud/http_client.h"
#include "models/cloud/loopback_acs.h"
#include "models/cloud/read/live_read.h"
#include "models/cloud/sts_client.h"
#include "models/estate/campaign/campaign.h"
#include "models/estate/estate.h"
#include "models/estate/review/settings.h"
#include "models/estate/sources/yaml.h"
#include "models/items/table/filter.h"
#include "models/mesh/envoy/rbac.h"
#include "models/mesh/istio/authorization.h"
#include "models/mesh/map/map.h"
#include "models/mesh/observed/access_line.h"
#include "models/mesh/plan/apply.h"
#include "models/mesh/plan/plan_file.h"
#include "models/mesh/toml/value.h"
#include "models/mesh/why/why.h"
#include "models/policy/case.h"
#include "models/policy/denial_text.h"
#include "models/policy/lint/rule_settings.h"
#include "models/sessions/agent/agent_server.h"
#include "models/sessions/outputs/outputs.h"
#include "models/sessions/providers/config_file.h"
#include "models/sessions/providers/importers.h"
#include "models/sessions/providers/templates.h"
#include "models/sessions/providers/trust_source.h"
#include "models/sessions/providers/url_check.h"
#include "models/sessions/session_book.h"
#include "models/sessions/session_record.h"
#include "models/sessions/signin/session_policy.h"
#include "models/store/database.h"
#include "models/store/files.h"
#include "models/store/secret_store.h"
#include "saml/aws/arn.h"
#include "saml/aws/claims.h"
#include "saml/base/base64.h"
#include "saml/base/json.h"
#include "saml/base/utc_time.h"
#include "saml/dsig/certificate.h"
#include "saml/dsig/decryption_key.h"
#include "saml/dsig/encryption_profile.h"
#include "saml/dsig/signature_profile.h"
#include "saml/dsig/signer.h"
#include "saml/inspect/inspect_input.h"
#include "saml/inspect/safe_copy.h"
#include "saml/metadata/entity_descriptor.h"
#include "saml/protocol/assertion_verifier.h"
#include "saml/protocol/authn_request.h"
#include "saml/protocol/captured_response.h"
#include "saml/xml/document.h"
#include "ui/login/login_plugin.h"
#include "ui/sessions/sign_in_error.h"

#include <vector>

namespace gw::test {

template <class E>
void addCodes(std::vector<Code>& out) {
    for (std::size_t i = 0; i < errorDomainOf(E{}).codes.size(); ++i) out.emplace_back(static_cast<E>(i));
}

template <class... E>
std::vector<Code> codesOf() {
    std::vector<Code> out;
    (addCodes<E>(out), ...);
    return out;
}

inline std::vector<Code> allCodes() {
    return codesOf<Base64Error, JsonError, TimeError, xml::XmlError, saml::CertificateError, saml::SignatureError, saml::SignError,
                   saml::DecryptionKeyError, saml::EncryptionError, saml::CaptureError, saml::VerifyError, saml::RequestError, saml::MetadataError, aws::ArnError, aws::ClaimError, inspect::InputError, inspect::SafeCopyError,
                   store::FileError,
                   store::SecretStoreError, cloud::NetError, cloud::StsError, cloud::LoopbackError, cloud::AwsError, cloud::ReadError, sessions::UrlError,
                   sessions::ProviderFieldError, sessions::ConfigError, sessions::TrustError, sessions::ImportError, sessions::ProfileError,
                   sessions::RecordError, sessions::SessionPolicyError, sessions::SessionError, sessions::AgentError, ui::LoginError, ui::SignInError,
                   practice::PracticeError, policy::SourceError, policy::DocumentError, policy::CaseError, policy::CatalogueError,
                   policy::DenialError, policy::lint::RuleSettingsError, estate::EstateError, estate::review::ReviewSettingsError, estate::YamlError,
                   items::FilterError, mesh::envoy::EnvoyError, mesh::istio::IstioError, mesh::MapError, mesh::PlanError, mesh::ApplyError, mesh::AccessLineError, mesh::WhyError, mesh::toml::TomlError, estate::campaign::CampaignError, store::DatabaseError>();
}

} // namespace gw::test
