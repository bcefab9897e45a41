// A metamorphic test: whatever happens to a validly signed response, if it is still accepted, its claims are those that
// were signed. Documents are changed by several random operations at once; the seed is fixed, so failures repeat.
#include "tests/saml/verify_helpers.h"
#include "tests/support/saml_markup.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace gw::saml {
namespace {

using test::Markup;
using test::ResponseBuilder;
using test::Sign;

struct Original {
    std::string xml;
    VerifiedAssertion verified;
};

bool sameClaims(const VerifiedAssertion& a, const VerifiedAssertion& b) {
    return a.id() == b.id() && a.issuer() == b.issuer() && a.nameId() == b.nameId() && a.audiences() == b.audiences() &&
           a.recipient() == b.recipient() && a.issueInstant() == b.issueInstant() && a.notOnOrAfter() == b.notOnOrAfter() &&
           a.sessionNotOnOrAfter() == b.sessionNotOnOrAfter() && a.authnInstant() == b.authnInstant() &&
           a.attributes() == b.attributes();
}

class Mutator {
public:
    explicit Mutator(std::uint32_t seed) : random_(seed) {}

    std::string mutate(const std::string& xml, const std::string& other) {
        auto root = Markup::parse(xml);
        const auto donor = Markup::parse(other);
        for (std::size_t i = 1 + below(4); i > 0; --i) step(*root, *donor);
        std::string text = root->str();
        if (below(20) == 0) text = "<!DOCTYPE r>" + text;
        if (below(20) == 0) text = "<!-- c -->" + text + "<!-- d -->";
        return text;
    }

private:
    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }

    Markup* any(Markup& root) {
        const auto all = root.elements();
        return all[below(all.size())];
    }
    // One of the few elements that matter most.
    Markup* notable(Markup& root) {
        static constexpr std::string_view names[] = {
            "saml:Assertion", "ds:Signature", "saml:Subject",    "saml:AttributeStatement",
            "ds:SignedInfo",  "samlp:Status", "saml:Conditions", "ds:Reference",
            "saml:Issuer",    "saml:NameID"};
        Markup* found = below(2) == 0 ? root.find(names[below(std::size(names))]) : nullptr;
        return found != nullptr ? found : any(root);
    }
    std::unique_ptr<Markup> wrapper() {
        static const std::pair<std::string_view, std::string_view> boxes[] = {
            {"samlp:Extensions", "xmlns:samlp=urn:oasis:names:tc:SAML:2.0:protocol"},
            {"ds:Object", "xmlns:ds=http://www.w3.org/2000/09/xmldsig#"},
            {"saml:Advice", "xmlns:saml=urn:oasis:names:tc:SAML:2.0:assertion"},
            {"samlp:StatusDetail", "xmlns:samlp=urn:oasis:names:tc:SAML:2.0:protocol"},
            {"samlp:Response", "xmlns:samlp=urn:oasis:names:tc:SAML:2.0:protocol"},
            {"x:y", "xmlns:x=u:x"}};
        const auto& [name, declaration] = boxes[below(std::size(boxes))];
        return Markup::element(name, declaration);
    }

    void put(Markup& root, std::unique_ptr<Markup> piece) {
        Markup* target = notable(root);
        target->insert(below(target->children.size() + 1), std::move(piece));
    }

    void step(Markup& root, Markup& donor) {
        Markup* at = notable(root);
        switch (below(14)) {
        case 0: // move
            if (at != &root) put(root, at->take());
            break;
        case 1:
            put(root, at->clone());
            break;
        case 2: // a copy with other content
            put(root, changed(at->clone()));
            break;
        case 3: // wrap
            if (at != &root) {
                Markup* parent = at->parent;
                const std::size_t place = at->indexInParent();
                auto box = wrapper();
                box->append(at->take());
                parent->insert(place, std::move(box));
            }
            break;
        case 4: // wrap a copy somewhere
        {
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
            (void)changed(std::unique_ptr<Markup>(), at);
            break;
        case 8: // delete
            if (at != &root) (void)at->take();
            break;
        case 9: // swap with a sibling
            if (at != &root) {
                Markup* parent = at->parent;
                auto self = at->take();
                parent->insert(below(parent->children.size() + 1), std::move(self));
            }
            break;
        case 10:
            put(root, notable(donor)->clone());
            break;
        case 11: // replace by the donor's element of the same name
            if (at != &root)
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
        default:
            algorithms(root);
            break;
        }
    }

    std::unique_ptr<Markup> changed(std::unique_ptr<Markup> tree, Markup* existing = nullptr) {
        Markup* top = tree ? tree.get() : existing;
        for (Markup* at : top->elements())
            for (const auto& child : at->children)
                if (child->name.empty() && below(2) == 0) child->text = "evil" + std::to_string(below(3));
        return tree;
    }

    void rename(Markup& root) {
        static constexpr std::string_view ids[] = {"_assert1", "_resp1", "_evil", "", "_assert2"};
        Markup* at = notable(root);
        static constexpr std::string_view keys[] = {"ID", "Id", "id", "URI", "xml:id"};
        const std::string_view key = keys[below(std::size(keys))];
        at->set(key, (key == "URI" ? "#" : "") + std::string(ids[below(std::size(ids))]));
    }

    void insertRaw(Markup& at) {
        static constexpr std::string_view pieces[] = {"<!-- c -->", "<?p i?>",   "<![CDATA[evil]]>", "evil",
                                                      " ",          "&#x65;vil", "<x xmlns=\"\"/>",  "&amp;"};
        auto piece = Markup::raw(pieces[below(std::size(pieces))]);
        if (!at.children.empty() && at.children[0]->name.empty() && at.children[0]->text.size() > 2 && below(2) == 0) {
            // Right inside the text.
            const std::size_t cut = 1 + below(at.children[0]->text.size() - 1);
            at.insert(1, Markup::raw(at.children[0]->text.substr(cut)));
            at.children[0]->text.resize(cut);
            at.insert(1, std::move(piece));
            return;
        }
        at.insert(below(at.children.size() + 1), std::move(piece));
    }

    void attributes(Markup& at) {
        static const std::pair<std::string_view, std::string_view> more[] = {
            {"xmlns:v", "relative"},
            {"xmlns:saml", "urn:evil"},
            {"xmlns", "urn:evil"},
            {"Algorithm", "http://www.w3.org/2000/09/xmldsig#sha1"},
            {"Value", "evil"},
            {"NotOnOrAfter", "2099-01-01T00:00:00Z"},
            {"Recipient", "https://evil.example"},
            {"Name", "evil"},
            {"Format", "evil"},
            {"Version", "2.1"}};
        const auto& [key, value] = more[below(std::size(more))];
        at.set(key, value);
    }

    void algorithms(Markup& root) {
        static constexpr std::string_view uris[] = {
            "http://www.w3.org/2000/09/xmldsig#rsa-sha1",      "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
            "http://www.w3.org/TR/1999/REC-xpath-19991116",    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
            "http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/2000/09/xmldsig#enveloped-signature"};
        std::vector<Markup*> found;
        for (Markup* at : root.elements())
            if (at->attribute("Algorithm") != nullptr) found.push_back(at);
        if (!found.empty()) found[below(found.size())]->set("Algorithm", uris[below(std::size(uris))]);
    }

    std::mt19937 random_;
};

Original make(Sign sign, const std::string& name, const std::string& suffix) {
    ResponseBuilder builder(testNow);
    builder.sign = sign;
    builder.nameId = name;
    builder.assertionId = "_assert" + suffix;
    builder.responseId = "_resp" + suffix;
    builder.roles = {ResponseBuilder::role("111122223333", "Role" + suffix)};
    builder.sessionDuration = "3600";
    std::string xml = builder.xml();
    auto verdict = verifyText(xml);
    EXPECT_TRUE(holds(verdict));
    return {std::move(xml), std::move(*verdict)};
}

class Mutation : public testing::TestWithParam<Sign> {};

TEST_P(Mutation, AcceptedMeansTheOriginalClaims) {
    const Original alice = make(GetParam(), "alice@example.org", "1");
    const Original bob = make(GetParam(), "bob@example.org", "2");
    Mutator mutator(20'261'124U + static_cast<std::uint32_t>(GetParam()));
    int accepted = 0;
    std::map<std::string, int> refusals;
    for (int i = 0; i < 4000; ++i) {
        const std::string mutant = mutator.mutate(alice.xml, bob.xml);
        const auto verdict = verifyText(mutant);
        if (!verdict) {
            ++refusals[verdict.error().code().id()];
            continue;
        }
        ++accepted;
        ASSERT_TRUE(sameClaims(*verdict, alice.verified) || sameClaims(*verdict, bob.verified)) << "round " << i << "\n"
                                                                                                << mutant;
    }
    // Some changes are harmless, and the refusals come from many rules: otherwise the test would show nothing.
    EXPECT_GT(accepted, 20);
    EXPECT_GE(refusals.size(), 10U);
}

INSTANTIATE_TEST_SUITE_P(Parts, Mutation, testing::Values(Sign::Assertion, Sign::Response, Sign::Both));

// Single octets changed, removed and added all over the document.
TEST(Mutation, OctetsOfASignedResponse) {
    const Original alice = make(Sign::Assertion, "alice@example.org", "1");
    std::mt19937 random(7);
    const auto below = [&](std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random); };
    for (int i = 0; i < 4000; ++i) {
        std::string text = alice.xml;
        const std::size_t at = below(text.size());
        switch (below(3)) {
        case 0:
            text[at] = static_cast<char>(below(256));
            break;
        case 1:
            text.erase(at, 1 + below(8));
            break;
        default:
            text.insert(at, 1, static_cast<char>(below(256)));
            break;
        }
        const auto verdict = verifyText(text);
        EXPECT_TRUE(!verdict || sameClaims(*verdict, alice.verified)) << text;
    }
}

} // namespace
} // namespace gw::saml
