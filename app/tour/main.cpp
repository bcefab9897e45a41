// gatewarden-tour FOLDER: walks through the console in its practice environment and leaves pictures in FOLDER. Exit code 0
// only if every step held. resources/scripts/tour.sh runs it with folders, a display and an environment of its own.
#include "app/composition/console.h"
#include "app/tour/steps.h"
#include "ui/errors_text.h"

#include <QApplication>

#include <cstdio>
#include <memory>

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fprintf(stderr, "usage: gatewarden-tour FOLDER\n");
        return 2;
    }
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("gatewarden"));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Gatewarden"));
    QGuiApplication::setQuitOnLastWindowClosed(false);

    const std::filesystem::path folder = QCoreApplication::applicationDirPath().toStdString();
    const auto console = std::make_unique<gw::app::Console>(application, true, folder);
    if (const gw::Status started = console->start(); !started) {
        std::fprintf(stderr, "gatewarden-tour: %s\n", qPrintable(gw::ui::explainBriefly(started.error())));
        return 1;
    }
    gw::tour::Tour tour(QString::fromLocal8Bit(argv[1]));
    int status = 1;
    QObject::connect(&tour, &gw::tour::Tour::finished, &application, [&status](bool held) {
        status = held ? 0 : 1;
        QCoreApplication::quit();
    });
    QObject::connect(console.get(), &gw::app::Console::practiceSettled, &tour, [&tour, &console] {
        gw::tour::addSteps(tour, *console);
        tour.start();
    });
    QApplication::exec();
    return status;
}
