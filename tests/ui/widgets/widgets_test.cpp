// The shared parts: sizes, keyboard, names, and that nothing is cut off. Also run at a scale factor of 1.5.
#include "tests/support/ui_accessibility.h"
#include "tests/support/ui_application.h"
#include "tests/support/ui_ink.h"
#include "ui/widgets/widgets.h"

#include <QGraphicsOpacityEffect>
#include <QLineEdit>
#include <QScopeGuard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QVBoxLayout>

using namespace gw;
using namespace gw::ui;
using sessions::Environment;

class WidgetsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { Theme::of(nullptr).setPreference(QStringLiteral("light")); }

    void buttonSizes() {
        Button button(QStringLiteral("Renew"), QStringLiteral("renew"), ButtonKind::Default);
        QCOMPARE(button.sizeHint().height(), size::control);
        const int plain = button.sizeHint().width();
        button.setKeyHint(QStringLiteral("Ctrl R"));
        QVERIFY(button.sizeHint().width() > plain + 30);
        button.setSize(ButtonSize::Small);
        QCOMPARE(button.sizeHint().height(), size::controlSmall);
        button.setSize(ButtonSize::Large);
        QCOMPARE(button.sizeHint().height(), size::controlLarge);
        QCOMPARE(button.minimumSizeHint(), button.sizeHint());
    }

    // The column takes what there is until it is widest, and then stands in the middle.
    void scrollColumn_data() {
        QTest::addColumn<int>("widest");
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("left");
        QTest::addColumn<int>("column");
        QTest::newRow("narrow") << 400 << 300 << 0 << 300;
        QTest::newRow("wide") << 400 << 1000 << 300 << 400;
        QTest::newRow("without a limit") << 0 << 1000 << 0 << 1000;
    }
    void scrollColumn() {
        QFETCH(int, widest);
        QFETCH(int, width);
        ScrollColumn scroll(widest);
        auto* line = new QWidget;
        line->setFixedHeight(40);
        scroll.column()->addWidget(line);
        scroll.column()->addStretch();
        scroll.resize(width, 200);
        scroll.show();
        QVERIFY(QTest::qWaitForWindowExposed(&scroll));
        QTEST(line->width(), "column");
        QTEST(line->mapTo(scroll.viewport(), QPoint()).x(), "left");
        QCOMPARE(scroll.focusPolicy(), Qt::NoFocus);
        // What is too wide is not reached by scrolling aside; what is too long is by scrolling down.
        line->setFixedHeight(900);
        QTRY_VERIFY(scroll.verticalScrollBar()->maximum() >= 700);
        QVERIFY(!scroll.horizontalScrollBar()->isVisible());
    }

    void hoverFadesInAndOut() {
        const auto put = [](QWidget& widget, bool inside) {
            QEnterEvent enter({}, {}, {});
            QEvent leave(QEvent::Leave);
            QCoreApplication::sendEvent(&widget, inside ? static_cast<QEvent*>(&enter) : &leave);
        };
        QWidget widget;
        HoverFade fade(&widget);
        put(widget, true);
        QCOMPARE(fade.level(), 1.0); // at once with reduced motion
        put(widget, false);
        QCOMPARE(fade.level(), 0.0);

        Theme::of(nullptr).setReducedMotion(false);
        const auto still = qScopeGuard([] { Theme::of(nullptr).setReducedMotion(true); });
        put(widget, true);
        QCOMPARE(fade.level(), 0.0);
        QTRY_COMPARE(fade.level(), 1.0);
        put(widget, false);
        QCOMPARE(fade.level(), 1.0);
        QTRY_COMPARE(fade.level(), 0.0);
        // What vanishes under the pointer does not come back lit.
        put(widget, true);
        QTRY_COMPARE(fade.level(), 1.0);
        QHideEvent hidden;
        QCoreApplication::sendEvent(&widget, &hidden);
        QCOMPARE(fade.level(), 0.0);
    }

    void coloursBlend() {
        const QColor black(0, 0, 0);
        const QColor white(255, 255, 255);
        QCOMPARE(blended(black, white, 0), black);
        QCOMPARE(blended(black, white, 1), white);
        QCOMPARE(blended(black, white, 0.5).red(), 128);
        QCOMPARE(blended({}, white, 0.5).alpha(), 128);
        QCOMPARE(blended(white, {}, 0.75).alpha(), 64);
        QVERIFY(!blended({}, {}, 0.5).isValid());
    }

    void popupsFadeInAndLoseTheEffect() {
        QWidget window;
        QWidget popup(&window);
        fadeIn(&popup);
        QVERIFY(!popup.graphicsEffect()); // reduced motion
        Theme::of(nullptr).setReducedMotion(false);
        const auto still = qScopeGuard([] { Theme::of(nullptr).setReducedMotion(true); });
        fadeIn(&popup);
        fadeIn(&popup);
        const auto* effect = qobject_cast<QGraphicsOpacityEffect*>(popup.graphicsEffect());
        QVERIFY(effect && effect->opacity() < 1);
        QTRY_VERIFY(!popup.graphicsEffect());
    }

    // At the size that a part asks for, its text stays clear of its edges.
    void textFits_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("short") << QStringLiteral("OK");
        QTest::newRow("usual") << QStringLiteral("Start 2 sessions");
        QTest::newRow("long") << QStringLiteral("Anmeldung im Systembrowser fortsetzen");
        QTest::newRow("wide letters") << QStringLiteral("WWWW MMMM ÄÖÜ");
    }
    void textFits() {
        QFETCH(QString, text);
        std::vector<std::unique_ptr<QWidget>> parts;
        for (const auto kind : {ButtonKind::Default, ButtonKind::Primary, ButtonKind::Danger}) {
            for (const auto size : {ButtonSize::Small, ButtonSize::Normal, ButtonSize::Large}) {
                auto button = std::make_unique<Button>(text, QStringLiteral("add"), kind);
                button->setSize(size);
                button->setKeyHint(QStringLiteral("Ctrl Enter"));
                parts.push_back(std::move(button));
            }
        }
        parts.push_back(std::make_unique<Chip>(ChipKind::Denied, QStringLiteral("deny"), text));
        auto strip = std::make_unique<Segmented>(QStringLiteral("Choice"));
        strip->setItems({text, text});
        strip->setCurrent(1);
        parts.push_back(std::move(strip));
        for (const auto& part : parts) {
            for (const qreal ratio : {1.0, 1.5, 2.0}) {
                const QImage image = test::drawn(*part, ratio);
                const int margin = int(3 * ratio);
                const int corner = int(8 * ratio);
                QVERIFY2(test::columnIsPlain(image, margin, corner), part->metaObject()->className());
                QVERIFY2(test::columnIsPlain(image, image.width() - 1 - margin, corner), part->metaObject()->className());
            }
        }
    }

    void environmentsDifferInGrey() {
        for (const bool quiet : {false, true}) {
            QList<QImage> glyphs;
            for (const auto environment : {Environment::Prod, Environment::Stage, Environment::Dev, Environment::Shared}) {
                EnvironmentTag tag(environment, quiet);
                const QImage image =
                    test::drawn(tag, 1).convertToFormat(QImage::Format_Grayscale8).copy(0, 0, quiet ? 10 : 16, 20);
                QVERIFY(!glyphs.contains(image));
                glyphs.append(image);
                QCOMPARE(tag.accessibleName(), environmentWord(environment));
            }
        }
        QCOMPARE(EnvironmentTag(Environment::None).sizeHint().width(), 0);
    }

    void iconButtonNamesItself() {
        IconButton button(QStringLiteral("renew"), QStringLiteral("Renew"));
        QCOMPARE(button.accessibleName(), QStringLiteral("Renew"));
        QCOMPARE(button.toolTip(), QStringLiteral("Renew"));
        button.setKeyHint(QStringLiteral("R"));
        QCOMPARE(button.accessibleName(), QStringLiteral("Renew"));
        QCOMPARE(button.toolTip(), QStringLiteral("Renew (R)"));
        QVERIFY(button.sizeHint().width() >= size::minTarget);
    }

    void linkWorksByKeyboard() {
        LinkLabel link(QStringLiteral("Clear the search"));
        QSignalSpy clicked(&link, &QAbstractButton::clicked);
        link.show();
        link.setFocus();
        QTest::keyClick(&link, Qt::Key_Return);
        QTest::keyClick(&link, Qt::Key_Space);
        QCOMPARE(clicked.count(), 2);
    }

    void segmentedByKeyboard() {
        Segmented strip(QStringLiteral("Duration"));
        strip.setItems({QStringLiteral("15 min"), QStringLiteral("1 h"), QStringLiteral("2 h"), QStringLiteral("12 h")});
        strip.setItemEnabled(2, false, QStringLiteral("This role allows 1 h"));
        strip.setCurrent(0);
        QSignalSpy changed(&strip, &Segmented::currentChanged);
        strip.show();
        QTest::keyClick(&strip, Qt::Key_Right);
        QCOMPARE(strip.current(), 1);
        QTest::keyClick(&strip, Qt::Key_Right);
        QCOMPARE(strip.current(), 3);
        QTest::keyClick(&strip, Qt::Key_Right);
        QCOMPARE(strip.current(), 3);
        QTest::keyClick(&strip, Qt::Key_Home);
        QCOMPARE(strip.current(), 0);
        QTest::keyClick(&strip, Qt::Key_End);
        QCOMPARE(strip.current(), 3);
        QCOMPARE(changed.count(), 4);
        QCOMPARE(strip.accessibleDescription(), QStringLiteral("12 h"));
    }

    void segmentedByMouse() {
        Segmented strip(QStringLiteral("Duration"));
        strip.setItems({QStringLiteral("15 min"), QStringLiteral("1 h"), QStringLiteral("2 h")});
        strip.setItemEnabled(2, false, QStringLiteral("This role allows 1 h"));
        strip.resize(400, strip.sizeHint().height());
        strip.show();
        QCOMPARE(strip.itemRect(2).right(), 399);
        QSignalSpy changed(&strip, &Segmented::currentChanged);
        QTest::mouseClick(&strip, Qt::LeftButton, {}, strip.itemRect(1).center());
        QCOMPARE(strip.current(), 1);
        QTest::mouseClick(&strip, Qt::LeftButton, {}, strip.itemRect(2).center());
        QCOMPARE(strip.current(), 1);
        QCOMPARE(changed.count(), 1);
    }

    void segmentedKeepsAChoiceThatStillExists() {
        Segmented strip(QStringLiteral("Duration"));
        strip.setItems({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        strip.setCurrent(2);
        strip.setItems({QStringLiteral("a"), QStringLiteral("b")});
        QCOMPARE(strip.current(), -1);
        strip.setCurrent(7);
        QCOMPARE(strip.current(), -1);
    }

    void fieldShowsErrorInPlaceOfHelp() {
        auto* edit = new QLineEdit;
        Field field(QStringLiteral("Profile"), edit);
        field.show();
        field.setHelp(QStringLiteral("As in ~/.aws/config"));
        QCOMPARE(edit->accessibleName(), QStringLiteral("Profile"));
        QCOMPARE(edit->accessibleDescription(), QStringLiteral("As in ~/.aws/config"));
        field.setError(QStringLiteral("No blanks in a profile name"));
        QCOMPARE(field.error(), QStringLiteral("No blanks in a profile name"));
        QCOMPARE(edit->accessibleDescription(), QStringLiteral("No blanks in a profile name"));
        field.setError(QString());
        QCOMPARE(edit->accessibleDescription(), QStringLiteral("As in ~/.aws/config"));
    }

    void searchClears() {
        SearchBox search(QStringLiteral("Search roles"));
        search.show();
        search.setCounter(QStringLiteral("7 of 412 roles"));
        QTest::keyClicks(&search, QStringLiteral("pay"));
        QCOMPARE(search.text(), QStringLiteral("pay"));
        QTest::keyClick(&search, Qt::Key_Escape);
        QCOMPARE(search.text(), QString());
        QTest::keyClicks(&search, QStringLiteral("pay"));
        auto* clear = search.findChild<IconButton*>();
        QVERIFY(clear->isVisible());
        QTest::mouseClick(clear, Qt::LeftButton);
        QCOMPARE(search.text(), QString());
        QVERIFY(!clear->isVisible());
        QCOMPARE(search.sizeHint().height(), size::controlLarge);
    }

    void wrappedTextKeepsItsLines() {
        Text text(QStringLiteral("Practise with an invented company, or connect the provider your company signs in with."),
                  TextStyle::Body);
        text.setWordWrap(true);
        QCOMPARE(text.heightForWidth(10000), type::body.line);
        const int narrow = text.heightForWidth(200);
        QVERIFY(narrow >= 3 * type::body.line);
        QCOMPARE(narrow % type::body.line, 0);
        text.setText(QStringLiteral("one\ntwo"));
        QCOMPARE(text.heightForWidth(10000), 2 * type::body.line);
    }

    void elidedTextStaysInside() {
        Text text(QStringLiteral("arn:aws:iam::222233334444:role/payments-readonly"), TextStyle::Body);
        text.setElide(Qt::ElideMiddle);
        QVERIFY(text.minimumSizeHint().width() < 60);
        text.resize(120, 20);
        const QImage image = text.grab().toImage();
        QVERIFY(test::columnIsPlain(image, image.width() - 1, 0));
    }

    void markupIsNotInterpreted() {
        Text text(QStringLiteral("<b>bold</b>"), TextStyle::Body);
        QCOMPARE(text.textFormat(), Qt::PlainText);
        QVERIFY(text.sizeHint().width() > QFontMetrics(text.font()).horizontalAdvance(QStringLiteral("<b>bold")));
    }

    void textFollowsTheTheme() {
        Text text(QStringLiteral("Ends soon"), TextStyle::Body, Color::ExpiringText);
        text.show();
        QCOMPARE(text.palette().color(QPalette::WindowText), Theme::of(&text).color(Color::ExpiringText));
        Theme::of(&text).setPreference(QStringLiteral("dark"));
        QCOMPARE(text.palette().color(QPalette::WindowText), Theme::of(&text).color(Color::ExpiringText));
    }

    void partsFollowTheTheme() {
        std::vector<std::unique_ptr<QWidget>> parts;
        parts.push_back(std::make_unique<Button>(QStringLiteral("Renew"), QStringLiteral("renew"), ButtonKind::Default));
        parts.push_back(std::make_unique<EnvironmentTag>(Environment::Stage));
        parts.push_back(std::make_unique<Chip>(ChipKind::Drift, QStringLiteral("drift"), QStringLiteral("Drift")));
        parts.push_back(std::make_unique<Card>());
        parts.push_back(
            std::make_unique<EmptyState>(QStringLiteral("search"), QStringLiteral("Nothing"), QStringLiteral("At all")));
        for (const auto& part : parts) {
            part->resize(part->sizeHint().expandedTo({60, 24}));
            part->show();
        }
        QList<QImage> light;
        for (const auto& part : parts) light.append(part->grab().toImage());
        Theme::of(nullptr).setPreference(QStringLiteral("dark"));
        for (std::size_t i = 0; i < parts.size(); ++i)
            QVERIFY2(parts[i]->grab().toImage() != light[qsizetype(i)], parts[i]->metaObject()->className());
    }

    void emptyStateRunsItsAction() {
        EmptyState state(QStringLiteral("sessions"), QStringLiteral("Hold your first credentials in a minute"),
                         QStringLiteral("Practise."));
        Button* start = state.addAction(QStringLiteral("Start practising"), QStringLiteral("practice"), ButtonKind::Primary);
        state.resize(500, 300);
        state.show();
        QSignalSpy clicked(start, &QAbstractButton::clicked);
        QTest::keyClick(start, Qt::Key_Space);
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(test::clippedLabels(&state), QStringList());
        state.clearActions();
        QTRY_COMPARE(state.findChildren<Button*>().size(), 0);
        QCOMPARE(state.accessibleName(), QStringLiteral("Hold your first credentials in a minute"));
    }

    void errorStateHoldsAllParts() {
        ErrorState state;
        state.set(QStringLiteral("AWS did not accept the sign-in"),
                  QStringLiteral("Its copy of the provider's metadata holds an older signing key than the one used today."),
                  {QStringLiteral("Ask an administrator to update the provider metadata."),
                   QStringLiteral("Roles in nwr-dev-payments still work.")},
                  QStringLiteral("InvalidIdentityToken: Response signature invalid\nrequest 5f0c"));
        state.resize(420, state.heightForWidth(420));
        state.show();
        QCOMPARE(state.findChild<CodeBlock*>()->code(),
                 QStringLiteral("InvalidIdentityToken: Response signature invalid\nrequest 5f0c"));
        QCOMPARE(test::clippedLabels(&state), QStringList());
        // A second error replaces the first whole.
        state.set(QStringLiteral("The network is gone"), QString(), {}, QString());
        QVERIFY(!state.findChild<CodeBlock*>()->isVisible());
        QTRY_COMPARE(state.findChildren<Text*>(QString(), Qt::FindDirectChildrenOnly).size(), 2);
    }

    void loadingWaitsBeforeItShows() {
        LoadingRows rows(QStringLiteral("Reading roles"));
        rows.resize(400, 200);
        rows.show();
        QVERIFY(!rows.drawn());
        const QImage before = rows.grab().toImage();
        QTRY_VERIFY(rows.drawn());
        QVERIFY(rows.grab().toImage() != before);
        rows.hide();
        QVERIFY(!rows.drawn());
    }

    void namesForScreenReaders() {
        QWidget window;
        auto* layout = new QVBoxLayout(&window);
        const auto named = [&](QWidget* widget, const char* name) {
            widget->setObjectName(QString::fromLatin1(name));
            layout->addWidget(widget);
        };
        named(new Button(QStringLiteral("Start"), {}, ButtonKind::Primary), "test.start");
        named(new IconButton(QStringLiteral("renew"), QStringLiteral("Renew")), "test.renew");
        named(new LinkLabel(QStringLiteral("Audit")), "test.audit");
        named(new Segmented(QStringLiteral("Duration")), "test.duration");
        named(new CodeBlock(QStringLiteral("The profile")), "test.first");
        named(new CodeBlock(QStringLiteral("Try it")), "test.second");
        named(new SearchBox(QStringLiteral("Search roles")), "test.search");
        auto* edit = new QLineEdit;
        edit->setObjectName(QStringLiteral("test.edit"));
        layout->addWidget(new Field(QStringLiteral("Profile"), edit));
        QCOMPARE(test::accessibilityProblems(&window), QStringList());
        // The walk does find what is wrong.
        auto* bare = new QLineEdit(&window);
        QCOMPARE(test::accessibilityProblems(&window).size(), 2);
        bare->setObjectName(QStringLiteral("test.edit"));
        bare->setAccessibleName(QStringLiteral("Another"));
        QCOMPARE(test::accessibilityProblems(&window).size(), 1);
    }
};

GW_UI_TEST_MAIN(WidgetsTest)
#include "widgets_test.moc"
