#include "models/sessions/session_record.h"

#include "saml/base/json_fields.h"

#include <algorithm>

namespace gw::sessions {
namespace {

constexpr int recordVersion = 1;

void wipeText(Json& value) {
    if (auto* text = value.get_ptr<std::string*>()) wipe(text->data(), text->size());
}

Result<aws::RolePair> pairOf(const Json& object) {
    GW_TRY(auto role, aws::RoleArn::parse(textField(object, "role")));
    GW_TRY(auto provider, aws::SamlProviderArn::parse(textField(object, "provider_arn")));
    return aws::RolePair{std::move(role), std::move(provider)};
}

Result<Session> sessionOf(const Json& object) {
    Session session;
    GW_TRY(session.pair, pairOf(object));
    GW_TRY(session.started, UtcTime::parse(textField(object, "started")));
    GW_TRY(session.expiration, UtcTime::parse(textField(object, "expiration")));
    session.id = SessionId(textField(object, "id"));
    session.provider = ProviderId(textField(object, "provider"));
    session.roleLabel = textField(object, "label");
    session.accountAlias = textField(object, "alias");
    session.environment = parseEnvironment(textField(object, "environment")).value_or(Environment::None);
    session.region = aws::Region(textField(object, "region"));
    session.profile = ProfileName(textField(object, "profile"));
    session.accessKeyId = textField(object, "access_key_id");
    session.assumedRoleArn = textField(object, "assumed_role");
    session.roleSessionName = textField(object, "session_name");
    session.sourceIdentity = textField(object, "source_identity");
    session.asked = std::chrono::seconds(integerField(object, "asked"));
    session.sessionPolicy = textField(object, "session_policy");
    const auto capped = object.find("duration_capped");
    session.durationCapped = capped != object.end() && capped->is_boolean() && capped->get<bool>();
    if (const auto tags = object.find("tags"); tags != object.end() && tags->is_object())
        for (const auto& [key, value] : tags->items())
            if (value.is_string()) session.tags.emplace(key, value.get<std::string>());
    if (!isSessionId(session.id.value())) return fail(RecordError::NotARecord, "no id");
    return session;
}

std::string_view stateName(const Session& session, UtcTime now) {
    switch (session.end) {
    case EndReason::NotEnded: return session.live(now) ? "live" : "expired";
    case EndReason::Expired: return "expired";
    case EndReason::EndedByPerson: return "ended";
    case EndReason::Replaced: return "replaced";
    }
    return "ended";
}

Json facts(const Session& session) {
    Json object;
    object["id"] = session.id.value();
    object["profile"] = session.profile.value();
    object["role"] = session.pair.role.value();
    object["provider"] = session.provider.value();
    object["provider_arn"] = session.pair.provider.value();
    object["label"] = session.roleLabel;
    object["account"] = session.pair.role.account().value();
    object["alias"] = session.accountAlias;
    object["environment"] = environmentName(session.environment);
    object["region"] = session.region.value();
    object["access_key_id"] = session.accessKeyId;
    object["assumed_role"] = session.assumedRoleArn;
    object["session_name"] = session.roleSessionName;
    object["source_identity"] = session.sourceIdentity;
    object["tags"] = Json::object();
    for (const auto& [key, value] : session.tags) object["tags"][key] = value;
    if (!session.sessionPolicy.empty()) object["session_policy"] = session.sessionPolicy;
    object["started"] = session.started.toRfc3339();
    object["expiration"] = session.expiration.toRfc3339();
    return object;
}

// Outside words may not be UTF-8; a replacement is better than an exception.
std::string dumped(const Json& object) {
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace

bool isSessionId(std::string_view id) {
    return id.size() == 12 && std::all_of(id.begin(), id.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Secret writeRecord(const Session& session, const cloud::Credentials& credentials) {
    Json object = facts(session);
    object["v"] = recordVersion;
    object["asked"] = session.asked.count();
    object["duration_capped"] = session.durationCapped;
    object["secret_access_key"] = credentials.secretAccessKey.reveal();
    object["session_token"] = credentials.sessionToken.reveal();
    Secret record(dumped(object));
    wipeText(object["secret_access_key"]);
    wipeText(object["session_token"]);
    return record;
}

Result<SessionRecord> readRecord(std::string_view json) {
    GW_TRY(Json object, parseJson(json));
    if (!object.is_object()) return fail(RecordError::NotARecord);
    if (integerField(object, "v") != recordVersion) return fail(RecordError::UnknownVersion);
    SessionRecord record;
    record.credentials.secretAccessKey = Secret(textField(object, "secret_access_key"));
    record.credentials.sessionToken = Secret(textField(object, "session_token"));
    for (const char* key : {"secret_access_key", "session_token"})
        if (const auto found = object.find(key); found != object.end()) wipeText(*found);
    GW_TRY(record.session, sessionOf(object));
    record.credentials.accessKeyId = record.session.accessKeyId;
    record.credentials.expiration = record.session.expiration;
    if (record.credentials.secretAccessKey.empty() || record.credentials.accessKeyId.empty())
        return fail(RecordError::NotARecord, "no credentials");
    return record;
}

Json describe(const Session& session, UtcTime now) {
    Json object = facts(session);
    object["state"] = stateName(session, now);
    const auto left = std::chrono::floor<std::chrono::seconds>(session.expiration - now).count();
    object["seconds_left"] = session.live(now) ? std::max<std::int64_t>(left, 0) : 0;
    if (session.end != EndReason::NotEnded) object["ended"] = session.ended.toRfc3339();
    return object;
}

} // namespace gw::sessions
