#include "saml/inspect/attacks.h"

#include "saml/xml/namespaces.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace gw::inspect {
namespace {

namespace ns = xml::ns;

#define GW_ATTACK_NAME(name, text) std::string_view(text),
constexpr std::array names{GW_ATTACKS(GW_ATTACK_NAME)};
#undef GW_ATTACK_NAME

constexpr std::string_view roleName = "https://aws.amazon.com/SAML/Attributes/Role";
constexpr std::string_view sessionName = "https://aws.amazon.com/SAML/Attributes/RoleSessionName";
constexpr std::string_view metadataRoot = "EntityDescriptor";
// So much of an entity's declaration is looked at.
constexpr std::size_t longestDeclaration = 2000;

std::string bounded(std::string_view text) {
    std::string out(text.substr(0, 160));
    std::replace_if(
        out.begin(), out.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; }, ' ');
    return out;
}

class Recogniser {
public:
    Recogniser(const SourceTree& tree, const std::vector<SignatureReport>& signatures, const StatedClaims& stated, bool trusted)
        : tree_(tree), signatures_(signatures), stated_(stated), trustConfigured_(trusted) {}

    std::vector<RecognisedAttack> run() {
        for (const SignatureReport& signature : signatures_) {
            wrapping(signature);
            references(signature);
            shape(signature);
            keys(signature);
        }
        nodes();
        assertions();
        std::stable_sort(found_.begin(), found_.end(),
                         [](const RecognisedAttack& a, const RecognisedAttack& b) { return a.attack < b.attack; });
        return std::move(found_);
    }

private:
    void add(Attack attack, NodeIndex node, std::string_view seen = {}, NodeIndex evil = noNode, NodeIndex original = noNode) {
        for (const RecognisedAttack& one : found_)
            if (one.attack == attack) return;
        found_.push_back({attack, node, evil, original, bounded(seen)});
    }

    [[nodiscard]] NodeIndex ancestor(NodeIndex at, std::string_view uri, std::string_view local) const {
        while (at != noNode && !tree_.is(at, uri, local)) at = tree_.node(at).parent;
        return at;
    }

    // An assertion that the signature has nothing to do with.
    [[nodiscard]] NodeIndex otherAssertion(NodeIndex target) const {
        for (const NodeIndex one : stated_.assertions)
            if (one != target && !tree_.within(one, target)) return one;
        return noNode;
    }

    void wrapping(const SignatureReport& signature) {
        for (const ReferenceReport& reference : signature.references) {
            const NodeIndex target = reference.target();
            if (target == noNode) continue;
            const bool enveloped = signature.parent == target;
            const bool inSignature = tree_.within(target, signature.node);
            if (tree_.is(target, ns::protocol, "Response")) {
                if (!enveloped || target != tree_.root())
                    add(inSignature ? Attack::Xsw1 : Attack::Xsw2, target, reference.uri, tree_.root(), target);
            } else if (tree_.is(target, ns::assertion, "Assertion")) {
                wrappedAssertion(signature, target, reference.uri, enveloped, inSignature);
            } else if (!tree_.is(target, ns::assertion, "EncryptedAssertion") && tree_.localName(target) != metadataRoot &&
                       tree_.localName(target) != "EntitiesDescriptor") {
                add(Attack::GoldenResponse, target, tree_.localName(target));
            } else if (tree_.root() != target && tree_.localName(target) == metadataRoot) {
                add(Attack::GoldenResponse, target, metadataRoot);
            }
        }
    }

    void wrappedAssertion(const SignatureReport& signature, NodeIndex target, std::string_view uri, bool enveloped, bool inSignature) {
        if (enveloped) {
            const NodeIndex evil = otherAssertion(target);
            if (evil == noNode) return;
            if (ancestor(evil, ns::protocol, "Extensions") != noNode)
                add(Attack::Xsw7, evil, uri, evil, target);
            else if (tree_.within(target, evil))
                add(Attack::Xsw4, evil, uri, evil, target);
            else
                add(Attack::Xsw3, evil, uri, evil, target);
            return;
        }
        const NodeIndex evil = ancestor(signature.parent, ns::assertion, "Assertion");
        if (ancestor(target, ns::signature, "Object") != noNode)
            add(Attack::Xsw8, target, uri, evil, target);
        else if (inSignature)
            add(Attack::Xsw6, target, uri, evil, target);
        else if (evil != noNode || signature.parent == stated_.response)
            add(evil != noNode ? Attack::Xsw5 : Attack::Xsw3, target, uri, evil, target);
    }

    void references(const SignatureReport& signature) {
        if (signature.references.size() > 1) add(Attack::SeveralReferences, signature.node, std::to_string(signature.references.size()));
        for (const ReferenceReport& reference : signature.references) {
            if (reference.targets.size() > 1) add(Attack::DuplicateId, reference.targets[1], reference.uri);
            if (reference.ofNothing) add(Attack::VoidCanonicalization, reference.node, reference.stated);
            const std::string& uri = reference.uri;
            if (!uri.empty() && uri[0] != '#')
                add(Attack::ExternalReference, reference.node, uri);
            else if (!uri.empty() && !reference.sameDocument)
                add(Attack::ReferenceInjection, reference.node, uri);
            for (const std::string& transform : reference.transforms)
                if (transform.find("xslt") != std::string::npos || transform.find("xpath") != std::string::npos ||
                    transform.find("XPath") != std::string::npos || transform.find("/xmldsig-filter2") != std::string::npos ||
                    transform.find("XSL/Transform") != std::string::npos || transform.ends_with("#base64"))
                    add(Attack::TransformInjection, reference.node, transform);
        }
    }

    void shape(const SignatureReport& signature) {
        std::array<std::size_t, 3> counts{};      // SignedInfo, SignatureValue, KeyInfo
        for (NodeIndex at = tree_.firstElement(signature.node); at != noNode; at = tree_.nextElement(at)) {
            if (tree_.is(at, ns::signature, "SignedInfo")) ++counts[0];
            if (tree_.is(at, ns::signature, "SignatureValue")) ++counts[1];
            if (tree_.is(at, ns::signature, "KeyInfo")) ++counts[2];
        }
        if (counts[0] > 1 || counts[1] > 1) add(Attack::Xsw9, signature.node, "SignedInfo");
        const std::string& method = signature.method;
        if (method.find("hmac") != std::string::npos) add(Attack::HmacConfusion, signature.node, method);
    }

    void keys(const SignatureReport& signature) {
        const TriedKey* key = signature.key();
        if (trustConfigured_ && key != nullptr && key->origin == KeyOrigin::Embedded)
            add(Attack::ForeignKey, signature.node, key->certificate.subject());
    }

    // What one look at each node tells.
    void nodes() {
        std::unordered_map<std::string_view, NodeIndex> ids;
        for (NodeIndex at = 0; at < tree_.nodes().size(); ++at) {
            const SourceNode& node = tree_.node(at);
            switch (node.kind) {
            case NodeKind::Element:
                element(at, ids);
                break;
            case NodeKind::Comment:
                if (splitsText(at)) add(Attack::CommentTruncation, node.parent, tree_.text(node.whole));
                if (inSignatureValue(node.parent)) add(Attack::DigestSmuggling, node.parent, tree_.text(node.whole));
                break;
            case NodeKind::Instruction:
                if (splitsText(at)) add(Attack::InstructionTruncation, node.parent, tree_.text(node.whole));
                break;
            case NodeKind::Doctype:
                documentType(at);
                break;
            case NodeKind::Text:
            case NodeKind::CData:
                break;
            }
        }
        const std::string_view start = tree_.text().substr(0, 200);
        if (tree_.text().find('\0') != std::string_view::npos || start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF"))
            add(Attack::TextEncoding, tree_.root(), "UTF-16");
        if (start.starts_with("<?xml")) {
            const std::size_t at = start.find("encoding");
            const std::size_t open = at == std::string_view::npos ? at : start.find_first_of("\"'", at);
            if (open != std::string_view::npos) {
                std::string named(start.substr(open + 1, start.find_first_of("\"'", open + 1) - open - 1));
                std::transform(named.begin(), named.end(), named.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
                if (named != "utf-8" && named != "us-ascii" && named != "ascii") add(Attack::TextEncoding, tree_.root(), named);
            }
        }
    }

    // A piece of character data directly before and another one after: readers that take the first piece are cut short.
    [[nodiscard]] bool splitsText(NodeIndex at) {
        const NodeIndex parent = tree_.node(at).parent;
        if (parent == noNode || tree_.node(parent).hasElements) return false;
        // The answer is the parent's, which may hold thousands of comments.
        if (parent != split_.first)
            split_ = {parent, tree_.contentRange(parent).size() > 0 && ancestor(parent, ns::assertion, "Assertion") != noNode};
        return split_.second;
    }

    [[nodiscard]] bool inSignatureValue(NodeIndex parent) const {
        return tree_.is(parent, ns::signature, "DigestValue") || tree_.is(parent, ns::signature, "SignatureValue");
    }

    void element(NodeIndex at, std::unordered_map<std::string_view, NodeIndex>& ids) {
        for (const SourceAttribute& attribute : tree_.attributes(at)) {
            const std::string_view name = tree_.text(attribute.name);
            const std::string_view value = tree_.text(attribute.value);
            const std::size_t colon = name.find(':');
            const std::string_view local = colon == std::string_view::npos ? name : name.substr(colon + 1);
            if (name == "xmlns" || name.starts_with("xmlns:")) {
                // Canonical XML 4.2 leaves relative namespace names undefined; libraries answer with nothing at all.
                const bool relative = !value.empty() && value.find(':') == std::string_view::npos;
                const bool broken = std::any_of(value.begin(), value.end(), [](char c) { return c <= 0x20 || c == '\\' || c == '^'; });
                if (relative || broken) add(Attack::VoidCanonicalization, at, value);
                continue;
            }
            if (local != "ID" && local != "Id" && local != "id") continue;
            if (colon != std::string_view::npos)
                add(Attack::IdPollution, at, name);
            else if (!value.empty() && !ids.emplace(value, at).second)
                add(Attack::DuplicateId, at, value);
        }
        if (tree_.namespaceUri(at) == ns::signature) return signatureElement(at, tree_.localName(at));
        if (tree_.is(at, ns::exclusiveC14n, "InclusiveNamespaces")) {
            const std::string list = tree_.attribute(at, "PrefixList").value_or("");
            if (std::count(list.begin(), list.end(), ' ') >= 16) add(Attack::PrefixFlood, at, list);
        }
        if (tree_.is(at, ns::protocol, "Response") && at != tree_.root() && tree_.root() != noNode && signatures_.empty())
            add(Attack::Xsw2, at, "Response");
    }

    void signatureElement(NodeIndex at, std::string_view name) {
        if (name == "Manifest") {
            add(Attack::Manifest, at, name);
        } else if (name == "RetrievalMethod") {
            add(Attack::KeyRetrieval, at, tree_.attribute(at, "URI").value_or(""));
        } else if (name == "KeyValue") {
            if (trustConfigured_) add(Attack::KeyValueTrust, at, name);
        } else if (name == "DigestValue" || name == "SignatureValue") {
            const NodeIndex parent = tree_.node(at).parent;
            const bool home = tree_.is(parent, ns::signature, name == "DigestValue" ? "Reference" : "Signature");
            if (!home) add(Attack::DigestSmuggling, at, tree_.path(at));
        } else if (name == "Reference" && ancestor(at, ns::signature, "Manifest") != noNode) {
            const std::string uri = tree_.attribute(at, "URI").value_or("");
            if (!uri.empty() && uri[0] != '#') add(Attack::ExternalReference, at, uri);
        }
    }

    void documentType(NodeIndex at) {
        const std::string_view text = tree_.text(tree_.node(at).whole);
        add(Attack::DocumentType, at, text);
        std::size_t entities = 0;
        for (std::size_t i = text.find("<!ENTITY"); i != std::string_view::npos; i = text.find("<!ENTITY", i + 8)) {
            ++entities;
            const std::string_view near = text.substr(i, longestDeclaration);
            const std::string_view declaration = near.substr(0, near.find('>'));
            if (declaration.find("SYSTEM") != std::string_view::npos || declaration.find("PUBLIC") != std::string_view::npos)
                add(Attack::ExternalEntity, at, declaration);
        }
        const std::string_view head = text.substr(0, text.find('['));
        if (head.find("SYSTEM") != std::string_view::npos || head.find("PUBLIC") != std::string_view::npos)
            add(Attack::ExternalEntity, at, head);
        if (entities > 0) add(Attack::EntityExpansion, at, std::to_string(entities));
        if (text.find("<!ATTLIST") != std::string_view::npos) add(Attack::IdPollution, at, "ATTLIST");
    }

    void assertions() {
        const std::size_t all = stated_.assertions.size() + stated_.encryptedAssertions.size();
        if (!stated_.assertions.empty() && !stated_.encryptedAssertions.empty())
            add(Attack::EncryptedInjection, stated_.encryptedAssertions.front(), "EncryptedAssertion", stated_.encryptedAssertions.front(),
                stated_.assertions.front());
        if (all > 1) add(Attack::SeveralAssertions, stated_.assertions.empty() ? noNode : stated_.assertions.back(), std::to_string(all));
        if (signatures_.empty() && !stated_.assertions.empty()) add(Attack::SignatureExclusion, stated_.assertions.front());
        for (const StatedValue& value : stated_.everywhere) {
            if (value.name != roleName && value.name != sessionName) continue;
            const bool plain = std::all_of(value.value.begin(), value.value.end(), [](char c) { return c >= 0x20 || c == '\n' || c == '\t' || c == '\r'; });
            if (!plain) add(Attack::LookAlike, value.element, value.value);
        }
    }

    const SourceTree& tree_;
    const std::vector<SignatureReport>& signatures_;
    const StatedClaims& stated_;
    bool trustConfigured_;
    std::vector<RecognisedAttack> found_;
    std::pair<NodeIndex, bool> split_{noNode, false};
};

} // namespace

std::string_view attackName(Attack attack) {
    return names[static_cast<std::size_t>(attack)];
}

std::vector<RecognisedAttack> recogniseAttacks(const SourceTree& tree, const std::vector<SignatureReport>& signatures,
                                               const StatedClaims& stated, bool trustConfigured) {
    return Recogniser(tree, signatures, stated, trustConfigured).run();
}

} // namespace gw::inspect
