// What a read from AWS is made with: the sessions of the person at this console. The composition makes it and keeps it alive
// longer than the screen.
#pragma once

#include "models/cloud/credentials.h"
#include "models/cloud/http_client.h"
#include "models/sessions/providers/provider.h"
#include "saml/aws/arn.h"
#include "saml/base/clock.h"
#include "saml/base/result.h"

#include <QString>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace gw::ui {

struct LiveSession {
    QString id; // of the session, for object names and to find it again
    QString role, alias;
    std::string account;
    sessions::Environment environment = sessions::Environment::None;
    aws::Partition partition = aws::Partition::Aws;
    aws::Region region;
    UtcTime ends;
    // Asks nobody; an error once the session has ended.
    std::function<Result<cloud::Credentials>()> credentials;
};

struct LiveSource {
    cloud::HttpClient& http;
    const Clock& clock;
    std::filesystem::path folder; // where answers are kept
    // Of all services, without a slash at its end; empty: AWS's own.
    std::function<std::string()> endpoint;
    // Those that are live now.
    std::function<std::vector<LiveSession>()> sessions;
    std::function<void()> startSession; // leads to where one is started
};

} // namespace gw::ui
