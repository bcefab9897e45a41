// Bounded exhaustive search for signature wrapping: every document that is made of a validly signed original, an evil twin
// of it, one place for the signature and up to three wrappers around one of the two. None may be accepted.
#include "tests/saml/verify_helpers.h"
#include "tests/support/bounded_count.h"
#include "tests/support/saml_markup.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <vector>

namespace gw::saml {
namespace {

using test::Markup;
using test::ResponseBuilder;
using test::Sign;

constexpr std::string_view declarations = " xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" "
                                          "xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" "
                                          "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" "
                                          "xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\" xmlns:x=\"urn:x\"";

// What a careless reader walks through: lax places of the schemas, and elements that stand where the real ones do.
constexpr std::array<std::string_view, 12> wrappers = {
    "samlp:Extensions", "samlp:Response",     "saml:Assertion",    "saml:Advice",
    "ds:Signature",     "ds:Object",          "ds:KeyInfo",        "samlp:StatusDetail",
    "samlp:Status",     "saml:AttributeValue", "xenc:EncryptedData", "x:y"};

// One element of the play, cut where a signature goes: after its Issuer.
struct Piece {
    std::string before, after;
    [[nodiscard]] std::string with(std::string_view signature) const { return before + std::string(signature) + after; }
};

struct Play {
    Piece original, evil;
    std::string signature;
};

Piece cut(const std::string& xml) {
    const std::string end = "</saml:Issuer>";
    const std::size_t at = xml.find(end) + end.size();
    return {xml.substr(0, at), xml.substr(at)};
}

std::string everyEvil(std::string text) {
    const auto all = [&](std::string_view from, std::string_view to) {
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
            text.replace(at, from.size(), to);
    };
    all("alice@example.org", "mallory@evil.example");
    all("arn:aws:iam::111122223333", "arn:aws:iam::666666666666");
    return text;
}

Play makePlay(Sign sign) {
    ResponseBuilder builder(testNow);
    builder.sign = sign;
    builder.roles = {ResponseBuilder::role("111122223333", "Admin")};
    const auto root = Markup::parse(builder.xml());
    Markup* subject = sign == Sign::Assertion ? root->find("saml:Assertion") : root.get();
    Play play;
    play.signature = subject->find("ds:Signature")->take()->str();
    const std::string text = subject->str();
    play.original = cut(text);
    play.evil = cut(everyEvil(text));
    return play;
}

enum class SignatureAt { Original, Evil, Both, Wrapper, Root, Nowhere };
// Who bears the ID that the signature names.
enum class Bears { Original, Evil, Both };
enum class Inside { Root, Evil, Issuer, Signature };

std::string wrapped(std::string_view content, const std::vector<std::size_t>& chain, std::string_view atTheOutermost) {
    std::string out(content);
    for (std::size_t i = chain.size(); i > 0; --i) {
        const std::string name(wrappers[chain[i - 1]]);
        out = "<" + name + ">" + (i == 1 ? std::string(atTheOutermost) : "") + out + "</" + name + ">";
    }
    return out;
}

std::vector<std::vector<std::size_t>> chains() {
    std::vector<std::vector<std::size_t>> all{{}};
    for (std::size_t from = 0, depth = 1; depth <= 3; ++depth) {
        const std::size_t to = all.size();
        for (; from < to; ++from)
            for (std::size_t one = 0; one < wrappers.size(); ++one) {
                all.push_back(all[from]);
                all.back().push_back(one);
            }
    }
    return all;
}

class Search {
public:
    explicit Search(Sign sign) : sign_(sign), play_(makePlay(sign)) {}

    void run() {
        // All of them take a minute and more; ctest takes every eighth of the deepest.
        const auto step = static_cast<std::size_t>(test::boundedCount("GW_WRAPPING_STEP", 8));
        std::size_t turn = 0;
        for (const auto& chain : chains()) {
            if (chain.size() == 3 && ++turn % step != 0) continue;
            for (const SignatureAt where : {SignatureAt::Original, SignatureAt::Evil, SignatureAt::Both, SignatureAt::Wrapper,
                                            SignatureAt::Root, SignatureAt::Nowhere})
                for (const Inside inside : {Inside::Root, Inside::Evil, Inside::Issuer, Inside::Signature})
                    for (const bool originalFirst : {true, false})
                        for (const Bears bears : {Bears::Original, Bears::Evil, Bears::Both})
                            // Where both do, the reader stops at the second one.
                            if (bears != Bears::Both || chain.size() < 2) play(chain, where, inside, originalFirst, bears);
        }
    }

    int documents = 0;
    std::map<std::string, int> refusals;

private:
    void play(const std::vector<std::size_t>& chain, SignatureAt where, Inside inside, bool originalFirst, Bears bears) {
        if (where == SignatureAt::Wrapper && chain.empty()) return;
        const bool onOriginal = where == SignatureAt::Original || where == SignatureAt::Both;
        const bool onEvil = where == SignatureAt::Evil || where == SignatureAt::Both;
        Piece original = play_.original;
        if (bears == Bears::Evil) rename(original, "_moved");
        std::string box = wrapped(original.with(onOriginal ? play_.signature : std::string_view()), chain,
                                  where == SignatureAt::Wrapper ? std::string_view(play_.signature) : std::string_view());
        std::string signature = onEvil ? play_.signature : std::string();
        Piece evil = play_.evil;
        if (bears == Bears::Original) rename(evil, "_evil");
        const bool rootIsEvil = sign_ == Sign::Response;
        if (inside == Inside::Signature) {
            if (signature.empty()) signature = play_.signature;
            signature.insert(originalFirst ? signature.find('>') + 1 : signature.rfind("</"), box);
            box.clear();
        } else if (inside == Inside::Issuer) {
            evil.before.insert(evil.before.rfind("</"), box);
            box.clear();
        } else if (inside == Inside::Evil || rootIsEvil) {
            if (originalFirst)
                signature += box;
            else
                evil.after.insert(evil.after.rfind("</"), box);
            box.clear();
        }
        if (rootIsEvil && where == SignatureAt::Root) evil.after.insert(evil.after.rfind("</"), play_.signature);
        std::string text = evil.with(signature);
        if (rootIsEvil)
            text.insert(text.find(' '), std::string(" xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\" "
                                                    "xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" "
                                                    "xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\" xmlns:x=\"urn:x\""));
        else
            text = response(originalFirst ? box + text : text + box, where == SignatureAt::Root);
        ++documents;
        const auto verdict = verifyText(text);
        if (verdict) {
            ADD_FAILURE() << "accepted for " << verdict->nameId().value << "\n" << text;
            return;
        }
        ++refusals[verdict.error().code().id()];
    }

    [[nodiscard]] std::string response(const std::string& content, bool signature) const {
        return "<samlp:Response" + std::string(declarations) + " ID=\"_resp1\" Version=\"2.0\" IssueInstant=\"" +
               testNow.toRfc3339() + "\" Destination=\"https://signin.aws.amazon.com/saml\"><saml:Issuer>" +
               "https://idp.example/metadata</saml:Issuer>" + (signature ? play_.signature : "") +
               "<samlp:Status><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"/></samlp:Status>" + content +
               "</samlp:Response>";
    }

    void rename(Piece& piece, const std::string& id) const {
        const std::string mine = sign_ == Sign::Assertion ? "ID=\"_assert1\"" : "ID=\"_resp1\"";
        piece.before = replaced(piece.before, mine, "ID=\"" + id + "\"");
        if (sign_ == Sign::Response) piece.after = replaced(piece.after, "ID=\"_assert1\"", "ID=\"" + id + "2\"");
    }

    Sign sign_;
    Play play_;
};

// The pieces are right: the original alone is accepted, and the evil twin would be if it were signed.
TEST(WrappingSearch, ThePiecesAreSound) {
    for (const Sign sign : {Sign::Assertion, Sign::Response}) {
        ResponseBuilder builder(testNow);
        builder.roles = {ResponseBuilder::role("111122223333", "Admin")};
        builder.sign = Sign::Nothing;
        const std::string id = sign == Sign::Assertion ? builder.assertionId : builder.responseId;
        const auto good = signEnveloped(builder.unsignedXml(), id, test::providerKey());
        const auto bad = signEnveloped(everyEvil(builder.unsignedXml()), id, test::providerKey());
        ASSERT_TRUE(good && bad);
        EXPECT_TRUE(holds(verifyText(*good)));
        ASSERT_TRUE(holds(verifyText(*bad)));
        EXPECT_EQ(verifyText(*bad)->nameId().value, "mallory@evil.example");
    }
}

class WrappingSearch : public testing::TestWithParam<Sign> {};

TEST_P(WrappingSearch, NoArrangementToDepthThreeIsAccepted) {
    Search search(GetParam());
    search.run();
    EXPECT_GT(search.documents, 10'000);
    EXPECT_GE(search.refusals.size(), 2U) << "the documents are not all broken alike";
    for (const auto& [code, count] : search.refusals) std::printf("%8d %s\n", count, code.c_str());
}

INSTANTIATE_TEST_SUITE_P(Parts, WrappingSearch, testing::Values(Sign::Assertion, Sign::Response),
                         [](const auto& one) { return one.param == Sign::Assertion ? "Assertion" : "Response"; });

} // namespace
} // namespace gw::saml
