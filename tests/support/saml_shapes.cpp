#include "tests/support/saml_shapes.h"

#include "saml/base/base64.h"
#include "tests/support/raw_signature.h"
#include "tests/support/saml_markup.h"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace gw::test {
namespace {

constexpr std::string_view exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
constexpr std::string_view exclusiveWithComments = "http://www.w3.org/2001/10/xml-exc-c14n#WithComments";
constexpr std::string_view inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
constexpr std::string_view inclusive11 = "http://www.w3.org/2006/12/xml-c14n11";
constexpr std::string_view enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
constexpr std::string_view samlUri = "urn:oasis:names:tc:SAML:2.0:assertion";

saml::SigningKey must(Result<saml::SigningKey> key) {
    if (key) return std::move(*key);
    std::fprintf(stderr, "shapes: %s\n", key.error().chain().c_str());
    std::abort();
}

void chooseContent(ResponseBuilder& builder, Dice& dice) {
    static constexpr std::string_view names[] = {"alice@example.org", "G-0a6d3c4e-93c1-4f0e-8a0b-2f4b", "J\xC3\xBCrgen M\xC3\xBCller",
                                                 "\xE6\x9D\x8E\xE5\xB0\x8F\xE9\xBE\x99", "o'neil & sons <team>", "\xF0\x9F\xA6\x8A@example.org"};
    builder.nameId = dice.pick(names);
    static constexpr std::string_view formats[] = {"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
                                                   "urn:oasis:names:tc:SAML:2.0:nameid-format:transient",
                                                   "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
                                                   "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"};
    builder.nameIdFormat = dice.pick(formats);
    static constexpr std::size_t counts[] = {1, 1, 2, 3, 3, 24, 200};
    builder.roles.clear();
    for (std::size_t i = dice.pick(counts); i > 0; --i) {
        const std::string account = std::to_string(100'000'000'000ULL + i * 7'919);
        std::string pair = ResponseBuilder::role(account, "Role-" + std::to_string(i));
        if (dice.chance(2)) {
            const std::size_t comma = pair.find(',');
            pair = pair.substr(comma + 1) + "," + pair.substr(0, comma);
        }
        if (dice.chance(6)) pair = "\n   " + pair + "  ";
        builder.roles.push_back(pair);
    }
    static constexpr std::string_view endpoints[] = {"https://signin.aws.amazon.com/saml", "https://eu-west-1.signin.aws.amazon.com/saml",
                                                     "https://signin.amazonaws-us-gov.com/saml", "https://signin.amazonaws.cn/saml"};
    builder.recipient = dice.pick(endpoints);
    if (dice.chance(5))
        builder.destination.reset();
    else
        builder.destination = builder.recipient;
    static const std::vector<std::vector<std::string>> audiences[] = {
        {{"urn:amazon:webservices"}},
        {{"urn:amazon:webservices", "https://other.example"}},
        {{"https://signin.aws.amazon.com/saml"}},
        {{"urn:amazon:webservices"}, {"https://else.example", "urn:amazon:webservices"}}};
    builder.audienceRestrictions = dice.pick(audiences);
    if (dice.chance(4)) builder.responseIssuer.reset();
    if (dice.chance(4)) builder.issuerFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";
    if (dice.chance(3)) builder.inResponseTo = builder.confirmationInResponseTo = "_request-1";
    if (dice.chance(4)) builder.sessionNotOnOrAfter.reset();
    if (dice.chance(4)) builder.statusMessage = "Erfolg \xE2\x80\x93 ok";
    if (dice.chance(3)) builder.sessionDuration = "3600";
    if (dice.chance(4)) builder.sourceIdentity = "alice";
    for (std::size_t i = dice.below(4); i > 0; --i) builder.principalTags["tag" + std::to_string(i)] = "v\xC3\xA4lue & " + std::to_string(i);
    if (!builder.principalTags.empty() && dice.chance(2)) builder.transitiveTagKeys = {builder.principalTags.begin()->first};
    if (dice.chance(3)) builder.otherAttributes.push_back({"urn:oid:1.3.6.1.4.1.5923.1.1.1.7", {"a", "b", "", "c\td"}});
    if (dice.chance(3)) builder.otherAttributes.push_back({"groups", {"\xCE\xB1\xCE\xB2\xCE\xB3", "x > y", "\"quoted\""}});
}

void chooseForm(ResponseBuilder& builder, Dice& dice) {
    static constexpr std::string_view protocols[] = {"samlp", "samlp", "saml2p", "", "ns0", "p"};
    static constexpr std::string_view assertions[] = {"saml", "saml", "saml2", "", "ns1", "a-1.b_c"};
    builder.protocolPrefix = dice.pick(protocols);
    builder.assertionPrefix = dice.pick(assertions);
    builder.pretty = dice.chance(3);
    // The line breaks would go into an empty value.
    if (builder.pretty)
        for (saml::Attribute& one : builder.otherAttributes) std::erase(one.values, "");
    static constexpr std::string_view ids[] = {"_resp1", "id-0123.456_7", "R", "_a0b1c2d3e4f5a0b1c2d3e4f5a0b1c2d3"};
    builder.responseId = dice.pick(ids);
    builder.assertionId = "A" + builder.responseId + "-x";
    if (dice.chance(6)) builder.extraInResponse = "<" + (builder.protocolPrefix.empty() ? "" : builder.protocolPrefix + ":") +
                                                  "Extensions><x:hint xmlns:x=\"urn:example:x\" x:a=\"1\" b=\"2\">t</x:hint></" +
                                                  (builder.protocolPrefix.empty() ? "" : builder.protocolPrefix + ":") + "Extensions>";
}

std::string local(const std::string& name) {
    const std::size_t colon = name.find(':');
    return colon == std::string::npos ? name : name.substr(colon + 1);
}

Markup* findLocal(Markup& root, std::string_view name) {
    for (Markup* at : root.elements())
        if (local(at->name) == name) return at;
    return nullptr;
}

// Declarations and other things that change the octets and not the meaning.
void decorate(Markup& root, Markup& assertion, const ResponseBuilder& builder, Dice& dice) {
    const std::string prefix = builder.assertionPrefix.empty() ? "" : builder.assertionPrefix + ":";
    // The assertion's prefix declared on the Response instead, or there as well.
    if (!builder.assertionPrefix.empty() && builder.assertionPrefix != builder.protocolPrefix && dice.chance(2)) {
        root.set("xmlns:" + builder.assertionPrefix, samlUri);
        if (dice.chance(2)) std::erase_if(assertion.attributes, [&](const auto& one) { return one.first == "xmlns:" + builder.assertionPrefix; });
    }
    if (dice.chance(3)) root.set("xmlns:xs", "http://www.w3.org/2001/XMLSchema");
    if (dice.chance(4)) assertion.set("xmlns:unused", "urn:example:unused");
    if (dice.chance(3))
        for (Markup* at : assertion.elements()) {
            if (local(at->name) != "AttributeValue" || dice.chance(2)) continue;
            at->set("xmlns:xs", "http://www.w3.org/2001/XMLSchema");
            at->set("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
            at->set("xsi:type", "xs:string");
        }
    if (dice.chance(3))
        for (Markup* at : assertion.elements())
            if (local(at->name) == "Attribute") {
                at->set("NameFormat", "urn:oasis:names:tc:SAML:2.0:attrname-format:uri");
                if (dice.chance(2)) at->set("FriendlyName", "a &lt; b");
            }
    Markup* conditions = findLocal(assertion, "Conditions");
    if (dice.chance(4)) conditions->append(Markup::element(prefix + "OneTimeUse"));
    if (dice.chance(6)) conditions->append(Markup::element(prefix + "ProxyRestriction"))->set("Count", "0");
    if (dice.chance(5)) {
        auto vouched = Markup::element(prefix + "SubjectConfirmation");
        vouched->set("Method", "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches");
        Markup* subject = findLocal(assertion, "Subject");
        const std::size_t after = findLocal(*subject, "NameID")->indexInParent() + 1;
        subject->insert(dice.chance(2) ? 99 : after, std::move(vouched));
    }
    // Statements may come in either order.
    if (dice.chance(3)) assertion.append(findLocal(assertion, "AuthnStatement")->take());
    if (dice.chance(5)) {
        auto advice = Markup::element(prefix + "Advice");
        advice->append(Markup::element("x:note", "xmlns:x=urn:example:x"));
        assertion.insert(conditions->indexInParent() + 1, std::move(advice));
    }
    // Character references for what could stand there as it is.
    if (dice.chance(4))
        for (Markup* at : assertion.elements())
            if (local(at->name) == "NameID" && at->children.size() == 1) {
                const auto last = static_cast<unsigned char>(at->children[0]->text.back());
                if (last > ' ' && last < 0x7F && last != ';') {
                    at->children[0]->text.pop_back();
                    at->children[0]->text += "&#" + std::to_string(last) + ";";
                }
            }
}

RawSignature chooseSignature(Dice& dice, std::size_t key, const ResponseBuilder& builder, bool& plain) {
    RawSignature shape;
    static constexpr std::string_view prefixes[] = {"ds", "ds", "dsig", "", "sig-2"};
    shape.prefix = dice.pick(prefixes);
    static constexpr std::string_view rsa[] = {"sha256", "sha256", "sha384", "sha512", "sha1"};
    const std::string hash(key < 2 ? dice.pick(rsa) : std::string_view(key == 2 ? "sha256" : key == 3 ? "sha384" : "sha512"));
    const auto methodUri = [&] {
        if (hash == "sha1") return std::string("http://www.w3.org/2000/09/xmldsig#rsa-sha1");
        return "http://www.w3.org/2001/04/xmldsig-more#" + std::string(key < 2 ? "rsa-" : "ecdsa-") + hash;
    };
    const auto digestUri = [](const std::string& name) {
        return name == "sha1"     ? std::string("http://www.w3.org/2000/09/xmldsig#sha1")
               : name == "sha384" ? std::string("http://www.w3.org/2001/04/xmldsig-more#sha384")
                                  : "http://www.w3.org/2001/04/xmlenc#" + name;
    };
    shape.method = methodUri();
    static constexpr std::string_view others[] = {"sha256", "sha384", "sha512"};
    shape.digest = digestUri(hash != "sha1" && dice.chance(3) ? std::string(dice.pick(others)) : hash);
    static constexpr std::string_view forms[] = {exclusive, exclusive, exclusive, exclusiveWithComments, inclusive, inclusive11, ""};
    const std::string_view form = dice.pick(forms);
    shape.transforms = {std::string(enveloped)};
    if (!form.empty()) shape.transforms.emplace_back(form);
    static constexpr std::string_view infoForms[] = {exclusive, exclusive, inclusive, inclusive11};
    shape.canonicalization = dice.pick(infoForms);
    plain = plain && form != inclusive11 && shape.canonicalization != inclusive11;
    if (dice.chance(4)) shape.inclusivePrefixes = {"xs"};
    if (dice.chance(6)) shape.inclusivePrefixes = {"#default", "xs", "xsi", builder.assertionPrefix.empty() ? "nobody" : builder.assertionPrefix};
    if (shape.canonicalization == exclusive && dice.chance(8)) shape.methodInclusivePrefixes = {"xs", "nobody"};
    if (dice.chance(6)) shape.id = "_sig-" + std::to_string(dice.below(1'000'000'000));
    shape.broken = dice.chance(3);
    shape.spaced = dice.chance(4);
    static constexpr std::size_t positions[] = {1, 1, 1, 1, 1, 1, 1, 1, 0, 99};
    shape.position = dice.pick(positions);
    plain = plain && shape.position == 1;
    const std::string certificate = certificateInfo(shapeKeys()[key].certificate);
    const std::string infos[] = {certificate, certificate, "<{p}KeyName>one</{p}KeyName>" + certificate, "<{p}KeyName>k</{p}KeyName>",
                                 certificateInfo(strangerKey().certificate) + certificate};
    if (!dice.chance(4)) shape.keyInfo = dice.pick(infos);
    return shape;
}

std::string wrappedBase64(const std::string& xml, Dice& dice) {
    const std::string plain = encodeBase64(xml);
    if (!dice.chance(3)) return plain;
    const std::string_view end = dice.chance(2) ? "\r\n" : "\n";
    std::string out;
    for (std::size_t i = 0; i < plain.size(); i += 76) out += plain.substr(i, 76) + std::string(end);
    return out;
}

} // namespace

const std::vector<saml::SigningKey>& shapeKeys() {
    static const std::vector<saml::SigningKey> keys = [] {
        const UtcTime from = UtcTime::fromUnixSeconds(1'700'000'000);
        std::vector<saml::SigningKey> made;
        made.push_back(must(saml::SigningKey::generateRsa(2048, "RSA 2048", from, 36'500)));
        made.push_back(must(saml::SigningKey::generateRsa(3072, "RSA 3072", from, 36'500)));
        for (const int bits : {256, 384, 521}) made.push_back(must(saml::SigningKey::generateEc(bits, "EC", from, 36'500)));
        return made;
    }();
    return keys;
}

saml::CapturedResponse Shape::captured(UtcTime now) const {
    saml::CapturedResponse out = capture(xml, now);
    out.base64 = Secret(std::string(base64));
    out.acs = content.recipient.value_or("");
    return out;
}

Shape makeShape(std::uint32_t seed, UtcTime now) {
    Dice dice(seed);
    ResponseBuilder builder(now);
    chooseContent(builder, dice);
    chooseForm(builder, dice);
    static constexpr std::size_t keys[] = {0, 0, 0, 1, 2, 3, 4};
    const std::size_t key = dice.pick(keys);
    static constexpr Sign signs[] = {Sign::Assertion, Sign::Response, Sign::Both};
    const Sign sign = dice.pick(signs);
    bool plain = true;

    auto root = Markup::parse(builder.unsignedXml());
    Markup* assertion = findLocal(*root, "Assertion");
    decorate(*root, *assertion, builder, dice);
    RawSignature inner, outer;
    if (sign != Sign::Response) signRaw(*assertion, inner = chooseSignature(dice, key, builder, plain), shapeKeys()[key]);
    if (sign != Sign::Assertion) {
        outer = chooseSignature(dice, key, builder, plain);
        // Without an Issuer the signature comes first.
        if (!builder.responseIssuer && outer.position == 1) outer.position = 0;
        signRaw(*root, outer, shapeKeys()[key]);
    }

    Shape shape{.label = {}, .xml = root->str(), .base64 = {}, .sign = sign, .sha1 = false, .method = {}, .key = key, .content = builder,
                .trust = {}, .common = plain};
    const auto weak = [](const RawSignature& one) { return one.method.ends_with("sha1") || one.digest.ends_with("sha1"); };
    shape.sha1 = (sign != Sign::Response && weak(inner)) || (sign != Sign::Assertion && weak(outer));
    shape.method = sign == Sign::Response ? outer.method : inner.method;
    static constexpr std::string_view starts[] = {"", "", "", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<?xml version='1.0'?>\n",
                                                  "<!-- made by a provider -->\n"};
    shape.xml = std::string(dice.pick(starts)) + shape.xml + (dice.chance(6) ? "<!-- end -->\n" : "");
    if (dice.chance(8)) {
        shape.xml = "\xEF\xBB\xBF" + shape.xml;
        shape.common = false;
    }
    shape.base64 = wrappedBase64(shape.xml, dice);
    shape.trust = {builder.issuer, {shapeKeys()[key].certificate}};
    if (dice.chance(3)) shape.trust.signingKeys.insert(shape.trust.signingKeys.begin(), strangerKey().certificate);
    const auto describe = [](const RawSignature& one) {
        return " " + one.prefix + ":" + one.method.substr(one.method.rfind('#') + 1) + "/" + one.transforms.back() + "/" + one.canonicalization;
    };
    shape.label = "seed " + std::to_string(seed) + (sign == Sign::Both ? " both" : sign == Sign::Response ? " response" : " assertion") +
                  (sign != Sign::Response ? describe(inner) : "") + (sign != Sign::Assertion ? describe(outer) : "") + " " +
                  builder.protocolPrefix + "/" + builder.assertionPrefix + " roles=" + std::to_string(builder.roles.size());
    return shape;
}

} // namespace gw::test
