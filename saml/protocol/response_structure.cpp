#include "saml/protocol/response_structure.h"

#include "saml/base/utc_time.h"
#include "saml/xml/namespaces.h"

#include <algorithm>

namespace gw::saml {
namespace {

using xml::Element;
namespace ns = xml::ns;

constexpr std::string_view successCode = "urn:oasis:names:tc:SAML:2.0:status:Success";

bool isAssertion(Element element) {
    return element.is(ns::assertion, "Assertion") || element.is(ns::assertion, "EncryptedAssertion");
}

bool isStatusPlace(Element element) {
    const Element parent = element.parent();
    const auto name = element.name();
    if (name == "StatusCode") return parent.is(ns::protocol, "Status") || parent.is(ns::protocol, "StatusCode");
    return (name == "StatusMessage" || name == "StatusDetail") && parent.is(ns::protocol, "Status");
}

// Whether an element of the three namespaces that carry meaning stands where SAML lets it stand. Everything a wrapping
// attack needs (a second Response, an Assertion in Extensions, in Advice, in a Signature, a stray Signature) does not.
bool isInPlace(Element element, Element root) {
    const Element parent = element.parent();
    const std::string_view uri = element.namespaceUri();
    const std::string_view name = element.name();
    if (uri == ns::protocol)
        return element == root || (parent == root && (name == "Status" || name == "Extensions")) || isStatusPlace(element);
    if (uri == ns::assertion) {
        if (element == root) return name == "Assertion";
        if (isAssertion(element)) return parent == root && root.is(ns::protocol, "Response");
        if (parent == root && root.is(ns::protocol, "Response")) return name == "Issuer";
        return parent.namespaceUri() == ns::assertion && !parent.is(ns::assertion, "EncryptedAssertion");
    }
    if (uri == ns::signature) {
        if (name == "Signature") return parent == root || (parent.is(ns::assertion, "Assertion") && parent.parent() == root);
        if (parent.namespaceUri() == ns::signature) return true;
        // The parameters of a ciphertext (key, digest, agreement) are opaque here: nothing reads them.
        for (Element up = parent; up; up = up.parent())
            if (up.namespaceUri() == ns::encryption) return true;
        return name == "KeyInfo" && parent.is(ns::assertion, "SubjectConfirmationData");
    }
    return true;
}

Status checkPlaces(Element root) {
    for (Element at = root; at; at = following(at, root))
        if (!isInPlace(at, root)) return badStructure(at, at.name());
    return {};
}

// ID, Version and IssueInstant, which Response and Assertion share (SAML Core 2.3.3 and 3.2.2).
Status checkHead(Element element) {
    if (!element.attribute("ID")) return badStructure(element, std::string(element.name()) + "/@ID");
    const auto version = element.attribute("Version");
    if (version != "2.0") return badStructure(element, std::string(element.name()) + "/@Version", version.value_or(""));
    const auto instant = element.attribute("IssueInstant");
    if (!instant || !UtcTime::parse(*instant))
        return badStructure(element, std::string(element.name()) + "/@IssueInstant", instant.value_or(""));
    return {};
}

// Remembers the only occurrence of a part.
Status once(Element& slot, Element child) {
    if (slot) return badStructure(child, child.name());
    slot = child;
    return {};
}

} // namespace

std::string quoted(std::string_view text) {
    std::string out(text.substr(0, 200));
    // Cut between characters, not inside one.
    if (text.size() > 200)
        while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xC0U) == 0x80U) out.pop_back();
    if (text.size() > 200 && !out.empty() && static_cast<unsigned char>(out.back()) >= 0xC0U) out.pop_back();
    std::replace_if(
        out.begin(), out.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; }, ' ');
    return out;
}

Error errorBecauseOf(Code code, Error cause) {
    Error error(code);
    for (const Fact& fact : cause.facts()) error.with(fact.name, quoted(fact.value));
    return std::move(error).because(std::move(cause));
}

tl::unexpected<Error> badStructure(Element at, std::string_view where, std::string_view seen) {
    Error error = Error(VerifyError::BadStructure).with("where", std::string(where));
    if (!seen.empty()) error = std::move(error).with("seen", quoted(seen));
    if (at.line() > 0) error = std::move(error).with("line", std::to_string(at.line()));
    if (at) error = std::move(error).with("place", quoted(pathOf(at)));
    return fail(std::move(error));
}

Result<ResponseParts> locateResponse(Element root) {
    if (!root.is(ns::protocol, "Response"))
        return fail(Error(VerifyError::NotAResponse).with("seen", quoted(root.name())).with("expected", "Response"));
    GW_CHECK(checkPlaces(root));
    GW_CHECK(checkHead(root));
    ResponseParts parts;
    parts.response = root;
    Element extensions;
    for (const Element child : root.children()) {
        if (child.is(ns::assertion, "Issuer"))
            GW_CHECK(once(parts.issuer, child));
        else if (child.is(ns::signature, "Signature"))
            GW_CHECK(once(parts.signature, child));
        else if (child.is(ns::protocol, "Extensions"))
            GW_CHECK(once(extensions, child));
        else if (child.is(ns::protocol, "Status"))
            GW_CHECK(once(parts.status, child));
        else if (isAssertion(child))
            parts.assertions.push_back(child);
        else
            return badStructure(child, child.name());
    }
    if (!parts.status) return badStructure(root, "Status");
    if (parts.issuer && !parts.issuer.text()) return badStructure(parts.issuer, "Issuer");
    return parts;
}

Result<AssertionParts> locateAssertion(Element assertion) {
    GW_CHECK(checkHead(assertion));
    AssertionParts parts;
    parts.assertion = assertion;
    Element advice;
    for (const Element child : assertion.children()) {
        if (child.is(ns::assertion, "Issuer"))
            GW_CHECK(once(parts.issuer, child));
        else if (child.is(ns::signature, "Signature"))
            GW_CHECK(once(parts.signature, child));
        else if (child.is(ns::assertion, "Subject"))
            GW_CHECK(once(parts.subject, child));
        else if (child.is(ns::assertion, "Conditions"))
            GW_CHECK(once(parts.conditions, child));
        else if (child.is(ns::assertion, "Advice"))
            GW_CHECK(once(advice, child));
        else if (child.is(ns::assertion, "AuthnStatement"))
            parts.authnStatements.push_back(child);
        else if (child.is(ns::assertion, "AttributeStatement"))
            parts.attributeStatements.push_back(child);
        else if (!child.is(ns::assertion, "AuthzDecisionStatement"))
            return badStructure(child, child.name());
    }
    if (!parts.issuer.text()) return badStructure(assertion, "Issuer");
    return parts;
}

Result<AssertionParts> locateLoneAssertion(Element assertion) {
    GW_CHECK(checkPlaces(assertion));
    return locateAssertion(assertion);
}

Status checkStatus(Element status) {
    std::string codes;
    Element code = status.firstChild();
    if (!code.is(ns::protocol, "StatusCode")) return badStructure(status, "StatusCode");
    const bool success = code.attribute("Value") == successCode;
    for (; code.is(ns::protocol, "StatusCode"); code = code.firstChild()) {
        // One at each level (SAML Core 3.2.2.1): another reader might take the second.
        if (code.next().is(ns::protocol, "StatusCode")) return badStructure(code.next(), "StatusCode");
        if (!codes.empty()) codes += " ";
        codes += quoted(code.attribute("Value").value_or(""));
    }
    if (success) return {};
    Error error = Error(VerifyError::StatusNotSuccess).with("seen", codes);
    for (const Element child : status.children())
        if (child.is(ns::protocol, "StatusMessage")) error = std::move(error).with("message", quoted(child.text().value_or("")));
    return fail(std::move(error));
}

} // namespace gw::saml
