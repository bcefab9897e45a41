// Whom to believe while a response is looked at: nobody, a configured provider, or what a file says.
#pragma once

#include "ui/inspector/inspector_context.h"

#include <QComboBox>

#include <optional>

namespace gw::ui {

struct ChosenTrust {
    std::optional<saml::TrustedProvider> provider;
    std::vector<saml::DecryptionKey> decryptionKeys;
    std::vector<Error> keyProblems;                 // TrustError::BadDecryptionKey each
    std::vector<std::string> additionalAcs;
    std::optional<std::chrono::seconds> duration;   // that a sign-in at this provider asks for
};

class TrustPicker : public QComboBox {
    Q_OBJECT
public:
    explicit TrustPicker(const InspectorContext& context, QWidget* parent = nullptr);

    [[nodiscard]] const ChosenTrust& trust() const { return trust_; }
    // Chooses that provider, loads what it trusts, and tells by `changed` or `failed`. An unknown one chooses nobody.
    void chooseProvider(const sessions::ProviderId& id);
    void chooseNobody();
    // Metadata or certificates, by their content; read on a worker.
    void chooseFile(const QString& path);
    // The providers were edited.
    void refresh();
    [[nodiscard]] bool loading() const { return loading_; }

Q_SIGNALS:
    void changed();
    void failed(const gw::Error& error);
    // The provider is believed, but this key of its is not to be had.
    void keyProblem(const gw::Error& error);

private:
    void picked(int index);
    void askForFile();
    void take(Result<ChosenTrust> chosen);
    const InspectorContext& context_;
    ChosenTrust trust_;
    QString file_;
    quint64 generation_ = 0;
    int last_ = 0;
    bool loading_ = false;
};

} // namespace gw::ui
