// The Inspector screen in its window, over invented providers and responses.
#pragma once

#include "tests/support/fake_clock.h"
#include "tests/support/saml_response_builder.h"

#include "models/store/ready_future.h"
#include "ui/inspector/inspector_actions.h"

#include <QTest>

namespace gw::test {

inline constexpr const char* issued = "2026-11-23T14:04:31Z";

class InspectorScreen {
public:
    // `configured`: Northwind is among the providers.
    explicit InspectorScreen(bool configured = true);

    // As the screen gets it, base64; waits until it is shown.
    void open(const std::string& text, const QString& name = QStringLiteral("response.b64"));
    void settle();
    template <class T = QWidget>
    T* part(const char* name) {
        return window.findChild<T*>(QLatin1String(name));
    }
    // Of the sections of the side panel and everywhere below: the words of all labels.
    QStringList words(const char* name);
    QWidget* finding(const char* rule);

    FakeClock clock;
    SystemRandom random;
    ui::ActionTable actions;
    ui::MainWindow window{ui::Theme::of(nullptr), actions};
    ui::CaptureShelf captures;
    std::vector<sessions::Provider> providers;
    std::optional<Error> trustProblem;
    std::vector<saml::DecryptionKey> decryptionKeys;
    std::vector<Error> keyProblems;
    std::optional<std::chrono::milliseconds> awsOffset;
    ui::InspectorContext context;
    ui::InspectorPage* page = nullptr;
};

// Northwind's good response at `issued`, signed in the assertion.
[[nodiscard]] ResponseBuilder goodResponse();
// An unsigned assertion with another role before the signed one.
[[nodiscard]] std::string wrappedResponse();
[[nodiscard]] std::string tamperedResponse();

} // namespace gw::test
