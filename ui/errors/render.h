// Fills the facts of an error into a text with places for them.
#pragma once

#include "saml/base/error.h"

#include <QString>

namespace gw::ui::errors {

// The forms of {name:form}:
//   time      an RFC 3339 instant as local time, with the date where it is not today
//   date      an RFC 3339 instant as a local date
//   utc       an RFC 3339 instant in UTC, marked as such: for evidence and the command line
//   duration  seconds as "1 h 20 min"
//   offset    seconds that AWS's clock is ahead of this computer's, as a sentence; nothing below a minute
//   number    with the locale's separators
//   print     a SHA-256 fingerprint in fours
//   certificates  lines of "FINGERPRINT SUBJECT"
// {cause} is what the text of the error's cause says.
[[nodiscard]] QString render(const QString& text, const Error& error, const QString& cause);

// "3fa9 c1d2 77e0 05b4 …": the first 16 digits, in fours.
[[nodiscard]] QString fingerprintText(std::string_view hexadecimal);

} // namespace gw::ui::errors
