#include "tests/support/saml_mutator.h"

#include "tests/support/raw_signature.h"

#include <utility>
#include <vector>

namespace gw::test {

std::string Mutator::mutate(const std::string& xml, const std::string& donor, const saml::SigningKey* resigner) {
    auto root = Markup::parse(xml);
    const auto other = Markup::parse(donor);
    if (root == nullptr || other == nullptr) return xml;
    for (std::size_t i = 1 + dice_.below(4); i > 0; --i) step(*root, *other, resigner);
    std::string text = root->str();
    if (dice_.chance(20)) text = "<!DOCTYPE r>" + text;
    if (dice_.chance(20)) text = "<!-- c -->" + text + "<!-- d -->";
    return text;
}

Markup* Mutator::any(Markup& root) {
    const auto all = root.elements();
    return all[dice_.below(all.size())];
}

Markup* Mutator::notable(Markup& root) {
    static constexpr std::string_view names[] = {"saml:Assertion", "ds:Signature",    "saml:Subject",  "saml:AttributeStatement",
                                                 "ds:SignedInfo",  "samlp:Status",    "ds:Reference",  "saml:Conditions",
                                                 "saml:Issuer",    "saml:NameID",     "ds:Transforms", "ds:KeyInfo"};
    Markup* found = dice_.chance(2) ? root.find(dice_.pick(names)) : nullptr;
    return found != nullptr ? found : any(root);
}

std::unique_ptr<Markup> Mutator::wrapper() {
    static constexpr std::pair<std::string_view, std::string_view> boxes[] = {
        {"samlp:Extensions", "xmlns:samlp=urn:oasis:names:tc:SAML:2.0:protocol"},
        {"ds:Object", "xmlns:ds=http://www.w3.org/2000/09/xmldsig#"},
        {"saml:Advice", "xmlns:saml=urn:oasis:names:tc:SAML:2.0:assertion"},
        {"samlp:StatusDetail", "xmlns:samlp=urn:oasis:names:tc:SAML:2.0:protocol"},
        {"samlp:Response", "xmlns:samlp=urn:oasis:names:tc:SAML:2.0:protocol"},
        {"saml:EncryptedAssertion", "xmlns:saml=urn:oasis:names:tc:SAML:2.0:assertion"},
        {"x:y", "xmlns:x=u:x"}};
    const auto& [name, declaration] = dice_.pick(boxes);
    return Markup::element(name, declaration);
}

void Mutator::put(Markup& root, std::unique_ptr<Markup> piece) {
    Markup* target = notable(root);
    target->insert(dice_.below(target->children.size() + 1), std::move(piece));
}

void Mutator::wrap(Markup& at) {
    Markup* parent = at.parent;
    const std::size_t place = at.indexInParent();
    auto box = wrapper();
    box->append(at.take());
    parent->insert(place, std::move(box));
}

void Mutator::step(Markup& root, Markup& donor, const saml::SigningKey* resigner) {
    Markup* at = notable(root);
    const bool top = at == &root;
    switch (dice_.below(resigner == nullptr ? 14 : 16)) {
    case 0: // move
        if (!top) put(root, at->take());
        break;
    case 1:
        put(root, at->clone());
        break;
    case 2: { // a copy with other content
        auto copy = at->clone();
        falsify(*copy);
        put(root, std::move(copy));
        break;
    }
    case 3:
        if (!top) wrap(*at);
        break;
    case 4: { // a copy in a wrapper, somewhere
        auto box = wrapper();
        box->append(at->clone());
        put(root, std::move(box));
        break;
    }
    case 5:
        rename(root);
        break;
    case 6:
        insertRaw(*at);
        break;
    case 7:
        falsify(*at);
        break;
    case 8: // delete
        if (!top) (void)at->take();
        break;
    case 9: // another place among its siblings
        if (!top) {
            Markup* parent = at->parent;
            auto self = at->take();
            parent->insert(dice_.below(parent->children.size() + 1), std::move(self));
        }
        break;
    case 10:
        put(root, notable(donor)->clone());
        break;
    case 11: // the donor's element of the same name in its place
        if (!top)
            if (Markup* theirs = donor.find(at->name)) {
                Markup* parent = at->parent;
                const std::size_t place = at->indexInParent();
                (void)at->take();
                parent->insert(place, theirs->clone());
            }
        break;
    case 12:
        attributes(*at);
        break;
    case 13:
        algorithms(root);
        break;
    default:
        resign(root, *resigner);
        break;
    }
}

void Mutator::falsify(Markup& top) {
    for (Markup* at : top.elements())
        for (const auto& child : at->children)
            if (child->name.empty() && dice_.chance(2)) child->text = "evil" + std::to_string(dice_.below(3));
}

void Mutator::rename(Markup& root) {
    static constexpr std::string_view ids[] = {"_assert1", "_resp1", "_evil", "", "_assert2", "_resp2"};
    static constexpr std::string_view keys[] = {"ID", "Id", "id", "URI", "xml:id"};
    const std::string_view key = dice_.pick(keys);
    notable(root)->set(key, (key == "URI" ? "#" : "") + std::string(dice_.pick(ids)));
}

void Mutator::insertRaw(Markup& at) {
    static constexpr std::string_view pieces[] = {"<!-- c -->", "<?p i?>",  "<![CDATA[evil]]>", "evil",      " ",
                                                  "&#x65;vil",  "&amp;",    "<x xmlns=\"\"/>",  "&#13;",     "&e;"};
    auto piece = Markup::raw(dice_.pick(pieces));
    if (!at.children.empty() && at.children[0]->name.empty() && at.children[0]->text.size() > 2 && dice_.chance(2)) {
        // Right inside the text.
        const std::size_t cut = 1 + dice_.below(at.children[0]->text.size() - 1);
        at.insert(1, Markup::raw(at.children[0]->text.substr(cut)));
        at.children[0]->text.resize(cut);
        at.insert(1, std::move(piece));
        return;
    }
    at.insert(dice_.below(at.children.size() + 1), std::move(piece));
}

void Mutator::attributes(Markup& at) {
    static constexpr std::pair<std::string_view, std::string_view> more[] = {
        {"xmlns:v", "relative"},
        {"xmlns:saml", "urn:evil"},
        {"xmlns:ds", "urn:evil"},
        {"xmlns", "urn:evil"},
        {"xmlns:xs", "http://www.w3.org/2001/XMLSchema"},
        {"Algorithm", "http://www.w3.org/2000/09/xmldsig#sha1"},
        {"Value", "evil"},
        {"NotOnOrAfter", "2099-01-01T00:00:00Z"},
        {"Recipient", "https://evil.example"},
        {"Name", "evil"},
        {"Format", "evil"},
        {"PrefixList", "saml xs #default"},
        {"Version", "2.1"}};
    const auto& [key, value] = dice_.pick(more);
    at.set(key, value);
}

void Mutator::algorithms(Markup& root) {
    static constexpr std::string_view uris[] = {
        "http://www.w3.org/2000/09/xmldsig#rsa-sha1",         "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        "http://www.w3.org/TR/1999/REC-xpath-19991116",       "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
        "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",    "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",  "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
        "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", "http://www.w3.org/2006/12/xml-c14n11"};
    std::vector<Markup*> found;
    for (Markup* at : root.elements())
        if (at->attribute("Algorithm") != nullptr) found.push_back(at);
    if (!found.empty()) found[dice_.below(found.size())]->set("Algorithm", dice_.pick(uris));
}

void Mutator::resign(Markup& root, const saml::SigningKey& key) {
    std::vector<Markup*> signatures;
    for (Markup* at : root.elements())
        if (at->name == "ds:Signature" && at->parent != nullptr) signatures.push_back(at);
    if (signatures.empty()) return;
    Markup* one = signatures[dice_.below(signatures.size())];
    (void)signAgain(*one, *one->parent, key);
}

} // namespace gw::test
