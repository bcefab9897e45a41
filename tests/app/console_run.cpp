#include "tests/app/console_run.h"

#include "models/store/files.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QLocale>
#include <QTest>
#include <QTimer>

namespace gw::test {

Home::Home() {
    const auto lead = [this](const char* variable, const char* name) {
        QDir(folder_.path()).mkpath(QString::fromLatin1(name));
        qputenv(variable, folder_.filePath(QString::fromLatin1(name)).toLocal8Bit());
    };
    lead("HOME", "home");
    lead("XDG_CONFIG_HOME", "config");
    lead("XDG_DATA_HOME", "data");
    lead("XDG_CACHE_HOME", "cache");
    lead("XDG_STATE_HOME", "state");
    lead("XDG_RUNTIME_DIR", "run");
    QFile::setPermissions(folder_.filePath(QStringLiteral("run")), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    qputenv("AWS_CONFIG_FILE", folder_.filePath(QStringLiteral("aws-config")).toLocal8Bit());
    qputenv("AWS_SHARED_CREDENTIALS_FILE", folder_.filePath(QStringLiteral("aws-credentials")).toLocal8Bit());
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + folder_.filePath(QStringLiteral("run/no-bus")).toLocal8Bit());
    qunsetenv("GATEWARDEN_SOCKET");
}

std::filesystem::path Home::config(bool practice) const {
    return path("config") / (practice ? "gatewarden-practice" : "gatewarden") / "config.toml";
}

void Home::writeConfig(bool practice, const std::string& text) const {
    const auto file = config(practice);
    std::filesystem::create_directories(file.parent_path());
    if (const Status written = store::writeFileAtomically(file, text); !written) qFatal("%s", written.error().chain().c_str());
}

std::string Home::readConfig(bool practice) const {
    return store::readFile(config(practice)).value_or("(nothing)");
}

Said run(const QString& program, const QStringList& arguments, const QByteArray& input) {
    QProcess process;
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    Said said;
    if (!waitUntil([&] { return process.state() == QProcess::NotRunning; }, 60'000)) {
        process.kill();
        process.waitForFinished();
        return said;
    }
    if (process.exitStatus() == QProcess::NormalExit && process.error() != QProcess::FailedToStart) said.exitCode = process.exitCode();
    said.output = QString::fromUtf8(process.readAllStandardOutput());
    said.errors = QString::fromUtf8(process.readAllStandardError());
    return said;
}

QString built(const char* program) { return QStringLiteral(GW_BINARY_DIR "/bin/") + QLatin1String(program); }

QByteArray responseFrom(practice::Practice& practice, const std::string& userName) {
    LocalClient browser;
    const std::string loginUrl = practice.provider().loginUrl;
    (void)browser.follow(loginUrl, browser.get(loginUrl));
    const std::string password = "practice-" + userName.substr(0, userName.find('.'));
    const auto page = browser.follow(loginUrl, browser.post(originOf(loginUrl) + "/login", {{"username", userName}, {"password", password}}));
    return QByteArray::fromStdString(encodeForm({{"SAMLResponse", inputValue(page.body, "SAMLResponse")}}));
}

QWidget* visible(const QString& objectName) {
    const auto windows = QApplication::topLevelWidgets();
    for (QWidget* window : windows) {
        if (!window->isVisible()) continue;
        if (window->objectName() == objectName) return window;
        const auto found = window->findChildren<QWidget*>(objectName);
        for (QWidget* widget : found)
            if (widget->isVisible()) return widget;
    }
    return nullptr;
}

QString words(const QWidget* widget) {
    if (widget == nullptr) return {};
    QStringList lines{widget->accessibleName(), widget->accessibleDescription()};
    const auto labels = widget->findChildren<QLabel*>();
    for (const QLabel* label : labels)
        if (label->isVisible()) lines << label->text();
    return lines.join(u'\n');
}

void click(QWidget* widget) {
    if (widget == nullptr || !widget->isEnabled()) return;
    QTest::mouseClick(widget, Qt::LeftButton, Qt::NoModifier, widget->rect().center());
}

int runConsoleTest(int argc, char** argv, const std::function<std::unique_ptr<QObject>(const Home&)>& makeTest) {
    const Home home;
    qputenv("TZ", "UTC");
    qputenv("GATEWARDEN_REDUCED_MOTION", "1");
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("gatewarden"));
    QGuiApplication::setQuitOnLastWindowClosed(false);
    const auto test = makeTest(home);
    int status = 1;
    QTimer::singleShot(0, &application, [&] {
        status = QTest::qExec(test.get(), argc, argv);
        QCoreApplication::quit();
    });
    QApplication::exec();
    return status;
}

} // namespace gw::test
