#include "saml/inspect/signature_report.h"

#include "saml/base/base64.h"
#include "saml/base/blanks.h"
#include "saml/dsig/algorithms.h"
#include "saml/inspect/digests.h"
#include "saml/xml/namespaces.h"

#include <algorithm>
#include <unordered_map>

namespace gw::inspect {
namespace {

namespace ns = xml::ns;
using saml::Certificate;

constexpr std::size_t mostReferences = 4;
constexpr std::size_t mostRepairs = 2;
constexpr std::size_t mostKeys = 12;
constexpr std::size_t mostKeyTrials = 40;
constexpr std::size_t mostPrefixes = 64;
// Of all canonical forms together; they are kept to be shown.
constexpr std::size_t mostPieces = 500'000;

std::string withoutBlanks(std::string text) {
    std::erase_if(text, [](char c) { return isBlank(c); });
    return text;
}

std::string bounded(std::string text, std::size_t most = 500) {
    if (text.size() > most) text.resize(most);
    return text;
}

class Reporter {
public:
    Reporter(const SourceTree& tree, const KeyRing& ring) : tree_(tree), ring_(ring) {}

    std::vector<SignatureReport> run() {
        std::vector<NodeIndex> signatures;
        for (NodeIndex at = 0; at < tree_.nodes().size(); ++at) {
            if (tree_.node(at).kind != NodeKind::Element) continue;
            noteIds(at);
            if (tree_.is(at, ns::signature, "Signature") && signatures.size() < 100) signatures.push_back(at);
        }
        std::vector<SignatureReport> reports(signatures.size());
        for (std::size_t i = 0; i < signatures.size(); ++i) {
            reports[i].embedded = embeddedCertificates(tree_.child(signatures[i], ns::signature, "KeyInfo"));
            if (i < mostSignatures) shown_.insert(shown_.end(), reports[i].embedded.begin(), reports[i].embedded.end());
        }
        for (std::size_t i = 0; i < signatures.size(); ++i) fill(reports[i], signatures[i], i < mostSignatures);
        return reports;
    }

private:
    // Every spelling that some library takes for an ID.
    void noteIds(NodeIndex element) {
        for (const SourceAttribute& attribute : tree_.attributes(element)) {
            std::string_view name = tree_.text(attribute.name);
            if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) name.remove_prefix(colon + 1);
            if (name != "ID" && name != "Id" && name != "id") continue;
            auto& targets = ids_[tree_.text(attribute.value)];
            if (targets.size() < 8) targets.push_back(element);
        }
    }

    void fill(SignatureReport& out, NodeIndex signature, bool examine) {
        out.node = signature;
        out.parent = tree_.node(signature).parent;
        const NodeIndex info = tree_.child(signature, ns::signature, "SignedInfo");
        const NodeIndex method = tree_.child(info, ns::signature, "SignatureMethod");
        const NodeIndex canonicalization = tree_.child(info, ns::signature, "CanonicalizationMethod");
        out.method = bounded(tree_.attribute(method, "Algorithm").value_or(""));
        out.canonicalization = bounded(tree_.attribute(canonicalization, "Algorithm").value_or(""));
        out.methodKnown = isKnownSignatureMethod(out.method);
        out.value = bounded(withoutBlanks(tree_.content(tree_.child(signature, ns::signature, "SignatureValue"))), 4096);
        for (NodeIndex at = tree_.firstElement(info); at != noNode && out.references.size() < mostReferences; at = tree_.nextElement(at))
            if (tree_.is(at, ns::signature, "Reference")) out.references.push_back(reference(at, signature, examine));
        out.checked = examine;
        if (!examine || info == noNode) return;
        FormRules rules;
        if (setMethod(out.canonicalization, rules)) {
            rules.inclusivePrefixes = prefixesOf(canonicalization);
            out.signedInfo = canonicalForm(tree_, info, rules);
        }
        tryKeys(out);
    }

    std::vector<Certificate> embeddedCertificates(NodeIndex keyInfo) const {
        std::vector<Certificate> found;
        for (NodeIndex data = tree_.firstElement(keyInfo); data != noNode; data = tree_.nextElement(data)) {
            if (!tree_.is(data, ns::signature, "X509Data")) continue;
            for (NodeIndex at = tree_.firstElement(data); at != noNode && found.size() < 4; at = tree_.nextElement(at)) {
                if (!tree_.is(at, ns::signature, "X509Certificate")) continue;
                const auto der = decodeBase64(tree_.content(at), 65'536);
                if (!der) continue;
                if (auto certificate = Certificate::fromDer(*der)) found.push_back(std::move(*certificate));
            }
        }
        return found;
    }

    std::vector<std::string> prefixesOf(NodeIndex method) const {
        std::vector<std::string> prefixes;
        const NodeIndex list = tree_.child(method, ns::exclusiveC14n, "InclusiveNamespaces");
        const std::string text = tree_.attribute(list, "PrefixList").value_or("");
        for (std::size_t i = 0; i < text.size() && prefixes.size() < mostPrefixes;) {
            const std::size_t end = std::min(text.find_first_of(" \t\n", i), text.size());
            if (end > i) prefixes.push_back(text.substr(i, end - i));
            i = end + 1;
        }
        return prefixes;
    }

    ReferenceReport reference(NodeIndex node, NodeIndex signature, bool examine) {
        ReferenceReport out;
        out.node = node;
        out.uri = bounded(tree_.attribute(node, "URI").value_or(""));
        out.sameDocument = out.uri.size() > 1 && out.uri[0] == '#' && out.uri.find_first_of("()'\" ") == std::string::npos;
        if (out.sameDocument) {
            if (const auto found = targetsOf(out.uri.substr(1))) out.targets = *found;
        } else if (out.uri.empty() && tree_.root() != noNode) {
            out.targets.push_back(tree_.root());
        }
        out.digestMethod = bounded(tree_.attribute(tree_.child(node, ns::signature, "DigestMethod"), "Algorithm").value_or(""));
        out.stated = bounded(withoutBlanks(tree_.content(tree_.child(node, ns::signature, "DigestValue"))), 200);
        FormRules rules;
        // XML Signature 4.4.3.2: without a canonicalization, Canonical XML 1.0.
        rules.method = FormMethod::Inclusive;
        bool enveloped = false;
        bool known = true;
        const NodeIndex transforms = tree_.child(node, ns::signature, "Transforms");
        for (NodeIndex at = tree_.firstElement(transforms); at != noNode && out.transforms.size() < 8; at = tree_.nextElement(at)) {
            const std::string uri = tree_.attribute(at, "Algorithm").value_or("");
            out.transforms.push_back(bounded(uri));
            if (uri == saml::algorithm::enveloped) {
                enveloped = true;
            } else if (setMethod(uri, rules)) {
                rules.inclusivePrefixes = prefixesOf(at);
            } else {
                known = false;
            }
        }
        if (const auto empty = digestOf(out.digestMethod, "")) out.ofNothing = encodeBase64(*empty) == out.stated;
        if (!examine || !known || out.targets.empty() || pieces_ > mostPieces) return out;
        if (enveloped && tree_.within(signature, out.target())) rules.without = signature;
        out.form = canonicalForm(tree_, out.target(), rules);
        pieces_ += out.form.pieces.size();
        if (!out.form.complete) return out;
        if (const auto digest = digestOf(out.digestMethod, out.form.octets.reveal())) out.computed = encodeBase64(*digest);
        out.holds = !out.computed.empty() && out.computed == out.stated;
        if (!out.holds && !out.computed.empty() && repairs_++ < mostRepairs) tryRepairs(out, rules, signature);
        return out;
    }

    [[nodiscard]] std::optional<std::vector<NodeIndex>> targetsOf(const std::string& id) const {
        const auto found = ids_.find(id);
        if (found == ids_.end()) return std::nullopt;
        return found->second;
    }

    void tryRepairs(ReferenceReport& out, const FormRules& stated, NodeIndex signature) const {
        const auto fits = [&](const FormRules& rules) {
            const CanonicalForm form = canonicalForm(tree_, out.target(), rules);
            if (!form.complete) return false;
            const auto digest = digestOf(out.digestMethod, form.octets.reveal());
            return digest && encodeBase64(*digest) == out.stated;
        };
        const auto attempt = [&](Repair repair, const FormRules& rules) {
            if (out.repair != Repair::None || !fits(rules)) return;
            out.repair = repair;
            if (repair == Repair::DropBlankText || repair == Repair::JoinLines) out.firstDifference = firstBlank(out.target());
            if (repair == Repair::TrimText) out.firstDifference = tree_.node(out.target()).whole.begin;
        };
        FormRules rules = stated;
        rules.dropBlankText = true;
        attempt(Repair::DropBlankText, rules);
        rules.trimText = true;
        attempt(Repair::JoinLines, rules);
        rules.dropBlankText = false;
        attempt(Repair::TrimText, rules);
        rules = stated;
        rules.carriageReturns = true;
        attempt(Repair::CarriageReturns, rules);
        rules = stated;
        rules.method = stated.method == FormMethod::Exclusive ? FormMethod::Inclusive : FormMethod::Exclusive;
        attempt(Repair::OtherMethod, rules);
        rules = stated;
        rules.comments = !stated.comments;
        attempt(Repair::OtherMethod, rules);
        rules = stated;
        rules.without = stated.without == noNode && tree_.within(signature, out.target()) ? signature : noNode;
        attempt(Repair::KeepSignature, rules);
    }

    // The first white space between elements.
    std::optional<std::size_t> firstBlank(NodeIndex element) const {
        const Range whole = tree_.node(element).whole;
        for (NodeIndex at = element + 1; at < tree_.nodes().size() && whole.holds(tree_.node(at).whole); ++at) {
            const SourceNode& node = tree_.node(at);
            if (node.kind == NodeKind::Text && tree_.text(node.whole).find_first_not_of(" \t\r\n") == std::string_view::npos)
                return node.whole.begin;
        }
        return std::nullopt;
    }

    void tryKeys(SignatureReport& out) {
        const auto add = [&](const std::vector<Certificate>& list, KeyOrigin origin) {
            for (const Certificate& one : list)
                if (out.keys.size() < mostKeys && std::none_of(out.keys.begin(), out.keys.end(),
                                                               [&](const TriedKey& key) { return key.certificate == one; }))
                    out.keys.push_back({one, origin, false});
        };
        add(ring_.trusted, KeyOrigin::Trusted);
        add(ring_.remembered, KeyOrigin::Remembered);
        add(out.embedded.empty() ? shown_ : out.embedded, KeyOrigin::Embedded);
        const auto value = decodeBase64(out.value, 4096);
        if (!value || value->empty() || !out.signedInfo.complete) return;
        for (TriedKey& key : out.keys)
            if (trials_++ < mostKeyTrials)
                key.holds = signatureHolds(out.method, key.certificate, out.signedInfo.octets.reveal(), *value);
    }

    const SourceTree& tree_;
    const KeyRing& ring_;
    std::unordered_map<std::string_view, std::vector<NodeIndex>> ids_;
    std::vector<Certificate> shown_;    // by every signature that is examined
    std::size_t repairs_ = 0, trials_ = 0, pieces_ = 0;
};

} // namespace

const TriedKey* SignatureReport::key() const {
    const auto found = std::find_if(keys.begin(), keys.end(), [](const TriedKey& one) { return one.holds; });
    return found == keys.end() ? nullptr : &*found;
}

bool SignatureReport::digestsHold() const {
    return !references.empty() && std::all_of(references.begin(), references.end(), [](const ReferenceReport& one) { return one.holds; });
}

bool SignatureReport::holdsTrusted() const {
    return holdsSomehow() && key()->origin == KeyOrigin::Trusted;
}

bool SignatureReport::holdsSomehow() const {
    return key() != nullptr && digestsHold();
}

std::vector<SignatureReport> reportSignatures(const SourceTree& tree, const KeyRing& keys) {
    return Reporter(tree, keys).run();
}

} // namespace gw::inspect
