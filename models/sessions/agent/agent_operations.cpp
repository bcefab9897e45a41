// What the agent answers from the book; everything else goes to the delegate.
#include "models/sessions/agent/agent_server.h"
#include "models/sessions/outputs/outputs.h"
#include "models/sessions/session_record.h"
#include "saml/base/json_fields.h"

#include <algorithm>
#include <array>

namespace gw::sessions {
namespace {

constexpr std::array<std::string_view, 4> delegated = {"show", "login", "roles", "use"};
constexpr int usageError = 2;

bool isTrue(const Json& request, const char* key) {
    const auto found = request.find(key);
    return found != request.end() && found->is_boolean() && found->get<bool>();
}

Error missing(const char* key, std::string expected) {
    return Error(AgentError::BadRequest, "missing or wrong").with("key", key).with("expected", std::move(expected));
}

Secret line(const Json& object) {
    return Secret(object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
}

} // namespace

void AgentServer::handle(const Json& request, const Consumer& consumer, const Done& done) {
    using Answer = Result<Secret> (AgentServer::*)(const Json&, const Consumer&);
    struct Operation {
        std::string_view name;
        Answer answer;
    };
    static constexpr std::array<Operation, 4> operations = {{{"credential-process", &AgentServer::credentialProcess},
                                                             {"env", &AgentServer::environmentOf},
                                                             {"sessions", &AgentServer::listSessions},
                                                             {"end", &AgentServer::endSessions}}};
    const std::string name = textField(request, "op");
    if (std::find(delegated.begin(), delegated.end(), name) != delegated.end()) return delegate_.handle(name, request, consumer, done);
    const auto operation = std::find_if(operations.begin(), operations.end(), [&name](const Operation& known) { return known.name == name; });
    if (operation == operations.end()) return done(replyFor(Error(AgentError::UnknownOperation).with("op", name.substr(0, 64))));
    Result<Secret> answer = (this->*operation->answer)(request, consumer);
    if (!answer) return done(replyFor(answer.error()));
    done({0, std::move(*answer)});
}

AgentReply AgentServer::replyFor(const Error& error) const {
    const bool usage = error.code().is(AgentError::BadRequest) || error.code().is(AgentError::UnknownOperation) ||
                       error.code().is(SessionError::BadProfileName);
    return {usage ? usageError : 1, Secret(delegate_.explain(error))};
}

Result<const Session*> AgentServer::sessionNamed(const Json& request) const {
    const std::string id = textField(request, "session");
    const std::string profile = textField(request, "profile");
    if (id.empty() == profile.empty()) return fail(missing("session", "either \"session\" or \"profile\""));
    if (!id.empty()) {
        const Session* session = book_.find(SessionId(id));
        if (session == nullptr) return fail(Error(SessionError::NoSuchSession).with("session", id.substr(0, 64)));
        return session;
    }
    const Session* session = book_.findByProfile(ProfileName(profile));
    if (session == nullptr) return fail(Error(SessionError::NoSuchProfile).with("profile", profile.substr(0, 64)));
    return session;
}

void AgentServer::serve(const SessionId& id, const Consumer& consumer) {
    book_.noteConsumer(id, consumer);
    Q_EMIT served(id, consumer);
}

Result<Secret> AgentServer::credentialProcess(const Json& request, const Consumer& consumer) {
    if (textField(request, "profile").empty()) return fail(missing("profile", "the name of a profile"));
    GW_TRY(const Session* session, sessionNamed(request));
    GW_TRY(const cloud::Credentials credentials, book_.credentials(session->id));
    Secret answer = credentialProcessJson(*session, credentials);
    serve(session->id, consumer);
    return answer;
}

Result<Secret> AgentServer::environmentOf(const Json& request, const Consumer& consumer) {
    const auto shell = parseShell(textField(request, "shell"));
    if (!shell) return fail(missing("shell", "bash, zsh, fish, powershell or cmd"));
    GW_TRY(const Session* session, sessionNamed(request));
    GW_TRY(const cloud::Credentials credentials, book_.credentials(session->id));
    Secret answer = environment(*session, credentials, *shell);
    serve(session->id, consumer);
    return answer;
}

Json AgentServer::describeWithConsumers(const Session& session) const {
    Json object = describe(session, book_.clock().now());
    Json& consumers = object["consumers"] = Json::array();
    for (const Consumer& consumer : book_.consumers(session.id))
        consumers.push_back({{"program", consumer.program},
                             {"executable", consumer.executable},
                             {"pid", consumer.pid},
                             {"at", consumer.at.toRfc3339()}});
    return object;
}

Result<Secret> AgentServer::listSessions(const Json&, const Consumer&) {
    Json answer = {{"sessions", Json::array()}, {"outlives_process", book_.outlivesProcess()}};
    for (const Session& session : book_.sessions()) answer["sessions"].push_back(describeWithConsumers(session));
    return line(answer);
}

Result<Secret> AgentServer::endSessions(const Json& request, const Consumer&) {
    std::vector<SessionId> ids;
    if (isTrue(request, "all")) {
        for (const Session& session : book_.sessions())
            if (session.end == EndReason::NotEnded) ids.push_back(session.id);
    } else {
        GW_TRY(const Session* session, sessionNamed(request));
        if (session->end != EndReason::NotEnded)
            return fail(Error(SessionError::Ended).with("session", session->id.value()).with("profile", session->profile.value()));
        ids.push_back(session->id);
    }
    Json answer = {{"ended", Json::array()}};
    for (const SessionId& id : ids) {
        book_.end(id);
        if (const Session* session = book_.find(id)) answer["ended"].push_back(describeWithConsumers(*session));
    }
    return line(answer);
}

} // namespace gw::sessions
