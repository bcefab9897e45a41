#include "ui/inspector/flow_source.h"
#include "ui/inspector/hex_source.h"

#include <QTest>

using namespace gw;
using ui::FlowRules;
using ui::FlowSource;

namespace {

std::shared_ptr<const FlowSource> source(const std::string& text, FlowRules rules = {}, std::vector<ui::ShadeRun> runs = {}) {
    auto kept = std::make_shared<const std::string>(text);
    return std::make_shared<FlowSource>(ui::SharedText{kept, *kept, std::make_shared<const ui::Shading>(ui::Shading(std::move(runs)))}, std::move(rules));
}

QStringList lines(const ui::CodeSource& from) {
    QStringList all;
    for (int i = 0; i < from.rowCount(); ++i) {
        const ui::CodeRow row = from.row(i);
        QString text(row.indent, QLatin1Char(' '));
        for (const auto& part : row.parts) text += part.text;
        all.append(text);
    }
    return all;
}

const std::string base64(200, 'A');

} // namespace

class FlowRowsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void laysOutByElement_data() {
        QTest::addColumn<QString>("xml");
        QTest::addColumn<int>("columns");
        QTest::addColumn<QStringList>("wanted");
        QTest::newRow("text stays with its element") << QStringLiteral("<a><b>one</b><c>two</c></a>") << 100
                                                     << QStringList{QStringLiteral("<a>"), QStringLiteral("  <b>one</…>"), QStringLiteral("  <c>two</…>"), QStringLiteral("</a>")};
        QTest::newRow("an only child, too") << QStringLiteral("<a><b><c/></b></a>") << 100 << QStringList{QStringLiteral("<a>"), QStringLiteral("  <b><c/></…>"), QStringLiteral("</a>")};
        QTest::newRow("own indentation is not doubled") << QStringLiteral("<a>\n      <b>one</b>\n<c/>\n</a>") << 100
                                                        << QStringList{QStringLiteral("<a>"), QStringLiteral("  <b>one</…>"), QStringLiteral("  <c/>"), QStringLiteral("</a>")};
        QTest::newRow("attributes break where they do not fit")
            << QStringLiteral("<element first=\"0123456789\" second=\"0123456789\"><b/><c/></element>") << 40
            << QStringList{QStringLiteral("<element first=\"0123456789\""), QStringLiteral("    second=\"0123456789\">"), QStringLiteral("  <b/>"), QStringLiteral("  <c/>"),
                           QStringLiteral("</element>")};
        QTest::newRow("well-known beginnings are abbreviated")
            << QStringLiteral("<a b=\"urn:oasis:names:tc:SAML:2.0:protocol\" c='http://www.w3.org/2001/04/xmlenc#sha256'/>") << 100
            << QStringList{QStringLiteral("<a b=\"…:protocol\" c='…/xmlenc#sha256'/>")};
        QTest::newRow("what only begins like one is not")
            << QStringLiteral("<a b=\"urn:oasis:names:tc:SAML:2.O:protocol\"/>") << 100 << QStringList{QStringLiteral("<a b=\"urn:oasis:names:tc:SAML:2.O:protocol\"/>")};
        QTest::newRow("text that is too long takes the end into its row")
            << QStringLiteral("<a><element name=\"0123456789\">0123456789 0123456789</element><b/></a>") << 40
            << QStringList{QStringLiteral("<a>"), QStringLiteral("  <element name=\"0123456789\">"), QStringLiteral("    0123456789 0123456789</…>"), QStringLiteral("  <b/>"),
                           QStringLiteral("</a>")};
        QTest::newRow("a comment has its row") << QStringLiteral("<a><!-- x --><b/></a>") << 100
                                               << QStringList{QStringLiteral("<a>"), QStringLiteral("  <!-- x -->"), QStringLiteral("  <b/>"), QStringLiteral("</a>")};
        QTest::newRow("unclosed tags") << QStringLiteral("<a><b") << 100 << QStringList{QStringLiteral("<a>"), QStringLiteral("  <b")};
        QTest::newRow("more ends than begins") << QStringLiteral("</a></b>") << 100 << QStringList{QStringLiteral("</a>"), QStringLiteral("</b>")};
        QTest::newRow("no markup") << QStringLiteral("just words") << 100 << QStringList{QStringLiteral("just words")};
        QTest::newRow("nothing") << QString() << 100 << QStringList{QString()};
    }
    void laysOutByElement() {
        QFETCH(QString, xml);
        QFETCH(int, columns);
        QFETCH(QStringList, wanted);
        FlowRules rules;
        rules.columns = columns;
        QCOMPARE(lines(*source(xml.toStdString(), rules)), wanted);
    }

    // The rows hold every octet once, in order, whatever the input.
    void rowsTileTheText_data() {
        QTest::addColumn<QByteArray>("xml");
        QTest::newRow("deep") << QByteArray("<a>").repeated(300) + "x" + QByteArray("</a>").repeated(300);
        QTest::newRow("blanks around") << QByteArray("  \n <a> </a> \n ");
        QTest::newRow("quotes") << QByteArray("<a b='\">' c=\"'>\"><!-- > --><![CDATA[ <x> ]]></a>");
        QTest::newRow("long value") << "<a b='" + QByteArray(5000, 'v') + "'/>";
        QTest::newRow("long words") << "<a>" + QByteArray("word ").repeated(900) + "</a>";
        QTest::newRow("doctype") << QByteArray("<!DOCTYPE a [<!ENTITY x \"y>\">]><a>&x;</a>");
        QTest::newRow("cut in a character") << QByteArray("<a>\xC3\xA4\xE2\x82</a>");
        QTest::newRow("zeros") << QByteArray(1000, '\0');
        QTest::newRow("less-than") << QByteArray(4000, '<');
    }
    void rowsTileTheText() {
        QFETCH(QByteArray, xml);
        for (const bool exact : {false, true}) {
            FlowRules rules;
            rules.columns = 60;
            rules.exact = exact;
            const auto from = source(xml.toStdString(), rules);
            std::uint32_t at = 0;
            for (int i = 0; i < from->rowCount(); ++i) {
                QCOMPARE(from->rowRange(i).begin, at);
                at = from->rowRange(i).end;
                if (at > from->rowRange(i).begin) {
                    QCOMPARE(from->rowOf(from->rowRange(i).begin), i);
                    QCOMPARE(from->rowOf(at - 1), i);
                }
                std::uint32_t inside = from->rowRange(i).begin;
                for (const auto& part : from->row(i).parts) {
                    QVERIFY(part.bytes.begin >= inside);
                    QVERIFY(part.bytes.end <= at);
                    inside = part.bytes.end;
                }
            }
            QCOMPARE(at, static_cast<std::uint32_t>(xml.size()));
        }
    }

    void longBase64FoldsAndUnfolds() {
        const auto folded = source("<r><v>" + base64 + "</v><w/></r>");
        QCOMPARE(folded->rowCount(), 4);
        const QStringList shown = lines(*folded);
        QVERIFY2(shown[1].contains(QStringLiteral("200 characters")), qPrintable(shown[1]));
        QVERIFY(shown[1].size() < 80);
        const auto open = folded->toggled(10);
        QVERIFY(open != nullptr);
        QVERIFY(lines(*open).join(QString()).contains(QString(40, QLatin1Char('A'))));
        QVERIFY(!lines(*open).join(QString()).contains(QStringLiteral("characters")));
        QCOMPARE(lines(*open->toggled(10)), shown);
        QVERIFY(folded->toggled(1) == nullptr);
        // Copied text is the octets' own, folded or not.
        QCOMPARE(folded->textOf({6, 6 + 200}), QString(200, QLatin1Char('A')));
    }

    void exactRowsShowEveryCharacter() {
        FlowRules rules;
        rules.exact = true;
        const auto from = source("<a>\n  <b> x </b>\n</a>", rules);
        QCOMPARE(lines(*from), (QStringList{QStringLiteral("<a>\u21B5"), QStringLiteral("  <b> x </b>\u21B5"), QStringLiteral("</a>")}));
    }

    // Nobody may hide something by characters that are not seen or that turn the text round.
    void hiddenCharactersAreShown() {
        QCOMPARE(ui::shownText("a\xE2\x80\xAE" "b"), QStringLiteral("a\uFFFDb"));
        QCOMPARE(ui::shownText("a\xE2\x80\x8B" "b"), QStringLiteral("a\uFFFDb"));
        QCOMPARE(ui::shownText(std::string_view("a\0b", 3)), QStringLiteral("a\u2400b"));
        QCOMPARE(ui::shownText("\xFF\xC3"), QStringLiteral("\uFFFD\uFFFD"));
        QCOMPARE(ui::shownText("\xC3\xA4\xF0\x9F\x98\x80"), QStringLiteral("\u00E4\u25A1"));
    }

    void partsFollowTheShades() {
        const std::string xml = "<a>claim</a>";
        using ui::Mark;
        using ui::Shade;
        const auto from = source(xml, {}, {{{0, 3}, Shade::Signed, Mark::Plain, false}, {{3, 8}, Shade::Signed, Mark::Claim, false}, {{8, 12}, Shade::Unsigned, Mark::Plain, false}});
        const ui::CodeRow row = from->row(0);
        QCOMPARE(row.parts.size(), std::size_t{3});
        QVERIFY(row.parts[1].shade.mark == Mark::Claim);
        QCOMPARE(row.parts[1].text, QStringLiteral("claim"));
        QVERIFY(!row.uniform);
        QVERIFY(row.shade.shade == Shade::Unsigned);
    }

    void hexShowsOctets() {
        auto kept = std::make_shared<const std::string>("<saml:Response>\n\xFF");
        const ui::HexSource from({kept, *kept, std::make_shared<const ui::Shading>()}, 16);
        QCOMPARE(from.rowCount(), 2);
        QCOMPARE(lines(from)[0], QStringLiteral("3c 73 61 6d 6c 3a 52 65 73 70 6f 6e 73 65 3e 0a  <saml:Response>\u00B7"));
        QVERIFY(lines(from)[1].startsWith(QStringLiteral("ff ")));
        QCOMPARE(from.row(1).number, QStringLiteral("00000010"));
        QCOMPARE(from.textOf({0, 3}), QStringLiteral("3c 73 61"));
    }

    void findsWithoutRegardToCase() {
        QCOMPARE(ui::findAll("Role role ROLE", "role"), (std::vector<std::uint32_t>{0, 5, 10}));
        QVERIFY(ui::findAll("abc", "").empty());
        QVERIFY(ui::findAll("abc", "abcd").empty());
        QCOMPARE(ui::findAll("aaaa", "aa"), (std::vector<std::uint32_t>{0, 2}));
        QCOMPARE(ui::findAll("abAbabcABC", "ABABC"), (std::vector<std::uint32_t>{2}));
        QCOMPARE(ui::findAll("xyZ", "z"), (std::vector<std::uint32_t>{2}));
        QCOMPARE(ui::findAll("\xC3\xA4\xC3\xA4", "\xC3\xA4"), (std::vector<std::uint32_t>{0, 2}));
        QCOMPARE(ui::findAll("aaaaaa", "a", 3).size(), std::size_t{3});
        // Against the plain way, over every short needle of a text with many near misses.
        const std::string text = "abcabcabdAbCabcdabcdabdabcab";
        for (std::size_t begin = 0; begin < 12; ++begin)
            for (std::size_t size = 1; size < 9; ++size) {
                const std::string needle = QString::fromStdString(text.substr(begin, size)).toLower().toStdString();
                const std::string low = QString::fromStdString(text).toLower().toStdString();
                std::vector<std::uint32_t> plain;
                for (std::size_t at = low.find(needle); at != std::string::npos; at = low.find(needle, at + size)) plain.push_back(static_cast<std::uint32_t>(at));
                QCOMPARE(ui::findAll(text, needle), plain);
            }
    }
};

QTEST_GUILESS_MAIN(FlowRowsTest)
#include "flow_rows_test.moc"
