// Takes a SAML response from a person: pasted, dropped or from a file. Says at once whether there is one in the text.
// In browser mode it also says what to do in the browser.
#pragma once

#include "ui/sessions/sessions_context.h"

#include <QWidget>

#include <memory>

class QPlainTextEdit;

namespace gw::ui {

class Button;
class Chip;
class EmptyState;
class ErrorState;
class Text;

class PastePage : public QWidget {
    Q_OBJECT
public:
    PastePage(const SessionsContext& context, sessions::Provider provider, QWidget* parent = nullptr);

    [[nodiscard]] const sessions::Provider& provider() const { return provider_; }
    void setBrowserMode(bool browser);
    // Where to sign in for an answer that is taken here; the login page where nothing else is said.
    void setAddress(const std::string& address) { address_ = QString::fromStdString(address); }
    void showError(const Error& error);
    void focusText();

Q_SIGNALS:
    void accepted(const std::shared_ptr<gw::saml::CapturedResponse>& response);
    void openBrowserWanted();
    void cancelled();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void check();
    void use();
    void chooseFile();
    void readFile(const QString& path);

    const SessionsContext& context_;
    sessions::Provider provider_;
    QString address_;
    std::shared_ptr<saml::CapturedResponse> found_;
    Text* intro_ = nullptr;
    Text* steps_ = nullptr;
    QPlainTextEdit* text_ = nullptr;
    Text* feedback_ = nullptr;
    Button* use_ = nullptr;
    Button* openBrowser_ = nullptr;
    Button* copyAddress_ = nullptr;
    ErrorState* error_ = nullptr;
};

} // namespace gw::ui
