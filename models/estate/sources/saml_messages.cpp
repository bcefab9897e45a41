#include "models/estate/sources/file_form.h"
#include "models/estate/sources/source_readers.h"
#include "saml/base/ascii.h"
#include "saml/base/blanks.h"
#include "saml/inspect/inspect_input.h"
#include "saml/inspect/signature_report.h"
#include "saml/inspect/stated_claims.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

namespace gw::estate {
namespace {

using inspect::MessageKind;
using inspect::noNode;

// Under which providers send groups: plain names, those of Microsoft's and Shibboleth's rules.
bool isGroupAttribute(std::string_view name) {
    static constexpr auto names = std::to_array<std::string_view>(
        {"group", "groups", "memberof", "ismemberof", "http://schemas.xmlsoap.org/claims/group",
         "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups", "urn:oid:1.3.6.1.4.1.5923.1.5.1.1"});
    const std::string folded = foldedAscii(name);
    return std::find(names.begin(), names.end(), folded) != names.end();
}

// As AWS's attribute, whatever its case: only the right one counts there.
bool isRoleAttribute(std::string_view name) {
    static const std::string wanted = foldedAscii(std::string(aws::attributePrefix) + "Role");
    return foldedAscii(name) == wanted;
}

void readRoles(const inspect::StatedAttribute& attribute, ObservedResponse& response) {
    response.roleAttributeName = attribute.name;
    for (const inspect::StatedValue& value : attribute.values) {
        const auto pair = aws::parseRolePair(value.value);
        if (!pair) {
            response.malformedRoles.push_back(value.value);
            continue;
        }
        std::pair<std::string, std::string> arns(pair->role.value(), pair->provider.value());
        if (std::find(response.roles.begin(), response.roles.end(), arns) == response.roles.end())
            response.roles.push_back(std::move(arns));
    }
}

std::string certificateOf(const std::vector<inspect::SignatureReport>& signatures) {
    for (const inspect::SignatureReport& each : signatures)
        if (each.holdsSomehow()) return each.key()->certificate.fingerprint();
    return {};
}

// Whom people know by it: opaque identifiers are no user names.
std::string personOf(const inspect::StatedClaims& stated) {
    const bool opaque = stated.nameIdFormat.ends_with(":persistent") || stated.nameIdFormat.ends_with(":transient");
    const std::string& session = stated.aws.roleSessionName;
    return stated.nameId.empty() || (opaque && !session.empty()) ? session : stated.nameId;
}

void readResponse(const RawFile& raw, const inspect::FoundMessage& message, Reading& into) {
    const auto tree = inspect::SourceTree::read(std::string(message.xml.reveal()));
    const inspect::StatedClaims stated = inspect::readStated(tree);
    const auto told = [&](EstateError code, std::string what) {
        Error error = problemOf(code, raw);
        if (!what.empty()) error.with("object", std::move(what));
        into.parts.problems.push_back(std::move(error));
    };
    if (!tree.problems().empty()) return told(EstateError::Malformed, {});
    // Only AWS can open it: nothing that is said here is about what is in it.
    if (stated.assertion == noNode && !stated.encryptedAssertions.empty()) return told(EstateError::NotRecognised, "EncryptedAssertion");
    ObservedResponse response;
    response.issuer = stated.issuer.empty() ? stated.responseIssuer : stated.issuer;
    response.nameId = stated.nameId;
    response.sessionName = stated.aws.roleSessionName;
    response.sourceIdentity = stated.aws.sourceIdentity;
    response.recipient = stated.recipient;
    response.audiences = stated.audiences;
    for (const auto& [key, value] : stated.aws.principalTags) response.tags.emplace_back(key, value);
    response.transitiveTags = stated.aws.transitiveTagKeys;
    // The attribute in its right case counts; one in another only where there is no better.
    const inspect::StatedAttribute* roles = nullptr;
    for (const inspect::StatedAttribute& each : stated.attributes) {
        if (isRoleAttribute(each.name) && (roles == nullptr || each.name == std::string(aws::attributePrefix) + "Role")) roles = &each;
        if (!isGroupAttribute(each.name)) continue;
        for (const inspect::StatedValue& value : each.values) response.groups.push_back(value.value);
    }
    if (roles != nullptr) readRoles(*roles, response);
    if (stated.aws.sessionDuration) response.sessionSeconds = stated.aws.sessionDuration->count();
    response.issued = stated.issueInstant ? stated.issueInstant : stated.responseInstant;
    response.notBefore = stated.notBefore;
    response.notOnOrAfter = stated.notOnOrAfter ? stated.notOnOrAfter : stated.confirmationNotOnOrAfter;
    response.subjectConfirmations = stated.subjectConfirmations;
    const auto signatures = inspect::reportSignatures(tree, {});
    response.isSigned = !signatures.empty();
    response.certificate = certificateOf(signatures);
    const inspect::NodeIndex start = stated.assertion != noNode ? stated.assertion : stated.response;
    const bool placed = message.wrapping == inspect::Wrapping::Xml && start != noNode;
    response.source = {raw.file, {}, {placed ? static_cast<std::uint32_t>(tree.lineOf(start)) : 1, 1}};

    // AWS reads no attribute whose name has another case.
    const std::string person = personOf(stated);
    if (!person.empty() && response.roleAttributeName == std::string(aws::attributePrefix) + "Role")
        for (const auto& [role, provider] : response.roles)
            into.parts.assignments.push_back({{}, person, role, provider, AssignmentOrigin::Assertion, response.source});
    into.parts.responses.push_back(std::move(response));
}

// An HTTP archive says so at its beginning.
bool looksLikeHar(std::string_view text) {
    const std::string_view start = text.substr(0, 4096);
    return start.find("\"log\"") != std::string_view::npos &&
           (start.find("\"creator\"") != std::string_view::npos || start.find("\"entries\"") != std::string_view::npos);
}

std::string entityIdOf(std::string_view xml) {
    const auto tree = inspect::SourceTree::read(std::string(xml));
    if (tree.root() == noNode) return {};
    inspect::NodeIndex entity = tree.root();
    if (tree.localName(entity) == "EntitiesDescriptor")
        for (entity = tree.firstElement(entity); entity != noNode && tree.localName(entity) != "EntityDescriptor";)
            entity = tree.nextElement(entity);
    return entity == noNode ? std::string() : tree.attribute(entity, "entityID").value_or("");
}

std::string stemOf(std::string_view path) {
    path = path.substr(path.rfind('/') + 1);
    return foldedAscii(path.substr(0, path.rfind('.')));
}

bool isWordIn(std::string_view word, std::string_view text) {
    const auto joins = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !joins(text[at - 1])) && (end == text.size() || !joins(text[end]))) return true;
    }
    return false;
}

using ProvidersByIssuer = std::map<std::string, std::set<std::string>, std::less<>>;

// By what the file is called, or by responses of the same issuer that name the provider; the only provider there is takes
// what nothing else claims.
bool belongs(const PendingMetadata& metadata, const SamlProvider& provider, const ProvidersByIssuer& named, bool only) {
    if (only || (!provider.name.empty() && isWordIn(foldedAscii(provider.name), stemOf(metadata.path)))) return true;
    const auto found = named.find(metadata.entityId);
    return found != named.end() && found->second.contains(provider.arn);
}

} // namespace

bool readSamlMessages(const RawFile& raw, Reading& into) {
    const FileForm form = formOf(raw.file->path, raw.text);
    const bool mine = form == FileForm::Markup || form == FileForm::Encoded || (form == FileForm::Json && looksLikeHar(raw.text));
    if (!mine) return false;
    auto found = inspect::findMessages(raw.text);
    if (!found) return false;
    bool any = false;
    for (const inspect::FoundMessage& message : *found) {
        if (message.kind == MessageKind::Response) {
            readResponse(raw, message, into);
            raw.file->call = "saml-response";
            any = true;
        } else if (message.kind == MessageKind::Metadata) {
            std::string xml(message.xml.reveal());
            std::string entity = entityIdOf(xml);
            if (raw.file->call.empty()) raw.file->call = "saml-metadata";
            pendingIn(into).metadata.push_back({std::move(entity), std::move(xml), raw.file->path});
            any = true;
        }
    }
    return any;
}

void finishSamlMessages(Reading& reading) {
    EstateParts& parts = reading.parts;
    ProvidersByIssuer named;
    for (const ObservedResponse& each : parts.responses)
        for (const auto& [role, provider] : each.roles) named[each.issuer].insert(provider);
    for (PendingMetadata& metadata : pendingIn(reading).metadata) {
        bool used = false;
        for (SamlProvider& provider : parts.samlProviders) {
            if (!belongs(metadata, provider, named, parts.samlProviders.size() == 1)) continue;
            used = true;
            // What get-saml-provider tells is what AWS has.
            if (provider.metadata.empty()) provider.metadata = metadata.xml;
        }
        if (!used && !parts.samlProviders.empty())
            parts.problems.push_back(Error(EstateError::Unnamed).with("file", metadata.path).with("object", metadata.entityId));
    }
    pendingIn(reading).metadata.clear();
    std::set<std::tuple<std::string, std::string, std::string>> known;
    std::erase_if(parts.assignments, [&](const Assignment& each) {
        return each.origin == AssignmentOrigin::Assertion && !known.emplace(each.person, each.role, each.provider).second;
    });
}

} // namespace gw::estate
