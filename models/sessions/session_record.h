// A live session with its credentials as one JSON value, for the secret store.
#pragma once

#include "models/cloud/credentials.h"
#include "models/sessions/session.h"
#include "saml/base/json.h"
#include "saml/base/result.h"
#include "saml/base/secret.h"

#include <string_view>

namespace gw::sessions {

struct SessionRecord {
    Session session;
    cloud::Credentials credentials;
};

#define GW_RECORD_ERRORS(X) \
    X(NotARecord, "not_a_record") \
    X(UnknownVersion, "unknown_version")
GW_ERROR_ENUM(RecordError, "record", GW_RECORD_ERRORS);

[[nodiscard]] Secret writeRecord(const Session& session, const cloud::Credentials& credentials);
[[nodiscard]] Result<SessionRecord> readRecord(std::string_view json);

// Twelve hexadecimal digits in lower case.
[[nodiscard]] bool isSessionId(std::string_view text);

// What programs read about a session: the SESSION of models/sessions/agent/protocol.h, without "consumers".
[[nodiscard]] Json describe(const Session& session, UtcTime now);

} // namespace gw::sessions
