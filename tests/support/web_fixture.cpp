#include "tests/support/web_fixture.h"

#include "ui/style/theme.h"

#include <QApplication>
#include <QLocale>
#include <QMutex>
#include <QRandomGenerator>
#include <QStandardPaths>
#include <QTest>

#include <cstdio>

namespace gw::test {
namespace {

QMutex logMutex;
QStringList logged;
QtMessageHandler previousHandler = nullptr;
WebServer* decoy = nullptr;
ui::Theme* applicationTheme = nullptr;

void remember(QtMsgType type, const QMessageLogContext& context, const QString& message) {
    {
        const QMutexLocker lock(&logMutex);
        logged.append(message);
    }
    if (previousHandler != nullptr) previousHandler(type, context, message);
}

} // namespace

QByteArray randomPayload() {
    QByteArray bytes(30000, Qt::Uninitialized);
    QRandomGenerator::system()->fillRange(reinterpret_cast<quint32*>(bytes.data()), bytes.size() / 4);
    return bytes.toBase64();
}

WebServer& awsDecoy() { return *decoy; }

ui::Theme& theme() { return *applicationTheme; }

void rememberMessages() { previousHandler = qInstallMessageHandler(remember); }

QStringList loggedMessages() {
    const QMutexLocker lock(&logMutex);
    return logged;
}

ui::LoginRequest loginRequest(const QUrl& loginUrl) {
    ui::LoginRequest request;
    request.provider.id = sessions::ProviderId("test");
    request.provider.name = "Northwind SSO";
    request.provider.loginUrl = loginUrl.toString(QUrl::FullyEncoded).toStdString();
    return request;
}

int runWebTest(int argc, char** argv, QObject* (*makeTest)()) {
    QLocale::setDefault(QLocale::c());
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setAttribute(Qt::AA_ShareOpenGLContexts);
    QApplication application(argc, argv);
    ui::Theme look(application);
    applicationTheme = &look;
    WebServer aws;
    decoy = &aws;
    const auto rule = QStringLiteral(" \"--host-resolver-rules=MAP *.amazon.com 127.0.0.1:%1, MAP *.test ~NOTFOUND\"").arg(aws.port());
    qputenv("QTWEBENGINE_CHROMIUM_FLAGS", qgetenv("QTWEBENGINE_CHROMIUM_FLAGS") + rule.toUtf8());
    const std::unique_ptr<QObject> test(makeTest());
    return QTest::qExec(test.get(), argc, argv);
}

} // namespace gw::test
