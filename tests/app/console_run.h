// The whole console under test, with a home of its own, and the real programs beside it.
#pragma once

#include "app/composition/console.h"
#include "tests/practice/local_client.h"
#include "tests/support/wait_until.h"

#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>
#include <QWidget>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace gw::test {

// The system's clock and what a test adds to it, as if the computer had slept.
class ShiftedClock final : public Clock {
public:
    [[nodiscard]] UtcTime now() const override { return SystemClock().now() + std::chrono::milliseconds(ahead_); }
    void sleep(std::chrono::milliseconds duration) { ahead_ += duration.count(); }

private:
    std::atomic<std::int64_t> ahead_{0};
};

// Folders for everything that the programs read or write; no bus, no keychain, no AWS configuration of anybody's. Sets the
// environment of this process, which its children inherit.
class Home {
public:
    Home();
    [[nodiscard]] std::filesystem::path path(const char* name) const { return std::filesystem::path(folder_.path().toStdString()) / name; }
    // The configuration file of the console, or of the practice console.
    [[nodiscard]] std::filesystem::path config(bool practice) const;
    void writeConfig(bool practice, const std::string& text) const;
    [[nodiscard]] std::string readConfig(bool practice) const;

private:
    QTemporaryDir folder_;
};

// What a program said until it ended.
struct Said {
    int exitCode = -1;
    QString output, errors;
};
// Runs the event loop meanwhile, so that a console of this process can answer.
[[nodiscard]] Said run(const QString& program, const QStringList& arguments, const QByteArray& input = {});
// A program of the build: "gatewardenctl".
[[nodiscard]] QString built(const char* program);

// What somebody gets who signs in at the practice provider with a browser: the form body that it posts to AWS.
[[nodiscard]] QByteArray responseFrom(practice::Practice& practice, const std::string& userName);

// The widget with this object name that a person can see now, in any window; null where there is none.
[[nodiscard]] QWidget* visible(const QString& objectName);
// All the words inside a widget that can be seen, one label a line.
[[nodiscard]] QString words(const QWidget* widget);
void click(QWidget* widget);

// Makes a home and the application, then runs the tests of `makeTest` from inside the event loop, as the program runs.
int runConsoleTest(int argc, char** argv, const std::function<std::unique_ptr<QObject>(const Home&)>& makeTest);

} // namespace gw::test
