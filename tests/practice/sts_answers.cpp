#include "tests/practice/sts_answers.h"

#include <QRegularExpression>

namespace gw::test {

Keys keysOf(const LocalResponse& response) {
    return {elementText(response.body, "AccessKeyId"), elementText(response.body, "SecretAccessKey"),
            elementText(response.body, "SessionToken"),
            UtcTime::parse(elementText(response.body, "Expiration")).value_or(UtcTime())};
}

bool matches(const std::string& text, const char* pattern) {
    return QRegularExpression(QRegularExpression::anchoredPattern(QString::fromLatin1(pattern)))
        .match(QString::fromStdString(text))
        .hasMatch();
}

} // namespace gw::test
