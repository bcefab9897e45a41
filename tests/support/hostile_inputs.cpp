#include "tests/support/hostile_inputs.h"

#include "saml/base/base64.h"

#include <algorithm>
#include <functional>
#include <string_view>

#include <zlib.h>

namespace gw::test {
namespace {

constexpr std::string_view exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
constexpr std::string_view inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
constexpr std::string_view inclusive11 = "http://www.w3.org/2006/12/xml-c14n11";

// As many as fit.
std::string repeated(std::string_view text, std::size_t size) {
    std::string out;
    out.reserve(size);
    while (out.size() + text.size() <= size) out += text;
    return out;
}

std::string numbered(std::size_t size, const std::function<std::string(const std::string&)>& piece) {
    std::string out;
    for (std::size_t i = 0;; ++i) {
        const std::string next = piece(std::to_string(i));
        if (out.size() + next.size() > size) return out;
        out += next;
    }
}

std::string wideTag(std::size_t size) {
    return "<a" + numbered(size - 10, [](const auto& n) { return " a" + n + "=''"; }) + "/>";
}

std::string entities(std::size_t size) {
    std::string text = "<!DOCTYPE r [<!ENTITY e0 \"ha\">";
    for (int i = 1; i < 12; ++i)
        text += "<!ENTITY e" + std::to_string(i) + " \"" + repeated("&e" + std::to_string(i - 1) + ";", 50) + "\">";
    return text + "]><r b='" + repeated("&e11;", size / 4) + "'>" + repeated("&e11;", size / 4) + "</r>";
}

std::string quadraticEntity(std::size_t size) {
    return "<!DOCTYPE r [<!ENTITY a \"" + std::string(size / 4, 'x') + "\">]><r b='" + repeated("&a;", size / 2) + "'/>";
}

constexpr std::string_view declarations =
    " xmlns:saml='urn:oasis:names:tc:SAML:2.0:assertion' xmlns:ds='http://www.w3.org/2000/09/xmldsig#' "
    "xmlns:ec='http://www.w3.org/2001/10/xml-exc-c14n#'";

// The start tag of an element and in it signatures that claim to cover it.
std::string signedRoot(int signatures, int references, const std::string& prefixes) {
    const std::string method = "<ds:Transform Algorithm='" + std::string(exclusive) + "'><ec:InclusiveNamespaces PrefixList='" + prefixes +
                               "'/></ds:Transform>";
    std::string reference = "<ds:Reference URI='#r'><ds:Transforms>" + method + "</ds:Transforms><ds:DigestMethod "
                            "Algorithm='http://www.w3.org/2001/04/xmlenc#sha256'/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>";
    std::string all;
    for (int i = 0; i < references; ++i) all += reference;
    const std::string one = "<ds:Signature><ds:SignedInfo><ds:CanonicalizationMethod Algorithm='" + std::string(exclusive) +
                            "'/><ds:SignatureMethod Algorithm='http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'/>" + all +
                            "</ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue></ds:Signature>";
    std::string text = "<r ID='r'" + std::string(declarations) + ">";
    for (int i = 0; i < signatures; ++i) text += one;
    return text;
}

std::vector<HostileInput> costlyBodies(std::size_t size) {
    const auto nestedNamespaces = numbered(size / 2, [](const auto& n) { return "<a xmlns:n" + n + "='u:" + n + "'>"; });
    const std::string assertion = "<saml:Assertion" + std::string(declarations) + "><saml:NameID>";
    std::string declared60;
    for (int level = 0; level < 30; ++level) {
        declared60 += "<a";
        for (int i = 0; i < 60; ++i) declared60 += " xmlns:n" + std::to_string(level) + "_" + std::to_string(i) + "='u:'";
        declared60 += ">";
    }
    return {
        {"wide tag", wideTag(size)},
        {"wide tag of namespaces", "<a" + numbered(size - 10, [](const auto& n) { return " xmlns:a" + n + "='u:" + n + "'"; }) + "/>"},
        {"attribute again and again", "<a" + repeated(" b=''", size - 10) + "/>"},
        {"tags as wide as allowed", repeated(wideTag(700), size)},
        {"nested", repeated("<a>", size)},
        {"nested namespaces", nestedNamespaces + repeated("<n1:a n2:b=''/>", size / 2)},
        {"many namespaces in scope", declared60 + repeated("<p:a/>", size - declared60.size())},
        {"end tags", repeated("</a>", size)},
        {"elements", repeated("<a/>", size)},
        {"long name", "<" + std::string(size - 10, 'a') + "/>"},
        {"long name with attributes", "<" + std::string(size / 2, 'a') + repeated(" p:b=''", 800) + "/>"},
        {"colons", "<" + repeated("a:", size)},
        {"entities in entities", entities(size)},
        {"one long entity", quadraticEntity(size)},
        {"parameter entities", "<!DOCTYPE r [<!ENTITY % a \"" + std::string(1000, 'x') + "\">" + repeated("%a;", size - 2000)},
        {"declared attributes", "<!DOCTYPE r [<!ATTLIST r" + numbered(size - 100, [](const auto& n) { return " a" + n + " CDATA 'v'"; })},
        {"content model", "<!DOCTYPE r [<!ELEMENT r " + std::string(size / 2, '(')},
        {"alternatives", "<!DOCTYPE r [<!ELEMENT r (a" + numbered(size - 100, [](const auto& n) { return "|a" + n; })},
        {"public identifier", "<!DOCTYPE r PUBLIC \"" + std::string(size - 100, 'a')},
        {"comment of hyphens", "<!--" + std::string(size - 10, '-')},
        {"comments", repeated("<!---->", size)},
        {"instructions", repeated("<?a?>", size)},
        {"ampersands", repeated("&", size)},
        {"character references", repeated("&#x41;", size)},
        {"brackets", repeated("<", size)},
        {"closing brackets", repeated("]]>", size)},
        {"CDATA", repeated("<![CDATA[", size)},
        {"line breaks", repeated("\r\n", size)},
        {"comments in a text", assertion + repeated("x<!---->", size - assertion.size())},
        {"instructions in a text", assertion + repeated("x<?a?>", size - assertion.size())},
        {"comments before an element", assertion + repeated("<!---->", size - assertion.size() - 10) + "<a/>"},
        {"open entities", "<!DOCTYPE r [" + repeated("<!ENTITY ", size - 20)},
        {"long attribute name with values", assertion + "<saml:Attribute Name='" + std::string(size / 3, 'n') + "'>" +
                                               repeated("<saml:AttributeValue>x</saml:AttributeValue>", size / 2)},
        {"nested names", assertion + repeated("<saml:NameID>x", size - assertion.size())},
        {"six signatures over all", signedRoot(6, 4, "") + repeated("<a b='c'/>", size - 20'000)},
        {"signature over texts", signedRoot(1, 1, "") + repeated("x<!---->", size - 5'000)},
        {"signature with prefixes", signedRoot(1, 1, "p0 p1 p2 p3 p4 p5 p6 p7 p8 p9 pa pb pc pd pe pf pg ph pi pj pk pl pm pn") +
                                       declared60 + repeated("<a/>", size - declared60.size() - 5'000)},
        {"signature and declarations", signedRoot(1, 1, "p0 p1 p2 p3 p4 p5 p6 p7") + repeated("<a xmlns:b='u:'/>", size - 5'000)},
        {"attribute without end", "<a b='" + std::string(size - 10, '\n')},
        {"blanks in a tag", "<a" + std::string(size - 10, ' ') + "/>"},
    };
}

std::string deflated(std::string_view text) {
    z_stream stream{};
    if (deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY) != Z_OK) return {};
    std::string in(text), out(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    (void)deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

// Levels of elements with so many namespaces each around as many leaves as fit and as the reader takes: it bounds the
// elements, and the sum of the squares of what is in scope.
std::string nested(int levels, int spaces, const std::function<std::string(int)>& leaf, std::size_t room) {
    std::string open, close;
    for (int level = 0; level < levels; ++level) {
        open += "<l";
        for (int i = 0; i < spaces; ++i) {
            const std::string name = std::to_string(level * spaces + i);
            open += " xmlns:n" + name + "='u:" + name + "'";
        }
        open += ">";
        close += "</l>";
    }
    std::string text = open;
    const int inScope = levels * spaces + 6;
    for (int i = 0; i < std::min(19'800, 19'500'000 / (inScope * inScope)); ++i) {
        const std::string next = leaf(i);
        if (text.size() + next.size() + close.size() > room) break;
        text += next;
    }
    return text + close;
}

std::string leafWith(int count, const std::function<std::string(int)>& attribute) {
    std::string tag = "<a";
    for (int i = 0; i < count; ++i) tag += attribute(i);
    return tag + "/>";
}

struct Canonicalized {
    const char* name;
    int levels, declarations;
    std::function<std::string(int)> leaf;
    bool prefixes;
    std::string_view method;
};

std::string putBefore(std::string text, std::string_view mark, std::string_view what) {
    const std::size_t at = text.find(mark);
    return at == std::string::npos ? std::string() : text.insert(at, what);
}

} // namespace

std::vector<HostileInput> hostileDocuments(std::size_t size) {
    // Each leaves a parser in another place: in a prolog, in content, in a tag, after a name that is not bound.
    const std::vector<std::pair<std::string_view, std::string_view>> faults{
        {"", ""},
        {"in an element: ", "<r>"},
        {"after a bad declaration: ", "<?xml version='1.0' bogus?>"},
        {"after a bad tag: ", "<r><!x "},
        {"after an unknown entity: ", "<r>&u;"},
        {"after a bad attribute: ", "<r a>"},
        {"after an unbound prefix: ", "<r><x:y/>"},
        {"after another end tag: ", "<r></x>"},
        {"after a misplaced bracket: ", "<r>]]>"},
    };
    std::vector<HostileInput> all;
    for (const auto& [name, text] : faults)
        for (const HostileInput& body : costlyBodies(size - 40))
            all.push_back({std::string(name) + body.name, (std::string(text) + body.text).substr(0, size)});
    return all;
}

std::vector<HostileInput> hostileSignedResponses(const std::string& response, std::size_t size) {
    const auto plain = [](int) { return std::string("<a/>"); };
    const std::vector<Canonicalized> shapes{
        {"sixteen prefixes", 24, 2, plain, true, exclusive},
        {"sixteen prefixes, one level", 1, 55, plain, true, exclusive},
        {"prefixed leaves", 24, 2, [](int i) { return "<n" + std::to_string(i % 48) + ":a/>"; }, false, exclusive},
        {"prefixed attributes", 1, 55,
         [](int) { return leafWith(55, [](int i) { return " n" + std::to_string(i) + ":a=''"; }); }, false, exclusive},
        {"declarations on every leaf", 1, 1,
         [](int) { return leafWith(55, [](int i) { return " xmlns:n" + std::to_string(i) + "='v:1'"; }); }, true, exclusive},
        {"inclusive, deep", 24, 2, plain, false, inclusive},
        {"inclusive, one level", 1, 55, plain, false, inclusive},
        {"inclusive, declarations", 24, 2, [](int i) { return "<a xmlns:m" + std::to_string(i) + "='u:m'/>"; }, false, inclusive},
        {"inclusive, the same declared again", 24, 2, [](int) { return std::string("<a xmlns:n0='u:0' xmlns:n1='u:1'/>"); }, false,
         inclusive11},
        {"many attributes", 1, 1, [](int) { return leafWith(64, [](int i) { return " b" + std::to_string(99 - i) + "=''"; }); }, false,
         exclusive},
        {"text that grows", 1, 1, [](int) { return std::string(1000, '>'); }, false, exclusive},
    };
    std::vector<HostileInput> all;
    for (const Canonicalized& shape : shapes) {
        std::string changed = "<ds:Transform Algorithm=\"" + std::string(shape.method) + "\">";
        if (shape.prefixes)
            changed += "<ec:InclusiveNamespaces xmlns:ec=\"" + std::string(exclusive) +
                       "\" PrefixList=\"n0 n1 n2 n3 n4 n5 n6 n7 n8 n9 n10 n11 n12 n13 n14 n15\"/>";
        const std::string transform = "<ds:Transform Algorithm=\"" + std::string(exclusive) + "\"/></ds:Transforms>";
        std::string xml = response;
        const std::size_t at = xml.find(transform);
        if (at == std::string::npos) return {};
        xml.replace(at, transform.size(), changed + "</ds:Transform></ds:Transforms>");
        const std::string body = nested(shape.levels, shape.declarations, shape.leaf, size - xml.size() - 200);
        all.push_back({shape.name, putBefore(std::move(xml), "</saml:AttributeStatement>",
                                             "<saml:Attribute Name=\"x\"><saml:AttributeValue>" + body + "</saml:AttributeValue></saml:Attribute>")});
    }
    return all;
}

std::vector<HostileInput> hostileTexts(std::size_t size) {
    const std::string bomb = encodeBase64(deflated("<Response>" + std::string(size * 4, ' ') + "</Response>"));
    const auto distinctBomb = [](const std::string& n) {
        return encodeBase64(deflated("<Response>" + n + repeated("abcdefghijklmnopqrstuvwxyz" + n, 900'000) + "</Response>"));
    };
    const std::string entry = R"({"request":{"url":"https://signin.aws.amazon.com/saml","postData":{"params":[{"name":"SAMLResponse","value":")";
    const auto recording = [&](const std::function<std::string(const std::string&)>& value) {
        return R"({"log":{"entries":[)" + numbered(size - 40, [&](const auto& n) { return entry + value(n) + R"("}]}}},)"; }) + "{}]}}";
    };
    std::vector<HostileInput> all{
        {"base64 of a wide tag", encodeBase64(wideTag(size * 3 / 4))},
        {"base64 of blanks", std::string(size, ' ')},
        {"base64 of padding", std::string(size, '=')},
        {"base64 in short lines", repeated("QUFB\n", size)},
        {"deflate bomb", bomb},
        {"form body of empty fields", "SAMLResponse=" + std::string(size - 20, '&')},
        {"form body of many responses", repeated("SAMLResponse=QUFB&", size)},
        {"form body of escapes", "SAMLResponse=" + repeated("%25", size - 20)},
        {"query of question marks", repeated("?SAMLResponse=", size)},
        {"page of fields", repeated("<input name=SAMLResponse value=QUFB>", size)},
        {"page of open fields", repeated("<input name=SAMLResponse ", size)},
        {"page of open comments", "<p>" + repeated("<!--", size - 10)},
        {"page of scripts", "<p>" + repeated("<script>", size - 10)},
        {"page of text areas", "<p>" + repeated("<textarea name=SAMLResponse>", size - 40)},
        {"page of one tag", "<p " + repeated("a=b ", size - 10)},
        {"page of quotes", "<p a=" + repeated("'\"", size - 10)},
        {"page of references", "<input name=SAMLResponse value='" + repeated("&#65;", size - 40) + "'>"},
        {"recording of nothing", R"({"log":)" + std::string(size - 20, '[')},
        {"recording of many bombs", recording(distinctBomb)},
        {"recording of one response", recording([](const auto&) { return std::string("PFJlc3BvbnNlLz4="); })},
        {"recording of many responses", recording([](const auto& n) { return encodeBase64("<Response>" + n + "</Response>"); })},
        {"percent signs", std::string(size, '%')},
        {"zero octets", std::string(size, '\0')},
        {"octets that are not UTF-8", std::string(size, '\xFF')},
    };
    for (HostileInput& one : all) one.text.resize(std::min(one.text.size(), size));
    return all;
}

} // namespace gw::test
