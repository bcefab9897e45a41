#include "tests/support/ui_application.h"

#include "ui/inspector/code_area.h"
#include "ui/inspector/flow_source.h"

#include <QAccessible>
#include <QClipboard>
#include <QScrollBar>
#include <QSignalSpy>

using namespace gw;
using ui::CodeArea;
using ui::Mark;
using ui::Shade;

namespace {

const std::string text = "<a><b>first</b><c>second</c><d>third</d></a>";

std::shared_ptr<const ui::FlowSource> sourceOf(const std::string& xml, std::vector<ui::ShadeRun> runs = {}) {
    auto kept = std::make_shared<const std::string>(xml);
    return std::make_shared<ui::FlowSource>(ui::SharedText{kept, *kept, std::make_shared<const ui::Shading>(ui::Shading(std::move(runs)))}, ui::FlowRules{});
}

std::vector<ui::ShadeRun> shades() {
    return {{{0, 15}, Shade::Unsigned, Mark::Plain, false}, {{15, 28}, Shade::Signed, Mark::Claim, false}, {{28, 40}, Shade::Unsigned, Mark::Posing, true},
            {{40, 44}, Shade::Unsigned, Mark::Plain, false}};
}

struct Fixture {
    CodeArea area{QStringLiteral("Document")};
    explicit Fixture(const std::string& xml = text, std::vector<ui::ShadeRun> runs = shades()) {
        area.setObjectName(QStringLiteral("area"));
        area.resize(700, 300);
        area.setSource(sourceOf(xml, std::move(runs)));
        area.show();
        area.activateWindow();
        area.setFocus();
        (void)QTest::qWaitForWindowActive(&area);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier) { QTest::keyClick(&area, key, with); }
};

} // namespace

class CodeAreaTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theCaretGoesByRowsAndCharacters() {
        Fixture f;
        f.key(Qt::Key_Down);
        QCOMPARE(f.area.caretRow(), 1);
        f.key(Qt::Key_Right);
        QCOMPARE(f.area.caret(), 4U);
        f.key(Qt::Key_End);
        QCOMPARE(f.area.caretRow(), 1);
        f.key(Qt::Key_End, Qt::ControlModifier);
        QCOMPARE(f.area.caret(), static_cast<std::uint32_t>(text.size()));
        f.key(Qt::Key_Home, Qt::ControlModifier);
        QCOMPARE(f.area.caret(), 0U);
        f.key(Qt::Key_PageDown);
        QCOMPARE(f.area.caretRow(), f.area.rowCount() - 1);
    }

    void altArrowsGoToWhereTheCoverageChanges() {
        Fixture f;
        f.key(Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(f.area.caret(), 15U);
        f.key(Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(f.area.caret(), 28U);
        f.key(Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(f.area.caret(), 15U);
    }

    void whatIsSelectedIsCopiedAsItStandsInTheDocument() {
        Fixture f;
        f.area.setCaret(6);
        for (int i = 0; i < 5; ++i) f.key(Qt::Key_Right, Qt::ShiftModifier);
        f.key(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("first"));
        f.key(Qt::Key_A, Qt::ControlModifier);
        f.key(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromStdString(text));
        // Esc gives the selection up before anybody else hears of it.
        f.key(Qt::Key_Escape);
        QVERIFY(f.area.selection().empty());
    }

    void theMouseSelects() {
        Fixture f;
        const QRect row = f.area.rowRect(1);
        QTest::mouseDClick(f.area.viewport(), Qt::LeftButton, {}, QPoint(row.left() + 110, row.center().y()));
        QVERIFY(!f.area.selection().empty());
        const QRect second = f.area.rowRect(2);
        QTest::mouseClick(f.area.viewport(), Qt::LeftButton, {}, QPoint(10, second.center().y()));
        QCOMPARE(f.area.selection(), (inspect::Range{15, 28}));
    }

    void findGoesRoundTheEnds() {
        Fixture f;
        QCOMPARE(f.area.find(QStringLiteral("IR")), std::size_t{2});
        f.area.findStep(1);
        QCOMPARE(f.area.matchNumber(), std::size_t{1});
        f.area.findStep(1);
        QCOMPARE(f.area.matchNumber(), std::size_t{2});
        f.area.findStep(1);
        QCOMPARE(f.area.matchNumber(), std::size_t{1});
        f.area.findStep(-1);
        QCOMPARE(f.area.matchNumber(), std::size_t{2});
        QCOMPARE(f.area.find(QStringLiteral("nothing")), std::size_t{0});
        f.area.findStep(1);
        QSignalSpy wanted(&f.area, &CodeArea::findWanted);
        f.key(Qt::Key_F, Qt::ControlModifier);
        QCOMPARE(wanted.count(), 1);
    }

    void revealScrollsAndSelects() {
        std::string xml = "<r>";
        for (int i = 0; i < 500; ++i) xml += "<e>" + std::to_string(i) + "</e>";
        xml += "</r>";
        Fixture f(xml, {});
        QCOMPARE(f.area.rowCount(), 502);
        const auto at = static_cast<std::uint32_t>(xml.find("<e>400"));
        f.area.reveal({at, at + 10});
        QCOMPARE(f.area.caret(), at);
        QVERIFY(f.area.viewport()->rect().contains(f.area.rowRect(f.area.caretRow())));
        QCOMPARE(f.area.selection(), (inspect::Range{at, at + 10}));
    }

    void resizingKeepsWhatIsAtTheTop() {
        std::string xml = "<r>";
        for (int i = 0; i < 300; ++i) xml += "<element attribute=\"" + std::string(60, 'v') + "\" other=\"" + std::string(30, 'w') + "\"><x/><y/></element>";
        xml += "</r>";
        Fixture f(xml, {});
        f.area.verticalScrollBar()->setValue(4000);
        const auto first = [&] { return f.area.source()->rowRange(f.area.source()->rowOf(f.area.caret())).begin; };
        f.area.setCaret(static_cast<std::uint32_t>(xml.size() / 2));
        const int top = f.area.rowRect(f.area.caretRow()).top();
        const std::uint32_t kept = first();
        f.area.resize(420, 300);
        QVERIFY(first() <= kept + 120);
        QVERIFY(qAbs(f.area.rowRect(f.area.caretRow()).top() - top) < 300);
    }

    void aScreenReaderHearsTextAndCoverage() {
        Fixture f;
        QAccessibleInterface* reader = QAccessible::queryAccessibleInterface(&f.area);
        QVERIFY(reader != nullptr);
        QCOMPARE(reader->text(QAccessible::Name), QStringLiteral("Document"));
        QCOMPARE(reader->childCount(), f.area.rowCount());
        const QString claim = reader->child(2)->text(QAccessible::Name);
        QVERIFY2(claim.contains(QStringLiteral("second")) && claim.contains(QStringLiteral("signed, used as a claim")), qPrintable(claim));
        const QString posing = reader->child(3)->text(QAccessible::Name);
        QVERIFY2(posing.contains(QStringLiteral("not signed, posing as a claim")), qPrintable(posing));
        f.key(Qt::Key_Down);
        QVERIFY(reader->child(1)->state().focused);
        QCOMPARE(reader->focusChild(), reader->child(1));
    }

    // Every class has its own pixels beside the line, without a look at the colour.
    void barsDifferInShape() {
        const ui::ShadeRun kinds[] = {{{0, 15}, Shade::Signed, Mark::Plain, false},   {{0, 15}, Shade::Unproven, Mark::Plain, false},
                                      {{0, 15}, Shade::Broken, Mark::Plain, false},   {{0, 15}, Shade::Unsigned, Mark::Plain, false},
                                      {{0, 15}, Shade::Unsigned, Mark::Posing, true}};
        QList<QImage> shapes;
        for (const auto& kind : kinds) {
            Fixture f("<aaaaaaaaaaaa/>", {kind});
            const QImage image = f.area.viewport()->grab(QRect(0, 8, 60, 20)).toImage();
            const QRgb ink = ui::Theme::of(nullptr).color(ui::barOf(kind)).rgb();
            const int left = qRound(36 * image.devicePixelRatio()), right = std::min(qRound(44 * image.devicePixelRatio()), image.width());
            QImage mask(image.size(), QImage::Format_Mono);
            mask.fill(0);
            for (int y = 0; y < image.height(); ++y)
                for (int x = left; x < right; ++x) mask.setPixel(x, y, image.pixel(x, y) == ink);
            QVERIFY2(!shapes.contains(mask), qPrintable(ui::wordsOf(kind)));
            shapes.append(mask);
        }
    }

    void nothingIsShownWithoutASource() {
        CodeArea area(QStringLiteral("Empty"));
        area.resize(200, 100);
        area.show();
        QTest::keyClick(&area, Qt::Key_Down);
        area.copy();
        area.selectAll();
        area.reveal({3, 5});
        QCOMPARE(area.rowCount(), 0);
        QCOMPARE(area.find(QStringLiteral("x")), std::size_t{0});
        (void)area.grab();
    }
};

GW_UI_TEST_MAIN(CodeAreaTest)
#include "code_area_test.moc"
