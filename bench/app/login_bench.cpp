// From "Sign in" to the provider's login page on the screen, once for each start of this program: the plugin is loaded, the
// engine started, the view made, the practice login page fetched and painted. Prints the milliseconds and ends.
// The page counts as painted when its button can be seen in a picture of the screen. login.sh runs it many times.
//
// usage: login_bench [MILLISECONDS]: how long the console stands idle before the click. 0 finds the engine cold; after some
// 3,000 it has been warmed up in idle time.
#include "app/composition/console.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QScreen>
#include <QTimer>
#include <QWidget>

#include <cstdio>
#include <cstdlib>

namespace {

// What --brand of resources/practice/style.css may be, in the light and in the dark page.
constexpr QRgb buttonColours[] = {0xff2c4a39, 0xff9fd0b1};
constexpr int enoughPixels = 2000;

bool providerShown(gw::app::Console& console) {
    const auto* card = console.window().findChild<QWidget*>(QStringLiteral("sessions.provider.practice"));
    return card != nullptr && card->isVisible();
}

QWidget* loginView() {
    for (QWidget* window : QApplication::topLevelWidgets())
        if (window->isVisible())
            if (auto* view = window->findChild<QWidget*>(QStringLiteral("login.view")); view != nullptr && view->isVisible()) return view;
    return nullptr;
}

bool painted(const QWidget& view) {
    const QPoint at = view.mapTo(view.window(), QPoint());
    const QImage image = view.screen()->grabWindow(view.window()->winId(), at.x(), at.y(), view.width(), view.height()).toImage();
    int found = 0;
    for (int y = 0; y < image.height(); y += 1)
        for (int x = 0; x < image.width(); x += 1) {
            const QRgb pixel = image.pixel(x, y) | 0xff000000U;
            if (pixel == buttonColours[0] || pixel == buttonColours[1]) ++found;
        }
    return found >= enoughPixels;
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("gatewarden"));
    const std::filesystem::path folder = QCoreApplication::applicationDirPath().toStdString();
    gw::app::Console console(application, true, folder);
    if (!console.start()) return 2;

    QElapsedTimer sinceClick;
    qint64 viewAt = -1;
    QTimer looking;
    looking.setInterval(5);
    QObject::connect(&looking, &QTimer::timeout, &application, [&] {
        if (sinceClick.elapsed() > 20'000) QCoreApplication::exit(1);
        const QWidget* view = loginView();
        if (view == nullptr) return;
        if (viewAt < 0) viewAt = sinceClick.nsecsElapsed();
        if (!painted(*view)) return;
        std::printf("%.1f %.1f\n", static_cast<double>(sinceClick.nsecsElapsed()) / 1e6, static_cast<double>(viewAt) / 1e6);
        std::fflush(stdout);
        // Leaving without the engine's orderly end: only the figure counts.
        std::_Exit(0);
    });
    const int idle = argc > 1 ? std::atoi(argv[1]) : 0;
    QTimer waiting;
    waiting.setInterval(5);
    QObject::connect(&waiting, &QTimer::timeout, &application, [&] {
        if (!providerShown(console)) return;
        waiting.stop();
        QTimer::singleShot(idle, &application, [&] {
            sinceClick.start();
            console.coordinator().signIn(gw::sessions::ProviderId("practice"));
            looking.start();
        });
    });
    waiting.start();
    return QApplication::exec();
}
