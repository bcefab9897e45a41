// The design tokens: the generated header holds what the file says, and every declared pair can be read.
#include "ui/style/tokens.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace gw::ui;

namespace {

QJsonObject tokens() {
    QFile file(QStringLiteral(GW_SOURCE_DIR "/resources/look/tokens.json"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

// WCAG 2.2, "relative luminance".
double luminance(std::uint32_t color) {
    const auto linear = [](std::uint32_t channel) {
        const double value = (channel & 0xFF) / 255.0;
        return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color >> 16) + 0.7152 * linear(color >> 8) + 0.0722 * linear(color);
}

double contrast(std::uint32_t first, std::uint32_t second) {
    const auto [low, high] = std::minmax({luminance(first), luminance(second)});
    return (high + 0.05) / (low + 0.05);
}

std::ptrdiff_t indexOf(const QString& name) {
    const auto found = std::find(colorNames.begin(), colorNames.end(), name.toStdString());
    return found == colorNames.end() ? -1 : found - colorNames.begin();
}

} // namespace

class TokensTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void paletteEqualsTheFile_data() {
        QTest::addColumn<QString>("scheme");
        QTest::newRow("light") << QStringLiteral("light");
        QTest::newRow("dark") << QStringLiteral("dark");
    }
    void paletteEqualsTheFile() {
        QFETCH(QString, scheme);
        const QJsonObject colors = tokens()[scheme].toObject();
        QCOMPARE(std::size_t(colors.size()), colorCount);
        const auto& palette = scheme == QLatin1String("light") ? lightPalette : darkPalette;
        for (std::size_t i = 0; i < colorCount; ++i) {
            const QString name = QString::fromLatin1(colorNames[i].data(), qsizetype(colorNames[i].size()));
            QVERIFY2(colors.contains(name), qPrintable(name));
            QCOMPARE(QStringLiteral("#%1").arg(palette[i] & 0xFFFFFF, 6, 16, QLatin1Char('0')).toUpper(),
                     colors[name].toString());
            QCOMPARE(palette[i] >> 24, 0xFFu);
        }
    }

    void namesBecomeEnumerators() {
        QCOMPARE(colorNames[std::size_t(Color::BgWindow)], std::string_view("bg.window"));
        QCOMPARE(colorNames[std::size_t(Color::BgSelectedInactive)], std::string_view("bg.selectedInactive"));
        QCOMPARE(colorNames[std::size_t(Color::EnvProdFill)], std::string_view("env.prod.fill"));
        QCOMPARE(colorNames[std::size_t(Color::AllowedText)], std::string_view("allowed.text"));
        QCOMPARE(colorNames[std::size_t(Color::Focus)], std::string_view("focus"));
    }

    void measures() {
        const QJsonObject file = tokens();
        QCOMPARE(size::rail, file[QStringLiteral("size")][QStringLiteral("rail")].toInt());
        QCOMPARE(space::s4, file[QStringLiteral("space")][QStringLiteral("4")].toInt());
        QCOMPARE(radius::popup, file[QStringLiteral("radius")][QStringLiteral("popup")].toInt());
        QCOMPARE(stroke::icon, file[QStringLiteral("stroke")][QStringLiteral("icon")].toDouble());
        QCOMPARE(motion::popup, file[QStringLiteral("motion")][QStringLiteral("popup")].toInt());
        QCOMPARE(countdown::soonMinutes, file[QStringLiteral("countdown")][QStringLiteral("soonMinutes")].toInt());
        QCOMPARE(type::strong.weight, file[QStringLiteral("type")][QStringLiteral("strong")][QStringLiteral("weight")].toInt());
    }

    void contrastOfEveryPair_data() {
        QTest::addColumn<QString>("ink");
        QTest::addColumn<QString>("ground");
        QTest::addColumn<double>("least");
        const QJsonObject pairs = tokens()[QStringLiteral("pairs")].toObject();
        for (auto floor = pairs.begin(); floor != pairs.end(); ++floor) {
            for (const QJsonValue& row : floor.value().toArray()) {
                for (const QJsonValue& ground : row[1].toArray()) {
                    const QString name = QStringLiteral("%1 on %2").arg(row[0].toString(), ground.toString());
                    QTest::newRow(qPrintable(name)) << row[0].toString() << ground.toString() << floor.key().toDouble();
                }
            }
        }
    }
    void contrastOfEveryPair() {
        QFETCH(QString, ink);
        QFETCH(QString, ground);
        QFETCH(double, least);
        const auto inkIndex = indexOf(ink);
        const auto groundIndex = indexOf(ground);
        QVERIFY2(inkIndex >= 0 && groundIndex >= 0, "a pair names a colour that is not there");
        for (const auto* palette : {&lightPalette, &darkPalette}) {
            const double ratio = contrast((*palette)[std::size_t(inkIndex)], (*palette)[std::size_t(groundIndex)]);
            QVERIFY2(ratio >= least, qPrintable(QStringLiteral("%1 is below %2").arg(ratio).arg(least)));
        }
    }

    // Inks that the shared parts put on grounds: each must be a declared pair, or nobody measured it.
    void drawnPairsAreDeclared_data() {
        QTest::addColumn<QString>("ink");
        QTest::addColumn<QString>("ground");
        const QList<std::pair<const char*, const char*>> drawn = {{"text.primary", "bg.surface"},
                                                                  {"text.secondary", "bg.surface"},
                                                                  {"accent.on", "accent.fill"},
                                                                  {"danger.on", "danger.fill"},
                                                                  {"text.primary", "bg.hover"},
                                                                  {"text.primary", "bg.pressed"},
                                                                  {"text.secondary", "bg.pressed"},
                                                                  {"accent.text", "bg.selected"},
                                                                  {"accent.text", "accent.tint"},
                                                                  {"depends.text", "depends.tint"},
                                                                  {"changed.text", "changed.tint"},
                                                                  {"expiring.text", "expiring.tint"},
                                                                  {"denied.text", "denied.tint"},
                                                                  {"denied.text", "bg.surface"},
                                                                  {"expired.text", "expired.tint"},
                                                                  {"env.prod.on", "env.prod.fill"},
                                                                  {"env.stage.on", "env.stage.fill"},
                                                                  {"code.key", "bg.code"},
                                                                  {"code.comment", "bg.code"},
                                                                  {"text.tertiary", "bg.popup"},
                                                                  {"accent.text", "bg.popup"},
                                                                  {"text.tertiary", "bg.window"},
                                                                  {"focus", "bg.surface"},
                                                                  {"border.strong", "bg.surface"}};
        for (const auto& [ink, ground] : drawn) {
            QTest::newRow(qPrintable(QStringLiteral("%1 on %2").arg(QLatin1String(ink), QLatin1String(ground))))
                << QString::fromLatin1(ink) << QString::fromLatin1(ground);
        }
    }
    void drawnPairsAreDeclared() {
        QFETCH(QString, ink);
        QFETCH(QString, ground);
        bool declared = false;
        const QJsonObject pairs = tokens()[QStringLiteral("pairs")].toObject();
        for (const QJsonValue& rows : pairs) {
            for (const QJsonValue& row : rows.toArray()) {
                declared = declared || (row[0].toString() == ink && row[1].toArray().contains(ground));
            }
        }
        QVERIFY(declared);
    }
};

QTEST_GUILESS_MAIN(TokensTest)
#include "tokens_test.moc"
