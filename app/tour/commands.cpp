#include "app/tour/commands.h"

#include "models/store/files.h"

#include <QProcessEnvironment>

namespace gw::tour {

void Command::start(const QString& program, const QStringList& arguments, const sessions::SharedFiles& files) {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* const name : {"AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"})
        environment.remove(QLatin1String(name));
    environment.insert(QStringLiteral("AWS_CONFIG_FILE"), QString::fromStdString(files.config.string()));
    environment.insert(QStringLiteral("AWS_SHARED_CREDENTIALS_FILE"), QString::fromStdString(files.credentials.string()));
    environment.insert(QStringLiteral("AWS_EC2_METADATA_DISABLED"), QStringLiteral("true"));
    environment.insert(QStringLiteral("AWS_PAGER"), QString());
    process_.setProcessEnvironment(environment);
    process_.setProcessChannelMode(QProcess::MergedChannels);
    process_.start(program, arguments);
}

QString Command::answered(const QString& part) {
    if (process_.error() == QProcess::FailedToStart) return QStringLiteral("%1 is not installed").arg(process_.program());
    if (process_.state() != QProcess::NotRunning) return QStringLiteral("%1 still runs").arg(process_.program());
    printed_ += QString::fromUtf8(process_.readAll());
    if (process_.exitCode() != 0 || !printed_.contains(part))
        return QStringLiteral("exit code %1: %2").arg(process_.exitCode()).arg(printed_.trimmed());
    return {};
}

QString fileHolds(const std::filesystem::path& file, std::string_view part) {
    const auto text = store::readFile(file);
    if (!text) return QStringLiteral("%1 cannot be read").arg(QString::fromStdString(file.string()));
    return text->find(part) != std::string::npos ? QString() : QStringLiteral("it is not in %1").arg(QString::fromStdString(file.string()));
}

std::string profileIn(const std::filesystem::path& config) {
    const auto text = store::readFile(config);
    if (!text) return {};
    constexpr std::string_view start = "[profile ";
    const auto at = text->rfind(start);
    if (at == std::string::npos) return {};
    const auto end = text->find(']', at);
    return text->substr(at + start.size(), end - at - start.size());
}

} // namespace gw::tour
