// What the tests of the sign-in view share: an application with the engine prepared, a decoy where AWS would be, pages
// that post a response, and everything that was logged.
#pragma once

#include "saml/aws/endpoints.h"
#include "tests/support/wait_until.h"
#include "tests/support/web_server.h"
#include "ui/login/login_plugin.h"

#include <QByteArray>
#include <QStringList>

namespace gw::test {

inline const QByteArray awsAcs = "https://signin.aws.amazon.com/saml";

// 30,000 random bytes as base64, new at every call.
[[nodiscard]] QByteArray randomPayload();

// The host names of AWS lead to this server: whatever reaches it has left the program.
[[nodiscard]] WebServer& awsDecoy();

[[nodiscard]] ui::Theme& theme();

// From now on Qt's logging is remembered. Call it in initTestCase(): QTest puts its own handler in place before that.
void rememberMessages();
[[nodiscard]] QStringList loggedMessages();

[[nodiscard]] ui::LoginRequest loginRequest(const QUrl& loginUrl);

// Makes the application and the decoy, then runs the tests of `makeTest()`.
int runWebTest(int argc, char** argv, QObject* (*makeTest)());

} // namespace gw::test

#define GW_WEB_TEST_MAIN(Type)                                                              \
    int main(int argc, char** argv) {                                                       \
        return gw::test::runWebTest(argc, argv, []() -> QObject* { return new Type; });     \
    }
