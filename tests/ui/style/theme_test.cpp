// The theme and the style, as Qt's own controls show them.
#include "tests/support/ui_application.h"
#include "ui/style/focus_ring.h"
#include "ui/style/paint.h"
#include "ui/style/style.h"
#include "ui/style/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QToolTip>
#include <QVBoxLayout>

using namespace gw::ui;

namespace {

Theme& theme() {
    return Theme::of(nullptr);
}

QColor at(const QImage& image, const QPointF& point) {
    return image.pixelColor((point * image.devicePixelRatio()).toPoint());
}

bool holds(const QImage& image, const QColor& color) {
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y) == color) return true;
        }
    }
    return false;
}

} // namespace

class ThemeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { theme().setPreference(QStringLiteral("light")); }

    void preferenceChangesColours() {
        QSignalSpy changed(&theme(), &Theme::changed);
        QCOMPARE(theme().color(Color::BgSurface), QColor(0xFF, 0xFF, 0xFF));
        theme().setPreference(QStringLiteral("dark"));
        QCOMPARE(changed.count(), 1);
        QCOMPARE(theme().scheme(), Scheme::Dark);
        QCOMPARE(theme().color(Color::BgSurface), QColor(0x1B, 0x1F, 0x26));
        QCOMPARE(QApplication::palette().color(QPalette::Window), theme().color(Color::BgSurface));
        theme().setPreference(QStringLiteral("dark"));
        QCOMPARE(changed.count(), 1);
    }

    void environmentWinsOverPreference() {
        qputenv("GATEWARDEN_THEME", "dark");
        theme().setPreference(QStringLiteral("light"));
        QCOMPARE(theme().scheme(), Scheme::Dark);
        qunsetenv("GATEWARDEN_THEME");
        theme().setPreference(QStringLiteral("light"));
        QCOMPARE(theme().scheme(), Scheme::Light);
    }

    void shownControlsFollowTheTheme() {
        QPushButton button(QStringLiteral("Renew"));
        button.show();
        const QImage light = button.grab().toImage();
        theme().setPreference(QStringLiteral("dark"));
        const QImage dark = button.grab().toImage();
        QVERIFY(light != dark);
        QCOMPARE(at(dark, QPointF(button.width() / 2.0, 4)), theme().color(Color::BgSurface));
    }

    void fonts_data() {
        QTest::addColumn<int>("style");
        QTest::addColumn<int>("pixels");
        QTest::newRow("caption") << int(TextStyle::Caption) << 11;
        QTest::newRow("small") << int(TextStyle::Small) << 12;
        QTest::newRow("body") << int(TextStyle::Body) << 13;
        QTest::newRow("title") << int(TextStyle::Title) << 15;
        QTest::newRow("heading") << int(TextStyle::Heading) << 20;
        QTest::newRow("numeral") << int(TextStyle::Numeral) << 28;
        QTest::newRow("code") << int(TextStyle::Code) << 12;
    }
    void fonts() {
        QFETCH(int, style);
        QFETCH(int, pixels);
        QCOMPARE(theme().font(TextStyle(style)).pixelSize(), pixels);
        QVERIFY(QFontMetrics(theme().font(TextStyle(style))).height() <= Theme::lineHeight(TextStyle(style)) + 2);
    }

    void strongIsHeavierThanBody() { QVERIFY(theme().font(TextStyle::Strong).weight() > theme().font(TextStyle::Body).weight()); }

    void everyIconDraws_data() {
        QTest::addColumn<QString>("name");
        const QStringList files = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")});
        QVERIFY(files.size() >= 138);
        for (const QString& file : files) QTest::newRow(qPrintable(file)) << file.chopped(4);
    }
    void everyIconDraws() {
        QFETCH(QString, name);
        const QColor ink(0xC0, 0x10, 0x20);
        for (const qreal ratio : {1.0, 1.5, 2.0}) {
            const QPixmap pixmap = iconPixmap(name, 16, ink, ratio);
            QCOMPARE(pixmap.size(), QSize(int(16 * ratio), int(16 * ratio)));
            QCOMPARE(pixmap.devicePixelRatio(), ratio);
            QImage blank(pixmap.size(), QImage::Format_ARGB32_Premultiplied);
            blank.fill(Qt::transparent);
            QVERIFY(pixmap.toImage().convertToFormat(QImage::Format_ARGB32_Premultiplied) != blank);
        }
    }

    void iconsTakeTheirInk() {
        const QColor ink(0xC0, 0x10, 0x20);
        QVERIFY(holds(iconPixmap(QStringLiteral("favourite-on"), 32, ink, 1).toImage(), ink));
        QVERIFY(iconPixmap(QStringLiteral("no-such-icon"), 16, ink, 1).isNull());
        QVERIFY(iconPixmap(QString(), 16, ink, 1).isNull());
    }

    void themedIconFollowsTheTheme() {
        const QIcon made = icon(QStringLiteral("favourite-on"), Color::TextPrimary);
        QVERIFY(holds(made.pixmap(32, 32).toImage(), theme().color(Color::TextPrimary)));
        theme().setPreference(QStringLiteral("dark"));
        QVERIFY(holds(made.pixmap(32, 32).toImage(), theme().color(Color::TextPrimary)));
    }

    void controlsAreThirtyHigh() {
        QPushButton button(QStringLiteral("Renew"));
        QLineEdit edit;
        QComboBox combo;
        combo.addItem(QStringLiteral("eu-west-1"));
        QSpinBox spin;
        for (const QWidget* widget : {static_cast<QWidget*>(&button), static_cast<QWidget*>(&edit), static_cast<QWidget*>(&combo),
                                      static_cast<QWidget*>(&spin)}) {
            QCOMPARE(widget->sizeHint().height(), size::control);
        }
        QCheckBox check(QStringLiteral("Stay signed in"));
        QVERIFY(check.sizeHint().height() >= size::minTarget);
    }

    void focusedFieldHasTheRingInside() {
        QWidget window;
        auto* layout = new QVBoxLayout(&window);
        auto* edit = new QLineEdit(&window);
        auto* other = new QLineEdit(&window);
        layout->addWidget(edit);
        layout->addWidget(other);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        edit->setFocus();
        const QImage focused = edit->grab().toImage();
        QCOMPARE(at(focused, QPointF(100, 0)), theme().color(Color::Focus));
        QCOMPARE(at(focused, QPointF(100, 1)), theme().color(Color::Focus));
        QCOMPARE(at(other->grab().toImage(), QPointF(100, 0)), theme().color(Color::BorderStrong));
        other->setProperty(Style::errorProperty, true);
        QCOMPARE(at(other->grab().toImage(), QPointF(100, 0)), theme().color(Color::DeniedMark));
    }

    void focusedButtonHasTheRingOutside() {
        QWidget window;
        auto* layout = new QVBoxLayout(&window);
        auto* button = new QPushButton(QStringLiteral("Renew"), &window);
        layout->addWidget(button);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        button->setFocus();
        const QPointF above = QPointF(button->geometry().center().x(), button->y() - 2);
        QTRY_COMPARE(at(window.grab().toImage(), above), theme().color(Color::Focus));
        // It follows the control and leaves with the focus.
        button->setFixedHeight(60);
        QTRY_COMPARE(at(window.grab().toImage(), QPointF(button->geometry().center().x(), button->y() - 2)),
                     theme().color(Color::Focus));
        button->clearFocus();
        QTRY_VERIFY(!holds(window.grab().toImage(), theme().color(Color::Focus)));
    }

    void ringIsCutAtTheScrollArea() {
        QScrollArea area;
        auto* page = new QWidget;
        page->resize(200, 1000);
        auto* button = new QPushButton(QStringLiteral("Renew"), page);
        button->move(50, 300);
        area.setWidget(page);
        area.resize(240, 200);
        area.show();
        QVERIFY(QTest::qWaitForWindowActive(&area));
        button->setFocus();
        area.ensureWidgetVisible(button);
        const auto ring = [&] { return area.findChild<QWidget*>(QStringLiteral("focus-ring")); };
        QTRY_VERIFY(ring() != nullptr && ring()->isVisible());
        page->move(0, 0);
        QTRY_VERIFY(!ring()->isVisible());
    }

    void chosenTabIsAsWideAsTheOthers() {
        QTabBar bar;
        bar.addTab(QStringLiteral("Profile"));
        bar.addTab(QStringLiteral("Shell"));
        const QRect before = bar.tabRect(1);
        bar.setCurrentIndex(1);
        QCOMPARE(bar.tabRect(1), before);
    }

    // They quote names, values and lines of documents that nobody here has written.
    void tipsAreNoMarkup() {
        QWidget window;
        window.resize(200, 100);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        for (const char* words : {"<img src=\"file:///etc/passwd\">", "<b>payments</b>-prod", "Research & \"Development\""}) {
            window.setToolTip(QString::fromUtf8(words));
            QHelpEvent event(QEvent::ToolTip, QPoint(10, 10), window.mapToGlobal(QPoint(10, 10)));
            QCoreApplication::sendEvent(&window, &event);
            QLabel* tip = nullptr;
            for (QWidget* each : QApplication::topLevelWidgets())
                if (each->inherits("QTipLabel")) tip = qobject_cast<QLabel*>(each);
            QVERIFY(tip);
            QCOMPARE(tip->text(), QString::fromUtf8(words));
            QCOMPARE(tip->textFormat(), Qt::PlainText);
        }
        QToolTip::hideText();
    }

    void keysAreReadable() {
        QCOMPARE(keyText(QKeySequence(Qt::CTRL | Qt::Key_K)), QStringLiteral("Ctrl K"));
        QCOMPARE(keyText(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P)), QStringLiteral("Ctrl Shift P"));
        QCOMPARE(keyText(QKeySequence(Qt::CTRL | Qt::Key_Plus)), QStringLiteral("Ctrl +"));
        QCOMPARE(keyText(QKeySequence()), QString());
    }

    void tabularDigitsDoNotJitter() {
        const QFont font = theme().font(TextStyle::Strong);
        QCOMPARE(tabularWidth(font, QStringLiteral("11:11")), tabularWidth(font, QStringLiteral("48:08")));
    }
};

GW_UI_TEST_MAIN(ThemeTest)
#include "theme_test.moc"
