// Rules that need more than one role's documents: each broken, kept, and mended by one change.
#include "models/estate/estate_parts.h"
#include "models/estate/review/review.h"
#include "models/estate/review/rules.h"
#include "models/estate/review/settings.h"

#include "saml/base/base64.h"
#include "saml/dsig/certificate.h"

#include <gtest/gtest.h>

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>

namespace gw::estate::review {
namespace {

const std::string account = "111122223333", provider = "arn:aws:iam::111122223333:saml-provider/SSO";
const std::string aud = "https://signin.aws.amazon.com/saml";

const policy::Catalogue& catalogue() {
    static const auto read = [] {
        std::ifstream file(GW_SOURCE_DIR "/resources/catalogue/catalogue.jsonl");
        std::stringstream text;
        text << file.rdbuf();
        return std::move(*policy::Catalogue::read(text.str()));
    }();
    return *read;
}

PolicyDocument document(const std::string& name, const std::string& statements) {
    PolicyDocument out;
    out.name = name;
    out.text = R"({"Version":"2012-10-17","Statement":[)" + statements + "]}";
    return out;
}

std::string arnOf(const std::string& role) {
    return "arn:aws:iam::" + account + ":role/" + role;
}

Role role(const std::string& name, const std::string& statements = R"({"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::logs/*"})") {
    Role out;
    out.name = name;
    out.account = account;
    out.path = "/";
    out.arn = arnOf(name);
    out.maxSessionSeconds = 3'600;
    out.trust = document(name, R"({"Effect":"Allow","Principal":{"Federated":")" + provider +
                                   R"("},"Action":["sts:AssumeRoleWithSAML","sts:TagSession","sts:SetSourceIdentity"],"Condition":{"StringEquals":{"SAML:aud":")" + aud +
                                   R"("},"ForAnyValue:StringEquals":{"SAML:edupersonaffiliation":"staff"}}})");
    out.policies.inlinePolicies.push_back(document("own", statements));
    return out;
}

UtcTime at(const char* text) {
    return *UtcTime::parse(text);
}

Assignment assignment(const std::string& group, const std::string& arn) {
    return {group, "", arn, provider, AssignmentOrigin::Table, {}};
}

ObservedResponse response() {
    ObservedResponse out;
    out.issuer = "https://sso.example";
    out.nameId = "lena";
    out.sessionName = "lena.fairweather";
    out.sourceIdentity = "lena";
    out.recipient = aud;
    out.roles = {{arnOf("reader"), provider}};
    out.roleAttributeName = "https://aws.amazon.com/SAML/Attributes/Role";
    out.subjectConfirmations = 1;
    out.isSigned = true;
    out.notBefore = at("2026-11-30T11:59:00Z");
    out.notOnOrAfter = at("2026-11-30T12:04:00Z");
    return out;
}

Resource resource(ResourceKind kind, const std::string& arn, const std::string& id) {
    Resource out;
    out.kind = kind;
    out.arn = arn;
    out.id = out.name = id;
    out.account = account;
    out.region = "eu-west-1";
    return out;
}

// An API with one route.
EstateParts api(const std::string& authorization, const std::string& statements) {
    EstateParts parts;
    const std::string arn = "arn:aws:execute-api:eu-west-1:111122223333:a1";
    Resource rest = resource(ResourceKind::RestApi, arn, "a1");
    rest.policyKnown = true;
    if (!statements.empty()) rest.policy = document("a1", statements);
    Resource route = resource(ResourceKind::Route, arn + "/prod/POST/refunds", "r1");
    route.api = "a1";
    route.method = "POST";
    route.name = "POST /refunds";
    route.authorization.type = authorization;
    parts.resources = {rest, route};
    return parts;
}

const std::string everyone = R"({"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"*"})";
const std::string named = R"({"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/reader"},"Action":"execute-api:Invoke","Resource":"*"})";

EstateParts lattice(const std::string& authorization, bool policy) {
    EstateParts parts;
    Resource service = resource(ResourceKind::LatticeService, "arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-1", "svc-1");
    service.authorization.type = authorization;
    service.policyKnown = true;
    if (policy) service.policy = document("svc-1", R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"})");
    parts.resources = {service};
    return parts;
}

EstateParts responses(const std::function<void(ObservedResponse&)>& change = {}) {
    EstateParts parts;
    parts.roles = {role("reader")};
    parts.responses = {response()};
    if (change) change(parts.responses[0]);
    return parts;
}

EstateParts mapped(const std::vector<Role>& roles, const std::vector<Assignment>& assignments) {
    EstateParts parts;
    parts.roles = roles;
    parts.assignments = assignments;
    return parts;
}

EstateParts task(const std::string& execution) {
    EstateParts parts;
    Resource definition = resource(ResourceKind::TaskDefinition, "arn:aws:ecs:eu-west-1:111122223333:task-definition/t:1", "t");
    definition.roles = {{"taskRoleArn", arnOf("task")}, {"executionRoleArn", execution}};
    parts.resources = {definition};
    return parts;
}

EstateParts functions(int count) {
    EstateParts parts;
    for (int i = 0; i < count; ++i) {
        parts.resources.push_back(resource(ResourceKind::Function, "arn:aws:lambda:eu-west-1:111122223333:function:f" + std::to_string(i), "f" + std::to_string(i)));
        parts.resources.back().roles = {{"Role", arnOf("jobs")}};
    }
    return parts;
}

EstateParts chained(std::int64_t seconds) {
    EstateParts parts;
    parts.roles = {role("reader")};
    parts.usage.events = 1;
    parts.usage.chains = {{arnOf("one"), arnOf("reader"), seconds, at("2026-11-20T00:00:00Z"), {}}};
    return parts;
}

EstateParts signIns(const std::string& secondSubject, const std::string& type = "persistent") {
    EstateParts parts;
    parts.roles = {role("reader")};
    parts.usage.events = 2;
    for (const std::string& subject : {std::string("lena"), secondSubject}) {
        RecordedSignIn one;
        one.role = arnOf("reader");
        one.provider = provider;
        one.sessionName = "shared";
        one.subject = subject;
        one.subjectType = type;
        one.at = at("2026-11-20T00:00:00Z");
        parts.usage.signIns.push_back(one);
    }
    return parts;
}

EstateParts accessed(const char* last) {
    EstateParts parts;
    parts.roles = {role("reader")};
    parts.usage.services[arnOf("reader")]["s3"] = last == nullptr ? std::nullopt : std::optional(at(last));
    return parts;
}

EstateParts people(const std::vector<std::string>& requesters, const std::vector<std::string>& approvers) {
    EstateParts parts;
    parts.people.push_back({"p1", "lena", "", {}, true, {}});
    parts.directoryGroups = {{"g1", "Requesters", requesters, true, {}}, {"g2", "Approvers", approvers, true, {}}};
    return parts;
}

EstateParts meshes(ResourceKind kind) {
    EstateParts parts;
    parts.resources = {resource(kind, kind == ResourceKind::Mesh ? "arn:aws:appmesh:eu-west-1:111122223333:mesh/m" : "arn:aws:s3:::m", "m")};
    return parts;
}

constexpr const char* duties = "[[duties]]\nname = \"refunds\"\nrequesters = [\"Requesters\"]\napprovers = [\"Approvers\"]\n";

struct Case {
    const Rule& rule;
    std::function<EstateParts()> broken, mended;
    std::string object = {};
    std::string settings = {};
    std::function<EstateParts()> baseline = {};
};

// A certificate of its own key, in base64; ends some days after the tests' now.
std::string certificate(int bits, long endsInDays, const EVP_MD* digest = EVP_sha256()) {
    EVP_PKEY* key = EVP_RSA_gen(static_cast<unsigned>(bits));
    X509* made = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(made), 1);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("idp"), -1, -1, 0);
    X509_set_issuer_name(made, X509_get_subject_name(made));
    const std::int64_t now = at("2026-11-30T12:00:00Z").unixSeconds();
    ASN1_TIME_set(X509_getm_notBefore(made), now - 86'400L * 365);
    ASN1_TIME_set(X509_getm_notAfter(made), now + 86'400L * endsInDays);
    X509_set_pubkey(made, key);
    X509_sign(made, key, digest);
    unsigned char* der = nullptr;
    const int size = i2d_X509(made, &der);
    std::string text = encodeBase64(std::string_view(reinterpret_cast<const char*>(der), static_cast<std::size_t>(size)));
    OPENSSL_free(der);
    X509_free(made);
    EVP_PKEY_free(key);
    return text;
}

EstateParts withMetadata(const std::vector<std::string>& certificates, const std::function<void(EstateParts&)>& change = {}) {
    EstateParts parts;
    parts.roles = {role("reader")};
    SamlProvider one;
    one.arn = provider;
    one.name = "SSO";
    one.account = account;
    one.validUntil = "2036-01-01T00:00:00Z";
    one.encryption = "Allowed";
    one.id = "SAMLSPEXAMPLE";
    one.metadata = R"(<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sso.example"><IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">)";
    for (const std::string& each : certificates)
        one.metadata += R"(<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>)" + each +
                        "</X509Certificate></X509Data></KeyInfo></KeyDescriptor>";
    one.metadata += R"(<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://sso.example/login"/></IDPSSODescriptor></EntityDescriptor>)";
    parts.samlProviders = {one};
    if (change) change(parts);
    return parts;
}

const std::string& lasting() {
    static const std::string made = certificate(2'048, 1'000);
    return made;
}

EstateParts answered(const std::function<void(ObservedResponse&)>& change) {
    return withMetadata({lasting()}, [&](EstateParts& parts) {
        parts.responses = {response()};
        const auto der = decodeBase64(lasting(), 65'536);
        parts.responses[0].certificate = saml::Certificate::fromDer(*der)->fingerprint();
        change(parts.responses[0]);
    });
}

Review reviewOf(EstateParts parts, const Case& one) {
    const Estate estate(std::move(parts));
    const std::optional<Estate> before = one.baseline ? std::optional<Estate>(one.baseline()) : std::nullopt;
    auto settings = Settings::parse(one.settings);
    EXPECT_TRUE(settings.has_value()) << settings.error().chain();
    return review({.estate = &estate, .catalogue = &catalogue(), .settings = &*settings, .baseline = before ? &*before : nullptr,
                   .now = at("2026-11-30T12:00:00Z")});
}

const Finding* find(const Review& review, std::string_view rule) {
    const auto known = std::find_if(review.findings.begin(), review.findings.end(), [&](const Finding& each) { return each.rule->id == rule; });
    return known == review.findings.end() ? nullptr : &*known;
}

Role changed(Role role, const std::string& from, const std::string& to) {
    for (PolicyDocument* each : {&*role.trust, &role.policies.inlinePolicies[0]}) {
        const std::size_t place = each->text.find(from);
        if (place != std::string::npos) each->text.replace(place, from.size(), to);
    }
    return role;
}

Role inEnvironment(Role role, const char* environment) {
    role.tags = {{"env", environment}};
    return role;
}

std::vector<Case> cases() {
    const std::string wide = R"({"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::logs/*"})";
    return {
        {rules::sessIdpExceedsRole, [] { return responses([](ObservedResponse& r) { r.sessionSeconds = 7'200; }); },
         [] { return responses([](ObservedResponse& r) { r.sessionSeconds = 3'600; }); }, arnOf("reader")},
        {rules::sessChainedOverHour, [] { return chained(7'200); }, [] { return chained(3'600); }, arnOf("reader")},
        {rules::sessNameInvalid, [] { return responses([](ObservedResponse& r) { r.sessionName = "Lena Fairweather"; }); }, [] { return responses(); }},
        {rules::sessNameShared, [] { return signIns("dario"); }, [] { return signIns("lena"); }, provider},
        {rules::assertRecipient, [] { return responses([](ObservedResponse& r) { r.recipient = "https://elsewhere.example/saml"; }); }, [] { return responses(); }},
        {rules::assertTime, [] { return responses([](ObservedResponse& r) { r.notOnOrAfter = at("2026-11-30T11:00:00Z"); }); }, [] { return responses(); }},
        {rules::assertTime, [] { return responses([](ObservedResponse& r) { r.notBefore = at("2026-11-30T13:00:00Z"); }); }, [] { return responses(); }},
        {rules::assertRolePair, [] { return responses([](ObservedResponse& r) { r.malformedRoles = {"x"}; }); }, [] { return responses(); }},
        {rules::assertRolePair, [] { return responses([](ObservedResponse& r) { r.roleAttributeName = "https://aws.amazon.com/saml/attributes/role"; }); },
         [] { return responses(); }},
        {rules::assertRolePair, [] { return responses([](ObservedResponse& r) { r.subjectConfirmations = 2; }); }, [] { return responses(); }},
        {rules::samlTagSession,
         [] {
             EstateParts parts = responses([](ObservedResponse& r) { r.tags = {{"team", "pay"}}; });
             parts.roles[0] = changed(parts.roles[0], R"("sts:TagSession",)", "");
             return parts;
         },
         [] { return responses([](ObservedResponse& r) { r.tags = {{"team", "pay"}}; }); }, arnOf("reader")},
        {rules::samlSourceIdentity,
         [] {
             EstateParts parts = responses();
             parts.roles[0] = changed(parts.roles[0], R"(,"sts:SetSourceIdentity")", "");
             return parts;
         },
         [] { return responses(); }, arnOf("reader")},
        {rules::samlAcsMissing, [] { return withMetadata({lasting()}, [](EstateParts& parts) { parts.samlProviders[0].encryption = "Required"; }); },
         [] { return withMetadata({lasting()}); }, arnOf("reader")},
        {rules::assertIssuer, [] { return answered([](ObservedResponse& r) { r.issuer = "https://other.example"; }); }, [] { return answered([](ObservedResponse&) {}); }},
        {rules::assertCertificate, [] { return answered([](ObservedResponse& r) { r.certificate = std::string(64, '0'); }); },
         [] { return answered([](ObservedResponse&) {}); }},
        {rules::idpCertExpiring, [] { return withMetadata({certificate(2'048, 20)}); }, [] { return withMetadata({certificate(2'048, 20), lasting()}); }, provider},
        {rules::idpSingleKey, [] { return withMetadata({certificate(2'048, 50)}); }, [] { return withMetadata({certificate(2'048, 50), certificate(2'048, 51)}); }, provider},
        {rules::idpWeakKey, [] { return withMetadata({certificate(1'024, 1'000)}); }, [] { return withMetadata({lasting()}); }, provider},
        {rules::idpWeakKey, [] { return withMetadata({certificate(2'048, 1'000, EVP_sha1())}); }, [] { return withMetadata({lasting()}); }, provider},
        {rules::idpValidUntil, [] { return withMetadata({lasting()}, [](EstateParts& parts) { parts.samlProviders[0].validUntil = "2026-12-10 00:00:00+00:00"; }); },
         [] { return withMetadata({lasting()}); }, provider},
        {rules::mapRoleMissing, [] { return mapped({role("reader")}, {assignment("Support", arnOf("Reader"))}); },
         [] { return mapped({role("reader")}, {assignment("Support", arnOf("reader"))}); }, arnOf("Reader")},
        {rules::mapRoleUnmapped, [] { return mapped({role("reader"), role("other")}, {assignment("Support", arnOf("reader"))}); },
         [] { return mapped({role("reader")}, {assignment("Support", arnOf("reader"))}); }, arnOf("other")},
        {rules::mapGroupMixedEnv,
         [] {
             return mapped({inEnvironment(role("reader"), "prod"), inEnvironment(role("other"), "dev")},
                           {assignment("Support", arnOf("reader")), assignment("Support", arnOf("other"))});
         },
         [] {
             return mapped({inEnvironment(role("reader"), "prod"), inEnvironment(role("other"), "dev")},
                           {assignment("Support", arnOf("reader")), assignment("Testers", arnOf("other"))});
         },
         "group:Support"},
        {rules::trustEnvCrossing, [] { return mapped({inEnvironment(role("reader"), "prod")}, {assignment("support-dev", arnOf("reader"))}); },
         [] { return mapped({inEnvironment(role("reader"), "prod")}, {assignment("support", arnOf("reader"))}); }, arnOf("reader")},
        {rules::mapDutyConflict, [] { return people({"p1"}, {"p1", "p2"}); }, [] { return people({"p1"}, {"p2"}); }, "lena", duties},
        {rules::mapSubsumed,
         [wide] { return mapped({role("reader"), role("writer", wide)}, {assignment("Support", arnOf("reader")), assignment("Support", arnOf("writer"))}); },
         [wide] { return mapped({role("reader"), role("writer", wide)}, {assignment("Support", arnOf("reader")), assignment("Writers", arnOf("writer"))}); },
         arnOf("reader")},
        {rules::latticeInactive, [] { return lattice("NONE", true); }, [] { return lattice("AWS_IAM", true); }},
        {rules::latticeNoPolicy, [] { return lattice("AWS_IAM", false); }, [] { return lattice("AWS_IAM", true); }},
        {rules::apiAuthNone, [] { return api("NONE", ""); }, [] { return api("AWS_IAM", ""); }, "arn:aws:execute-api:eu-west-1:111122223333:a1/prod/POST/refunds"},
        {rules::apiAuthNone, [] { return api("NONE", everyone); }, [] { return api("NONE", named); }},
        {rules::apiPrincipalWithoutIam, [] { return api("CUSTOM", named); }, [] { return api("AWS_IAM", named); }, "arn:aws:execute-api:eu-west-1:111122223333:a1"},
        {rules::ecsSameRole, [] { return task(arnOf("task")); }, [] { return task(arnOf("execution")); }},
        {rules::lambdaRoleShared, [] { return functions(4); }, [] { return functions(3); }, arnOf("jobs")},
        {rules::meshRetired, [] { return meshes(ResourceKind::Mesh); }, [] { return meshes(ResourceKind::Bucket); }},
        {rules::usePermissionUnused, [] { return accessed(nullptr); }, [] { return accessed("2026-11-20T00:00:00Z"); }, arnOf("reader")},
        {rules::usePermissionUnused, [] { return accessed("2026-01-20T00:00:00Z"); }, [] { return accessed("2026-11-20T00:00:00Z"); }},
        {rules::driftTrust, [] { return mapped({changed(role("reader"), "staff", "contractor")}, {}); },
         [] { return mapped({changed(role("reader"), R"("Condition":{)", R"("Condition": {)")}, {}); }, arnOf("reader"), "", [] { return mapped({role("reader")}, {}); }},
        {rules::driftPerm, [] { return mapped({changed(role("reader"), "s3:GetObject", "s3:*")}, {}); },
         [] { return mapped({changed(role("reader"), R"("Action":"s3:GetObject")", R"("Action":["s3:GetObject"])")}, {}); }, arnOf("reader"), "",
         [] { return mapped({role("reader")}, {}); }},
    };
}

TEST(Review, findsWhatIsBrokenAndNothingOnceItIsMended) {
    for (const Case& one : cases()) {
        SCOPED_TRACE(one.rule.id);
        const Review broken = reviewOf(one.broken(), one);
        const Finding* found = find(broken, one.rule.id);
        ASSERT_NE(found, nullptr);
        if (!one.object.empty()) {
            EXPECT_EQ(found->object, one.object);
        }
        EXPECT_TRUE(found->fix.has_value());
        const Review mended = reviewOf(one.mended(), one);
        EXPECT_EQ(find(mended, one.rule.id), nullptr);
        EXPECT_TRUE(std::none_of(mended.notChecked.begin(), mended.notChecked.end(), [&](const NotChecked& each) {
            return each.rule == one.rule.id && each.needs != "last_accessed" && each.needs != "max_session";
        })) << "it was not looked at";
    }
}

TEST(Review, namesWhatItCouldNotCheck) {
    const Review empty = reviewOf({}, cases().front());
    std::set<std::string_view> lacking;
    for (const NotChecked& each : empty.notChecked) lacking.insert(each.rule);
    for (const Case& one : cases())
        EXPECT_TRUE(lacking.contains(one.rule.id) || one.rule.id == rules::meshRetired.id || one.rule.id == rules::trustEnvCrossing.id) << one.rule.id;
}

TEST(Review, aKeyThatHasEndedIsCritical) {
    const Review over = reviewOf(withMetadata({certificate(2'048, -1)}), cases().front());
    const Finding* found = find(over, rules::idpCertExpiring.id);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->severity, Severity::Critical);
}

TEST(Review, aTransientSubjectSharesNoName) {
    EXPECT_EQ(find(reviewOf(signIns("dario", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"), cases().front()), rules::sessNameShared.id), nullptr);
}

// One drift of two, both, and one until a day that is past.
TEST(Review, whatOfADriftIsAcceptedIsQuiet) {
    Case one = cases().front();
    one.baseline = [] { return mapped({role("reader")}, {}); };
    const auto live = [] { return mapped({changed(role("reader"), R"("Action":"s3:GetObject")", R"("Action":["s3:GetObject","s3:PutObject","s3:DeleteObject"])")}, {}); };
    const auto accepting = [](const std::string& more, const std::string& until) {
        return "[[accept]]\nrule = \"drift-perm\"\nobject = \"" + arnOf("reader") + "\"\n" + more + "reason = \"tier 2\"\nuntil = " + until + "\n";
    };
    const Review open = reviewOf(live(), one);
    const Finding* found = find(open, rules::driftPerm.id);
    ASSERT_NE(found, nullptr);
    EXPECT_NE(found->fact("gained[]").find("s3:PutObject"), std::string_view::npos);
    EXPECT_FALSE(found->suppressed.has_value());
    one.settings = accepting("change = \"gained\"\naction = \"s3:PutObject\"\n", "2026-12-31");
    const Review partly = reviewOf(live(), one);
    found = find(partly, rules::driftPerm.id);
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->fact("gained[]").find("s3:PutObject"), std::string_view::npos);
    EXPECT_NE(found->fact("gained[]").find("s3:DeleteObject"), std::string_view::npos);
    EXPECT_FALSE(found->suppressed.has_value());
    one.settings = accepting("", "2026-12-31");
    const Review quiet = reviewOf(live(), one);
    found = find(quiet, rules::driftPerm.id);
    ASSERT_NE(found, nullptr);
    ASSERT_TRUE(found->suppressed.has_value());
    EXPECT_EQ(found->suppressed->reason, "tier 2");
    EXPECT_EQ(quiet.counts[static_cast<std::size_t>(Severity::Medium)] + 1, open.counts[static_cast<std::size_t>(Severity::Medium)]);
    one.settings = accepting("change = \"gained\"\n", "2026-11-01");
    const Review over = reviewOf(live(), one);
    EXPECT_FALSE(find(over, rules::driftPerm.id)->suppressed.has_value());
    EXPECT_NE(find(over, rules::suppressionExpired.id), nullptr);
}

// However they are laid over threads, the findings are the same.
TEST(Review, isTheSameOverManyRoles) {
    const auto many = [] {
        std::vector<Role> roles;
        for (int i = 0; i < 2'500; ++i) roles.push_back(changed(role("r" + std::to_string(i)), "ForAnyValue", "ForAllValues"));
        return mapped(roles, {});
    };
    const Review one = reviewOf(many(), cases().front()), other = reviewOf(many(), cases().front());
    ASSERT_EQ(one.findings.size(), other.findings.size());
    EXPECT_GE(one.findings.size(), 2'500U);
    for (std::size_t i = 0; i < one.findings.size(); ++i) {
        EXPECT_EQ(one.findings[i].object, other.findings[i].object);
        EXPECT_EQ(one.findings[i].rule->id, other.findings[i].rule->id);
    }
}

} // namespace
} // namespace gw::estate::review
