#include "saml/inspect/metadata_report.h"

#include "saml/base/ascii.h"
#include "saml/base/blanks.h"
#include "saml/dsig/algorithms.h"
#include "saml/inspect/inspect_rules.h"
#include "saml/xml/document.h"
#include "saml/xml/namespaces.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <unordered_set>

namespace gw::inspect {
namespace {

using namespace std::chrono_literals;
using saml::Certificate;
using saml::Finding;
using saml::Rule;
using xml::Element;
namespace ns = xml::ns;

constexpr std::size_t mostEntities = 2000;
constexpr std::size_t mostFindings = 1000;
constexpr std::size_t awsKeys = 10;
constexpr std::size_t awsLeastSize = 1'000;
constexpr std::size_t awsMostSize = 10'000'000;
constexpr UtcTime::Duration soon = 24h * 30;

std::string bounded(std::string_view text) {
    std::string out(text.substr(0, 200));
    std::replace_if(
        out.begin(), out.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; }, ' ');
    return out;
}

class Linter {
public:
    Linter(MetadataReport& out, UtcTime now) : out_(out), now_(now) {}

    void run(std::string_view text) {
        if (text.size() > awsMostSize || text.size() < awsLeastSize)
            add(rules::metadataSize, {}, {{"seen", std::to_string(text.size())}, {"expected", text.size() > awsMostSize ? "10000000" : "1000"}});
        if (text.starts_with("\xEF\xBB\xBF")) add(rules::metadataByteOrderMark, {});
        const auto document = xml::Document::parse(text, xml::ReadRules::metadata());
        if (!document) {
            Finding& made = add(rules::metadataUnreadable, {}, {{"seen", document.error().code().id()}});
            const std::string_view line = document.error().fact("line");
            std::from_chars(line.data(), line.data() + line.size(), made.line);
            return;
        }
        const Element root = document->root();
        if (!root.is(ns::metadata, "EntityDescriptor") && !root.is(ns::metadata, "EntitiesDescriptor")) {
            add(rules::metadataUnreadable, root, {{"seen", bounded(root.name())}, {"expected", "EntityDescriptor"}});
            return;
        }
        for (const Element child : root.children()) out_.isSigned = out_.isSigned || child.is(ns::signature, "Signature");
        for (Element at = root; at; at = following(at, root))
            if (at.is(ns::metadata, "EntityDescriptor")) entity(at);
        if (!out_.isSigned && out_.entityCount > 1) add(rules::metadataUnsigned, root);
        const bool any = std::any_of(out_.entities.begin(), out_.entities.end(), [](const MetadataEntity& one) { return one.identityProvider; });
        if (!any) add(rules::metadataNoProvider, root);
        std::stable_sort(out_.calendar.begin(), out_.calendar.end(), [](const KeyEnd& a, const KeyEnd& b) { return a.notAfter < b.notAfter; });
        std::stable_sort(out_.findings.begin(), out_.findings.end(), [](const Finding& a, const Finding& b) { return a.severity > b.severity; });
    }

private:
    Finding& add(const Rule& rule, Element at, std::vector<Fact> facts = {}) {
        if (out_.findings.size() >= mostFindings) return overflow_;
        Finding& made = out_.findings.emplace_back();
        made.rule = &rule;
        made.severity = rule.severity;
        made.facts = std::move(facts);
        made.where = pathOf(at);
        made.line = at.line();
        if (!entityId_.empty()) made.facts.push_back({"entity", bounded(entityId_)});
        return made;
    }

    void entity(Element element) {
        ++out_.entityCount;
        if (out_.entities.size() >= mostEntities) return;
        MetadataEntity& made = out_.entities.emplace_back();
        made.entityId = element.attribute("entityID").value_or("");
        entityId_ = made.entityId;
        made.provider = providerOf(made.entityId);
        made.line = element.line();
        if (made.entityId.empty()) add(rules::metadataNoEntity, element);
        if (!made.entityId.empty() && !seen_.insert(made.entityId).second) add(rules::metadataDuplicateEntity, element, {{"seen", bounded(made.entityId)}});
        validity(element, made);
        for (const Element role : element.children()) {
            if (role.is(ns::metadata, "IDPSSODescriptor"))
                made.identityProvider = true;
            else if (role.is(ns::metadata, "SPSSODescriptor"))
                made.serviceProvider = true;
            else
                continue;
            descriptor(role, made);
        }
        if (made.identityProvider) provider(element, made);
        entityId_.clear();
    }

    void validity(Element element, MetadataEntity& made) {
        for (Element at = element; at; at = at.parent()) {
            const auto text = at.attribute("validUntil");
            if (!text) continue;
            const auto time = UtcTime::parse(*text);
            if (!time) {
                add(rules::metadataExpired, at, {{"seen", bounded(*text)}});
                continue;
            }
            made.validUntil = made.validUntil ? std::min(*made.validUntil, *time) : *time;
        }
        if (!made.validUntil) return;
        const std::vector<Fact> facts{{"instant", made.validUntil->toRfc3339()}, {"now", now_.toRfc3339()}};
        if (*made.validUntil <= now_)
            add(rules::metadataExpired, element, facts);
        else if (*made.validUntil - now_ < soon / 4)
            add(rules::metadataEndsSoon, element, facts);
    }

    void descriptor(Element role, MetadataEntity& made) {
        const auto truth = [&](std::string_view name) {
            const std::string value = role.attribute(name).value_or("");
            return value == "true" || value == "1";
        };
        made.wantAuthnRequestsSigned = made.wantAuthnRequestsSigned || truth("WantAuthnRequestsSigned");
        made.wantAssertionsSigned = made.wantAssertionsSigned || truth("WantAssertionsSigned");
        for (const Element child : role.children()) {
            if (child.is(ns::metadata, "KeyDescriptor"))
                keys(child, made);
            else if (child.is(ns::metadata, "NameIDFormat"))
                made.nameIdFormats.emplace_back(trimmed(child.text().value_or("")));
            else if (child.namespaceUri() == ns::metadata && child.attribute("Location"))
                endpoint(child, made);
        }
    }

    void endpoint(Element element, MetadataEntity& made) {
        if (made.endpoints.size() >= 200) return;
        MetadataEndpoint& one = made.endpoints.emplace_back();
        one.service = element.name();
        const std::string binding = element.attribute("Binding").value_or("");
        one.binding = binding.substr(binding.rfind(':') == std::string::npos ? 0 : binding.rfind(':') + 1);
        one.location = trimmed(element.attribute("Location").value_or(""));
        const std::string index = element.attribute("index").value_or("");
        unsigned value = 0;
        if (!index.empty() && std::from_chars(index.data(), index.data() + index.size(), value).ec == std::errc()) one.index = value;
        if (!foldedAscii(one.location.substr(0, 8)).starts_with("https://")) add(rules::metadataPlainHttp, element, {{"seen", bounded(one.location)}});
    }

    void keys(Element descriptor, MetadataEntity& made) {
        const std::string use = descriptor.attribute("use").value_or("");
        for (Element at = descriptor; at; at = following(at, descriptor)) {
            if (!at.is(ns::signature, "X509Certificate") || made.keys.size() >= 64) continue;
            const auto text = at.text();
            auto found = text ? Certificate::fromPem(*text) : Result<std::vector<Certificate>>(fail(saml::CertificateError::Malformed));
            if (!found) {
                add(rules::metadataBadCertificate, at, {{"seen", found.error().code().id()}});
                made.keys.push_back({use, std::nullopt, at.line()});
                continue;
            }
            for (Certificate& one : *found) {
                const bool known = std::any_of(made.keys.begin(), made.keys.end(), [&](const MetadataKey& key) {
                    return key.use == use && key.certificate && *key.certificate == one;
                });
                if (known) continue;
                if (use != "encryption") judge(at, one);
                made.keys.push_back({use, std::move(one), at.line()});
            }
        }
    }

    void judge(Element at, const Certificate& one) {
        const std::vector<Fact> facts{{"seen", one.keyDescription()}, {"fingerprint", one.fingerprint()}, {"subject", bounded(one.subject())}};
        const auto until = [&](UtcTime limit) {
            std::vector<Fact> all = facts;
            all.push_back({"instant", limit.toRfc3339()});
            all.push_back({"now", now_.toRfc3339()});
            return all;
        };
        if (one.notAfter() <= now_)
            add(rules::metadataCertificateExpired, at, until(one.notAfter()));
        else if (one.notAfter() - now_ < soon)
            add(rules::metadataCertificateEndsSoon, at, until(one.notAfter()));
        if (one.notBefore() > now_) add(rules::metadataCertificateNotYet, at, until(one.notBefore()));
        if (one.isRsa() && one.keyBits() < saml::leastRsaBits)
            add(rules::metadataRefusedKey, at, facts);
        else if (one.isRsa() && one.keyBits() < saml::soundRsaBits)
            add(rules::metadataWeakKey, at, facts);
        if (one.hasSmallExponent()) add(rules::metadataSmallExponent, at, facts);
    }

    void provider(Element element, const MetadataEntity& made) {
        std::vector<const MetadataKey*> signing;
        std::size_t usable = 0;
        for (const MetadataKey& key : made.keys) {
            if (key.use == "encryption" || !key.certificate) continue;
            signing.push_back(&key);
            if (key.certificate->notAfter() > now_) ++usable;
        }
        if (signing.empty()) add(rules::metadataNoKey, element);
        if (signing.size() > 1) add(rules::metadataRollOver, element, {{"count", std::to_string(signing.size())}});
        if (signing.size() > awsKeys)
            add(rules::metadataTooManyKeys, element, {{"seen", std::to_string(signing.size())}, {"expected", std::to_string(awsKeys)}});
        const bool signOn = std::any_of(made.endpoints.begin(), made.endpoints.end(), [](const MetadataEndpoint& one) { return one.service == "SingleSignOnService"; });
        if (!signOn) add(rules::metadataNoEndpoint, element);
        if (made.wantAuthnRequestsSigned) add(rules::metadataWantsSigned, element);
        static constexpr std::array<std::string_view, 8> known{"persistent", "transient", "emailAddress", "unspecified", "X509SubjectName",
                                                               "WindowsDomainQualifiedName", "kerberos", "entity"};
        const bool taken = made.nameIdFormats.empty() || std::any_of(made.nameIdFormats.begin(), made.nameIdFormats.end(), [](const std::string& format) {
                               return std::any_of(known.begin(), known.end(), [&](std::string_view one) { return format.ends_with(one); });
                           });
        if (!taken) add(rules::metadataNameIdFormat, element, {{"seen", bounded(made.nameIdFormats.front())}});
        for (const MetadataKey& key : made.keys) {
            if (!key.certificate || out_.calendar.size() >= 10'000) continue;
            const Certificate& one = *key.certificate;
            out_.calendar.push_back({made.entityId, key.use, one.fingerprint(), one.subject(), one.notBefore(), one.notAfter(),
                                     key.use != "encryption" && usable == 1 && one.notAfter() > now_});
        }
    }

    MetadataReport& out_;
    UtcTime now_;
    std::string entityId_;
    std::unordered_set<std::string> seen_;
    Finding overflow_;
};

} // namespace

MetadataReport reportMetadata(std::string_view xml, UtcTime now) {
    MetadataReport out;
    Linter(out, now).run(xml);
    return out;
}

} // namespace gw::inspect
