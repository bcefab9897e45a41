// Values as the tables keep them: UTF-8 texts, times in milliseconds since 1970. Inside the library only.
#pragma once

#include "saml/base/utc_time.h"

#include <QString>
#include <QVariant>

#include <string>
#include <string_view>

namespace gw::store::sql {

[[nodiscard]] inline QString text(std::string_view value) {
    return QString::fromUtf8(value.data(), static_cast<qsizetype>(value.size()));
}

[[nodiscard]] inline std::string text(const QVariant& value) {
    return value.toString().toStdString();
}

[[nodiscard]] inline qlonglong time(UtcTime value) {
    return value.unixMilliseconds();
}

[[nodiscard]] inline UtcTime time(const QVariant& value) {
    return UtcTime::fromUnixMilliseconds(value.toLongLong());
}

} // namespace gw::store::sql
