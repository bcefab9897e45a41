#include "app/composition/agent_operations.h"

#include "models/sessions/role_memory.h"
#include "models/sessions/session_record.h"
#include "models/sessions/signin/session_policy.h"
#include "ui/errors_text.h"
#include "ui/sessions/sign_in_error.h"

#include <algorithm>
#include <utility>

namespace gw::app {
namespace {

using sessions::AgentReply;
using sessions::Provider;
using ui::SignInAttempt;
using ui::SignInError;

std::string field(const Json& request, const char* key) {
    const auto found = request.find(key);
    return found != request.end() && found->is_string() ? found->get<std::string>() : std::string();
}

AgentReply answer(const Json& json) {
    // Outside names may hold any bytes; what is not UTF-8 is replaced rather than thrown at.
    return {0, Secret(json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n")};
}

AgentReply refuse(const Error& error, int exitCode = 1) {
    return {exitCode, Secret(ui::explainBriefly(error).toStdString())};
}

AgentReply malformed(std::string detail) {
    return refuse(Error(sessions::AgentError::BadRequest, std::move(detail)), 2);
}

} // namespace

AgentOperations::AgentOperations(const ui::SessionsContext& context, ui::SignInCoordinator& coordinator, std::function<void()> show,
                                 QObject* parent)
    : QObject(parent), context_(context), coordinator_(coordinator), show_(std::move(show)) {
    connect(&coordinator_, &ui::SignInCoordinator::changed, this, &AgentOperations::settleLogins);
}

std::string AgentOperations::explain(const Error& error) const {
    return ui::explainBriefly(error).toStdString();
}

void AgentOperations::handle(const std::string& operation, const Json& request, const sessions::Consumer& consumer, Done done) {
    if (operation == "show") {
        show_();
        return done({0, Secret()});
    }
    if (context_.practiceStarting) return early_.push_back({operation, request, consumer, std::move(done)});
    if (operation == "login") return login(request, std::move(done));
    if (operation == "roles") return roles(request, std::move(done));
    if (operation == "use") return use(request, std::move(done));
    done(refuse(Error(sessions::AgentError::UnknownOperation).with("operation", operation.substr(0, 40)), 2));
}

void AgentOperations::answerWaiting() {
    for (WaitingRequest& early : std::exchange(early_, {})) handle(early.operation, early.request, early.consumer, std::move(early.done));
}

Result<const Provider*> AgentOperations::providerNamed(const std::string& name) const {
    const auto& all = context_.providers.providers();
    if (name.empty() && all.size() == 1) return &all.front();
    for (const Provider& provider : all)
        if (provider.id.value() == name || provider.name == name) return &provider;
    return fail(Error(SignInError::NoSuchProvider).with("provider", name));
}

std::vector<AgentOperations::Offered> AgentOperations::offered(const Provider& provider) const {
    std::vector<Offered> roles;
    const SignInAttempt* attempt = coordinator_.attempt(provider.id);
    if (attempt != nullptr && attempt->usable()) {
        for (const auto& pair : attempt->signIn()->claims().roles) roles.push_back({&provider, pair, true});
    } else {
        for (const auto& pair : context_.memory.knownRoles(provider.id)) roles.push_back({&provider, pair, false});
    }
    return roles;
}

Json AgentOperations::describe(const Offered& role) const {
    const Provider& provider = *role.provider;
    const aws::RoleArn& arn = role.pair.role;
    Json json{{"role", arn.value()},
              {"provider_arn", role.pair.provider.value()},
              {"provider", provider.id.value()},
              {"label", provider.roleLabel(arn)},
              {"account", arn.account().value()},
              {"alias", provider.accountAlias(arn.account())},
              {"environment", sessions::environmentName(provider.environmentOf(arn))},
              {"favourite", context_.memory.favourite(arn)}};
    if (const auto used = context_.memory.lastUsed(arn); used > 0) json["last_used"] = UtcTime::fromUnixSeconds(used).toRfc3339();
    if (const auto cap = context_.memory.cap(arn)) json["longest_duration"] = cap->count();
    return json;
}

Json AgentOperations::loginAnswer(const Provider& provider) const {
    Json answer{{"provider", provider.id.value()}, {"roles", Json::array()}, {"sessions", Json::array()}};
    for (const auto& role : offered(provider)) answer["roles"].push_back(describe(role));
    const UtcTime now = context_.clock.now();
    for (const auto& session : context_.book.sessions())
        if (session.provider == provider.id && session.live(now)) answer["sessions"].push_back(sessions::describe(session, now));
    return answer;
}

void AgentOperations::login(const Json& request, Done done) {
    const auto provider = providerNamed(field(request, "provider"));
    if (!provider) return done(refuse(provider.error()));
    const sessions::ProviderId id = (*provider)->id;
    if (const auto response = request.find("response"); response != request.end()) {
        if (!response->is_string()) return done(malformed("`response` is no string"));
        coordinator_.acceptText(id, response->get_ref<const std::string&>(), [this, id, done](const Result<aws::Claims>& claims) {
            const Provider* known = context_.providers.find(id);
            if (!claims) return done(refuse(claims.error()));
            if (known == nullptr) return done(refuse(Error(SignInError::NoSuchProvider).with("provider", id.value())));
            done(answer(loginAnswer(*known)));
        });
        return;
    }
    waiting_.push_back({id, std::move(done)});
    const auto browser = request.find("browser");
    if (browser != request.end() && browser->is_boolean() && browser->get<bool>())
        coordinator_.signIn(id, SignInAttempt::Way::SystemBrowser);
    else
        coordinator_.signIn(id);
}

void AgentOperations::settleLogins(const sessions::ProviderId& id) {
    const SignInAttempt* attempt = coordinator_.attempt(id);
    if (attempt != nullptr && !attempt->usable() && attempt->stage() != SignInAttempt::Stage::Failed) return;
    std::vector<Done> settled;
    std::erase_if(waiting_, [&](WaitingLogin& login) {
        if (login.provider != id) return false;
        settled.push_back(std::move(login.done));
        return true;
    });
    for (const Done& done : settled) {
        const Provider* provider = context_.providers.find(id);
        if (attempt != nullptr && attempt->usable() && provider != nullptr)
            done(answer(loginAnswer(*provider)));
        else if (attempt != nullptr && attempt->error())
            done(refuse(*attempt->error()));
        else
            done(refuse(Error(SignInError::Cancelled).with("provider", id.value())));
    }
}

void AgentOperations::roles(const Json& request, Done done) {
    Json json{{"roles", Json::array()}};
    const std::string wanted = field(request, "provider");
    std::vector<const Provider*> providers;
    if (wanted.empty()) {
        for (const Provider& provider : context_.providers.providers()) providers.push_back(&provider);
    } else {
        const auto provider = providerNamed(wanted);
        if (!provider) return done(refuse(provider.error()));
        providers.push_back(*provider);
    }
    for (const Provider* provider : providers) {
        for (const auto& role : offered(*provider)) json["roles"].push_back(describe(role));
        const SignInAttempt* attempt = coordinator_.attempt(provider->id);
        if (attempt != nullptr && attempt->usable())
            if (const auto deadline = attempt->signIn()->deadline()) json["usable_until"] = deadline->toRfc3339();
    }
    done(answer(json));
}

void AgentOperations::use(const Json& request, Done done) {
    const std::string name = field(request, "role");
    if (name.empty()) return done(malformed("`role` is missing"));
    std::vector<Offered> matches;
    for (const Provider& provider : context_.providers.providers())
        for (const Offered& role : offered(provider))
            if (role.pair.role.value() == name || role.pair.role.name() == name || provider.roleLabel(role.pair.role) == name)
                matches.push_back(role);
    // A role that several providers lead to is meant at the one that was just signed in to.
    if (std::any_of(matches.begin(), matches.end(), [](const Offered& role) { return role.usable; }))
        std::erase_if(matches, [](const Offered& role) { return !role.usable; });
    if (matches.empty()) return done(refuse(Error(SignInError::RoleNotOffered).with("role", name)));
    if (matches.size() > 1) {
        std::string candidates;
        for (const Offered& role : matches) candidates += (candidates.empty() ? "" : ", ") + role.pair.role.value();
        return done(refuse(Error(SignInError::RoleAmbiguous).with("role", name).with("candidates", candidates)));
    }
    const Offered& role = matches.front();
    sessions::RoleChoice choice = coordinator_.defaultChoice(*role.provider, role.pair);
    if (const std::string profile = field(request, "profile"); !profile.empty()) choice.profile = sessions::ProfileName(profile);
    if (const std::string region = field(request, "region"); !region.empty()) {
        if (!aws::isRegionName(region)) return done(malformed("`region` is no region"));
        choice.region = aws::Region(region);
    }
    if (const auto duration = request.find("duration"); duration != request.end()) {
        // 900 to 43,200 seconds (STS AssumeRoleWithSAML, DurationSeconds).
        if (!duration->is_number_integer() || duration->get<std::int64_t>() < 900 || duration->get<std::int64_t>() > 43'200)
            return done(malformed("`duration` is not 900 to 43200 seconds"));
        choice.duration = std::chrono::seconds(duration->get<std::int64_t>());
    }
    if (const auto policy = request.find("policy"); policy != request.end()) {
        if (!policy->is_string()) return done(malformed("`policy` is no string"));
        auto compact = sessions::compactSessionPolicy(policy->get_ref<const std::string&>());
        if (!compact) return done(refuse(compact.error(), 2));
        choice.sessionPolicy = std::move(*compact);
    }
    const Status started =
        coordinator_.start(role.provider->id, {choice}, [this, done](const std::vector<sessions::ExchangeOutcome>& outcomes) {
            if (outcomes.empty()) return done(refuse(Error(SignInError::NoUsableAssertion)));
            const auto& session = outcomes.front().session;
            if (!session) return done(refuse(session.error()));
            const sessions::Session* held = context_.book.find(*session);
            if (held == nullptr) return done(refuse(Error(sessions::SessionError::NoSuchSession)));
            done(answer(Json{{"session", sessions::describe(*held, context_.clock.now())}}));
        });
    if (!started) done(refuse(started.error()));
}

} // namespace gw::app
