// What the tests of the practice STS share: reading its answers, and the shape of every refusal.
#pragma once

#include "tests/practice/practice_fixture.h"

#include <QString>
#include <QTest>

#include <string>

namespace gw::test {

struct Keys {
    std::string id, secret, token;
    UtcTime expiration;
};

[[nodiscard]] Keys keysOf(const LocalResponse& response);
// The whole text matches the regular expression.
[[nodiscard]] bool matches(const std::string& text, const char* pattern);

} // namespace gw::test

#define VERIFY_REFUSED(response, expectedStatus, expectedCode, expectedMessage)                                                  \
    do {                                                                                                                         \
        const gw::test::LocalResponse refusedResponse = (response);                                                              \
        QCOMPARE(QString::fromStdString(gw::test::elementText(refusedResponse.body, "Code")), QString(expectedCode));            \
        QCOMPARE(refusedResponse.status, expectedStatus);                                                                        \
        QCOMPARE(QString::fromStdString(gw::test::elementText(refusedResponse.body, "Message")), QString(expectedMessage));      \
        QVERIFY(refusedResponse.body.starts_with(                                                                                \
            "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>"));                                \
        QVERIFY(!refusedResponse.header("x-amzn-requestid").empty());                                                            \
        QCOMPARE(gw::test::elementText(refusedResponse.body, "RequestId"), refusedResponse.header("x-amzn-requestid"));          \
    } while (false)
