// What may be loaded at top level, and how an address is written where others can read it.
#pragma once

#include <QUrl>

#include <string>

namespace gw::ui {

enum class AddressSafety {
    Secure,   // https
    Loopback, // http on this computer: practice and development providers
    Blank,    // about:blank
    Refused   // everything else: http, file, data, qrc, ftp and schemes of other programs
};

[[nodiscard]] AddressSafety safetyOf(const QUrl& url);
// 127.0.0.0/8, ::1 and "localhost", which the engine never asks a name server for.
[[nodiscard]] bool isLoopbackHost(const QString& host);

// Scheme, host, port and path: the query and the user info may hold secrets, so nothing else is logged or shown in errors.
[[nodiscard]] std::string publicPart(const QUrl& url);
// "host" or "host:port".
[[nodiscard]] QString hostAndPort(const QUrl& url);
// Scheme, host and port, for comparing and remembering.
[[nodiscard]] QString originOf(const QUrl& url);

} // namespace gw::ui
