// One application and theme for a widget test: offscreen, fixed locale and size, light until told.
#pragma once

#include "ui/style/theme.h"

#include <QApplication>
#include <QLocale>
#include <QStandardPaths>
#include <QTest>

namespace gw::test {

inline void fixWorld() {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    if (!qEnvironmentVariableIsSet("GATEWARDEN_REDUCED_MOTION")) qputenv("GATEWARDEN_REDUCED_MOTION", "1");
    qputenv("TZ", "UTC");
    QStandardPaths::setTestModeEnabled(true);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
}

} // namespace gw::test

// A QTest main with the program's own theme in place of the platform's.
#define GW_UI_TEST_MAIN(TestClass)                                                                                               \
    int main(int argc, char** argv) {                                                                                            \
        gw::test::fixWorld();                                                                                                    \
        QApplication application(argc, argv);                                                                                    \
        gw::ui::Theme theme(application);                                                                                        \
        theme.setPreference(QStringLiteral("light"));                                                                            \
        TestClass test;                                                                                                          \
        return QTest::qExec(&test, argc, argv);                                                                                  \
    }
