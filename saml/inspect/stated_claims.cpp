#include "saml/inspect/stated_claims.h"

#include "saml/base/blanks.h"
#include "saml/xml/namespaces.h"

#include <algorithm>

namespace gw::inspect {
namespace {

namespace ns = xml::ns;

constexpr std::string_view bearer = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
constexpr std::string_view roleName = "https://aws.amazon.com/SAML/Attributes/Role";
constexpr std::size_t mostValues = 5000;
// Of a name that goes with each of its values.
constexpr std::size_t longestName = 200;

class Reader {
public:
    explicit Reader(const SourceTree& tree) : tree_(tree) {}

    StatedClaims run() {
        collect();
        const NodeIndex root = tree_.root();
        if (tree_.localName(root) == "Response") out_.response = root;
        readResponse();
        if (out_.assertion == noNode && tree_.is(root, ns::assertion, "Assertion")) out_.assertion = root;
        readAssertion(out_.assertion);
        std::vector<saml::Attribute> attributes;
        for (const StatedAttribute& one : out_.attributes) {
            saml::Attribute& made = attributes.emplace_back();
            made.name = one.name;
            for (const StatedValue& value : one.values) made.values.push_back(value.value);
        }
        out_.aws = aws::readClaims(attributes);
        return std::move(out_);
    }

private:
    [[nodiscard]] std::optional<UtcTime> time(NodeIndex element, std::string_view name) const {
        const auto text = tree_.attribute(element, name);
        if (!text) return std::nullopt;
        const auto parsed = UtcTime::parse(*text);
        return parsed ? std::optional(*parsed) : std::nullopt;
    }

    [[nodiscard]] std::string text(NodeIndex element) const { return std::string(trimmed(tree_.content(element))); }

    StatedValue attributeValue(NodeIndex element, std::string_view name) const {
        const SourceAttribute* found = tree_.findAttribute(element, name);
        if (found == nullptr) return {};
        return {std::string(name), resolved(tree_.text(found->value), true), element, found->value};
    }

    void everywhere(StatedValue value) {
        if (!value.range.empty() && out_.everywhere.size() < mostValues) out_.everywhere.push_back(std::move(value));
    }

    // All values of an attribute come one after another.
    const std::string& attributeNameOf(NodeIndex attribute) {
        if (attribute != named_.first) named_ = {attribute, tree_.attribute(attribute, "Name").value_or("").substr(0, longestName)};
        return named_.second;
    }

    // One pass over the whole document, for what readers that search would find.
    void collect() {
        for (NodeIndex at = 0; at < tree_.nodes().size(); ++at) {
            if (tree_.node(at).kind != NodeKind::Element || tree_.namespaceUri(at) != ns::assertion) continue;
            const std::string_view name = tree_.localName(at);
            if (name == "Assertion") {
                if (out_.assertions.size() < 100) out_.assertions.push_back(at);
            } else if (name == "EncryptedAssertion") {
                if (out_.encryptedAssertions.size() < 100) out_.encryptedAssertions.push_back(at);
            } else if (name == "NameID" || name == "Audience") {
                everywhere({std::string(name), text(at), at, tree_.contentRange(at)});
            } else if (name == "SubjectConfirmationData") {
                everywhere(attributeValue(at, "Recipient"));
                everywhere(attributeValue(at, "NotOnOrAfter"));
            } else if (name == "AttributeValue") {
                everywhere({attributeNameOf(tree_.node(at).parent), text(at), at, tree_.contentRange(at)});
            }
        }
    }

    void readResponse() {
        const NodeIndex response = out_.response;
        if (response == noNode) return;
        out_.responseId = tree_.attribute(response, "ID").value_or("");
        out_.version = tree_.attribute(response, "Version").value_or("");
        out_.destination = tree_.attribute(response, "Destination").value_or("");
        out_.inResponseTo = tree_.attribute(response, "InResponseTo").value_or("");
        out_.responseInstant = time(response, "IssueInstant");
        out_.responseIssuer = text(tree_.child(response, ns::assertion, "Issuer"));
        const NodeIndex status = tree_.child(response, ns::protocol, "Status");
        out_.status = tree_.attribute(tree_.child(status, ns::protocol, "StatusCode"), "Value").value_or("");
        out_.statusMessage = text(tree_.child(status, ns::protocol, "StatusMessage"));
        out_.assertion = tree_.child(response, ns::assertion, "Assertion");
    }

    void readAssertion(NodeIndex assertion) {
        if (assertion == noNode) return;
        out_.assertionId = tree_.attribute(assertion, "ID").value_or("");
        out_.issueInstant = time(assertion, "IssueInstant");
        out_.issuer = text(tree_.child(assertion, ns::assertion, "Issuer"));
        readSubject(tree_.child(assertion, ns::assertion, "Subject"));
        const NodeIndex conditions = tree_.child(assertion, ns::assertion, "Conditions");
        out_.notBefore = time(conditions, "NotBefore");
        out_.notOnOrAfter = time(conditions, "NotOnOrAfter");
        for (NodeIndex at = tree_.firstElement(conditions); at != noNode; at = tree_.nextElement(at)) {
            if (!tree_.is(at, ns::assertion, "AudienceRestriction")) continue;
            for (NodeIndex one = tree_.firstElement(at); one != noNode; one = tree_.nextElement(one))
                if (tree_.is(one, ns::assertion, "Audience")) out_.audiences.push_back(text(one));
        }
        const NodeIndex authn = tree_.child(assertion, ns::assertion, "AuthnStatement");
        out_.hasAuthnStatement = authn != noNode;
        out_.authnInstant = time(authn, "AuthnInstant");
        out_.sessionNotOnOrAfter = time(authn, "SessionNotOnOrAfter");
        for (NodeIndex at = tree_.firstElement(assertion); at != noNode; at = tree_.nextElement(at))
            if (tree_.is(at, ns::assertion, "AttributeStatement")) readAttributes(at);
    }

    void readSubject(NodeIndex subject) {
        out_.hasSubject = subject != noNode;
        const NodeIndex nameId = tree_.child(subject, ns::assertion, "NameID");
        out_.nameId = text(nameId);
        out_.nameIdFormat = tree_.attribute(nameId, "Format").value_or("");
        bool chosen = false;
        for (NodeIndex at = tree_.firstElement(subject); at != noNode; at = tree_.nextElement(at)) {
            if (!tree_.is(at, ns::assertion, "SubjectConfirmation")) continue;
            ++out_.subjectConfirmations;
            if (chosen || tree_.attribute(at, "Method").value_or("") != bearer) continue;
            chosen = true;
            const NodeIndex data = tree_.child(at, ns::assertion, "SubjectConfirmationData");
            out_.recipient = tree_.attribute(data, "Recipient").value_or("");
            out_.confirmationInResponseTo = tree_.attribute(data, "InResponseTo").value_or("");
            out_.confirmationNotOnOrAfter = time(data, "NotOnOrAfter");
        }
    }

    void readAttributes(NodeIndex statement) {
        for (NodeIndex at = tree_.firstElement(statement); at != noNode && out_.attributes.size() < 2000; at = tree_.nextElement(at)) {
            if (!tree_.is(at, ns::assertion, "Attribute")) continue;
            StatedAttribute& made = out_.attributes.emplace_back();
            made.name = tree_.attribute(at, "Name").value_or("");
            made.nameFormat = tree_.attribute(at, "NameFormat").value_or("");
            made.element = at;
            for (NodeIndex one = tree_.firstElement(at); one != noNode && made.values.size() < mostValues; one = tree_.nextElement(one))
                if (tree_.is(one, ns::assertion, "AttributeValue"))
                    made.values.push_back({made.name.substr(0, longestName), tree_.content(one), one, tree_.contentRange(one)});
        }
    }

    const SourceTree& tree_;
    StatedClaims out_;
    std::pair<NodeIndex, std::string> named_{noNode, {}};
};

} // namespace

StatedClaims readStated(const SourceTree& tree) {
    return Reader(tree).run();
}

Shadow readCarelessly(const SourceTree& tree, NodeIndex usable) {
    Shadow shadow;
    const auto take = [&](NodeIndex element) {
        const std::string first = tree.firstPiece(element);
        if (first != tree.content(element)) shadow.truncated = true;
        return std::string(trimmed(first));
    };
    NodeIndex issuer = noNode;
    for (NodeIndex at = 0; at < tree.nodes().size(); ++at) {
        if (tree.node(at).kind != NodeKind::Element) continue;
        const std::string_view name = tree.localName(at);
        if (name == "NameID" && shadow.nameIdElement == noNode) {
            shadow.nameIdElement = at;
            shadow.nameId = take(at);
        } else if (name == "Issuer" && issuer == noNode) {
            issuer = at;
            shadow.issuer = take(at);
        } else if (name == "Attribute" && shadow.roleElement == noNode && tree.attribute(at, "Name") == roleName) {
            shadow.roleElement = at;
            for (NodeIndex one = tree.firstElement(at); one != noNode && shadow.roles.size() < mostValues; one = tree.nextElement(one))
                shadow.roles.push_back(take(one));
        }
    }
    const auto foreign = [&](NodeIndex element) { return element != noNode && !tree.within(element, usable); };
    shadow.misled = shadow.truncated || foreign(shadow.nameIdElement) || foreign(shadow.roleElement);
    return shadow;
}

} // namespace gw::inspect
