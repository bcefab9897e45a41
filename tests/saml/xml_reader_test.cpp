#include "saml/xml/document.h"
#include "saml/xml/namespaces.h"
#include "tests/support/cpu_time.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace gw::xml {
namespace {

Result<Document> read(std::string_view text, const ReadRules& rules = ReadRules::response()) {
    return Document::parse(text, rules);
}

struct Refusal {
    const char* name;
    std::string text;
    XmlError error;
};

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

std::string numbered(std::string_view before, std::string_view after, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += std::string(before) + std::to_string(i) + std::string(after);
    return out;
}

std::string utf16(std::string_view ascii) {
    std::string out("\xFF\xFE", 2);
    for (const char c : ascii) out += std::string{c, '\0'};
    return out;
}

std::string billionLaughs() {
    std::string out = "<!DOCTYPE r [<!ENTITY a0 \"ha\">";
    for (int i = 1; i < 20; ++i) {
        const std::string last = "&a" + std::to_string(i - 1) + ";";
        out += "<!ENTITY a" + std::to_string(i) + " \"" + repeated(last, 10) + "\">";
    }
    return out + "]><r a=\"&a19;\">&a19;</r>";
}

class ReaderRefuses : public testing::TestWithParam<Refusal> {};

TEST_P(ReaderRefuses, AtOnceWithTheRightError) {
    const test::CpuTimer timer;
    const auto document = read(GetParam().text);
    ASSERT_FALSE(document);
    EXPECT_TRUE(document.error().code().is(GetParam().error)) << document.error().chain();
    EXPECT_LT(timer.elapsed(), test::bound(std::chrono::seconds(1)));
}

INSTANTIATE_TEST_SUITE_P(
    Documents, ReaderRefuses,
    testing::Values(
        Refusal{"Empty", "", XmlError::NotWellFormed}, Refusal{"Text", "hello", XmlError::NotWellFormed},
        Refusal{"Unclosed", "<a><b></a>", XmlError::NotWellFormed}, Refusal{"TwoRoots", "<a/><b/>", XmlError::NotWellFormed},
        Refusal{"UnboundPrefix", "<p:a/>", XmlError::NotWellFormed},
        Refusal{"UnboundAttributePrefix", "<a p:b=\"\"/>", XmlError::NotWellFormed},
        Refusal{"DuplicateAttribute", "<a b=\"1\" b=\"2\"/>", XmlError::NotWellFormed},
        Refusal{"DuplicateExpandedAttribute", "<a xmlns:p=\"u:x\" xmlns:q=\"u:x\" p:b=\"1\" q:b=\"2\"/>",
                XmlError::NotWellFormed},
        Refusal{"UndeclaredEntity", "<a>&x;</a>", XmlError::NotWellFormed},
        Refusal{"ControlCharacter", "<a>\x01</a>", XmlError::NotWellFormed},
        Refusal{"ControlReference", "<a>&#1;</a>", XmlError::NotWellFormed},
        Refusal{"Doctype", "<!DOCTYPE a><a/>", XmlError::HasDoctype},
        Refusal{"DoctypeAfterComment", "<!-- x --><!DOCTYPE a><a/>", XmlError::HasDoctype},
        Refusal{"DoctypeWithIdAttribute", "<!DOCTYPE a [<!ATTLIST a foo ID #IMPLIED>]><a foo=\"x\"/>", XmlError::HasDoctype},
        Refusal{"DoctypeWithEntityId", "<!DOCTYPE a [<!ENTITY e \"x\">]><a ID=\"&e;\"/>", XmlError::HasDoctype},
        Refusal{"DoctypeWithDefault", "<!DOCTYPE a [<!ATTLIST a b CDATA \"evil\">]><a/>", XmlError::HasDoctype},
        Refusal{"ExternalSubset", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", XmlError::HasDoctype},
        Refusal{"ExternalEntity", "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><a>&e;</a>", XmlError::HasDoctype},
        Refusal{"ParameterEntity", "<!DOCTYPE a [<!ENTITY % e SYSTEM \"http://127.0.0.1:9/\">%e;]><a/>", XmlError::HasDoctype},
        Refusal{"BillionLaughs", billionLaughs(), XmlError::HasDoctype},
        Refusal{"QuadraticBlowUp",
                "<!DOCTYPE a [<!ENTITY e \"" + std::string(50'000, 'x') + "\">]><a b=\"" + repeated("&e;", 5'000) + "\"/>",
                XmlError::HasDoctype},
        Refusal{"Utf16WithDoctype", utf16("<!DOCTYPE a><a/>"), XmlError::NotUtf8},
        Refusal{"Utf16", utf16("<a/>"), XmlError::NotUtf8},
        Refusal{"Utf16BigEndian", std::string("\xFE\xFF\0<\0a\0/\0>", 10), XmlError::NotUtf8},
        Refusal{"Utf32", std::string("\xFF\xFE\0\0<\0\0\0", 8), XmlError::NotUtf8},
        Refusal{"DeclaredLatin1", "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>", XmlError::NotUtf8},
        Refusal{"DeclaredUtf7", "<?xml version='1.0' encoding='UTF-7'?><a/>", XmlError::NotUtf8},
        Refusal{"DeclaredUtf16", "<?xml version='1.0' encoding='UTF-16'?><a/>", XmlError::NotUtf8},
        Refusal{"DeclaredAsciiButIsNot", "<?xml version='1.0' encoding='US-ASCII'?><a>\xC3\xA4</a>", XmlError::NotUtf8},
        Refusal{"StrayContinuation", "<a>\x80</a>", XmlError::NotUtf8}, Refusal{"Overlong", "<a>\xC0\xBC</a>", XmlError::NotUtf8},
        Refusal{"OverlongThree", "<a>\xE0\x80\xBC</a>", XmlError::NotUtf8},
        Refusal{"Surrogate", "<a>\xED\xA0\x80</a>", XmlError::NotUtf8},
        Refusal{"AboveUnicode", "<a>\xF4\x90\x80\x80</a>", XmlError::NotUtf8},
        Refusal{"CutSequence", "<a/>\xE2\x82", XmlError::NotUtf8},
        Refusal{"VoidNamespace", "<a xmlns:v=\"http://e.com\x80\"/>", XmlError::NotUtf8},
        Refusal{"Nul", std::string("<a>\0</a>", 8), XmlError::NotUtf8},
        Refusal{"NulAtEnd", std::string("<a/>\0<!DOCTYPE a>", 17), XmlError::NotUtf8},
        Refusal{"Xml11", "<?xml version='1.1' encoding='UTF-8'?><a>x</a>", XmlError::ForbiddenNode},
        Refusal{"CommentInside", "<a>x<!-- -->y</a>", XmlError::ForbiddenNode},
        Refusal{"InstructionInside", "<a>x<?p?>y</a>", XmlError::ForbiddenNode},
        Refusal{"Cdata", "<a><![CDATA[x]]></a>", XmlError::ForbiddenNode},
        Refusal{"XmlId", "<a><b xml:id=\"_x\"/></a>", XmlError::ForbiddenNode},
        Refusal{"PrefixedId", "<a xmlns:q=\"u:q\" q:ID=\"_x\"/>", XmlError::ForbiddenNode},
        Refusal{"PrefixedLowerId", "<a xmlns:q=\"u:q\"><b q:id=\"_x\"/></a>", XmlError::ForbiddenNode},
        Refusal{"DuplicateId", "<a ID=\"_x\"><b ID=\"_x\"/></a>", XmlError::DuplicateId},
        Refusal{"DuplicateIdInTwoSpellings", "<a ID=\"_x\"><b Id=\"_x\"/></a>", XmlError::DuplicateId},
        Refusal{"DuplicateIdByReference", "<a ID=\"_x\"><b id=\"&#95;x\"/></a>", XmlError::DuplicateId},
        Refusal{"EmptyId", "<a ID=\"\"/>", XmlError::BadId}, Refusal{"DigitId", "<a ID=\"1x\"/>", XmlError::BadId},
        Refusal{"XPathId", "<a ID=\"x')|id('_y\"/>", XmlError::BadId}, Refusal{"SpaceId", "<a ID=\"_x _y\"/>", XmlError::BadId},
        Refusal{"ColonId", "<a ID=\"a:b\"/>", XmlError::BadId}, Refusal{"UnicodeId", "<a ID=\"\xC3\xA4\"/>", XmlError::BadId},
        Refusal{"TooDeep", repeated("<a>", 33) + repeated("</a>", 33), XmlError::TooDeep},
        Refusal{"VeryDeep", repeated("<a>", 80'000), XmlError::TooDeep},
        Refusal{"TooManyElements", "<a>" + repeated("<b/>", 20'000) + "</a>", XmlError::TooManyElements},
        Refusal{"TooManyAttributes", "<a" + numbered(" a", "=\"\"", 65) + "/>", XmlError::TooManyAttributes},
        Refusal{"TooManyNamespaces", "<a" + numbered(" xmlns:n", "=\"u:x\"", 65) + "/>", XmlError::TooManyAttributes},
        Refusal{"ManyAttributes", "<a" + numbered(" a", "=\"\"", 20'000) + "/>", XmlError::TooManyAttributes},
        Refusal{"ManyAttributesInSingleQuotes", "<a" + numbered(" a", "='>'", 20'000) + "/>", XmlError::TooManyAttributes},
        Refusal{"ManyAttributesAfterComment", "<!-- = ' \" < --><a" + numbered(" a", "=\"\"", 20'000) + "/>",
                XmlError::TooManyAttributes},
        Refusal{"ManyNamespaces", "<a" + numbered(" xmlns:n", "=\"u:x\"", 12'000) + "/>", XmlError::TooManyAttributes},
        Refusal{"TooLarge", "<a>" + std::string(262'144, 'x') + "</a>", XmlError::TooLarge}),
    [](const auto& one) { return std::string(one.param.name); });

TEST(Reader, AcceptsWhatIsHarmless) {
    for (const char* text :
         {"<a/>", "<?xml version=\"1.0\"?><a/>", "<?xml version='1.0' encoding='utf-8'?>\n<a/>",
          "<?xml version='1.0' encoding='US-ASCII'?><a/>", "\xEF\xBB\xBF<a/>", "<!-- before --><a/><!-- after -->",
          "<?xml-stylesheet href='x'?><a/>", "<a xml:lang=\"en\" xml:space=\"preserve\"/>", "<a>&lt;&amp;&#x41;&quot;</a>",
          "<a b=\"x>y\"/>", "<a ID=\"_x.1-b\"><b Id=\"_y\"/></a>"})
        EXPECT_TRUE(read(text)) << text;
}

TEST(Reader, AcceptsTheBoundsThemselves) {
    EXPECT_TRUE(read(repeated("<a>", 32) + repeated("</a>", 32)));
    EXPECT_TRUE(read("<a>" + repeated("<b/>", 19'999) + "</a>"));
    EXPECT_TRUE(read("<a" + numbered(" a", "=\"\"", 64) + numbered(" xmlns:n", "=\"u:x\"", 64) + "/>"));
    EXPECT_TRUE(read("<a>" + std::string(262'144 - 7, 'x') + "</a>"));
}

TEST(Reader, CountsTheNamespacesOfOneTagInMetadataToo) {
    const auto tag = [](int count) { return "<a" + numbered(" xmlns:n", "=\"u:x\"", count) + "/>"; };
    EXPECT_TRUE(read(tag(64), ReadRules::metadata()));
    const auto wide = read(tag(65), ReadRules::metadata());
    ASSERT_FALSE(wide);
    EXPECT_TRUE(wide.error().code().is(XmlError::TooManyAttributes));
}

TEST(Reader, AnswersToWhatNeverCloses) {
    for (const char* text : {"<a><!-- b", "<a/><!--", "<!-- <a/>", "<a><?b", "<?xml version=\"1.0\"", " <?b <a/>", "<a><!-->"})
        EXPECT_FALSE(read(text)) << text;
}

std::string factOf(std::string_view text, std::string_view name) {
    const auto document = read(text);
    return document ? "accepted" : std::string(document.error().fact(name));
}

TEST(Reader, TellsTheLine) {
    EXPECT_EQ(factOf("<a>\n<b>\n</a>", "line"), "3");
    EXPECT_EQ(factOf("<a>\n<!-- x -->\n</a>", "line"), "2");
    EXPECT_EQ(factOf("<a>\n<b ID='_x'/>\n<b ID='_x'/></a>", "line"), "3");
    EXPECT_EQ(factOf("<a ID='_x'><b ID='_x'/></a>", "seen"), "_x");
    EXPECT_EQ(factOf("<a>\xFF</a>", "offset"), "3");
}

TEST(Reader, TakesMetadataSizesQuickly) {
    std::string text = "<a>";
    while (text.size() < 9'900'000) text += "<b c=\"1\">" + std::string(200, 'x') + "</b>";
    text += "</a>";
    EXPECT_TRUE(read(text, ReadRules::metadata()));
    EXPECT_FALSE(read(text));
    const std::string wide = "<a" + numbered(" a", "=\"\"", 500'000) + "/>";
    const test::CpuTimer timer;
    EXPECT_FALSE(read(wide, ReadRules::metadata()));
    EXPECT_LT(timer.elapsed(), test::bound(std::chrono::seconds(1)));
}

// Peak resident memory of this process, in KiB.
long peakMemory() {
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line))
        if (line.starts_with("VmHWM:")) return std::stol(line.substr(6));
    return 0;
}

TEST(Reader, StaysWithinMemoryOnHostileInput) {
#if defined(__SANITIZE_ADDRESS__) || defined(__clang__)
    GTEST_SKIP() << "a sanitizer's own memory would be measured (clang builds are those of the fuzzers)";
#endif
    const long before = peakMemory();
    for (const Refusal& bad :
         {Refusal{"", "<a>" + repeated("<b c='d'/>", 26'000) + "</a>", {}}, Refusal{"", repeated("<a>", 87'000), {}},
          Refusal{"", "<a" + numbered(" a", "='x'", 20'000) + "/>", {}}, Refusal{"", billionLaughs(), {}}})
        EXPECT_FALSE(read(bad.text));
    EXPECT_LT(peakMemory() - before, 64 * 1024);
}

TEST(Element, WalksByPosition) {
    const auto document = read("<r xmlns=\"u:r\" xmlns:q=\"u:q\" a=\"1\" q:b=\"2\">text<x/><q:y>&lt;v&gt;</q:y> <x><z/></x></r>");
    ASSERT_TRUE(document);
    const Element root = document->root();
    EXPECT_TRUE(root.is("u:r", "r"));
    EXPECT_FALSE(root.is("", "r"));
    EXPECT_EQ(root.attribute("a"), "1");
    EXPECT_EQ(root.attribute("b"), std::nullopt) << "a prefixed attribute is another one";
    EXPECT_EQ(root.attributeCount(), 2U);
    EXPECT_TRUE(root.hasOwnText());
    EXPECT_EQ(root.text(), std::nullopt);
    std::vector<std::string> names;
    for (const Element child : root.children()) names.emplace_back(child.name());
    EXPECT_EQ(names, (std::vector<std::string>{"x", "y", "x"}));
    const Element y = root.firstChild().next();
    EXPECT_EQ(y.namespaceUri(), "u:q");
    EXPECT_EQ(y.text(), "<v>");
    EXPECT_EQ(y.parent(), root);
    EXPECT_EQ(root.firstChild().text(), "");
    EXPECT_FALSE(root.parent());
    EXPECT_FALSE(y.next().next());
}

TEST(Element, AnswersNothingWhenEmpty) {
    const Element none;
    EXPECT_FALSE(none);
    EXPECT_EQ(none.name(), "");
    EXPECT_EQ(none.namespaceUri(), "");
    EXPECT_EQ(none.attribute("a"), std::nullopt);
    EXPECT_EQ(none.text(), std::nullopt);
    EXPECT_EQ(none.line(), 0);
    EXPECT_FALSE(none.parent() || none.firstChild() || none.next());
    for ([[maybe_unused]] const Element child : none.children()) FAIL();
    EXPECT_FALSE(Element().hasOwnText());
    EXPECT_EQ(Element().line(), 0);
}

TEST(Element, APathLeadsAllTheWayOrNowhere) {
    const auto document = read("<a><b><c/></b><b/></a>");
    ASSERT_TRUE(document);
    EXPECT_EQ(pathOf(elementAt(document->root(), "/a/b/c")), "/a/b/c");
    for (const char* path : {"/x", "/x/a", "/a/x/b", "/a/b/x", "a/b", ""})
        EXPECT_FALSE(elementAt(document->root(), path)) << path;
}

TEST(Element, FollowingVisitsEachElementOnce) {
    const auto document = read("<a><b><c/></b><d/><e><f/><g/></e></a>");
    std::string names;
    for (Element at = document->root(); at; at = following(at, document->root())) names += at.name();
    EXPECT_EQ(names, "abcdefg");
    names.clear();
    const Element b = document->root().firstChild();
    for (Element at = b; at; at = following(at, b)) names += at.name();
    EXPECT_EQ(names, "bc");
}

TEST(Document, SurvivesAMove) {
    auto document = read("<a><b/></a>");
    const Element child = document->root().firstChild();
    const Document moved = std::move(*document);
    EXPECT_EQ(child.parent(), moved.root());
    EXPECT_FALSE(Document().root());
}

TEST(Reader, WorksOnManyThreads) {
    std::vector<std::thread> threads;
    std::atomic<int> good = 0;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&good] {
            for (int i = 0; i < 200; ++i)
                good += read("<a ID='_x'>" + std::to_string(i) + "</a>") && !read("<!DOCTYPE a><a/>") ? 1 : 0;
        });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(good, 1600);
}

TEST(PlainId, IsANarrowNcName) {
    for (const char* good : {"_", "a", "_a.b-c9", "ZZ"}) EXPECT_TRUE(isPlainId(good)) << good;
    for (const char* bad : {"", "1", "-a", ".a", "a b", "a:b", "a'b", "a)", "#a", "\xC3\xA4"})
        EXPECT_FALSE(isPlainId(bad)) << bad;
    EXPECT_TRUE(isPlainId(std::string(256, 'a')));
    EXPECT_FALSE(isPlainId(std::string(257, 'a')));
}

} // namespace
} // namespace gw::xml
