// An agent that listens in a folder of its own, over an empty book.
#pragma once

#include "models/sessions/agent/agent_server.h"
#include "models/sessions/session_book.h"
#include "tests/models/sessions/fakes.h"
#include "tests/support/fake_clock.h"

#include <QTemporaryDir>

namespace gw::test {

template <class Delegate>
struct AgentFixture {
    QTemporaryDir folder;
    std::string path = folder.path().toStdString() + "/agent.sock";
    FakeClock clock;
    CountingRandom random;
    FakeSecretStore secrets;
    sessions::SessionBook book{clock, random, secrets};
    Delegate delegate;
    std::unique_ptr<sessions::AgentServer> server = std::make_unique<sessions::AgentServer>(book, delegate);

    AgentFixture() {
        if (!server->listen(path)) qFatal("cannot listen");
    }
};

} // namespace gw::test
