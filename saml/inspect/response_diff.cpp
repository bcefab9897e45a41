#include "saml/inspect/response_diff.h"

#include "saml/xml/namespaces.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace gw::inspect {
namespace {

constexpr std::array<std::string_view, 19> names{
    "signed-parts", "signature-method", "digest-method", "canonicalization", "certificate", "encryption",     "status",
    "issuer",       "destination",      "recipient",     "audience",         "name-id",     "name-id-format", "lifetime",
    "session-length", "attribute",      "role",          "order",            "prefixes"};

const SignatureReport* mainSignature(const Inspection& inspection) {
    const SignatureReport* chosen = nullptr;
    for (const SignatureReport& one : inspection.signatures)
        if (chosen == nullptr || (one.holdsSomehow() && !chosen->holdsSomehow())) chosen = &one;
    return chosen;
}

std::string signedParts(const Inspection& inspection) {
    std::string out;
    for (const SignatureReport& one : inspection.signatures) {
        const std::string_view name = inspection.tree.localName(one.target());
        if (!name.empty()) out += (out.empty() ? "" : "+") + std::string(name);
    }
    return out.empty() ? "none" : out;
}

std::string seconds(std::optional<UtcTime> from, std::optional<UtcTime> to) {
    if (!from || !to) return {};
    return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(*to - *from).count());
}

std::string joined(std::vector<std::string> list) {
    std::sort(list.begin(), list.end());
    std::string out;
    for (const std::string& one : list) out += (out.empty() ? "" : " ") + one;
    return out;
}

// Local names of the children of Response and Assertion, in order.
std::string orderOf(const Inspection& inspection) {
    std::string out;
    for (const NodeIndex parent : {inspection.stated.response, inspection.stated.assertion}) {
        int count = 0;
        for (NodeIndex at = inspection.tree.firstElement(parent); at != noNode && count < 30; at = inspection.tree.nextElement(at), ++count)
            out += (out.empty() ? "" : " ") + std::string(inspection.tree.localName(at));
        out += ";";
    }
    return out;
}

std::string prefixesOf(const Inspection& inspection) {
    return std::string(inspection.tree.prefix(inspection.stated.response)) + " " + std::string(inspection.tree.prefix(inspection.stated.assertion));
}

struct Facts {
    std::map<DiffAspect, std::string> single;
    std::map<std::string, std::string> attributes;
    std::set<std::string> roles;
};

Facts factsOf(const Inspection& one) {
    Facts out;
    const StatedClaims& stated = one.stated;
    out.single[DiffAspect::SignedParts] = signedParts(one);
    if (const SignatureReport* signature = mainSignature(one)) {
        out.single[DiffAspect::SignatureMethod] = signature->method;
        out.single[DiffAspect::Canonicalization] = signature->canonicalization;
        if (!signature->references.empty()) out.single[DiffAspect::DigestMethod] = signature->references.front().digestMethod;
        if (!signature->embedded.empty()) out.single[DiffAspect::Certificate] = signature->embedded.front().fingerprint();
    }
    out.single[DiffAspect::Encryption] = stated.encryptedAssertions.empty() ? "no" : "yes";
    out.single[DiffAspect::Status] = stated.status;
    out.single[DiffAspect::Issuer] = stated.issuer.empty() ? stated.responseIssuer : stated.issuer;
    out.single[DiffAspect::Destination] = stated.destination;
    out.single[DiffAspect::Recipient] = stated.recipient;
    out.single[DiffAspect::Audience] = joined(stated.audiences);
    out.single[DiffAspect::NameId] = stated.nameId;
    out.single[DiffAspect::NameIdFormat] = stated.nameIdFormat;
    out.single[DiffAspect::Lifetime] = seconds(stated.issueInstant, stated.notOnOrAfter);
    out.single[DiffAspect::SessionLength] = seconds(stated.issueInstant, stated.sessionNotOnOrAfter);
    out.single[DiffAspect::Order] = orderOf(one);
    out.single[DiffAspect::Prefixes] = prefixesOf(one);
    const std::string role = std::string(aws::attributePrefix) + "Role";
    for (const StatedAttribute& attribute : stated.attributes) {
        std::vector<std::string> values;
        for (const StatedValue& value : attribute.values) values.push_back(value.value);
        if (attribute.name == role)
            out.roles.insert(values.begin(), values.end());
        else
            out.attributes[attribute.name] = joined(std::move(values));
    }
    return out;
}

} // namespace

std::string_view aspectName(DiffAspect aspect) {
    return names[std::min(static_cast<std::size_t>(aspect), names.size() - 1)];
}

std::vector<DiffEntry> diffResponses(const Inspection& before, const Inspection& after) {
    const Facts left = factsOf(before);
    Facts right = factsOf(after);
    std::vector<DiffEntry> out;
    for (const auto& [aspect, value] : left.single)
        if (right.single[aspect] != value) out.push_back({aspect, {}, value, right.single[aspect]});
    for (const auto& [aspect, value] : right.single)
        if (!left.single.contains(aspect) && !value.empty()) out.push_back({aspect, {}, {}, value});
    for (const auto& [name, value] : left.attributes) {
        const auto other = right.attributes.find(name);
        const std::string now = other == right.attributes.end() ? std::string() : other->second;
        if (now != value || other == right.attributes.end()) out.push_back({DiffAspect::Attribute, name, value, now});
    }
    for (const auto& [name, value] : right.attributes)
        if (!left.attributes.contains(name)) out.push_back({DiffAspect::Attribute, name, {}, value});
    for (const std::string& role : left.roles)
        if (!right.roles.contains(role)) out.push_back({DiffAspect::Role, {}, role, {}});
    for (const std::string& role : right.roles)
        if (!left.roles.contains(role)) out.push_back({DiffAspect::Role, {}, {}, role});
    return out;
}

} // namespace gw::inspect
