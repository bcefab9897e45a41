// Answers the operations of the local socket that need more than the session book: show, login, roles, use. Lives on the
// GUI thread; answers later where a person or AWS has to act first.
#pragma once

#include "models/sessions/agent/agent_server.h"
#include "ui/sessions/sessions_context.h"
#include "ui/sessions/sign_in_coordinator.h"

#include <QObject>

#include <functional>
#include <string>
#include <vector>

namespace gw::app {

class AgentOperations final : public QObject, public sessions::AgentDelegate {
    Q_OBJECT
public:
    // `show` brings the window forward.
    AgentOperations(const ui::SessionsContext& context, ui::SignInCoordinator& coordinator, std::function<void()> show,
                    QObject* parent = nullptr);

    void handle(const std::string& operation, const Json& request, const sessions::Consumer& consumer, Done done) override;
    [[nodiscard]] std::string explain(const Error& error) const override;
    // What came before the practice environment had started.
    void answerWaiting();

private:
    struct Offered {
        const sessions::Provider* provider;
        aws::RolePair pair;
        bool usable;         // the assertion at hand offers it
    };
    struct WaitingRequest {
        std::string operation;
        Json request;
        sessions::Consumer consumer;
        Done done;
    };
    struct WaitingLogin {
        sessions::ProviderId provider;
        Done done;
    };

    void login(const Json& request, Done done);
    void roles(const Json& request, Done done);
    void use(const Json& request, Done done);
    void settleLogins(const sessions::ProviderId& provider);

    [[nodiscard]] Result<const sessions::Provider*> providerNamed(const std::string& name) const;
    [[nodiscard]] std::vector<Offered> offered(const sessions::Provider& provider) const;
    [[nodiscard]] Json describe(const Offered& role) const;
    [[nodiscard]] Json loginAnswer(const sessions::Provider& provider) const;

    const ui::SessionsContext& context_;
    ui::SignInCoordinator& coordinator_;
    std::function<void()> show_;
    std::vector<WaitingLogin> waiting_;
    std::vector<WaitingRequest> early_;
};

} // namespace gw::app
