// Programs outside the console that the tour runs, and the files that it looks into.
#pragma once

#include "models/sessions/outputs/outputs.h"

#include <QProcess>
#include <QString>
#include <QStringList>

#include <filesystem>
#include <string>
#include <string_view>

namespace gw::tour {

// One program that runs beside the console, which serves it meanwhile.
class Command {
public:
    // With the console's shared files as AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, and no other credentials.
    void start(const QString& program, const QStringList& arguments, const sessions::SharedFiles& files);
    // Nothing once it ended with exit code 0 and `part` in its output; what it printed is shown with the problem.
    [[nodiscard]] QString answered(const QString& part);

private:
    QProcess process_;
    QString printed_;
};

// Nothing when the file holds `part`.
[[nodiscard]] QString fileHolds(const std::filesystem::path& file, std::string_view part);
// The last profile of an AWS config file; empty where there is none.
[[nodiscard]] std::string profileIn(const std::filesystem::path& config);

} // namespace gw::tour
